/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The property lookahead: events lie on their own frames, and frames are held neither longer than
 * told nor past anything that must come after them. The analysis follows a script: the event lasts
 * 200 ms and is known 100 ms after its offset; frames come every 40 ms. */
#include "scripted-stream.h"

#include <string.h>

#define ONSET (400 * GST_MSECOND)
#define OFFSET (600 * GST_MSECOND)

static MeEvent event;

static void
start (Stream *stream, const char *properties)
{
  stream_start (stream, properties);
  event = stream_event (ONSET);
  script.events = &event;
  script.n_events = 1;
}

static void
push_until (Stream *stream, GstClockTime end)
{
  for (; stream->time < end; stream->time += FRAME)
    fail_unless_equals_int (
        gst_harness_push (stream->harness, stream_new_frame (stream->time)), GST_FLOW_OK);
}

/* Whether the region of the face is labelled with an event. */
static gboolean
is_labelled (GstBuffer *buffer)
{
  GstVideoRegionOfInterestMeta *region = gst_buffer_get_video_region_of_interest_meta (buffer);

  return region && gst_video_region_of_interest_meta_get_param (region, "microexpr");
}

/* Pulls what has come out; frames must be those from *next on. Returns how many are labelled with
 * the event, and checks which; it is carried from the first one on for more than a second. */
static guint
pull_all (Stream *stream, GstClockTime *next, GstClockTime first, GstClockTime last)
{
  GstBuffer *buffer;
  guint n = 0;

  while ((buffer = gst_harness_try_pull (stream->harness))) {
    GstClockTime time = GST_BUFFER_PTS (buffer);
    gboolean carries = buffer_item (buffer, "events", 0) != NULL;

    fail_unless_equals_uint64 (time, *next);
    fail_unless (is_labelled (buffer) == (first <= time && time <= last),
        "wrong at %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
    fail_unless (carries == (first <= last && first <= time && time <= first + 1200 * GST_MSECOND),
        "wrong at %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
    fail_unless (buffer_item (buffer, "faces", 0) != NULL);
    n += is_labelled (buffer);
    *next += FRAME;
    gst_buffer_unref (buffer);
  }
  return n;
}

GST_START_TEST (test_event_lies_on_its_own_frames)
{
  GstClockTime next = 0;
  Stream stream;
  guint n;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 2 * GST_SECOND);
  n = pull_all (&stream, &next, ONSET, OFFSET);
  fail_unless_equals_int (n, 6);
  stream_stop (&stream);
}
GST_END_TEST

/* Some sources give a time to the first frame only. */
GST_START_TEST (test_event_lies_on_its_own_frames_without_timestamps)
{
  GstBuffer *buffer;
  Stream stream;
  guint n = 0;

  start (&stream, "lookahead=1000000000");
  for (; stream.time < 3 * GST_SECOND; stream.time += FRAME) {
    buffer = stream_new_frame (stream.time);
    if (stream.time > 0)
      GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    gst_harness_push (stream.harness, buffer);
  }
  while ((buffer = gst_harness_try_pull (stream.harness))) {
    n += is_labelled (buffer);
    gst_buffer_unref (buffer);
  }
  fail_unless_equals_int (n, 6);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_frames_are_held_for_the_lookahead_and_not_longer)
{
  GstClockTime next = 0;
  Stream stream;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, GST_SECOND); /* the newest: 960 ms */
  pull_all (&stream, &next, 1, 0);
  fail_unless_equals_uint64 (next, 0);
  push_until (&stream, GST_SECOND + FRAME);
  pull_all (&stream, &next, 1, 0);
  fail_unless_equals_uint64 (next, FRAME);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_short_lookahead_labels_the_rest_of_the_event)
{
  GstClockTime next = 0;
  Stream stream;

  /* Known at 720 ms, when the frames from 520 ms on are held. */
  start (&stream, "lookahead=200000000");
  push_until (&stream, 2 * GST_SECOND);
  fail_unless_equals_int (pull_all (&stream, &next, 520 * GST_MSECOND, OFFSET), 3);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_event_after_all_its_frames_is_on_the_next_one)
{
  GstClockTime next = 0;
  Stream stream;

  start (&stream, "lookahead=40000000");
  push_until (&stream, 2 * GST_SECOND);
  /* Late as it is, it labels all that carry it. */
  fail_unless_equals_int (pull_all (&stream, &next, 680 * GST_MSECOND, 1880 * GST_MSECOND), 31);
  stream_stop (&stream);
}
GST_END_TEST

/* Downstream answers with this to every buffer. */
typedef struct
{
  GstFlowReturn answer;
  guint n; /* buffers that came */
} Downstream;

static GstPadProbeReturn
refuse (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  Downstream *downstream = user_data;

  downstream->n++;
  gst_buffer_unref (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = downstream->answer;
  return GST_PAD_PROBE_HANDLED;
}

static void
start_refused (Stream *stream, Downstream *downstream)
{
  start (stream, "lookahead=1000000000");
  gst_pad_add_probe (stream->harness->sinkpad, GST_PAD_PROBE_TYPE_BUFFER, refuse, downstream, NULL);
  push_until (stream, 400 * GST_MSECOND);
}

GST_START_TEST (test_draining_stops_where_downstream_refuses_and_upstream_hears_of_it)
{
  static const GstFlowReturn answers[] = { GST_FLOW_EOS, GST_FLOW_NOT_LINKED, GST_FLOW_ERROR };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    Downstream downstream = { answers[i], 0 };
    Stream stream;

    start_refused (&stream, &downstream);
    gst_harness_push_event (stream.harness, gst_event_new_gap (400 * GST_MSECOND, FRAME));
    fail_unless_equals_int (downstream.n, 1);
    fail_unless_equals_int (
        gst_harness_push (stream.harness, stream_new_frame (440 * GST_MSECOND)), answers[i]);
    fail_unless_equals_int (downstream.n, 1);
    stream_stop (&stream);
  }
}
GST_END_TEST

/* Nothing else would tell the application. */
GST_START_TEST (test_frames_that_cannot_leave_at_the_end_are_an_error)
{
  Downstream downstream = { GST_FLOW_NOT_LINKED, 0 };
  GstMessage *message;
  Stream stream;

  start_refused (&stream, &downstream);
  gst_harness_push_event (stream.harness, gst_event_new_eos ());
  fail_unless_equals_int (downstream.n, 1);
  message = gst_bus_pop_filtered (stream.bus, GST_MESSAGE_ERROR);
  fail_unless (message != NULL);
  gst_message_unref (message);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_flush_forgets_that_downstream_refused)
{
  Downstream downstream = { GST_FLOW_FLUSHING, 0 };
  GstSegment segment;
  Stream stream;

  start_refused (&stream, &downstream);
  gst_harness_push_event (stream.harness, gst_event_new_gap (400 * GST_MSECOND, FRAME));
  gst_harness_push_event (stream.harness, gst_event_new_flush_start ());
  gst_harness_push_event (stream.harness, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  push_until (&stream, GST_SECOND);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_end_of_stream_lets_every_frame_go_first)
{
  GstClockTime next = 0;
  Stream stream;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 640 * GST_MSECOND); /* the event is over, but not known */
  gst_harness_push_event (stream.harness, gst_event_new_eos ());
  fail_unless_equals_int (pull_all (&stream, &next, ONSET, OFFSET), 6);
  fail_unless_equals_uint64 (next, 640 * GST_MSECOND);
  stream_stop (&stream);
}
GST_END_TEST

/* As demuxers do, when a stream of theirs has ended. */
GST_START_TEST (test_a_group_that_is_done_lets_no_frame_go_before_the_end)
{
  GstClockTime next = 0;
  Stream stream;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 640 * GST_MSECOND); /* the event is over, but not known */
  gst_harness_push_event (stream.harness, gst_event_new_stream_group_done (1));
  gst_harness_push_event (stream.harness, gst_event_new_eos ());
  fail_unless_equals_int (pull_all (&stream, &next, ONSET, OFFSET), 6);
  fail_unless_equals_uint64 (next, 640 * GST_MSECOND);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_flush_drops_frames_but_no_event)
{
  GstSegment segment;
  Stream stream;
  GstBuffer *out;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 800 * GST_MSECOND);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (stream.harness, gst_event_new_flush_start ());
  gst_harness_push_event (stream.harness, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  script.n_events = 0;
  stream.time = 10 * GST_SECOND;
  push_until (&stream, 11 * GST_SECOND + FRAME);
  out = gst_harness_pull (stream.harness);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (out), 10 * GST_SECOND);
  fail_unless (buffer_item (out, "events", 0) != NULL, "the event was lost");
  gst_buffer_unref (out);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_frames_leave_under_their_own_caps)
{
  GstClockTime next = 0;
  Stream stream;
  GstBuffer *out;
  GstCaps *caps;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 760 * GST_MSECOND);
  gst_harness_set_src_caps_str (
      stream.harness, "video/x-raw,format=GRAY8,width=32,height=24,framerate=25/1");
  fail_unless_equals_int (pull_all (&stream, &next, ONSET, OFFSET), 6);
  fail_unless_equals_uint64 (next, 760 * GST_MSECOND);
  out = gst_buffer_new_allocate (NULL, 32 * 24, NULL);
  GST_BUFFER_PTS (out) = next;
  gst_harness_push (stream.harness, out);
  gst_harness_push_event (stream.harness, gst_event_new_eos ());
  out = gst_harness_pull (stream.harness);
  fail_unless_equals_int (gst_buffer_get_size (out), 32 * 24);
  caps = gst_pad_get_current_caps (stream.harness->sinkpad);
  gst_caps_unref (caps);
  gst_buffer_unref (out);
  stream_stop (&stream);
}
GST_END_TEST

static gboolean
pulls_event (Stream *stream, GstEventType type)
{
  gboolean found = FALSE;
  GstEvent *pulled;

  while ((pulled = gst_harness_try_pull_event (stream->harness))) {
    found |= GST_EVENT_TYPE (pulled) == type;
    gst_event_unref (pulled);
  }
  return found;
}

/* Tags, and what others send, such as the request for a key frame. */
GST_START_TEST (test_events_keep_their_place_and_do_not_drain)
{
  GstEvent *events[] = { gst_event_new_tag (gst_tag_list_new (GST_TAG_TITLE, "a", NULL)),
    gst_event_new_custom (
        GST_EVENT_CUSTOM_DOWNSTREAM, gst_structure_new_empty ("GstForceKeyUnit")) };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    GstEventType type = GST_EVENT_TYPE (events[i]);
    GstClockTime next = 0;
    Stream stream;

    start (&stream, "lookahead=1000000000");
    push_until (&stream, 500 * GST_MSECOND);
    pulls_event (&stream, type);
    gst_harness_push_event (stream.harness, events[i]);
    push_until (&stream, 1400 * GST_MSECOND);
    fail_if (pulls_event (&stream, type));
    push_until (&stream, 2 * GST_SECOND);
    fail_unless (pulls_event (&stream, type));
    fail_unless_equals_int (pull_all (&stream, &next, ONSET, OFFSET), 6);
    stream_stop (&stream);
  }
}
GST_END_TEST

GST_START_TEST (test_tags_survive_a_flush)
{
  GstSegment segment;
  GstTagList *tags;
  GstEvent *tag;
  Stream stream;
  char *title;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 400 * GST_MSECOND);
  gst_harness_push_event (
      stream.harness, gst_event_new_tag (gst_tag_list_new (GST_TAG_TITLE, "a", NULL)));
  gst_harness_push_event (stream.harness, gst_event_new_flush_start ());
  gst_harness_push_event (stream.harness, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (stream.harness, gst_event_new_segment (&segment));
  push_until (&stream, 3 * GST_SECOND);
  tag = gst_pad_get_sticky_event (stream.harness->sinkpad, GST_EVENT_TAG, 0);
  fail_unless (tag != NULL, "the tag was lost");
  gst_event_parse_tag (tag, &tags);
  fail_unless (gst_tag_list_get_string (tags, GST_TAG_TITLE, &title));
  fail_unless_equals_string (title, "a");
  g_free (title);
  gst_event_unref (tag);
  stream_stop (&stream);
}
GST_END_TEST

/* Neither caps nor frames tell how long one is. */
GST_START_TEST (test_frames_of_unknown_duration_are_held_no_longer)
{
  const GstClockTime interval = 150 * GST_MSECOND;
  Stream stream;

  start (&stream, "lookahead=200000000");
  gst_harness_set_src_caps_str (
      stream.harness, "video/x-raw,format=GRAY8,width=64,height=48,framerate=0/1");
  for (guint n = 1; n <= 20; n++) {
    GstBuffer *buffer = stream_new_frame (n * interval);
    GST_BUFFER_DURATION (buffer) = GST_CLOCK_TIME_NONE;
    gst_harness_push (stream.harness, buffer);
    fail_unless (gst_harness_buffers_received (stream.harness) >= n - 1, "two frames are held");
  }
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_gap_does_not_overtake_frames)
{
  GstClockTime next = 0;
  Stream stream;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 760 * GST_MSECOND);
  gst_harness_push_event (stream.harness, gst_event_new_gap (760 * GST_MSECOND, GST_SECOND));
  fail_unless_equals_int (pull_all (&stream, &next, ONSET, OFFSET), 6);
  fail_unless_equals_uint64 (next, 760 * GST_MSECOND);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_time_that_goes_back_lets_frames_go)
{
  GstClockTime next = 0;
  Stream stream;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 760 * GST_MSECOND);
  stream.time = 700 * GST_MSECOND;
  push_until (&stream, 720 * GST_MSECOND);
  pull_all (&stream, &next, ONSET, OFFSET);
  fail_unless_equals_uint64 (next, 760 * GST_MSECOND);
  stream_stop (&stream);
}
GST_END_TEST

/* Latency. */

GST_START_TEST (test_latency_is_that_of_upstream_and_the_lookahead)
{
  Stream stream;

  start (&stream, "lookahead=1000000000");
  gst_harness_set_upstream_latency (stream.harness, 70 * GST_MSECOND);
  fail_unless_equals_uint64 (gst_harness_query_latency (stream.harness), 1070 * GST_MSECOND);
  g_object_set (stream.element, "lookahead", (guint64)0, NULL);
  fail_unless_equals_uint64 (gst_harness_query_latency (stream.harness), 70 * GST_MSECOND);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_change_of_latency_is_announced_once)
{
  GstMessage *message;
  Stream stream;

  start (&stream, NULL);
  while ((message = gst_bus_pop_filtered (stream.bus, GST_MESSAGE_LATENCY)))
    gst_message_unref (message);
  g_object_set (stream.element, "lookahead", (guint64)GST_SECOND, NULL);
  message = gst_bus_pop_filtered (stream.bus, GST_MESSAGE_LATENCY);
  fail_unless (message != NULL);
  gst_message_unref (message);
  g_object_set (stream.element, "lookahead", (guint64)GST_SECOND, NULL);
  fail_unless (gst_bus_pop_filtered (stream.bus, GST_MESSAGE_LATENCY) == NULL);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_lookahead_changes_while_playing)
{
  GstClockTime next = 0;
  Stream stream;

  start (&stream, "lookahead=1000000000");
  push_until (&stream, 920 * GST_MSECOND);
  g_object_set (stream.element, "lookahead", (guint64)0, NULL);
  push_until (&stream, 960 * GST_MSECOND);
  pull_all (&stream, &next, ONSET, OFFSET);
  fail_unless_equals_uint64 (next, 960 * GST_MSECOND);
  g_object_set (stream.element, "lookahead", (guint64)GST_SECOND, NULL);
  push_until (&stream, 1960 * GST_MSECOND);
  pull_all (&stream, &next, ONSET, OFFSET);
  fail_unless_equals_uint64 (next, 960 * GST_MSECOND);
  stream_stop (&stream);
}
GST_END_TEST

/* Buffers of others. */

GST_START_TEST (test_upstream_is_asked_for_more_buffers)
{
  GstCaps *caps = gst_caps_from_string (CAPS);
  GstQuery *query = gst_query_new_allocation (caps, TRUE);
  guint size, min, max;
  Stream stream;

  start (&stream, "lookahead=1000000000");
  fail_unless (gst_pad_peer_query (stream.harness->srcpad, query));
  fail_unless (gst_query_get_n_allocation_pools (query) >= 1);
  gst_query_parse_nth_allocation_pool (query, 0, NULL, &size, &min, &max);
  fail_unless (min >= 25, "only %u", min);
  fail_unless (max == 0 || max >= min);
  gst_query_unref (query);
  gst_caps_unref (caps);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_pool_of_few_buffers_does_not_starve)
{
  GstBufferPoolAcquireParams dont_wait = { .flags = GST_BUFFER_POOL_ACQUIRE_FLAG_DONTWAIT };
  GstBufferPool *pool = gst_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);
  GstCaps *caps = gst_caps_from_string (CAPS);
  GstClockTime next = 0;
  Stream stream;

  gst_buffer_pool_config_set_params (config, caps, WIDTH * HEIGHT, 4, 4);
  gst_buffer_pool_set_config (pool, config);
  gst_buffer_pool_set_active (pool, TRUE);
  start (&stream, "lookahead=1000000000");
  for (; stream.time < 2 * GST_SECOND; stream.time += FRAME) {
    GstBuffer *buffer;
    fail_unless_equals_int (
        gst_buffer_pool_acquire_buffer (pool, &buffer, &dont_wait), GST_FLOW_OK);
    gst_buffer_memset (buffer, 0, 0, WIDTH * HEIGHT);
    GST_BUFFER_PTS (buffer) = stream.time;
    fail_unless_equals_int (gst_harness_push (stream.harness, buffer), GST_FLOW_OK);
  }
  fail_unless_equals_int (pull_all (&stream, &next, ONSET, OFFSET), 6);
  stream_stop (&stream);
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
  gst_caps_unref (caps);
}
GST_END_TEST

GST_START_TEST (test_held_frames_share_their_memory)
{
  GstBuffer *first = stream_new_frame (0), *out;
  GstMemory *memory = gst_buffer_peek_memory (first, 0);
  GstBuffer *other = gst_buffer_ref (first);
  Stream stream;

  start (&stream, "lookahead=200000000");
  gst_harness_push (stream.harness, first);
  stream.time = FRAME;
  push_until (&stream, GST_SECOND);
  out = gst_harness_pull (stream.harness);
  fail_unless (gst_buffer_peek_memory (out, 0) == memory);
  gst_buffer_unref (out);
  gst_buffer_unref (other);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
lookahead_suite (void)
{
  Suite *suite = suite_create ("lookahead");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_event_lies_on_its_own_frames);
  tcase_add_test (tcase, test_event_lies_on_its_own_frames_without_timestamps);
  tcase_add_test (tcase, test_frames_are_held_for_the_lookahead_and_not_longer);
  tcase_add_test (tcase, test_short_lookahead_labels_the_rest_of_the_event);
  tcase_add_test (tcase, test_event_after_all_its_frames_is_on_the_next_one);
  tcase_add_test (tcase, test_draining_stops_where_downstream_refuses_and_upstream_hears_of_it);
  tcase_add_test (tcase, test_frames_that_cannot_leave_at_the_end_are_an_error);
  tcase_add_test (tcase, test_a_flush_forgets_that_downstream_refused);
  tcase_add_test (tcase, test_end_of_stream_lets_every_frame_go_first);
  tcase_add_test (tcase, test_a_group_that_is_done_lets_no_frame_go_before_the_end);
  tcase_add_test (tcase, test_flush_drops_frames_but_no_event);
  tcase_add_test (tcase, test_frames_leave_under_their_own_caps);
  tcase_add_test (tcase, test_events_keep_their_place_and_do_not_drain);
  tcase_add_test (tcase, test_tags_survive_a_flush);
  tcase_add_test (tcase, test_frames_of_unknown_duration_are_held_no_longer);
  tcase_add_test (tcase, test_gap_does_not_overtake_frames);
  tcase_add_test (tcase, test_time_that_goes_back_lets_frames_go);
  tcase_add_test (tcase, test_latency_is_that_of_upstream_and_the_lookahead);
  tcase_add_test (tcase, test_change_of_latency_is_announced_once);
  tcase_add_test (tcase, test_lookahead_changes_while_playing);
  tcase_add_test (tcase, test_upstream_is_asked_for_more_buffers);
  tcase_add_test (tcase, test_pool_of_few_buffers_does_not_starve);
  tcase_add_test (tcase, test_held_frames_share_their_memory);
  return suite;
}

GST_CHECK_MAIN (lookahead)
