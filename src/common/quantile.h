/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A running quantile in one number: multiplicative stochastic approximation (Robbins & Monro 1951).
 * It climbs when the value is above and sinks when below, in the proportion that balances at the
 * quantile; fast at first, then with a fixed memory. */
#pragma once

#include <glib.h>
#include <math.h>

/* n: updates so far; memory: updates that it remembers. value > 0, or it is left alone. */
static inline float
me_quantile_update (float q, float value, float quantile, guint n, float memory)
{
  float rate = MAX (4.0f / memory, 1.0f / (1.0f + (float)n / 4.0f));

  if (n == 0 || !(q > 0))
    return MAX (value, 1e-6f);
  return q * (1 + rate * (value > q ? quantile : quantile - 1));
}
