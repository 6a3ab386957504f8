/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the facial points lie: one row a point, made from the landmarks around it and an offset
 * along the axes of the face. Rigid weights: nose bridge and eye corners sit on bone, lips and lids
 * on nothing. */
#include "facial-points.h"

#include "landmarks.h"

/* A point is the mean of landmarks a and b, moved by (right, down) in IPD along the eye line and
 * across it. */
typedef struct
{
  guint8 a, b;
  float right, down;
} Placement;

#define P(feature, side, mirror, weight)                                                           \
  {                                                                                                \
    ME_FEATURE_##feature, ME_##side, mirror, weight                                                \
  }

/* Points 0 to 53 are the landmarks 0 to 53. */
const MeFacialPoint me_facial_points[ME_N_POINTS] = {
  /* 0: brows */
  P (OUTER_BROW, RIGHT, 9, 0.3f),
  P (OUTER_BROW, RIGHT, 8, 0.3f),
  P (MID_BROW, RIGHT, 7, 0.3f),
  P (INNER_BROW, RIGHT, 6, 0.3f),
  P (INNER_BROW, RIGHT, 5, 0.3f),
  P (INNER_BROW, LEFT, 4, 0.3f),
  P (INNER_BROW, LEFT, 3, 0.3f),
  P (MID_BROW, LEFT, 2, 0.3f),
  P (OUTER_BROW, LEFT, 1, 0.3f),
  P (OUTER_BROW, LEFT, 0, 0.3f),
  /* 10: nose bridge, nose base */
  P (NOSE_BRIDGE, MIDLINE, 10, 1.0f),
  P (NOSE_BRIDGE, MIDLINE, 11, 1.0f),
  P (NOSE_BRIDGE, MIDLINE, 12, 1.0f),
  P (NOSE_TIP, MIDLINE, 13, 0.3f),
  P (ALA, RIGHT, 18, 0.3f),
  P (ALA, RIGHT, 17, 0.3f),
  P (NOSE_TIP, MIDLINE, 16, 0.3f),
  P (ALA, LEFT, 15, 0.3f),
  P (ALA, LEFT, 14, 0.3f),
  /* 19: eyes */
  P (EYE_CORNER, RIGHT, 28, 1.0f),
  P (UPPER_LID, RIGHT, 27, 0.1f),
  P (UPPER_LID, RIGHT, 26, 0.1f),
  P (EYE_CORNER, RIGHT, 25, 1.0f),
  P (LOWER_LID, RIGHT, 30, 0.1f),
  P (LOWER_LID, RIGHT, 29, 0.1f),
  P (EYE_CORNER, LEFT, 22, 1.0f),
  P (UPPER_LID, LEFT, 21, 0.1f),
  P (UPPER_LID, LEFT, 20, 0.1f),
  P (EYE_CORNER, LEFT, 19, 1.0f),
  P (LOWER_LID, LEFT, 24, 0.1f),
  P (LOWER_LID, LEFT, 23, 0.1f),
  /* 31: outer lips */
  P (CORNER, RIGHT, 37, 0.15f),
  P (UPPER_LIP, RIGHT, 36, 0.15f),
  P (UPPER_LIP, RIGHT, 35, 0.15f),
  P (UPPER_LIP, MIDLINE, 34, 0.15f),
  P (UPPER_LIP, LEFT, 33, 0.15f),
  P (UPPER_LIP, LEFT, 32, 0.15f),
  P (CORNER, LEFT, 31, 0.15f),
  P (LOWER_LIP, LEFT, 42, 0.15f),
  P (LOWER_LIP, LEFT, 41, 0.15f),
  P (LOWER_LIP, MIDLINE, 40, 0.15f),
  P (LOWER_LIP, RIGHT, 39, 0.15f),
  P (LOWER_LIP, RIGHT, 38, 0.15f),
  /* 43: inner lips */
  P (CORNER, RIGHT, 47, 0.15f),
  P (UPPER_LIP, RIGHT, 46, 0.15f),
  P (UPPER_LIP, MIDLINE, 45, 0.15f),
  P (UPPER_LIP, LEFT, 44, 0.15f),
  P (CORNER, LEFT, 43, 0.15f),
  P (LOWER_LIP, LEFT, 50, 0.15f),
  P (LOWER_LIP, MIDLINE, 49, 0.15f),
  P (LOWER_LIP, RIGHT, 48, 0.15f),
  /* 51: chin line */
  P (CHIN, RIGHT, 53, 0.3f),
  P (CHIN, MIDLINE, 52, 0.3f),
  P (CHIN, LEFT, 51, 0.3f),
  /* 54: skin beside the landmarks */
  P (CHIN, MIDLINE, 54, 0.3f), /* chin boss */
  P (GLABELLA, MIDLINE, 55, 0.3f),
  P (FOREHEAD, RIGHT, 57, 0.3f),
  P (FOREHEAD, LEFT, 56, 0.3f), /* above the inner brows */
  P (FOREHEAD, RIGHT, 59, 0.3f),
  P (FOREHEAD, LEFT, 58, 0.3f),    /* above the mid brows */
  P (FOREHEAD, MIDLINE, 60, 0.7f), /* upper forehead */
  P (FOREHEAD, RIGHT, 62, 0.7f),
  P (FOREHEAD, LEFT, 61, 0.7f),
  P (CROWS_FOOT, RIGHT, 64, 0.7f),
  P (CROWS_FOOT, LEFT, 63, 0.7f),
  P (INFRAORBITAL, RIGHT, 66, 0.3f),
  P (INFRAORBITAL, LEFT, 65, 0.3f), /* under the lid, medial */
  P (INFRAORBITAL, RIGHT, 68, 0.3f),
  P (INFRAORBITAL, LEFT, 67, 0.3f), /* and lateral */
  P (CHEEK, RIGHT, 70, 0.3f),
  P (CHEEK, LEFT, 69, 0.3f), /* apple of the cheek */
  P (CHEEK, RIGHT, 72, 0.3f),
  P (CHEEK, LEFT, 71, 0.3f), /* lower, beside the mouth corner */
  P (NASOLABIAL, RIGHT, 74, 0.3f),
  P (NASOLABIAL, LEFT, 73, 0.3f),
  /* 75: jaw outline: for the head's motion only */
  P (JAW, RIGHT, 78, 0.3f),
  P (JAW, RIGHT, 79, 0.3f),
  P (JAW, RIGHT, 80, 0.3f),
  P (JAW, LEFT, 75, 0.3f),
  P (JAW, LEFT, 76, 0.3f),
  P (JAW, LEFT, 77, 0.3f),
};

#undef P

/* Points from 54 on. */
static const Placement placements[ME_N_POINTS - 54] = {
  { 54, 54, 0, 0 },
  { 55, 55, 0, 0.05f },
  { 4, 4, 0, -0.22f },
  { 5, 5, 0, -0.22f },
  { 2, 2, 0, -0.20f },
  { 7, 7, 0, -0.20f },
  { 4, 5, 0, -0.45f },
  { 2, 2, 0, -0.42f },
  { 7, 7, 0, -0.42f },
  { 19, 19, -0.18f, 0.03f },
  { 28, 28, 0.18f, 0.03f },
  { 23, 23, 0, 0.17f },
  { 30, 30, 0, 0.17f },
  { 24, 24, -0.08f, 0.19f },
  { 29, 29, 0.08f, 0.19f },
  { 24, 31, -0.08f, -0.02f },
  { 29, 37, 0.08f, -0.02f },
  { 31, 31, -0.22f, -0.10f },
  { 37, 37, 0.22f, -0.10f },
  { 14, 31, -0.03f, -0.03f },
  { 18, 37, 0.03f, -0.03f },
  { 19, 19, -0.27f, 0.32f },
  { 31, 31, -0.22f, 0.24f },
  { 31, 51, -0.12f, 0.11f },
  { 28, 28, 0.27f, 0.32f },
  { 37, 37, 0.22f, 0.24f },
  { 37, 53, 0.12f, 0.11f },
};

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

  for (int i = 0; i < 6; i++) {
    center.x += eye[i].x / 6;
    center.y += eye[i].y / 6;
  }
  return center;
}

void
me_facial_points_place (const MePoint landmarks[ME_N_LANDMARKS], MePoint points[ME_N_POINTS])
{
  MePoint right = me_eye_center (landmarks, ME_RIGHT);
  MePoint left = me_eye_center (landmarks, ME_LEFT);
  float ax = left.x - right.x, ay = left.y - right.y; /* the face's x axis, one IPD long */

  for (guint i = 0; i < 54; i++)
    points[i] = landmarks[i];
  for (guint i = 54; i < ME_N_POINTS; i++) {
    const Placement *p = &placements[i - 54];
    const MePoint *a = &landmarks[p->a], *b = &landmarks[p->b];

    points[i].x = (a->x + b->x) / 2 + p->right * ax - p->down * ay;
    points[i].y = (a->y + b->y) / 2 + p->right * ay + p->down * ax;
  }
}
