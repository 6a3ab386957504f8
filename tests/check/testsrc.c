/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprtestsrc: the same seed gives the same pixels, and what it announces is what it draws. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "au-motion.h"
#include "testface.h"

#define N_FRAMES 12
#define EVENTFUL                                                                                   \
  "0s micro AU12 3 300ms; 0.1s blink 250ms" /* something moves in the first N_FRAMES frames */

/* What a pipeline gave: checksums of its frames, truths, the error. */
typedef struct
{
  GPtrArray *frames; /* of char * */
  GPtrArray *truths; /* of GstStructure * */
  GstBuffer *last;   /* copy of the last frame */
  char *error, *debug;
  gboolean eos;
} Result;

static void
result_clear (Result *result)
{
  g_clear_pointer (&result->frames, g_ptr_array_unref);
  g_clear_pointer (&result->truths, g_ptr_array_unref);
  gst_clear_buffer (&result->last);
  g_clear_pointer (&result->error, g_free);
  g_clear_pointer (&result->debug, g_free);
}

static char *
buffer_checksum (GstBuffer *buffer)
{
  GstMapInfo map;
  char *checksum;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA1, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  return checksum;
}

static GstPadProbeReturn
take_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Result *result = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);

  (void)pad;
  g_ptr_array_add (result->frames, buffer_checksum (buffer));
  gst_clear_buffer (&result->last);
  result->last = gst_buffer_copy_deep (buffer);
  return GST_PAD_PROBE_OK;
}

static void
take_messages (GstBus *bus, Result *result)
{
  while (!result->eos && !result->error) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
        bus, 20 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);

    fail_unless (message != NULL, "neither end nor error");
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
      result->eos = TRUE;
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, &result->debug);
      result->error = g_strdup (error->message);
    } else {
      g_ptr_array_add (result->truths, gst_structure_copy (gst_message_get_structure (message)));
    }
  }
}

static GstElement *
build (const char *properties, const char *caps)
{
  g_autofree char *text =
      g_strdup_printf ("microexprtestsrc name=src %s ! %s ! fakesink name=sink", properties, caps);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (text, &error);

  g_assert_no_error (error);
  return pipeline;
}

static Result
run (const char *properties, const char *caps)
{
  Result result = { g_ptr_array_new_with_free_func (g_free),
    g_ptr_array_new_with_free_func ((GDestroyNotify)gst_structure_free), NULL, NULL, NULL, FALSE };
  g_autoptr (GstElement) pipeline = build (properties, caps);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, take_frame, &result, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  take_messages (bus, &result);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return result;
}

#define SMALL_CAPS "video/x-raw,format=I420,width=320,height=240,framerate=30/1"

static Result
run_seed (guint seed, const char *more)
{
  g_autofree char *properties = g_strdup_printf ("num-buffers=%d seed=%u %s", N_FRAMES, seed, more);

  return run (properties, SMALL_CAPS);
}

static guint
count_equal_frames (const Result *a, const Result *b)
{
  guint n = 0;

  fail_unless_equals_int (a->frames->len, N_FRAMES);
  fail_unless_equals_int (b->frames->len, N_FRAMES);
  for (guint i = 0; i < N_FRAMES; i++)
    n += strcmp (g_ptr_array_index (a->frames, i), g_ptr_array_index (b->frames, i)) == 0;
  return n;
}

GST_START_TEST (test_same_seed_same_pixels)
{
  Result a = run_seed (7, ""), b = run_seed (7, ""), c = run_seed (8, "");

  fail_unless_equals_int (count_equal_frames (&a, &b), N_FRAMES);
  fail_unless_equals_int (count_equal_frames (&a, &c), 0);
  result_clear (&a);
  result_clear (&b);
  result_clear (&c);
}
GST_END_TEST

GST_START_TEST (test_num_buffers_then_eos)
{
  Result result = run_seed (1, "");

  fail_unless (result.eos);
  fail_unless_equals_int (result.frames->len, N_FRAMES);
  result_clear (&result);
}
GST_END_TEST

/* Checksum of the frame shown after a seek while paused. */
static char *
checksum_at (GstElement *pipeline, GstClockTime time)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstSample) sample = NULL;
  GstBuffer *buffer;

  fail_unless (gst_element_seek_simple (
      pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, time));
  fail_unless_equals_int (
      gst_element_get_state (pipeline, NULL, NULL, 20 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  g_object_get (sink, "last-sample", &sample, NULL);
  buffer = gst_sample_get_buffer (sample);
  fail_unless (GST_BUFFER_PTS (buffer) <= time);
  fail_unless (GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer) > time);
  return buffer_checksum (buffer);
}

GST_START_TEST (test_seek_gives_the_pixels_of_playing_through)
{
  static const guint order[] = { 9, 3, 11, 0, 4 };
  Result played = run_seed (5, "script=\"" EVENTFUL "\"");
  g_autoptr (GstElement) pipeline = build ("seed=5 script=\"" EVENTFUL "\"", SMALL_CAPS);

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  fail_unless_equals_int (
      gst_element_get_state (pipeline, NULL, NULL, 20 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    GstClockTime time = gst_util_uint64_scale (order[i], GST_SECOND, 30) + 5 * GST_MSECOND;
    g_autofree char *checksum = checksum_at (pipeline, time);

    fail_unless_equals_string (checksum, g_ptr_array_index (played.frames, order[i]));
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  result_clear (&played);
}
GST_END_TEST

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
  Result result = run ("num-buffers=20 script=\"0.2s micro AU1+2 left 2.5 300ms\"", SMALL_CAPS);
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
  Result result = run ("num-buffers=600 pattern=busy", "video/x-raw,format=GRAY8,width=64,"
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
most_moved (const MePoint points[ME_N_POINTS], float ipd, MeAu au, MeSide side, MePoint *direction)
{
  MePoint motion[ME_N_POINTS];
  float largest = 0;
  guint point = 0;

  me_au_point_motion (au, side, motion);
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

#define LARGE_IPD 240 /* px; patches are then small against the fields */

static const struct
{
  const char *script;
  MeAu au;
  MeSide side;
  double strength; /* % IPD */
} announced[] = {
  { "0s micro AU12 3 400ms", ME_AU12, ME_MIDLINE, 3 },
  { "0s micro AU12 right 2 400ms", ME_AU12, ME_RIGHT, 2 },
  { "0s micro AU1 2.5 400ms", ME_AU1, ME_MIDLINE, 2.5 },
  { "0s micro AU4 left 3 400ms", ME_AU4, ME_LEFT, 3 },
  { "0s micro AU9 2 400ms", ME_AU9, ME_MIDLINE, 2 },
  { "0s micro AU20 3 400ms", ME_AU20, ME_MIDLINE, 3 },
  { "0s macro AU15 4 1s", ME_AU15, ME_MIDLINE, 4 },
};

/* One frame at rest or at the apex (200 or 500 ms on 10 frames/s). */
static Result
run_still (const char *script, guint n_frames)
{
  g_autofree char *properties = g_strdup_printf ("num-buffers=%u ipd=%d noise=0 light=0 "
                                                 "head-motion=0 script=\"%s\"",
      n_frames, LARGE_IPD, script);

  return run (properties, "video/x-raw,format=I420,width=1200,height=1100,framerate=10/1");
}

GST_START_TEST (test_pixels_move_by_the_announced_amount)
{
  gboolean macro = g_str_has_prefix (announced[__i__].script, "0s macro");
  Result rest = run_still (announced[__i__].script, 1);
  Result apex = run_still (announced[__i__].script, macro ? 6 : 3);
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
  point = most_moved (points, ipd, announced[__i__].au, announced[__i__].side, &direction);
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

static const struct
{
  const char *script;
  const char *named; /* that the error must name */
} bad_scripts[] = {
  { "1s micro AU12; nonsense", "nonsense" },
  { "1s micro AU99", "AU99" },
  { "micro AU12 2.5", "has no time" },
  { "1s AU12 2.5", "has no kind" },
  { "1s micro 2.5", "has no action units" },
  { "1s micro AU12 2.5 700ms", "40 ms to 500 ms" },
  { "1s micro AU12 2.5 3.5", "3.5" },
  { "1s blink AU12", "takes only a duration" },
  { "-1s blink", "-1s" },
};

GST_START_TEST (test_bad_script_is_named)
{
  g_autofree char *properties =
      g_strdup_printf ("num-buffers=1 script=\"%s\"", bad_scripts[__i__].script);
  Result result = run (properties, SMALL_CAPS);

  fail_unless (result.error != NULL);
  fail_unless (strstr (result.error, bad_scripts[__i__].named) != NULL, "\"%s\" does not name %s",
      result.error, bad_scripts[__i__].named);
  result_clear (&result);
}
GST_END_TEST

GST_START_TEST (test_missing_face_is_named)
{
  Result result = run ("num-buffers=1 face=/nowhere/nobody.jpg", SMALL_CAPS);

  fail_unless (result.error && strstr (result.error, "/nowhere/nobody.jpg"));
  result_clear (&result);
}
GST_END_TEST

/* The built-in photo as a file, with these landmarks beside it. */
static char *
write_face (const char *folder, const char *landmarks)
{
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (NULL, NULL);
  char *photo = g_build_filename (folder, "face.png", NULL);
  g_autofree char *text = g_build_filename (folder, "face.txt", NULL);
  g_autoptr (GString) rows = g_string_new (landmarks);

  for (guint i = 0; !landmarks && i < ME_N_LANDMARKS; i++)
    g_string_append_printf (rows, "%.2f %.2f\n", face->landmarks[i].x, face->landmarks[i].y);
  fail_unless (gdk_pixbuf_save (face->photo, photo, "png", NULL, NULL));
  fail_unless (g_file_set_contents (text, rows->str, -1, NULL));
  gst_microexpr_test_face_free (face);
  return photo;
}

static void
remove_face (const char *folder)
{
  static const char *const names[] = { "face.png", "face.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

GST_START_TEST (test_landmarks_come_from_the_file_beside_the_photo)
{
  g_autofree char *folder = g_dir_make_tmp ("testsrc-XXXXXX", NULL);
  g_autofree char *photo = write_face (folder, NULL);
  g_autofree char *properties = g_strdup_printf ("face=\"%s\"", photo);
  Result from_file = run_seed (3, properties), built_in = run_seed (3, "");

  fail_unless (from_file.error == NULL, "%s", from_file.error);
  fail_unless_equals_int (count_equal_frames (&from_file, &built_in), N_FRAMES);
  result_clear (&from_file);
  result_clear (&built_in);
  remove_face (folder);
}
GST_END_TEST

GST_START_TEST (test_damaged_landmarks_are_named)
{
  g_autofree char *folder = g_dir_make_tmp ("testsrc-XXXXXX", NULL);
  g_autofree char *photo = write_face (folder, "1 2\n3 four\n");
  g_autofree char *properties = g_strdup_printf ("num-buffers=1 face=\"%s\"", photo);
  Result result = run (properties, SMALL_CAPS);

  fail_unless (result.error && strstr (result.error, "face.txt"), "%s", result.error);
  result_clear (&result);
  remove_face (folder);
}
GST_END_TEST

GST_START_TEST (test_live_frames_come_at_their_time)
{
  gint64 start = g_get_monotonic_time ();
  Result result = run ("num-buffers=10 is-live=true", SMALL_CAPS " ! identity sync=false");

  fail_unless (result.eos);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (result.last),
      gst_util_uint64_scale (GST_BUFFER_OFFSET (result.last), GST_SECOND, 30));
  fail_unless (GST_BUFFER_OFFSET (result.last) >= 9);
  fail_unless (g_get_monotonic_time () - start >= 290 * 1000); /* never before their time */
  result_clear (&result);
}
GST_END_TEST

GST_START_TEST (test_every_format_and_odd_sizes_are_drawn)
{
  GstElementFactory *factory = gst_element_factory_find ("microexprtestsrc");
  const GstStaticPadTemplate *template =
      gst_element_factory_get_static_pad_templates (factory)->data;
  g_autoptr (GstCaps) caps = gst_static_caps_get ((GstStaticCaps *)&template->static_caps);
  const GValue *formats = gst_structure_get_value (gst_caps_get_structure (caps, 0), "format");

  for (guint i = 0; i < gst_value_list_get_size (formats); i++) {
    const char *format = g_value_get_string (gst_value_list_get_value (formats, i));
    g_autofree char *odd = g_strdup_printf (
        "video/x-raw,format=%s,width=163,height=121,framerate=30/1,pixel-aspect-ratio=16/15",
        format);
    Result result = run ("num-buffers=2", odd);

    fail_unless (result.eos && result.frames->len == 2, "%s: %s", format, result.error);
    result_clear (&result);
  }
  gst_object_unref (factory);
}
GST_END_TEST

GST_START_TEST (test_what_was_set_survives_a_pattern)
{
  g_autoptr (GstElement) src = gst_element_factory_make ("microexprtestsrc", NULL);
  double noise, ipd;

  gst_object_ref_sink (src);
  g_object_set (src, "noise", 7.0, NULL);
  gst_util_set_object_arg (G_OBJECT (src), "pattern", "lab");
  g_object_get (src, "noise", &noise, "ipd", &ipd, NULL);
  fail_unless_equals_float (noise, 7);
  fail_unless_equals_float (ipd, 115);
}
GST_END_TEST

static Suite *
testsrc_suite (void)
{
  Suite *s = suite_create ("microexprtestsrc");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_same_seed_same_pixels);
  tcase_add_test (tc, test_num_buffers_then_eos);
  tcase_add_test (tc, test_seek_gives_the_pixels_of_playing_through);
  tcase_add_test (tc, test_truth_has_the_fields_of_an_event);
  tcase_add_test (tc, test_truths_are_posted_once_and_in_order);
  tcase_add_loop_test (tc, test_pixels_move_by_the_announced_amount, 0, G_N_ELEMENTS (announced));
  tcase_add_loop_test (tc, test_bad_script_is_named, 0, G_N_ELEMENTS (bad_scripts));
  tcase_add_test (tc, test_missing_face_is_named);
  tcase_add_test (tc, test_landmarks_come_from_the_file_beside_the_photo);
  tcase_add_test (tc, test_damaged_landmarks_are_named);
  tcase_add_test (tc, test_live_frames_come_at_their_time);
  tcase_add_test (tc, test_every_format_and_odd_sizes_are_drawn);
  tcase_add_test (tc, test_what_was_set_survives_a_pattern);
  return s;
}

GST_CHECK_MAIN (testsrc)
