/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counts of a recording, and the metrics of the field. Counts add up over recordings, subjects, or
 * a resample of subjects. */
#pragma once

#include "classes.h"
#include "shared/pairing.h"

G_BEGIN_DECLS

/* [true][predicted] of coded micro-expressions; the last column: no class was predicted. */
typedef struct
{
  guint n[MAX_CLASSES][MAX_CLASSES + 1];
} Confusion;

typedef struct
{
  guint found, wrong, missed; /* TP, FP, FN */
} Counts;

typedef struct
{
  Counts micro, macro;
  double duration; /* s */
  GArray *onset_errors,
      *offset_errors;     /* double, s: reported minus true, of micro that were found */
  Confusion three, five;  /* interval given: by the report that overlaps it most */
  Confusion found_three;  /* of matched micro-expressions */
  Counts units[ME_N_AUS]; /* of coded micro-expressions, by the same reports as recognition */
} Tally;

typedef enum
{
  METRIC_F1_MICRO,
  METRIC_F1_MACRO,
  METRIC_F1_ALL,
  METRIC_PRECISION_MICRO,
  METRIC_RECALL_MICRO,
  METRIC_STRS,
  METRIC_UF1,
  METRIC_UAR,
  METRIC_ACCURACY_FIVE,
  METRIC_UNITS_F1,
  METRIC_FALSE_MICRO,
  METRIC_FALSE_ALL,
  METRIC_ONSET_ERROR,
  METRIC_OFFSET_ERROR,
  N_METRICS
} Metric;

extern const char *const metric_names[N_METRICS]; /* keys of --json */

void tally_init (Tally *tally);
void tally_clear (Tally *tally);

/* Counts a recording. reports: of any confidence; recognition uses all, spotting those of at least
 * min_confidence. has_macro: macro-expressions are coded; otherwise they are not scored. five: the
 * five classes, or NULL. */
void tally_recording (Tally *tally, const GArray *truths, const GArray *reports, double duration,
    double min_confidence, gboolean has_macro, const ClassSet *five);

/* What is scored of a recording, paired; free it with clip_clear(). */
void metrics_pair (Clip *clip, const GArray *truths, const GArray *reports, double min_confidence,
    gboolean has_macro);

/* The report that overlaps the true event most; NULL: none overlaps it. */
const Item *metrics_reading_of (const GArray *reports, const Item *truth);

void tally_add (Tally *tally, const Tally *other);

/* NaN when it is undefined. */
double tally_metric (const Tally *tally, Metric metric);

double counts_f1 (const Counts *counts);

/* Mean F1 (UF1) and mean recall (UAR) of the classes that occur, and accuracy; NaN when empty. See
 * et al. 2019. */
double confusion_uf1 (const Confusion *confusion);
double confusion_uar (const Confusion *confusion);
double confusion_accuracy (const Confusion *confusion);
void confusion_note (Confusion *confusion, int truth, int predicted);
guint confusion_total (const Confusion *confusion);

/* 95 % interval of each metric, by resampling the tallies (one per subject) with replacement
 * n_resamples times; reproducible by the seed. NaN where the metric is. */
void bootstrap (const Tally *subjects, guint n_subjects, guint n_resamples, guint32 seed,
    double low[N_METRICS], double high[N_METRICS]);

G_END_DECLS
