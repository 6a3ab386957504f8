/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Turns teach how deep a head is; expressions do not. */
#include "following/learnt-depth.h"

#include "anatomy/facial-depth.h"
#include "finding/crop.h"

#include <math.h>

#define FRAME_S (1 / 30.0f)
#define N_FRAMES 30

static const MePoint turn = { 10, 0 };
static float match[ME_N_POINTS];

/* A point lies `own` IPD nearer to the camera than on the mean head, and is moved by an expression
 * besides, % IPD. Returns how much nearer it is taken to be after a second of a turn. */
static float
learnt (int point, float own, float expression)
{
  MeLearntDepth depth;
  float nearer = 0;

  me_learnt_depth_reset (&depth);
  for (int frame = 0; frame < N_FRAMES; frame++) {
    MePoint motion[ME_N_POINTS] = { { 0, 0 } };
    motion[point].x = (own - nearer) * turn.x * ME_CROP_PERCENT + expression;
    me_learnt_depth_update (&depth, motion, match, turn, FRAME_S);
    nearer = depth.at[point] - me_facial_depth[point];
  }
  return nearer;
}

static void
test_a_turn_teaches_the_depth_of_a_head (void)
{
  g_assert_cmpfloat_with_epsilon (learnt (ME_LANDMARK_NOSE_TIP, 0.06f, 0), 0.06, 0.02);
  g_assert_cmpfloat_with_epsilon (learnt (ME_LANDMARK_CHIN_MIDDLE, -0.06f, 0), -0.06, 0.02);
}

static void
test_a_wide_smile_in_a_turn_is_no_depth (void)
{
  g_assert_cmpfloat (fabsf (learnt (ME_LANDMARK_RIGHT_LIP_CORNER, 0, 12)), <, 0.03);
}

static void
test_a_still_head_teaches_nothing (void)
{
  MePoint motion[ME_N_POINTS];
  MeLearntDepth depth;

  for (int i = 0; i < ME_N_POINTS; i++)
    motion[i] = (MePoint){ 3, -3 };
  me_learnt_depth_reset (&depth);
  for (int frame = 0; frame < N_FRAMES; frame++)
    me_learnt_depth_update (&depth, motion, match, (MePoint){ 1, 1 }, FRAME_S);
  for (int i = 0; i < ME_N_POINTS; i++)
    g_assert_cmpfloat (depth.at[i], ==, me_facial_depth[i]);
}

int
main (int argc, char **argv)
{
  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = 1;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/learnt-depth/a-turn-teaches-the-depth-of-a-head", test_a_turn_teaches_the_depth_of_a_head);
  g_test_add_func (
      "/learnt-depth/a-wide-smile-in-a-turn-is-no-depth", test_a_wide_smile_in_a_turn_is_no_depth);
  g_test_add_func ("/learnt-depth/a-still-head-teaches-nothing", test_a_still_head_teaches_nothing);
  return g_test_run ();
}
