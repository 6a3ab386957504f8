/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was read from micro-expressions that were found: units, sides, strengths and emotions
 * against the truth, with who is taken for whom. */
#pragma once

#include "accuracy-score.h"

G_BEGIN_DECLS

#define N_EMOTION_ROWS (ME_N_EMOTIONS + 1) /* the last: other */

typedef struct
{
  guint n_truths, n_found; /* micro-expressions */
  /* [true][reported] units of one event that were not both; ME_N_AUS: none. The diagonal: found. */
  guint units[ME_N_AUS + 1][ME_N_AUS + 1];
  guint emotions[N_EMOTION_ROWS][N_EMOTION_ROWS]; /* [true][reported] */
  guint n_one_sided, n_side_right;                /* events of one side with a sided unit */
  guint n_two_sided, n_both_right;
  GArray *intensity_errors, *strength_errors; /* double: |reported / true - 1| */
} Tally;

void tally_init (Tally *tally);
void tally_clear (Tally *tally);

/* Adds the micro-expressions of a clip that has been matched. */
void tally_add (Tally *tally, const Clip *clip);

/* Units: micro-averaged F1. */
double tally_units_f1 (const Tally *tally);

void tally_print_head (void);
void tally_print (const char *tier, const char *set, const Tally *tally, double within);
void tally_print_units (const Tally *tally);
void tally_print_emotions (const Tally *tally);

G_END_DECLS
