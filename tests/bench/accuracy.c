/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well microexpr finds what is there: plays the tiers of accuracy-tiers.c, whose truth is
 * known, and real clips, and prints one table. Judges nothing. */
#include <locale.h>
#include <stdio.h>

#include "accuracy-compare.h"
#include "accuracy-print.h"

#define FOLDER_VARIABLE "MICROEXPR_FACES"
#define CLIPS_VARIABLE "MICROEXPR_CLIPS"
#define CURVES_VARIABLE "MICROEXPR_CURVES"

/* The command line. */
static struct
{
  char *tiers, *seeds, *faces, *fields, *clips, *curves, *microexpr, *record, *replay, *evidence,
      *compare;
  double duration, min_confidence, sensitivity;
  gboolean tuning, list;
  int jobs;
} options = { .min_confidence = -1, .sensitivity = 1, .jobs = 1 };

static const GOptionEntry entries[] = {
  { "tier", 't', 0, G_OPTION_ARG_STRING, &options.tiers,
      "Tiers, comma-separated (default: all, and the real clips)", "NAMES" },
  { "seeds", 's', 0, G_OPTION_ARG_STRING, &options.seeds,
      "Seeds, comma-separated (default: each tier's number of those for reporting)", "LIST" },
  { "tuning", 0, 0, G_OPTION_ARG_NONE, &options.tuning,
      "Seeds, faces and clips for tuning instead of those for reporting", NULL },
  { "duration", 'd', 0, G_OPTION_ARG_DOUBLE, &options.duration,
      "Seconds of video for each seed (default: each tier's own)", "S" },
  { "faces", 'f', 0, G_OPTION_ARG_FILENAME, &options.faces,
      "Folder with NNN_neutral.jpg and .tem of the London Set; one face a seed in turn (default: "
      "the environment variable " FOLDER_VARIABLE ", else the built-in face)",
      "FOLDER" },
  { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields,
      "Displacement fields of the drawn clips, as the test source takes them (default: those of "
      "the "
      "analysis, against which it measures itself)",
      "NAME" },
  { "clips", 0, 0, G_OPTION_ARG_FILENAME, &options.clips,
      "Folder of real clips (default: the environment variable " CLIPS_VARIABLE
      ", else without them)",
      "FOLDER" },
  { "curves", 0, 0, G_OPTION_ARG_FILENAME, &options.curves,
      "Folder of recorded blend-shape curves (default: the environment variable " CURVES_VARIABLE
      ", else without them)",
      "FOLDER" },
  { "microexpr", 'm', 0, G_OPTION_ARG_STRING, &options.microexpr,
      "Further properties of microexpr, like \"detect-interval=200000000\"", "PROPERTIES" },
  { "sensitivity", 0, 0, G_OPTION_ARG_DOUBLE, &options.sensitivity, "Of microexpr (default: 1)",
      "X" },
  { "min-confidence", 'c', 0, G_OPTION_ARG_DOUBLE, &options.min_confidence,
      "Least confidence of events that count (default: that of microexpr)", "P" },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &options.record,
      "Also write what the front end sees into recordings here", "FOLDER" },
  { "replay", 0, 0, G_OPTION_ARG_FILENAME, &options.replay,
      "Spot in the recordings of this folder, without a picture", "FOLDER" },
  { "evidence", 0, 0, G_OPTION_ARG_FILENAME, &options.evidence,
      "With --replay: write what speaks for and against each micro-expression, for fit-confidence",
      "FILE" },
  { "compare", 0, 0, G_OPTION_ARG_STRING, &options.compare,
      "Also what the offline training-free method finds in the same clips, its thresholds times F "
      "and its durations times T; 1: as published",
      "F[:T],..." },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, "Clips that play at once (default: 1)", "N" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list,
      "Print every true and reported event: = found, - missed, + false", NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static FILE *evidence_file; /* NULL: none wanted */

static const Split *
split (void)
{
  return options.tuning ? &tuning_split : &reporting_split;
}

static const char *
folder (const char *option, const char *variable)
{
  const char *path = option ? option : g_getenv (variable);

  return path && *path ? path : NULL;
}

/* The path of the face for a seed; NULL: built in. */
static char *
face_for (guint seed)
{
  const char *path = folder (options.faces, FOLDER_VARIABLE);
  const char *const *faces = split ()->faces;
  g_autofree char *name = NULL;

  if (!path)
    return NULL;
  name = g_strconcat (faces[seed % g_strv_length ((char **)faces)], "_neutral.jpg", NULL);
  return g_build_filename (path, name, NULL);
}

/* The seeds of the command line, else the first of the split. Of guint. */
static GArray *
choose_seeds (guint n)
{
  GArray *seeds = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) words = g_strsplit (options.seeds ? options.seeds : "", ",", -1);

  for (char **word = words; *word; word++) {
    guint seed = (guint)g_ascii_strtoull (*word, NULL, 10);

    g_array_append_val (seeds, seed);
  }
  for (guint i = 0; !options.seeds && i < n; i++) {
    guint seed = split ()->first_seed + i;

    g_array_append_val (seeds, seed);
  }
  return seeds;
}

static void
free_play (gpointer data)
{
  compare_unwatch (data);
  play_clear (data);
  g_free (data);
}

/* name: of the clip, within the names of the recordings. */
static Play *
new_play (const Tier *tier, guint seed, char *source, const char *name)
{
  const char *records = options.replay ? options.replay : options.record;
  Play *play = g_new0 (Play, 1);

  play->tier = tier;
  play->seed = seed;
  play->source = source;
  play->replay = options.replay != NULL;
  play->microexpr = options.microexpr;
  play->fields = options.fields;
  play->sensitivity = options.sensitivity;
  if (tier)
    play->duration_s = options.duration > 0 ? options.duration : tier->duration_s;
  if (records) {
    g_autofree char *file = g_strdup_printf ("%s-%s-%u.rec", split ()->name, name, seed);

    play->recording = g_build_filename (records, file, NULL);
  }
  compare_watch (play);
  return play;
}

/* One play a seed, or with movements put on clips one a seed and clip; none of curves without
 * their folder. */
static void
add_plays (GPtrArray *plays, const Tier *tier)
{
  const char *path = folder (options.clips, CLIPS_VARIABLE);
  const char *curves = folder (options.curves, CURVES_VARIABLE);
  g_autoptr (GArray) seeds = choose_seeds (tier->n_seeds);

  if (tier->acted && !curves)
    return;

  for (guint i = 0; i < seeds->len; i++) {
    guint seed = g_array_index (seeds, guint, i);

    if (tier->pattern) {
      g_autofree char *name = g_strdup_printf ("%s%d", tier->name, tier->fps);

      Play *play = new_play (tier, seed, face_for (seed), name);

      if (tier->acted)
        play->curves = g_build_filename (curves, split ()->curves, NULL);
      g_ptr_array_add (plays, play);
      continue;
    }
    for (const char *const *clip = split ()->clips; path && *clip; clip++) {
      g_autofree char *name = g_strconcat (tier->name, "-", *clip, NULL);

      g_ptr_array_add (plays, new_play (tier, seed, g_build_filename (path, *clip, NULL), name));
    }
  }
}

static void
play_one (gpointer data, gpointer unused)
{
  (void)unused;
  play_clip (data);
  compare_finish (data);
}

static void
play_all (const GPtrArray *plays)
{
  GThreadPool *pool = g_thread_pool_new (play_one, NULL, options.jobs, FALSE, NULL);

  for (guint i = 0; i < plays->len; i++)
    g_thread_pool_push (pool, g_ptr_array_index (plays, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static gboolean
played (const Play *play)
{
  if (play->error)
    g_printerr ("seed %u, %s: %s\n", play->seed, play->source ? play->source : "built-in face",
        play->error);
  return play->error == NULL;
}

/* Appends a line for each reported micro-expression: tier, 1 true or 0 false, evidence. */
static void
write_evidence (const char *tier, const Clip *clip, FILE *file)
{
  for (guint i = 0; i < clip->reports->len; i++) {
    const Item *item = &g_array_index (clip->reports, Item, i);

    if (item->kind != ME_KIND_MICRO)
      continue;
    fprintf (file, "%s %d", tier, item->match >= 0);
    for (int k = 0; k < ME_N_EVIDENCE; k++)
      fprintf (file, " %.4f", item->evidence[k]);
    fprintf (file, "\n");
  }
}

/* Calibration counts every report, the other figures those above the threshold. */
static void
score_plays (const Tier *tier, const GPtrArray *plays, double threshold, Score *total)
{
  Score counted;

  score_init (&counted);
  for (guint i = 0; i < plays->len; i++) {
    Play *play = g_ptr_array_index (plays, i);

    if (play->error)
      continue;
    clip_match (&play->clip, 0);
    score_confidence (total, &play->clip);
    score_confidence (&counted, &play->clip);
    if (evidence_file)
      write_evidence (tier->name, &play->clip, evidence_file);
    clip_match (&play->clip, threshold);
    score_add (&counted, &play->clip);
    score_add (total, &play->clip);
    if (options.list)
      print_list (play);
  }
  if (options.list)
    print_head ();
  print_tier (tier, &counted);
  if (options.list)
    print_calibration (&counted);
  score_clear (&counted);
}

/* What the offline method says of them. */
static void
report_again (const GPtrArray *plays, guint variant)
{
  g_print ("training-free %s\n", compare_variant (variant));
  for (guint i = 0; i < plays->len; i++)
    compare_report (g_ptr_array_index (plays, i), variant);
}

/* Plays the tiers of one name. totals: of microexpr, and of each variant of the other method. */
static gboolean
run_tiers (const char *name, double threshold, Score *totals)
{
  g_autoptr (GPtrArray) plays = g_ptr_array_new_with_free_func (free_play);
  const Tier *tier = NULL;
  gboolean ok = TRUE;

  for (guint i = 0; i < n_tiers; i++) {
    if (g_str_equal (tiers[i].name, name)) {
      tier = tier ? tier : &tiers[i];
      add_plays (plays, &tiers[i]);
    }
  }
  play_all (plays);
  for (guint i = 0; i < plays->len; i++)
    ok = played (g_ptr_array_index (plays, i)) && ok;
  score_plays (tier, plays, threshold, totals);
  for (guint i = 0; i < compare_n_variants (); i++) {
    report_again (plays, i);
    score_plays (tier, plays, threshold, &totals[1 + i]);
  }
  return ok;
}

static guint
count_micro (const Clip *clip, double from, double to, double threshold)
{
  guint n = 0;

  for (guint i = 0; i < clip->reports->len; i++) {
    const Item *item = &g_array_index (clip->reports, Item, i);

    n += item->kind == ME_KIND_MICRO && item->confidence >= threshold && item->onset >= from &&
         item->onset < to;
  }
  return n;
}

static void
print_real_clips (const GPtrArray *plays, double threshold)
{
  for (guint i = 0; i < plays->len; i++) {
    const Play *play = g_ptr_array_index (plays, i);
    const RealClip *real = &real_clips[i];
    double end = real->to_s > 0 ? real->to_s : play->clip.duration, length = end - real->from_s;
    guint n = count_micro (&play->clip, real->from_s, end, threshold);

    g_print ("%-27s %-32s %7.1f %5u %8.2f %7.1f\n", real->file, real->shows, length, n,
        n * 60 / MAX (length, 1), real->most_a_minute);
  }
}

/* Real clips as they are. Those without a folder are left out. */
static gboolean
run_real_clips (double threshold)
{
  const char *path = folder (options.clips, CLIPS_VARIABLE);
  g_autoptr (GPtrArray) plays = g_ptr_array_new_with_free_func (free_play);
  gboolean ok = TRUE;

  for (guint i = 0; path && i < n_real_clips; i++) {
    g_autofree char *name = g_strconcat ("real-", real_clips[i].file, NULL);
    char *source = g_build_filename (path, real_clips[i].file, NULL);

    g_ptr_array_add (plays, new_play (NULL, 0, source, name));
  }
  play_all (plays);
  g_print ("\n%-27s %-32s %7s %5s %8s %7s\n", "real clip, nothing planted", "shows", "seconds",
      "micro", "a minute", "at most");
  for (guint i = 0; i < plays->len; i++)
    ok = played (g_ptr_array_index (plays, i)) && ok;
  print_real_clips (plays, threshold);
  for (guint i = 0; i < compare_n_variants (); i++) {
    report_again (plays, i);
    print_real_clips (plays, threshold);
  }
  return ok;
}

/* The threshold that counts: the option's, else the element's own. */
static double
min_confidence (void)
{
  g_autoptr (GstElement) microexpr = NULL;
  double value = options.min_confidence;

  if (value < 0) {
    microexpr = gst_element_factory_make ("microexpr", NULL);
    g_object_get (microexpr, "min-confidence", &value, NULL);
  }
  return value;
}

static GOptionContext *
new_context (void)
{
  GOptionContext *context = g_option_context_new ("- how well microexpr finds what is there");
  GString *names = g_string_new ("Tiers:");

  for (guint i = 0; i < n_tiers; i++)
    g_string_append_printf (names, " %s", tiers[i].name);
  g_string_append (names,
      ", and `real` for the real clips as they are.\nErrors of onset and offset "
      "are medians, latencies run from the offset to the message; all in ms of "
      "stream time.");
  g_option_context_set_description (context, names->str);
  g_string_free (names, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  return context;
}

static void
print_first_lines (void)
{
  g_autofree char *faces = g_strjoinv (" ", (char **)split ()->faces);
  g_autofree char *clips = g_strjoinv (" ", (char **)split ()->clips);

  g_print ("Synthetic movements on real photographs (`talking`: on real clips), of %s seeds and "
           "faces; published F1 on real data sets is 0.2 to 0.5.\n",
      split ()->name);
  g_print ("Seeds from %u on; faces %s; clips %s; curves %s.\n\n", split ()->first_seed,
      folder (options.faces, FOLDER_VARIABLE) ? faces : "built in",
      folder (options.clips, CLIPS_VARIABLE) ? clips : "none",
      folder (options.curves, CURVES_VARIABLE) ? split ()->curves : "none");
}

static gboolean
is_chosen (const char *name)
{
  g_auto (GStrv) names = g_strsplit (options.tiers ? options.tiers : "", ",", -1);

  return !options.tiers || g_strv_contains ((const char *const *)names, name);
}

/* Is this the first tier of its name? */
static gboolean
is_first (guint tier)
{
  for (guint i = 0; i < tier; i++) {
    if (g_str_equal (tiers[i].name, tiers[tier].name))
      return FALSE;
  }
  return TRUE;
}

/* All tiers together: counts summed over all clips, as in the challenges. */
static void
print_totals (const Score *totals)
{
  static const Tier all = { .name = "all" };

  print_tier (&all, totals);
  for (guint i = 0; i < compare_n_variants (); i++) {
    g_print ("training-free %s\n", compare_variant (i));
    print_tier (&all, &totals[1 + i]);
  }
  g_print ("\n");
  print_calibration (totals);
}

static gboolean
run (double threshold)
{
  gboolean ok = TRUE, any = FALSE;
  guint n = 1 + compare_n_variants ();
  g_autofree Score *totals = g_new (Score, n);

  for (guint i = 0; i < n; i++)
    score_init (&totals[i]);
  print_head ();
  for (guint i = 0; i < n_tiers; i++) {
    if (is_first (i) && is_chosen (tiers[i].name)) {
      ok = run_tiers (tiers[i].name, threshold, totals) && ok;
      any = TRUE;
    }
  }
  if (any)
    print_totals (totals);
  for (guint i = 0; i < n; i++)
    score_clear (&totals[i]);
  if (is_chosen ("real")) {
    ok = run_real_clips (threshold) && ok;
    any = TRUE;
  }
  if (!any)
    g_printerr ("There is no tier \"%s\".\n", options.tiers);
  return ok && any;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = new_context ();
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  if (!gst_registry_check_feature_version (gst_registry_get (), "microexpr", 0, 1, 0)) {
    g_printerr ("The element microexpr was not found: set GST_PLUGIN_PATH to the plugin.\n");
    return 2;
  }
  if (options.evidence && !(evidence_file = fopen (options.evidence, "w"))) {
    g_printerr ("%s cannot be written.\n", options.evidence);
    return 2;
  }
  if (!compare_init (options.compare) || (options.compare && options.replay)) {
    g_printerr ("--compare wants numbers like 1 or 0.7:0.5, and plays clips.\n");
    return 2;
  }
  print_first_lines ();
  return run (min_confidence ()) ? 0 : 1;
}
