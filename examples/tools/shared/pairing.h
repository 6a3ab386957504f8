/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Matches reports to true events by the rule of the Micro-Expression Grand Challenges: intersection
 * over union of at least 0.5, same kind, one to one. */
#pragma once

#include "item.h"

G_BEGIN_DECLS

/* Intersection over union of the intervals of two events, 0..1. */
double item_overlap (const Item *a, const Item *b);

/* Sorts both lists by onset and sets Item.match: each truth gets the report of the same kind that
 * overlaps it most, the best pairs first. */
void clip_pair (Clip *clip);

/* 2 TP / (2 TP + FP + FN); 0 when all are 0. */
double f1_of (guint found, guint wrong, guint missed);
/* part / all; 0 when all is 0. */
double ratio_of (guint part, guint all);

/* The quantile `part`, 0..1, of an array of double, which it sorts; 0 when empty. */
double quantile (GArray *values, double part);
/* Median of the absolute values; 0 when empty. */
double median_size (GArray *values);

G_END_DECLS
