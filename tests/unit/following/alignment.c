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

/* The picture moved, with less contrast and the noise of a camera on both levels. */
static void
paint_noisy (MeCrop *crop, float dx, float contrast, float sigma, GRand *random)
{
  static const float taps[5] = { 1 / 16.0f, 4 / 16.0f, 6 / 16.0f, 4 / 16.0f, 1 / 16.0f };
  g_autofree float *grain = g_new (float, ME_CROP_PX *ME_CROP_PX);

  paint (crop, dx, 0, contrast, 60);
  for (int i = 0; i < ME_CROP_PX * ME_CROP_PX; i++) {
    grain[i] = sigma * noise (random);
    crop->full[i] += grain[i];
  }
  for (int y = 1; y < ME_CROP_HALF_PX - 1; y++)
    for (int x = 1; x < ME_CROP_HALF_PX - 1; x++)
      for (int i = 0; i < 25; i++)
        crop->half[y * ME_CROP_HALF_PX + x] +=
            taps[i / 5] * taps[i % 5] * grain[(2 * y + i / 5 - 2) * ME_CROP_PX + 2 * x + i % 5 - 2];
}

/* Mean motion of the patches along x when a dim, noisy picture moves by a pixel, and their mean
 * correlation. */
static void
align_in_noise (float contrast, float sigma, float *motion, float *correlation)
{
  g_autofree MeReference *reference = g_new (MeReference, 1);
  g_autofree MeCrop *crop = g_new (MeCrop, 1);
  GRand *random = g_rand_new_with_seed (3);
  MePoint points[ME_N_POINTS];
  guint n = 0;

  *motion = *correlation = 0;
  plain_points (points);
  for (int picture = 0; picture < 8; picture++) {
    MePoint u[ME_N_POINTS] = { { 0, 0 } };
    float match[ME_N_POINTS];
    for (int moved = 0; moved <= 1; moved++) {
      paint_noisy (crop, (float)moved, contrast, sigma, random);
      if (!moved)
        me_reference_build (reference, crop, points);
    }
    for (int frame = 0; frame < 3; frame++)
      me_reference_align (reference, crop, u, match);
    for (int i = 0; i < ME_N_POINTS; i++, n++) {
      *motion += u[i].x;
      *correlation += match[i];
    }
  }
  *motion /= (float)n;
  *correlation /= (float)n;
  g_rand_free (random);
}

static void
test_noise_is_no_motion_and_hides_no_skin (void)
{
  static const float contrasts[] = { 1, 0.3f, 0.15f }, sigmas[] = { 0, 2, 4 };
  float motion, correlation;

  for (guint c = 0; c < G_N_ELEMENTS (contrasts); c++)
    for (guint s = 0; s < G_N_ELEMENTS (sigmas); s++) {
      align_in_noise (contrasts[c], sigmas[s], &motion, &correlation);
      g_assert_cmpfloat_with_epsilon (motion, 1, 0.02f);
      g_assert_cmpfloat (correlation, >, 0.95f);
    }
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
      "/alignment/noise-is-no-motion-and-hides-no-skin", test_noise_is_no_motion_and_hides_no_skin);
  g_test_add_func (
      "/alignment/another-picture-does-not-match", test_another_picture_does_not_match);
  return g_test_run ();
}
