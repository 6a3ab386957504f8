/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Histograms of small stacks of frames against values found by hand, and the classifier. */
#include "evaluate/lbp-top.h"

#include <string.h>

#include "evaluate/svm.h"

#define BINS ME_LBP_TOP_BINS

static void
assert_bin (const float *histogram, guint bin, double value)
{
  g_assert_cmpfloat_with_epsilon (histogram[bin], value, 1e-6);
}

/* One pixel counts: 10, right 12, above 5, left 10, below 9, next frame 20, frame before 3. */
static void
test_one_pixel_sets_the_bits_by_hand (void)
{
  const MeLbpTopParams params = { 1, 1, 1, 1, 1 };
  guint8 pixels[3][3][3] = { { { 0 } } }; /* [frame][row][column] */
  float histograms[3 * BINS];

  pixels[1][1][1] = 10;
  pixels[1][1][2] = 12;
  pixels[1][0][1] = 5;
  pixels[1][1][0] = 10;
  pixels[1][2][1] = 9;
  pixels[2][1][1] = 20;
  pixels[0][1][1] = 3;
  g_assert_cmpuint (me_lbp_top_size (&params), ==, 48);
  g_assert_true (me_lbp_top (&params, &pixels[0][0][0], 3, 3, 3, histograms));
  assert_bin (histograms, 1 + 4, 1);            /* XY: right and left */
  assert_bin (histograms + BINS, 1 + 2 + 4, 1); /* XT: right, next frame, left */
  assert_bin (histograms + 2 * BINS, 2, 1);     /* YT: next frame */
}

/* Two pixels count, one brighter than all around it, the other darker. */
static void
test_histograms_share_out_the_pixels (void)
{
  const MeLbpTopParams params = { 1, 1, 1, 1, 1 };
  guint8 pixels[3][3][4];
  float histograms[3 * BINS];

  memset (pixels, 50, sizeof pixels);
  pixels[1][1][1] = 90;
  pixels[1][1][2] = 10;
  g_assert_true (me_lbp_top (&params, &pixels[0][0][0], 4, 3, 3, histograms));
  for (guint plane = 0; plane < 3; plane++) {
    assert_bin (histograms + plane * BINS, 0, 0.5);
    assert_bin (histograms + plane * BINS, 15, 0.5);
  }
}

/* Brighter to the right, the same in all rows and frames. */
static void
test_a_ramp_has_its_pattern_in_every_block (void)
{
  guint8 pixels[9][20][20];
  float histograms[25 * 3 * BINS];

  for (guint i = 0; i < sizeof pixels; i++)
    (&pixels[0][0][0])[i] = (guint8)(10 * (i % 20));
  g_assert_cmpuint (me_lbp_top_size (&me_lbp_top_casme2), ==, G_N_ELEMENTS (histograms));
  g_assert_true (me_lbp_top (&me_lbp_top_casme2, &pixels[0][0][0], 20, 20, 9, histograms));
  for (guint block = 0; block < 25; block++) {
    assert_bin (histograms + (3 * block) * BINS, 1 + 2 + 8, 1);
    assert_bin (histograms + (3 * block + 1) * BINS, 1 + 2 + 8, 1);
    assert_bin (histograms + (3 * block + 2) * BINS, 15, 1);
  }
}

/* Radii reach as far as they say: only four frames on does it get darker. */
static void
test_the_temporal_radius_counts_frames (void)
{
  MeLbpTopParams params = { 1, 1, 1, 1, 4 };
  guint8 pixels[9][3][3];
  float histograms[3 * BINS];

  memset (pixels, 50, sizeof pixels);
  memset (pixels[8], 10, sizeof pixels[8]);
  g_assert_true (me_lbp_top (&params, &pixels[0][0][0], 3, 3, 9, histograms));
  assert_bin (histograms + BINS, 15 - 2, 1);
  params.rt = 3; /* three frames count, of which the last one sees it */
  g_assert_true (me_lbp_top (&params, &pixels[0][0][0], 3, 3, 9, histograms));
  assert_bin (histograms + BINS, 15 - 2, 1.0 / 3);
  assert_bin (histograms + BINS, 15, 2.0 / 3);
}

static void
test_too_few_frames_are_refused (void)
{
  guint8 pixels[8][20][20] = { { { 0 } } };
  float histograms[25 * 3 * BINS];

  g_assert_false (me_lbp_top (&me_lbp_top_casme2, &pixels[0][0][0], 20, 20, 8, histograms));
}

/* Three groups in the plane. */
static void
test_the_classifier_learns_groups (void)
{
  static const float rows[][2] = { { 0, 0 }, { 0, 0.2f }, { 5, 0 }, { 5, 0.3f }, { 0, 5 },
    { 0.2f, 5 } };
  static const float others[][2] = { { 0.1f, 0.1f }, { 4.5f, 0.5f }, { 0.5f, 4.5f } };
  static const int classes[] = { 4, 4, 1, 1, 2, 2 };
  const float *samples[6], *asked[3];
  int predicted[3];

  for (guint i = 0; i < 6; i++)
    samples[i] = rows[i];
  for (guint i = 0; i < 3; i++)
    asked[i] = others[i];
  me_svm_predict (samples, classes, 6, 2, 100, asked, 3, predicted);
  g_assert_cmpint (predicted[0], ==, 4);
  g_assert_cmpint (predicted[1], ==, 1);
  g_assert_cmpint (predicted[2], ==, 2);
  me_svm_predict (samples, classes, 2, 2, 100, asked, 3, predicted);
  g_assert_cmpint (predicted[1], ==, 4);
  me_svm_predict (samples, classes, 0, 2, 100, asked, 3, predicted);
  g_assert_cmpint (predicted[1], ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lbp-top/one-pixel", test_one_pixel_sets_the_bits_by_hand);
  g_test_add_func ("/lbp-top/shares", test_histograms_share_out_the_pixels);
  g_test_add_func ("/lbp-top/ramp", test_a_ramp_has_its_pattern_in_every_block);
  g_test_add_func ("/lbp-top/radius", test_the_temporal_radius_counts_frames);
  g_test_add_func ("/lbp-top/short", test_too_few_frames_are_refused);
  g_test_add_func ("/svm/groups", test_the_classifier_learns_groups);
  return g_test_run ();
}
