/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Renders the items of a face as one video. Its frame rate gives the rise of an item TRAIN_STEPS
 * frames; the fall would repeat these pictures and is skipped by seeking. */
#include "render.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <string.h>

#include "shared/pipeline.h"

#define LAUNCH                                                                                     \
  "microexprtestsrc name=source noise=0 light=0 head-motion=0 micro-rate=0 macro-rate=0 "          \
  "blink-rate=0 ! capsfilter name=caps ! appsink name=sink sync=false max-buffers=1"
#define DURATION_MS 400 /* arbitrary: the pictures do not depend on it */
#define RISE_MS 180     /* TRAIN_RISE of DURATION_MS */
#define SLOT_MS 450     /* from one item to the next, 35 frames */
#define LID_SHARE 0.5

G_STATIC_ASSERT (SLOT_MS > DURATION_MS && SLOT_MS * TRAIN_STEPS % RISE_MS == 0);

/* Formats numbers with a decimal point in any locale. */
static void
append_number (GString *script, const char *format, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (script, g_ascii_formatd (number, sizeof number, format, value));
}

/* The n-th item, whose onset is the first frame of its slot. */
static void
append_item (GString *script, const TrainItem *item, guint n)
{
  const TrainRecipe *recipe = item->recipe;
  double strength = train_variant_strength (recipe->variant);
  const struct
  {
    const char *units;
    double strength;
  } parts[] = { { recipe->units, strength }, { recipe->lids, LID_SHARE * strength } };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (!parts[i].units)
      continue;
    g_string_append_printf (script, "%ums micro %s ", n * SLOT_MS, parts[i].units);
    append_number (script, "%.2f", parts[i].strength);
    g_string_append_printf (script, " %s varied %dms;", train_side_name (item->side), DURATION_MS);
  }
}

static char *
write_script (const TrainItem *items, guint n_items)
{
  GString *script = g_string_new (NULL);

  for (guint n = 0; n < n_items; n++)
    append_item (script, &items[n], n);
  return g_string_free (script, FALSE);
}

static GstElement *
new_pipeline (const TrainItem *items, guint n_items, const char *photo, GError **error)
{
  GstElement *pipeline = gst_parse_launch_full (LAUNCH, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  GstElement *source, *filter;
  char *script;
  GstCaps *caps;

  if (!pipeline) {
    g_prefix_error (error, "a GStreamer element is missing (set GST_PLUGIN_PATH to the "
                           "gst-microexpr plugin): ");
    return NULL;
  }
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  filter = gst_bin_get_by_name (GST_BIN (pipeline), "caps");
  script = write_script (items, n_items);
  caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "RGB", "width", G_TYPE_INT,
      TRAIN_WIDTH, "height", G_TYPE_INT, TRAIN_HEIGHT, "framerate", GST_TYPE_FRACTION,
      TRAIN_STEPS * 1000, RISE_MS, NULL);
  g_object_set (source, "script", script, "face", photo, "seed", items[0].seed, "ipd",
      (double)TRAIN_IPD, NULL);
  g_object_set (filter, "caps", caps, NULL);
  gst_caps_unref (caps);
  g_free (script);
  gst_object_unref (filter);
  gst_object_unref (source);
  return pipeline;
}

/* Copies the picture. NULL: it cannot be mapped. */
static GdkPixbuf *
to_pixbuf (GstSample *sample)
{
  GdkPixbuf *pixbuf = NULL;
  GstVideoFrame frame;
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, TRAIN_WIDTH, TRAIN_HEIGHT);
  for (int y = 0; y < TRAIN_HEIGHT; y++)
    memcpy (gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf),
        (const guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
            y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
        3 * TRAIN_WIDTH);
  gst_video_frame_unmap (&frame);
  return pixbuf;
}

/* The error that ended the stream. */
static void
explain_end (GstElement *pipeline, GError **error)
{
  if (app_pipeline_check (pipeline, error))
    g_set_error_literal (
        error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "microexprtestsrc ended before its last frame");
}

/* The pictures of the n-th item. NULL: the stream has ended. */
static GPtrArray *
pull_item (GstElement *pipeline, GstAppSink *sink, guint n)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (g_object_unref);
  GstSample *sample = NULL;

  if (n > 0)
    gst_element_seek_simple (
        pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, (gint64)(n * SLOT_MS * GST_MSECOND));
  while (pictures->len <= TRAIN_STEPS && (sample = gst_app_sink_pull_sample (sink))) {
    GdkPixbuf *pixbuf = to_pixbuf (sample);

    gst_sample_unref (sample);
    if (!pixbuf)
      break;
    g_ptr_array_add (pictures, pixbuf);
  }
  if (pictures->len == TRAIN_STEPS + 1)
    return pictures;
  g_ptr_array_unref (pictures);
  return NULL;
}

static GPtrArray *
pull_items (GstElement *pipeline, guint n_items, GError **error)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref), *pictures;
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");

  while (items->len < n_items && (pictures = pull_item (pipeline, GST_APP_SINK (sink), items->len)))
    g_ptr_array_add (items, pictures);
  gst_object_unref (sink);
  if (items->len == n_items)
    return items;
  g_ptr_array_unref (items);
  explain_end (pipeline, error);
  return NULL;
}

GPtrArray *
train_render (const TrainItem *items, guint n_items, const char *photo, GError **error)
{
  GstElement *pipeline = new_pipeline (items, n_items, photo, error);
  GPtrArray *rendered = NULL;

  if (!pipeline)
    return NULL;
  if (gst_element_set_state (pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    explain_end (pipeline, error);
  else
    rendered = pull_items (pipeline, n_items, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return rendered;
}
