/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When pictures were taken: frames that arrive in bursts, fields, frames that share a time; and the
 * warning that the analysis keeps starting anew. With a scripted analysis. */
#include "check/microexpr/scripted-stream.h"

#include <stdlib.h>

#define INTERLACED "video/x-raw,format=GRAY8,width=64,height=48,framerate=25/1,interlace-mode="
#define UNTIMED "video/x-raw,format=GRAY8,width=64,height=48,framerate=0/1"

/* Frames of a camera that are held back until there are n, and stamped on arrival. */
typedef struct
{
  guint n;
  guint64 rate;        /* pictures a second */
  GstClockTime jitter; /* of the arrival of a burst, at most */
  guint32 random;
} Camera;

static GstClockTime
stamp_of (Camera *camera, guint frame)
{
  guint last = frame / camera->n * camera->n + camera->n - 1;
  GstClockTime late = 0;

  if (camera->jitter > 0) {
    camera->random = (frame / camera->n + 1) * 2654435761u;
    late = (camera->random >> 8) % camera->jitter;
  }
  return gst_util_uint64_scale (last, GST_SECOND, camera->rate) + late +
         frame % camera->n * GST_MSECOND;
}

static void
push_untimed_caps (Stream *stream)
{
  gst_harness_set_src_caps_str (stream->harness, UNTIMED);
}

/* Once the rhythm is known, pictures are analysed where they were taken, without a break. */
static void
check_camera (Camera camera)
{
  guint known = MAX (5 * camera.n, 2 * camera.n + 8);
  guint64 resets = 0;
  Stream stream;

  stream_start (&stream, NULL);
  push_untimed_caps (&stream);
  for (guint i = 0; i < 40 * camera.n; i++) {
    GstClockTime taken = gst_util_uint64_scale (i, GST_SECOND, camera.rate);
    gst_buffer_unref (stream_push (&stream, stream_new_frame (stamp_of (&camera, i))));
    if (i < known) {
      resets = stream_count (&stream, "resets-gap");
      continue;
    }
    fail_unless (ABS (GST_CLOCK_DIFF (taken, script.frame.time_ns)) <
                     (GstClockTimeDiff)(camera.jitter + camera.n * GST_MSECOND + 5 * GST_MSECOND),
        "%u at a time, %u/s, frame %u: %" GST_STIME_FORMAT " off", camera.n, (guint)camera.rate, i,
        GST_STIME_ARGS (GST_CLOCK_DIFF (taken, script.frame.time_ns)));
  }
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), resets);
  fail_unless (stream_pop_message (&stream, "microexpr-warning") == NULL);
  stream_stop (&stream);
}

GST_START_TEST (test_frames_in_bursts_are_analysed_when_they_were_taken)
{
  static const guint rates[] = { 25, 30, 60 }, sizes[] = { 2, 4, 8, 16 };

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      for (guint jitter = 0; jitter <= 10; jitter += 10)
        check_camera ((Camera){ .n = sizes[s], .rate = rates[r], .jitter = jitter * GST_MSECOND });
}
GST_END_TEST

GST_START_TEST (test_a_hole_between_bursts_is_one)
{
  Camera camera = { .n = 4, .rate = 25 };
  guint64 before;
  Stream stream;

  stream_start (&stream, NULL);
  push_untimed_caps (&stream);
  for (guint i = 0; i < 100; i++)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (stamp_of (&camera, i))));
  before = stream_count (&stream, "resets-gap");
  for (guint i = 108; i < 200; i++)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (stamp_of (&camera, i))));
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), before + 1);
  stream_stop (&stream);
}
GST_END_TEST

/* Times that were even, or uneven in another way, are not touched. */
GST_START_TEST (test_other_rhythms_keep_their_times)
{
  static const guint steps_ms[][6] = {
    { 40, 40, 40, 40, 40, 40 }, { 33, 34, 33, 33, 34, 33 },
    { 40, 40, 80, 40, 40, 40 }, /* a frame lost now and then */
    { 33, 50, 33, 50, 33, 50 }, /* film in 60 fields */
    { 33, 33, 33, 4, 4, 4 },    /* a clip slowed down now and then */
    { 28, 52, 41, 35, 47, 37 }, /* a trembling clock */
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps_ms); i++) {
    Stream stream;
    stream_start (&stream, NULL);
    push_untimed_caps (&stream);
    for (guint n = 0; n < 240; n++) {
      guint step = i == 4 ? steps_ms[i][n / 40] : steps_ms[i][n % 6];
      gst_buffer_unref (stream_push (&stream, stream_new_frame (stream.time)));
      fail_unless_equals_uint64 (script.frame.time_ns, stream.time);
      stream.time += step * GST_MSECOND;
    }
    fail_unless_equals_int (script.resets, 0);
    stream_stop (&stream);
  }
}
GST_END_TEST

static void
expect_restarts (Stream *stream, gboolean active)
{
  GstStructure *message = stream_pop_message (stream, "microexpr-warning");
  gboolean is_active;

  fail_unless (message != NULL, "no warning");
  fail_unless_equals_string (gst_structure_get_string (message, "reason"), "restarts");
  fail_unless_equals_string (gst_structure_get_string (message, "unit"), "1/min");
  fail_unless (gst_structure_get_boolean (message, "active", &is_active) && is_active == active);
  fail_unless_equals_float (get_double (message, "limit"), 18);
  fail_unless ((get_double (message, "value") > 18) == active);
  gst_structure_free (message);
}

GST_START_TEST (test_a_stream_of_holes_is_warned_of)
{
  Stream stream;

  stream_start (&stream, NULL);
  for (guint i = 0; i < 15; i++) { /* frames of one second, a hole of one */
    stream.time = 2 * i * GST_SECOND;
    stream_run_until (&stream, (2 * i + 1) * GST_SECOND);
  }
  expect_restarts (&stream, TRUE);
  fail_unless (stream_pop_message (&stream, "microexpr-warning") == NULL, "said twice");
  stream_run_until (&stream, 80 * GST_SECOND);
  expect_restarts (&stream, FALSE);
  fail_unless_equals_uint64 (stream_count (&stream, "warnings"), 1);
  stream_stop (&stream);
}
GST_END_TEST

/* A few frames at their pace between holes, as a lossy network lets through, are no bursts. */
GST_START_TEST (test_even_frames_between_holes_are_no_bursts)
{
  Stream stream;

  stream_start (&stream, NULL);
  for (guint i = 0; i < 30; i++) {
    stream.time = i * 600 * GST_MSECOND;
    stream_run_until (&stream, i * 600 * GST_MSECOND + 6 * FRAME);
    fail_unless_equals_uint64 (script.frame.time_ns, i * 600 * GST_MSECOND + 5 * FRAME);
  }
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), 29);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_hole_now_and_then_is_not_warned_of)
{
  Stream stream;

  stream_start (&stream, NULL);
  for (guint i = 0; i < 10; i++) {
    stream.time = 6 * i * GST_SECOND;
    stream_run_until (&stream, (6 * i + 5) * GST_SECOND);
  }
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), 9);
  fail_unless (stream_pop_message (&stream, "microexpr-warning") == NULL);
  stream_stop (&stream);
}
GST_END_TEST

/* Pushes frames of these caps and flags from `stream->time` on; the last one's own time. */
static GstClockTime
last_time (Stream *stream, const char *mode, guint flags, guint n)
{
  char *caps = g_strconcat (INTERLACED, mode, NULL);

  gst_harness_set_src_caps_str (stream->harness, caps);
  g_free (caps);
  for (guint i = 0; i < n; i++, stream->time += FRAME) {
    GstBuffer *buffer = stream_new_frame (stream->time);
    GST_BUFFER_FLAG_SET (buffer, flags);
    gst_buffer_unref (stream_push (stream, buffer));
  }
  return stream->time - FRAME;
}

GST_START_TEST (test_the_field_that_is_read_has_its_own_time)
{
  static const struct
  {
    const char *mode;
    guint flags;
    GstClockTime delay;
  } cases[] = {
    { "progressive", 0, 0 },
    { "interleaved", GST_VIDEO_BUFFER_FLAG_TFF, 0 },
    { "interleaved", 0, FRAME / 2 },
    { "interleaved,field-order=top-field-first", 0, 0 },
    { "interleaved,field-order=bottom-field-first", 0, FRAME / 2 },
    { "interleaved,field-order=bottom-field-first", GST_VIDEO_BUFFER_FLAG_TFF, FRAME / 2 },
    { "interleaved", GST_VIDEO_BUFFER_FLAG_ONEFIELD, 0 },
    { "interleaved", GST_VIDEO_BUFFER_FLAG_ONEFIELD | GST_VIDEO_BUFFER_FLAG_TFF, 0 },
    { "mixed", 0, 0 },
    { "mixed", GST_VIDEO_BUFFER_FLAG_INTERLACED, FRAME / 2 },
    { "mixed", GST_VIDEO_BUFFER_FLAG_INTERLACED | GST_VIDEO_BUFFER_FLAG_TFF, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstClockTime time;
    Stream stream;
    stream_start (&stream, NULL);
    time = last_time (&stream, cases[i].mode, cases[i].flags, 5);
    fail_unless_equals_uint64 (script.frame.time_ns, time + cases[i].delay);
    fail_unless_equals_int (script.resets, 0);
    stream_stop (&stream);
  }
}
GST_END_TEST

/* Rows of one field black, of the other white. */
static GstBuffer *
new_comb (GstClockTime time, guint black)
{
  GstBuffer *buffer = stream_new_frame (time);

  for (guint y = 1 - black; y < HEIGHT; y += 2)
    gst_buffer_memset (buffer, y * WIDTH, 255, WIDTH);
  return buffer;
}

GST_START_TEST (test_the_only_field_there_is_is_read)
{
  Stream stream;

  stream_start (&stream, NULL);
  gst_harness_set_src_caps_str (stream.harness, INTERLACED "interleaved");
  for (guint i = 0; i < 6; i++, stream.time += FRAME) {
    GstBuffer *buffer = new_comb (stream.time, i % 2);
    GST_BUFFER_FLAG_SET (
        buffer, GST_VIDEO_BUFFER_FLAG_ONEFIELD | (i % 2 ? 0 : GST_VIDEO_BUFFER_FLAG_TFF));
    gst_buffer_unref (stream_push (&stream, buffer));
    fail_unless_equals_uint64 (script.sum, 0);
  }
  fail_unless_equals_int (script.resets, 0);
  stream_stop (&stream);
}
GST_END_TEST

/* Counts the warnings of the element on the bus. */
static guint
count_warnings (Stream *stream)
{
  GstMessage *message;
  guint n = 0;

  while ((message = gst_bus_pop_filtered (stream->bus, GST_MESSAGE_WARNING))) {
    n++;
    gst_message_unref (message);
  }
  return n;
}

GST_START_TEST (test_frames_that_all_have_one_time_are_warned_of)
{
  Stream stream;

  stream_start (&stream, NULL);
  for (guint i = 0; i < 105; i++)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (0)));
  fail_unless_equals_int (count_warnings (&stream), 1);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-untimed"), 104);
  fail_unless_equals_uint64 (stream_count (&stream, "analysed"), 1);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_time_that_comes_twice_is_not_warned_of)
{
  Stream stream;

  stream_start (&stream, NULL);
  for (guint i = 0; i < 100; i++)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (i / 2 * FRAME)));
  fail_unless_equals_int (count_warnings (&stream), 0);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-untimed"), 50);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
times_suite (void)
{
  Suite *suite = suite_create ("times");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_frames_in_bursts_are_analysed_when_they_were_taken);
  tcase_add_test (tcase, test_a_hole_between_bursts_is_one);
  tcase_add_test (tcase, test_other_rhythms_keep_their_times);
  tcase_add_test (tcase, test_a_stream_of_holes_is_warned_of);
  tcase_add_test (tcase, test_even_frames_between_holes_are_no_bursts);
  tcase_add_test (tcase, test_a_hole_now_and_then_is_not_warned_of);
  tcase_add_test (tcase, test_the_field_that_is_read_has_its_own_time);
  tcase_add_test (tcase, test_the_only_field_there_is_is_read);
  tcase_add_test (tcase, test_frames_that_all_have_one_time_are_warned_of);
  tcase_add_test (tcase, test_a_time_that_comes_twice_is_not_warned_of);
  return suite;
}

GST_CHECK_MAIN (times)
