/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Head motion is taken off and facial motion is left. */
#include "following/head-motion.h"

#include "anatomy/facial-depth.h"

#include "unit/face.h"

#include <math.h>

#define PEOPLE_DIFFER 0.04f /* IPD, standard deviation (tests/bench/turned-points) */

static MePoint points[ME_N_POINTS];

static void
head_moves (MePoint *u, float tx, float ty, float scale, float turn)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float x = points[i].x - ME_CROP_PX / 2.0f, y = points[i].y - ME_CROP_PX / 2.0f;
    u[i].x = tx + scale * x - turn * y;
    u[i].y = ty + scale * y + turn * x;
  }
}

static void
residual_of (const MePoint *u, MePoint *residual)
{
  float match[ME_N_POINTS];
  MeHeadMotion head;

  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = 1;
  me_head_motion_fit (points, me_facial_depth, u, match, &me_turn_unknown, &head);
  me_head_motion_remove (points, me_facial_depth, u, &head, residual);
}

static void
test_head_motion_leaves_nothing (void)
{
  MePoint u[ME_N_POINTS], residual[ME_N_POINTS];

  head_moves (u, 3.1f, -1.2f, 0.02f, 0.03f);
  residual_of (u, residual);
  for (int i = 0; i < ME_N_POINTS; i++) {
    g_assert_cmpfloat_with_epsilon (residual[i].x, 0, 0.05);
    g_assert_cmpfloat_with_epsilon (residual[i].y, 0, 0.05);
  }
}

static void
test_mouth_corners_stand_out_of_head_motion (void)
{
  MePoint u[ME_N_POINTS], residual[ME_N_POINTS];

  head_moves (u, -2, 1, 0.01f, -0.02f);
  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature == ME_FEATURE_LIP_CORNER)
      u[i].y -= 2 / ME_CROP_PERCENT;
  residual_of (u, residual);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float expected = me_facial_points[i].feature == ME_FEATURE_LIP_CORNER ? -2 : 0;
    g_assert_cmpfloat_with_epsilon (residual[i].y, expected, 0.15);
  }
}

static void
test_similarity_follows_the_head (void)
{
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head;

  head_moves (u, 1.5f, 0.5f, 0.01f, 0.02f);
  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = 1;
  me_head_motion_fit (points, me_facial_depth, u, match, &me_turn_unknown, &head);
  MeSimilarity s = me_head_motion_similarity (&head);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint p = me_similarity_apply (&s, points[i]);
    g_assert_cmpfloat_with_epsilon (p.x, points[i].x + u[i].x, 0.02);
    g_assert_cmpfloat_with_epsilon (p.y, points[i].y + u[i].y, 0.02);
  }
}

/* A head, whose depth at each point differs from that of the mean head as people do, turns in front
 * of a camera that is far away. Degrees. */
static void
head_turns (MePoint *u, float yaw, float pitch)
{
  GRand *random = g_rand_new_with_seed (1);
  float cy = cosf (yaw * (float)G_PI / 180), sy = sinf (yaw * (float)G_PI / 180);
  float cp = cosf (pitch * (float)G_PI / 180), sp = sinf (pitch * (float)G_PI / 180);

  for (int i = 0; i < ME_N_POINTS; i++) {
    float own = (float)g_rand_double_range (random, -PEOPLE_DIFFER, PEOPLE_DIFFER) * sqrtf (3);
    float x = points[i].x - ME_CROP_PX / 2.0f, y = points[i].y - ME_CROP_PX / 2.0f;
    float z = (me_facial_depth[i] + own) * ME_CROP_IPD_PX;
    u[i].x = cy * x + sy * z - x;
    u[i].y = cp * y + sp * (cy * z - sy * x) - y;
  }
  g_rand_free (random);
}

static float
rms (const MePoint *residual)
{
  float sum = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    sum += residual[i].x * residual[i].x + residual[i].y * residual[i].y;
  return sqrtf (sum / ME_N_POINTS);
}

/* A fit without depth leaves 1.5 %. */
static void
test_turns_are_no_motion_of_the_skin (void)
{
  static const struct
  {
    float yaw, pitch;
  } turns[] = { { 5, 0 }, { -5, 0 }, { 0, 5 }, { 0, -5 }, { 4, 4 } };
  MePoint u[ME_N_POINTS], residual[ME_N_POINTS];

  for (guint k = 0; k < G_N_ELEMENTS (turns); k++) {
    head_turns (u, turns[k].yaw, turns[k].pitch);
    residual_of (u, residual);
    g_assert_cmpfloat (rms (residual), <, 0.8);
  }
}

/* Half of the patches are covered and measure nonsense: the others still show the turn. */
static void
test_covered_patches_do_not_hold_a_turn_back (void)
{
  MeTurn expected = { { 0, 0 }, 1 };
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head;

  head_turns (u, 3, 0);
  for (int i = 0; i < ME_N_POINTS; i++) {
    match[i] = i % 2;
    if (i % 2 == 0)
      u[i] = (MePoint){ i % 4 ? 9 : -9, 7 };
  }
  me_head_motion_fit (points, me_facial_depth, u, match, &expected, &head);
  g_assert_cmpfloat_with_epsilon (head.turn.x, ME_CROP_IPD_PX * sinf (3 * (float)G_PI / 180), 0.6);
}

/* Nothing is seen: the turn is what was expected. */
static void
test_an_unseen_turn_is_the_expected_one (void)
{
  const MeTurn expected = { { 10, -4 }, 10 };
  MePoint u[ME_N_POINTS] = { { 0, 0 } };
  float match[ME_N_POINTS] = { 0 };
  MeHeadMotion head;

  me_head_motion_fit (points, me_facial_depth, u, match, &expected, &head);
  g_assert_cmpfloat_with_epsilon (head.turn.x, 10, 0.1);
  g_assert_cmpfloat_with_epsilon (head.turn.y, -4, 0.1);
}

/* 20 degrees a second for half a second, with noise on every patch. */
static MePoint
followed_turn (int rate)
{
  GRand *random = g_rand_new_with_seed (2);
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head = { 0 };

  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = 1;
  for (int frame = 1; frame <= rate / 2; frame++) {
    MeTurn expected = me_turn_expected (head.turn, 1.0f / (float)rate);
    head_turns (u, 20 * (float)frame / (float)rate, 0);
    for (int i = 0; i < ME_N_POINTS; i++)
      u[i].x += (float)g_rand_double_range (random, -1, 1);
    me_head_motion_fit (points, me_facial_depth, u, match, &expected, &head);
  }
  g_rand_free (random);
  return head.turn;
}

static void
test_a_turn_is_followed_at_any_rate (void)
{
  static const int rates[] = { 10, 30, 200, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    MePoint turn = followed_turn (rates[i]);
    g_assert_cmpfloat_with_epsilon (turn.x, ME_CROP_IPD_PX * sinf (10 * (float)G_PI / 180), 3);
    g_assert_cmpfloat_with_epsilon (turn.y, 0, 1);
  }
}

/* When hardly any turn is expected, noise on the patches does not produce one. */
static void
test_noise_turns_no_head (void)
{
  const MeTurn expected = { { 0, 0 }, 0.1f };
  GRand *random = g_rand_new_with_seed (3);
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS], square = 0;
  MeHeadMotion head;

  for (int round = 0; round < 50; round++) {
    for (int i = 0; i < ME_N_POINTS; i++) {
      u[i].x = (float)g_rand_double_range (random, -1, 1);
      u[i].y = (float)g_rand_double_range (random, -1, 1);
      match[i] = 1;
    }
    me_head_motion_fit (points, me_facial_depth, u, match, &expected, &head);
    square += (head.turn.x * head.turn.x + head.turn.y * head.turn.y) / 50;
  }
  g_assert_cmpfloat (sqrtf (square), <, 0.1);
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  plain_points (points);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion/head-motion-leaves-nothing", test_head_motion_leaves_nothing);
  g_test_add_func ("/motion/mouth-corners-stand-out-of-head-motion",
      test_mouth_corners_stand_out_of_head_motion);
  g_test_add_func ("/motion/similarity-follows-the-head", test_similarity_follows_the_head);
  g_test_add_func ("/motion/turns-are-no-motion-of-the-skin", test_turns_are_no_motion_of_the_skin);
  g_test_add_func ("/motion/a-turn-is-followed-at-any-rate", test_a_turn_is_followed_at_any_rate);
  g_test_add_func ("/head-motion/covered-patches-do-not-hold-a-turn-back",
      test_covered_patches_do_not_hold_a_turn_back);
  g_test_add_func (
      "/head-motion/an-unseen-turn-is-the-expected-one", test_an_unseen_turn_is_the_expected_one);
  g_test_add_func ("/motion/noise-turns-no-head", test_noise_turns_no_head);
  return g_test_run ();
}
