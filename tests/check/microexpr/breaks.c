/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where measuring must start anew, and where it must not: with a scripted analysis that lets no
 * event span a reset. An event lasts 200 ms; frames come every 40 ms. */
#include "scripted-stream.h"

static const MeEvent *
one_event (GstClockTime onset)
{
  static MeEvent event;

  event = stream_event (onset);
  script.events = &event;
  script.n_events = 1;
  return &event;
}

static void
expect_event (Stream *stream)
{
  GstStructure *message = stream_pop_message (stream, "microexpr-event");

  fail_unless (message != NULL, "the event was lost");
  gst_structure_free (message);
}

static void
expect_no_event (Stream *stream)
{
  fail_unless (stream_pop_message (stream, "microexpr-event") == NULL, "an event out of nothing");
}

/* How many of the counters resets-* have counted; the one that is named must be all of them. */
static void
expect_one_reset (Stream *stream, const char *counter)
{
  static const char *const counters[] = { "resets-gap", "resets-seek", "resets-caps",
    "resets-flush" };

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    fail_unless_equals_uint64 (
        stream_count (stream, counters[i]), g_strcmp0 (counters[i], counter) == 0 ? 1 : 0);
}

GST_START_TEST (test_no_event_spans_a_hole)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 440 * GST_MSECOND);
  stream.time = 560 * GST_MSECOND + 40 * GST_MSECOND; /* 160 ms after the last one: more than 120 */
  stream_run_until (&stream, 1200 * GST_MSECOND);
  expect_no_event (&stream);
  expect_one_reset (&stream, "resets-gap");
  fail_unless_equals_int (script.resets_keeping_faces, 1);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_lost_frame_or_two_is_no_hole)
{
  Stream stream;
  GstBuffer *buffer;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 480 * GST_MSECOND);
  stream.time = 560 * GST_MSECOND; /* 120 ms after the last one */
  buffer = stream_new_frame (stream.time);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  gst_buffer_unref (stream_push (&stream, buffer));
  stream.time += FRAME;
  stream_run_until (&stream, 1200 * GST_MSECOND);
  expect_event (&stream);
  expect_one_reset (&stream, NULL);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_slow_stream_is_not_one_long_hole)
{
  Stream stream;

  stream_start (&stream, NULL);
  gst_harness_set_src_caps_str (
      stream.harness, "video/x-raw,format=GRAY8,width=64,height=48,framerate=0/1");
  for (guint i = 0; i < 20; i++)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (i * 300 * GST_MSECOND)));
  expect_one_reset (&stream, NULL);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_finished_event_survives_the_hole_after_it)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 640 * GST_MSECOND); /* over, but not concluded yet */
  expect_no_event (&stream);
  stream.time = 2 * GST_SECOND;
  stream_run_until (&stream, 2 * GST_SECOND + FRAME);
  expect_event (&stream);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_gap_event_concludes_at_once)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 640 * GST_MSECOND);
  gst_harness_push_event (stream.harness, gst_event_new_gap (640 * GST_MSECOND, FRAME));
  expect_one_reset (&stream, NULL);
  gst_harness_push_event (stream.harness, gst_event_new_gap (680 * GST_MSECOND, GST_SECOND));
  expect_one_reset (&stream, "resets-gap");
  expect_event (&stream);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_time_that_goes_back_starts_anew)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 520 * GST_MSECOND);
  stream.time = 440 * GST_MSECOND;
  stream_run_until (&stream, 1200 * GST_MSECOND);
  expect_no_event (&stream);
  expect_one_reset (&stream, "resets-gap");
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_repeated_time_is_passed_over)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 520 * GST_MSECOND);
  gst_buffer_unref (stream_push (&stream, stream_new_frame (480 * GST_MSECOND)));
  fail_unless_equals_int (script.frames, 13);
  stream_run_until (&stream, 1200 * GST_MSECOND);
  expect_event (&stream);
  expect_one_reset (&stream, NULL);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_flush_reports_what_was_over_and_no_more)
{
  GstSegment segment;
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 640 * GST_MSECOND);
  gst_harness_push_event (stream.harness, gst_event_new_flush_start ());
  gst_harness_push_event (stream.harness, gst_event_new_flush_stop (TRUE));
  expect_event (&stream);
  expect_one_reset (&stream, "resets-flush");
  fail_unless_equals_int (script.resets_keeping_faces, 0);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  stream.time = 0;
  stream_run_until (&stream, GST_SECOND);
  expect_one_reset (&stream, "resets-flush");
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_event_numbers_go_on_after_a_flush)
{
  MeEvent events[] = { stream_event (400 * GST_MSECOND), stream_event (1400 * GST_MSECOND) };
  GstStructure *message;
  GstSegment segment;
  Stream stream;

  stream_start (&stream, NULL);
  script.events = events;
  script.n_events = 2;
  stream_run_until (&stream, GST_SECOND);
  expect_event (&stream);
  gst_harness_push_event (stream.harness, gst_event_new_flush_start ());
  gst_harness_push_event (stream.harness, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  stream_run_until (&stream, 2 * GST_SECOND);
  message = stream_pop_message (&stream, "microexpr-event");
  fail_unless_equals_uint64 (get_uint64 (message, "id"), 1);
  gst_structure_free (message);
  stream_stop (&stream);
}
GST_END_TEST

/* As after a seek without a flush, when the first second was over. */
static void
go_on_from (Stream *stream, GstClockTime time)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = time;
  segment.base = GST_SECOND;
  gst_harness_push_event (stream->harness, gst_event_new_segment (&segment));
}

GST_START_TEST (test_seek_without_flush_starts_anew)
{
  Stream stream;

  stream_start (&stream, NULL);
  stream_run_until (&stream, GST_SECOND);
  go_on_from (&stream, 10 * GST_SECOND);
  stream.time = 10 * GST_SECOND;
  stream_run_until (&stream, 11 * GST_SECOND);
  expect_one_reset (&stream, "resets-seek");
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_another_stream_shows_other_people)
{
  Stream stream;

  stream_start (&stream, NULL);
  stream_run_until (&stream, GST_SECOND);
  gst_harness_push_event (stream.harness, gst_event_new_stream_start ("second"));
  expect_one_reset (&stream, "resets-seek");
  fail_unless_equals_int (script.resets_keeping_faces, 0);
  gst_harness_push_event (stream.harness, gst_event_new_stream_start ("second"));
  expect_one_reset (&stream, "resets-seek");
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_segment_that_only_has_a_new_base_changes_nothing)
{
  GstSegment segment;
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 520 * GST_MSECOND);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = 5 * GST_SECOND;
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  stream_run_until (&stream, GST_SECOND);
  expect_event (&stream);
  expect_one_reset (&stream, NULL);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_another_size_starts_anew)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 32 * 32, NULL);
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 640 * GST_MSECOND);
  gst_harness_set_src_caps_str (
      stream.harness, "video/x-raw,format=GRAY8,width=32,height=32,framerate=25/1");
  expect_event (&stream);
  expect_one_reset (&stream, "resets-caps");
  GST_BUFFER_PTS (buffer) = stream.time;
  gst_buffer_unref (stream_push (&stream, buffer));
  fail_unless_equals_int (script.frame.width, 32);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_another_frame_rate_alone_changes_nothing)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 520 * GST_MSECOND);
  gst_harness_set_src_caps_str (
      stream.harness, "video/x-raw,format=GRAY8,width=64,height=48,framerate=30/1");
  stream_run_until (&stream, GST_SECOND);
  expect_event (&stream);
  expect_one_reset (&stream, NULL);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_another_frame_rate_counts_from_the_caps_on)
{
  Stream stream;

  stream_start (&stream, NULL);
  stream_run_until (&stream, 800 * GST_MSECOND);
  gst_harness_set_src_caps_str (
      stream.harness, "video/x-raw,format=GRAY8,width=64,height=48,framerate=5/1");
  for (; stream.time < 4 * GST_SECOND; stream.time += 200 * GST_MSECOND)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (stream.time)));
  expect_one_reset (&stream, NULL);
  stream_stop (&stream);
}
GST_END_TEST

/* A frame of which 40 x 30 pixels from (10, 6) on are seen. */
static GstBuffer *
new_cropped_frame (GstClockTime time)
{
  GstBuffer *buffer = stream_new_frame (time);
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (buffer);

  crop->x = 10;
  crop->y = 6;
  crop->width = 40;
  crop->height = 30;
  return buffer;
}

GST_START_TEST (test_another_crop_rectangle_after_a_hole_shows_other_faces)
{
  Stream stream;

  stream_start (&stream, NULL);
  stream_run_until (&stream, 400 * GST_MSECOND);
  gst_buffer_unref (stream_push (&stream, new_cropped_frame (2 * GST_SECOND)));
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), 1);
  fail_unless_equals_uint64 (stream_count (&stream, "resets-caps"), 1);
  fail_unless_equals_int (script.resets, script.resets_keeping_faces + 1);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_another_crop_rectangle_starts_anew)
{
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, NULL);
  stream_run_until (&stream, 400 * GST_MSECOND);
  buffer = stream_push (&stream, new_cropped_frame (400 * GST_MSECOND));
  expect_one_reset (&stream, "resets-caps");
  fail_unless_equals_int (script.frame.width, 40);
  fail_unless_equals_int (script.frame.height, 30);
  fail_unless_equals_int (get_uint (buffer_item (buffer, "faces", 0), "x"), 10);
  fail_unless_equals_int (get_uint (buffer_item (buffer, "faces", 0), "y"), 14);
  gst_buffer_unref (buffer);
  stream_stop (&stream);
}
GST_END_TEST

/* Does the meta say that nobody has looked? It says of which size the picture is. */
static gboolean
is_unseen (GstBuffer *buffer)
{
  const GstStructure *s =
      gst_custom_meta_get_structure (gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta"));

  fail_unless_equals_int (get_uint (s, "width"), WIDTH);
  fail_unless_equals_int (get_uint (s, "height"), HEIGHT);
  return gst_structure_has_field (s, "unseen");
}

GST_START_TEST (test_damaged_frames_are_not_analysed)
{
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 480 * GST_MSECOND);
  buffer = stream_new_frame (stream.time);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_CORRUPTED);
  buffer = stream_push (&stream, buffer);
  fail_unless (buffer_item (buffer, "faces", 0) == NULL);
  fail_unless (is_unseen (buffer));
  gst_buffer_unref (buffer);
  fail_unless_equals_int (script.frames, 12);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-corrupt"), 1);
  fail_unless_equals_uint64 (stream_count (&stream, "frames"), 13);
  fail_unless_equals_uint64 (stream_count (&stream, "analysed"), 12);
  stream.time += FRAME;
  buffer = stream_push (&stream, stream_new_frame (stream.time));
  fail_if (is_unseen (buffer));
  gst_buffer_unref (buffer);
  stream.time += FRAME;
  stream_run_until (&stream, GST_SECOND);
  expect_event (&stream);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_frame_that_is_too_short_passes)
{
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 480 * GST_MSECOND);
  buffer = stream_new_frame (stream.time);
  gst_buffer_set_size (buffer, WIDTH * HEIGHT / 2);
  buffer = stream_push (&stream, buffer);
  fail_unless (buffer_item (buffer, "faces", 0) == NULL);
  gst_buffer_unref (buffer);
  fail_unless_equals_int (script.frames, 12);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-corrupt"), 1);
  stream.time += FRAME;
  stream_run_until (&stream, GST_SECOND);
  expect_event (&stream);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_stream_that_cannot_be_read_is_an_error)
{
  GstBuffer *buffer = stream_new_frame (0);
  Stream stream;

  stream_start (&stream, NULL);
  gst_buffer_set_size (buffer, WIDTH * HEIGHT / 2);
  fail_unless_equals_int (gst_harness_push (stream.harness, buffer), GST_FLOW_ERROR);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_no_time_is_known_in_another_stream)
{
  Stream stream;

  stream_start (&stream, NULL);
  stream_run_until (&stream, GST_SECOND);
  go_on_from (&stream, 10 * GST_SECOND);
  gst_buffer_unref (stream_push (&stream, stream_new_frame (GST_CLOCK_TIME_NONE)));
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-untimed"), 1);
  gst_buffer_unref (stream_push (&stream, stream_new_frame (10 * GST_SECOND)));
  gst_harness_push_event (stream.harness, gst_event_new_stream_start ("second"));
  gst_buffer_unref (stream_push (&stream, stream_new_frame (GST_CLOCK_TIME_NONE)));
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-untimed"), 2);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_frames_without_time_follow_the_one_before)
{
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, NULL);
  buffer = stream_new_frame (GST_CLOCK_TIME_NONE);
  gst_buffer_unref (stream_push (&stream, buffer));
  fail_unless_equals_int (script.frames, 0);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-untimed"), 1);
  gst_buffer_unref (stream_push (&stream, stream_new_frame (GST_SECOND)));
  gst_buffer_unref (stream_push (&stream, stream_new_frame (GST_CLOCK_TIME_NONE)));
  fail_unless_equals_int (script.frames, 2);
  fail_unless_equals_uint64 (script.frame.time_ns, GST_SECOND + FRAME);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_nothing_is_measured_in_reverse)
{
  GstSegment segment;
  Stream stream;

  stream_start (&stream, NULL);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = -1;
  segment.stop = GST_SECOND;
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  gst_buffer_unref (stream_push (&stream, stream_new_frame (900 * GST_MSECOND)));
  gst_buffer_unref (stream_push (&stream, stream_new_frame (860 * GST_MSECOND)));
  fail_unless_equals_int (script.frames, 0);
  stream_stop (&stream);
}
GST_END_TEST

static GstEvent *
pull_downstream_event (Stream *stream, GstEventType type)
{
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (stream->harness))) {
    if (GST_EVENT_TYPE (event) == type)
      return event;
    gst_event_unref (event);
  }
  return NULL;
}

GST_START_TEST (test_event_at_the_end_is_reported_before_eos)
{
  const GValue *events;
  GstEvent *event;
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 640 * GST_MSECOND);
  gst_harness_push_event (stream.harness, gst_event_new_eos ());
  expect_event (&stream);
  expect_one_reset (&stream, NULL);
  event = pull_downstream_event (&stream, GST_EVENT_CUSTOM_DOWNSTREAM);
  fail_unless (event && gst_event_has_name (event, "GstMicroexprMeta"));
  events = gst_structure_get_value (gst_event_get_structure (event), "events");
  fail_unless_equals_int (gst_value_list_get_size (events), 1);
  gst_event_unref (event);
  event = pull_downstream_event (&stream, GST_EVENT_EOS);
  fail_unless (event != NULL);
  gst_event_unref (event);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_flush_after_the_end_forgets_the_faces)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 640 * GST_MSECOND);
  gst_harness_push_event (stream.harness, gst_event_new_eos ());
  fail_unless_equals_uint64 (stream_count (&stream, "events"), 1);
  fail_unless_equals_int (script.resets_keeping_faces, 1);
  gst_harness_push_event (stream.harness, gst_event_new_flush_start ());
  gst_harness_push_event (stream.harness, gst_event_new_flush_stop (TRUE));
  fail_unless_equals_int (script.resets, 2);
  fail_unless_equals_int (script.resets_keeping_faces, 1);
  expect_one_reset (&stream, "resets-flush");
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_event_is_reported_when_stopped_without_eos)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, 640 * GST_MSECOND);
  gst_element_set_state (stream.element, GST_STATE_READY);
  expect_event (&stream);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_stream_after_ready_starts_from_zero)
{
  Stream stream;

  stream_start (&stream, NULL);
  one_event (400 * GST_MSECOND);
  stream_run_until (&stream, GST_SECOND);
  gst_element_set_state (stream.element, GST_STATE_READY);
  fail_unless_equals_uint64 (stream_count (&stream, "frames"), 25);
  gst_element_set_state (stream.element, GST_STATE_PLAYING);
  fail_unless_equals_uint64 (stream_count (&stream, "frames"), 0);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
breaks_suite (void)
{
  Suite *suite = suite_create ("breaks");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_no_event_spans_a_hole);
  tcase_add_test (tcase, test_a_lost_frame_or_two_is_no_hole);
  tcase_add_test (tcase, test_a_slow_stream_is_not_one_long_hole);
  tcase_add_test (tcase, test_a_finished_event_survives_the_hole_after_it);
  tcase_add_test (tcase, test_gap_event_concludes_at_once);
  tcase_add_test (tcase, test_time_that_goes_back_starts_anew);
  tcase_add_test (tcase, test_a_repeated_time_is_passed_over);
  tcase_add_test (tcase, test_flush_reports_what_was_over_and_no_more);
  tcase_add_test (tcase, test_event_numbers_go_on_after_a_flush);
  tcase_add_test (tcase, test_seek_without_flush_starts_anew);
  tcase_add_test (tcase, test_another_stream_shows_other_people);
  tcase_add_test (tcase, test_segment_that_only_has_a_new_base_changes_nothing);
  tcase_add_test (tcase, test_another_size_starts_anew);
  tcase_add_test (tcase, test_another_frame_rate_alone_changes_nothing);
  tcase_add_test (tcase, test_another_frame_rate_counts_from_the_caps_on);
  tcase_add_test (tcase, test_another_crop_rectangle_after_a_hole_shows_other_faces);
  tcase_add_test (tcase, test_another_crop_rectangle_starts_anew);
  tcase_add_test (tcase, test_a_frame_that_is_too_short_passes);
  tcase_add_test (tcase, test_a_stream_that_cannot_be_read_is_an_error);
  tcase_add_test (tcase, test_no_time_is_known_in_another_stream);
  tcase_add_test (tcase, test_damaged_frames_are_not_analysed);
  tcase_add_test (tcase, test_frames_without_time_follow_the_one_before);
  tcase_add_test (tcase, test_nothing_is_measured_in_reverse);
  tcase_add_test (tcase, test_event_at_the_end_is_reported_before_eos);
  tcase_add_test (tcase, test_flush_after_the_end_forgets_the_faces);
  tcase_add_test (tcase, test_event_is_reported_when_stopped_without_eos);
  tcase_add_test (tcase, test_a_stream_after_ready_starts_from_zero);
  return suite;
}

GST_CHECK_MAIN (breaks)
