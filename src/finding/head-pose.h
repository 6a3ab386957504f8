/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a head is held, seen from its landmarks. */
#pragma once

#include "anatomy/landmarks.h"

G_BEGIN_DECLS

/* Degrees. All 0: the head faces the camera, upright. */
typedef struct
{
  float yaw;   /* to the right of the picture */
  float pitch; /* up */
  float roll;  /* tilted clockwise in the picture */
} MeHeadPose;

/* Landmarks that move with the skull: the corners of the eyes, the nose without its wings. */
static const guint me_rigid_landmarks[] = {
  ME_LANDMARK_RIGHT_EYE_OUTER,
  ME_LANDMARK_RIGHT_EYE_INNER,
  ME_LANDMARK_LEFT_EYE_INNER,
  ME_LANDMARK_LEFT_EYE_OUTER,
  ME_LANDMARK_NOSE_BRIDGE_1,
  ME_LANDMARK_NOSE_BRIDGE_2,
  ME_LANDMARK_NOSE_BRIDGE_3,
  ME_LANDMARK_NOSE_TIP,
  ME_LANDMARK_NOSE_BASE_MIDDLE,
};

/* The pose in which a mean head would show its rigid landmarks where they are. Square pixels. */
MeHeadPose me_head_pose_read (const MePoint landmarks[ME_N_LANDMARKS]);

G_END_DECLS
