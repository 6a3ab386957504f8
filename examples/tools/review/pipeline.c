/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pipelines that read the recording. */
#include "pipeline.h"

#define POLL_NS (100 * GST_MSECOND)
#define EOS_PATIENCE_NS (10 * GST_SECOND) /* for a stopped pipeline to finish */

GstElement *
review_pipeline_new (const char *launch, const char *recording, GError **error)
{
  GstElement *pipeline = gst_parse_launch_full (launch, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  GstElement *source;
  char *uri;

  if (!pipeline) {
    g_prefix_error (error,
        "a GStreamer element is missing (tests/packages lists the Debian packages; "
        "set GST_PLUGIN_PATH to the gst-microexpr plugin): ");
    return NULL;
  }
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  uri = gst_filename_to_uri (recording, error);
  if (uri)
    g_object_set (source, "uri", uri, NULL);
  else
    gst_clear_object (&pipeline);
  g_free (uri);
  gst_object_unref (source);
  return pipeline;
}

/* Advice for an error, or NULL. */
static const char *
find_cure (const GError *error)
{
  if (g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    return "The Debian packages gstreamer1.0-libav and gstreamer1.0-plugins-bad support more "
           "formats.";
  if (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE))
    return "Does the file contain a video?";
  return NULL;
}

GError *
review_pipeline_parse_error (GstMessage *message)
{
  GError *error = NULL, *explained;
  const char *cure;

  gst_message_parse_error (message, &error, NULL);
  cure = find_cure (error);
  if (!cure)
    return error;
  explained = g_error_new (error->domain, error->code, "%s %s", error->message, cure);
  g_error_free (error);
  return explained;
}

static void
show (GstElement *pipeline, AppProgress *progress, const ReviewPipelineHooks *hooks)
{
  gint64 position = 0, duration = 0;
  char *detail;

  if (!gst_element_query_position (pipeline, GST_FORMAT_TIME, &position) ||
      !gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration) || duration <= 0)
    return;
  detail = hooks && hooks->describe ? hooks->describe (hooks->user_data) : NULL;
  app_progress_show (progress, (double)position / (double)duration, detail);
  g_free (detail);
}

/* TRUE: the stream has ended, normally or by an error. */
static gboolean
take (GstMessage *message, const ReviewPipelineHooks *hooks, GError **error)
{
  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_EOS:
    return TRUE;
  case GST_MESSAGE_ERROR:
    g_propagate_error (error, review_pipeline_parse_error (message));
    return TRUE;
  default:
    if (hooks && hooks->handle_message)
      hooks->handle_message (message, hooks->user_data);
    return FALSE;
  }
}

/* Sends EOS, so that elements finish what they hold. */
static gboolean
stop (GstElement *pipeline)
{
  return gst_element_send_event (pipeline, gst_event_new_eos ());
}

gboolean
review_pipeline_run (GstElement *pipeline, const char *step, AppProgress *progress,
    const ReviewPipelineHooks *hooks, GError **error)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  guint stops = app_progress_stops (progress);
  GstClockTime waited = 0;
  gboolean ended = FALSE, stopping = FALSE;
  GError *problem = NULL;

  app_progress_begin (progress, step);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended && waited < EOS_PATIENCE_NS) {
    GstMessage *message = gst_bus_timed_pop (bus, POLL_NS);

    if (message) {
      ended = take (message, hooks, &problem);
      gst_message_unref (message);
    } else if (stopping) {
      waited += POLL_NS;
    }
    show (pipeline, progress, hooks);
    if (!stopping && app_progress_stops (progress) > stops)
      stopping = stop (pipeline);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  app_progress_end (progress);
  gst_object_unref (bus);
  if (problem)
    g_propagate_error (error, problem);
  return !problem;
}
