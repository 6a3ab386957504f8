/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well units, sides, strengths and emotions are read from the micro-expressions that were
 * found: plays movements of microexprtestsrc through microexpr and prints tables. Judges nothing.
 *
 * Two sets of movements: those that the test source draws, which are combinations that coders
 * publish, and combinations that stand in no list of this project. */
#include <gst/gst.h>
#include <locale.h>

#include "shared/item.h"
#include "shared/pipeline.h"
#include "accuracy-tiers.h"
#include "units-tally.h"

#define FACES_VARIABLE "MICROEXPR_FACES"
#define FIRST_S 2.5 /* of the unlisted movements */
#define PERIOD_S 1.3

static struct
{
  char *tiers, *faces, *fields, *microexpr;
  double duration;
  int n_seeds;
  gboolean tuning, list;
} options = { .duration = 20, .n_seeds = 4 };

static const GOptionEntry entries[] = {
  { "tier", 't', 0, G_OPTION_ARG_STRING, &options.tiers,
      "Tiers, comma-separated (default: lab,studio,fast,webcam)", "NAMES" },
  { "seeds", 's', 0, G_OPTION_ARG_INT, &options.n_seeds, "Seeds of each tier (default: 4)", "N" },
  { "tuning", 0, 0, G_OPTION_ARG_NONE, &options.tuning,
      "Seeds, faces and combinations for tuning instead of those for reporting", NULL },
  { "duration", 'd', 0, G_OPTION_ARG_DOUBLE, &options.duration,
      "Seconds of video for each seed and set (default: 20)", "S" },
  { "faces", 'f', 0, G_OPTION_ARG_FILENAME, &options.faces,
      "Folder with NNN_neutral.jpg and .tem of the London Set; one face a seed in turn (default: "
      "the environment variable " FACES_VARIABLE ", else the built-in face)",
      "FOLDER" },
  { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields,
      "Displacement fields, as the test source takes them (default: those of the analysis, against "
      "which it measures itself)",
      "NAME" },
  { "microexpr", 'm', 0, G_OPTION_ARG_STRING, &options.microexpr, "Further properties of microexpr",
      "PROPERTIES" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list, "Print every pair of events", NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

/* Combinations that a face can make and that neither the test source draws nor unit-prior.c lists.
 * The first half is for tuning. */
static const char *const unlisted[] = { "AU1+12", "AU4+12", "AU2+14", "AU5+17", "AU2+24", "AU7+20",
  "AU1+2+14", "AU4+7+17", "AU2+10", "AU5+12", "AU4+7+12", "AU1+2+24", "AU4+26", "AU6+17",
  /* for reporting */
  "AU2+12", "AU1+14", "AU4+14", "AU5+24", "AU2+17", "AU7+17", "AU1+2+12", "AU4+20", "AU1+2+17",
  "AU4+7+14", "AU1+10", "AU5+15", "AU7+26", "AU4+17+24" };

typedef struct
{
  const char *name;
  double within; /* that strengths shall be right, as a part of them */
} Row;

static const Row rows[] = {
  { "lab", 0.20 },
  { "studio", 0.20 },
  { "fast", 0.20 },
  { "webcam", 0.35 },
};

static const Split *
split (void)
{
  return options.tuning ? &tuning_split : &reporting_split;
}

static const Tier *
find_tier (const char *name)
{
  guint i = 0;

  while (i + 1 < n_tiers && g_strcmp0 (tiers[i].name, name) != 0)
    i++;
  return &tiers[i];
}

/* A script of unlisted combinations, one after another, every fifth on one side. */
static char *
unlisted_script (const Tier *tier, guint seed)
{
  guint half = G_N_ELEMENTS (unlisted) / 2, first = options.tuning ? 0 : half;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  GString *script = g_string_new (NULL);
  gboolean fast = g_str_equal (tier->name, "fast");

  for (double time = FIRST_S; time + 1 < options.duration; time += PERIOD_S) {
    static const char *const sides[] = { "both", "both", "both", "both", "left", "right" };
    const char *units = unlisted[first + g_rand_int_range (random, 0, (gint)half)];
    const char *side = sides[g_rand_int_range (random, 0, G_N_ELEMENTS (sides))];

    g_string_append_printf (script, "%.3fs micro %s varied %s %.2f %.0fms;", time, units, side,
        g_rand_double_range (random, 2, 3.5),
        g_rand_double_range (random, fast ? 80 : 200, fast ? 200 : 450));
  }
  return g_string_free (script, FALSE);
}

static GstElement *
build_pipeline (const Tier *tier, guint seed, const char *script, GError **error)
{
  const char *folder = options.faces ? options.faces : g_getenv (FACES_VARIABLE);
  g_autofree char *codec =
      tier->quantizer
          ? g_strdup_printf (
                "! x264enc pass=qual quantizer=%d ! avdec_h264 max-threads=1", tier->quantizer)
          : g_strdup ("");
  g_autofree char *text =
      g_strdup_printf ("microexprtestsrc name=source pattern=%s seed=%u fields=\"%s\" "
                       "num-buffers=%.0f micro-rate=40 "
                       "macro-rate=0 blink-rate=5 blink-overlap=0 ! "
                       "video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 %s "
                       "! microexpr kinds=micro %s ! fakesink",
          tier->pattern, seed, options.fields ? options.fields : "", options.duration * tier->fps,
          tier->width, tier->height, tier->fps, codec, options.microexpr ? options.microexpr : "");
  GstElement *pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) source = NULL;

  if (!pipeline)
    return NULL;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  if (script)
    g_object_set (source, "script", script, NULL);
  if (folder && *folder) {
    guint n_faces = g_strv_length ((char **)split ()->faces);
    g_autofree char *name = g_strconcat (split ()->faces[seed % n_faces], "_neutral.jpg", NULL);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_object_set (source, "face", path, NULL);
  }
  return pipeline;
}

static void
print_units (const Item *item)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (item->strength[au] > 0)
      g_print (" %s %.2f (L %.2f R %.2f)", me_au_name (au), item->strength[au], item->left[au],
          item->right[au]);
  }
  g_print (" %s\n", item->emotion);
}

static void
print_pairs (const Clip *clip)
{
  for (guint i = 0; i < clip->truths->len; i++) {
    const Item *truth = &g_array_index (clip->truths, Item, i);

    if (truth->kind != ME_KIND_MICRO)
      continue;
    g_print ("  %c %7.3f", truth->match < 0 ? '-' : '=', truth->onset);
    print_units (truth);
    if (truth->match >= 0) {
      g_print ("    %7s", "");
      print_units (&g_array_index (clip->reports, Item, (guint)truth->match));
    }
  }
}

/* FALSE: it did not play to the end, and an error was printed. */
static gboolean
play (const Tier *tier, guint seed, const char *script, Tally *tally)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = build_pipeline (tier, seed, script, &error);
  Clip clip;

  if (pipeline) {
    clip_init (&clip);
    clip.duration = options.duration;
    clip_collect (&clip, pipeline);
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    app_pipeline_wait (pipeline, NULL, NULL, &error);
    clip_match (&clip, 0);
    tally_add (tally, &clip);
    if (options.list)
      print_pairs (&clip);
    clip_clear (&clip);
  }
  if (error)
    g_printerr ("%s, seed %u: %s\n", tier->name, seed, error->message);
  return error == NULL;
}

static gboolean
run_set (const Row *row, gboolean listed)
{
  const Tier *tier = find_tier (row->name);
  gboolean ok = TRUE;
  Tally tally;

  tally_init (&tally);
  for (guint i = 0; i < (guint)options.n_seeds; i++) {
    guint seed = split ()->first_seed + i;
    g_autofree char *script = listed ? NULL : unlisted_script (tier, seed);

    ok = play (tier, seed, script, &tally) && ok;
  }
  tally_print (row->name, listed ? "listed" : "unlisted", &tally, row->within);
  tally_print_units (&tally);
  if (listed)
    tally_print_emotions (&tally);
  tally_clear (&tally);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context =
      g_option_context_new ("- how well action units, sides, strengths and emotions are read");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) chosen = NULL;
  gboolean ok = TRUE;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  g_print ("Synthetic movements on photographs, %s seeds and faces; of micro-expressions that were "
           "found. Errors: median (share within 20 %%, webcam 35 %%).\n",
      split ()->name);
  chosen = g_strsplit (options.tiers ? options.tiers : "lab,studio,fast,webcam", ",", -1);
  tally_print_head ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_strv_contains ((const char *const *)chosen, rows[i].name))
      ok = run_set (&rows[i], TRUE) && run_set (&rows[i], FALSE) && ok;
  }
  return ok ? 0 : 1;
}
