/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A running quantile in one number: multiplicative stochastic approximation (Robbins & Monro 1951).
 * Each value above it raises it, each below lowers it, by steps that balance at the quantile. The
 * steps are large at first, then set by a fixed memory. */
#pragma once

#include <glib.h>
#include <math.h>

/* n: updates so far. memory: how many updates the estimate averages over. Any positive quantile
 * stays positive; the first value becomes the estimate, 1e-6 at least. */
static inline float
me_quantile_update (float q, float value, float quantile, guint n, float memory)
{
  float rate = MIN (MAX (4.0f / memory, 1.0f / (1.0f + (float)n / 4.0f)), 1.0f);

  if (n == 0 || !(q > 0))
    return MAX (value, 1e-6f);
  return q * (1 + rate * (value > q ? quantile : quantile - 1));
}
