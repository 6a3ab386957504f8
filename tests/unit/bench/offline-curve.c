/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The curves of the offline method that the bench compares with. */
#include "bench/offline-curve.h"

#include <math.h>

#define N 200
#define RATE 30.0

static const CurveRules rules = { .around = 30,
  .least_rise = 1.4,
  .least_local = 1.8,
  .least_swing = 0.8,
  .valley_reach = 10,
  .valley_rise = 0.3,
  .join_gap = 3,
  .split_length = 20,
  .split_border = 8,
  .split_depth = 0.7,
  .part_of_height = 0.33 };

/* A raised cosine of `length` samples around `apex`. */
static void
add_pulse (double *curve, int apex, int length, double height)
{
  for (int i = MAX (0, apex - length / 2); i < N && 2 * i < 2 * apex + length; i++)
    curve[i] += height / 2 * (1 + cos (2 * G_PI * (i - apex) / length));
}

static void
test_low_pass_keeps_what_is_slow_alone (void)
{
  double curve[N], slow[N];

  for (int i = 0; i < N; i++)
    curve[i] = 3 + sin (2 * G_PI * 10 * i / N) + sin (2 * G_PI * 60 * i / N); /* 0, 1.5, 9 Hz */
  curve_low_pass (curve, N, RATE, 5, slow);
  for (int i = 0; i < N; i++)
    g_assert_cmpfloat_with_epsilon (slow[i], 3 + sin (2 * G_PI * 10 * i / N), 1e-9);
}

static void
test_modes_and_residue_add_up_to_the_curve (void)
{
  double curve[N], modes[EMD_MOST_MODES * N], residue[N];
  GRand *random = g_rand_new_with_seed (3);
  guint n;

  for (int i = 0; i < N; i++)
    curve[i] = 0.02 * i + sin (0.3 * i) + g_rand_double (random);
  n = curve_decompose (curve, N, modes, residue);
  g_assert_cmpuint (n, >=, 2);
  for (int i = 0; i < N; i++) {
    double sum = residue[i];

    for (guint k = 0; k < n; k++)
      sum += modes[k * N + (guint)i];
    g_assert_cmpfloat_with_epsilon (sum, curve[i], 1e-9);
  }
  g_rand_free (random);
}

static void
test_a_drift_is_detrended_and_a_swing_is_not (void)
{
  double curve[N], detrended[N];

  for (int i = 0; i < N; i++)
    curve[i] = 0.05 * i + sin (2 * G_PI * i / 20);
  curve_detrend (curve, N, detrended);
  for (int i = 30; i < N - 30; i++) /* the ends are guessed */
    g_assert_cmpfloat_with_epsilon (detrended[i], sin (2 * G_PI * i / 20), 0.1);
}

static void
test_a_straight_line_has_no_modes (void)
{
  double curve[N], modes[EMD_MOST_MODES * N], residue[N];

  for (int i = 0; i < N; i++)
    curve[i] = 0.1 * i;
  g_assert_cmpuint (curve_decompose (curve, N, modes, residue), ==, 0);
  g_assert_cmpfloat (residue[N - 1], ==, curve[N - 1]);
}

static GArray *
intervals_of (const double *curve)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (CurveInterval));
  double detrended[N];

  curve_detrend (curve, N, detrended);
  curve_intervals (curve, detrended, N, &rules, found);
  return found;
}

static void
test_an_expression_lasts_until_a_third_of_its_height (void)
{
  double curve[N] = { 0 };
  g_autoptr (GArray) found = NULL;
  const CurveInterval *it;

  add_pulse (curve, 40, 20, 0.5); /* too weak */
  add_pulse (curve, 100, 40, 3);
  found = intervals_of (curve);
  g_assert_cmpuint (found->len, ==, 1);
  it = &g_array_index (found, CurveInterval, 0);
  g_assert_cmpuint (it->apex, ==, 100);
  g_assert_cmpuint (it->onset, ==, 87); /* 1 + cos = 2/3 at 12.2 samples */
  g_assert_cmpuint (it->offset, ==, 113);
  g_assert_cmpfloat_with_epsilon (it->height, 3, 0.01);
}

static void
test_an_expression_on_a_slope_has_a_foot_on_either_side (void)
{
  double curve[N];
  g_autoptr (GArray) found = NULL;
  const CurveInterval *it;

  for (int i = 0; i < N; i++)
    curve[i] = 0.8 * cos (2 * G_PI * i / 100);
  add_pulse (curve, 75, 20, 3);
  found = intervals_of (curve);
  g_assert_cmpuint (found->len, ==, 1);
  it = &g_array_index (found, CurveInterval, 0);
  g_assert_cmpuint (it->onset, >=, 65);
  g_assert_cmpuint (it->offset, <=, 85);
}

static void
test_two_expressions_part_at_the_valley_between_them (void)
{
  double curve[N] = { 0 };
  g_autoptr (GArray) found = NULL;

  add_pulse (curve, 80, 24, 3);
  add_pulse (curve, 96, 24, 3);
  found = intervals_of (curve);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpuint (g_array_index (found, CurveInterval, 0).offset, ==, 88);
  g_assert_cmpuint (g_array_index (found, CurveInterval, 1).onset, ==, 88);
}

static void
test_regions_that_move_together_are_one_expression (void)
{
  static const CurveInterval given[] = { { 40, 45, 50, 2 }, { 10, 15, 20, 2 }, { 16, 18, 30, 3 },
    { 48, 52, 60, 2 } };
  g_autoptr (GArray) merged = g_array_new (FALSE, FALSE, sizeof (CurveInterval));
  const CurveInterval *it;

  g_array_append_vals (merged, given, G_N_ELEMENTS (given));
  intervals_merge (
      merged, 0.29); /* 5 of 11 samples are shared by the first two, 3 of 11 by the last */
  g_assert_cmpuint (merged->len, ==, 3);
  it = &g_array_index (merged, CurveInterval, 0);
  g_assert_cmpuint (it->onset, ==, 10);
  g_assert_cmpuint (it->apex, ==, 18);
  g_assert_cmpuint (it->offset, ==, 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offline-curve/low-pass", test_low_pass_keeps_what_is_slow_alone);
  g_test_add_func ("/offline-curve/modes", test_modes_and_residue_add_up_to_the_curve);
  g_test_add_func ("/offline-curve/drift", test_a_drift_is_detrended_and_a_swing_is_not);
  g_test_add_func ("/offline-curve/line", test_a_straight_line_has_no_modes);
  g_test_add_func ("/offline-curve/interval", test_an_expression_lasts_until_a_third_of_its_height);
  g_test_add_func ("/offline-curve/slope", test_an_expression_on_a_slope_has_a_foot_on_either_side);
  g_test_add_func ("/offline-curve/split", test_two_expressions_part_at_the_valley_between_them);
  g_test_add_func ("/offline-curve/merge", test_regions_that_move_together_are_one_expression);
  return g_test_run ();
}
