/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays items to microexpr. All items of a face form one video: its noise is learnt once. */
#include "play.h"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <math.h>

#include "shared/pipeline.h"
#include "course.h"
#include "render.h"

#define LAUNCH                                                                                     \
  "appsrc name=source format=time block=true max-buffers=4 ! microexpr name=microexpr "            \
  "face-data=landmarks+regions ! fakesink sync=false async=false"
#define META "GstMicroexprMeta"
#define LEAD_S 2.0 /* at rest before the first item */
#define REST_S 1.5 /* after each item, since an event is reported a little after its end */

typedef struct
{
  GArray *showings;
  GstElement *pipeline;
  GstAppSrc *source;
  double frame_rate;
  guint64 n_frames; /* pushed */
  GArray *spans;    /* of Span, one per showing */
} Run;

/* When a showing is on screen. */
typedef struct
{
  GstClockTime from_ns, apex_ns, to_ns;
} Span;

void
train_showing_clear (TrainShowing *showing)
{
  g_clear_pointer (&showing->before, g_free);
  g_clear_pointer (&showing->apex, g_free);
}

static GstClockTime
frame_time (const Run *run, guint64 n)
{
  return (GstClockTime)llround ((double)n * GST_SECOND / run->frame_rate);
}

/* --- pushing --- */

static GstBuffer *
to_buffer (GdkPixbuf *picture)
{
  GstBuffer *buffer = gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY,
      (gpointer)gdk_pixbuf_read_pixels (picture), gdk_pixbuf_get_byte_length (picture), 0,
      gdk_pixbuf_get_byte_length (picture), g_object_ref (picture), g_object_unref);
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0 };
  gint stride[GST_VIDEO_MAX_PLANES] = { gdk_pixbuf_get_rowstride (picture) };

  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_RGB,
      TRAIN_WIDTH, TRAIN_HEIGHT, 1, offset, stride);
  return buffer;
}

/* FALSE: the pipeline has failed. */
static gboolean
push (Run *run, GdkPixbuf *picture)
{
  GstBuffer *buffer = to_buffer (picture);

  GST_BUFFER_PTS (buffer) = frame_time (run, run->n_frames);
  GST_BUFFER_DURATION (buffer) = frame_time (run, run->n_frames + 1) - GST_BUFFER_PTS (buffer);
  run->n_frames++;
  return gst_app_src_push_buffer (run->source, buffer) == GST_FLOW_OK;
}

static gboolean
push_rest (Run *run, GdkPixbuf *neutral, double duration_s)
{
  guint n = train_course_frames (duration_s, run->frame_rate);
  gboolean good = TRUE;

  for (guint k = 0; good && k < n; k++)
    good = push (run, neutral);
  return good;
}

static gboolean
push_showing (Run *run, const TrainShowing *showing, const GPtrArray *pictures)
{
  guint n = train_course_frames (showing->duration_s, run->frame_rate);
  gboolean good = TRUE;

  for (guint k = 0; good && k < n; k++)
    good = push (run, pictures->pdata[train_course_step (k, n)]);
  return good && push_rest (run, pictures->pdata[0], REST_S);
}

/* Showings of one item are consecutive, so it is unpacked once. */
static gboolean
push_all (Run *run, GBytes *neutral)
{
  const TrainSprite still = { 0 }, *unpacked = &still;
  GPtrArray *pictures = train_sprite_unpack (&still, neutral, 0);
  gboolean good = push_rest (run, pictures->pdata[0], LEAD_S);

  for (guint i = 0; good && i < run->showings->len; i++) {
    const TrainShowing *showing = &g_array_index (run->showings, TrainShowing, i);

    if (showing->sprite != unpacked) {
      g_ptr_array_unref (pictures);
      pictures = train_sprite_unpack (showing->sprite, neutral, TRAIN_STEPS);
      unpacked = showing->sprite;
    }
    good = push_showing (run, showing, pictures);
  }
  g_ptr_array_unref (pictures);
  return good;
}

/* Computes the spans, which the probe needs from the first frame on. */
static void
plan (Run *run)
{
  guint64 n = train_course_frames (LEAD_S, run->frame_rate);

  for (guint i = 0; i < run->showings->len; i++) {
    double duration_s = g_array_index (run->showings, TrainShowing, i).duration_s;
    guint frames = train_course_frames (duration_s, run->frame_rate);
    const Span span = { frame_time (run, n), frame_time (run, n + frames / 2),
      frame_time (run, n + frames) };

    g_array_append_val (run->spans, span);
    n += frames + train_course_frames (REST_S, run->frame_rate);
  }
}

/* --- what is found --- */

static void
keep_moment (AppMoment **place, GstBuffer *buffer)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, META);
  const GValue *faces;
  AppMoment moment;

  if (*place || !meta)
    return;
  faces = gst_structure_get_value (gst_custom_meta_get_structure (meta), "faces");
  if (gst_value_list_get_size (faces) == 1 &&
      app_moment_read (&moment, GST_BUFFER_PTS (buffer),
          gst_value_get_structure (gst_value_list_get_value (faces, 0))))
    *place = g_memdup2 (&moment, sizeof moment);
}

/* Behind microexpr, in the streaming thread. The main thread reads the moments only after the end.
 */
static GstPadProbeReturn
on_frame (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  Run *run = user_data;

  for (guint i = 0; i < run->spans->len; i++) {
    const Span *span = &g_array_index (run->spans, Span, i);
    TrainShowing *showing = &g_array_index (run->showings, TrainShowing, i);

    if (GST_BUFFER_PTS (buffer) == span->from_ns)
      keep_moment (&showing->before, buffer);
    if (GST_BUFFER_PTS (buffer) == span->apex_ns)
      keep_moment (&showing->apex, buffer);
  }
  return GST_PAD_PROBE_OK;
}

/* An event goes to the showing that it overlaps; of two the one of higher confidence stays. */
static void
handle_message (GstMessage *message, gpointer user_data)
{
  const GstStructure *event = gst_message_get_structure (message);
  guint64 onset = 0, offset = 0;
  double confidence = 0;
  Run *run = user_data;

  if (!gst_structure_has_name (event, "microexpr-event"))
    return;
  gst_structure_get (event, "onset", G_TYPE_UINT64, &onset, "offset", G_TYPE_UINT64, &offset,
      "confidence", G_TYPE_DOUBLE, &confidence, NULL);
  for (guint i = 0; i < run->spans->len; i++) {
    const Span *span = &g_array_index (run->spans, Span, i);
    TrainShowing *showing = &g_array_index (run->showings, TrainShowing, i);

    if (onset >= span->to_ns || offset <= span->from_ns || confidence <= showing->confidence)
      continue;
    showing->emotion = g_intern_string (gst_structure_get_string (event, "emotion"));
    showing->confidence = confidence;
  }
}

/* --- running --- */

static void
prepare (Run *run, gboolean contempt)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (run->pipeline), "microexpr");
  GstPad *pad = gst_element_get_static_pad (element, "src");
  GstCaps *caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "RGB", "width",
      G_TYPE_INT, TRAIN_WIDTH, "height", G_TYPE_INT, TRAIN_HEIGHT, "framerate", GST_TYPE_FRACTION,
      (int)lround (run->frame_rate * 1000), 1000, NULL);

  g_object_set (element, "contempt", contempt, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_frame, run, NULL);
  gst_app_src_set_caps (run->source, caps);
  gst_caps_unref (caps);
  gst_object_unref (pad);
  gst_object_unref (element);
}

gboolean
train_play (GArray *showings, GBytes *neutral, double frame_rate, gboolean contempt, GError **error)
{
  Run run = { .showings = showings, .frame_rate = frame_rate };
  gboolean good;

  run.pipeline = gst_parse_launch_full (LAUNCH, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (!run.pipeline)
    return FALSE;
  run.source = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (run.pipeline), "source"));
  run.spans = g_array_new (FALSE, FALSE, sizeof (Span));
  plan (&run);
  prepare (&run, contempt);
  gst_element_set_state (run.pipeline, GST_STATE_PLAYING);
  push_all (&run, neutral); /* after a failure the bus has the error */
  gst_app_src_end_of_stream (run.source);
  good = app_pipeline_wait (run.pipeline, handle_message, &run, error);

  g_array_unref (run.spans);
  gst_object_unref (run.source);
  gst_object_unref (run.pipeline);
  return good;
}
