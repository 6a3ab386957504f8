/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the facial points lie: each skin point follows from the landmarks around it and an offset
 * along the axes of the face. Rigid weights: nose bridge and eye corners lie on bone, lips and lids
 * on none. */
#include "facial-points.h"

/* `set`: LANDMARK or POINT. */
#define PAIR(set, point, feature, weight)                                                          \
  [ME_##set##_RIGHT_##point] = { ME_FEATURE_##feature, ME_RIGHT, ME_##set##_LEFT_##point,          \
    weight },                                                                                      \
  [ME_##set##_LEFT_##point] = { ME_FEATURE_##feature, ME_LEFT, ME_##set##_RIGHT_##point, weight }
#define MIDLINE(set, point, feature, weight)                                                       \
  [ME_##set##_##point] = { ME_FEATURE_##feature, ME_MIDLINE, ME_##set##_##point, weight }

const MeFacialPoint me_facial_points[ME_N_POINTS] = {
  PAIR (LANDMARK, BROW_OUTER, OUTER_BROW, 0.3f),
  PAIR (LANDMARK, BROW_MID_OUTER, OUTER_BROW, 0.3f),
  PAIR (LANDMARK, BROW_MID, MID_BROW, 0.3f),
  PAIR (LANDMARK, BROW_MID_INNER, INNER_BROW, 0.3f),
  PAIR (LANDMARK, BROW_INNER, INNER_BROW, 0.3f),

  MIDLINE (LANDMARK, NOSE_BRIDGE_1, NOSE_BRIDGE, 1.0f),
  MIDLINE (LANDMARK, NOSE_BRIDGE_2, NOSE_BRIDGE, 1.0f),
  MIDLINE (LANDMARK, NOSE_BRIDGE_3, NOSE_BRIDGE, 1.0f),
  MIDLINE (LANDMARK, NOSE_TIP, NOSE_TIP, 0.3f),
  PAIR (LANDMARK, NOSE_WING, ALA, 0.3f),
  PAIR (LANDMARK, NOSTRIL, ALA, 0.3f),
  MIDLINE (LANDMARK, NOSE_BASE_MIDDLE, NOSE_TIP, 0.3f),

  PAIR (LANDMARK, EYE_OUTER, EYE_CORNER, 1.0f),
  PAIR (LANDMARK, UPPER_LID_OUTER, UPPER_LID, 0.1f),
  PAIR (LANDMARK, UPPER_LID_INNER, UPPER_LID, 0.1f),
  PAIR (LANDMARK, EYE_INNER, EYE_CORNER, 1.0f),
  PAIR (LANDMARK, LOWER_LID_INNER, LOWER_LID, 0.1f),
  PAIR (LANDMARK, LOWER_LID_OUTER, LOWER_LID, 0.1f),

  PAIR (LANDMARK, LIP_CORNER, LIP_CORNER, 0.15f),
  PAIR (LANDMARK, UPPER_LIP_OUTER, UPPER_LIP, 0.15f),
  PAIR (LANDMARK, UPPER_LIP_PEAK, UPPER_LIP, 0.15f),
  MIDLINE (LANDMARK, UPPER_LIP_MIDDLE, UPPER_LIP, 0.15f),
  PAIR (LANDMARK, LOWER_LIP_OUTER, LOWER_LIP, 0.15f),
  PAIR (LANDMARK, LOWER_LIP_INNER, LOWER_LIP, 0.15f),
  MIDLINE (LANDMARK, LOWER_LIP_MIDDLE, LOWER_LIP, 0.15f),
  PAIR (LANDMARK, INNER_LIP_CORNER, LIP_CORNER, 0.15f),
  PAIR (LANDMARK, INNER_UPPER_LIP, UPPER_LIP, 0.15f),
  MIDLINE (LANDMARK, INNER_UPPER_LIP_MIDDLE, UPPER_LIP, 0.15f),
  PAIR (LANDMARK, INNER_LOWER_LIP, LOWER_LIP, 0.15f),
  MIDLINE (LANDMARK, INNER_LOWER_LIP_MIDDLE, LOWER_LIP, 0.15f),

  PAIR (LANDMARK, CHIN, CHIN, 0.3f),
  MIDLINE (LANDMARK, CHIN_MIDDLE, CHIN, 0.3f),
  MIDLINE (POINT, CHIN_BOSS, CHIN, 0.3f),

  MIDLINE (POINT, GLABELLA, GLABELLA, 0.3f),
  PAIR (POINT, FOREHEAD_INNER, FOREHEAD, 0.3f),
  PAIR (POINT, FOREHEAD_MID, FOREHEAD, 0.3f),
  MIDLINE (POINT, UPPER_FOREHEAD_MIDDLE, FOREHEAD, 0.7f),
  PAIR (POINT, UPPER_FOREHEAD, FOREHEAD, 0.7f),

  PAIR (POINT, CROWS_FOOT, CROWS_FOOT, 0.7f),
  PAIR (POINT, INFRAORBITAL_MEDIAL, INFRAORBITAL, 0.3f),
  PAIR (POINT, INFRAORBITAL_LATERAL, INFRAORBITAL, 0.3f),
  PAIR (POINT, CHEEK, CHEEK, 0.3f),
  PAIR (POINT, LOWER_CHEEK, CHEEK, 0.3f),
  PAIR (POINT, NASOLABIAL, NASOLABIAL, 0.3f),

  /* The outline of the jaw shows the head's motion only. */
  PAIR (POINT, JAW_UPPER, JAW, 0.3f),
  PAIR (POINT, JAW_MID, JAW, 0.3f),
  PAIR (POINT, JAW_LOWER, JAW, 0.3f),
};

#undef PAIR
#undef MIDLINE

/* A skin point is the mean of landmarks a and b, moved by (right, down) in IPD along the eye line
 * and across it. */
typedef struct
{
  guint8 a, b;
  float right, down;
} Placement;

#define PAIR(point, a, b, outward, down)                                                           \
  [ME_POINT_RIGHT_##point -                                                                        \
      ME_N_LANDMARK_POINTS] = { ME_LANDMARK_RIGHT_##a, ME_LANDMARK_RIGHT_##b, -(outward), down },  \
      [ME_POINT_LEFT_##point -                                                                     \
          ME_N_LANDMARK_POINTS] = { ME_LANDMARK_LEFT_##a, ME_LANDMARK_LEFT_##b, outward, down }
#define MIDLINE(point, a, b, down)                                                                 \
  [ME_POINT_##point - ME_N_LANDMARK_POINTS] = { ME_LANDMARK_##a, ME_LANDMARK_##b, 0, down }

static const Placement placements[ME_N_POINTS - ME_N_LANDMARK_POINTS] = {
  MIDLINE (CHIN_BOSS, CHIN_BOSS, CHIN_BOSS, 0),
  MIDLINE (GLABELLA, GLABELLA, GLABELLA, 0.05f),
  PAIR (FOREHEAD_INNER, BROW_INNER, BROW_INNER, 0, -0.22f),
  PAIR (FOREHEAD_MID, BROW_MID, BROW_MID, 0, -0.20f),
  MIDLINE (UPPER_FOREHEAD_MIDDLE, RIGHT_BROW_INNER, LEFT_BROW_INNER, -0.45f),
  PAIR (UPPER_FOREHEAD, BROW_MID, BROW_MID, 0, -0.42f),
  PAIR (CROWS_FOOT, EYE_OUTER, EYE_OUTER, 0.18f, 0.03f),
  PAIR (INFRAORBITAL_MEDIAL, LOWER_LID_INNER, LOWER_LID_INNER, 0, 0.17f),
  PAIR (INFRAORBITAL_LATERAL, LOWER_LID_OUTER, LOWER_LID_OUTER, 0.08f, 0.19f),
  PAIR (CHEEK, LOWER_LID_OUTER, LIP_CORNER, 0.08f, -0.02f),
  PAIR (LOWER_CHEEK, LIP_CORNER, LIP_CORNER, 0.22f, -0.10f),
  PAIR (NASOLABIAL, NOSE_WING, LIP_CORNER, 0.03f, -0.03f),
  PAIR (JAW_UPPER, EYE_OUTER, EYE_OUTER, 0.27f, 0.32f),
  PAIR (JAW_MID, LIP_CORNER, LIP_CORNER, 0.22f, 0.24f),
  PAIR (JAW_LOWER, LIP_CORNER, CHIN, 0.12f, 0.11f),
};

#undef PAIR
#undef MIDLINE

gboolean
me_facial_point_is_near_eye (int point)
{
  switch (me_facial_points[point].feature) {
  case ME_FEATURE_UPPER_LID:
  case ME_FEATURE_LOWER_LID:
  case ME_FEATURE_EYE_CORNER:
  case ME_FEATURE_CROWS_FOOT:
  case ME_FEATURE_INFRAORBITAL:
    return TRUE;
  default:
    return FALSE;
  }
}

const MePoint *
me_eye_landmarks (const MePoint landmarks[ME_N_LANDMARKS], MeSide side)
{
  return landmarks + (side == ME_RIGHT ? ME_LANDMARK_RIGHT_EYE : ME_LANDMARK_LEFT_EYE);
}

MePoint
me_eye_center (const MePoint landmarks[ME_N_LANDMARKS], MeSide side)
{
  const MePoint *eye = me_eye_landmarks (landmarks, side);
  MePoint center = { 0, 0 };

  for (int i = 0; i < ME_N_EYE_LANDMARKS; i++) {
    center.x += eye[i].x / ME_N_EYE_LANDMARKS;
    center.y += eye[i].y / ME_N_EYE_LANDMARKS;
  }
  return center;
}

void
me_facial_points_place (const MePoint landmarks[ME_N_LANDMARKS], MePoint points[ME_N_POINTS])
{
  MePoint right = me_eye_center (landmarks, ME_RIGHT);
  MePoint left = me_eye_center (landmarks, ME_LEFT);
  float ax = left.x - right.x, ay = left.y - right.y; /* the face's x axis, one IPD long */

  for (guint i = 0; i < ME_N_LANDMARK_POINTS; i++)
    points[i] = landmarks[i];
  for (guint i = ME_N_LANDMARK_POINTS; i < ME_N_POINTS; i++) {
    const Placement *p = &placements[i - ME_N_LANDMARK_POINTS];
    const MePoint *a = &landmarks[p->a], *b = &landmarks[p->b];

    points[i].x = (a->x + b->x) / 2 + p->right * ax - p->down * ay;
    points[i].y = (a->y + b->y) / 2 + p->right * ay + p->down * ax;
  }
}
