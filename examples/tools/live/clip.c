/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE /* memfd_create() */
#include "clip.h"

#include "shared/pipeline.h"

#include <errno.h>
#include <gst/app/app.h>
#include <sys/mman.h>
#include <unistd.h>

#define LONGEST_NS (10 * GST_SECOND) /* of an event: what is longer is cut */
#define LIMIT_US (25 * G_TIME_SPAN_SECOND)
#define POLL_NS (100 * GST_MSECOND)

/* A recording may be hours long: decoding begins at the key frame before the moment. The decoder
 * and the encoder are two pipelines, since a muxer takes no seek. */
#define DECODE                                                                                     \
  "filesrc name=file ! decodebin ! videoconvert ! videoflip video-direction=auto ! %s "            \
  "appsink name=frames sync=false max-buffers=2"
#define COVER                                                                                      \
  "microexpr messages=0 ! microexproverlay draw=0 anonymize=blur anonymize-fallback=frame !"

/* The quality of a review; two key frames a second for quick steps. */
#define ENCODE                                                                                     \
  "appsrc name=frames format=time block=true max-buffers=2 ! videoconvertscale ! "                 \
  "video/x-raw,format=I420,width=[1,1280],height=[1,1280],pixel-aspect-ratio=1/1 ! "               \
  "vp8enc deadline=1 cpu-used=-8 end-usage=cq cq-level=8 target-bitrate=20000000 "                 \
  "keyframe-max-dist=15 ! webmmux ! fdsink name=file sync=false"

typedef struct
{
  const LiveMoment *moment;
  const gint *cancelled;
  gint64 limit_us;
  GstElement *decoder, *encoder; /* pipelines */
  GstElement *source, *sink;     /* the appsink and the appsrc */
  int file;
} Clip;

static gboolean
is_given_up (const Clip *clip)
{
  return g_atomic_int_get (clip->cancelled) || g_get_monotonic_time () > clip->limit_us;
}

static gint64
begin_of (const LiveMoment *moment)
{
  return MAX (moment->onset_ns - (gint64)LIVE_CLIP_AROUND_NS, 0);
}

static gint64
end_of (const LiveMoment *moment)
{
  return moment->onset_ns + MIN (moment->duration_ns, (gint64)LONGEST_NS) +
         (gint64)LIVE_CLIP_AROUND_NS;
}

/* (transfer full) */
static GstElement *
get (GstElement *pipeline, const char *name)
{
  return gst_bin_get_by_name (GST_BIN (pipeline), name);
}

/* ---- decoding ---- */

static gboolean
open_decoder (Clip *clip, gboolean cover, GError **error)
{
  g_autofree char *text = g_strdup_printf (DECODE, cover ? COVER : "");
  g_autoptr (GstElement) file = NULL;

  clip->decoder = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (!clip->decoder)
    return FALSE;
  file = get (clip->decoder, "file");
  g_object_set (file, "location", clip->moment->path, NULL);
  clip->source = get (clip->decoder, "frames");
  gst_element_set_state (clip->decoder, GST_STATE_PAUSED);
  while (gst_element_get_state (clip->decoder, NULL, NULL, POLL_NS) == GST_STATE_CHANGE_ASYNC)
    if (is_given_up (clip))
      return FALSE;
  if (!app_pipeline_check (clip->decoder, error))
    return FALSE;
  return gst_element_seek (clip->decoder, 1, GST_FORMAT_TIME,
             GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET,
             begin_of (clip->moment), GST_SEEK_TYPE_SET, end_of (clip->moment)) &&
         gst_element_set_state (clip->decoder, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

/* NULL: there is none, or decoding failed, with `error` set. (transfer full) */
static GstSample *
decode_frame (const Clip *clip, GError **error)
{
  GstAppSink *source = GST_APP_SINK (clip->source);
  GstSample *sample = NULL;

  while (!sample && !gst_app_sink_is_eos (source) && !is_given_up (clip) &&
         app_pipeline_check (clip->decoder, error))
    sample = gst_app_sink_try_pull_sample (source, POLL_NS);
  return sample;
}

/* ---- encoding ---- */

static gboolean
open_encoder (Clip *clip, GError **error)
{
  g_autoptr (GstElement) file = NULL;

  clip->file = memfd_create ("clip", MFD_CLOEXEC);
  if (clip->file < 0) {
    g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
    return FALSE;
  }
  clip->encoder = gst_parse_launch_full (ENCODE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (!clip->encoder)
    return FALSE;
  file = get (clip->encoder, "file");
  g_object_set (file, "fd", clip->file, NULL);
  clip->sink = get (clip->encoder, "frames");
  return gst_element_set_state (clip->encoder, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

/* When a frame is shown in the clip; negative: before it. */
static gint64
time_of (const Clip *clip, GstSample *frame)
{
  guint64 time = 0;
  int sign = gst_segment_to_stream_time_full (gst_sample_get_segment (frame), GST_FORMAT_TIME,
      GST_BUFFER_PTS (gst_sample_get_buffer (frame)), &time);

  return sign * (gint64)time + (gint64)LIVE_CLIP_AROUND_NS - clip->moment->onset_ns;
}

/* The clip begins at 0: some browsers would begin it with the first frame, others at 0. */
static void
encode_frame (const Clip *clip, GstSample *frame, gboolean is_first)
{
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (frame));
  GstSample *sample = gst_sample_new (buffer, gst_sample_get_caps (frame), NULL, NULL);

  GST_BUFFER_PTS (buffer) = is_first ? 0 : (GstClockTime)time_of (clip, frame);
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  gst_app_src_push_sample (GST_APP_SRC (clip->sink), sample);
  gst_sample_unref (sample);
  gst_buffer_unref (buffer);
}

static gboolean
finish_encoder (const Clip *clip, GError **error)
{
  GstBus *bus = gst_element_get_bus (clip->encoder);
  GstMessage *message = NULL;
  gboolean good;

  gst_app_src_end_of_stream (GST_APP_SRC (clip->sink));
  while (!message && !is_given_up (clip))
    message = gst_bus_timed_pop_filtered (bus, POLL_NS, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  good = message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  if (message && !good)
    gst_message_parse_error (message, error, NULL);
  gst_clear_message (&message);
  gst_object_unref (bus);
  gst_element_set_state (clip->encoder, GST_STATE_NULL);
  return good;
}

/* ---- the clip ---- */

static gboolean
copy_frames (const Clip *clip, GError **error)
{
  GstSample *sample;
  guint n = 0;

  while ((sample = decode_frame (clip, error))) {
    if (n == 0 || time_of (clip, sample) > 0)
      encode_frame (clip, sample, n++ == 0);
    gst_sample_unref (sample);
    if (!app_pipeline_check (clip->encoder, error))
      return FALSE;
  }
  return n > 0 && !*error && !is_given_up (clip);
}

static GBytes *
read_file (int file, GError **error)
{
  GMappedFile *mapped = g_mapped_file_new_from_fd (file, FALSE, error);
  GBytes *bytes = mapped ? g_mapped_file_get_bytes (mapped) : NULL;

  g_clear_pointer (&mapped, g_mapped_file_unref);
  return bytes;
}

static void
close_pipeline (GstElement **pipeline)
{
  if (*pipeline)
    gst_element_set_state (*pipeline, GST_STATE_NULL);
  gst_clear_object (pipeline);
}

GBytes *
live_clip_make (const LiveMoment *moment, gboolean cover, const gint *cancelled)
{
  Clip clip = { .moment = moment,
    .cancelled = cancelled,
    .limit_us = g_get_monotonic_time () + LIMIT_US,
    .file = -1 };
  g_autoptr (GError) error = NULL;
  GBytes *bytes = NULL;

  if (open_decoder (&clip, cover, &error) && open_encoder (&clip, &error) &&
      copy_frames (&clip, &error) && finish_encoder (&clip, &error))
    bytes = read_file (clip.file, &error);
  if (!bytes)
    GST_WARNING ("no clip of %s: %s", moment->path,
        error ? error->message : "it does not show the event, or takes too long");
  gst_clear_object (&clip.source);
  gst_clear_object (&clip.sink);
  close_pipeline (&clip.decoder);
  close_pipeline (&clip.encoder);
  if (clip.file >= 0)
    close (clip.file);
  return bytes;
}
