/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Order statistics of a handful of values. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_MAX_RANKED 128

/* 1 <= n <= ME_MAX_RANKED. For an even n, the mean of the two middle values. */
float me_median (const float *values, int n);

/* The `count` (1 to ME_MAX_RANKED) largest of n non-negative values, in descending order; missing
 * ones count as 0. */
void me_largest (const float *values, int n, int count, float *largest);

float me_mean (const float *values, int n);

/* Mean of those that me_largest() finds. */
float me_mean_of_largest (const float *values, int n, int count);

G_END_DECLS
