/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole chain where the times of frames are not those of the pictures: frames that a source
 * stamps on arrival, several at a time, and pictures that are shown more than once. */
#include <gst/check/gstcheck.h>

#define FRAME (GST_SECOND / 30)
#define SOURCE                                                                                     \
  "microexprtestsrc name=source seed=5 noise=1 micro-rate=0 macro-rate=0 blink-rate=0 "            \
  "num-buffers=210 script=\"4s micro AU12 4 300ms; 5.5s micro AU1+2 4 300ms\" ! "                  \
  "video/x-raw,width=480,height=360,framerate=30/1 ! %s ! microexpr name=m ! fakesink"
#define ONSET_MS(n) (4000 + 1500 * (n))

typedef struct
{
  guint n_events, n_warnings;
  guint64 onset[4], offset[4]; /* ns */
  double rate;                 /* of the warning frame-rate; 0: none */
  guint64 frames, analysed, repeated;
} Found;

/* Frame n comes when its burst is complete. */
typedef struct
{
  guint size, n;
} Bursts;

static GstPadProbeReturn
stamp_on_arrival (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  Bursts *bursts = user_data;
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  guint last = bursts->n / bursts->size * bursts->size + bursts->size - 1;

  GST_BUFFER_PTS (buffer) = last * FRAME + bursts->n % bursts->size * GST_MSECOND;
  GST_BUFFER_DURATION (buffer) = GST_CLOCK_TIME_NONE;
  bursts->n++;
  info->data = buffer;
  return GST_PAD_PROBE_OK;
}

static void
collect (Found *found, const GstStructure *s)
{
  if (gst_structure_has_name (s, "microexpr-event") && found->n_events < 4) {
    gst_structure_get (s, "onset", G_TYPE_UINT64, &found->onset[found->n_events], "offset",
        G_TYPE_UINT64, &found->offset[found->n_events], NULL);
    found->n_events++;
  } else if (gst_structure_has_name (s, "microexpr-warning")) {
    found->n_warnings++;
    if (g_str_equal (gst_structure_get_string (s, "reason"), "frame-rate"))
      gst_structure_get_double (s, "value", &found->rate);
  }
}

static void
watch_bus (GstElement *pipeline, Found *found)
{
  const GstMessageType wanted = GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR;
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessageType type = GST_MESSAGE_UNKNOWN;

  while (type != GST_MESSAGE_EOS) {
    GstMessage *message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, wanted);
    type = GST_MESSAGE_TYPE (message);
    fail_if (type == GST_MESSAGE_ERROR, "%" GST_PTR_FORMAT, message);
    if (type == GST_MESSAGE_ELEMENT)
      collect (found, gst_message_get_structure (message));
    gst_message_unref (message);
  }
  gst_object_unref (bus);
}

/* burst: frames that arrive at a time; 1: each has its own time. */
static Found
play (const char *elements, guint burst)
{
  char *line = g_strdup_printf (SOURCE, elements);
  GstElement *pipeline = gst_parse_launch (line, NULL), *source, *m;
  Bursts bursts = { .size = burst };
  GstStructure *stats;
  Found found = { 0 };
  GstPad *pad;

  fail_unless (pipeline != NULL, "%s", line);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  m = gst_bin_get_by_name (GST_BIN (pipeline), "m");
  pad = gst_element_get_static_pad (source, "src");
  if (burst > 1)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, stamp_on_arrival, &bursts, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  watch_bus (pipeline, &found);
  g_object_get (m, "stats", &stats, NULL);
  gst_structure_get (stats, "analysed", G_TYPE_UINT64, &found.analysed, "frames", G_TYPE_UINT64,
      &found.frames, "repeated", G_TYPE_UINT64, &found.repeated, NULL);
  gst_structure_free (stats);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pad);
  gst_object_unref (m);
  gst_object_unref (source);
  gst_object_unref (pipeline);
  g_free (line);
  return found;
}

static void
expect_both (const Found *found, gint64 tolerance_ms)
{
  fail_unless_equals_int (found->n_events, 2);
  for (guint i = 0; i < 2; i++) {
    gint64 onset = (gint64)(found->onset[i] / GST_MSECOND) - ONSET_MS (i);
    gint64 offset = (gint64)(found->offset[i] / GST_MSECOND) - ONSET_MS (i) - 300;
    fail_unless (ABS (onset) <= tolerance_ms && ABS (offset) <= tolerance_ms,
        "event %u: %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT " ms off", i, onset, offset);
  }
}

GST_START_TEST (test_events_are_found_in_bursts)
{
  static const guint sizes[] = { 4, 16 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    Found found = play ("identity", sizes[i]);
    expect_both (&found, 60);
    fail_unless_equals_int (found.n_warnings, 0);
  }
}
GST_END_TEST

GST_START_TEST (test_copies_are_no_frame_rate)
{
  static const guint rates[] = { 15, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    char *elements = g_strdup_printf (
        "videorate ! video/x-raw,framerate=%u/1 ! videorate ! video/x-raw,framerate=30/1",
        rates[i]);
    Found found = play (elements, 1);
    expect_both (&found, 100);
    fail_unless (found.rate > rates[i] - 1.0 && found.rate < rates[i] + 1.0, "%f", found.rate);
    fail_unless (found.repeated > found.frames / 3, "%u", (guint)found.repeated);
    fail_unless_equals_uint64 (found.frames, found.analysed + found.repeated);
    g_free (elements);
  }
}
GST_END_TEST

GST_START_TEST (test_even_frames_are_all_analysed)
{
  Found found = play ("identity", 1);

  expect_both (&found, 60);
  fail_unless_equals_int (found.n_warnings, 0);
  fail_unless_equals_uint64 (found.repeated, 0);
  fail_unless_equals_uint64 (found.analysed, 210);
}
GST_END_TEST

static Suite *
chain_times_suite (void)
{
  Suite *suite = suite_create ("chain-times");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_events_are_found_in_bursts);
  tcase_add_test (tcase, test_copies_are_no_frame_rate);
  tcase_add_test (tcase, test_even_frames_are_all_analysed);
  return suite;
}

GST_CHECK_MAIN (chain_times)
