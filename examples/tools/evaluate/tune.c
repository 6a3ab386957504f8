/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A grid search, leaving one subject out. */
#include "tune.h"

#include <math.h>

/* The first of equals wins, so the grid starts at the defaults. */
static const double confidences[] = { 0.5, 0.55, 0.45, 0.6, 0.4, 0.65, 0.35, 0.7, 0.3, 0.75, 0.25,
  0.8, 0.2, 0.85, 0.9, 0.95 };

static const Settings grid[] = {
  { 1, 500 * GST_MSECOND },
  { 0.5, 500 * GST_MSECOND },
  { 0.7, 500 * GST_MSECOND },
  { 1.4, 500 * GST_MSECOND },
  { 2, 500 * GST_MSECOND },
  { 1, 600 * GST_MSECOND },
  { 0.7, 600 * GST_MSECOND },
  { 1.4, 600 * GST_MSECOND },
};

const Settings *
tune_settings (guint *n_settings)
{
  *n_settings = G_N_ELEMENTS (grid);
  return grid;
}

static Choice
choice_at (guint i)
{
  return (Choice){ .settings = i / G_N_ELEMENTS (confidences),
    .min_confidence = confidences[i % G_N_ELEMENTS (confidences)] };
}

/* The objective: overall F1, which is the F1 of micro-expressions for sets without
 * macro-expressions. without: a subject to leave out; -1: none. */
static double
score (const Tally *tallies, guint n, int without)
{
  Tally sum;
  double f1;

  tally_init (&sum);
  for (guint i = 0; i < n; i++) {
    if ((int)i != without)
      tally_add (&sum, &tallies[i]);
  }
  f1 = tally_metric (&sum, METRIC_F1_ALL);
  tally_clear (&sum);
  return isnan (f1) ? 0 : f1;
}

Choice *
tune_choose (const DataSet *set, const Results *results)
{
  guint n = set->subjects->len;
  Choice *best = g_new0 (Choice, n + 1), *same = g_new (Choice, n);
  double *most = g_new (double, n + 1);

  for (guint i = 0; i <= n; i++)
    most[i] = -1;
  for (guint k = 0; k < G_N_ELEMENTS (grid) * G_N_ELEMENTS (confidences); k++) {
    Choice choice = choice_at (k);
    Tally *tallies;

    for (guint i = 0; i < n; i++)
      same[i] = choice;
    tallies = data_set_tally (set, results, same);
    for (guint i = 0; i <= n; i++) {
      double f1 = score (tallies, n, i < n ? (int)i : -1);

      if (f1 > most[i]) {
        most[i] = f1;
        best[i] = choice;
      }
    }
    tallies_free (tallies, n);
  }
  g_free (same);
  g_free (most);
  return best;
}

gboolean
tune_save (const Choice *choice, const char *preset, GError **error)
{
  g_autoptr (GstElement) microexpr = gst_element_factory_make ("microexpr", NULL);
  gboolean saved;

  gst_object_ref_sink (microexpr);
  g_object_set (microexpr, "sensitivity", grid[choice->settings].sensitivity, "max-duration",
      grid[choice->settings].max_duration_ns, "min-confidence", choice->min_confidence, NULL);
  saved = gst_preset_save_preset (GST_PRESET (microexpr), preset);
  if (!saved)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot save the preset %s", preset);
  return saved;
}
