/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A series goes on without a step when its reference is renewed. */
#include "following/stitch.h"

#include "anatomy/facial-depth.h"

#include "common/duration.h"
#include "unit/face.h"
#include "unit/texture.h"

#define FRAME_NS (16 * ME_MSECOND)
#define CROSS_NS (150 * ME_MSECOND)

typedef struct
{
  MeStitch stitch;
  MeCrop crop;
  MePoint points[ME_N_POINTS], motion[ME_N_POINTS];
  guint64 time_ns; /* of the newest frame */
} Scene;

/* A bulge of the picture around a mouth corner, as a face would move there: 1 px up. */
static void
paint_moved (Scene *s, float shift)
{
  MePoint corner = s->points[ME_LANDMARK_RIGHT_LIP_CORNER];

  paint (&s->crop, 0, 0, 1, 0);
  for (int y = 0; y < ME_CROP_PX; y++)
    for (int x = 0; x < ME_CROP_PX; x++) {
      float dx = (float)x - corner.x, dy = (float)y - corner.y;
      float here = shift * expf (-(dx * dx + dy * dy) / (2 * 12 * 12));
      s->crop.full[y * ME_CROP_PX + x] = texture ((float)x, (float)y + here);
    }
  for (int y = 0; y < ME_CROP_HALF_PX; y++)
    for (int x = 0; x < ME_CROP_HALF_PX; x++)
      s->crop.half[y * ME_CROP_HALF_PX + x] = s->crop.full[2 * y * ME_CROP_PX + 2 * x];
}

static void
measure (Scene *s)
{
  float match[ME_N_POINTS];
  MeHeadMotion head;

  s->time_ns += FRAME_NS;
  me_stitch_align (&s->stitch, &s->crop, s->points, me_facial_depth, s->time_ns, match, &head);
  me_stitch_read (&s->stitch, s->points, me_facial_depth, match, &head, s->time_ns, s->motion);
}

static Scene *
new_scene (void)
{
  Scene *s = g_new0 (Scene, 1);

  plain_points (s->points);
  paint_moved (s, 0);
  me_stitch_begin (&s->stitch, &s->crop, s->points, 0);
  return s;
}

static void
test_a_renewal_makes_no_step (void)
{
  g_autofree Scene *s = new_scene ();
  float before;
  guint64 t = 0;

  paint_moved (s, 1);
  for (int i = 0; i < 4; i++)
    measure (s);
  before = s->motion[ME_LANDMARK_RIGHT_LIP_CORNER].y;
  g_assert_cmpfloat (before, <, -0.8);
  me_stitch_renew (&s->stitch, &s->crop, s->points, t);
  while (s->stitch.crossing) {
    t += FRAME_NS;
    measure (s);
    me_stitch_cross (&s->stitch, &s->crop, s->points, me_facial_depth, s->motion, t, CROSS_NS);
    g_assert_cmpuint (t, <, 2 * CROSS_NS);
  }
  measure (s);
  g_assert_cmpfloat_with_epsilon (s->motion[ME_LANDMARK_RIGHT_LIP_CORNER].y, before, 0.1);

  paint_moved (s, 0);
  for (int i = 0; i < 4; i++)
    measure (s);
  g_assert_cmpfloat_with_epsilon (s->motion[ME_LANDMARK_RIGHT_LIP_CORNER].y, 0, 0.2);
}

static void
test_an_abandoned_reference_leaves_no_trace (void)
{
  g_autofree Scene *s = new_scene ();

  me_stitch_renew (&s->stitch, &s->crop, s->points, 0);
  me_stitch_abandon (&s->stitch);
  g_assert_false (s->stitch.crossing);
  measure (s);
  for (int i = 0; i < ME_N_POINTS; i++)
    g_assert_cmpfloat_with_epsilon (s->motion[i].y, 0, 0.05);
}

/* Bright letters over the mouth. */
static void
paint_caption (Scene *s)
{
  MePoint corner = s->points[ME_LANDMARK_RIGHT_LIP_CORNER];

  for (int y = (int)corner.y - 2; y < corner.y + 14; y++)
    for (int x = 0; x < ME_CROP_PX; x++)
      if (x % 6 < 3)
        s->crop.full[y * ME_CROP_PX + x] = 235;
  for (int y = 0; y < ME_CROP_HALF_PX; y++)
    for (int x = 0; x < ME_CROP_HALF_PX; x++)
      s->crop.half[y * ME_CROP_HALF_PX + x] = s->crop.full[2 * y * ME_CROP_PX + 2 * x];
}

/* Largest motion that is measured while a caption stands there. */
static float
largest_under_caption (gboolean leaves_out_changed)
{
  g_autofree Scene *s = new_scene ();
  float largest = 0;

  s->stitch.leaves_out_changed = leaves_out_changed;
  for (int i = 0; i < 30; i++)
    measure (s);
  paint_caption (s);
  for (int i = 0; i < 30; i++)
    measure (s);
  for (int i = 0; i < ME_N_POINTS; i++)
    largest = MAX (largest, hypotf (s->motion[i].x, s->motion[i].y));
  return largest;
}

static void
test_what_covers_the_skin_does_not_move_it (void)
{
  g_assert_cmpfloat (largest_under_caption (FALSE), >, 1);
  g_assert_cmpfloat (largest_under_caption (TRUE), <, 0.3);
}

/* A series that leaves out changed patches measures what moves as one that does not. */
static void
test_moving_skin_is_not_taken_for_covered (void)
{
  g_autofree Scene *s = new_scene ();

  s->stitch.leaves_out_changed = TRUE;
  for (int i = 0; i < 30; i++)
    measure (s);
  for (int i = 1; i <= 4; i++) {
    paint_moved (s, 0.5f * (float)i);
    measure (s);
  }
  measure (s);
  g_assert_cmpfloat (s->motion[ME_LANDMARK_RIGHT_LIP_CORNER].y, <, -2);
}

/* Stripes around a point, which show motion across them only. */
static void
paint_stripes (Scene *s, int point)
{
  int left = (int)s->points[point].x - 10, top = (int)s->points[point].y - 10;

  for (int y = top; y <= top + 20; y++)
    for (int x = left; x <= left + 20; x++) {
      float stripes = 110 + 40 * sinf (0.6f * (float)x);
      s->crop.full[y * ME_CROP_PX + x] = s->crop.half[y / 2 * ME_CROP_HALF_PX + x / 2] = stripes;
    }
}

/* Motion along the stripes of the cheek beside a mouth corner that rises. */
static float
motion_along_stripes (gboolean agrees)
{
  g_autofree Scene *s = g_new0 (Scene, 1);

  plain_points (s->points);
  for (int i = 0; i < 4; i++) {
    paint_moved (s, i > 0);
    paint_stripes (s, ME_POINT_RIGHT_LOWER_CHEEK);
    if (i == 0) {
      me_stitch_begin (&s->stitch, &s->crop, s->points, 0);
      s->stitch.agrees = agrees;
    } else {
      measure (s);
    }
  }
  return s->motion[ME_POINT_RIGHT_LOWER_CHEEK].y;
}

static void
test_neighbours_tell_what_a_patch_cannot_see (void)
{
  float alone = motion_along_stripes (FALSE), agreed = motion_along_stripes (TRUE);

  g_assert_cmpfloat (fabsf (alone), <, 0.15f);
  g_assert_cmpfloat (agreed, <, -0.4f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stitch/a-renewal-makes-no-step", test_a_renewal_makes_no_step);
  g_test_add_func ("/stitch/an-abandoned-reference-leaves-no-trace",
      test_an_abandoned_reference_leaves_no_trace);
  g_test_add_func (
      "/stitch/what-covers-the-skin-does-not-move-it", test_what_covers_the_skin_does_not_move_it);
  g_test_add_func (
      "/stitch/moving-skin-is-not-taken-for-covered", test_moving_skin_is_not_taken_for_covered);
  g_test_add_func ("/stitch/neighbours-tell-what-a-patch-cannot-see",
      test_neighbours_tell_what_a_patch_cannot_see);
  return g_test_run ();
}
