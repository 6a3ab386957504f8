/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "head-pose.h"

#include "crop.h"

#include <math.h>

#define N G_N_ELEMENTS (me_rigid_landmarks)
#define STEPS 12
#define DEGREES (float)(180 / M_PI)

typedef struct
{
  float x, y, z;
} Place;

/* The rigid landmarks of a mean head in IPD, x to the right of the picture, y down, z to the
 * camera: made by data/ict-facekit from the mesh of ICT-FaceKit (DATA-LICENSES.md). */
static const Place mean_head[N] = {
  { -0.685f, 0.002f, -0.327f },
  { -0.283f, 0.029f, -0.236f },
  { 0.283f, 0.029f, -0.236f },
  { 0.685f, 0.002f, -0.327f },
  { 0.000f, -0.046f, 0.000f },
  { 0.000f, 0.124f, 0.120f },
  { 0.000f, 0.281f, 0.241f },
  { 0.000f, 0.466f, 0.358f },
  { 0.000f, 0.713f, 0.128f },
};

/* The mean head, turned by these angles (radians), seen from far away; depth: from its mean. */
static void
turn_head (float yaw, float pitch, MePoint seen[N], float depth[N])
{
  float mean = 0;

  for (guint i = 0; i < N; i++) {
    const Place *p = &mean_head[i];
    float z = p->z * cosf (yaw) - p->x * sinf (yaw);
    seen[i] =
        (MePoint){ p->x * cosf (yaw) + p->z * sinf (yaw), p->y * cosf (pitch) - z * sinf (pitch) };
    depth[i] = z * cosf (pitch) + p->y * sinf (pitch);
    mean += depth[i] / N;
  }
  for (guint i = 0; i < N; i++)
    depth[i] -= mean;
}

/* In turn the similarity that fits best, and the turn that explains what it leaves. */
MeHeadPose
me_head_pose_read (const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint seen[N], picture[N], left;
  MeSimilarity to_picture;
  float depth[N], yaw = 0, pitch = 0;

  for (guint i = 0; i < N; i++)
    picture[i] = landmarks[me_rigid_landmarks[i]];
  for (int step = 0;; step++) {
    float x = 0, y = 0, square = 0;
    turn_head (yaw, pitch, seen, depth);
    to_picture = me_similarity_fit (seen, picture, N);
    if (step == STEPS)
      break;
    for (guint i = 0; i < N; i++) {
      left = me_similarity_invert (&to_picture, picture[i]);
      x += depth[i] * (left.x - seen[i].x);
      y += depth[i] * (left.y - seen[i].y);
      square += depth[i] * depth[i];
    }
    yaw = CLAMP (yaw + x / square, -1.5f, 1.5f);
    pitch = CLAMP (pitch - y / square, -1.5f, 1.5f);
  }
  return (
      MeHeadPose){ yaw * DEGREES, pitch * DEGREES, atan2f (to_picture.b, to_picture.a) * DEGREES };
}
