/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facial points whose motion is measured: most landmarks, and points on the skin between them
 * (forehead, glabella, cheeks, nasolabial fold, crow's feet, chin), placed from them. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

#define ME_N_POINTS 81
#define ME_LANES 168 /* both components of every point, filled up to whole vectors */

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
  ME_FEATURE_CORNER,
  ME_FEATURE_LOWER_LIP,
  ME_FEATURE_CHIN,
  ME_FEATURE_JAW,
  ME_N_FEATURES
} MeFeature;

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
  float rigid_weight; /* 0..1: how far it may be trusted to move with the skull only */
} MeFacialPoint;

extern const MeFacialPoint me_facial_points[ME_N_POINTS];

/* The point moves when the lids do. */
gboolean me_facial_point_is_near_eye (int point);

/* The six landmarks of an eye: corner, upper lid (2), corner, lower lid (2), in the order of
 * landmarks.h. */
const MePoint *me_eye_landmarks (const MePoint landmarks[ME_N_LANDMARKS], MeSide side);

/* Eye centres from the landmarks (mean of the eye's six points). */
MePoint me_eye_center (const MePoint landmarks[ME_N_LANDMARKS], MeSide side);

/* Places all points; same coordinates as the landmarks (square pixels, any scale and rotation). */
void me_facial_points_place (const MePoint landmarks[ME_N_LANDMARKS], MePoint points[ME_N_POINTS]);

G_END_DECLS
