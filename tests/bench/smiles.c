/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Real smiles, small and short: people of the London Set go from their neutral photograph a part
 * of the way to their smiling one and back within 300 ms, and microexpr looks on. The motion comes
 * from the two photographs (data/smiles). Prints what was spotted and read; judges nothing. */
#include <gst/gst.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "accuracy-score.h"
#include "shared/pipeline.h"
#include "people.h"

#define FACES_VARIABLE "MICROEXPR_FACES"
#define WIDTH 640
#define HEIGHT 480
#define FIRST_S 2.5
#define PERIOD_S 1.8
#define SMILE_S 0.3
#define RISE 0.45 /* parts of it */
#define FALL 0.45

static const double parts[] = { 0.10, 0.15, 0.25 };
#define N_PARTS G_N_ELEMENTS (parts)

/* How it is filmed. */
typedef struct
{
  const char *name;
  int fps;
  float ipd_px;
  float head; /* excursion, % IPD */
  float light, noise;
  int quantizer; /* of H.264; 0: not coded */
} Quality;

static const Quality qualities[] = {
  { "lab", 100, 115, 1, 0.005f, 2, 0 },
  { "webcam", 30, 64, 8, 0.03f, 2.5f, 23 },
};

static struct
{
  char *faces, *people, *quality, *microexpr, *dump;
  gboolean list;
} options;

static const GOptionEntry entries[] = {
  { "faces", 'f', 0, G_OPTION_ARG_FILENAME, &options.faces,
      "Folder with NNN_neutral.jpg and NNN_smiling.jpg of the London Set (default: the environment "
      "variable " FACES_VARIABLE ")",
      "FOLDER" },
  { "people", 'p', 0, G_OPTION_ARG_STRING, &options.people,
      "Numbers, comma-separated (default: all that smile)", "NNN" },
  { "quality", 'q', 0, G_OPTION_ARG_STRING, &options.quality, "lab or webcam (default: both)",
      "NAME" },
  { "microexpr", 'm', 0, G_OPTION_ARG_STRING, &options.microexpr, "Further properties of microexpr",
      "PROPERTIES" },
  { "dump", 'd', 0, G_OPTION_ARG_FILENAME, &options.dump,
      "Write each person's rest and whole motion there, as PNM pictures", "FOLDER" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list, "Print every smile", NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

typedef struct
{
  guint n, spotted, au12, happy;
} Count;

/* ---- one clip ---- */

static double
onset_of (guint smile)
{
  return FIRST_S + smile * PERIOD_S;
}

/* How much of the motion shows. */
static float
part_at (double time)
{
  for (guint i = 0; i < N_PARTS; i++) {
    double t = (time - onset_of (i)) / SMILE_S;
    double rise = t < RISE ? t / RISE : t > 1 - FALL ? (1 - t) / FALL : 1;

    if (t > 0 && t < 1)
      return (float)(parts[i] * (1 - cos (G_PI * rise)) / 2);
  }
  return 0;
}

static void
render (Morph *morph, const Quality *q, double time, guint8 *luma)
{
  float head = q->head / 100 * q->ipd_px;
  MorphView view = { .width = WIDTH, .height = HEIGHT, .ipd_px = q->ipd_px };

  view.part = part_at (time);
  view.dx = head * (float)sin (2 * G_PI * 0.23 * time);
  view.dy = 0.6f * head * (float)sin (2 * G_PI * 0.17 * time + 1);
  view.turn = 0.002f * q->head * (float)sin (2 * G_PI * 0.13 * time + 2);
  view.gain = 1 + q->light * (float)sin (2 * G_PI * 0.3 * time);
  view.noise = q->noise;
  morph_render (morph, &view, luma);
}

static void
push_frames (GstElement *source, Morph *morph, const Quality *q, double duration)
{
  GstFlowReturn flow;

  for (guint i = 0; i < duration * q->fps; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT, NULL);
    GstMapInfo map;

    gst_buffer_map (buffer, &map, GST_MAP_WRITE);
    render (morph, q, (double)i / q->fps, map.data);
    gst_buffer_unmap (buffer, &map);
    GST_BUFFER_PTS (buffer) = gst_util_uint64_scale_int (i, GST_SECOND, q->fps);
    GST_BUFFER_DURATION (buffer) = GST_SECOND / q->fps;
    g_signal_emit_by_name (source, "push-buffer", buffer, &flow);
    gst_buffer_unref (buffer);
  }
  g_signal_emit_by_name (source, "end-of-stream", &flow);
}

static gboolean
play (Morph *morph, const Quality *q, Clip *clip, GError **error)
{
  g_autofree char *codec =
      q->quantizer ? g_strdup_printf ("! videoconvert ! video/x-raw,format=I420 ! x264enc "
                                      "pass=qual quantizer=%d ! avdec_h264 max-threads=1",
                         q->quantizer)
                   : g_strdup ("");
  g_autofree char *text =
      g_strdup_printf ("appsrc name=source format=time block=true max-bytes=4000000 "
                       "caps=video/x-raw,format=GRAY8,width=%d,height=%d,framerate=%d/1 %s ! "
                       "microexpr kinds=micro %s ! fakesink",
          WIDTH, HEIGHT, q->fps, codec, options.microexpr ? options.microexpr : "");
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, error);
  g_autoptr (GstElement) source = NULL;

  if (!pipeline)
    return FALSE;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  clip_collect (clip, pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  push_frames (source, morph, q, clip->duration);
  return app_pipeline_wait (pipeline, NULL, NULL, error);
}

/* ---- scores ---- */

static void
print_smile (const char *person, guint smile, float strength, const Item *report)
{
  g_print ("%s %2.0f %% (%.1f %% IPD):", person, 100 * parts[smile], strength * parts[smile]);
  if (!report)
    g_print (" not spotted");
  for (MeAu au = 0; report && au < ME_N_AUS; au++) {
    if (report->strength[au] > 0)
      g_print (" %s %.1f", me_au_name (au), report->strength[au]);
  }
  g_print (" %s\n", report ? report->emotion : "");
}

static void
score (const char *person, Morph *morph, Clip *clip, Count counts[N_PARTS])
{
  for (guint i = 0; i < N_PARTS; i++) {
    Item truth = { .kind = ME_KIND_MICRO, .onset = onset_of (i), .offset = onset_of (i) + SMILE_S };

    g_array_append_val (clip->truths, truth);
  }
  clip_match (clip, 0);
  for (guint i = 0; i < N_PARTS; i++) {
    int match = g_array_index (clip->truths, Item, i).match;
    const Item *report = match < 0 ? NULL : &g_array_index (clip->reports, Item, (guint)match);

    counts[i].n++;
    counts[i].spotted += report != NULL;
    counts[i].au12 += report && report->strength[ME_AU12] > 0;
    counts[i].happy += report && strcmp (report->emotion, "happiness") == 0;
    if (options.list)
      print_smile (person, i, morph_strength (morph), report);
  }
}

static gboolean
run_person (const char *person, Morph *morph, const Quality *q, Count counts[N_PARTS])
{
  g_autoptr (GError) error = NULL;
  Clip clip;
  gboolean ok;

  clip_init (&clip);
  clip.duration = onset_of (N_PARTS - 1) + PERIOD_S;
  ok = play (morph, q, &clip, &error);
  if (ok)
    score (person, morph, &clip, counts);
  else
    g_printerr ("%s, %s: %s\n", person, q->name, error->message);
  clip_clear (&clip);
  return ok;
}

static void
print_count (const char *quality, const char *part, const Count *c)
{
  double n = MAX (1, c->n), spotted = MAX (1, c->spotted);

  g_print ("%-8s %6s  spotted %3u/%-3u %.2f   AU12 %.2f   happiness %.2f\n", quality, part,
      c->spotted, c->n, c->spotted / n, c->au12 / spotted, c->happy / spotted);
}

static void
print_counts (const char *quality, const Count counts[N_PARTS])
{
  Count all = { 0, 0, 0, 0 };

  for (guint i = 0; i < N_PARTS; i++) {
    g_autofree char *part = g_strdup_printf ("%.0f %%", 100 * parts[i]);

    print_count (quality, part, &counts[i]);
    all = (Count){ all.n + counts[i].n, all.spotted + counts[i].spotted, all.au12 + counts[i].au12,
      all.happy + counts[i].happy };
  }
  print_count (quality, "all", &all);
}

static void
dump (const char *person, Morph *morph)
{
  for (int whole = 0; whole <= 1; whole++) {
    g_autofree char *path = g_strdup_printf ("%s/%s_%d.pgm", options.dump, person, whole);
    g_autoptr (GString) file = g_string_new (NULL);
    g_autofree guint8 *luma = g_malloc (WIDTH * HEIGHT);
    MorphView view = { WIDTH, HEIGHT, 115, (float)whole, 0, 0, 0, 1, 0 };

    morph_render (morph, &view, luma);
    g_string_printf (file, "P5 %d %d 255\n", WIDTH, HEIGHT);
    g_string_append_len (file, (const char *)luma, WIDTH * HEIGHT);
    g_file_set_contents (path, file->str, (gssize)file->len, NULL);
  }
}

static gboolean
is_wanted (const Quality *q)
{
  return !options.quality || g_str_equal (options.quality, q->name);
}

static gboolean
run (const People *people)
{
  g_autoptr (GPtrArray) names = people_list (people);
  g_auto (GStrv) chosen = options.people ? g_strsplit (options.people, ",", -1) : NULL;
  Count counts[G_N_ELEMENTS (qualities)][N_PARTS] = { { { 0, 0, 0, 0 } } };
  gboolean ok = names->len > 0;

  for (guint i = 0; i < names->len; i++) {
    const char *person = g_ptr_array_index (names, i);
    Morph *morph;

    if (chosen && !g_strv_contains ((const char *const *)chosen, person))
      continue;
    morph = people_load (people, person);
    if (!morph) {
      g_printerr ("%s: no face found\n", person);
      ok = FALSE;
      continue;
    }
    if (options.dump)
      dump (person, morph);
    for (guint q = 0; q < G_N_ELEMENTS (qualities); q++)
      if (is_wanted (&qualities[q]))
        ok = run_person (person, morph, &qualities[q], counts[q]) && ok;
    morph_free (morph);
  }
  for (guint q = 0; q < G_N_ELEMENTS (qualities); q++)
    if (is_wanted (&qualities[q]))
      print_counts (qualities[q].name, counts[q]);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- real smiles, a part of the way");
  g_autoptr (GError) error = NULL;
  People *people;
  const char *folder;
  gboolean ok;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  folder = options.faces ? options.faces : g_getenv (FACES_VARIABLE);
  if (!folder || !*folder) {
    g_printerr ("Say where the photographs are: --faces or " FACES_VARIABLE ".\n");
    return 2;
  }
  people = people_new (folder, &error);
  if (!people) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  ok = run (people);
  people_free (people);
  return ok ? 0 : 1;
}
