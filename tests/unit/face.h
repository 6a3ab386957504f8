/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Landmarks of a plain face, in the crop, for unit tests. */
#pragma once

#include "finding/crop.h"
#include "anatomy/facial-points.h"
#include "anatomy/landmarks.h"

/* iBUG 68 points in IPD, origin between the eyes, y down. */
static const MePoint plain_ibug[ME_N_IBUG] = {
  { -1.08f, 0.05f },
  { -1.06f, 0.33f },
  { -1.02f, 0.62f },
  { -0.96f, 0.90f },
  { -0.84f, 1.16f },
  { -0.66f, 1.40f },
  { -0.46f, 1.60f },
  { -0.24f, 1.76f },
  { 0.00f, 1.80f },
  { 0.24f, 1.76f },
  { 0.46f, 1.60f },
  { 0.66f, 1.40f },
  { 0.84f, 1.16f },
  { 0.96f, 0.90f },
  { 1.02f, 0.62f },
  { 1.06f, 0.33f },
  { 1.08f, 0.05f },
  { -0.86f, -0.24f },
  { -0.74f, -0.36f },
  { -0.56f, -0.40f },
  { -0.38f, -0.37f },
  { -0.21f, -0.30f },
  { 0.21f, -0.30f },
  { 0.38f, -0.37f },
  { 0.56f, -0.40f },
  { 0.74f, -0.36f },
  { 0.86f, -0.24f },
  { 0.00f, -0.02f },
  { 0.00f, 0.18f },
  { 0.00f, 0.38f },
  { 0.00f, 0.57f },
  { -0.20f, 0.70f },
  { -0.10f, 0.74f },
  { 0.00f, 0.77f },
  { 0.10f, 0.74f },
  { 0.20f, 0.70f },
  { -0.71f, 0.01f },
  { -0.59f, -0.07f },
  { -0.42f, -0.07f },
  { -0.29f, 0.02f },
  { -0.42f, 0.06f },
  { -0.59f, 0.06f },
  { 0.29f, 0.02f },
  { 0.42f, -0.07f },
  { 0.59f, -0.07f },
  { 0.71f, 0.01f },
  { 0.59f, 0.06f },
  { 0.42f, 0.06f },
  { -0.40f, 1.12f },
  { -0.25f, 1.06f },
  { -0.10f, 1.03f },
  { 0.00f, 1.05f },
  { 0.10f, 1.03f },
  { 0.25f, 1.06f },
  { 0.40f, 1.12f },
  { 0.26f, 1.22f },
  { 0.12f, 1.27f },
  { 0.00f, 1.28f },
  { -0.12f, 1.27f },
  { -0.26f, 1.22f },
  { -0.34f, 1.12f },
  { -0.10f, 1.11f },
  { 0.00f, 1.12f },
  { 0.10f, 1.11f },
  { 0.34f, 1.12f },
  { 0.10f, 1.14f },
  { 0.00f, 1.15f },
  { -0.10f, 1.14f },
};

/* The facial points of the plain face, pixels of the crop. */
static inline void
plain_points (MePoint points[ME_N_POINTS])
{
  MePoint ibug[ME_N_IBUG], landmarks[ME_N_LANDMARKS];

  for (int i = 0; i < ME_N_IBUG; i++) {
    ibug[i].x = ME_CROP_PX / 2.0f + plain_ibug[i].x * ME_CROP_IPD_PX;
    ibug[i].y = ME_CROP_EYE_Y + plain_ibug[i].y * ME_CROP_IPD_PX;
  }
  me_landmarks_from_ibug (ibug, landmarks);
  me_facial_points_place (landmarks, points);
}

/* A normal deviate, by the sum of twelve uniform ones. */
static inline float
noise (GRand *random)
{
  double sum = -6;

  for (int i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return (float)sum;
}
