/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What patches say of their motion, and what their neighbours say of it. */
#include "following/agreement.h"

#include "anatomy/facial-depth.h"

#include "unit/face.h"

#define LISTENER ME_POINT_LEFT_FOREHEAD_MID

typedef struct
{
  MeReference reference;
  MePatchNeighbours neighbours;
  MePoint points[ME_N_POINTS], u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head;
} Scene;

static void
set_texture (Scene *s, int point, float xx, float yy)
{
  s->reference.full[point].texture[0] = xx;
  s->reference.full[point].texture[1] = 0;
  s->reference.full[point].texture[2] = yy;
}

/* Patches of much contrast that match well and move with the head. */
static Scene *
new_scene (void)
{
  Scene *s = g_new0 (Scene, 1);

  plain_points (s->points);
  me_patch_neighbours_init (&s->neighbours, s->points);
  s->head = (MeHeadMotion){ .tx = 2, .ty = -1, .xx = 0.01f };
  for (int i = 0; i < ME_N_POINTS; i++) {
    s->reference.full[i].variance = 200;
    set_texture (s, i, 30, 30);
    s->match[i] = 0.97f;
    s->u[i] = me_head_motion_at (&s->head, s->points[i], me_facial_depth[i]);
  }
  return s;
}

static void
move (Scene *s, int point, float dx, float dy)
{
  s->u[point].x += dx;
  s->u[point].y += dy;
}

/* What a point moves beside the head once the patches agree. */
static MePoint
agree (Scene *s, int point)
{
  MePoint moved = me_head_motion_at (&s->head, s->points[point], me_facial_depth[point]);

  me_patches_agree (
      &s->neighbours, &s->reference, s->points, me_facial_depth, s->match, &s->head, s->u);
  return (MePoint){ s->u[point].x - moved.x, s->u[point].y - moved.y };
}

static void
test_motion_of_the_head_stays (void)
{
  g_autofree Scene *s = new_scene ();

  for (int i = 0; i < ME_N_POINTS; i++) {
    g_autofree Scene *copy = g_memdup2 (s, sizeof *s);
    MePoint left = agree (copy, i);
    g_assert_cmpfloat_with_epsilon (left.x, 0, 1e-4f);
    g_assert_cmpfloat_with_epsilon (left.y, 0, 1e-4f);
  }
}

/* A movement of 3 % IPD of a single point, which skin hardly shows, among others that rest. */
static void
test_texture_keeps_its_motion (void)
{
  g_autofree Scene *s = new_scene ();
  MePoint left;

  move (s, ME_LANDMARK_LEFT_BROW_INNER, 0, -1.8f);
  left = agree (s, ME_LANDMARK_LEFT_BROW_INNER);
  g_assert_cmpfloat (left.y, <, -0.92f * 1.8f);
}

static void
test_plain_skin_moves_with_its_neighbours (void)
{
  g_autofree Scene *s = new_scene ();
  MePoint left;

  for (int i = 0; i < ME_N_POINTS; i++)
    move (s, i, 1, 1);
  move (s, LISTENER, 2, 2);
  set_texture (s, LISTENER, 0.05f, 0.05f);
  left = agree (s, LISTENER);
  g_assert_cmpfloat_with_epsilon (left.x, 1, 0.4f);
  g_assert_cmpfloat_with_epsilon (left.y, 1, 0.4f);
}

/* The aperture problem: an edge knows its motion across it only. */
static void
test_an_edge_moves_along_with_its_neighbours (void)
{
  g_autofree Scene *s = new_scene ();
  MePoint left;

  move (s, LISTENER, 1.5f, 1.5f);
  set_texture (s, LISTENER, 0.05f, 60);
  left = agree (s, LISTENER);
  g_assert_cmpfloat (left.x, <, 0.6f);
  g_assert_cmpfloat (left.y, >, 1.4f);
}

static void
test_what_found_something_else_comes_back (void)
{
  g_autofree Scene *s = new_scene ();
  MePoint left;

  move (s, LISTENER, 12, 0);
  left = agree (s, LISTENER);
  g_assert_cmpfloat (left.x, <, 6);
}

static void
test_skin_that_is_not_seen_moves_with_its_neighbours (void)
{
  g_autofree Scene *s = new_scene ();
  MePoint left;

  move (s, LISTENER, 2, 0);
  s->match[LISTENER] = 0;
  left = agree (s, LISTENER);
  g_assert_cmpfloat_with_epsilon (left.x, 0, 0.5f);
}

static void
test_a_mirrored_face_agrees_on_the_mirrored (void)
{
  g_autofree Scene *s = new_scene (), *mirrored = new_scene ();
  MePoint a, b;

  s->head = mirrored->head = (MeHeadMotion){ 0 };
  memset (s->u, 0, sizeof s->u);
  memset (mirrored->u, 0, sizeof mirrored->u);
  move (s, ME_LANDMARK_LEFT_BROW_INNER, 3, -1);
  move (mirrored, ME_LANDMARK_RIGHT_BROW_INNER, -3, -1);
  a = agree (s, ME_LANDMARK_LEFT_BROW_MID_INNER);
  b = agree (mirrored, ME_LANDMARK_RIGHT_BROW_MID_INNER);
  g_assert_cmpfloat_with_epsilon (a.x, -b.x, 1e-3f);
  g_assert_cmpfloat_with_epsilon (a.y, b.y, 1e-3f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agreement/motion-of-the-head-stays", test_motion_of_the_head_stays);
  g_test_add_func ("/agreement/texture-keeps-its-motion", test_texture_keeps_its_motion);
  g_test_add_func (
      "/agreement/plain-skin-moves-with-its-neighbours", test_plain_skin_moves_with_its_neighbours);
  g_test_add_func ("/agreement/an-edge-moves-along-with-its-neighbours",
      test_an_edge_moves_along_with_its_neighbours);
  g_test_add_func (
      "/agreement/what-found-something-else-comes-back", test_what_found_something_else_comes_back);
  g_test_add_func ("/agreement/skin-that-is-not-seen-moves-with-its-neighbours",
      test_skin_that_is_not_seen_moves_with_its_neighbours);
  g_test_add_func ("/agreement/a-mirrored-face-agrees-on-the-mirrored",
      test_a_mirrored_face_agrees_on_the_mirrored);
  return g_test_run ();
}
