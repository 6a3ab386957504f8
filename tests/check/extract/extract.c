/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprextract by itself, fed with buffers that carry given events: which format it chooses,
 * what it sends and when, what it lets pass. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gstmicroexprmeta.h"

#define FRAME (40 * GST_MSECOND)
#define VIDEO_CAPS "video/x-raw,format=GRAY8,width=64,height=48,framerate=25/1"
#define TEXT_CAPS "text/x-raw,format=utf8"

/* An event of 200 ms. (transfer full) */
static GstStructure *
new_event (guint64 id, GstClockTime onset)
{
  return gst_structure_new ("microexpr-event", "timestamp", G_TYPE_UINT64, onset, "running-time",
      G_TYPE_UINT64, onset, "onset", G_TYPE_UINT64, onset, "offset", G_TYPE_UINT64,
      onset + 200 * GST_MSECOND, "duration", G_TYPE_UINT64, 200 * GST_MSECOND, "id", G_TYPE_UINT64,
      id, "kind", G_TYPE_STRING, "micro", NULL);
}

/* Takes the events. NULL ends them. */
static GValue
new_list (GstStructure *event, ...)
{
  GValue list = G_VALUE_INIT, value = G_VALUE_INIT;
  va_list rest;

  g_value_init (&list, GST_TYPE_LIST);
  va_start (rest, event);
  for (; event; event = va_arg (rest, GstStructure *)) {
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, event);
    gst_value_list_append_and_take_value (&list, &value);
  }
  va_end (rest);
  return list;
}

static GstBuffer *
new_frame (GstClockTime time, GValue events)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 64 * 48, NULL);
  GValue faces = new_list (NULL, NULL);

  GST_BUFFER_PTS (buffer) = time;
  GST_BUFFER_DURATION (buffer) = FRAME;
  gst_microexpr_meta_attach (buffer, &events, &faces);
  return buffer;
}

static GstBuffer *
new_frame_with (GstClockTime time, GstStructure *event)
{
  return new_frame (time, new_list (event, NULL));
}

/* caps: what downstream takes; NULL: anything. */
static GstHarness *
start (const char *caps)
{
  GstHarness *h = gst_harness_new ("microexprextract");

  if (caps)
    gst_harness_set_sink_caps_str (h, caps);
  gst_harness_set_src_caps_str (h, VIDEO_CAPS);
  return h;
}

/* The text of the next buffer; NULL: there is none. With g_free(). */
static char *
pull_text (GstHarness *h)
{
  GstBuffer *buffer = gst_harness_try_pull (h);
  GstMapInfo map;
  char *text;

  if (!buffer)
    return NULL;
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  text = g_strndup ((const char *)map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  gst_buffer_unref (buffer);
  return text;
}

static void
assert_next_text (GstHarness *h, const char *begin)
{
  char *text = pull_text (h);

  fail_unless (text && g_str_has_prefix (text, begin), "%s instead of %s", text, begin);
  g_free (text);
}

/* The next event of that type that came downstream, or NULL. (transfer full) */
static GstEvent *
pull_event (GstHarness *h, GstEventType type)
{
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h)) && GST_EVENT_TYPE (event) != type)
    gst_event_unref (event);
  return event;
}

GST_START_TEST (test_downstream_chooses_the_format)
{
  static const struct
  {
    const char *takes, *gets, *begins;
  } cases[] = {
    { NULL, "application/x-ndjson", "{\"timestamp\":1000000000," },
    { "ANY", "application/x-ndjson", "{" },
    { "application/x-ndjson", "application/x-ndjson", "{" },
    { "text/csv", "text/csv", "id,source,face," },
    { TEXT_CAPS, "text/x-raw", "micro 200 ms" },
    { "text/x-raw, format={ pango-markup, utf8 }", "text/x-raw", "micro 200 ms" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstHarness *h = start (cases[i].takes);
    GstCaps *caps;

    gst_harness_push (h, new_frame_with (GST_SECOND, new_event (0, GST_SECOND)));
    caps = gst_pad_get_current_caps (h->sinkpad);
    fail_unless_equals_string (
        gst_structure_get_name (gst_caps_get_structure (caps, 0)), cases[i].gets);
    assert_next_text (h, cases[i].begins);
    gst_caps_unref (caps);
    gst_harness_teardown (h);
  }
}
GST_END_TEST

GST_START_TEST (test_downstream_that_takes_no_text_is_refused)
{
  GstHarness *h = start ("audio/x-raw");

  fail_unless_equals_int (gst_harness_push (h, new_frame_with (0, NULL)), GST_FLOW_NOT_NEGOTIATED);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_encoded_video_is_taken_too)
{
  GstHarness *h = gst_harness_new ("microexprextract");

  gst_harness_set_src_caps_str (h, "image/jpeg,width=64,height=48,framerate=25/1");
  gst_harness_push (h, new_frame_with (GST_SECOND, new_event (0, GST_SECOND)));
  assert_next_text (h, "{");
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_stream_is_sparse_and_of_its_own_name)
{
  GstHarness *h = start (NULL);
  GstEvent *event;
  GstStreamFlags flags;
  const gchar *id;

  gst_harness_push (h, new_frame_with (0, NULL));
  event = pull_event (h, GST_EVENT_STREAM_START);
  fail_unless (event != NULL);
  gst_event_parse_stream_flags (event, &flags);
  gst_event_parse_stream_start (event, &id);
  fail_unless (flags & GST_STREAM_FLAG_SPARSE);
  fail_unless (g_str_has_suffix (id, "/microexpr-events"));
  gst_event_unref (event);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_frame_without_event_becomes_a_gap)
{
  GstHarness *h = start (NULL);
  GstClockTime time, duration;
  GstEvent *gap;

  gst_harness_push (h, new_frame_with (2 * FRAME, NULL));
  fail_unless_equals_int (gst_harness_buffers_received (h), 0);
  gap = pull_event (h, GST_EVENT_GAP);
  fail_unless (gap != NULL, "nothing lets the pipeline preroll");
  gst_event_parse_gap (gap, &time, &duration);
  fail_unless_equals_uint64 (time, 2 * FRAME);
  fail_unless_equals_uint64 (duration, FRAME);
  gst_event_unref (gap);
  gst_harness_push (h, new_frame_with (3 * FRAME, new_event (0, 2 * FRAME)));
  fail_unless (pull_event (h, GST_EVENT_GAP) == NULL);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_lines_have_the_time_at_which_they_became_known)
{
  GstHarness *h = start (NULL);
  GstBuffer *line;

  gst_harness_push (h, new_frame_with (2 * GST_SECOND, new_event (0, GST_SECOND)));
  line = gst_harness_pull (h);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (line), 2 * GST_SECOND);
  gst_buffer_unref (line);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_labels_last_from_onset_to_offset)
{
  GstHarness *h = start (TEXT_CAPS);
  GstBuffer *label;

  gst_harness_push (h, new_frame_with (2 * GST_SECOND, new_event (0, GST_SECOND)));
  label = gst_harness_pull (h);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (label), GST_SECOND);
  fail_unless_equals_uint64 (GST_BUFFER_DURATION (label), 200 * GST_MSECOND);
  gst_buffer_unref (label);
  gst_harness_teardown (h);
}
GST_END_TEST

/* As x264enc does to have room for negative decoding times. */
GST_START_TEST (test_labels_follow_a_segment_that_an_encoder_moved)
{
  GstHarness *h = start (TEXT_CAPS);
  const GstClockTime moved = 1000 * 3600 * GST_SECOND;
  GstSegment segment;
  GstBuffer *label;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = moved;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  gst_harness_push (h, new_frame_with (moved + 2 * GST_SECOND, new_event (0, GST_SECOND)));
  label = gst_harness_pull (h);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (label), moved + GST_SECOND);
  gst_buffer_unref (label);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_labels_outside_the_segment_are_not_lost)
{
  GstHarness *h = start (TEXT_CAPS);
  GstStructure *early = new_event (0, 9 * GST_SECOND);
  GstSegment segment;
  GstBuffer *label;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = 10 * GST_SECOND;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  gst_structure_set (early, "running-time", G_TYPE_UINT64, GST_CLOCK_TIME_NONE, NULL);
  gst_harness_push (h, new_frame_with (11 * GST_SECOND, early));
  label = gst_harness_pull (h);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (label), 11 * GST_SECOND);
  fail_unless_equals_uint64 (GST_BUFFER_DURATION (label), 200 * GST_MSECOND);
  gst_buffer_unref (label);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_event_on_several_buffers_is_written_once)
{
  GstHarness *h = start (NULL);

  gst_harness_push (h, new_frame_with (1 * FRAME, new_event (4, FRAME)));
  gst_harness_push (
      h, new_frame (2 * FRAME, new_list (new_event (4, FRAME), new_event (3, 2 * FRAME), NULL)));
  gst_harness_push (
      h, new_frame (3 * FRAME, new_list (new_event (4, FRAME), new_event (3, 2 * FRAME), NULL)));
  fail_unless_equals_int (gst_harness_buffers_received (h), 2);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_equal_numbers_of_two_cameras_are_two_events)
{
  GstHarness *h = start (NULL);
  GstStructure *door = new_event (0, FRAME), *hall = new_event (0, FRAME);

  gst_structure_set (door, "source", G_TYPE_STRING, "door", NULL);
  gst_structure_set (hall, "source", G_TYPE_STRING, "hall", NULL);
  gst_harness_push (h, new_frame_with (FRAME, door));
  gst_harness_push (h, new_frame_with (FRAME, hall));
  fail_unless_equals_int (gst_harness_buffers_received (h), 2);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_events_known_only_at_the_end_are_written_before_it)
{
  GstHarness *h = start (NULL);
  GstStructure *rest = gst_structure_new_empty ("GstMicroexprMeta");
  GValue events = new_list (new_event (0, FRAME), new_event (1, FRAME), NULL);

  gst_structure_take_value (rest, "events", &events);
  gst_harness_push (h, new_frame_with (FRAME, new_event (0, FRAME)));
  gst_harness_push_event (h, gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, rest));
  gst_harness_push_event (h, gst_event_new_eos ());
  fail_unless_equals_int (gst_harness_buffers_received (h), 2);
  gst_buffer_unref (gst_harness_pull (h));
  assert_next_text (h, "{\"timestamp\":40000000,");
  gst_harness_teardown (h);
}
GST_END_TEST

/* A sink drops what does not lie inside. */
GST_START_TEST (test_lines_stay_inside_the_segment)
{
  GstHarness *h = start (NULL);
  GstStructure *rest = gst_structure_new_empty ("GstMicroexprMeta");
  GValue events = new_list (new_event (1, FRAME), NULL);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = 10 * FRAME;
  segment.stop = 12 * FRAME;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  gst_harness_push (h, new_frame_with (9 * FRAME, new_event (2, FRAME)));
  gst_harness_push (h, new_frame_with (11 * FRAME, new_event (3, FRAME)));
  gst_harness_push (h, new_frame_with (12 * FRAME, new_event (4, FRAME)));
  gst_structure_take_value (rest, "events", &events);
  gst_harness_push_event (h, gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, rest));
  fail_unless_equals_int (gst_harness_buffers_received (h), 4);
  for (guint i = 0; i < 4; i++) {
    GstBuffer *line = gst_harness_pull (h);
    fail_unless (GST_BUFFER_PTS (line) >= segment.start && GST_BUFFER_PTS (line) < segment.stop);
    gst_buffer_unref (line);
  }
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_events_of_others_pass)
{
  GstHarness *h = start (NULL);
  GstEvent *event;

  gst_harness_push (h, new_frame_with (0, NULL));
  gst_harness_push_event (h,
      gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, gst_structure_new_empty ("application")));
  event = pull_event (h, GST_EVENT_CUSTOM_DOWNSTREAM);
  fail_unless (event && gst_event_has_name (event, "application"));
  gst_event_unref (event);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_table_without_events_has_a_header)
{
  GstHarness *h = start ("text/csv");

  gst_harness_push_event (h, gst_event_new_eos ());
  assert_next_text (h, "id,source,");
  fail_unless (pull_text (h) == NULL);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_header_comes_once_even_after_a_seek)
{
  GstHarness *h = start ("text/csv");
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push (h, new_frame_with (FRAME, new_event (0, FRAME)));
  assert_next_text (h, "id,source,");
  assert_next_text (h, "0,,,micro,");
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  gst_harness_push (h, new_frame_with (FRAME, new_event (1, FRAME)));
  assert_next_text (h, "1,,,micro,");
  fail_unless (pull_text (h) == NULL);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_metadata_of_another_shape_is_passed_over)
{
  static const char *const shapes[] = { "GstMicroexprMeta;", "GstMicroexprMeta, events=(int)3;",
    "GstMicroexprMeta, events=(string){ a, b };" };
  GstHarness *h = start (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    gst_harness_push_event (h, gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
                                   gst_structure_from_string (shapes[i], NULL)));
  gst_harness_push (h, gst_buffer_new ());
  gst_harness_push (h, new_frame_with (FRAME, gst_structure_new_empty ("empty")));
  assert_next_text (h, "{}\n");
  fail_unless (pull_text (h) == NULL);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_tags_of_the_video_do_not_describe_the_text)
{
  GstHarness *h = start (NULL);
  GstTagList *tags =
      gst_tag_list_new (GST_TAG_VIDEO_CODEC, "H.264", GST_TAG_LANGUAGE_CODE, "en", NULL);

  gst_harness_push_event (h, gst_event_new_tag (tags));
  gst_harness_push (h, new_frame_with (0, NULL));
  fail_unless (pull_event (h, GST_EVENT_TAG) == NULL);
  tags = gst_tag_list_new (GST_TAG_TITLE, "interview", NULL);
  gst_tag_list_set_scope (tags, GST_TAG_SCOPE_GLOBAL);
  gst_harness_push_event (h, gst_event_new_tag (tags));
  gst_event_unref (pull_event (h, GST_EVENT_TAG));
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_a_late_line_does_not_slow_the_video)
{
  GstHarness *h = start (NULL);
  GstEvent *event;

  gst_harness_push (h, new_frame_with (0, NULL));
  gst_harness_push_upstream_event (
      h, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 2, GST_SECOND, GST_SECOND));
  while ((event = gst_harness_try_pull_upstream_event (h))) {
    fail_if (GST_EVENT_TYPE (event) == GST_EVENT_QOS);
    gst_event_unref (event);
  }
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_format_changes_when_downstream_does)
{
  GstHarness *h = start (NULL);

  gst_harness_push (h, new_frame_with (FRAME, new_event (0, FRAME)));
  assert_next_text (h, "{");
  gst_harness_set_sink_caps_str (h, "text/csv");
  gst_harness_push (h, new_frame_with (2 * FRAME, new_event (1, FRAME)));
  assert_next_text (h, "id,source,");
  assert_next_text (h, "1,,,micro,");
  gst_harness_teardown (h);
}
GST_END_TEST

/* Writes lines to a file until it is killed. */
static void
write_lines (const char *path)
{
  char *line =
      g_strdup_printf ("microexprextract ! filesink location=%s buffer-mode=unbuffered", path);
  GstHarness *h = gst_harness_new_parse (line);

  gst_harness_set_src_caps_str (h, VIDEO_CAPS);
  for (guint64 i = 0;; i++)
    gst_harness_push (h, new_frame_with (i * FRAME, new_event (i, i * FRAME)));
}

GST_START_TEST (test_a_killed_process_leaves_whole_lines)
{
  char *directory = g_dir_make_tmp ("microexpr-XXXXXX", NULL);
  char *path = g_build_filename (directory, "events.jsonl", NULL), *text;
  gsize length = 0;
  pid_t child = fork ();

  if (child == 0)
    write_lines (path);
  for (GStatBuf file = { 0 }; file.st_size < 200000; g_usleep (1000))
    g_stat (path, &file);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  fail_unless (g_file_get_contents (path, &text, &length, NULL));
  fail_unless (g_str_has_suffix (text, "}\n"), "ends in %s", text + length - 60);
  g_unlink (path);
  g_rmdir (directory);
  g_free (text);
  g_free (path);
  g_free (directory);
}
GST_END_TEST

static Suite *
extract_suite (void)
{
  Suite *suite = suite_create ("extract");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, gst_microexpr_meta_register, NULL);
  tcase_add_test (tcase, test_downstream_chooses_the_format);
  tcase_add_test (tcase, test_downstream_that_takes_no_text_is_refused);
  tcase_add_test (tcase, test_encoded_video_is_taken_too);
  tcase_add_test (tcase, test_stream_is_sparse_and_of_its_own_name);
  tcase_add_test (tcase, test_frame_without_event_becomes_a_gap);
  tcase_add_test (tcase, test_lines_have_the_time_at_which_they_became_known);
  tcase_add_test (tcase, test_labels_last_from_onset_to_offset);
  tcase_add_test (tcase, test_labels_follow_a_segment_that_an_encoder_moved);
  tcase_add_test (tcase, test_labels_outside_the_segment_are_not_lost);
  tcase_add_test (tcase, test_event_on_several_buffers_is_written_once);
  tcase_add_test (tcase, test_equal_numbers_of_two_cameras_are_two_events);
  tcase_add_test (tcase, test_events_known_only_at_the_end_are_written_before_it);
  tcase_add_test (tcase, test_lines_stay_inside_the_segment);
  tcase_add_test (tcase, test_events_of_others_pass);
  tcase_add_test (tcase, test_table_without_events_has_a_header);
  tcase_add_test (tcase, test_header_comes_once_even_after_a_seek);
  tcase_add_test (tcase, test_metadata_of_another_shape_is_passed_over);
  tcase_add_test (tcase, test_tags_of_the_video_do_not_describe_the_text);
  tcase_add_test (tcase, test_a_late_line_does_not_slow_the_video);
  tcase_add_test (tcase, test_format_changes_when_downstream_does);
  tcase_add_test (tcase, test_a_killed_process_leaves_whole_lines);
  return suite;
}

GST_CHECK_MAIN (extract)
