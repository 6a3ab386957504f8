/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counting, and metrics of counts. */
#include "metrics.h"

#include <math.h>
#include <string.h>

const char *const metric_names[N_METRICS] = {
  [METRIC_F1_MICRO] = "f1-micro",
  [METRIC_F1_MACRO] = "f1-macro",
  [METRIC_F1_ALL] = "f1-overall",
  [METRIC_PRECISION_MICRO] = "precision-micro",
  [METRIC_RECALL_MICRO] = "recall-micro",
  [METRIC_STRS] = "strs",
  [METRIC_UF1] = "uf1",
  [METRIC_UAR] = "uar",
  [METRIC_ACCURACY_FIVE] = "accuracy-five",
  [METRIC_UNITS_F1] = "action-units-f1",
  [METRIC_FALSE_MICRO] = "false-micro-per-minute",
  [METRIC_FALSE_ALL] = "false-per-minute",
  [METRIC_ONSET_ERROR] = "onset-error",
  [METRIC_OFFSET_ERROR] = "offset-error",
};

void
tally_init (Tally *tally)
{
  memset (tally, 0, sizeof *tally);
  tally->onset_errors = g_array_new (FALSE, FALSE, sizeof (double));
  tally->offset_errors = g_array_new (FALSE, FALSE, sizeof (double));
}

void
tally_clear (Tally *tally)
{
  g_clear_pointer (&tally->onset_errors, g_array_unref);
  g_clear_pointer (&tally->offset_errors, g_array_unref);
}

void
confusion_note (Confusion *confusion, int truth, int predicted)
{
  if (truth >= 0)
    confusion->n[truth][predicted >= 0 ? predicted : MAX_CLASSES]++;
}

const Item *
metrics_reading_of (const GArray *reports, const Item *truth)
{
  const Item *best = NULL;
  double most = 0;

  for (guint i = 0; i < reports->len; i++) {
    const Item *report = item_at (reports, i);

    if (report->kind != ME_KIND_BLINK && item_overlap (truth, report) > most) {
      best = report;
      most = item_overlap (truth, report);
    }
  }
  return best;
}

static void
count_units (Tally *tally, const Item *truth, const Item *report)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    gboolean is = truth->strength[au] > 0, said = report && report->strength[au] > 0;

    tally->units[au].found += is && said;
    tally->units[au].wrong += !is && said;
    tally->units[au].missed += is && !said;
  }
}

static gboolean
has_units (const Item *truth)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (truth->strength[au] > 0)
      return TRUE;
  }
  return FALSE;
}

/* Recognition: what was read from each coded micro-expression, whether or not it counts as found.
 */
static void
count_readings (Tally *tally, const GArray *truths, const GArray *reports, const ClassSet *five)
{
  for (guint i = 0; i < truths->len; i++) {
    const Item *truth = item_at (truths, i), *report = metrics_reading_of (reports, truth);

    if (truth->kind != ME_KIND_MICRO)
      continue;
    confusion_note (&tally->three, class_of_label (&three_classes, truth->emotion),
        report ? class_of_report (&three_classes, report) : -1);
    if (five)
      confusion_note (&tally->five, class_of_label (five, truth->emotion),
          report ? class_of_report (five, report) : -1);
    if (has_units (truth))
      count_units (tally, truth, report);
  }
}

static Counts *
counts_of (Tally *tally, const Item *item)
{
  return item->kind == ME_KIND_MICRO ? &tally->micro : &tally->macro;
}

static void
count_found (Tally *tally, const Item *truth, const Item *report)
{
  double onset = report->onset - truth->onset, offset = report->offset - truth->offset;

  if (truth->kind != ME_KIND_MICRO)
    return;
  g_array_append_val (tally->onset_errors, onset);
  g_array_append_val (tally->offset_errors, offset);
  confusion_note (&tally->found_three, class_of_label (&three_classes, truth->emotion),
      class_of_report (&three_classes, report));
}

/* clip: paired. */
static void
count_spotting (Tally *tally, const Clip *clip)
{
  for (guint i = 0; i < clip->truths->len; i++) {
    const Item *truth = item_at (clip->truths, i);

    if (truth->match < 0) {
      counts_of (tally, truth)->missed++;
      continue;
    }
    counts_of (tally, truth)->found++;
    count_found (tally, truth, item_at (clip->reports, (guint)truth->match));
  }
  for (guint i = 0; i < clip->reports->len; i++) {
    const Item *report = item_at (clip->reports, i);

    counts_of (tally, report)->wrong += report->match < 0;
  }
}

static void
copy_items (GArray *to, const GArray *from, double min_confidence, gboolean has_macro)
{
  for (guint i = 0; i < from->len; i++) {
    const Item *item = item_at (from, i);

    if (item->confidence >= min_confidence &&
        (item->kind == ME_KIND_MICRO || (item->kind == ME_KIND_MACRO && has_macro)))
      g_array_append_val (to, *item);
  }
}

void
metrics_pair (Clip *clip, const GArray *truths, const GArray *reports, double min_confidence,
    gboolean has_macro)
{
  clip_init (clip);
  copy_items (clip->truths, truths, 0, has_macro);
  copy_items (clip->reports, reports, min_confidence, has_macro);
  clip_pair (clip);
}

void
tally_recording (Tally *tally, const GArray *truths, const GArray *reports, double duration,
    double min_confidence, gboolean has_macro, const ClassSet *five)
{
  Clip clip;

  metrics_pair (&clip, truths, reports, min_confidence, has_macro);
  count_spotting (tally, &clip);
  count_readings (tally, truths, reports, five);
  tally->duration += duration;
  clip_clear (&clip);
}

static void
add_counts (Counts *counts, const Counts *other)
{
  counts->found += other->found;
  counts->wrong += other->wrong;
  counts->missed += other->missed;
}

static void
add_confusion (Confusion *confusion, const Confusion *other)
{
  for (int i = 0; i < MAX_CLASSES; i++) {
    for (int j = 0; j <= MAX_CLASSES; j++)
      confusion->n[i][j] += other->n[i][j];
  }
}

void
tally_add (Tally *tally, const Tally *other)
{
  add_counts (&tally->micro, &other->micro);
  add_counts (&tally->macro, &other->macro);
  add_confusion (&tally->three, &other->three);
  add_confusion (&tally->five, &other->five);
  add_confusion (&tally->found_three, &other->found_three);
  for (MeAu au = 0; au < ME_N_AUS; au++)
    add_counts (&tally->units[au], &other->units[au]);
  tally->duration += other->duration;
  g_array_append_vals (tally->onset_errors, other->onset_errors->data, other->onset_errors->len);
  g_array_append_vals (tally->offset_errors, other->offset_errors->data, other->offset_errors->len);
}

static double
divide (double part, double all)
{
  return all > 0 ? part / all : NAN;
}

double
counts_f1 (const Counts *counts)
{
  return divide (2.0 * counts->found, 2.0 * counts->found + counts->wrong + counts->missed);
}

/* How often a class occurs, and is predicted. */
static guint
class_truths (const Confusion *confusion, int class)
{
  guint n = 0;

  for (int j = 0; j <= MAX_CLASSES; j++)
    n += confusion->n[class][j];
  return n;
}

static guint
class_predictions (const Confusion *confusion, int class)
{
  guint n = 0;

  for (int i = 0; i < MAX_CLASSES; i++)
    n += confusion->n[i][class];
  return n;
}

guint
confusion_total (const Confusion *confusion)
{
  guint n = 0;

  for (int i = 0; i < MAX_CLASSES; i++)
    n += class_truths (confusion, i);
  return n;
}

double
confusion_uf1 (const Confusion *confusion)
{
  double sum = 0, n = 0;

  for (int i = 0; i < MAX_CLASSES; i++) {
    guint truths = class_truths (confusion, i);

    if (truths == 0)
      continue;
    sum += 2.0 * confusion->n[i][i] / (truths + class_predictions (confusion, i));
    n++;
  }
  return divide (sum, n);
}

double
confusion_uar (const Confusion *confusion)
{
  double sum = 0, n = 0;

  for (int i = 0; i < MAX_CLASSES; i++) {
    guint truths = class_truths (confusion, i);

    if (truths == 0)
      continue;
    sum += (double)confusion->n[i][i] / truths;
    n++;
  }
  return divide (sum, n);
}

double
confusion_accuracy (const Confusion *confusion)
{
  double right = 0;

  for (int i = 0; i < MAX_CLASSES; i++)
    right += confusion->n[i][i];
  return divide (right, confusion_total (confusion));
}

/* Mean over the units that were coded. */
static double
units_f1 (const Tally *tally)
{
  double sum = 0, n = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (tally->units[au].found + tally->units[au].missed == 0)
      continue;
    sum += counts_f1 (&tally->units[au]);
    n++;
  }
  return divide (sum, n);
}

/* 0 when nothing was found; NaN for sets without emotions. */
static double
strs (const Tally *tally)
{
  double f1 = counts_f1 (&tally->micro);

  if (confusion_total (&tally->three) == 0)
    return NAN;
  return f1 > 0 && confusion_total (&tally->found_three) > 0
             ? f1 * confusion_uf1 (&tally->found_three)
             : 0;
}

static double
median_error (GArray *errors)
{
  return errors->len ? median_size (errors) : NAN;
}

double
tally_metric (const Tally *tally, Metric metric)
{
  Counts all = tally->micro;

  add_counts (&all, &tally->macro);
  switch (metric) {
  case METRIC_F1_MICRO:
    return counts_f1 (&tally->micro);
  case METRIC_F1_MACRO:
    return counts_f1 (&tally->macro);
  case METRIC_F1_ALL:
    return counts_f1 (&all);
  case METRIC_PRECISION_MICRO:
    return divide (tally->micro.found, tally->micro.found + tally->micro.wrong);
  case METRIC_RECALL_MICRO:
    return divide (tally->micro.found, tally->micro.found + tally->micro.missed);
  case METRIC_STRS:
    return strs (tally);
  case METRIC_UF1:
    return confusion_uf1 (&tally->three);
  case METRIC_UAR:
    return confusion_uar (&tally->three);
  case METRIC_ACCURACY_FIVE:
    return confusion_accuracy (&tally->five);
  case METRIC_UNITS_F1:
    return units_f1 (tally);
  case METRIC_FALSE_MICRO:
    return divide (60 * tally->micro.wrong, tally->duration);
  case METRIC_FALSE_ALL:
    return divide (60 * all.wrong, tally->duration);
  case METRIC_ONSET_ERROR:
    return median_error (tally->onset_errors);
  case METRIC_OFFSET_ERROR:
    return median_error (tally->offset_errors);
  default:
    return NAN;
  }
}

void
bootstrap (const Tally *subjects, guint n_subjects, guint n_resamples, guint32 seed,
    double low[N_METRICS], double high[N_METRICS])
{
  GRand *random = g_rand_new_with_seed (seed);
  GArray *values[N_METRICS];

  for (Metric m = 0; m < N_METRICS; m++)
    values[m] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint k = 0; k < n_resamples && n_subjects > 0; k++) {
    Tally sum;

    tally_init (&sum);
    for (guint i = 0; i < n_subjects; i++)
      tally_add (&sum, &subjects[g_rand_int_range (random, 0, (gint32)n_subjects)]);
    for (Metric m = 0; m < N_METRICS; m++) {
      double value = tally_metric (&sum, m);

      if (!isnan (value))
        g_array_append_val (values[m], value);
    }
    tally_clear (&sum);
  }
  for (Metric m = 0; m < N_METRICS; m++) {
    low[m] = values[m]->len ? quantile (values[m], 0.025) : NAN;
    high[m] = values[m]->len ? quantile (values[m], 0.975) : NAN;
    g_array_unref (values[m]);
  }
  g_rand_free (random);
}
