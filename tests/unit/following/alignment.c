/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Patches that move, brighten and vanish. */
#include "following/alignment.h"

#include "unit/face.h"
#include "unit/texture.h"

static void
align_moved (float dx, float dy, float gain, float offset, MePoint *u, float *match)
{
  g_autofree MeReference *reference = g_new (MeReference, 1);
  g_autofree MeCrop *crop = g_new (MeCrop, 1);
  MePoint points[ME_N_POINTS];

  plain_points (points);
  paint (crop, 0, 0, 1, 0);
  me_reference_build (reference, crop, points);
  paint (crop, dx, dy, gain, offset);
  for (int i = 0; i < ME_N_POINTS; i++)
    u[i] = (MePoint){ 0, 0 };
  for (int frame = 0; frame < 3; frame++) /* as in a video, from the last guess */
    me_reference_align (reference, crop, u, match);
}

static void
assert_moved (float dx, float dy, float gain, float offset, float tolerance)
{
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];

  align_moved (dx, dy, gain, offset, u, match);
  for (int i = 0; i < ME_N_POINTS; i++) {
    g_assert_cmpfloat_with_epsilon (u[i].x, dx, tolerance);
    g_assert_cmpfloat_with_epsilon (u[i].y, dy, tolerance);
    g_assert_cmpfloat (match[i], >, 0.97f);
  }
}

static void
test_sub_pixel_motion_is_measured (void)
{
  assert_moved (0.4f, -0.3f, 1, 0, 0.05f);
  assert_moved (-1.7f, 1.1f, 1, 0, 0.08f);
}

static void
test_light_is_not_motion (void)
{
  assert_moved (0, 0, 1.15f, 12, 0.02f);
  assert_moved (0.4f, -0.3f, 0.85f, -10, 0.05f);
}

static void
test_another_picture_does_not_match (void)
{
  g_autofree MeReference *reference = g_new (MeReference, 1);
  g_autofree MeCrop *crop = g_new (MeCrop, 1);
  MePoint points[ME_N_POINTS], u[ME_N_POINTS] = { { 0, 0 } };
  float match[ME_N_POINTS], mean = 0;
  GRand *random = g_rand_new_with_seed (5);

  plain_points (points);
  paint (crop, 0, 0, 1, 0);
  me_reference_build (reference, crop, points);
  for (int i = 0; i < ME_CROP_PX * ME_CROP_PX; i++)
    crop->full[i] = (float)g_rand_double_range (random, 60, 160);
  for (int i = 0; i < ME_CROP_HALF_PX * ME_CROP_HALF_PX; i++)
    crop->half[i] = (float)g_rand_double_range (random, 85, 135);
  me_reference_align (reference, crop, u, match);
  for (int i = 0; i < ME_N_POINTS; i++)
    mean += match[i] / ME_N_POINTS;
  g_assert_cmpfloat (mean, <, 0.4f);
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alignment/sub-pixel-motion-is-measured", test_sub_pixel_motion_is_measured);
  g_test_add_func ("/alignment/light-is-not-motion", test_light_is_not_motion);
  g_test_add_func (
      "/alignment/another-picture-does-not-match", test_another_picture_does_not_match);
  return g_test_run ();
}
