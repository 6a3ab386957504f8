/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scores reported events against the truth: counts and errors, summed over all clips. */
#pragma once

#include "calibration.h"
#include "shared/pairing.h"

G_BEGIN_DECLS

/* Sorts by onset, drops what the end of the clip cuts and reports of less confidence, and pairs
 * each truth with the report of the same kind that overlaps it most. */
void clip_match (Clip *clip, double min_confidence);

#define N_KINDS 3
extern const MeKind scored_kinds[N_KINDS];

/* Counts and errors of one kind. */
typedef struct
{
  guint found, wrong, missed;           /* TP, FP, FN */
  GArray *onset_errors, *offset_errors; /* s, double: reported minus true */
  GArray *latencies;                    /* s */
  Calibration calibration;
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
  GArray *unit_ratios;     /* the same of the strength of each unit that was read */
} Score;

void score_init (Score *score);
void score_clear (Score *score);
void score_add (Score *score, const Clip *clip);
/* Only how confidence compares with truth. */
void score_confidence (Score *score, const Clip *clip);

double precision_of (const KindScore *kind);
double recall_of (const KindScore *kind);

G_END_DECLS
