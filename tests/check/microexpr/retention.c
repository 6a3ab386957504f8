/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events stay on the buffers after the first one that carries them, and no longer; those that no
 * buffer can carry are sent in a downstream event. With a scripted analysis. */
#include "scripted-stream.h"

#include <gst/video/video-sei.h>

/* Which events a buffer carries, in order: "01", "". With g_free(). */
static char *
ids_on (GstBuffer *buffer)
{
  GString *ids = g_string_new (NULL);
  const GstStructure *event;

  for (guint i = 0; (event = buffer_item (buffer, "events", i)); i++)
    g_string_append_printf (ids, "%" G_GUINT64_FORMAT, get_uint64 (event, "id"));
  return g_string_free (ids, FALSE);
}

/* So that they survive an element that lets one frame a second pass. */
GST_START_TEST (test_events_stay_on_the_buffers_of_more_than_a_second)
{
  MeEvent events[] = { stream_event (400 * GST_MSECOND), stream_event (440 * GST_MSECOND) };
  Stream stream;

  stream_start (&stream, NULL);
  script.events = events;
  script.n_events = 2;
  for (; stream.time < 3 * GST_SECOND; stream.time += FRAME) {
    /* Known 100 ms after their offsets, with the frames at 720 and 760 ms. */
    gboolean has_0 = 720 * GST_MSECOND <= stream.time && stream.time <= 1920 * GST_MSECOND;
    gboolean has_1 = 760 * GST_MSECOND <= stream.time && stream.time <= 1960 * GST_MSECOND;
    GstBuffer *buffer = stream_push (&stream, stream_new_frame (stream.time));
    char *ids = ids_on (buffer);

    fail_unless_equals_string (ids, has_0 && has_1 ? "01" : has_0 ? "0" : has_1 ? "1" : "");
    g_free (ids);
    gst_buffer_unref (buffer);
  }
  stream_stop (&stream);
}
GST_END_TEST

/* Of the user data that inserters write into the stream, an event needs only one. */
GST_START_TEST (test_user_data_comes_once_and_when_asked_for)
{
  static const char *const properties[] = { NULL, "sei=true" };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++) {
    MeEvent event = stream_event (400 * GST_MSECOND);
    guint n = 0;
    Stream stream;

    stream_start (&stream, properties[i]);
    script.events = &event;
    script.n_events = 1;
    for (; stream.time < 2 * GST_SECOND; stream.time += FRAME) {
      GstBuffer *buffer = stream_push (&stream, stream_new_frame (stream.time));

      n += gst_buffer_get_n_meta (buffer, GST_VIDEO_SEI_USER_DATA_UNREGISTERED_META_API_TYPE);
      gst_buffer_unref (buffer);
    }
    fail_unless_equals_int (n, i);
    stream_stop (&stream);
  }
}
GST_END_TEST

/* Events in the downstream events named GstMicroexprMeta that have come out. */
static guint
count_sent (Stream *stream)
{
  GstEvent *pulled;
  guint n = 0;

  while ((pulled = gst_harness_try_pull_event (stream->harness))) {
    if (GST_EVENT_TYPE (pulled) == GST_EVENT_CUSTOM_DOWNSTREAM)
      n += gst_value_list_get_size (
          gst_structure_get_value (gst_event_get_structure (pulled), "events"));
    gst_event_unref (pulled);
  }
  return n;
}

/* Seeks: a downstream event brings the event before the first buffer of the new place, which does
 * not carry it. */
static void
expect_one_event_before_a_seek (Stream *stream)
{
  GstSegment segment;
  GstBuffer *buffer;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = 10 * GST_SECOND;
  gst_harness_push_event (stream->harness, gst_event_new_segment (&segment));
  buffer = stream_push (stream, stream_new_frame (10 * GST_SECOND));
  fail_unless (buffer_item (buffer, "events", 0) == NULL);
  gst_buffer_unref (buffer);
  fail_unless_equals_int (count_sent (stream), 1);
}

GST_START_TEST (test_events_do_not_stay_over_a_seek)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  Stream stream;

  stream_start (&stream, NULL);
  script.events = &event;
  script.n_events = 1;
  gst_buffer_unref (stream_push_until_event (&stream));
  expect_one_event_before_a_seek (&stream);
  stream_stop (&stream);
}
GST_END_TEST

/* An event that only the seek concludes. */
GST_START_TEST (test_what_a_seek_concludes_is_not_on_the_buffers_after_it)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  Stream stream;

  stream_start (&stream, NULL);
  script.events = &event;
  script.n_events = 1;
  stream_run_until (&stream, 640 * GST_MSECOND);
  fail_unless_equals_int (count_sent (&stream), 0);
  expect_one_event_before_a_seek (&stream);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_events_of_another_microexpr_go_no_further)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  GValue events = G_VALUE_INIT;
  GstStructure *rest = gst_structure_new_empty ("GstMicroexprMeta");
  Stream stream;

  stream_start (&stream, NULL);
  script.events = &event;
  gst_buffer_unref (stream_push (&stream, stream_new_frame (0)));
  g_value_init (&events, GST_TYPE_LIST);
  for (guint i = 0; i < 2; i++) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, gst_structure_new_empty ("event"));
    gst_value_list_append_and_take_value (&events, &value);
  }
  gst_structure_take_value (rest, "events", &events);
  gst_harness_push_event (stream.harness, gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, rest));
  fail_unless_equals_int (count_sent (&stream), 0);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
retention_suite (void)
{
  Suite *suite = suite_create ("retention");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_events_stay_on_the_buffers_of_more_than_a_second);
  tcase_add_test (tcase, test_user_data_comes_once_and_when_asked_for);
  tcase_add_test (tcase, test_events_do_not_stay_over_a_seek);
  tcase_add_test (tcase, test_what_a_seek_concludes_is_not_on_the_buffers_after_it);
  tcase_add_test (tcase, test_events_of_another_microexpr_go_no_further);
  return suite;
}

GST_CHECK_MAIN (retention)
