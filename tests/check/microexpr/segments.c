/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events at the borders of segments: none is lost or late at the end of one, and each has the
 * running time of the segment in which it happened. With a scripted analysis; frames come every
 * 40 ms, an event lasts 200 ms. */
#include "check/microexpr/scripted-stream.h"

#define ONSET (400 * GST_MSECOND)

static void
start (Stream *stream)
{
  static MeEvent event;

  stream_start (stream, NULL);
  event = stream_event (ONSET);
  script.events = &event;
  script.n_events = 1;
}

/* Frames from `time` on come in a segment from `start` on, at this stream time and running time. */
static void
go_on (Stream *stream, GstClockTime start, GstClockTime stream_time, GstClockTime base)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = start;
  segment.time = stream_time;
  segment.base = base;
  fail_unless (gst_harness_push_event (stream->harness, gst_event_new_segment (&segment)));
}

static void
expect_event (Stream *stream, GstClockTime stream_time, GstClockTime running_time)
{
  GstStructure *message = stream_pop_message (stream, "microexpr-event");

  fail_unless (message != NULL, "the event was lost");
  fail_unless_equals_uint64 (get_uint64 (message, "stream-time"), stream_time);
  fail_unless_equals_uint64 (get_uint64 (message, "running-time"), running_time);
  gst_structure_free (message);
}

GST_START_TEST (test_end_of_a_segment_concludes)
{
  const GValue *events;
  GstEvent *event;
  Stream stream;

  start (&stream);
  stream_run_until (&stream, 640 * GST_MSECOND); /* over, but not concluded yet */
  fail_unless (stream_pop_message (&stream, "microexpr-event") == NULL);
  gst_harness_push_event (
      stream.harness, gst_event_new_segment_done (GST_FORMAT_TIME, 640 * GST_MSECOND));
  expect_event (&stream, ONSET, ONSET);
  while ((event = gst_harness_pull_event (stream.harness)) &&
         GST_EVENT_TYPE (event) != GST_EVENT_CUSTOM_DOWNSTREAM)
    gst_event_unref (event);
  events = gst_structure_get_value (gst_event_get_structure (event), "events");
  fail_unless_equals_int (gst_value_list_get_size (events), 1);
  gst_event_unref (event);
  event = gst_harness_pull_event (stream.harness);
  fail_unless_equals_int (GST_EVENT_TYPE (event), GST_EVENT_SEGMENT_DONE);
  gst_event_unref (event);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_loop_of_segments_keeps_the_faces)
{
  Stream stream;

  start (&stream);
  for (guint round = 0; round < 3; round++) {
    stream.time = 0;
    stream_run_until (&stream, GST_SECOND);
    gst_harness_push_event (
        stream.harness, gst_event_new_segment_done (GST_FORMAT_TIME, GST_SECOND));
    go_on (&stream, 0, 0, (round + 1) * GST_SECOND);
  }
  fail_unless_equals_int (script.resets, script.resets_keeping_faces);
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), 0);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_seek_after_the_end_of_a_segment_shows_other_people)
{
  Stream stream;

  start (&stream);
  stream_run_until (&stream, GST_SECOND);
  gst_harness_push_event (stream.harness, gst_event_new_segment_done (GST_FORMAT_TIME, GST_SECOND));
  go_on (&stream, 10 * GST_SECOND, 10 * GST_SECOND, GST_SECOND);
  fail_unless_equals_int (script.resets, script.resets_keeping_faces + 1);
  fail_unless_equals_uint64 (stream_count (&stream, "resets-seek"), 1);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_loop_without_a_gap_has_the_running_time_of_its_round)
{
  Stream stream;

  start (&stream);
  stream_run_until (&stream, 640 * GST_MSECOND);
  go_on (&stream, 0, 0, 640 * GST_MSECOND);
  gst_buffer_unref (stream_push (&stream, stream_new_frame (0)));
  expect_event (&stream, ONSET, ONSET);
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), 1);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_new_base_is_not_that_of_events_before_it)
{
  Stream stream;

  start (&stream);
  stream_run_until (&stream, 640 * GST_MSECOND);
  go_on (&stream, 0, 0, 5 * GST_SECOND);
  stream_run_until (&stream, GST_SECOND);
  expect_event (&stream, ONSET, ONSET);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_an_event_after_a_new_base_has_it)
{
  Stream stream;

  start (&stream);
  stream_run_until (&stream, 320 * GST_MSECOND);
  go_on (&stream, 0, 0, 5 * GST_SECOND);
  stream_run_until (&stream, GST_SECOND);
  expect_event (&stream, ONSET, 5 * GST_SECOND + ONSET);
  stream_stop (&stream);
}
GST_END_TEST

/* matroskademux: the segment of a file whose first frame is at 23 ms comes twice, the second time
 * from 0 on, after a frame has left. */
GST_START_TEST (test_a_segment_that_is_corrected_is_no_seek)
{
  Stream stream;

  start (&stream);
  go_on (&stream, 23 * GST_MSECOND, 0, 0);
  gst_buffer_unref (stream_push (&stream, stream_new_frame (23 * GST_MSECOND)));
  go_on (&stream, 0, 0, 0);
  for (stream.time = 63 * GST_MSECOND; stream.time < GST_SECOND; stream.time += FRAME)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (stream.time)));
  fail_unless_equals_int (script.resets, 0);
  expect_event (&stream, ONSET, ONSET);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_seek_back_is_one)
{
  Stream stream;

  start (&stream);
  go_on (&stream, 10 * GST_SECOND, 10 * GST_SECOND, 0);
  stream.time = 10 * GST_SECOND;
  stream_run_until (&stream, 11 * GST_SECOND);
  go_on (&stream, 2 * GST_SECOND, 2 * GST_SECOND, GST_SECOND);
  fail_unless_equals_uint64 (stream_count (&stream, "resets-seek"), 1);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
segments_suite (void)
{
  Suite *suite = suite_create ("segments");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_end_of_a_segment_concludes);
  tcase_add_test (tcase, test_a_loop_of_segments_keeps_the_faces);
  tcase_add_test (tcase, test_a_seek_after_the_end_of_a_segment_shows_other_people);
  tcase_add_test (tcase, test_a_loop_without_a_gap_has_the_running_time_of_its_round);
  tcase_add_test (tcase, test_a_new_base_is_not_that_of_events_before_it);
  tcase_add_test (tcase, test_an_event_after_a_new_base_has_it);
  tcase_add_test (tcase, test_a_segment_that_is_corrected_is_no_seek);
  tcase_add_test (tcase, test_a_seek_back_is_one);
  return suite;
}

GST_CHECK_MAIN (segments)
