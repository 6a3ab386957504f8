/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Strengths of units that move alone and together, steps at any rate, and motions taken apart. */
#include "spotting/unit-courses.h"

#include "common/duration.h"
#include "unit/face.h"

#include <math.h>

static MeUnitCourses *courses;

static void
add_unit (MeAu au, float strength, MePoint motion[ME_N_POINTS])
{
  for (int side = 0; side < (me_au_is_sided (au) ? 2 : 1); side++)
    for (int i = 0; i < ME_N_POINTS; i++) {
      motion[i].x += strength * courses->model.motion[2 * au + side][i].x;
      motion[i].y += strength * courses->model.motion[2 * au + side][i].y;
    }
}

static void
start (void)
{
  MePoint points[ME_N_POINTS];

  plain_points (points);
  me_unit_courses_init (courses, points);
}

/* Shows a posture for a second; returns how many steps became whole. */
static guint
show (const MePosture *posture, double rate)
{
  guint64 step_ns, last_ns = 0;
  guint n = 0;

  for (int i = 0; i <= rate; i++) {
    guint64 time_ns = (guint64)(i / rate * 1e9);
    if (me_unit_courses_add (courses, posture, time_ns, &step_ns)) {
      g_assert_cmpuint (step_ns, >=, last_ns);
      g_assert_cmpuint (step_ns, <, time_ns);
      last_ns = step_ns;
      n++;
    }
  }
  return n;
}

static void
test_units_are_as_strong_as_they_are_shown (void)
{
  for (MeAu au = 0; au < ME_AU45; au++) {
    MePosture posture = { .turn = { 0, 0 } };

    if (!me_unit_has_course (au))
      continue;
    start ();
    add_unit (au, 6, posture.motion);
    show (&posture, 30);
    for (MeAu other = 0; other < ME_AU45; other++)
      g_assert_cmpfloat_with_epsilon (
          me_unit_courses_strength (courses, other), other == au ? 6 : 0, 0.6);
  }
}

static void
test_steps_last_50_ms_and_more (void)
{
  static const MePosture rest;

  start ();
  g_assert_cmpuint (show (&rest, 240), ==, 20);
  me_unit_courses_reset (courses);
  g_assert_cmpuint (show (&rest, 30), ==, 15);
  me_unit_courses_reset (courses);
  g_assert_cmpuint (show (&rest, 5), ==, 5);
}

static void
test_own_motion_is_without_other_units (void)
{
  MePosture rest = { .turn = { 0, 0 } }, both = rest, brows = rest;
  MePoint own[ME_N_POINTS];

  start ();
  add_unit (ME_AU2, 5, brows.motion);
  both = brows;
  add_unit (ME_AU12, 8, both.motion);
  me_unit_courses_own_motion (courses, rest.motion, both.motion, 1u << ME_AU2, own);
  for (int i = 0; i < ME_N_POINTS; i++) {
    g_assert_cmpfloat_with_epsilon (own[i].x, brows.motion[i].x, 0.9);
    g_assert_cmpfloat_with_epsilon (own[i].y, brows.motion[i].y, 0.9);
  }
}

int
main (int argc, char **argv)
{
  int result;

  courses = g_new0 (MeUnitCourses, 1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unit-courses/units-are-as-strong-as-they-are-shown",
      test_units_are_as_strong_as_they_are_shown);
  g_test_add_func ("/unit-courses/steps-last-50-ms-and-more", test_steps_last_50_ms_and_more);
  g_test_add_func (
      "/unit-courses/own-motion-is-without-other-units", test_own_motion_is_without_other_units);
  result = g_test_run ();
  g_free (courses);
  return result;
}
