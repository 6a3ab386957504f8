/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of the field; undefined numbers are blank. */
#include <math.h>

#include "published.h"
#include "report.h"

#define INTERVAL 24 /* characters of a number with its interval */

/* "0.432 [0.301, 0.555]", padded; newly allocated. */
static char *
with_interval (const Scores *scores, Metric m, double scale, const char *format)
{
  double value = tally_metric (&scores->sum, m) * scale;
  g_autofree char *number = NULL, *low = NULL, *high = NULL, *text = NULL;
  char buffer[3][G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return g_strnfill (INTERVAL, ' ');
  g_ascii_formatd (buffer[0], sizeof buffer[0], format, value);
  g_ascii_formatd (buffer[1], sizeof buffer[1], format, scores->low[m] * scale);
  g_ascii_formatd (buffer[2], sizeof buffer[2], format, scores->high[m] * scale);
  text = g_strdup_printf ("%s [%s, %s]", buffer[0], buffer[1], buffer[2]);
  return g_strdup_printf ("%-*s", INTERVAL, text);
}

static void
print_number (double value, const char *format, int width)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (!isnan (value))
    g_ascii_formatd (buffer, sizeof buffer, format, value);
  g_print ("%*s", width, buffer);
}

/* A published figure; 0: none. */
static void
print_published (double value, int width)
{
  print_number (value > 0 ? value : NAN, "%.3f", width);
}

static void
count_coded (const DataSet *set, guint *n_micro, guint *n_macro)
{
  *n_micro = *n_macro = 0;
  for (guint i = 0; i < set->truths->len; i++) {
    const GArray *truths = g_ptr_array_index (set->truths, i);

    for (guint k = 0; k < truths->len; k++) {
      *n_micro += item_at (truths, k)->kind == ME_KIND_MICRO;
      *n_macro += item_at (truths, k)->kind == ME_KIND_MACRO;
    }
  }
}

static void
print_set (const Report *report)
{
  const DataSet *set = report->set;
  guint n_micro, n_macro;

  count_coded (set, &n_micro, &n_macro);
  g_print ("%s: %u subjects, %u recordings, %.1f minutes; coded: %u micro-expressions",
      set->layout->title, set->subjects->len, set->recordings->len,
      report->scores[0].sum.duration / 60, n_micro);
  if (set->layout->has_macro)
    g_print (", %u macro-expressions", n_macro);
  g_print ("\nBrackets: 95 %% confidence intervals, bootstrap over subjects.\n");
  if (set->coding->left_out->len > 0)
    g_print ("Left out, %u:\n", set->coding->left_out->len);
  for (guint i = 0; i < set->coding->left_out->len; i++)
    g_print ("  %s\n", (const char *)g_ptr_array_index (set->coding->left_out, i));
}

static void
print_choice (const Scores *scores, guint subject)
{
  const Choice *choice = &scores->choices[subject];
  g_autofree char *settings = settings_describe (&scores->settings[choice->settings]);

  g_print ("%s min-confidence=%.2f", settings, choice->min_confidence);
}

/* false_a_minute: N_METRICS leaves it blank. */
static void
print_counts_row (
    const Scores *scores, const char *name, const Counts *counts, Metric f1, Metric false_a_minute)
{
  g_autofree char *score = with_interval (scores, f1, 1, "%.3f"),
                  *wrong = with_interval (scores, false_a_minute, 1, "%.2f");
  guint n_found = counts->found;

  g_print ("%-32s %5u %5u %5u ", name, n_found, counts->wrong, counts->missed);
  print_number (ratio_of (n_found, n_found + counts->wrong), "%.3f", 9);
  print_number (ratio_of (n_found, n_found + counts->missed), "%.3f", 9);
  g_print ("  %s%s\n", score, g_strchomp (wrong));
}

static void
print_spotting (const Report *report, const Scores *scores)
{
  const Layout *layout = report->set->layout;
  const Tally *sum = &scores->sum;
  Counts all = { sum->micro.found + sum->macro.found, sum->micro.wrong + sum->macro.wrong,
    sum->micro.missed + sum->macro.missed };
  g_autofree char *onset = with_interval (scores, METRIC_ONSET_ERROR, 1000, "%.0f"),
                  *offset = with_interval (scores, METRIC_OFFSET_ERROR, 1000, "%.0f");

  g_print ("\nSpotting (MEGC: intersection over union of at least 0.5, counts over all "
           "recordings)\n%-32s %5s %5s %5s %9s%9s  %-*s%s\n",
      "", "TP", "FP", "FN", "precision", "recall", INTERVAL, "F1", "false a minute");
  print_counts_row (scores, "micro", &sum->micro, METRIC_F1_MICRO, METRIC_FALSE_MICRO);
  if (layout->has_macro) {
    print_counts_row (scores, "macro", &sum->macro, METRIC_F1_MACRO, N_METRICS);
    print_counts_row (scores, "overall", &all, METRIC_F1_ALL, METRIC_FALSE_ALL);
  }
  g_print ("Median error of matched micro-expressions, ms: onset %s offset %s\n",
      g_strchomp (onset), g_strchomp (offset));
}

static void
print_published_spotting (const Layout *layout)
{
  gboolean head = FALSE;

  for (guint i = 0; i < n_published_spotting; i++) {
    const PublishedSpotting *row = &published_spotting[i];

    if (!g_str_equal (row->layout, layout->name))
      continue;
    if (!head)
      g_print ("\n%-32s %8s %8s %8s  %s\n", "Published F1, offline methods", "micro", "macro",
          "overall", "* trained on this data set, leaving one subject out");
    head = TRUE;
    g_print ("%c %-30s ", row->learned ? '*' : ' ', row->method);
    print_published (row->micro, 8);
    print_published (row->macro, 9);
    print_published (row->overall, 9);
    g_print ("  %s\n", row->citation);
  }
}

static void
print_subjects (const Report *report, const Scores *scores)
{
  const DataSet *set = report->set;

  g_print ("\n%-10s %5s %5s %5s %8s", "subject", "TP", "FP", "FN", "micro");
  if (set->layout->has_macro)
    g_print (" %5s %5s %5s %8s %8s", "TP", "FP", "FN", "macro", "overall");
  g_print ("\n");
  for (guint i = 0; i < set->subjects->len; i++) {
    const Tally *tally = &scores->subjects[i];

    g_print ("%-10u %5u %5u %5u", g_array_index (set->subjects, guint, i), tally->micro.found,
        tally->micro.wrong, tally->micro.missed);
    print_number (tally_metric (tally, METRIC_F1_MICRO), "%.3f", 9);
    if (set->layout->has_macro) {
      g_print (" %5u %5u %5u", tally->macro.found, tally->macro.wrong, tally->macro.missed);
      print_number (tally_metric (tally, METRIC_F1_MACRO), "%.3f", 9);
      print_number (tally_metric (tally, METRIC_F1_ALL), "%.3f", 9);
    }
    g_print ("  ");
    if (scores != report->scores)
      print_choice (scores, i);
    g_print ("\n");
  }
}

static void
print_recognition (const Report *report, const Scores *scores)
{
  static const struct
  {
    Metric metric;
    const char *what;
  } rows[] = {
    { METRIC_STRS, "STRS, spotting F1 times UF1 of what was found" },
    { METRIC_UF1, "UF1, three classes, interval given" },
    { METRIC_UAR, "UAR, three classes, interval given" },
    { METRIC_ACCURACY_FIVE, "accuracy, five classes, interval given" },
    { METRIC_UNITS_F1, "action units, mean F1, interval given" },
  };
  const char *layout = report->set->layout->name;

  g_print ("\nRecognition, untrained (a micro-expression without a report counts as wrong)\n");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = with_interval (scores, rows[i].metric, 1, "%.3f");

    if (!isnan (tally_metric (&scores->sum, rows[i].metric)))
      g_print ("%-50s %s\n", rows[i].what, g_strchomp (value));
  }
  for (guint i = 0; i < n_published_strs; i++) {
    if (g_str_equal (published_strs[i].layout, layout))
      g_print ("  published STRS %.4f: %s, %s\n", published_strs[i].strs, published_strs[i].method,
          published_strs[i].citation);
  }
}

static void
print_published_recognition (const Layout *layout)
{
  gboolean head = FALSE;

  for (guint i = 0; i < n_published_recognition; i++) {
    const PublishedRecognition *row = &published_recognition[i];

    if (!g_str_equal (row->layout, layout->name))
      continue;
    if (!head)
      g_print (
          "  Published, leave one subject out; UF1 and UAR of three classes, accuracy of five:\n");
    head = TRUE;
    g_print ("  %-48s", row->method);
    print_published (row->uf1, 8);
    print_published (row->uar, 8);
    print_published (row->accuracy_five, 10);
    g_print ("  %s\n", row->citation);
  }
}

static void
print_recognizer (const char *name, const Confusion *confusion)
{
  g_print ("  %-48s", name);
  print_number (confusion_uf1 (confusion), "%.3f", 8);
  print_number (confusion_uar (confusion), "%.3f", 8);
  print_number (confusion_accuracy (confusion), "%.3f", 10);
  g_print ("  of %u\n", confusion_total (confusion));
}

/* Our recognition and the baseline in the same classes, then published results. */
static void
print_comparison (const Report *report)
{
  const Layout *layout = report->set->layout;
  const Tally *sum = &report->scores[0].sum;
  const Baseline *baseline = report->baseline;

  if (confusion_total (&sum->three) == 0)
    return;
  g_print ("\n  %-48s%8s%8s%10s\n", "", "UF1", "UAR", "accuracy");
  print_recognizer ("microexpr, three classes, not trained", &sum->three);
  if (layout->five)
    print_recognizer ("microexpr, five classes, not trained", &sum->five);
  if (baseline) {
    const char *classes = baseline->classes->n == 5 ? "five" : "three";
    g_autofree char *subject =
        g_strdup_printf ("LBP-TOP + SVM here, %s, leave one subject out", classes);
    g_autofree char *video =
        g_strdup_printf ("LBP-TOP + SVM here, %s, leave one video out", classes);

    print_recognizer (subject, &baseline->by_subject);
    print_recognizer (video, &baseline->by_video);
    if (baseline->n_left_out > 0)
      g_print ("  (without %u with no face or too few frames)\n", baseline->n_left_out);
  }
  print_published_recognition (layout);
}

static void
print_units (const Scores *scores)
{
  g_print ("\n%-8s %5s %5s %5s %8s\n", "unit", "TP", "FP", "FN", "F1");
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    const Counts *counts = &scores->sum.units[au];

    if (counts->found + counts->wrong + counts->missed == 0)
      continue;
    g_print ("%-8s %5u %5u %5u", me_au_name (au), counts->found, counts->wrong, counts->missed);
    print_number (counts_f1 (counts), "%.3f", 9);
    g_print ("\n");
  }
}

void
report_print (const Report *report)
{
  print_set (report);
  for (guint i = 0; i < report->n_scores; i++) {
    const Scores *scores = &report->scores[i];

    g_print ("\n== %s", scores->title);
    if (i == 0) {
      g_print (": ");
      print_choice (scores, 0);
    }
    g_print ("\n");
    print_spotting (report, scores);
    print_subjects (report, scores);
    print_recognition (report, scores);
  }
  print_published_spotting (report->set->layout);
  print_comparison (report);
  if (!isnan (tally_metric (&report->scores[0].sum, METRIC_UNITS_F1)))
    print_units (&report->scores[0]);
}
