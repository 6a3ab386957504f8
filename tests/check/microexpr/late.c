/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A live stream that falls behind: the analysis is skipped until it has caught up, and only where
 * that helps. Frames come every 40 ms; the pipeline has 200 ms. */
#include "scripted-stream.h"

#include "microexpr/punctuality.h"

#define LATENCY (200 * GST_MSECOND)

/* A computer on which the analysis of a frame takes `cost`, and a source that waits. */
typedef struct
{
  GstMicroexprPunctuality p;
  GstClockTime cost;
  GstClockTime frame; /* running time of the next one */
  GstClockTime now;   /* of the clock, in running time */
  guint analysed, skipped;
  GstClockTimeDiff worst;
} Computer;

static void
computer_init (Computer *computer, GstClockTime cost)
{
  *computer = (Computer){ .cost = cost };
  gst_microexpr_punctuality_init (&computer->p);
}

/* n frames, which come `transit` after their time at the earliest. */
static void
computer_run (Computer *computer, guint n, GstClockTime transit)
{
  for (guint i = 0; i < n; i++, computer->frame += FRAME) {
    GstClockTimeDiff delay;

    computer->now = MAX (computer->now, computer->frame + transit);
    delay = GST_CLOCK_DIFF (computer->frame, computer->now);
    if (gst_microexpr_punctuality_is_late (&computer->p, computer->frame, delay, LATENCY)) {
      computer->skipped++;
    } else {
      computer->now += computer->cost;
      delay += computer->cost;
      gst_microexpr_punctuality_note (&computer->p, computer->cost, delay);
      computer->analysed++;
    }
    computer->worst = MAX (computer->worst, delay);
  }
}

GST_START_TEST (test_a_fast_computer_skips_nothing)
{
  Computer computer;

  computer_init (&computer, 5 * GST_MSECOND);
  computer_run (&computer, 1000, 30 * GST_MSECOND);
  fail_unless_equals_int (computer.skipped, 0);
}
GST_END_TEST

GST_START_TEST (test_delay_never_grows_on_a_slow_computer)
{
  const GstClockTime transit = 30 * GST_MSECOND;

  for (guint cost_ms = 45; cost_ms <= 395; cost_ms += 25) {
    GstClockTime least = MAX (LATENCY, transit + cost_ms * GST_MSECOND);
    Computer computer;

    computer_init (&computer, cost_ms * GST_MSECOND);
    computer_run (&computer, 5000, transit);
    fail_unless (computer.worst <= (GstClockTimeDiff)(least + FRAME), "%u ms: %" GST_STIME_FORMAT,
        cost_ms, GST_STIME_ARGS (computer.worst));
    /* and no more is skipped than there is no time for */
    fail_unless (
        computer.analysed > 5000 * 40 / cost_ms * 0.95, "%u ms: %u", cost_ms, computer.analysed);
  }
}
GST_END_TEST

GST_START_TEST (test_frames_that_the_network_held_back_are_analysed)
{
  Computer computer;

  computer_init (&computer, 5 * GST_MSECOND);
  computer_run (&computer, 100, 30 * GST_MSECOND);
  computer_run (&computer, 1, 2 * GST_SECOND);
  computer_run (&computer, 100, 30 * GST_MSECOND);
  fail_unless_equals_int (computer.skipped, 0);
}
GST_END_TEST

/* Stamped on arrival, 16 at a time: what takes 20 of the 40 ms between pictures catches up, though
 * stamps are 1 ms apart. */
GST_START_TEST (test_frames_in_bursts_are_analysed)
{
  Computer computer;

  computer_init (&computer, 20 * GST_MSECOND);
  for (guint burst = 1; burst <= 100; burst++)
    for (guint i = 0; i < 16; i++) {
      computer.frame = burst * 16 * FRAME + i * GST_MSECOND;
      computer_run (&computer, 1, 0);
    }
  fail_unless (computer.skipped <= 3 * 16, "%u", computer.skipped);
}
GST_END_TEST

GST_START_TEST (test_a_source_that_tells_too_little_latency_is_analysed)
{
  Computer computer;

  computer_init (&computer, 38 * GST_MSECOND);
  computer_run (&computer, 1000, GST_SECOND);
  fail_unless_equals_int (computer.skipped, 0);
  computer_run (&computer, 1000, 2 * GST_SECOND); /* and grows later: not our doing */
  fail_unless (computer.skipped <= 2 * GST_SECOND / FRAME, "%u", computer.skipped);
}
GST_END_TEST

/* Frames until `end`, `delay` after their time on the clock. */
static void
run_late (Stream *stream, GstClockTime end, GstClockTime delay)
{
  for (; stream->time < end; stream->time += FRAME) {
    GstBuffer *buffer;

    gst_harness_set_time (stream->harness, stream->time + delay);
    buffer = stream_push (stream, stream_new_frame (stream->time));
    fail_unless (buffer != NULL, "a buffer was dropped");
    gst_buffer_unref (buffer);
  }
}

static void
expect_warning (Stream *stream, gboolean active)
{
  GstStructure *message = stream_pop_message (stream, "microexpr-warning");
  gboolean is_active;

  fail_unless (message != NULL);
  fail_unless_equals_string (gst_structure_get_string (message, "reason"), "late");
  fail_unless (gst_structure_get_boolean (message, "active", &is_active) && is_active == active);
  fail_unless_equals_float (get_double (message, "limit"), 200.0);
  gst_structure_free (message);
  fail_unless (stream_pop_message (stream, "microexpr-warning") == NULL);
}

GST_START_TEST (test_late_frames_pass_without_being_analysed)
{
  GstStructure *stats;
  guint before;
  Stream stream;

  stream_start (&stream, NULL);
  script.busy_us = 45000; /* more than the interval */
  gst_harness_set_live (stream.harness, TRUE);
  gst_harness_push_upstream_event (stream.harness, gst_event_new_latency (LATENCY));
  run_late (&stream, 400 * GST_MSECOND, 50 * GST_MSECOND);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-late"), 0);
  before = script.frames;
  run_late (&stream, 600 * GST_MSECOND, 500 * GST_MSECOND);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-late"), 5);
  fail_unless_equals_int (script.frames, before);
  expect_warning (&stream, TRUE);
  script.busy_us = 0;
  stream.time = 1080 * GST_MSECOND; /* the test clock cannot go back */
  run_late (&stream, 4 * GST_SECOND, 50 * GST_MSECOND);
  expect_warning (&stream, FALSE);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-late"), 5);
  fail_unless_equals_uint64 (stream_count (&stream, "resets-gap"), 1);
  fail_unless_equals_uint64 (stream_count (&stream, "warnings"), 1);
  g_object_get (stream.element, "stats", &stats, NULL);
  fail_unless_equals_float (get_double (stats, "max-latency-ms"), 50.0);
  gst_structure_free (stats);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_the_warning_clears_after_a_flush)
{
  const GstClockTime begin = 3600 * GST_SECOND;
  GstSegment segment;
  Stream stream;

  stream_start (&stream, NULL);
  script.busy_us = 45000;
  gst_harness_set_live (stream.harness, TRUE);
  gst_harness_push_upstream_event (stream.harness, gst_event_new_latency (LATENCY));
  stream.time = begin;
  run_late (&stream, begin + 400 * GST_MSECOND, 50 * GST_MSECOND);
  run_late (&stream, begin + 600 * GST_MSECOND, 500 * GST_MSECOND);
  expect_warning (&stream, TRUE);
  gst_harness_push_event (stream.harness, gst_event_new_flush_start ());
  gst_harness_push_event (stream.harness, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  script.busy_us = 0;
  gst_element_set_base_time (
      stream.element, gst_clock_get_time (GST_ELEMENT_CLOCK (stream.element)));
  for (stream.time = 0; stream.time < 3 * GST_SECOND; stream.time += FRAME)
    gst_buffer_unref (stream_push (&stream, stream_new_frame (stream.time)));
  expect_warning (&stream, FALSE);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_without_a_sink_that_waits_a_second_is_late)
{
  Stream stream;

  stream_start (&stream, NULL);
  script.busy_us = 45000;
  gst_harness_set_live (stream.harness, TRUE);
  gst_harness_push_upstream_event (stream.harness, gst_event_new_latency (0));
  run_late (&stream, 200 * GST_MSECOND, 50 * GST_MSECOND);
  run_late (&stream, 400 * GST_MSECOND, 900 * GST_MSECOND);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-late"), 0);
  run_late (&stream, 600 * GST_MSECOND, 1100 * GST_MSECOND);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-late"), 5);
  stream_stop (&stream);
}
GST_END_TEST

/* Such a sink does not wait for the frames that are held. */
GST_START_TEST (test_without_a_sink_that_waits_holding_frames_costs_no_time)
{
  Stream stream;

  stream_start (&stream, "lookahead=1000000000");
  script.busy_us = 45000;
  gst_harness_set_live (stream.harness, TRUE);
  gst_harness_push_upstream_event (stream.harness, gst_event_new_latency (0));
  for (; stream.time < 400 * GST_MSECOND; stream.time += FRAME) {
    gst_harness_set_time (stream.harness, stream.time + 900 * GST_MSECOND);
    gst_harness_push (stream.harness, stream_new_frame (stream.time));
  }
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-late"), 0);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_recording_is_never_late)
{
  Stream stream;

  stream_start (&stream, NULL);
  script.busy_us = 45000;
  gst_harness_set_live (stream.harness, FALSE);
  gst_harness_push_upstream_event (stream.harness, gst_event_new_latency (LATENCY));
  run_late (&stream, 200 * GST_MSECOND, 50 * GST_MSECOND);
  run_late (&stream, 400 * GST_MSECOND, 5 * GST_SECOND);
  fail_unless_equals_uint64 (stream_count (&stream, "skipped-late"), 0);
  fail_unless_equals_int (script.frames, 10);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
late_suite (void)
{
  Suite *suite = suite_create ("late");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_a_fast_computer_skips_nothing);
  tcase_add_test (tcase, test_delay_never_grows_on_a_slow_computer);
  tcase_add_test (tcase, test_frames_that_the_network_held_back_are_analysed);
  tcase_add_test (tcase, test_frames_in_bursts_are_analysed);
  tcase_add_test (tcase, test_a_source_that_tells_too_little_latency_is_analysed);
  tcase_add_test (tcase, test_late_frames_pass_without_being_analysed);
  tcase_add_test (tcase, test_the_warning_clears_after_a_flush);
  tcase_add_test (tcase, test_without_a_sink_that_waits_a_second_is_late);
  tcase_add_test (tcase, test_without_a_sink_that_waits_holding_frames_costs_no_time);
  tcase_add_test (tcase, test_a_recording_is_never_late);
  return suite;
}

GST_CHECK_MAIN (late)
