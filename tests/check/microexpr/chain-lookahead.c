/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole chain on the test source with lookahead: what is found stands on the frames where it
 * happens, also in the picture, and a live pipeline loses no frame to it. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include <string.h>

#define FRAME (GST_SECOND / 30)
#define CAPS "video/x-raw,format=I420,width=480,height=360,framerate=30/1"
#define LIGHT_CAPS "video/x-raw,format=I420,width=320,height=240,framerate=10/1"
#define SOURCE                                                                                     \
  "microexprtestsrc seed=5 noise=0.5 head-motion=0 micro-rate=0 macro-rate=0 blink-rate=0 "        \
  "script=\"%s\" "                                                                                 \
  "num-buffers=%u %s ! %s ! microexpr name=m lookahead=1000000000 ! "                              \
  "microexproverlay draw=labels font=\"Sans 20\" ! fakesink name=out signal-handoffs=true %s"

#define MOST_EVENTS 8

/* When an event was seen, in ns. */
typedef struct
{
  guint64 onset, offset;       /* as reported */
  GstClockTime first, last;    /* frames with its meta */
  GstClockTime drawn, undrawn; /* first and last frame with its label */
} Seen;

typedef struct
{
  Seen events[MOST_EVENTS];
  guint n_events, n_frames;
} Outcome;

/* In pictures of CAPS. The label has a dark backing that reaches beyond the hair; the wall of the
 * test source is light. */
static gboolean
has_label (GstBuffer *buffer)
{
  GstMapInfo map;
  guint n_dark = 0;

  if (gst_buffer_get_size (buffer) != 480 * 360 * 3 / 2)
    return FALSE;
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (guint y = 80; y < 120; y++)
    for (guint x = 362; x < 390; x++)
      n_dark += map.data[y * 480 + x] < 100;
  gst_buffer_unmap (buffer, &map);
  return n_dark > 100;
}

static Seen *
event_at (Outcome *outcome, GstClockTime time)
{
  for (guint i = 0; i < outcome->n_events; i++)
    if (outcome->events[i].first <= time && time <= outcome->events[i].last + 2 * FRAME)
      return &outcome->events[i];
  return NULL;
}

static void
take_event (Outcome *outcome, const GstStructure *s, GstClockTime time)
{
  guint64 id;

  fail_unless (gst_structure_get_uint64 (s, "id", &id) && id < MOST_EVENTS);
  Seen *seen = &outcome->events[id];
  if (id >= outcome->n_events) {
    outcome->n_events = (guint)id + 1;
    seen->first = time;
  }
  gst_structure_get_uint64 (s, "onset", &seen->onset);
  gst_structure_get_uint64 (s, "offset", &seen->offset);
  if (time <= seen->offset) /* it stays on those that follow, too */
    seen->last = time;
}

static void
handoff (
    GstElement *sink G_GNUC_UNUSED, GstBuffer *buffer, GstPad *pad G_GNUC_UNUSED, Outcome *outcome)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  const GValue *events = gst_structure_get_value (gst_custom_meta_get_structure (meta), "events");
  GstClockTime time = GST_BUFFER_PTS (buffer);
  Seen *seen;

  outcome->n_frames++;
  for (guint i = 0; i < gst_value_list_get_size (events); i++)
    take_event (outcome, gst_value_get_structure (gst_value_list_get_value (events, i)), time);
  if (!has_label (buffer))
    return;
  seen = event_at (outcome, time);
  fail_unless (seen != NULL, "a label at %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
  if (!seen->drawn)
    seen->drawn = time;
  seen->undrawn = time;
}

/* Plays to the end. The pipeline is handed out, stopped but for its sink. */
static Outcome
play (const char *script, guint n_frames, const char *source, const char *caps, const char *sink,
    guint64 *dropped)
{
  char *line = g_strdup_printf (SOURCE, script, n_frames, source, caps, sink);
  GstElement *pipeline = gst_parse_launch (line, NULL);
  GstElement *out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  GstBus *bus = gst_element_get_bus (pipeline);
  GstStructure *stats;
  Outcome outcome;
  GstMessage *message;

  memset (&outcome, 0, sizeof outcome);
  g_signal_connect (out, "handoff", G_CALLBACK (handoff), &outcome);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  gst_message_unref (message);
  g_object_get (out, "stats", &stats, NULL);
  gst_structure_get_uint64 (stats, "dropped", dropped);
  gst_structure_free (stats);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (out);
  gst_object_unref (pipeline);
  g_free (line);
  return outcome;
}

static gboolean
within_a_frame (GstClockTime a, GstClockTime b)
{
  return (a > b ? a - b : b - a) <= FRAME + GST_MSECOND;
}

GST_START_TEST (test_events_and_labels_are_on_their_own_frames)
{
  guint64 dropped;
  Outcome outcome = play ("2s micro AU12 4 300ms; 4s micro AU1+2 4 300ms; 6s micro AU4 4 300ms",
      230, "", CAPS, "sync=false", &dropped);

  fail_unless_equals_int (outcome.n_frames, 230);
  fail_unless_equals_int (outcome.n_events, 3);
  for (guint i = 0; i < outcome.n_events; i++) {
    const Seen *seen = &outcome.events[i];
    fail_unless (within_a_frame (seen->first, seen->onset), "event %u begins elsewhere", i);
    fail_unless (within_a_frame (seen->last, seen->offset), "event %u ends elsewhere", i);
    fail_unless_equals_uint64 (seen->drawn, seen->first);
    fail_unless_equals_uint64 (seen->undrawn, seen->last);
  }
}
GST_END_TEST

#ifndef __SANITIZE_ADDRESS__
/* A second of lookahead that LATENCY kept quiet about would make every frame a second late, and the
 * sink would show one of ten. A busy machine makes some late. */
GST_START_TEST (test_live_frames_are_not_late)
{
  guint64 dropped = 1;
  Outcome outcome = play ("1s micro AU12 4 300ms", 30, "is-live=true", LIGHT_CAPS,
      "sync=true qos=true max-lateness=900000000", &dropped);

  fail_unless (outcome.n_frames >= 15, "%u of 30", outcome.n_frames);
  fail_unless_equals_int (outcome.n_frames + dropped, 30);
}
GST_END_TEST
#endif

static Suite *
chain_lookahead_suite (void)
{
  Suite *suite = suite_create ("chain-lookahead");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_events_and_labels_are_on_their_own_frames);
#ifndef __SANITIZE_ADDRESS__ /* it makes every frame late by itself */
  tcase_add_test (tcase, test_live_frames_are_not_late);
#endif
  return suite;
}

GST_CHECK_MAIN (chain_lookahead)
