/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The share of closed eyes on made courses: any frame rate, gaps, a window of a minute. */
#include "spotting/perclos.h"

#include "common/duration.h"

#include <math.h>

/* Eyes that close for closed_s at the beginning of every period_s, measured at changing intervals
 * of mean_step_s. */
static void
play (
    MePerclos *p, double from_s, double to_s, double period_s, double closed_s, double mean_step_s)
{
  GRand *random = g_rand_new_with_seed (3);

  for (double t = from_s; t < to_s; t += mean_step_s * g_rand_double_range (random, 0.5, 1.5))
    me_perclos_add (p, (guint64)(t * 1e9), fmod (t, period_s) < closed_s);
  g_rand_free (random);
}

static void
test_share_is_that_of_time_at_any_rate (void)
{
  static const double steps_s[] = { 0.001, 0.005, 1 / 30.0, 0.1, 0.2 };

  for (guint i = 0; i < G_N_ELEMENTS (steps_s); i++) {
    MePerclos p;
    me_perclos_reset (&p);
    play (&p, 0, 90, 5, 1, steps_s[i]);
    g_test_message ("%g s", steps_s[i]);
    g_assert_cmpfloat_with_epsilon (me_perclos_share (&p), 0.2, 0.02);
  }
}

static void
test_nothing_is_said_before_half_a_minute (void)
{
  MePerclos p;

  me_perclos_reset (&p);
  g_assert_cmpfloat (me_perclos_share (&p), ==, -1);
  play (&p, 0, 29, 5, 1, 0.03);
  g_assert_cmpfloat (me_perclos_share (&p), ==, -1);
  play (&p, 29, 31, 5, 1, 0.03);
  g_assert_cmpfloat (me_perclos_share (&p), >, 0);
}

static void
test_a_minute_later_it_is_forgotten (void)
{
  MePerclos p;

  me_perclos_reset (&p);
  play (&p, 0, 60, 5, 5, 0.03);
  g_assert_cmpfloat_with_epsilon (me_perclos_share (&p), 1, 0.01);
  play (&p, 60, 90, 5, 0, 0.03);
  g_assert_cmpfloat_with_epsilon (me_perclos_share (&p), 0.5, 0.03);
  play (&p, 90, 122, 5, 0, 0.03);
  g_assert_cmpfloat (me_perclos_share (&p), ==, 0);
}

/* A face that is away, or a stream that starts anew at another time. */
static void
test_gaps_are_no_time_seen (void)
{
  MePerclos p;

  me_perclos_reset (&p);
  play (&p, 1000, 1020, 5, 1, 0.03);
  play (&p, 1100, 1120, 5, 1, 0.03);
  play (&p, 0, 20, 5, 1, 0.03);
  g_assert_cmpfloat_with_epsilon (me_perclos_share (&p), 0.2, 0.02);
  g_assert_cmpuint (p.n, >=, 58);
  g_assert_cmpuint (p.n, <=, 60);
}

/* At the lowest rates a step may span whole seconds: nobody saw the eyes there. */
static void
test_steps_that_are_too_long_are_not_seen (void)
{
  MePerclos p;

  me_perclos_reset (&p);
  for (guint i = 0; i < 200; i++)
    me_perclos_add (&p, i * ME_SECOND, i % 2);
  g_assert_cmpfloat (me_perclos_share (&p), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/perclos/share-is-that-of-time-at-any-rate", test_share_is_that_of_time_at_any_rate);
  g_test_add_func (
      "/perclos/nothing-is-said-before-half-a-minute", test_nothing_is_said_before_half_a_minute);
  g_test_add_func ("/perclos/a-minute-later-it-is-forgotten", test_a_minute_later_it_is_forgotten);
  g_test_add_func ("/perclos/gaps-are-no-time-seen", test_gaps_are_no_time_seen);
  g_test_add_func (
      "/perclos/steps-that-are-too-long-are-not-seen", test_steps_that_are_too_long_are_not_seen);
  return g_test_run ();
}
