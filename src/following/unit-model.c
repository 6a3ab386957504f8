/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the table of units to what the analysis measures of each: the field that the points spread
 * over the skin, averaged over each patch, minus what the head fit mistakes for head motion. */
#include "unit-model.h"

#include "anatomy/facial-depth.h"
#include "finding/crop.h"
#include "head-motion.h"

#include <math.h>
#include <string.h>

#define PATCH_SIGMA 0.075f   /* IPD: the area that a patch averages over */
#define TYPICAL_PERCENT 2.0f /* % IPD: strength at which the head fit is simulated */

/* How much of the motion of a template alignment measures at the points of each feature, relative
 * to the brows and the lip corners; 0: as much. Cheeks and chin have little texture, patches below
 * the eyes and at the nose wing straddle skin that moves differently, and those on the upper
 * forehead are drawn along by the brows. From tuning clips with the fields of the table
 * (tests/bench/exact-motion), half way where faces differ most. */
static const float response[ME_N_FEATURES] = {
  [ME_FEATURE_FOREHEAD] = 1.25f,
  [ME_FEATURE_GLABELLA] = 0.9f,
  [ME_FEATURE_LOWER_LID] = 0.6f,
  [ME_FEATURE_INFRAORBITAL] = 0.82f,
  [ME_FEATURE_CHEEK] = 0.8f,
  [ME_FEATURE_NOSE_TIP] = 0.85f,
  [ME_FEATURE_ALA] = 0.85f,
  [ME_FEATURE_NASOLABIAL] = 0.9f,
  [ME_FEATURE_UPPER_LIP] = 0.95f,
  [ME_FEATURE_CHIN] = 0.8f,
};

/* Patches on the jaw outline see background; after a blink, those around the eyes see lids. */
float
me_unit_point_weight (int point, gboolean lids_moved)
{
  switch (me_facial_points[point].feature) {
  case ME_FEATURE_JAW:
    return 0;
  case ME_FEATURE_EYE_CORNER:
    return lids_moved ? 0 : 0.5f;
  default:
    return lids_moved && me_facial_point_is_near_eye (point) ? 0 : 1;
  }
}

/* Subtracts the part of a motion that the head fit explains. percent: % IPD of a motion of 1. */
static void
remove_head (const MePoint *points, float percent, MePoint *motion)
{
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head;

  for (int i = 0; i < ME_N_POINTS; i++) {
    u[i].x = motion[i].x * percent / ME_CROP_PERCENT;
    u[i].y = motion[i].y * percent / ME_CROP_PERCENT;
    match[i] = 1;
  }
  me_head_motion_fit (points, me_facial_depth, u, match, &me_turn_unknown, &head);
  me_head_motion_remove (points, me_facial_depth, u, &head, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x /= percent;
    motion[i].y /= percent;
  }
}

static void
apply_response (MePoint *motion)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float share = response[me_facial_points[i].feature];
    if (share > 0) {
      motion[i].x *= share;
      motion[i].y *= share;
    }
  }
}

/* The field at each point, as weights of the points' motions. */
typedef struct
{
  float at_point[ME_N_POINTS][ME_N_POINTS];
  float over_patch[ME_N_POINTS][ME_N_POINTS]; /* mean over the patch: three by three nodes */
} Spread;

static void
spread_init (Spread *spread, const MePoint *points)
{
  static const float node[3] = { -1.7320508f, 0, 1.7320508f },
                     share[3] = { 1 / 6.0f, 2 / 3.0f, 1 / 6.0f }; /* Gauss-Hermite */
  float sigma = PATCH_SIGMA * ME_CROP_IPD_PX;

  memset (spread, 0, sizeof *spread);
  for (int i = 0; i < ME_N_POINTS; i++) {
    me_au_field_weights (points, ME_CROP_IPD_PX, points[i], spread->at_point[i]);
    for (int k = 0; k < 9; k++) {
      MePoint at = { points[i].x + sigma * node[k % 3], points[i].y + sigma * node[k / 3] };
      float w[ME_N_POINTS];
      me_au_field_weights (points, ME_CROP_IPD_PX, at, w);
      for (int j = 0; j < ME_N_POINTS; j++)
        spread->over_patch[i][j] += share[k % 3] * share[k / 3] * w[j];
    }
  }
}

/* The points that move: of most units, few do. */
typedef struct
{
  int n, of[ME_N_POINTS];
  MePoint motion[ME_N_POINTS];
} Moved;

static Moved
find_moved (const MePoint *motion)
{
  Moved moved = { .n = 0 };

  for (int i = 0; i < ME_N_POINTS; i++)
    if (motion[i].x != 0 || motion[i].y != 0) {
      moved.of[moved.n] = i;
      moved.motion[moved.n++] = motion[i];
    }
  return moved;
}

static MePoint
spread_motion (const float *weights, const Moved *moved)
{
  MePoint sum = { 0, 0 };

  for (int j = 0; j < moved->n; j++) {
    float weight = weights[moved->of[j]];
    sum.x += weight * moved->motion[j].x;
    sum.y += weight * moved->motion[j].y;
  }
  return sum;
}

/* One unit as the patches see it, scaled so that the field moves the most moved point by 1. */
static void
template_init (const Spread *spread, int t, MePoint *seen)
{
  MePoint motion[ME_N_POINTS];
  float largest = 1e-6f;

  if (t == ME_TEMPLATE_BROW_DEPRESSOR)
    me_au_brow_depressor_motion (motion);
  else
    me_au_point_motion (t / 2, t % 2 ? ME_RIGHT : ME_LEFT, motion);
  Moved moved = find_moved (motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint p = spread_motion (spread->at_point[i], &moved);
    largest = MAX (largest, hypotf (p.x, p.y));
    seen[i] = spread_motion (spread->over_patch[i], &moved);
  }
  for (int i = 0; i < ME_N_POINTS; i++) {
    seen[i].x /= largest;
    seen[i].y /= largest;
  }
}

void
me_unit_model_init (MeUnitModel *model, const MePoint points[ME_N_POINTS])
{
  Spread *spread = g_new (Spread, 1);

  spread_init (spread, points);
  for (int i = 0; i < ME_N_POINTS; i++) {
    model->place[i].x = (points[i].x - ME_CROP_PX / 2.0f) / ME_CROP_IPD_PX;
    model->place[i].y = (points[i].y - ME_CROP_PX / 2.0f) / ME_CROP_IPD_PX;
  }
  for (int t = 0; t < ME_N_TEMPLATES; t++) {
    template_init (spread, t, model->motion[t]);
    remove_head (points, TYPICAL_PERCENT, model->motion[t]);
    apply_response (model->motion[t]);
  }
  g_free (spread);
}

void
me_seen_motion_init (
    MeSeenMotion *seen, const MePoint points[ME_N_POINTS], const MePoint motion[ME_N_POINTS])
{
  Spread *spread = g_new (Spread, 1);
  Moved moved = find_moved (motion);

  spread_init (spread, points);
  for (int i = 0; i < ME_N_POINTS; i++) {
    seen->skin[i] = spread_motion (spread->at_point[i], &moved);
    seen->patches[i] = spread_motion (spread->over_patch[i], &moved);
  }
  memcpy (seen->left, seen->patches, sizeof seen->left);
  remove_head (points, 1, seen->left);
  g_free (spread);
}
