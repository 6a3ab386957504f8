/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grid of time: the same motion gives the same cells at any frame rate. */
#include "spotting/series.h"

#include <math.h>

static float
course (double t_s)
{
  return (float)(2 * sin (2 * G_PI * 1.3 * t_s));
}

static void
add (MeSeries *series, double t_s)
{
  MePoint motion[ME_N_POINTS] = { { course (t_s), 0 } };

  motion[ME_N_POINTS - 1].y = course (t_s);
  me_series_add (series, (guint64)(t_s * 1e9), motion);
}

static void
assert_follows (const MeSeries *series, float tolerance)
{
  g_assert_cmpint (series->next - series->first, >, 100);
  for (gint64 c = series->first; c < series->next; c++) {
    float expected = course ((double)me_cell_time (c) / 1e9);
    g_assert_cmpfloat_with_epsilon (me_series_cell (series, c)[0], expected, tolerance);
    g_assert_cmpfloat_with_epsilon (
        me_series_cell (series, c)[2 * ME_N_POINTS - 1], expected, tolerance);
  }
}

static void
test_any_rate_gives_the_same_cells (void)
{
  static const double rates[] = { 25, 29.97, 60, 100, 120, 200, 240 };
  g_autofree MeSeries *series = g_new0 (MeSeries, 1);

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    me_series_reset (series);
    for (int n = 0; n < 2 * rates[i]; n++)
      add (series, 0.123 + n / rates[i]);
    assert_follows (series, rates[i] < 50 ? 0.04f : 0.01f);
  }
}

static void
test_variable_rate_gives_the_same_cells (void)
{
  g_autofree MeSeries *series = g_new0 (MeSeries, 1);
  GRand *random = g_rand_new_with_seed (3);

  for (double t = 5; t < 7; t += g_rand_double_range (random, 0.003, 0.035))
    add (series, t);
  assert_follows (series, 0.04f);
  g_rand_free (random);
}

static void
test_the_ring_forgets_the_oldest (void)
{
  g_autofree MeSeries *series = g_new0 (MeSeries, 1);

  for (int n = 0; n < 600; n++)
    add (series, n / 60.0);
  g_assert_cmpint (series->next - series->first, ==, ME_SERIES_CELLS);
  assert_follows (series, 0.02f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/any-rate-gives-the-same-cells", test_any_rate_gives_the_same_cells);
  g_test_add_func (
      "/series/variable-rate-gives-the-same-cells", test_variable_rate_gives_the_same_cells);
  g_test_add_func ("/series/the-ring-forgets-the-oldest", test_the_ring_forgets_the_oldest);
  return g_test_run ();
}
