/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pose of heads that are not the mean one. */
#include "finding/head-pose.h"

#include "anatomy/facial-depth.h"
#include "unit/face.h"

#include <math.h>

/* The plain face with the depth of its skin, `longer` by a share, turned and seen from far away. */
static MeHeadPose
pose_of (double yaw, double pitch, double roll, float longer)
{
  float y_sin = sinf ((float)(yaw * G_PI / 180)), y_cos = cosf ((float)(yaw * G_PI / 180));
  float p_sin = sinf ((float)(pitch * G_PI / 180)), p_cos = cosf ((float)(pitch * G_PI / 180));
  float r_sin = sinf ((float)(roll * G_PI / 180)), r_cos = cosf ((float)(roll * G_PI / 180));
  MePoint landmarks[ME_N_LANDMARKS];

  me_landmarks_from_ibug (plain_ibug, landmarks);
  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    float z = me_facial_depth[i], x = landmarks[i].x, y = landmarks[i].y * (1 + longer);
    float nearer = z * y_cos - x * y_sin;
    float right = x * y_cos + z * y_sin, down = y * p_cos - nearer * p_sin;
    landmarks[i] = (MePoint){ 300 + 60 * (right * r_cos - down * r_sin),
      200 + 60 * (right * r_sin + down * r_cos) };
  }
  return me_head_pose_read (landmarks);
}

static void
test_turns_are_measured (void)
{
  static const double turns[][3] = { { 10, 0, 0 }, { -25, 0, 0 }, { 0, 12, 0 }, { 0, -15, 0 },
    { 20, 10, 0 }, { 0, 0, 30 }, { 15, -8, -20 } };
  MeHeadPose held = pose_of (0, 0, 0, 0);

  g_assert_cmpfloat_with_epsilon (held.yaw, 0, 0.5);
  g_assert_cmpfloat_with_epsilon (held.pitch, 0, 10); /* its nose is short */
  g_assert_cmpfloat_with_epsilon (held.roll, 0, 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    MeHeadPose turned = pose_of (turns[i][0], turns[i][1], turns[i][2], 0);
    g_assert_cmpfloat_with_epsilon (turned.yaw - held.yaw, turns[i][0], 3);
    g_assert_cmpfloat_with_epsilon (turned.pitch - held.pitch, turns[i][1], 3);
    g_assert_cmpfloat_with_epsilon (turned.roll - held.roll, turns[i][2], 3);
  }
}

static void
test_long_faces_look_neither_up_nor_down (void)
{
  MeHeadPose plain = pose_of (0, 0, 0, 0), longer = pose_of (0, 0, 0, 0.1f);

  g_assert_cmpfloat_with_epsilon (longer.pitch, plain.pitch, 5);
  g_assert_cmpfloat_with_epsilon (longer.yaw, 0, 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head-pose/turns-are-measured", test_turns_are_measured);
  g_test_add_func (
      "/head-pose/long-faces-look-neither-up-nor-down", test_long_faces_look_neither_up_nor_down);
  return g_test_run ();
}
