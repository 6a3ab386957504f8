/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where neutral is while the face rests, departs, drifts and talks, at any rate of frames. */
#include "spotting/neutral.h"

#include "common/duration.h"
#include "unit/face.h"

#include <math.h>

#define START 1.5f /* % IPD */

static const double rates[] = { 5, 30, 66 };
static MeNeutral *neutral;
static gboolean away;

/* As departure.c does: neutral follows a face that rests and is searched while the face is
 * elsewhere. percent: of all points but lids and jaw, downwards. */
static void
show (guint64 time_ns, guint64 elapsed_ns, float percent, GRand *random)
{
  MePosture now = { .turn = { 0, 0 } };

  for (int i = 0; i < ME_N_POINTS; i++)
    now.motion[i].y = percent + 0.1f * noise (random);
  away = me_posture_distance (&now, &neutral->now) > START;
  if (away)
    me_neutral_search (neutral, &now, START, time_ns);
  else
    me_neutral_follow (neutral, &now, time_ns, elapsed_ns);
}

/* course: of the time in s. Where neutral is at the end, % IPD. */
static float
play (float (*course) (double time), double rate, double end)
{
  GRand *random = g_rand_new_with_seed (2);
  guint64 step_ns = (guint64)(1e9 / rate);

  me_neutral_reset (neutral);
  for (int i = 0; i < rate * end; i++)
    show ((guint64)i * step_ns, i ? step_ns : 0, course (i / rate), random);
  g_rand_free (random);
  return neutral->now.motion[ME_LANDMARK_CHIN].y;
}

static float
drifts (double t)
{
  return 0.1f * (float)t;
}

static float
departs (double t)
{
  return t < 6 || t > 9 ? 0 : 6;
}

/* After hardly two postures that are remembered. */
static float
departs_at_once (double t)
{
  return t < 0.4 || t > 4 ? 0 : 6;
}

static float
settles (double t)
{
  return t < 6 ? 0 : 6;
}

/* Between 3 and 7 % IPD all the time. */
static float
talks (double t)
{
  return t < 4 ? 0 : (float)(5 + 2 * sin (2 * G_PI * 3.1 * t));
}

static void
test_neutral_follows_a_face_at_rest (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    g_assert_cmpfloat_with_epsilon (play (drifts, rates[i], 30), 3 - 0.25, 0.15);
}

static void
test_an_expression_does_not_move_neutral (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_assert_cmpfloat_with_epsilon (play (departs, rates[i], 8.9), 0, 0.3);
    g_assert_cmpfloat_with_epsilon (play (departs, rates[i], 12), 0, 0.3);
    g_assert_cmpfloat_with_epsilon (play (departs_at_once, rates[i], 3.9), 0, 0.3);
  }
}

static void
test_neutral_is_found_where_the_face_settles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_assert_cmpfloat_with_epsilon (play (settles, rates[i], 14), 6, 0.4);
    g_assert_false (away);
  }
}

static void
test_neutral_is_the_middle_of_what_speech_shows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    g_assert_cmpfloat_with_epsilon (play (talks, rates[i], 16), 5, 1.5);
}

static float
climbs (double t)
{
  return 0.2f * (float)t;
}

static void
test_postures_are_remembered_for_a_while (void)
{
  MePoint before[ME_N_POINTS];

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    play (climbs, rates[i], 20);
    for (double t = 9; t < 19; t += 1.3) {
      me_neutral_before (neutral, (guint64)(t * 1e9), before);
      g_assert_cmpfloat_with_epsilon (before[ME_LANDMARK_CHIN].y, climbs (t - 0.5), 0.3);
    }
  }
  me_neutral_reset (neutral);
  neutral->now.motion[ME_LANDMARK_CHIN].y = 3;
  me_neutral_before (neutral, 5, before);
  g_assert_cmpfloat (before[ME_LANDMARK_CHIN].y, ==, 3);
}

int
main (int argc, char **argv)
{
  int result;

  neutral = g_new0 (MeNeutral, 1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neutral/neutral-follows-a-face-at-rest", test_neutral_follows_a_face_at_rest);
  g_test_add_func (
      "/neutral/an-expression-does-not-move-neutral", test_an_expression_does_not_move_neutral);
  g_test_add_func ("/neutral/neutral-is-found-where-the-face-settles",
      test_neutral_is_found_where_the_face_settles);
  g_test_add_func ("/neutral/neutral-is-the-middle-of-what-speech-shows",
      test_neutral_is_the_middle_of_what_speech_shows);
  g_test_add_func (
      "/neutral/postures-are-remembered-for-a-while", test_postures_are_remembered_for_a_while);
  result = g_test_run ();
  g_free (neutral);
  return result;
}
