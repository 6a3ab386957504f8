/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "feed.h"

#include <gst/app/app.h>

#define PICTURE_US (200 * G_TIME_SPAN_MILLISECOND) /* between two pictures, on average */
#define MOST_WIDTH 640                             /* pixels of a picture */
#define MOST_HEIGHT 640

/* Without matrix-mode, pictures in HD would be converted to the colors of SD while they are scaled:
 * 4 ms a picture instead of less than 1. */
#define ELEMENTS                                                                                   \
  "tee name=analysed analysed. ! queue name=picture-queue leaky=downstream max-size-buffers=1 "    \
  "max-size-bytes=0 max-size-time=0 ! videoconvert ! video/x-raw,format=I420 ! "                   \
  "videoconvertscale chroma-mode=none matrix-mode=none ! capsfilter name=picture-size ! "          \
  "microexproverlay draw=boxes+ids+labels %s ! jpegenc quality=80 idct-method=ifast ! "            \
  "appsink name=picture sync=false async=false max-buffers=1 drop=true analysed. !"

struct _LiveFeed
{
  gatomicrefcount ref_count; /* the camera, the server, and probes of pipelines */
  LiveEventLog *log;
  guint camera;

  GMutex lock; /* guards the fields below */
  LiveLatency latency;
  GBytes *picture; /* NULL: none yet */
  guint64 n_pictures;
  gint64 wanted_us; /* somebody looks until then */
  gint64 due_us;    /* when the next frame may become a picture */
};

LiveFeed *
live_feed_new (LiveEventLog *log, guint camera)
{
  LiveFeed *feed = g_new0 (LiveFeed, 1);

  g_atomic_ref_count_init (&feed->ref_count);
  g_mutex_init (&feed->lock);
  feed->log = live_event_log_ref (log);
  feed->camera = camera;
  return feed;
}

LiveFeed *
live_feed_ref (LiveFeed *feed)
{
  g_atomic_ref_count_inc (&feed->ref_count);
  return feed;
}

void
live_feed_unref (LiveFeed *feed)
{
  if (!g_atomic_ref_count_dec (&feed->ref_count))
    return;
  live_event_log_unref (feed->log);
  g_clear_pointer (&feed->picture, g_bytes_unref);
  g_mutex_clear (&feed->lock);
  g_free (feed);
}

static void
unref (gpointer feed)
{
  live_feed_unref (feed);
}

/* ---- from the pipeline; streaming threads ---- */

static GstPadProbeReturn
note_latency (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  LiveFeed *feed = user_data;
  double latency_s;

  if (live_latency_measure (pad, GST_PAD_PROBE_INFO_BUFFER (info), &latency_s)) {
    g_mutex_lock (&feed->lock);
    live_latency_add (&feed->latency, latency_s);
    g_mutex_unlock (&feed->lock);
  }
  return GST_PAD_PROBE_OK;
}

/* Lets a frame become a picture when somebody looks and the last one is old enough. */
static GstPadProbeReturn
choose_frame (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info G_GNUC_UNUSED, gpointer user_data)
{
  LiveFeed *feed = user_data;
  gint64 now = g_get_monotonic_time ();
  gboolean wanted;

  g_mutex_lock (&feed->lock);
  wanted = now < feed->wanted_us && now >= feed->due_us;
  if (wanted)
    feed->due_us = MAX (feed->due_us + PICTURE_US, now + PICTURE_US / 2);
  g_mutex_unlock (&feed->lock);
  return wanted ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

static GstFlowReturn
take_picture (GstAppSink *sink, gpointer user_data)
{
  LiveFeed *feed = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample ? gst_sample_get_buffer (sample) : NULL;
  GBytes *picture;
  gpointer data;
  gsize size;

  if (!buffer)
    return GST_FLOW_OK;
  gst_buffer_extract_dup (buffer, 0, (gsize)-1, &data, &size);
  picture = g_bytes_new_take (data, size);
  g_mutex_lock (&feed->lock);
  g_clear_pointer (&feed->picture, g_bytes_unref);
  feed->picture = picture;
  feed->n_pictures++;
  g_mutex_unlock (&feed->lock);
  return GST_FLOW_OK;
}

/* ---- from the camera ---- */

char *
live_feed_print_elements (const char *properties)
{
  return g_strdup_printf (ELEMENTS, properties);
}

static void
add_probe (GstElement *element, const char *pad_name, GstPadProbeCallback callback, LiveFeed *feed)
{
  GstPad *pad = gst_element_get_static_pad (element, pad_name);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, live_feed_ref (feed), unref);
  gst_object_unref (pad);
}

/* Pictures keep their shape; small ones are not enlarged. */
static void
limit_size (GstElement *pipeline)
{
  GstElement *filter = gst_bin_get_by_name (GST_BIN (pipeline), "picture-size");
  GstCaps *caps =
      gst_caps_new_simple ("video/x-raw", "width", GST_TYPE_INT_RANGE, 1, MOST_WIDTH, "height",
          GST_TYPE_INT_RANGE, 1, MOST_HEIGHT, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);

  g_object_set (filter, "caps", caps, NULL);
  gst_caps_unref (caps);
  gst_object_unref (filter);
}

static void
attach_pictures (LiveFeed *feed, GstElement *pipeline, GstElement *queue)
{
  GstAppSinkCallbacks callbacks = { .new_sample = take_picture };
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "picture");

  limit_size (pipeline);
  add_probe (queue, "sink", choose_frame, feed);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, live_feed_ref (feed), unref);
  gst_object_unref (sink);
}

void
live_feed_attach (LiveFeed *feed, GstElement *pipeline, gboolean live)
{
  GstElement *microexpr = gst_bin_get_by_name (GST_BIN (pipeline), "microexpr");
  GstElement *queue = gst_bin_get_by_name (GST_BIN (pipeline), "picture-queue");

  if (live)
    add_probe (microexpr, "src", note_latency, feed);
  if (queue)
    attach_pictures (feed, pipeline, queue);
  gst_clear_object (&queue);
  gst_object_unref (microexpr);
}

void
live_feed_add_event (LiveFeed *feed, const char *json, gsize size)
{
  live_event_log_add (feed->log, feed->camera, json, size);
}

/* ---- for the server ---- */

/* Lock held. */
static void
want (LiveFeed *feed)
{
  gint64 now = g_get_monotonic_time ();

  if (now >= feed->wanted_us)
    g_clear_pointer (&feed->picture, g_bytes_unref); /* of when somebody looked last */
  feed->wanted_us = now + LIVE_FEED_WANTED_S * G_TIME_SPAN_SECOND;
}

void
live_feed_want_pictures (LiveFeed *feed)
{
  g_mutex_lock (&feed->lock);
  want (feed);
  g_mutex_unlock (&feed->lock);
}

GBytes *
live_feed_get_picture (LiveFeed *feed, guint64 *number)
{
  GBytes *picture = NULL;

  g_mutex_lock (&feed->lock);
  want (feed);
  if (feed->picture && feed->n_pictures > *number)
    picture = g_bytes_ref (feed->picture);
  *number = feed->n_pictures;
  g_mutex_unlock (&feed->lock);
  return picture;
}

guint64
live_feed_n_pictures (LiveFeed *feed)
{
  guint64 n_pictures;

  g_mutex_lock (&feed->lock);
  n_pictures = feed->n_pictures;
  g_mutex_unlock (&feed->lock);
  return n_pictures;
}

void
live_feed_get_latency (LiveFeed *feed, LiveLatency *latency)
{
  g_mutex_lock (&feed->lock);
  *latency = feed->latency;
  g_mutex_unlock (&feed->lock);
}
