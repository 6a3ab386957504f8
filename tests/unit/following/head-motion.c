/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Head motion is taken off and facial motion is left. */
#include "following/head-motion.h"

#include "unit/face.h"

#include <math.h>

static MePoint points[ME_N_POINTS];

static void
head_moves (MePoint *u, float tx, float ty, float scale, float turn)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float x = points[i].x - ME_CROP_PX / 2.0f, y = points[i].y - ME_CROP_PX / 2.0f;
    u[i].x = tx + scale * x - turn * y;
    u[i].y = ty + scale * y + turn * x;
  }
}

static void
residual_of (const MePoint *u, MePoint *residual)
{
  float match[ME_N_POINTS];
  MeHeadMotion head;

  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = 1;
  me_head_motion_fit (points, u, match, &head);
  me_head_motion_remove (points, u, &head, residual);
}

static void
test_head_motion_leaves_nothing (void)
{
  MePoint u[ME_N_POINTS], residual[ME_N_POINTS];

  head_moves (u, 3.1f, -1.2f, 0.02f, 0.03f);
  residual_of (u, residual);
  for (int i = 0; i < ME_N_POINTS; i++) {
    g_assert_cmpfloat_with_epsilon (residual[i].x, 0, 0.05);
    g_assert_cmpfloat_with_epsilon (residual[i].y, 0, 0.05);
  }
}

static void
test_mouth_corners_stand_out_of_head_motion (void)
{
  MePoint u[ME_N_POINTS], residual[ME_N_POINTS];

  head_moves (u, -2, 1, 0.01f, -0.02f);
  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature == ME_FEATURE_LIP_CORNER)
      u[i].y -= 2 / ME_CROP_PERCENT;
  residual_of (u, residual);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float expected = me_facial_points[i].feature == ME_FEATURE_LIP_CORNER ? -2 : 0;
    g_assert_cmpfloat_with_epsilon (residual[i].y, expected, 0.15);
  }
}

static void
test_similarity_follows_the_head (void)
{
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head;

  head_moves (u, 1.5f, 0.5f, 0.01f, 0.02f);
  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = 1;
  me_head_motion_fit (points, u, match, &head);
  MeSimilarity s = me_head_motion_similarity (&head);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint p = me_similarity_apply (&s, points[i]);
    g_assert_cmpfloat_with_epsilon (p.x, points[i].x + u[i].x, 0.02);
    g_assert_cmpfloat_with_epsilon (p.y, points[i].y + u[i].y, 0.02);
  }
}

int
main (int argc, char **argv)
{
  plain_points (points);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion/head-motion-leaves-nothing", test_head_motion_leaves_nothing);
  g_test_add_func ("/motion/mouth-corners-stand-out-of-head-motion",
      test_mouth_corners_stand_out_of_head_motion);
  g_test_add_func ("/motion/similarity-follows-the-head", test_similarity_follows_the_head);
  return g_test_run ();
}
