/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facial points whose motion is measured: the landmarks from the brows to the chin, and points
 * on the skin around them (forehead, glabella, cheeks, nasolabial fold, crow's feet, chin, jaw). */
#pragma once

#include "landmarks.h"

G_BEGIN_DECLS

#define ME_N_POINTS 81
#define ME_N_LANDMARK_POINTS 54 /* the first points are the landmarks of the same number */
#define ME_LANES 168            /* x and y of every point, padded to whole vectors */

/* The anatomical feature that a point lies on. */
typedef enum
{
  ME_FEATURE_INNER_BROW,
  ME_FEATURE_MID_BROW,
  ME_FEATURE_OUTER_BROW,
  ME_FEATURE_FOREHEAD,
  ME_FEATURE_GLABELLA,
  ME_FEATURE_UPPER_LID,
  ME_FEATURE_LOWER_LID,
  ME_FEATURE_EYE_CORNER,
  ME_FEATURE_CROWS_FOOT,
  ME_FEATURE_INFRAORBITAL,
  ME_FEATURE_CHEEK,
  ME_FEATURE_NOSE_BRIDGE,
  ME_FEATURE_NOSE_TIP,
  ME_FEATURE_ALA,
  ME_FEATURE_NASOLABIAL,
  ME_FEATURE_UPPER_LIP,
  ME_FEATURE_LIP_CORNER,
  ME_FEATURE_LOWER_LIP,
  ME_FEATURE_CHIN,
  ME_FEATURE_JAW,
  ME_N_FEATURES
} MeFeature;

/* The points after the landmarks. */
enum
{
  ME_POINT_CHIN_BOSS = ME_N_LANDMARK_POINTS,
  ME_POINT_GLABELLA,
  ME_POINT_RIGHT_FOREHEAD_INNER, /* above the inner end of the brow */
  ME_POINT_LEFT_FOREHEAD_INNER,
  ME_POINT_RIGHT_FOREHEAD_MID, /* above the middle of the brow */
  ME_POINT_LEFT_FOREHEAD_MID,
  ME_POINT_UPPER_FOREHEAD_MIDDLE,
  ME_POINT_RIGHT_UPPER_FOREHEAD,
  ME_POINT_LEFT_UPPER_FOREHEAD,
  ME_POINT_RIGHT_CROWS_FOOT,
  ME_POINT_LEFT_CROWS_FOOT,
  ME_POINT_RIGHT_INFRAORBITAL_MEDIAL,
  ME_POINT_LEFT_INFRAORBITAL_MEDIAL,
  ME_POINT_RIGHT_INFRAORBITAL_LATERAL,
  ME_POINT_LEFT_INFRAORBITAL_LATERAL,
  ME_POINT_RIGHT_CHEEK, /* apple of the cheek */
  ME_POINT_LEFT_CHEEK,
  ME_POINT_RIGHT_LOWER_CHEEK, /* beside the lip corner */
  ME_POINT_LEFT_LOWER_CHEEK,
  ME_POINT_RIGHT_NASOLABIAL,
  ME_POINT_LEFT_NASOLABIAL,
  ME_POINT_RIGHT_JAW_UPPER, /* towards the ear */
  ME_POINT_RIGHT_JAW_MID,
  ME_POINT_RIGHT_JAW_LOWER, /* towards the chin */
  ME_POINT_LEFT_JAW_UPPER,
  ME_POINT_LEFT_JAW_MID,
  ME_POINT_LEFT_JAW_LOWER,
};

G_STATIC_ASSERT (ME_LANDMARK_LEFT_CHIN + 1 == ME_N_LANDMARK_POINTS);
G_STATIC_ASSERT (ME_POINT_LEFT_JAW_LOWER + 1 == ME_N_POINTS);

typedef enum
{
  ME_MIDLINE,
  ME_LEFT, /* the person's own: on the right of an unmirrored picture */
  ME_RIGHT,
} MeSide;

typedef struct
{
  MeFeature feature;
  MeSide side;
  guint mirror;       /* index of the point on the other side; itself on the midline */
  float rigid_weight; /* 0..1: how well its motion shows that of the skull */
} MeFacialPoint;

extern const MeFacialPoint me_facial_points[ME_N_POINTS];

/* Whether the point moves when the lids do. */
gboolean me_facial_point_is_near_eye (int point);

/* The landmarks of an eye in their order. 1 lies on the left of an unmirrored picture, 2 on the
 * right. */
enum
{
  ME_EYE_CORNER_1,
  ME_EYE_UPPER_LID_1,
  ME_EYE_UPPER_LID_2,
  ME_EYE_CORNER_2,
  ME_EYE_LOWER_LID_2,
  ME_EYE_LOWER_LID_1,
  ME_N_EYE_LANDMARKS
};

/* The first of the ME_N_EYE_LANDMARKS landmarks of an eye. */
const MePoint *me_eye_landmarks (const MePoint landmarks[ME_N_LANDMARKS], MeSide side);

/* The mean of the eye's landmarks. */
MePoint me_eye_center (const MePoint landmarks[ME_N_LANDMARKS], MeSide side);

/* Places all points, in the coordinates of the landmarks (square pixels, any scale and rotation).
 */
void me_facial_points_place (const MePoint landmarks[ME_N_LANDMARKS], MePoint points[ME_N_POINTS]);

G_END_DECLS
