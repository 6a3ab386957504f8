/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprtestsrc: lids and lips part as surfaces. What is behind them comes into sight, stays
 * where it is, and is hidden again. */
#include <math.h>
#include <string.h>

#include "anatomy/au-motion.h"
#include "testsrc/warp.h"
#include "testsrc-run.h"

#define WIDTH 800
#define HEIGHT 700
#define IPD 200 /* px */

typedef struct
{
  GstMicroexprTestFace *face;
  GstMicroexprTestWarp *warp;
  GstVideoInfo info;
} Drawing;

static void
drawing_init (Drawing *drawing)
{
  gst_video_info_set_format (&drawing->info, GST_VIDEO_FORMAT_GRAY8, WIDTH, HEIGHT);
  drawing->face = gst_microexpr_test_face_load (NULL, NULL);
  drawing->warp = gst_microexpr_test_warp_new (drawing->face, &drawing->info, IPD, 0);
}

static void
drawing_clear (Drawing *drawing)
{
  gst_microexpr_test_warp_free (drawing->warp);
  gst_microexpr_test_face_free (drawing->face);
}

/* Luma of the face with one unit at a strength in % IPD; 0: at rest. With g_free(). */
static guint8 *
draw (Drawing *drawing, MeAu au, float strength)
{
  GstMicroexprTestScene scene = { .pose = { 0, 0, 0, 1 }, .light = { .gain = 1 } };
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&drawing->info), NULL);
  guint8 *luma = g_malloc (WIDTH * HEIGHT);
  GstVideoFrame frame;

  me_au_point_motion (au, ME_MIDLINE, scene.motion);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    scene.motion[i].x *= strength;
    scene.motion[i].y *= strength;
  }
  gst_microexpr_test_surfaces_add (au, strength, scene.parted);
  fail_unless (gst_video_frame_map (&frame, &drawing->info, buffer, GST_MAP_READWRITE));
  gst_microexpr_test_warp_draw (drawing->warp, &scene, &frame);
  for (int y = 0; y < HEIGHT; y++)
    memcpy (luma + y * WIDTH,
        (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
            (gsize)y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
        WIDTH);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  return luma;
}

/* Where a place of the photograph is in the frame at rest. */
static MePoint
place (const Drawing *drawing, MePoint photo)
{
  const GstMicroexprTestPose rest = { 0, 0, 0, 1 };
  MeBox box = gst_microexpr_test_warp_face_box (drawing->warp, &rest);
  float scale = IPD / gst_microexpr_test_face_ipd (drawing->face), left = G_MAXFLOAT,
        top = G_MAXFLOAT;

  for (guint i = 0; i < ME_N_LANDMARKS; i++) { /* the box begins at the outermost landmarks */
    left = MIN (left, drawing->face->landmarks[i].x);
    top = MIN (top, drawing->face->landmarks[i].y);
  }
  return (MePoint){ box.x + (photo.x - left) * scale, box.y + (photo.y - top) * scale };
}

static MePoint
middle (MePoint a, MePoint b)
{
  return (MePoint){ (a.x + b.x) / 2, (a.y + b.y) / 2 };
}

/* The darkest mean of three rows in the column at x, from y on for `rows`. */
static double
darkest (const guint8 *luma, MePoint from, int rows)
{
  double least = 255;

  for (int y = (int)from.y; y < (int)from.y + rows; y++) {
    const guint8 *p = luma + y * WIDTH + (int)from.x;

    least = MIN (least, (p[0] + p[WIDTH] + p[2 * WIDTH]) / 3.0);
  }
  return least;
}

static const struct
{
  MeAu au;
  float strength; /* % IPD */
  int opening;    /* px of IPD that are dark at least */
} mouths[] = {
  { ME_AU25, 8, 8 },
  { ME_AU26, 12, 8 },
};

GST_START_TEST (test_parted_lips_show_a_dark_mouth)
{
  Drawing drawing;
  g_autofree guint8 *closed = NULL, *open = NULL;
  const MePoint *landmarks;
  MePoint line;
  double lips;
  int dark = 0;

  drawing_init (&drawing);
  landmarks = drawing.face->landmarks;
  line = place (&drawing, middle (landmarks[ME_LANDMARK_INNER_UPPER_LIP_MIDDLE],
                              landmarks[ME_LANDMARK_INNER_LOWER_LIP_MIDDLE]));
  closed = draw (&drawing, mouths[__i__].au, 0);
  open = draw (&drawing, mouths[__i__].au, mouths[__i__].strength);
  lips = darkest (closed, (MePoint){ line.x, line.y - 10 }, 20);
  for (int y = (int)line.y - 10; y < (int)line.y + 30; y++)
    dark += open[y * WIDTH + (int)line.x] < 0.6 * lips;
  fail_unless (dark >= mouths[__i__].opening, "%d rows are darker than 0.6 of %.0f", dark, lips);
  drawing_clear (&drawing);
}
GST_END_TEST

/* Mean difference of two pictures in a square, levels of 255. */
static double
difference (const guint8 *a, const guint8 *b, MePoint at, int half)
{
  double sum = 0;

  for (int y = (int)at.y - half; y <= (int)at.y + half; y++)
    for (int x = (int)at.x - half; x <= (int)at.x + half; x++)
      sum += abs (a[y * WIDTH + x] - b[y * WIDTH + x]);
  return sum / (2 * half + 1) / (2 * half + 1);
}

static const struct
{
  MeAu au;
  float strength; /* % IPD */
} lids[] = {
  { ME_AU5, 4 },
  { ME_AU7, 3 },
};

/* The highlights and the iris around the middle of the eye. */
GST_START_TEST (test_the_eyeball_stays_when_the_lids_move)
{
  Drawing drawing;
  g_autofree guint8 *rest = NULL, *moved = NULL;

  drawing_init (&drawing);
  rest = draw (&drawing, lids[__i__].au, 0);
  moved = draw (&drawing, lids[__i__].au, lids[__i__].strength);
  for (MeSide side = ME_LEFT; side <= ME_RIGHT; side++) {
    MePoint eye = place (&drawing, me_eye_center (drawing.face->landmarks, side));
    const MePoint *lid = me_eye_landmarks (drawing.face->landmarks, side);
    MePoint edge = place (&drawing, middle (lid[ME_EYE_UPPER_LID_1], lid[ME_EYE_UPPER_LID_2]));
    double ball = difference (rest, moved, eye, 6);

    if (lids[__i__].au == ME_AU5)
      fail_unless (difference (rest, moved, edge, 6) > 10, "the lid rests");
    fail_unless (ball < 2, "side %d: the eyeball differs by %.1f", side, ball);
  }
  drawing_clear (&drawing);
}
GST_END_TEST

GST_START_TEST (test_what_was_parted_closes_without_a_trace)
{
  static const MeAu units[] = { ME_AU5, ME_AU7, ME_AU25, ME_AU26 };
  Drawing drawing;
  g_autofree guint8 *before = NULL;

  drawing_init (&drawing);
  before = draw (&drawing, ME_AU12, 3);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autofree guint8 *parted = draw (&drawing, units[i], 5);
    g_autofree guint8 *after = draw (&drawing, ME_AU12, 3);

    fail_if (memcmp (before, parted, WIDTH * HEIGHT) == 0);
    fail_unless (
        memcmp (before, after, WIDTH * HEIGHT) == 0, "%s leaves a trace", me_au_name (units[i]));
  }
  drawing_clear (&drawing);
}
GST_END_TEST

static Suite *
testsrc_surfaces_suite (void)
{
  Suite *s = suite_create ("microexprtestsrc surfaces");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_parted_lips_show_a_dark_mouth, 0, G_N_ELEMENTS (mouths));
  tcase_add_loop_test (tc, test_the_eyeball_stays_when_the_lids_move, 0, G_N_ELEMENTS (lids));
  tcase_add_test (tc, test_what_was_parted_closes_without_a_trace);
  return s;
}

GST_CHECK_MAIN (testsrc_surfaces)
