/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "glance.h"

#include "common/rank.h"

#include <math.h>

#define CLEARLY 1.1 /* times as large a share of the motion */
#define LEAST 0.1   /* of the motion: less is no glance, however little the units explain */
#define LARGEST 8   /* points that show how far the rest of the face moved, as of a posture */

/* How far the features follow, as in glances of real people (docs/spotting.md, Glances). */
static const float follows[ME_N_FEATURES] = {
  [ME_FEATURE_UPPER_LID] = 1,
  [ME_FEATURE_LOWER_LID] = 1,
  [ME_FEATURE_EYE_CORNER] = 0.7f,
  [ME_FEATURE_INFRAORBITAL] = 0.6f,
};

/* The share of a motion, by its squares, that is a shift of both eyes. */
static double
shifted (const MePoint motion[ME_N_POINTS])
{
  float x = 0, y = 0, norm = 1e-9f, total = 1e-9f;

  for (int i = 0; i < ME_N_POINTS; i++) {
    float share = follows[me_facial_points[i].feature];
    if (!me_region_has (ME_REGION_FACE, i))
      continue;
    x += share * motion[i].x;
    y += share * motion[i].y;
    norm += share * share;
    total += motion[i].x * motion[i].x + motion[i].y * motion[i].y;
  }
  return (double)((x * x + y * y) / norm / total);
}

gboolean
me_glance_explains (const MePoint motion[ME_N_POINTS], double fit)
{
  return shifted (motion) > MAX (LEAST, CLEARLY * fit);
}

static float
motion_of_the_rest (const MeSpot *spot)
{
  float size[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++)
    size[i] = me_region_has (ME_REGION_FACE, i) && !me_facial_point_is_near_eye (i)
                  ? hypotf (spot->motion[i].x, spot->motion[i].y)
                  : 0;
  return me_mean_of_largest (size, ME_N_POINTS, LARGEST);
}

gboolean
me_glance_leave_out (MeSpot *spot)
{
  spot->lids_moved = TRUE;
  if (spot->kind == ME_KIND_MACRO)
    spot->ratio = MIN (spot->ratio, motion_of_the_rest (spot));
  return spot->kind == ME_KIND_MACRO ||
         (spot->region != ME_REGION_FACE && spot->region != ME_REGION_EYES);
}
