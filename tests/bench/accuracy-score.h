/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scores reported events against the truth by the rule of the Micro-Expression Grand Challenges:
 * intersection over union of at least 0.5, one to one, counts summed over all clips. */
#pragma once

#include "confidence.h"

G_BEGIN_DECLS

/* A true or a reported event. Times in s of stream time. */
typedef struct
{
  MeKind kind;
  double onset, apex, offset;
  double strength[ME_N_AUS], left[ME_N_AUS], right[ME_N_AUS];
  char emotion[16];
  double intensity, confidence, snr;
  double latency;                 /* from the offset to the report; of reports only */
  int match;                      /* index of the event of the other list; -1: none */
  double evidence[ME_N_EVIDENCE]; /* of replayed micro-expressions only */
} Item;

/* What one clip gave. */
typedef struct
{
  GArray *truths, *reports; /* Item */
  double duration;          /* s */
} Clip;

void clip_init (Clip *clip);
void clip_clear (Clip *clip);

/* Sorts by onset, drops what the end of the clip cuts and reports of less confidence, and pairs
 * each truth with the report of the same kind that overlaps it most. */
void clip_match (Clip *clip, double min_confidence);

#define N_KINDS 3
#define N_BINS 5
extern const MeKind scored_kinds[N_KINDS];

/* Counts and errors of one kind. */
typedef struct
{
  guint found, wrong, missed;           /* TP, FP, FN */
  GArray *onset_errors, *offset_errors; /* s, double: reported minus true */
  GArray *latencies;                    /* s */
} KindScore;

/* Sums over clips. */
typedef struct
{
  KindScore kinds[N_KINDS];
  double duration; /* s */
  /* Of micro-expressions that were found: */
  guint units_found, units_wrong, units_missed;
  guint sides_right, emotions_right, n_paired;
  GArray *strength_ratios; /* double: reported / true intensity */
  /* Of reported micro-expressions, by confidence: */
  guint bin_reports[N_BINS], bin_true[N_BINS];
  double bin_confidence[N_BINS]; /* sum */
} Score;

void score_init (Score *score);
void score_clear (Score *score);
void score_add (Score *score, const Clip *clip);
/* Only how confidence of micro-expressions compares with truth. */
void score_bins (Score *score, const Clip *clip);

/* Fraction part of the sorted values; 0 of none. Sorts. */
double quantile (GArray *values, double part);
/* Median of the absolute values. */
double median_size (GArray *values);

double precision_of (const KindScore *kind);
double recall_of (const KindScore *kind);
double f1_of (guint found, guint wrong, guint missed);

G_END_DECLS
