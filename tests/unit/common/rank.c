/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Order statistics, and patches that their neighbours contradict. */
#include "common/rank.h"

#include "unit/face.h"
#include "spotting/neighbours.h"

#include <math.h>

static int
compare (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;

  return (x > y) - (x < y);
}

static void
test_median_is_that_of_sorted_values (void)
{
  GRand *random = g_rand_new_with_seed (7);

  for (int n = 1; n <= ME_MAX_RANKED; n++) {
    float values[ME_MAX_RANKED], sorted[ME_MAX_RANKED];
    for (int i = 0; i < n; i++)
      values[i] = sorted[i] = (float)g_rand_int_range (random, -n, n) / 3;
    qsort (sorted, (gsize)n, sizeof *sorted, compare);
    float middle = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    g_assert_cmpfloat (me_median (values, n), ==, middle);
  }
  g_rand_free (random);
}

static void
test_mean_of_largest_counts_what_is_missing_as_nothing (void)
{
  static const float values[] = { 3, 1, 8, 5 };

  g_assert_cmpfloat (me_mean_of_largest (values, 4, 2), ==, 6.5f);
  g_assert_cmpfloat (me_mean_of_largest (values, 1, 3), ==, 1.0f);
}

static void
test_largest_are_in_descending_order (void)
{
  static const float values[] = { 3, 1, 8, 5, 8 };
  float largest[6];

  me_largest (values, 5, 3, largest);
  g_assert_cmpfloat (largest[0], ==, 8);
  g_assert_cmpfloat (largest[1], ==, 8);
  g_assert_cmpfloat (largest[2], ==, 5);
  me_largest (values, 5, 6, largest);
  g_assert_cmpfloat (largest[4], ==, 1);
  g_assert_cmpfloat (largest[5], ==, 0);
}

static void
test_a_slipped_patch_is_outvoted (void)
{
  MePoint points[ME_N_POINTS], motion[ME_N_POINTS], median[ME_N_POINTS], mean[ME_N_POINTS];
  float certainty[ME_N_POINTS];
  MeNeighbours neighbours;

  plain_points (points);
  me_neighbours_init (&neighbours, points);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i] = (MePoint){ 1, -0.5f };
    certainty[i] = 1;
  }
  motion[ME_POINT_GLABELLA] = (MePoint){ 12, 9 };
  me_neighbours_median (&neighbours, motion, median);
  me_neighbours_mean (&neighbours, motion, certainty, 0.6f, mean);
  g_assert_cmpfloat_with_epsilon (median[ME_POINT_GLABELLA].x, 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (median[ME_POINT_GLABELLA].y, -0.5, 1e-6);
  g_assert_cmpfloat (
      hypotf (mean[ME_POINT_GLABELLA].x - 1, mean[ME_POINT_GLABELLA].y + 0.5f), <, 1.8);
  g_assert_cmpfloat_with_epsilon (mean[31].x, 1, 1e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rank/median-is-that-of-sorted-values", test_median_is_that_of_sorted_values);
  g_test_add_func ("/rank/mean-of-largest-counts-what-is-missing-as-nothing",
      test_mean_of_largest_counts_what_is_missing_as_nothing);
  g_test_add_func ("/rank/largest-are-in-descending-order", test_largest_are_in_descending_order);
  g_test_add_func ("/neighbours/a-slipped-patch-is-outvoted", test_a_slipped_patch_is_outvoted);
  return g_test_run ();
}
