/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The truth of microexprtestsrc has the fields of an event, and is true of the pixels. */
#include <gst/video/video.h>
#include <math.h>

#include "anatomy/au-motion.h"
#include "testsrc/face.h"
#include "testsrc/field.h"
#include "testsrc/fields.h"
#include "testsrc-run.h"

static GstStructure *
only_truth (const Result *result)
{
  fail_unless_equals_int (result->truths->len, 1);
  return g_ptr_array_index (result->truths, 0);
}

static guint64
field_uint64 (const GstStructure *s, const char *field)
{
  guint64 value;

  fail_unless (gst_structure_get_uint64 (s, field, &value), "no field %s", field);
  return value;
}

static double
unit_strength (const GstStructure *s, const char *field, const char *unit)
{
  const GValue *units = gst_structure_get_value (s, field);
  double strength = -1;

  fail_unless (units && GST_VALUE_HOLDS_STRUCTURE (units), "no field %s", field);
  gst_structure_get_double (gst_value_get_structure (units), unit, &strength);
  return strength;
}

GST_START_TEST (test_truth_has_the_fields_of_an_event)
{
  Result result =
      run_testsrc ("num-buffers=20 script=\"0.2s micro AU1+2 left 2.5 300ms\"", SMALL_CAPS);
  const GstStructure *s = only_truth (&result);
  guint box[4];

  fail_unless (result.error == NULL);
  fail_unless (gst_structure_has_name (s, "microexpr-truth"));
  fail_unless_equals_uint64 (field_uint64 (s, "timestamp"), 200 * GST_MSECOND);
  fail_unless_equals_uint64 (field_uint64 (s, "stream-time"), 200 * GST_MSECOND);
  fail_unless_equals_uint64 (field_uint64 (s, "running-time"), 200 * GST_MSECOND);
  fail_unless_equals_uint64 (field_uint64 (s, "duration"), 300 * GST_MSECOND);
  fail_unless_equals_uint64 (field_uint64 (s, "onset"), 200 * GST_MSECOND);
  fail_unless_equals_uint64 (field_uint64 (s, "apex"), 350 * GST_MSECOND);
  fail_unless_equals_uint64 (field_uint64 (s, "offset"), 500 * GST_MSECOND);
  fail_unless_equals_uint64 (field_uint64 (s, "id"), 0);
  fail_unless_equals_string (gst_structure_get_string (s, "kind"), "micro");
  fail_unless_equals_string (gst_structure_get_string (s, "emotion"), "surprise");
  fail_unless_equals_float (unit_strength (s, "action-units", "AU1"), 2.5);
  fail_unless_equals_float (unit_strength (s, "left", "AU2"), 2.5);
  fail_unless (unit_strength (s, "right", "AU2") <= 0);
  fail_unless (!gst_structure_has_field (s, "confidence"));
  fail_unless (!gst_structure_has_field (s, "snr"));
  fail_unless (gst_structure_get (s, "x", G_TYPE_UINT, &box[0], "y", G_TYPE_UINT, &box[1], "width",
      G_TYPE_UINT, &box[2], "height", G_TYPE_UINT, &box[3], NULL));
  fail_unless (box[0] + box[2] <= 320 && box[1] + box[3] <= 240 && box[2] > 50);
  result_clear (&result);
}
GST_END_TEST

GST_START_TEST (test_truths_are_posted_once_and_in_order)
{
  Result result = run_testsrc ("num-buffers=600 pattern=busy", "video/x-raw,format=GRAY8,width=64,"
                                                               "height=64,framerate=20/1");
  guint64 last = 0;

  fail_unless (result.truths->len > 6, "%u truths in 30 s", result.truths->len);
  for (guint i = 0; i < result.truths->len; i++) {
    const GstStructure *s = g_ptr_array_index (result.truths, i);

    fail_unless_equals_uint64 (field_uint64 (s, "id"), i);
    fail_unless (field_uint64 (s, "onset") >= last);
    last = field_uint64 (s, "onset");
  }
  result_clear (&result);
}
GST_END_TEST

/* A frame's luma, to measure motion in. */
typedef struct
{
  GstVideoFrame frame;
  const guint8 *luma;
  int stride;
} Picture;

static void
picture_map (Picture *picture, const char *format, int width, int height, GstBuffer *buffer)
{
  GstVideoInfo info;

  gst_video_info_set_format (&info, gst_video_format_from_string (format), width, height);
  fail_unless (gst_video_frame_map (&picture->frame, &info, buffer, GST_MAP_READ));
  picture->luma = GST_VIDEO_FRAME_PLANE_DATA (&picture->frame, 0);
  picture->stride = GST_VIDEO_FRAME_PLANE_STRIDE (&picture->frame, 0);
}

#define WINDOW 11 /* px, half the side of the patch compared */
#define REACH 14  /* px, largest motion looked for */

static double
mismatch (const Picture *a, const Picture *b, int x, int y, int dx, int dy)
{
  double sum = 0;

  for (int j = -WINDOW; j <= WINDOW; j++) {
    const guint8 *p = a->luma + (y + j) * a->stride + x;
    const guint8 *q = b->luma + (y + j + dy) * b->stride + x + dx;

    for (int i = -WINDOW; i <= WINDOW; i++)
      sum += (p[i] - q[i]) * (p[i] - q[i]);
  }
  return sum;
}

/* Vertex of the parabola through values at -1, 0, 1. */
static double
parabola (double before, double at, double after)
{
  return (before - after) / (2 * (before - 2 * at + after));
}

/* How far the patch around x, y moved from a to b, px. */
static MePoint
measure (const Picture *a, const Picture *b, int x, int y)
{
  int best_x = 0, best_y = 0;
  double least = G_MAXDOUBLE;

  for (int dy = -REACH; dy <= REACH; dy++) {
    for (int dx = -REACH; dx <= REACH; dx++) {
      double sum = mismatch (a, b, x, y, dx, dy);

      if (sum < least) {
        least = sum;
        best_x = dx;
        best_y = dy;
      }
    }
  }
  return (MePoint){
    (float)(best_x + parabola (mismatch (a, b, x, y, best_x - 1, best_y), least,
                         mismatch (a, b, x, y, best_x + 1, best_y))),
    (float)(best_y + parabola (mismatch (a, b, x, y, best_x, best_y - 1), least,
                         mismatch (a, b, x, y, best_x, best_y + 1))),
  };
}

/* The point that a unit moves most, and its motion for a motion of 1 there. */
static guint
most_moved (const GstMicroexprTestFields *fields, const MePoint points[ME_N_POINTS], float ipd,
    MeAu au, MeSide side, MePoint *direction)
{
  MePoint motion[ME_N_POINTS];
  float largest = 0;
  guint point = 0;

  gst_microexpr_test_fields_motion (fields, au, side, motion);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    MePoint value = me_au_field (points, motion, ipd, points[i]);

    if (hypotf (value.x, value.y) > largest) {
      largest = hypotf (value.x, value.y);
      *direction = (MePoint){ value.x / largest, value.y / largest };
      point = i;
    }
  }
  return point;
}

#define SEED 1        /* the default */
#define LARGE_IPD 240 /* px; patches are then small against the fields */

static const struct
{
  const char *script;
  MeAu au;
  MeSide side;
  double strength;    /* % IPD */
  const char *fields; /* NULL: those of the analysis */
} announced[] = {
  { "0s micro AU12 3 400ms", ME_AU12, ME_MIDLINE, 3, NULL },
  { "0s micro AU12 right 2 400ms", ME_AU12, ME_RIGHT, 2, NULL },
  { "0s micro AU1 2.5 400ms", ME_AU1, ME_MIDLINE, 2.5, NULL },
  { "0s micro AU4 left 3 400ms", ME_AU4, ME_LEFT, 3, NULL },
  { "0s micro AU9 2 400ms", ME_AU9, ME_MIDLINE, 2, NULL },
  { "0s micro AU20 3 400ms", ME_AU20, ME_MIDLINE, 3, NULL },
  { "0s macro AU15 4 1s", ME_AU15, ME_MIDLINE, 4, NULL },
  { "0s micro AU12 3 400ms", ME_AU12, ME_MIDLINE, 3, "ict-facekit" },
  { "0s micro AU4 right 3 400ms", ME_AU4, ME_RIGHT, 3, "ict-facekit" },
  { "0s micro AU12 3 400ms", ME_AU12, ME_MIDLINE, 3, "smiles" },
  { "0s micro AU12 left 3 400ms", ME_AU12, ME_LEFT, 3, "smiles" },
};

/* One frame at rest or at the apex (200 or 500 ms on 10 frames/s). */
static Result
run_still (const char *script, const char *fields, guint n_frames)
{
  g_autofree char *properties = g_strdup_printf ("num-buffers=%u ipd=%d noise=0 light=0 "
                                                 "head-motion=0 script=\"%s\" fields=\"%s\"",
      n_frames, LARGE_IPD, script, fields ? fields : "");

  return run_testsrc (properties, "video/x-raw,format=I420,width=1200,height=1100,framerate=10/1");
}

GST_START_TEST (test_pixels_move_by_the_announced_amount)
{
  gboolean macro = g_str_has_prefix (announced[__i__].script, "0s macro");
  const char *name = announced[__i__].fields;
  g_autoptr (GstMicroexprTestFields) fields =
      name ? gst_microexpr_test_fields_load (name, SEED, NULL) : NULL;
  Result rest = run_still (announced[__i__].script, name, 1);
  Result apex = run_still (announced[__i__].script, name, macro ? 6 : 3);
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (NULL, NULL);
  float ipd = gst_microexpr_test_face_ipd (face), scale = LARGE_IPD / ipd, left = G_MAXFLOAT,
        top = G_MAXFLOAT;
  MePoint points[ME_N_POINTS], direction = { 0, 0 }, moved;
  double expected = announced[__i__].strength / 100 * LARGE_IPD, along, across;
  Picture a, b;
  guint point, x, y;

  fail_unless (
      gst_structure_get (only_truth (&rest), "x", G_TYPE_UINT, &x, "y", G_TYPE_UINT, &y, NULL));
  for (guint i = 0; i < ME_N_LANDMARKS; i++) { /* the box begins at the outermost landmarks */
    left = MIN (left, face->landmarks[i].x);
    top = MIN (top, face->landmarks[i].y);
  }
  me_facial_points_place (face->landmarks, points);
  point = most_moved (fields, points, ipd, announced[__i__].au, announced[__i__].side, &direction);
  picture_map (&a, "I420", 1200, 1100, rest.last);
  picture_map (&b, "I420", 1200, 1100, apex.last);
  moved = measure (&a, &b, (int)(x + (points[point].x - left) * scale + 0.5f),
      (int)(y + (points[point].y - top) * scale + 0.5f));
  along = moved.x * direction.x + moved.y * direction.y;
  across = moved.x * direction.y - moved.y * direction.x;
  GST_INFO ("%s: point %u moved %.2f px, %.2f across, expected %.2f", announced[__i__].script,
      point, along, across, expected);
  fail_unless (fabs (along - expected) < 0.1 * expected && fabs (across) < 0.15 * expected,
      "%s: moved %.2f px (%.2f across), announced %.2f", announced[__i__].script, along, across,
      expected);
  gst_video_frame_unmap (&a.frame);
  gst_video_frame_unmap (&b.frame);
  gst_microexpr_test_face_free (face);
  result_clear (&rest);
  result_clear (&apex);
}
GST_END_TEST

/* Every person's smile pulls its lip corner up and outward, on the side that it is of. */
GST_START_TEST (test_everybody_who_smiles_pulls_the_lip_corners)
{
  static const guint corners[] = {
    [ME_LEFT] = ME_LANDMARK_LEFT_LIP_CORNER, [ME_RIGHT] = ME_LANDMARK_RIGHT_LIP_CORNER
  };
  static const float outward[] = { [ME_LEFT] = 1, [ME_RIGHT] = -1 };
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint seed = 0; seed < 100; seed++) {
    g_autoptr (GstMicroexprTestFields) fields =
        gst_microexpr_test_fields_load ("smiles", seed, NULL);
    MePoint motion[ME_N_POINTS];

    fail_unless (fields != NULL);
    for (MeSide side = ME_LEFT; side <= ME_RIGHT; side++) {
      const MePoint *corner = &motion[corners[side]];

      gst_microexpr_test_fields_motion (fields, ME_AU12, side, motion);
      fail_unless (corner->y < -0.1f && outward[side] * corner->x > 0.1f,
          "seed %u, side %d: %.2f, %.2f", seed, side, corner->x, corner->y);
    }
    g_hash_table_add (people,
        g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guint8 *)motion, sizeof motion));
  }
  fail_unless (g_hash_table_size (people) >= 10, "only %u people", g_hash_table_size (people));
}
GST_END_TEST

/* Lips that part this far: neighbouring places of the skin keep their order. */
GST_START_TEST (test_an_open_mouth_folds_no_skin)
{
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (NULL, NULL);
  GstMicroexprTestField *field = gst_microexpr_test_field_new (face->landmarks);
  MePoint motion[ME_N_POINTS], drop[ME_N_POINTS], part[ME_N_POINTS];
  const GstMicroexprTestGrid *grid;

  me_au_point_motion (ME_AU26, ME_MIDLINE, drop);
  me_au_point_motion (ME_AU25, ME_MIDLINE, part);
  for (guint i = 0; i < ME_N_POINTS; i++)
    motion[i] = (MePoint){ 25 * drop[i].x + 10 * part[i].x, 25 * drop[i].y + 10 * part[i].y };
  grid = gst_microexpr_test_field_update (field, motion);
  for (int x = 0; x < grid->width; x++) {
    for (int y = 1; y < grid->height; y++) {
      const MePoint *source = grid->source + (gsize)y * grid->width + x;

      fail_unless (source->y + grid->step > source[-grid->width].y, "node %d, %d", x, y);
    }
  }
  gst_microexpr_test_field_free (field);
  gst_microexpr_test_face_free (face);
}
GST_END_TEST

static Suite *
testsrc_truth_suite (void)
{
  Suite *s = suite_create ("microexprtestsrc truth");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_truth_has_the_fields_of_an_event);
  tcase_add_test (tc, test_truths_are_posted_once_and_in_order);
  tcase_add_loop_test (tc, test_pixels_move_by_the_announced_amount, 0, G_N_ELEMENTS (announced));
  tcase_add_test (tc, test_everybody_who_smiles_pulls_the_lip_corners);
  tcase_add_test (tc, test_an_open_mouth_folds_no_skin);
  return s;
}

GST_CHECK_MAIN (testsrc_truth)
