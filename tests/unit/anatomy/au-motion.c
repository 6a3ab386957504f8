/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of facial points under action units, and the field it spreads over the face. */
#include "anatomy/au-motion.h"

#include "anatomy/landmarks.h"

#include <math.h>

/* A schematic frontal face, eyes level, IPD 100: enough for fields, no picture needed. */
static void
place_points (MePoint points[ME_N_POINTS])
{
  static const MePoint half[] = { /* landmark, x from the midline, y from the eye line */
    { -100, 0 }, { -98, 35 }, { -94, 70 }, { -85, 100 }, { -70, 128 }, { -50, 150 }, { -30, 168 },
    { -15, 178 }, { 0, 182 }
  };
  static const MePoint right[] = { /* 17-21, 36-41, 31, 48, 49, 50, 59, 58, 60, 61, 67 */
    { -88, -22 }, { -76, -38 }, { -60, -42 }, { -42, -38 }, { -24, -30 }, { -72, 2 }, { -57, -8 },
    { -43, -8 }, { -29, 4 }, { -43, 9 }, { -57, 9 }, { -20, 66 }, { -40, 112 }, { -25, 104 },
    { -10, 100 }, { -26, 122 }, { -12, 128 }, { -36, 112 }, { -14, 111 }, { -14, 112 }
  };
  static const guint8 pairs[][2] = { { 17, 26 }, { 18, 25 }, { 19, 24 }, { 20, 23 }, { 21, 22 },
    { 36, 45 }, { 37, 44 }, { 38, 43 }, { 39, 42 }, { 40, 47 }, { 41, 46 }, { 31, 35 }, { 48, 54 },
    { 49, 53 }, { 50, 52 }, { 59, 55 }, { 58, 56 }, { 60, 64 }, { 61, 63 }, { 67, 65 } };
  static const struct
  {
    guint8 landmark;
    float y;
  } midline[] = { { 27, 0 }, { 28, 15 }, { 29, 30 }, { 30, 48 }, { 33, 68 }, { 51, 102 },
    { 57, 130 }, { 62, 112 }, { 66, 113 } };
  MePoint ibug[ME_N_IBUG], landmarks[ME_N_LANDMARKS];

  for (guint i = 0; i < 9; i++) {
    ibug[i] = half[i];
    ibug[16 - i] = (MePoint){ -half[i].x, half[i].y };
  }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    ibug[pairs[i][0]] = right[i];
    ibug[pairs[i][1]] = (MePoint){ -right[i].x, right[i].y };
  }
  for (guint i = 0; i < G_N_ELEMENTS (midline); i++)
    ibug[midline[i].landmark] = (MePoint){ 0, midline[i].y };
  ibug[32] = (MePoint){ -10, 68 };
  ibug[34] = (MePoint){ 10, 68 };
  me_landmarks_from_ibug (ibug, landmarks);
  me_facial_points_place (landmarks, points);
}

static float
length (MePoint p)
{
  return hypotf (p.x, p.y);
}

/* A row left out of one of the tables would be all zeros. */
static void
test_every_point_has_its_rows (void)
{
  MePoint points[ME_N_POINTS];

  place_points (points);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    const MeFacialPoint *point = &me_facial_points[i], *other = &me_facial_points[point->mirror];

    g_assert_cmpuint (other->mirror, ==, i);
    g_assert_cmpint (other->feature, ==, point->feature);
    g_assert_cmpfloat (point->rigid_weight, >, 0);
    g_assert_cmpfloat_with_epsilon (points[i].x, -points[point->mirror].x, 1e-3);
    g_assert_cmpfloat_with_epsilon (points[i].y, points[point->mirror].y, 1e-3);
    if (point->side == ME_MIDLINE)
      g_assert_cmpuint (point->mirror, ==, i);
    else
      g_assert_cmpint (point->side == ME_LEFT, ==, points[i].x > 0);
    for (guint k = 0; k < i; k++)
      g_assert_cmpfloat (hypotf (points[i].x - points[k].x, points[i].y - points[k].y), >, 0.5);
  }
}

static void
test_most_moved_point_moves_by_one (void)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    for (MeSide side = ME_MIDLINE; side <= ME_RIGHT; side++) {
      MePoint motion[ME_N_POINTS];
      float largest = 0;

      me_au_point_motion (au, side, motion);
      for (guint i = 0; i < ME_N_POINTS; i++)
        largest = MAX (largest, length (motion[i]));
      g_assert_cmpfloat_with_epsilon (largest, 1, 1e-5);
    }
  }
}

static void
test_sides_mirror_each_other (void)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    MePoint left[ME_N_POINTS], right[ME_N_POINTS], both[ME_N_POINTS];

    me_au_point_motion (au, ME_LEFT, left);
    me_au_point_motion (au, ME_RIGHT, right);
    me_au_point_motion (au, ME_MIDLINE, both);
    for (guint i = 0; i < ME_N_POINTS; i++) {
      guint mirror = me_facial_points[i].mirror;

      g_assert_cmpfloat_with_epsilon (left[i].x, -right[mirror].x, 1e-6);
      g_assert_cmpfloat_with_epsilon (left[i].y, right[mirror].y, 1e-6);
      g_assert_cmpfloat_with_epsilon (both[i].x, -both[mirror].x, 1e-6);
      g_assert_cmpfloat_with_epsilon (both[i].y, both[mirror].y, 1e-6);
    }
  }
}

static void
test_one_sided_motion_leaves_the_other_side_still (void)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    MePoint motion[ME_N_POINTS];

    if (!me_au_is_sided (au))
      continue;
    me_au_point_motion (au, ME_LEFT, motion);
    for (guint i = 0; i < ME_N_POINTS; i++) {
      if (me_facial_points[i].side == ME_RIGHT)
        g_assert_cmpfloat (length (motion[i]), ==, 0);
    }
  }
}

static void
test_field_follows_the_points (void)
{
  MePoint points[ME_N_POINTS];

  place_points (points);
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    MePoint motion[ME_N_POINTS];

    float largest = 0;

    me_au_point_motion (au, ME_MIDLINE, motion);
    for (guint i = 0; i < ME_N_POINTS; i++) {
      MePoint value = me_au_field (points, motion, 100, points[i]);
      float along = value.x * motion[i].x + value.y * motion[i].y;

      g_assert_cmpfloat (length (value), <, 1.001);
      if (length (motion[i]) > 0.999f)
        largest = MAX (largest, along);
    }
    g_assert_cmpfloat (largest, >, 0.4); /* points that meet at the closed lips hold each other */
  }
}

static void
test_field_is_continuous_and_fades_away_from_the_face (void)
{
  static const MePoint far_away[] = { { -260, 0 }, { 260, 0 }, { 0, -220 }, { 0, 320 } };
  MePoint points[ME_N_POINTS];

  place_points (points);
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    MePoint motion[ME_N_POINTS];

    me_au_point_motion (au, ME_MIDLINE, motion);
    for (guint i = 0; i < G_N_ELEMENTS (far_away); i++)
      g_assert_cmpfloat (length (me_au_field (points, motion, 100, far_away[i])), <, 1e-3);
    for (float y = -200; y < 250; y += 10) {
      MePoint last = me_au_field (points, motion, 100, (MePoint){ -200, y });

      for (float x = -200; x < 200; x += 1) { /* 1 % IPD a step */
        MePoint value = me_au_field (points, motion, 100, (MePoint){ x, y });

        g_assert_cmpfloat (hypotf (value.x - last.x, value.y - last.y), <, 0.15);
        last = value;
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/au-motion/every-point-has-its-rows", test_every_point_has_its_rows);
  g_test_add_func ("/au-motion/most-moved-point-moves-by-one", test_most_moved_point_moves_by_one);
  g_test_add_func ("/au-motion/sides-mirror-each-other", test_sides_mirror_each_other);
  g_test_add_func ("/au-motion/one-sided-motion-leaves-the-other-side-still",
      test_one_sided_motion_leaves_the_other_side_still);
  g_test_add_func ("/au-motion/field-follows-the-points", test_field_follows_the_points);
  g_test_add_func ("/au-motion/field-is-continuous-and-fades-away-from-the-face",
      test_field_is_continuous_and_fades_away_from_the_face);
  return g_test_run ();
}
