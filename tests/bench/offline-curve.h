/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the offline training-free method reads expressions from one curve: brick-wall low-pass,
 * empirical mode decomposition, peaks, intervals. Knows nothing of video. Curves are displacements
 * in px of a face crop whose inner eye corners are 64 px apart; positions count its samples. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keeps what repeats less often than cutoff_hz. rate: samples a second. */
void curve_low_pass (const double *curve, guint n, double rate, double cutoff_hz, double *slow);

#define EMD_MOST_MODES 10

/* Empirical mode decomposition (Huang et al. 1998): curve = sum of the modes + residue. modes: room
 * for EMD_MOST_MODES of n values, one after the other. Returns how many there are; 0 of a curve
 * that does not swing. */
guint curve_decompose (const double *curve, guint n, double *modes, double *residue);

/* All but the residue. */
void curve_detrend (const double *curve, guint n, double *detrended);

/* What makes an expression; samples and px. */
typedef struct
{
  guint around;          /* of a peak, where its rise is measured */
  double least_rise;     /* of a peak over the whole curve */
  double least_local;    /* ... over what is around it */
  double least_swing;    /* ... of the detrended curve */
  guint valley_reach;    /* beyond a valley, where the curve must rise again */
  double valley_rise;    /* ... by this much, to end an expression */
  guint join_gap;        /* closer ones are one */
  guint split_length;    /* longer ones may be two */
  guint split_border;    /* not within this of their ends */
  double split_depth;    /* least depth of the valley between them */
  double part_of_height; /* over the lowest point on either side: where an expression ends; it is
                            split at a valley deeper than this part of its own height */
} CurveRules;

/* An expression, ends included. */
typedef struct
{
  guint onset, apex, offset;
  double height; /* over the lowest point around the peak */
} CurveInterval;

/* Appends the expressions of a curve, in the order of time, to `found`, of CurveInterval. */
void curve_intervals (
    const double *curve, const double *detrended, guint n, const CurveRules *rules, GArray *found);

/* Unites intervals that share more than `part` of the shorter one, twice over. Sorts. */
void intervals_merge (GArray *intervals, double part);

G_END_DECLS
