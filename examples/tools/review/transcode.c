/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A copy of the recording that browsers can play. Quality matters more than size, since motion is
 * small. With about two key frames a second, stepping backwards is quick. */
#include "transcode.h"

#include <glib/gstdio.h>

#include "pipeline.h"

/* Negative cpu-used: as fast, but quality does not depend on how busy the machine is. H.264 in
 * 4:2:0 needs even sizes. */
static const struct
{
  const char *video, *sound, *mux;
} formats[] = {
  [REVIEW_TRANSCODE_WEBM] = { "videoconvert ! video/x-raw,format=I420 ! vp8enc deadline=1 "
                              "cpu-used=-8 threads=2 end-usage=cq cq-level=8 "
                              "target-bitrate=20000000 "
                              "keyframe-max-dist=15",
      "opusenc", "webmmux" },
  [REVIEW_TRANSCODE_MP4] = { "videoconvert ! videoscale ! "
                             "video/x-raw,format=I420,width=[2,16384,2],height=[2,16384,2] ! "
                             "x264enc "
                             "speed-preset=veryfast pass=qual quantizer=18 key-int-max=15 ! "
                             "video/x-h264,profile=high ! h264parse",
      "avenc_aac", "mp4mux faststart=true" },
};

static const char *const containers[] = { "video/quicktime", "video/webm", "video/x-matroska",
  "application/ogg", NULL };
static const char *const codecs[] = { "video/x-h264", "video/x-vp8", "video/x-vp9", "video/x-av1",
  NULL };

gboolean
review_transcode_is_playable (const char *container, const char *codec)
{
  return container && codec && g_strv_contains (containers, container) &&
         g_strv_contains (codecs, codec);
}

/* The branch for sound is added only when there is sound: without data it would block the others.
 */
static void
add_sound (GstElement *pipeline, GstPad *pad, const char *encoder)
{
  char *launch = g_strdup_printf ("queue ! audioconvert ! audioresample ! %s", encoder);
  GstElement *branch =
      gst_parse_bin_from_description_full (launch, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  GstElement *mux = gst_bin_get_by_name (GST_BIN (pipeline), "mux");
  GstPad *sink;

  g_free (launch);
  if (branch) {
    sink = gst_element_get_static_pad (branch, "sink");
    gst_bin_add (GST_BIN (pipeline), branch);
    gst_element_link (branch, mux);
    gst_pad_link (pad, sink);
    gst_element_sync_state_with_parent (branch);
    gst_object_unref (sink);
  }
  gst_object_unref (mux);
}

/* user_data: description of the audio encoder. */
static void
on_pad (GstElement *source, GstPad *pad, gpointer user_data)
{
  GstCaps *caps = gst_pad_get_current_caps (pad);
  GstElement *pipeline;

  if (!caps)
    return;
  if (g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/")) {
    pipeline = GST_ELEMENT (gst_element_get_parent (source));
    add_sound (pipeline, pad, user_data);
    gst_object_unref (pipeline);
  }
  gst_caps_unref (caps);
}

gboolean
review_transcode (const char *recording, const char *copy, ReviewTranscode format,
    AppProgress *progress, GError **error)
{
  char *launch = g_strdup_printf ("uridecodebin name=source ! queue ! videoconvert ! videoflip "
                                  "video-direction=auto ! %s ! queue "
                                  "! %s name=mux ! filesink name=file",
      formats[format].video, formats[format].mux);
  GstElement *pipeline = review_pipeline_new (launch, recording, error), *source, *file;
  gboolean good;

  g_free (launch);
  if (!pipeline)
    return FALSE;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_signal_connect (source, "pad-added", G_CALLBACK (on_pad), (gpointer)formats[format].sound);
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (file, "location", copy, NULL);
  gst_object_unref (file);
  gst_object_unref (source);
  good = review_pipeline_run (pipeline, "Copying", progress, NULL, error);
  if (!good)
    g_unlink (copy);
  gst_object_unref (pipeline);
  return good;
}
