/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accuracy-play.h"

#include "shared/item.h"
#include "shared/pipeline.h"
#include "accuracy-recording.h"
#include "inject.h"

#define UNKNOWN_S 3600 /* a real clip's duration before it has played */

/* A clip while it plays. */
typedef struct
{
  Play *play;
  GstClockTime newest_ns; /* stream time of the newest frame that was analyzed */
  Injector *injector;
  Recorder *recorder;
} Run;

/* Runs where the message is posted, in the streaming thread. */
static GstBusSyncReply
handle_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Run *run = user_data;
  const GstStructure *s = gst_message_get_structure (message);

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ELEMENT)
    return GST_BUS_PASS;
  if (gst_structure_has_name (s, "microexpr-truth")) {
    Item truth = item_read (s);

    GST_OBJECT_LOCK (bus); /* a codec's threads may part source and analysis */
    g_array_append_val (run->play->clip.truths, truth);
    GST_OBJECT_UNLOCK (bus);
  } else if (gst_structure_has_name (s, "microexpr-event")) {
    Item report = item_read (s);

    report.latency = run->newest_ns / 1e9 - report.offset;
    g_array_append_val (run->play->clip.reports, report);
  }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* Maps the buffer of a probe by the caps of its pad. */
static gboolean
map_frame (GstPad *pad, GstBuffer *buffer, GstMapFlags flags, GstVideoFrame *frame)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;

  return caps && gst_video_info_from_caps (&info, caps) &&
         gst_video_frame_map (frame, &info, buffer, flags);
}

static GstClockTime
stream_time (GstPad *pad, GstBuffer *buffer)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  GstClockTime time = GST_BUFFER_PTS (buffer);
  const GstSegment *segment;

  if (event) {
    gst_event_parse_segment (event, &segment);
    time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, time);
    gst_event_unref (event);
  }
  return time;
}

/* To who measures beside microexpr, or instead of it. */
static void
hand_over (Run *run, const GstVideoFrame *frame)
{
  Play *play = run->play;
  MeFrame luma = { GST_VIDEO_FRAME_PLANE_DATA (frame, 0), GST_VIDEO_FRAME_WIDTH (frame),
    GST_VIDEO_FRAME_HEIGHT (frame), (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0), 1,
    run->newest_ns, NULL };

  if (run->recorder)
    recorder_add (run->recorder, &luma, &play->clip);
  if (play->watch)
    play->watch (play->watcher, &luma);
}

static GstPadProbeReturn
note_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Run *run = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstVideoFrame frame;

  run->newest_ns = stream_time (pad, buffer);
  if ((run->recorder || run->play->watch) && map_frame (pad, buffer, GST_MAP_READ, &frame)) {
    hand_over (run, &frame);
    gst_video_frame_unmap (&frame);
  }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
inject (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Run *run = user_data;
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GstVideoFrame frame;

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  if (map_frame (pad, buffer, GST_MAP_READWRITE, &frame)) {
    injector_add (run->injector, &frame, stream_time (pad, buffer), &run->play->clip);
    gst_video_frame_unmap (&frame);
  }
  return GST_PAD_PROBE_OK;
}

/* What makes frames of I420, up to the analysis. */
static char *
describe_source (const Play *play)
{
  const Tier *tier = play->tier;
  g_autofree char *codec = tier && tier->quantizer
                               ? g_strdup_printf ("! x264enc pass=qual quantizer=%d "
                                                  "! avdec_h264 max-threads=1",
                                     tier->quantizer)
                               : g_strdup ("");

  if (!tier || !tier->pattern)
    return g_strdup_printf ("filesrc name=source ! decodebin ! videoconvert ! "
                            "video/x-raw,format=I420 ! identity name=inject %s",
        codec);
  return g_strdup_printf ("microexprtestsrc name=source pattern=%s seed=%u fields=\"%s\" "
                          "num-buffers=%.0f curves=\"%s\" ! "
                          "video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 %s",
      tier->pattern, play->seed, play->fields ? play->fields : "",
      play->duration_s > 0 ? play->duration_s * tier->fps : -1, play->curves ? play->curves : "",
      tier->width, tier->height, tier->fps, codec);
}

static char *
describe_analysis (const Play *play)
{
  if (play->recording)
    return g_strdup ("fakesink name=analysis sync=false");
  return g_strdup_printf ("microexpr name=analysis kinds=micro+macro+blink min-confidence=0 "
                          "sensitivity=%g %s ! fakesink sync=false",
      play->sensitivity, play->microexpr ? play->microexpr : "");
}

static GstElement *
build_pipeline (const Play *play, GError **error)
{
  g_autofree char *source = describe_source (play), *analysis = describe_analysis (play);
  g_autofree char *text = g_strconcat (source, " ! ", analysis, NULL);
  GstElement *pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) first = NULL;

  if (!pipeline)
    return NULL;
  first = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  if (play->source)
    g_object_set (
        first, play->tier && play->tier->pattern ? "face" : "location", play->source, NULL);
  if (play->script)
    g_object_set (first, "script", play->script, NULL);
  if (play->tier && play->tier->ipd_px > 0)
    g_object_set (first, "ipd", play->tier->ipd_px, NULL);
  return pipeline;
}

static void
add_probe (GstElement *pipeline, const char *name, const char *pad_name,
    GstPadProbeCallback callback, Run *run)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (pipeline), name);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, pad_name);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, run, NULL);
}

/* Decodes a clip once, to learn how long it is; in s. */
static double
clip_seconds (const char *path)
{
  g_autofree char *text =
      g_strdup ("filesrc name=source ! decodebin ! video/x-raw ! fakesink sync=false");
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, NULL), source = NULL;
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  gint64 duration = 0;

  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  message =
      gst_bus_timed_pop_filtered (bus, 10 * GST_SECOND, GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_ERROR);
  gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return duration > 0 ? duration / 1e9 : UNKNOWN_S;
}

/* Plays to the end of the stream. */
static void
play_pipeline (Run *run, GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GError) error = NULL;

  add_probe (pipeline, "analysis", "sink", note_frame, run);
  if (run->injector)
    add_probe (pipeline, "inject", "src", inject, run);
  gst_bus_set_sync_handler (bus, handle_message, run, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (!app_pipeline_wait (pipeline, NULL, NULL, &error))
    run->play->error = g_strdup (error->message);
  run->play->clip.duration = run->newest_ns / 1e9;
}

static gboolean
prepare (Run *run, GError **error)
{
  const Play *play = run->play;

  if (play->tier && !play->tier->pattern) {
    run->injector = injector_new (play->seed, clip_seconds (play->source), play->fields, error);
    if (!run->injector)
      return FALSE;
  }
  if (play->recording) {
    run->recorder = recorder_new (play->recording, error);
    if (!run->recorder)
      return FALSE;
  }
  return TRUE;
}

void
play_clip (Play *play)
{
  Run run = { .play = play };
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GError) error = NULL;

  clip_init (&play->clip);
  if (play->replay) {
    recording_replay (play->recording, play->sensitivity, &play->clip, &error);
  } else if (prepare (&run, &error)) {
    pipeline = build_pipeline (play, &error);
    if (pipeline)
      play_pipeline (&run, pipeline);
    if (run.recorder)
      recorder_finish (run.recorder, &play->clip);
  }
  injector_free (run.injector);
  recorder_free (run.recorder);
  if (error)
    play->error = g_strdup (error->message);
}

void
play_clear (Play *play)
{
  clip_clear (&play->clip);
  g_free (play->source);
  g_free (play->curves);
  g_free (play->recording);
  g_free (play->error);
}
