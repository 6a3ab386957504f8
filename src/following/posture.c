/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "posture.h"

#include "common/rank.h"

#include <math.h>

#define LARGEST 8 /* points whose mean distance is that of two postures */
/* % IPD that a turn of a pixel (MeHeadMotion), about a degree, may leave in the largest distances:
 * docs/spotting.md, Turning heads. */
#define TURN_LEAVES 0.2f

gboolean
me_posture_has (int point)
{
  switch (me_facial_points[point].feature) {
  case ME_FEATURE_UPPER_LID:
  case ME_FEATURE_LOWER_LID:
  case ME_FEATURE_EYE_CORNER:
  case ME_FEATURE_JAW:
    return FALSE;
  default:
    return TRUE;
  }
}

/* Turn of the head between two postures, px as in MeHeadMotion. */
static float
turned (const MePosture *a, const MePosture *b)
{
  return hypotf (a->turn.x - b->turn.x, a->turn.y - b->turn.y);
}

float
me_posture_distance (const MePosture *a, const MePosture *b)
{
  float d[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++) {
    float x = a->motion[i].x - b->motion[i].x, y = a->motion[i].y - b->motion[i].y;
    d[i] = me_posture_has (i) ? sqrtf (x * x + y * y) : 0;
  }
  return MAX (0, me_mean_of_largest (d, ME_N_POINTS, LARGEST) - TURN_LEAVES * turned (a, b));
}
