/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a hump begins and ends, at any frame rate and on any base. */
#include "common/curve.h"

#include <math.h>

/* A raised cosine from 1.0 s over 1.2 s to 1.6 s. */
static float
hump (double t)
{
  if (t <= 1.0 || t >= 1.6)
    return 0;
  return (float)(0.5 - 0.5 * cos (G_PI * (t < 1.2 ? (t - 1.0) / 0.2 : (1.6 - t) / 0.4)));
}

static void
test_feet_are_found_at_any_rate (void)
{
  static const double rates[] = { 25, 30, 60, 200 };
  g_autofree MeCurve *curve = g_new0 (MeCurve, 1);

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++) {
    guint64 peak_ns = 0;
    float peak = 0;
    curve->n = 0;
    for (int i = 0; i < 3 * rates[r]; i++) {
      guint64 t = (guint64)(i / rates[r] * 1e9);
      float v = 0.3f + 2 * hump (i / rates[r]);
      me_curve_add (curve, t, v);
      if (v > peak) {
        peak = v;
        peak_ns = t;
      }
    }
    double before = (double)me_curve_foot (curve, peak_ns, -1, 0.3f, peak - 0.3f) / 1e9;
    double after = (double)me_curve_foot (curve, peak_ns, +1, 0.3f, peak - 0.3f) / 1e9;
    g_assert_cmpfloat_with_epsilon (before, 1.0, rates[r] < 40 ? 0.02 : 0.01);
    g_assert_cmpfloat_with_epsilon (after, 1.6, rates[r] < 40 ? 0.02 : 0.01);
  }
}

static void
test_a_hump_at_the_very_beginning_stays_inside (void)
{
  g_autofree MeCurve *curve = g_new0 (MeCurve, 1);

  for (int i = 0; i < 10; i++)
    me_curve_add (curve, 5000 + (guint64)i * 33, (float)(10 - i));
  g_assert_cmpuint (me_curve_foot (curve, 5000, -1, 0, 10), ==, 5000);
}

static void
test_the_ring_keeps_the_newest (void)
{
  g_autofree MeCurve *curve = g_new0 (MeCurve, 1);

  for (int i = 0; i < 3 * ME_CURVE_SAMPLES; i++)
    me_curve_add (curve, (guint64)i, i < 100 ? -1.0f : (float)i);
  g_assert_cmpuint (me_curve_newest_ns (curve), ==, 3 * ME_CURVE_SAMPLES - 1);
  g_assert_cmpfloat (me_curve_least (curve, 0, G_MAXUINT64, 1e9f), ==, 2 * ME_CURVE_SAMPLES);
}

/* Two humps that share a valley at half of their height, on a base of 0.3. */
static void
test_a_flank_ends_where_the_curve_rises_again (void)
{
  g_autofree MeCurve *curve = g_new0 (MeCurve, 1);
  MeCurveFlank rise, fall, wiggle;

  for (int i = 0; i < 90; i++) {
    double t = i / 30.0;
    float v = 0.3f + MAX (2 * hump (t), t > 1.2 ? 2 * hump (t - 0.4) : 0);
    me_curve_add (curve, (guint64)(t * 1e9), v - (i == 35 ? 0.3f : 0));
  }
  rise = me_curve_flank (curve, 1200000000, -1, 0, 1.3f, 0.1f);
  fall = me_curve_flank (curve, 1200000000, 1, G_MAXUINT64, 1.3f, 0.1f);
  wiggle = me_curve_flank (curve, 1200000000, -1, 1150000000, 1.3f, 0.1f);
  g_assert_cmpfloat_with_epsilon ((double)rise.foot_ns / 1e9, 1.0, 0.02);
  g_assert_cmpfloat_with_epsilon (rise.valley, 0.3, 1e-6);
  g_assert_cmpfloat_with_epsilon ((double)fall.valley_ns / 1e9, 1.45, 0.03);
  g_assert_cmpuint (fall.foot_ns, <=, fall.valley_ns);
  g_assert_cmpuint (wiggle.valley_ns, >=, 1150000000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curve/feet-are-found-at-any-rate", test_feet_are_found_at_any_rate);
  g_test_add_func ("/curve/a-hump-at-the-very-beginning-stays-inside",
      test_a_hump_at_the_very_beginning_stays_inside);
  g_test_add_func ("/curve/the-ring-keeps-the-newest", test_the_ring_keeps_the_newest);
  g_test_add_func ("/curve/a-flank-ends-where-the-curve-rises-again",
      test_a_flank_ends_where_the_curve_rises_again);
  return g_test_run ();
}
