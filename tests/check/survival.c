/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which metas pass which elements, as the table in docs/microexprextract.md says: what is kept must
 * stay kept. Elements that are not installed are passed over, with a line that says so. */
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

/* Keeps the last buffer that comes to an element. */
static void
watch (GstElement *pipeline, const char *name, GstBuffer **last)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), name);
  GstPad *pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, keep_last, last, NULL);
  gst_object_unref (pad);
  gst_object_unref (element);
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
play (GstElement *pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 100 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS, "no end");
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_message_unref (message);
  gst_object_unref (bus);
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

static Suite *
survival_suite (void)
{
  Suite *suite = suite_create ("survival");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_metas_pass_as_the_table_says);
  return suite;
}

GST_CHECK_MAIN (survival)
