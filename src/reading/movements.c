/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of the facial points by feature and side. */
#include "movements.h"

#include <math.h>
#include <stdlib.h>

#define N_SIDES 3

static const char *const features[ME_N_FEATURES] = {
  [ME_FEATURE_INNER_BROW] = "inner-brow",
  [ME_FEATURE_MID_BROW] = "mid-brow",
  [ME_FEATURE_OUTER_BROW] = "outer-brow",
  [ME_FEATURE_FOREHEAD] = "forehead",
  [ME_FEATURE_GLABELLA] = "glabella",
  [ME_FEATURE_UPPER_LID] = "upper-lid",
  [ME_FEATURE_LOWER_LID] = "lower-lid",
  [ME_FEATURE_EYE_CORNER] = "eye-corner",
  [ME_FEATURE_CROWS_FOOT] = "crows-foot",
  [ME_FEATURE_INFRAORBITAL] = "infraorbital",
  [ME_FEATURE_CHEEK] = "cheek",
  [ME_FEATURE_NOSE_BRIDGE] = "nose-bridge",
  [ME_FEATURE_NOSE_TIP] = "nose-tip",
  [ME_FEATURE_ALA] = "ala",
  [ME_FEATURE_NASOLABIAL] = "nasolabial",
  [ME_FEATURE_UPPER_LIP] = "upper-lip",
  [ME_FEATURE_LIP_CORNER] = "lip-corner",
  [ME_FEATURE_LOWER_LIP] = "lower-lip",
  [ME_FEATURE_CHIN] = "chin",
  [ME_FEATURE_JAW] = "jaw",
};

const char *
me_feature_name (MeFeature feature)
{
  return features[feature];
}

static const char *const sides[N_SIDES] = {
  [ME_MIDLINE] = NULL,
  [ME_LEFT] = "left",
  [ME_RIGHT] = "right",
};

/* Sums over the points of one feature on one side, in the crop. */
typedef struct
{
  MePoint at, motion;
  guint n;
} Sum;

static int
by_strength (const void *a, const void *b)
{
  const MeMovement *x = a, *y = b;
  double d = hypot (y->motion.x, y->motion.y) - hypot (x->motion.x, x->motion.y);

  return (d > 0) - (d < 0);
}

/* Maps position and motion from the crop to the frame. */
static MeMovement
to_frame (const MeTrack *track, const Sum *sum, double pixel_aspect)
{
  float n = (float)sum->n, to_crop = 1 / ME_CROP_PERCENT;
  MePoint at = { sum->at.x / n, sum->at.y / n };
  MePoint end = { at.x + sum->motion.x / n * to_crop, at.y + sum->motion.y / n * to_crop };
  MePoint from = me_similarity_apply (&track->pose, at);
  MePoint to = me_similarity_apply (&track->pose, end);
  float percent = 100 / me_track_ipd_px (track);

  return (MeMovement){ .at = { from.x / (float)pixel_aspect, from.y },
    .motion = { (to.x - from.x) * percent, (to.y - from.y) * percent } };
}

guint
me_movements_read (const MeTrack *track, const MePoint motion[ME_N_POINTS], gboolean lids_moved,
    float least, double pixel_aspect, MeMovement movements[ME_MAX_MOVEMENTS])
{
  Sum sums[ME_N_FEATURES][N_SIDES] = { 0 };
  guint n = 0;

  for (int i = 0; i < ME_N_POINTS; i++) {
    Sum *sum = &sums[me_facial_points[i].feature][me_facial_points[i].side];
    if (lids_moved && me_facial_point_is_near_eye (i))
      continue;
    sum->at.x += track->points[i].x;
    sum->at.y += track->points[i].y;
    sum->motion.x += motion[i].x;
    sum->motion.y += motion[i].y;
    sum->n++;
  }
  for (guint f = 0; f < ME_N_FEATURES; f++)
    for (guint s = 0; s < N_SIDES; s++) {
      const Sum *sum = &sums[f][s];
      if (f == ME_FEATURE_JAW || sum->n == 0 || n == ME_MAX_MOVEMENTS ||
          hypotf (sum->motion.x, sum->motion.y) < least * (float)sum->n)
        continue;
      movements[n] = to_frame (track, sum, pixel_aspect);
      movements[n].name = features[f];
      movements[n++].side = sides[s];
    }
  qsort (movements, n, sizeof *movements, by_strength);
  return n;
}
