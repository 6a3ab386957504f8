/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Motion that is made up, and a spotter that is given it. For one test program each. */
#pragma once

#include "spotting/spotter.h"
#include "unit/face.h"

#include <math.h>

typedef struct
{
  double onset_s, apex_s, offset_s;
  float percent;    /* of the mouth corners, upwards */
  gboolean returns; /* a step does not */
} Pulse;

static MeSpotter *spotter;
static MeConfig config;

/* Raised cosine up to the apex and down to the offset. */
static float
course (const Pulse *p, double t)
{
  if (t <= p->onset_s)
    return 0;
  if (t < p->apex_s)
    return (float)(0.5 - 0.5 * cos (G_PI * (t - p->onset_s) / (p->apex_s - p->onset_s)));
  if (!p->returns)
    return 1;
  if (t < p->offset_s)
    return (float)(0.5 + 0.5 * cos (G_PI * (t - p->apex_s) / (p->offset_s - p->apex_s)));
  return 0;
}

static gboolean
at_mouth (int point)
{
  MeFeature f = me_facial_points[point].feature;

  return f == ME_FEATURE_LIP_CORNER || f == ME_FEATURE_CHEEK || f == ME_FEATURE_NASOLABIAL;
}

static void
start (void)
{
  MePoint points[ME_N_POINTS];

  plain_points (points);
  me_config_default (&config);
  me_spotter_reset (spotter, points);
}
