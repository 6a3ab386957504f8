/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Logistic models, one a kind. The coefficients are set by hand so that tests/bench/accuracy shows
 * no bin that promises too much; too few false events were seen to fit them. */
#include "confidence.h"

#include <math.h>

#define MOST 0.99 /* nothing is certain */

typedef struct
{
  double constant, log_ratio, fit;
} Logistic;

static double
logistic (const Logistic *m, double log_ratio, double fit)
{
  return MOST / (1 + exp (-(m->constant + m->log_ratio * log_ratio + m->fit * fit)));
}

double
me_confidence (const MeSpot *spot, const MeUnitReading *reading)
{
  static const Logistic micro = { -2.5, 3.0, 3.5 }, macro = { -1.5, 1.5, 2.0 };

  switch (spot->kind) {
  case ME_KIND_MICRO:
    return logistic (&micro, log (MAX (spot->ratio, 1e-3)), reading->fit);
  case ME_KIND_MACRO:
    return logistic (&macro, log (MAX (spot->ratio, 1e-3)), reading->fit);
  default:
    return CLAMP (0.5 + 0.5 * spot->closure[ME_MIDLINE], 0, MOST);
  }
}
