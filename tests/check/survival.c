/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which metas pass which elements, as the table in docs/microexprextract.md says: what is kept must
 * stay kept, and events also where most of the buffers are dropped. Elements that are not installed
 * are passed over, with a line that says so. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "available.h"
#include "gstmicroexprmeta.h"

#define SOURCE                                                                                     \
  "microexprtestsrc num-buffers=8 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 ! "             \
  "video/x-raw,format=I420,width=480,height=360,framerate=30/1 ! microexpr ! "

typedef enum
{
  LOST,
  KEPT,
  ANY, /* differs between versions of GStreamer */
} Fate;

static const struct
{
  const char *elements;
  Fate custom, region, params; /* GstMicroexprMeta, region of interest, its parameters */
  double scale;                /* of the box of the region */
} rows[] = {
  { "identity", KEPT, KEPT, KEPT, 1 },
  { "tee", KEPT, KEPT, KEPT, 1 },
  { "videorate", KEPT, KEPT, KEPT, 1 },
  { "textoverlay text=x", KEPT, KEPT, KEPT, 1 },
  { "videoconvert ! video/x-raw,format=BGRx", KEPT, KEPT, ANY, 1 },
  { "videoscale ! video/x-raw,width=240,height=180", KEPT, KEPT, ANY, 0.5 },
  { "videocrop top=10 left=10", KEPT, ANY, ANY, 1 },
  { "videobox top=-20 left=8", KEPT, ANY, ANY, 1 },
  { "videoflip video-direction=90r", KEPT, ANY, ANY, 1 },
  { "jpegenc ! jpegdec", KEPT, KEPT, KEPT, 1 },
  { "vp8enc deadline=1 ! vp8dec", KEPT, KEPT, KEPT, 1 },
  { "x264enc speed-preset=ultrafast tune=zerolatency ! h264parse ! avdec_h264", KEPT, KEPT, KEPT,
      1 },
  { "openh264enc ! h264parse ! avdec_h264", KEPT, KEPT, KEPT, 1 },
  { "compositor", LOST, ANY, ANY, 1 },
  { "gdppay ! gdpdepay", ANY, LOST, LOST, 1 },
};

static GstPadProbeReturn
keep_last (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  gst_buffer_replace (user_data, GST_PAD_PROBE_INFO_BUFFER (info));
  return GST_PAD_PROBE_OK;
}

/* At the sink pad of an element. */
static void
probe (GstElement *pipeline, const char *name, GstPadProbeType type, GstPadProbeCallback callback,
    gpointer user_data)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), name);
  GstPad *pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, type, callback, user_data, NULL);
  gst_object_unref (pad);
  gst_object_unref (element);
}

/* Keeps the last buffer that comes to an element. */
static void
watch (GstElement *pipeline, const char *name, GstBuffer **last)
{
  probe (pipeline, name, GST_PAD_PROBE_TYPE_BUFFER, keep_last, last);
}

/* A branch for each row whose elements are there; FALSE in `tested` for the others. */
static GstElement *
new_pipeline (gboolean *tested)
{
  GString *line = g_string_new (SOURCE "tee name=before ");
  GstElement *pipeline;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    tested[i] = is_available (rows[i].elements);
    if (tested[i])
      g_string_append_printf (line,
          "before. ! queue max-size-bytes=0 ! %s ! fakesink name=after%u sync=false ",
          rows[i].elements, i);
  }
  pipeline = gst_parse_launch_full (line->str, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  fail_unless (pipeline != NULL, "%s", line->str);
  g_string_free (line, TRUE);
  return pipeline;
}

static void
play_to_the_end (GstElement *pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 100 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS, "no end");
  gst_message_unref (message);
  gst_object_unref (bus);
}

static void
play (GstElement *pipeline)
{
  play_to_the_end (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* With the stats of the microexpr `m` at its end. (transfer full) */
static void
play_eventful (GstElement *pipeline, GstStructure **stats)
{
  GstElement *m = gst_bin_get_by_name (GST_BIN (pipeline), "m");

  play_to_the_end (pipeline);
  g_object_get (m, "stats", stats, NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (m);
}

static GstVideoRegionOfInterestMeta *
region_of (GstBuffer *buffer)
{
  return (GstVideoRegionOfInterestMeta *)gst_buffer_get_meta (
      buffer, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
}

static void
assert_fate (Fate fate, gboolean there, const char *elements, const char *what)
{
  if (fate != ANY)
    fail_unless ((fate == KEPT) == there, "%s: %s is %s", elements, what, there ? "kept" : "lost");
}

static void
assert_row (guint i, GstBuffer *before, GstBuffer *after)
{
  const char *elements = rows[i].elements;
  GstVideoRegionOfInterestMeta *here = region_of (before), *there = region_of (after);

  assert_fate (
      rows[i].custom, gst_microexpr_meta_get_structure (after) != NULL, elements, "the meta");
  assert_fate (rows[i].region, there != NULL, elements, "the region");
  assert_fate (rows[i].params, there && there->params, elements, "what the region has");
  if (rows[i].region == KEPT) {
    fail_unless (ABS (there->x - here->x * rows[i].scale) <= 1, "%s", elements);
    fail_unless (ABS (there->w - here->w * rows[i].scale) <= 1, "%s", elements);
  }
}

GST_START_TEST (test_metas_pass_as_the_table_says)
{
  gboolean tested[G_N_ELEMENTS (rows)];
  GstBuffer *before = NULL, *after[G_N_ELEMENTS (rows)] = { NULL };
  GstElement *pipeline = new_pipeline (tested);

  watch (pipeline, "before", &before);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    char *name = g_strdup_printf ("after%u", i);
    if (tested[i])
      watch (pipeline, name, &after[i]);
    g_free (name);
  }
  play (pipeline);
  gst_object_unref (pipeline);

  fail_unless (before && gst_microexpr_meta_get_structure (before));
  fail_unless (region_of (before) && region_of (before)->params);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    fail_unless (!tested[i] || after[i], "%s: no buffer", rows[i].elements);
    if (tested[i])
      assert_row (i, before, after[i]);
    gst_clear_buffer (&after[i]);
  }
  gst_buffer_unref (before);
}
GST_END_TEST

/* --- events, where buffers are dropped --- */

#define N_EVENTS 5
#define EVENTFUL                                                                                   \
  "microexprtestsrc num-buffers=190 seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 "      \
  "script=\"1s micro AU12 4 200ms; 1.8s micro AU1+2 4 200ms; 2.6s micro AU12 4 200ms; "            \
  "3.4s micro AU1+2 4 200ms; 4.2s micro AU12 4 200ms\" ! "                                         \
  "video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! microexpr name=m %s ! "           \
  "tee name=before "

/* What comes before and after an element of the table. */
static const struct
{
  const char *before, *after;
} changes[] = {
  { "", "! videorate ! video/x-raw,framerate=1/1" },
  { "videorate drop-only=true ! video/x-raw,framerate=5/1 !", "" },
  { "videorate ! video/x-raw,framerate=2/1 !",
      "! videorate ! video/x-raw,framerate=60/1 ! videoconvert ! videoscale ! "
      "video/x-raw,format=BGRx,width=160,height=120" },
};

/* Ids of the events that came to a sink, by meta or downstream event. */
static void
take_events (GHashTable *ids, const GstStructure *meta)
{
  const GValue *events = meta ? gst_structure_get_value (meta, "events") : NULL;
  guint64 id;

  for (guint i = 0; events && i < gst_value_list_get_size (events); i++) {
    const GstStructure *event = gst_value_get_structure (gst_value_list_get_value (events, i));
    if (gst_structure_get_uint64 (event, "id", &id))
      g_hash_table_add (ids, GUINT_TO_POINTER ((guint)id));
  }
}

static GstPadProbeReturn
on_data (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer ids)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    take_events (ids, gst_microexpr_meta_get_structure (GST_PAD_PROBE_INFO_BUFFER (info)));
  else if (gst_event_has_name (GST_PAD_PROBE_INFO_EVENT (info), GST_MICROEXPR_META_NAME))
    take_events (ids, gst_event_get_structure (GST_PAD_PROBE_INFO_EVENT (info)));
  return GST_PAD_PROBE_OK;
}

/* Adds a branch with a sink of that name. */
static void
add_branch (GString *line, guint change, const char *elements, const char *sink)
{
  g_string_append_printf (line,
      "before. ! queue max-size-buffers=0 max-size-bytes=0 max-size-time=0 ! %s %s %s ! "
      "fakesink name=%s sync=false async=false ",
      changes[change].before, elements, changes[change].after, sink);
}

static void
assert_events_arrive (guint change, const char *properties)
{
  GString *line = g_string_new (NULL);
  GHashTable *ids[G_N_ELEMENTS (rows)] = { NULL };
  GstElement *pipeline;
  guint64 n_events = 0;
  GstStructure *stats;

  g_string_append_printf (line, EVENTFUL, properties);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    char *name = g_strdup_printf ("after%u", i);
    if (rows[i].custom == KEPT && is_available (rows[i].elements)) {
      ids[i] = g_hash_table_new (NULL, NULL);
      add_branch (line, change, rows[i].elements, name);
    }
    g_free (name);
  }
  pipeline = gst_parse_launch_full (line->str, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  fail_unless (pipeline != NULL, "%s", line->str);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    char *name = g_strdup_printf ("after%u", i);
    if (ids[i])
      probe (pipeline, name, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
          on_data, ids[i]);
    g_free (name);
  }
  play_eventful (pipeline, &stats);
  gst_structure_get_uint64 (stats, "events", &n_events);
  fail_unless (n_events >= N_EVENTS, "%u events", (guint)n_events);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (ids[i])
      fail_unless (g_hash_table_size (ids[i]) == n_events, "%s %s %s: %u of %u events",
          changes[change].before, rows[i].elements, changes[change].after,
          g_hash_table_size (ids[i]), (guint)n_events);
    g_clear_pointer (&ids[i], g_hash_table_unref);
  }
  gst_structure_free (stats);
  gst_object_unref (pipeline);
  g_string_free (line, TRUE);
}

GST_START_TEST (test_events_survive_every_element_at_another_rate)
{
  assert_events_arrive ((guint)__i__, "");
}
GST_END_TEST

/* Those of 200 ms lie on six frames, of which one frame a second takes few. */
GST_START_TEST (test_events_on_their_own_frames_survive_too)
{
  assert_events_arrive (0, "lookahead=1000000000");
}
GST_END_TEST

static GstPadProbeReturn
count_buffer (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info G_GNUC_UNUSED, gpointer n)
{
  *(guint *)n += 1;
  return GST_PAD_PROBE_OK;
}

GST_START_TEST (test_extract_writes_each_event_once_at_any_rate)
{
  static const char *const rates[] = { "1/1", "7/1", "30/1", "90/1" };
  GString *line = g_string_new (NULL);
  guint n[G_N_ELEMENTS (rates)] = { 0 };
  GstElement *pipeline;
  guint64 n_events = 0;
  GstStructure *stats;

  g_string_append_printf (line, EVENTFUL, "");
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    g_string_append_printf (line,
        "before. ! queue ! videorate ! video/x-raw,framerate=%s ! microexprextract ! "
        "fakesink name=text%u sync=false async=false ",
        rates[i], i);
  pipeline = gst_parse_launch_full (line->str, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  fail_unless (pipeline != NULL, "%s", line->str);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    char *name = g_strdup_printf ("text%u", i);
    probe (pipeline, name, GST_PAD_PROBE_TYPE_BUFFER, count_buffer, &n[i]);
    g_free (name);
  }
  play_eventful (pipeline, &stats);
  gst_structure_get_uint64 (stats, "events", &n_events);
  fail_unless (n_events >= N_EVENTS);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    fail_unless (n[i] == n_events, "%s: %u of %u events", rates[i], n[i], (guint)n_events);
  gst_structure_free (stats);
  gst_object_unref (pipeline);
  g_string_free (line, TRUE);
}
GST_END_TEST

static Suite *
survival_suite (void)
{
  Suite *suite = suite_create ("survival");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_metas_pass_as_the_table_says);
  tcase_add_loop_test (
      tcase, test_events_survive_every_element_at_another_rate, 0, G_N_ELEMENTS (changes));
  tcase_add_test (tcase, test_events_on_their_own_frames_survive_too);
  tcase_add_test (tcase, test_extract_writes_each_event_once_at_any_rate);
  return suite;
}

GST_CHECK_MAIN (survival)
