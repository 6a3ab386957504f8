/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Excursions of a made course: their feet at any rate of samples, one after the other, and where
 * the unit rests afterwards. */
#include "spotting/unit-course.h"

#include "common/duration.h"

#include <math.h>

#define LEAST 3.0f

static MeUnitCourse *course;

typedef struct
{
  double onset_s, apex_s, offset_s;
  float height;
} Hump;

static float
at (const Hump *h, double t)
{
  if (t <= h->onset_s || t >= h->offset_s)
    return 0;
  if (t < h->apex_s)
    return h->height *
           (float)(0.5 - 0.5 * cos (G_PI * (t - h->onset_s) / (h->apex_s - h->onset_s)));
  return h->height * (float)(0.5 + 0.5 * cos (G_PI * (t - h->apex_s) / (h->offset_s - h->apex_s)));
}

/* Plays the sum of humps above a level; returns how many excursions ended, the last in `found`. */
static guint
play (const Hump *humps, guint n_humps, float level, double rate, double end_s, MeExcursion *found)
{
  guint n = 0;

  me_unit_course_reset (course);
  for (int i = 0; i < end_s * rate; i++) {
    float strength = level;
    for (guint k = 0; k < n_humps; k++)
      strength += at (&humps[k], i / rate);
    n += me_unit_course_add (course, (guint64)(i / rate * 1e9), strength, LEAST, found) ==
         ME_COURSE_END;
  }
  return n;
}

static void
assert_is (const MeExcursion *found, const Hump *hump, double error_s)
{
  g_assert_cmpfloat_with_epsilon ((double)found->onset_ns / 1e9, hump->onset_s, error_s);
  g_assert_cmpfloat_with_epsilon ((double)found->apex_ns / 1e9, hump->apex_s, error_s);
  g_assert_cmpfloat_with_epsilon ((double)found->offset_ns / 1e9, hump->offset_s, error_s);
  g_assert_cmpfloat_with_epsilon (found->height, hump->height, 0.15 * (double)hump->height);
}

static void
test_feet_are_found_at_any_rate_and_level (void)
{
  static const Hump hump = { 2, 2.6, 3.8, 5 };
  static const double rates[] = { 10, 20, 66 };
  MeExcursion found;

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (float level = 0; level < 9; level += 4) {
      g_assert_cmpuint (play (&hump, 1, level, rates[i], 5, &found), ==, 1);
      assert_is (&found, &hump, 1 / rates[i] + 0.03);
    }
}

static void
test_what_is_too_low_is_no_excursion (void)
{
  static const Hump hump = { 2, 2.6, 3.8, LEAST - 0.1f };
  MeExcursion found;

  g_assert_cmpuint (play (&hump, 1, 1, 20, 5, &found), ==, 0);
}

/* The second rises when the first has lost most of its height, but not all. */
static void
test_excursions_follow_one_another (void)
{
  static const Hump humps[] = { { 2, 2.6, 3.4, 6 }, { 3.2, 3.9, 4.6, 6 } };
  MeExcursion found;

  static const double rates[] = { 12.5, 20, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_assert_cmpuint (play (humps, 2, 0, rates[i], 6, &found), ==, 2);
    assert_is (&found, &humps[1], 0.5 / rates[i] + 0.08);
  }
}

/* One sample in a hold that is far too low: what is held before and after it are two excursions. */
static void
test_what_is_held_on_is_not_lost (void)
{
  static const Hump hold[] = { { 2, 2.4, 1000, 6 }, { 3.45, 3.5, 3.55, -4 }, { 6, 6.4, 1000, -6 } };
  MeExcursion found;

  g_assert_cmpuint (play (hold, 3, 0, 20, 8, &found), ==, 2);
  g_assert_cmpfloat_with_epsilon ((double)found.onset_ns / 1e9, 3.5, 0.1);
  g_assert_cmpfloat_with_epsilon ((double)found.offset_ns / 1e9, 6.4, 0.1);
}

/* A unit that stays risen rests there after a while, and may rise from there. */
static void
test_what_stays_is_rest (void)
{
  static const Hump humps[] = { { 2, 2.5, 1000, 6 }, { 20, 20.6, 21.5, 5 } };
  MeExcursion found;

  g_assert_cmpuint (play (humps, 2, 0, 20, 24, &found), ==, 1);
  assert_is (&found, &humps[1], 0.1);
}

/* The lowest of the last seconds is rest: a drift of 3.6 % in a minute is none. */
static void
test_a_drift_is_no_excursion (void)
{
  MeExcursion found;

  me_unit_course_reset (course);
  for (int i = 0; i < 20 * 60; i++)
    g_assert_cmpint (
        me_unit_course_add (course, (guint64)i * 50 * ME_MSECOND, 0.003f * (float)i, LEAST, &found),
        !=, ME_COURSE_APEX);
  g_assert_cmpint (course->phase, ==, ME_UNIT_RESTS);
  g_assert_false (me_unit_course_finish (course, &found));
}

/* Of a unit that is held with a dip of a tenth, and of one that is about to fall. */
static void
test_the_end_cuts_an_excursion_off (void)
{
  static const Hump held[] = { { 2, 3, 1000, 6 }, { 4, 4.1, 4.2, -0.6f } }, falls = { 2, 3, 5, 6 };
  MeExcursion found;

  g_assert_cmpuint (play (held, 2, 0, 20, 9, &found), ==, 0);
  g_assert_true (me_unit_course_finish (course, &found));
  g_assert_cmpuint (found.offset_ns, ==, me_curve_newest_ns (&course->curve));
  g_assert_cmpuint (play (&falls, 1, 0, 20, 3.5, &found), ==, 0);
  g_assert_true (me_unit_course_finish (course, &found));
  g_assert_cmpfloat_with_epsilon ((double)found.onset_ns / 1e9, 2, 0.08);
  g_assert_cmpuint (found.offset_ns, ==, me_curve_newest_ns (&course->curve));
}

int
main (int argc, char **argv)
{
  int result;

  course = g_new0 (MeUnitCourse, 1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unit-course/feet-are-found-at-any-rate-and-level",
      test_feet_are_found_at_any_rate_and_level);
  g_test_add_func (
      "/unit-course/what-is-too-low-is-no-excursion", test_what_is_too_low_is_no_excursion);
  g_test_add_func (
      "/unit-course/excursions-follow-one-another", test_excursions_follow_one_another);
  g_test_add_func ("/unit-course/what-is-held-on-is-not-lost", test_what_is_held_on_is_not_lost);
  g_test_add_func ("/unit-course/what-stays-is-rest", test_what_stays_is_rest);
  g_test_add_func ("/unit-course/a-drift-is-no-excursion", test_a_drift_is_no_excursion);
  g_test_add_func (
      "/unit-course/the-end-cuts-an-excursion-off", test_the_end_cuts_an_excursion_off);
  result = g_test_run ();
  g_free (course);
  return result;
}
