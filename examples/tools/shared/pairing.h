/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which report found which true event, by the rule of the Micro-Expression Grand Challenges:
 * intersection over union of at least 0.5, of the same kind, one to one. */
#pragma once

#include "item.h"

G_BEGIN_DECLS

/* Intersection over union of the intervals of two events, 0..1. */
double item_overlap (const Item *a, const Item *b);

/* Sorts both lists by onset and sets Item.match: each truth gets the report of the same kind that
 * overlaps it most, the best pairs first. */
void clip_pair (Clip *clip);

/* 2 TP / (2 TP + FP + FN); 0 of nothing. */
double f1_of (guint found, guint wrong, guint missed);
/* part / all; 0 of nothing. */
double ratio_of (guint part, guint all);

/* Fraction part of the sorted values (double); 0 of none. Sorts. */
double quantile (GArray *values, double part);
/* Median of the absolute values. */
double median_size (GArray *values);

G_END_DECLS
