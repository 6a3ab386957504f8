/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The wall clock of events: from reference timestamps, and in a live pipeline. With a scripted
 * analysis. */
#include "scripted-stream.h"

/* The event of a stream that begins at this time of a clock; its own time jumps before the event is
 * concluded. */
static void
expect_utc (const char *reference, GstClockTime value, GstClockTime jump)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  GstCaps *caps = gst_caps_new_empty_simple (reference);
  GstStructure *message;
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, NULL);
  script.events = &event;
  script.n_events = 1;
  for (GstClockTime time = 0; time < GST_SECOND; time += FRAME) {
    buffer = stream_new_frame (time < 640 * GST_MSECOND ? time : time + jump);
    gst_buffer_add_reference_timestamp_meta (buffer, caps, value + time, GST_CLOCK_TIME_NONE);
    gst_buffer_unref (stream_push (&stream, buffer));
  }
  message = stream_pop_message (&stream, "microexpr-event");
  fail_unless_equals_string (
      gst_structure_get_string (message, "utc"), "2023-11-14T22:13:20.650000Z");
  gst_structure_free (message);
  gst_caps_unref (caps);
  stream_stop (&stream);
}

GST_START_TEST (test_wall_clock_comes_from_reference_timestamps)
{
  GstClockTime unix_time = 1700000000 * GST_SECOND + 250 * GST_MSECOND;

  expect_utc ("timestamp/x-unix", unix_time, 0);
  expect_utc ("timestamp/x-ntp", unix_time + G_GUINT64_CONSTANT (2208988800) * GST_SECOND, 0);
  expect_utc ("timestamp/x-unix", unix_time, 3600 * GST_SECOND);
}
GST_END_TEST

GST_START_TEST (test_wall_clock_of_a_live_pipeline)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  GstStructure *message;
  GDateTime *utc, *now;
  Stream stream;

  stream_start (&stream, NULL);
  gst_harness_set_live (stream.harness, TRUE);
  gst_harness_use_systemclock (stream.harness);
  gst_element_set_base_time (
      stream.element, gst_clock_get_time (GST_ELEMENT_CLOCK (stream.element)));
  script.events = &event;
  script.n_events = 1;
  stream_run_until (&stream, GST_SECOND);
  message = stream_pop_message (&stream, "microexpr-event");
  fail_unless (gst_structure_has_field (message, "utc"));
  utc = g_date_time_new_from_iso8601 (gst_structure_get_string (message, "utc"), NULL);
  now = g_date_time_new_now_utc ();
  fail_unless (utc && ABS (g_date_time_difference (utc, now)) < 60 * G_TIME_SPAN_SECOND);
  g_date_time_unref (utc);
  g_date_time_unref (now);
  gst_structure_free (message);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
wallclock_suite (void)
{
  Suite *suite = suite_create ("wallclock");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_wall_clock_comes_from_reference_timestamps);
  tcase_add_test (tcase, test_wall_clock_of_a_live_pipeline);
  return suite;
}

GST_CHECK_MAIN (wallclock)
