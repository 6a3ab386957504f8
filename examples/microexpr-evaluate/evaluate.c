/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well microexpr does on a published data set that you hold.
 *
 *   microexpr-evaluate LAYOUT FOLDER SHEET...      see docs/evaluate.md */
#include <locale.h>
#include <stdlib.h>

#include "report.h"

#define N_RESAMPLES 1000

/* The command line. */
static struct
{
  char *results, *baseline, *preset;
  double sensitivity, min_confidence;
  gboolean json, tune, partial;
  int jobs, seed;
} options = { .sensitivity = 1, .min_confidence = -1, .seed = 1 };

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON instead of tables", NULL },
  { "baseline", 0, 0, G_OPTION_ARG_STRING, &options.baseline,
      "Also train and validate a baseline: lbp-top", "NAME" },
  { "tune", 0, 0, G_OPTION_ARG_NONE, &options.tune,
      "Also choose sensitivity, max-duration and min-confidence, leaving one subject out, and "
      "write "
      "those best for all as a preset",
      NULL },
  { "preset", 0, 0, G_OPTION_ARG_STRING, &options.preset,
      "Name of the preset (default: evaluated-LAYOUT)", "NAME" },
  { "sensitivity", 0, 0, G_OPTION_ARG_DOUBLE, &options.sensitivity, "Of microexpr (default: 1)",
      "X" },
  { "min-confidence", 'c', 0, G_OPTION_ARG_DOUBLE, &options.min_confidence,
      "Least confidence of events that count (default: that of microexpr)", "P" },
  { "partial", 0, 0, G_OPTION_ARG_NONE, &options.partial,
      "Pass over coded expressions whose recording is not there", NULL },
  { "results", 0, 0, G_OPTION_ARG_FILENAME, &options.results,
      "Where the results of each recording are kept (default: in the user's cache)", "FOLDER" },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs,
      "Recordings that are analysed at once (default: one a processor)", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "Of the resampling (default: 1)", "N" },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static GOptionContext *
new_context (void)
{
  GOptionContext *context =
      g_option_context_new ("LAYOUT FOLDER SHEET... - how well microexpr does on a coded data set");
  GString *text = g_string_new ("LAYOUT is one of");

  for (guint i = 0; i < n_layouts; i++)
    g_string_append_printf (text, " %s", layouts[i].name);
  g_string_append (text, ".\nFOLDER holds the recordings, SHEET is the coding as published "
                         "(.xlsx or .csv).");
  g_option_context_set_description (context, text->str);
  g_string_free (text, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  return context;
}

/* The element's own, unless the option says otherwise. */
static double
min_confidence (void)
{
  g_autoptr (GstElement) microexpr = NULL;
  double value = options.min_confidence;

  if (value < 0 && (microexpr = gst_element_factory_make ("microexpr", NULL))) {
    gst_object_ref_sink (microexpr);
    g_object_get (microexpr, "min-confidence", &value, NULL);
  }
  return value;
}

/* choices: taken over; of each subject. */
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
  g_print ("\nPreset %s of microexpr, best for all subjects together and therefore not scored on "
           "them: %s min-confidence=%.2f\n",
      preset, settings, for_all->min_confidence);
}

static gboolean
report (DataSet *set, const Results *results, const Settings *settings, const char *folder,
    guint n_jobs, GError **error)
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
    same[i].min_confidence = min_confidence ();
  scores[0] = score (set, results, settings, "Same settings for all", same);
  if (options.tune) {
    Choice *choices = tune_choose (set, results);

    for_all = choices[n];
    scores[r.n_scores++] =
        score (set, results, settings, "Settings chosen for each subject on all others", choices);
    ok = tune_save (&for_all, preset, error);
  }
  if (ok && options.baseline) {
    ok = baseline_run (set, features, n_jobs, &baseline, error);
    r.baseline = &baseline;
  }
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
  const Settings one = { options.sensitivity, 500 * GST_MSECOND }, *settings = &one;
  guint n_settings = 1, n_jobs = options.jobs > 0 ? (guint)options.jobs : g_get_num_processors ();

  if (!set)
    return FALSE;
  if (options.tune)
    settings = tune_settings (&n_settings);
  results = results_get (set->recordings, settings, n_settings, kept, n_jobs, error);
  return results && data_set_time (set, error) &&
         report (set, results, settings, kept, n_jobs, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = new_context ();
  g_autoptr (GError) error = NULL;
  const Layout *layout;

  setlocale (LC_ALL, "");
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("microexpr-evaluate: %s\n", error->message);
    return 2;
  }
  layout = argc > 3 ? layout_find (argv[1]) : NULL;
  if (!layout || (options.baseline && !g_str_equal (options.baseline, "lbp-top"))) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

    g_printerr ("%s", help);
    return 2;
  }
  if (!evaluate (layout, argv[2], argv + 3, &error)) {
    g_printerr ("microexpr-evaluate: %s\n", error->message);
    return 1;
  }
  return 0;
}
