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

float
me_posture_turn_leaves (MePoint a, MePoint b)
{
  return TURN_LEAVES * hypotf (a.x - b.x, a.y - b.y);
}

float
me_posture_largest (const MePoint motion[ME_N_POINTS])
{
  float length[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++)
    length[i] =
        me_posture_has (i) ? sqrtf (motion[i].x * motion[i].x + motion[i].y * motion[i].y) : 0;
  return me_mean_of_largest (length, ME_N_POINTS, LARGEST);
}

float
me_posture_distance (const MePosture *a, const MePosture *b)
{
  MePoint apart[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++)
    apart[i] = (MePoint){ a->motion[i].x - b->motion[i].x, a->motion[i].y - b->motion[i].y };
  return MAX (0, me_posture_largest (apart) - me_posture_turn_leaves (a->turn, b->turn));
}
