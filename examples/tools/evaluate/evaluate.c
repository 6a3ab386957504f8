/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well microexpr does on a published data set that you hold.
 *
 *   microexpr-evaluate LAYOUT FOLDER SHEET...      see docs/evaluate.md */
#include <locale.h>
#include <stdlib.h>

#include "report.h"
#include "shared/page-file.h"

#define N_RESAMPLES 1000

#define SUMMARY                                                                                    \
  "Measures the accuracy of microexpr on a published data set that you hold: reads the coding "    \
  "sheets\n"                                                                                       \
  "as published, plays every recording through the plugin, and prints the field's usual metrics\n" \
  "next to published results."

#define DESCRIPTION                                                                                \
  "FOLDER holds the recordings, SHEET is the coding as published (.xlsx or .csv).\n\n"             \
  "Exit status: 0 if everything was scored; 1 if something could not be read or played; 2 if "     \
  "the\ncommand line is wrong.\n\n"                                                                \
  "Examples:\n"                                                                                    \
  "  microexpr-evaluate casme2 CASME2_RAW/ CASME2-coding-20140508.xlsx\n"                          \
  "  microexpr-evaluate samm-long SAMM_longvideos/ SAMM_LongVideos_V3_Release.xlsx --json\n"

/* The command line. */
static struct
{
  char *results, *baseline, *preset;
  char **arguments; /* LAYOUT, FOLDER, SHEET... */
  double sensitivity, min_confidence;
  char *page;
  gboolean json, tune, partial, names, pictures, version;
  int jobs, seed;
} options = { .min_confidence = -1, .seed = 1 };

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON instead of tables", NULL },
  { "page", 0, 0, G_OPTION_ARG_FILENAME, &options.page,
      "Also write a page with curves and tables, which names nobody", "FILE" },
  { "names", 0, 0, G_OPTION_ARG_NONE, &options.names,
      "Name subjects, recordings and times in the page", NULL },
  { "pictures", 0, 0, G_OPTION_ARG_NONE, &options.pictures,
      "Show the faces of the worst misses and false reports in the page, as film strips", NULL },
  { "baseline", 0, 0, G_OPTION_ARG_STRING, &options.baseline,
      "Also train and validate a baseline: lbp-top", "NAME" },
  { "tune", 0, 0, G_OPTION_ARG_NONE, &options.tune,
      "Also choose sensitivity, max-duration and min-confidence, leaving one subject out, and "
      "save the best for all subjects as a preset",
      NULL },
  { "preset", 0, 0, G_OPTION_ARG_STRING, &options.preset,
      "Name of the preset (default: evaluated-LAYOUT)", "NAME" },
  { "sensitivity", 0, 0, G_OPTION_ARG_DOUBLE, &options.sensitivity,
      "Property of microexpr (default: 1)", "X" },
  { "min-confidence", 'c', 0, G_OPTION_ARG_DOUBLE, &options.min_confidence,
      "Lowest confidence of events that count (default: that of microexpr)", "P" },
  { "partial", 0, 0, G_OPTION_ARG_NONE, &options.partial,
      "Leave out coded expressions whose recording is not there", NULL },
  { "results", 0, 0, G_OPTION_ARG_FILENAME, &options.results,
      "Where to keep the results of each recording (default: the user's cache)", "FOLDER" },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs,
      "Number of recordings analyzed at once (default: one per processor)", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "Random seed of the resampling (default: 1)",
      "N" },
  { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, "Print the version and exit", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.arguments, NULL,
      "LAYOUT FOLDER SHEET..." },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static GOptionContext *
new_context (void)
{
  GOptionContext *context = g_option_context_new (NULL);
  GString *text = g_string_new ("LAYOUT is one of");

  for (guint i = 0; i < n_layouts; i++)
    g_string_append_printf (text, " %s", layouts[i].name);
  g_string_append (text, ".\n" DESCRIPTION);
  g_option_context_set_summary (context, SUMMARY);
  g_option_context_set_description (context, text->str);
  g_string_free (text, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  return context;
}

/* The defaults of microexpr, overridden by the options. */
static void
read_defaults (Settings *settings, double *min_confidence)
{
  g_autoptr (GstElement) microexpr = gst_element_factory_make ("microexpr", NULL);

  gst_object_ref_sink (microexpr);
  g_object_get (microexpr, "sensitivity", &settings->sensitivity, "max-duration",
      &settings->max_duration_ns, "min-confidence", min_confidence, NULL);
  if (options.sensitivity > 0)
    settings->sensitivity = options.sensitivity;
  if (options.min_confidence >= 0)
    *min_confidence = options.min_confidence;
}

/* choices: one per subject; takes ownership. */
static Scores
score (const DataSet *set, const Results *results, const Settings *settings, const char *title,
    Choice *choices)
{
  Scores scores = { .title = title, .settings = settings, .choices = choices };
  guint n = set->subjects->len;

  scores.subjects = data_set_tally (set, results, choices);
  scores.sum = tallies_sum (scores.subjects, n);
  bootstrap (scores.subjects, n, N_RESAMPLES, (guint32)options.seed, scores.low, scores.high);
  return scores;
}

static void
clear_scores (Scores *scores, guint n)
{
  tallies_free (scores->subjects, n);
  tally_clear (&scores->sum);
  g_free (scores->choices);
}

static void
print (const Report *report, const Choice *for_all, const char *preset)
{
  g_autofree char *settings = NULL;

  if (options.json) {
    report_print_json (report);
    return;
  }
  report_print (report);
  if (!for_all)
    return;
  settings = settings_describe (&report->scores[1].settings[for_all->settings]);
  g_print ("\nPreset %s of microexpr, best over all subjects and therefore not scored: %s "
           "min-confidence=%.2f\n",
      preset, settings, for_all->min_confidence);
}

static gboolean
report (DataSet *set, const Results *results, const Settings *settings, double min_confidence,
    const char *folder, GError **error)
{
  g_autofree char *features = g_build_filename (folder, "lbp-top", NULL);
  g_autofree char *preset = options.preset ? g_strdup (options.preset)
                                           : g_strconcat ("evaluated-", set->layout->name, NULL);
  guint n = set->subjects->len;
  Choice *same = g_new0 (Choice, n), for_all = { 0 };
  Scores scores[2];
  Baseline baseline;
  Report r = { .set = set, .scores = scores, .n_scores = 1 };
  gboolean ok = TRUE;

  for (guint i = 0; i < n; i++)
    same[i].min_confidence = min_confidence;
  scores[0] = score (set, results, settings, "Same settings for all", same);
  if (options.tune) {
    Choice *choices = tune_choose (set, results);

    for_all = choices[n];
    scores[r.n_scores++] =
        score (set, results, settings, "Settings chosen for each subject on all others", choices);
    ok = tune_save (&for_all, preset, error);
  }
  if (ok && options.baseline) {
    ok = baseline_run (set, features, (guint)options.jobs, &baseline, error);
    r.baseline = &baseline;
  }
  if (ok && options.page)
    ok = report_write_page (&r, results,
        (options.names ? PAGE_NAMES : 0) | (options.pictures ? PAGE_PICTURES : 0), options.page,
        error);
  if (ok)
    print (&r, options.tune ? &for_all : NULL, preset);
  for (guint i = 0; i < r.n_scores; i++)
    clear_scores (&scores[i], n);
  return ok;
}

static gboolean
evaluate (const Layout *layout, const char *folder, char **sheets, GError **error)
{
  g_autoptr (DataSet) set = data_set_open (layout, folder, sheets, options.partial, error);
  g_autofree char *kept =
      options.results ? g_strdup (options.results)
                      : g_build_filename (g_get_user_cache_dir (), "microexpr-evaluate", NULL);
  g_autoptr (Results) results = NULL;
  Settings one;
  const Settings *settings = &one;
  double min_confidence;
  guint n_settings = 1;

  if (!set)
    return FALSE;
  read_defaults (&one, &min_confidence);
  if (options.tune)
    settings = tune_settings (&n_settings);
  results = results_get (set->recordings, settings, n_settings, kept, (guint)options.jobs, error);
  return results && data_set_time (set, error) &&
         report (set, results, settings, min_confidence, kept, error);
}

/* What is wrong with the command line; NULL: nothing. */
static const char *
find_mistake (void)
{
  if (!options.arguments || g_strv_length (options.arguments) < 3)
    return "LAYOUT, FOLDER and SHEET are required; see --help";
  if (!layout_find (options.arguments[0]))
    return "unknown LAYOUT; --help lists them";
  if (options.baseline && !g_str_equal (options.baseline, "lbp-top"))
    return "the only baseline is lbp-top";
  if (options.tune && options.sensitivity > 0)
    return "--tune chooses the sensitivity itself: leave out --sensitivity";
  if ((options.names || options.pictures) && !options.page)
    return "--names and --pictures are for --page";
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = new_context ();
  g_autoptr (GError) error = NULL;
  const char *mistake;

  setlocale (LC_ALL, "");
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("microexpr-evaluate: %s\n", error->message);
    return 2;
  }
  if (options.version) {
    g_print ("microexpr-evaluate %s\n", VERSION);
    return 0;
  }
  if ((mistake = find_mistake ())) {
    g_printerr ("microexpr-evaluate: %s\n", mistake);
    return 2;
  }
  if (!gst_registry_check_feature_version (gst_registry_get (), "microexpr", 0, 1, 0)) {
    g_printerr ("microexpr-evaluate: the element microexpr was not found: set GST_PLUGIN_PATH to "
                "the folder of the plugin\n");
    return 1;
  }
  if (options.page && !app_page_check_output (options.page, &error)) {
    g_printerr ("microexpr-evaluate: %s\n", error->message);
    return 2;
  }
  if (options.jobs <= 0)
    options.jobs = (int)g_get_num_processors ();
  if (!evaluate (layout_find (options.arguments[0]), options.arguments[1], options.arguments + 2,
          &error)) {
    g_printerr ("microexpr-evaluate: %s\n", error->message);
    return 1;
  }
  return 0;
}
