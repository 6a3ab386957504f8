/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The metrics of microexpr-evaluate against numbers found by hand. */
#include <math.h>

#include "evaluate/metrics.h"
#include "evaluate/tune.h"

#define CLOSE 1e-9

static void
add (GArray *items, MeKind kind, double onset, double offset, double confidence)
{
  Item item = {
    .kind = kind, .onset = onset, .offset = offset, .confidence = confidence, .match = -1
  };

  g_array_append_val (items, item);
}

/* Labels, units and scores of the newest. */
static Item *
newest (GArray *items)
{
  return &g_array_index (items, Item, items->len - 1);
}

static void
test_an_overlap_of_half_is_enough (void)
{
  Clip clip;

  clip_init (&clip);
  add (clip.truths, ME_KIND_MICRO, 1, 2, 1);
  add (clip.truths, ME_KIND_MICRO, 5, 6, 1);
  add (clip.reports, ME_KIND_MICRO, 1, 3, 1);     /* 1 of 2 */
  add (clip.reports, ME_KIND_MICRO, 5.4, 6.4, 1); /* 0.6 of 1.4 */
  clip_pair (&clip);
  g_assert_cmpint (item_at (clip.truths, 0)->match, ==, 0);
  g_assert_cmpint (item_at (clip.truths, 1)->match, ==, -1);
  clip_clear (&clip);
}

static void
test_a_truth_is_found_once_and_by_its_kind (void)
{
  Clip clip;

  clip_init (&clip);
  add (clip.truths, ME_KIND_MICRO, 1, 2, 1);
  add (clip.truths, ME_KIND_MACRO, 5, 6, 1);
  add (clip.reports, ME_KIND_MICRO, 1.2, 2, 1);
  add (clip.reports, ME_KIND_MICRO, 1, 2, 1);
  add (clip.reports, ME_KIND_MICRO, 5, 6, 1);
  clip_pair (&clip);
  g_assert_cmpint (item_at (clip.truths, 0)->match, ==, 0); /* sorted: the whole one is first */
  g_assert_cmpint (item_at (clip.reports, 1)->match, ==, -1);
  g_assert_cmpint (item_at (clip.truths, 1)->match, ==, -1);
  clip_clear (&clip);
}

/* A minute: two of three micro-expressions found, one false, one weak; one macro found, one false.
 */
static Clip
make_clip (void)
{
  Clip clip;

  clip_init (&clip);
  add (clip.truths, ME_KIND_MICRO, 1, 1.4, 1);
  g_strlcpy (newest (clip.truths)->emotion, "happiness", 16);
  newest (clip.truths)->strength[ME_AU12] = 1;
  add (clip.truths, ME_KIND_MICRO, 10, 10.4, 1);
  g_strlcpy (newest (clip.truths)->emotion, "surprise", 16);
  newest (clip.truths)->strength[ME_AU1] = newest (clip.truths)->strength[ME_AU2] = 1;
  add (clip.truths, ME_KIND_MICRO, 20, 20.4, 1);
  g_strlcpy (newest (clip.truths)->emotion, "others", 16);
  newest (clip.truths)->strength[ME_AU4] = 1;
  add (clip.truths, ME_KIND_MACRO, 30, 32, 1);

  add (clip.reports, ME_KIND_MICRO, 1.02, 1.41, 0.9);
  newest (clip.reports)->strength[ME_AU12] = 2;
  newest (clip.reports)->emotions[ME_HAPPINESS] = 0.8;
  add (clip.reports, ME_KIND_MICRO, 9.96, 10.37, 0.9); /* read as happiness, with one unit wrong */
  newest (clip.reports)->strength[ME_AU1] = newest (clip.reports)->strength[ME_AU12] = 2;
  newest (clip.reports)->emotions[ME_HAPPINESS] = 0.8;
  newest (clip.reports)->emotions[ME_SURPRISE] = 0.4;
  add (clip.reports, ME_KIND_MICRO, 20, 20.4, 0.3); /* too weak to count */
  newest (clip.reports)->strength[ME_AU4] = 1;
  add (clip.reports, ME_KIND_MICRO, 40, 40.4, 0.9);
  add (clip.reports, ME_KIND_MACRO, 30, 32, 0.9);
  add (clip.reports, ME_KIND_MACRO, 50, 52, 0.9);
  add (clip.reports, ME_KIND_BLINK, 55, 55.4, 0.9);
  clip.duration = 60;
  return clip;
}

static Tally
tally_clip (gboolean has_macro)
{
  Clip clip = make_clip ();
  Tally tally;

  tally_init (&tally);
  tally_recording (
      &tally, clip.truths, clip.reports, clip.duration, 0.6, has_macro, &casme2_classes);
  clip_clear (&clip);
  return tally;
}

static void
assert_metric (const Tally *tally, Metric metric, double value)
{
  g_test_message ("%s", metric_names[metric]);
  g_assert_cmpfloat_with_epsilon (tally_metric (tally, metric), value, CLOSE);
}

static void
test_spotting_is_counted_as_by_hand (void)
{
  Tally tally = tally_clip (TRUE);

  assert_metric (&tally, METRIC_PRECISION_MICRO, 2.0 / 3);
  assert_metric (&tally, METRIC_RECALL_MICRO, 2.0 / 3);
  assert_metric (&tally, METRIC_F1_MICRO, 2.0 / 3); /* 4 / (4 + 1 + 1) */
  assert_metric (&tally, METRIC_F1_MACRO, 2.0 / 3); /* 2 / (2 + 1) */
  assert_metric (&tally, METRIC_F1_ALL, 2.0 / 3);   /* 6 / (6 + 2 + 1) */
  assert_metric (&tally, METRIC_FALSE_MICRO, 1);
  assert_metric (&tally, METRIC_FALSE_ALL, 2);
  tally_clear (&tally);
}

static void
test_sets_without_macro_do_not_score_it (void)
{
  Tally tally = tally_clip (FALSE);

  g_assert_true (isnan (tally_metric (&tally, METRIC_F1_MACRO)));
  assert_metric (&tally, METRIC_F1_ALL, 2.0 / 3);
  assert_metric (&tally, METRIC_FALSE_ALL, 1);
  tally_clear (&tally);
}

/* The errors: onset +20 and -40 ms, offset +10 and -30 ms; the median of two is the upper. */
static void
test_errors_of_onset_and_offset (void)
{
  Tally tally = tally_clip (TRUE);

  assert_metric (&tally, METRIC_ONSET_ERROR, 10 - 9.96);
  assert_metric (&tally, METRIC_OFFSET_ERROR, 10.4 - 10.37);
  tally_clear (&tally);
}

/* Three: happiness right, surprise read as positive, others not scored. F1 of positive 2/3, of
 * surprise 0. Five: happiness right, surprise read as happiness (AU12; AU1 alone is others), others
 * right (AU4, although the report is too weak for spotting). */
static void
test_recognition_is_scored_as_by_hand (void)
{
  Tally tally = tally_clip (TRUE);

  assert_metric (&tally, METRIC_UF1, 1.0 / 3);
  assert_metric (&tally, METRIC_UAR, 0.5);
  assert_metric (&tally, METRIC_STRS, 2.0 / 3 * (1.0 / 3));
  assert_metric (&tally, METRIC_ACCURACY_FIVE, 2.0 / 3);
  tally_clear (&tally);
}

static void
test_nothing_found_scores_nothing (void)
{
  Clip clip = make_clip ();
  Tally tally;

  tally_init (&tally);
  g_array_set_size (clip.reports, 0);
  tally_recording (&tally, clip.truths, clip.reports, 60, 0.6, TRUE, NULL);
  assert_metric (&tally, METRIC_F1_MICRO, 0);
  assert_metric (&tally, METRIC_STRS, 0);
  assert_metric (&tally, METRIC_UF1, 0);
  assert_metric (&tally, METRIC_UNITS_F1, 0);
  g_assert_true (isnan (tally_metric (&tally, METRIC_PRECISION_MICRO)));
  g_assert_true (isnan (tally_metric (&tally, METRIC_ONSET_ERROR)));
  tally_clear (&tally);
  clip_clear (&clip);
}

/* AU1 1, AU2 0, AU4 1, AU12 2/3 (once too many). */
static void
test_action_units_are_scored_as_by_hand (void)
{
  Tally tally = tally_clip (TRUE);

  assert_metric (&tally, METRIC_UNITS_F1, (1 + 0 + 1 + 2.0 / 3) / 4);
  tally_clear (&tally);
}

static void
test_a_confusion_by_hand (void)
{
  Confusion confusion = { { { 3, 1, 0 }, { 1, 2, 1 }, { 0, 0, 2 } } };

  confusion_note (&confusion, 0, -1); /* no answer */
  confusion_note (&confusion, -1, 0); /* not scored */
  g_assert_cmpuint (confusion_total (&confusion), ==, 11);
  g_assert_cmpfloat_with_epsilon (
      confusion_uf1 (&confusion), (6.0 / 9 + 4.0 / 7 + 4.0 / 5) / 3, CLOSE);
  g_assert_cmpfloat_with_epsilon (confusion_uar (&confusion), (3.0 / 5 + 0.5 + 1) / 3, CLOSE);
  g_assert_cmpfloat_with_epsilon (confusion_accuracy (&confusion), 7.0 / 11, CLOSE);
}

static void
test_classes_of_labels_and_units (void)
{
  Item report = { .strength[ME_AU4] = 2 };

  g_assert_cmpint (class_of_label (&three_classes, "repression"), ==, 0);
  g_assert_cmpint (class_of_label (&three_classes, "others"), ==, -1);
  g_assert_cmpint (class_of_label (&three_classes, "class ii"), ==, 2);
  g_assert_cmpint (class_of_label (&casme2_classes, "others"), ==, 4);
  g_assert_cmpint (class_of_label (&casme2_classes, "sadness"), ==, -1);
  g_assert_cmpint (class_of_report (&casme2_classes, &report), ==, 4);
  report.strength[ME_AU7] = 1;
  g_assert_cmpint (class_of_report (&casme2_classes, &report), ==, 1); /* 4+7: disgust */
  report.strength[ME_AU17] = 4;
  g_assert_cmpint (class_of_report (&casme2_classes, &report), ==, 2);
}

/* Subjects of no false report and of many: resamples differ, the same seed gives the same, and one
 * subject alone leaves nothing to differ. */
static void
test_intervals_are_of_subjects_and_repeat (void)
{
  Tally subjects[2];
  double low[2][N_METRICS], high[2][N_METRICS];

  tally_init (&subjects[0]);
  tally_init (&subjects[1]);
  subjects[0].micro = (Counts){ 1, 0, 0 };
  subjects[1].micro = (Counts){ 1, 3, 0 };
  bootstrap (subjects, 2, 500, 7, low[0], high[0]);
  bootstrap (subjects, 2, 500, 7, low[1], high[1]);
  g_assert_cmpfloat_with_epsilon (low[0][METRIC_F1_MICRO], 2.0 / 5, CLOSE); /* twice the second */
  g_assert_cmpfloat_with_epsilon (high[0][METRIC_F1_MICRO], 1, CLOSE);      /* twice the first */
  g_assert_cmpfloat_with_epsilon (low[1][METRIC_F1_MICRO], low[0][METRIC_F1_MICRO], CLOSE);
  bootstrap (subjects, 1, 50, 7, low[0], high[0]);
  g_assert_cmpfloat_with_epsilon (low[0][METRIC_F1_MICRO], 1, CLOSE);
  g_assert_true (isnan (low[0][METRIC_UF1]));
  tally_clear (&subjects[0]);
  tally_clear (&subjects[1]);
}

/* A subject with a recording of one micro-expression at 1 s; found with the settings `good` only.
 */
static void
add_subject (DataSet *set, Results *results, guint subject, guint good)
{
  Recording *recording = g_new0 (Recording, 1);
  GArray *truths = g_array_new (FALSE, TRUE, sizeof (Item));
  GArray **reports = g_new0 (GArray *, results->n_settings);

  recording->subject = subject;
  recording->n_frames = 100;
  recording->frame_rate = 10;
  add (truths, ME_KIND_MICRO, 1, 1.4, 1);
  for (guint k = 0; k < results->n_settings; k++) {
    reports[k] = g_array_new (FALSE, TRUE, sizeof (Item));
    add (reports[k], ME_KIND_MICRO, k == good ? 1 : 5, k == good ? 1.4 : 5.4, 0.5);
  }
  g_ptr_array_add (set->recordings, recording);
  g_ptr_array_add (set->truths, truths);
  g_array_append_val (set->subjects, subject);
  results->reports[results->n_recordings++] = reports;
}

/* Two subjects want the third of the settings, one the second: that one gets the third all the
 * same, from the others; and of the two, each gets a choice by a tie, which the first wins. */
static void
test_no_subject_is_scored_with_constants_that_saw_it (void)
{
  guint n_settings;
  Results *results = g_new0 (Results, 1);
  DataSet *set = g_new0 (DataSet, 1);
  Choice *choices;

  tune_settings (&n_settings);
  set->layout = layout_find ("casme2");
  set->recordings = g_ptr_array_new_with_free_func (g_free);
  set->truths = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  set->subjects = g_array_new (FALSE, FALSE, sizeof (guint));
  results->n_settings = n_settings;
  results->reports = g_new0 (GArray **, 4);
  add_subject (set, results, 1, 1);
  add_subject (set, results, 2, 2);
  add_subject (set, results, 3, 2);
  add_subject (set, results, 4, 2);
  choices = tune_choose (set, results);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (choices[i].settings, ==, 2);
  g_free (choices);
  g_array_index (set->subjects, guint, 3) =
      3; /* now the fourth is a second recording of the third */
  ((Recording *)g_ptr_array_index (set->recordings, 3))->subject = 3;
  g_array_set_size (set->subjects, 3);
  choices = tune_choose (set, results);
  g_assert_cmpuint (choices[0].settings, ==, 2);
  g_assert_cmpuint (choices[2].settings, ==, 1); /* without both: one wants each, the first wins */
  g_assert_cmpuint (choices[3].settings, ==, 2);
  g_free (choices);
  data_set_free (set);
  results_free (results);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/pairing/half", test_an_overlap_of_half_is_enough);
  g_test_add_func ("/pairing/once", test_a_truth_is_found_once_and_by_its_kind);
  g_test_add_func ("/metrics/spotting", test_spotting_is_counted_as_by_hand);
  g_test_add_func ("/metrics/no-macro", test_sets_without_macro_do_not_score_it);
  g_test_add_func ("/metrics/errors", test_errors_of_onset_and_offset);
  g_test_add_func ("/metrics/recognition", test_recognition_is_scored_as_by_hand);
  g_test_add_func ("/metrics/nothing", test_nothing_found_scores_nothing);
  g_test_add_func ("/metrics/units", test_action_units_are_scored_as_by_hand);
  g_test_add_func ("/metrics/confusion", test_a_confusion_by_hand);
  g_test_add_func ("/metrics/classes", test_classes_of_labels_and_units);
  g_test_add_func ("/metrics/bootstrap", test_intervals_are_of_subjects_and_repeat);
  g_test_add_func ("/tune/left-out", test_no_subject_is_scored_with_constants_that_saw_it);
  return g_test_run ();
}
