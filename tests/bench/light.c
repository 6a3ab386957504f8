/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How light, noise and skin change what is found: the test source moves the faces of the London Set
 * without noise, and one analyzer for each kind of light sees the same frames darkened and noisy.
 * Prints by group what was found, with 95 % intervals. Judges nothing. */
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "light-people.h"
#include "shared/pairing.h"
#include "shared/pipeline.h"

#define FACES_VARIABLE "MICROEXPR_FACES"
#define FPS 30
#define FIRST_S 3.0
#define PERIOD_S 1.7
#define EVENT_S 0.3
#define SIZE_IPD 4.2 /* of the picture, in interpupillary distances */
#define MIDDLE_AGE 30
#define YOUNGER "below 30"
#define OLDER "30 and more"
#define N_NOISE (1 << 18) /* deviates of a table, read from any place on */

/* What each person shows, one after another. */
static const char *const units[] = { "AU12", "AU4", "AU1+2", "AU15", "AU6+12", "AU9", "AU12 left",
  "AU20", "AU2 right", "AU10" };

/* How it is filmed. */
typedef struct
{
  float light; /* part of the photograph's */
  float noise; /* standard deviation, levels of 255 */
} Filming;

#define N_FILMINGS 7
static Filming filmings[N_FILMINGS] = { { 1, 0 }, { 1, 2.5f }, { 1, 5 }, { 1, 8 }, { 0.5f, 2.5f },
  { 0.5f, 5 }, { 0.25f, 2.5f } };
static guint n_filmings = N_FILMINGS;

typedef struct
{
  guint truths, found, wrong, warned; /* warned: of the people */
  guint people;
  GArray *ratios; /* double: reported / true intensity */
} Count;

/* A person while it is shown. */
typedef struct
{
  MeAnalyzer *analyzers[N_FILMINGS];
  Clip clips[N_FILMINGS];
  guint64 warnings[N_FILMINGS]; /* bits of MeWarningReason that started */
  Clip posted;                  /* by the source: truths, filled by the streaming thread */
  guint8 *luma;                 /* of one frame as it is filmed */
} Show;

static struct
{
  char *faces, *people, *filmings, *fields;
  double strength, ipd_px, min_confidence;
  gboolean tuning, list;
} options = { .strength = 2.5, .ipd_px = 100, .min_confidence = -1 };

static const GOptionEntry entries[] = {
  { "faces", 'f', 0, G_OPTION_ARG_FILENAME, &options.faces,
      "Folder of the London Set, with NNN_neutral.jpg, .tem and info.csv (default: the environment "
      "variable " FACES_VARIABLE ")",
      "FOLDER" },
  { "people", 'p', 0, G_OPTION_ARG_STRING, &options.people,
      "Numbers, comma-separated (default: all of those for reporting)", "NNN" },
  { "tuning", 't', 0, G_OPTION_ARG_NONE, &options.tuning, "Those for tuning instead", NULL },
  { "strength", 's', 0, G_OPTION_ARG_DOUBLE, &options.strength,
      "Of the movements, % of the interpupillary distance (default: 2.5)", "X" },
  { "ipd", 'i', 0, G_OPTION_ARG_DOUBLE, &options.ipd_px,
      "Interpupillary distance in pixels (default: 100)", "PX" },
  { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields, "How the skin moves (default: own)",
      "NAME-OR-FILE" },
  { "min-confidence", 'c', 0, G_OPTION_ARG_DOUBLE, &options.min_confidence,
      "Least confidence of events that count (default: that of microexpr)", "P" },
  { "light", 0, 0, G_OPTION_ARG_STRING, &options.filmings,
      "Kinds of light, comma-separated: part of the photograph's light and noise in levels of 255 "
      "(default: 1:0,1:2.5,1:5,1:8,0.5:2.5,0.5:5,0.25:2.5)",
      "LIGHT:NOISE" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list, "Print every person", NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static float deviates[N_NOISE];

/* ---- one person ---- */

static void
fill_deviates (void)
{
  GRand *random = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_NOISE; i++) {
    double radius = sqrt (-2 * log (1 - g_rand_double (random)));
    deviates[i] = (float)(radius * cos (2 * G_PI * g_rand_double (random)));
  }
  g_rand_free (random);
}

static void
film (const Filming *f, const GstVideoFrame *from, GRand *random, guint8 *luma)
{
  int width = GST_VIDEO_FRAME_WIDTH (from), height = GST_VIDEO_FRAME_HEIGHT (from);

  for (int y = 0; y < height; y++) {
    const guint8 *row = (const guint8 *)GST_VIDEO_FRAME_PLANE_DATA (from, 0) +
                        (gsize)y * (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (from, 0);
    const float *deviate = deviates + g_rand_int_range (random, 0, N_NOISE - width);
    for (int x = 0; x < width; x++) {
      float value = f->light * (float)row[x] + f->noise * deviate[x];
      luma[y * width + x] = (guint8)(CLAMP (value, 0, 255) + 0.5f);
    }
  }
}

static void
collect (Show *show, guint i)
{
  const MeWarning *warning;
  const MeEvent *event;

  while ((event = me_analyzer_pop_event (show->analyzers[i]))) {
    Item report = { .kind = event->kind,
      .onset = (double)event->onset_ns / 1e9,
      .apex = (double)event->apex_ns / 1e9,
      .offset = (double)event->offset_ns / 1e9,
      .intensity = event->intensity,
      .confidence = event->confidence,
      .match = -1 };
    g_array_append_val (show->clips[i].reports, report);
  }
  while ((warning = me_analyzer_pop_warning (show->analyzers[i])))
    if (warning->active)
      show->warnings[i] |= G_GUINT64_CONSTANT (1) << warning->reason;
}

static void
show_frame (Show *show, GstSample *sample, GRand *random)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstVideoFrame frame;
  GstVideoInfo info;

  gst_video_info_from_caps (&info, gst_sample_get_caps (sample));
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  if (!show->luma)
    show->luma = g_malloc ((gsize)info.width * (gsize)info.height);
  for (guint i = 0; i < n_filmings; i++) {
    MeFrame seen = { show->luma, info.width, info.height, (gsize)info.width, 1,
      GST_BUFFER_PTS (buffer), NULL };
    film (&filmings[i], &frame, random, show->luma);
    me_analyzer_process (show->analyzers[i], &seen);
    collect (show, i);
  }
  gst_video_frame_unmap (&frame);
}

static char *
describe (const Person *person)
{
  GString *script = g_string_new (NULL);
  double seconds = FIRST_S + G_N_ELEMENTS (units) * PERIOD_S;
  char *text;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    g_string_append_printf (script, "%s%.0fms micro %s %g %.0fms varied", i ? "; " : "",
        1000 * (FIRST_S + i * PERIOD_S), units[i], options.strength, 1000 * EVENT_S);
  text = g_strdup_printf ("microexprtestsrc face=\"%s\" seed=%d fields=\"%s\" noise=0 ipd=%g "
                          "script=\"%s\" "
                          "num-buffers=%.0f ! video/x-raw,format=GRAY8,width=%.0f,height=%.0f,"
                          "framerate=%d/1 ! appsink name=sink sync=false max-buffers=4",
      person->photo, atoi (person->name), options.fields ? options.fields : "own", options.ipd_px,
      script->str, seconds * FPS, SIZE_IPD * options.ipd_px, SIZE_IPD * options.ipd_px, FPS);
  g_string_free (script, TRUE);
  return text;
}

/* TRUE when all of it was seen. */
static gboolean
play (const Person *person, Show *show, GError **error)
{
  g_autofree char *text = describe (person);
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, error), sink = NULL;
  GRand *random = g_rand_new_with_seed ((guint32)atoi (person->name));
  GstSample *sample;
  gboolean good;

  if (!pipeline)
    return FALSE;
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  clip_collect (&show->posted, pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (sink)))) {
    show_frame (show, sample, random);
    gst_sample_unref (sample);
  }
  good = app_pipeline_check (pipeline, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_rand_free (random);
  return good;
}

/* Analyzes a person under every filming. */
static gboolean
show_person (const Person *person, Show *show, GError **error)
{
  gboolean ok = TRUE;
  MeConfig config;

  *show = (Show){ 0 };
  clip_init (&show->posted);
  me_config_default (&config);
  if (options.min_confidence >= 0)
    config.min_confidence = options.min_confidence;
  for (guint i = 0; i < n_filmings; i++) {
    clip_init (&show->clips[i]);
    ok = ok && (show->analyzers[i] = me_analyzer_new (&config, error));
  }
  ok = ok && play (person, show, error);
  for (guint i = 0; ok && i < n_filmings; i++) {
    me_analyzer_reset (show->analyzers[i], FALSE);
    collect (show, i);
    g_array_append_vals (
        show->clips[i].truths, show->posted.truths->data, show->posted.truths->len);
    clip_pair (&show->clips[i]);
  }
  return ok;
}

static void
show_clear (Show *show)
{
  for (guint i = 0; i < n_filmings; i++) {
    me_analyzer_free (show->analyzers[i]);
    clip_clear (&show->clips[i]);
  }
  clip_clear (&show->posted);
  g_free (show->luma);
}

/* ---- counts by group ---- */

static void
count_clip (Count *count, const Clip *clip, guint64 warnings)
{
  for (guint i = 0; i < clip->truths->len; i++)
    count->found += item_at (clip->truths, i)->match >= 0;
  for (guint i = 0; i < clip->reports->len; i++) {
    const Item *report = item_at (clip->reports, i);
    count->wrong += report->match < 0;
    if (report->match >= 0) {
      double ratio = report->intensity / item_at (clip->truths, (guint)report->match)->intensity;
      g_array_append_val (count->ratios, ratio);
    }
  }
  count->truths += clip->truths->len;
  count->people++;
  count->warned += warnings != 0;
}

/* Counts of every group under every filming: name -> Count[N_FILMINGS]. */
static void
count_group (GHashTable *groups, GPtrArray *names, const char *name, const Show *show)
{
  Count *counts = g_hash_table_lookup (groups, name);

  if (!counts) {
    counts = g_new0 (Count, N_FILMINGS);
    for (guint i = 0; i < n_filmings; i++)
      counts[i].ratios = g_array_new (FALSE, FALSE, sizeof (double));
    g_hash_table_insert (groups, g_strdup (name), counts);
    g_ptr_array_add (names, g_strdup (name));
  }
  for (guint i = 0; i < n_filmings; i++)
    count_clip (&counts[i], &show->clips[i], show->warnings[i]);
}

static void
free_counts (gpointer data)
{
  Count *counts = data;

  for (guint i = 0; i < n_filmings; i++)
    g_array_unref (counts[i].ratios);
  g_free (counts);
}

/* 95 % interval of a share (Wilson 1927). */
static void
interval (guint part, guint all, double *low, double *high)
{
  const double z = 1.96;
  double n = MAX (all, 1), p = part / n, middle = p + z * z / (2 * n);
  double reach = z * sqrt (p * (1 - p) / n + z * z / (4 * n * n));

  *low = (middle - reach) / (1 + z * z / n);
  *high = (middle + reach) / (1 + z * z / n);
}

static void
print_group (const char *name, const Count counts[N_FILMINGS])
{
  for (guint i = 0; i < n_filmings; i++) {
    const Count *c = &counts[i];
    double low, high;

    interval (c->found, c->truths, &low, &high);
    g_print ("%-14s %5.2f %5.1f %4u %6u %5u %5.2f %4.2f-%4.2f %5u %8.2f %6u\n", name,
        (double)filmings[i].light, (double)filmings[i].noise, c->people, c->truths, c->found,
        ratio_of (c->found, c->truths), low, high, c->wrong, quantile (c->ratios, 0.5), c->warned);
  }
}

static void
print_person (const Person *person, const Show *show)
{
  g_print ("%s %-12s tone %4.0f:", person->name, skin_name (person->skin), person->tone);
  for (guint i = 0; i < n_filmings; i++) {
    guint found = 0;
    for (guint k = 0; k < show->clips[i].truths->len; k++)
      found += item_at (show->clips[i].truths, k)->match >= 0;
    g_print (" %2u", found);
    for (MeWarningReason reason = 0; reason < ME_N_WARNINGS; reason++)
      if (show->warnings[i] & G_GUINT64_CONSTANT (1) << reason)
        g_print (" %s", me_warning_rule (reason)->name);
  }
  g_print ("\n");
}

static gboolean
run (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = people_load (folder, options.tuning, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_counts);
  g_auto (GStrv) chosen = options.people ? g_strsplit (options.people, ",", -1) : NULL;

  for (guint i = 0; people && !error && i < people->len; i++) {
    const Person *person = g_ptr_array_index (people, i);
    Show show;

    if (chosen && !g_strv_contains ((const char *const *)chosen, person->name))
      continue;
    if (show_person (person, &show, &error)) {
      if (options.list)
        print_person (person, &show);
      count_group (groups, names, "all", &show);
      count_group (groups, names, skin_name (person->skin), &show);
      if (person->ethnicity)
        count_group (groups, names, person->ethnicity, &show);
      if (person->sex)
        count_group (groups, names, person->sex, &show);
      if (person->age > 0)
        count_group (groups, names, person->age < MIDDLE_AGE ? YOUNGER : OLDER, &show);
    }
    show_clear (&show);
  }
  g_print ("%-14s %5s %5s %4s %6s %5s %5s %9s %5s %8s %6s\n", "group", "light", "noise", "n",
      "moves", "found", "part", "95 %", "false", "strength", "warned");
  for (guint i = 0; i < names->len; i++)
    print_group (
        g_ptr_array_index (names, i), g_hash_table_lookup (groups, g_ptr_array_index (names, i)));
  if (error)
    g_printerr ("%s\n", error->message);
  return error == NULL;
}

/* "LIGHT:NOISE,..." */
static gboolean
parse_filmings (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  n_filmings = MIN (g_strv_length (words), N_FILMINGS);
  for (guint i = 0; i < n_filmings; i++) {
    char *end;
    filmings[i].light = (float)g_ascii_strtod (words[i], &end);
    if (*end != ':')
      return FALSE;
    filmings[i].noise = (float)g_ascii_strtod (end + 1, &end);
    if (*end || filmings[i].light <= 0 || filmings[i].noise < 0)
      return FALSE;
  }
  return n_filmings > 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- light, noise and skin");
  g_autoptr (GError) error = NULL;
  const char *folder;

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
  if (options.filmings && !parse_filmings (options.filmings)) {
    g_printerr ("--light must be up to %d kinds of light like 0.5:5.\n", N_FILMINGS);
    return 2;
  }
  fill_deviates ();
  return run (folder) ? 0 : 1;
}
