/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the frames of an expression once more. microexpr looks on, for where the face is. */
#include "strip.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "frame-source.h"

#define TAIL                                                                                       \
  " ! videoconvert ! video/x-raw,format=RGB ! microexpr detect-interval=0 messages=0 ! "           \
  "appsink name=sink sync=false max-buffers=4"
#define META "GstMicroexprMeta"
#define WIDTH_PX 96 /* of one picture */
#define HEIGHT_PX 120
#define GAP_PX 2
#define AROUND 0.25 /* of the box of the face, shown on each side */
#define QUALITY "80"

typedef struct
{
  GstElement *pipeline;
  GstAppSink *sink;
  GstClockTime first_ns; /* time of the first frame */
  GdkPixbuf *frames[STRIP_PICTURES];
  guint n_frames;
  GstVideoRectangle face; /* w 0: none seen yet */
} Strip;

/* --- reading frames --- */

/* Keeps the largest face of the first frame that shows any, so that the head may move in the strip
 * as it did. */
static void
note_face (Strip *strip, GstBuffer *buffer)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, META);
  const GValue *faces =
      meta ? gst_structure_get_value (gst_custom_meta_get_structure (meta), "faces") : NULL;
  guint n = faces ? gst_value_list_get_size (faces) : 0;
  gboolean known = strip->face.w > 0;

  for (guint i = 0; i < n && !known; i++) {
    const GstStructure *face = gst_value_get_structure (gst_value_list_get_value (faces, i));
    guint x = 0, y = 0, width = 0, height = 0;

    gst_structure_get (face, "x", G_TYPE_UINT, &x, "y", G_TYPE_UINT, &y, "width", G_TYPE_UINT,
        &width, "height", G_TYPE_UINT, &height, NULL);
    if ((int)width > strip->face.w)
      strip->face = (GstVideoRectangle){ (int)x, (int)y, (int)width, (int)height };
  }
}

/* Copies the frame. */
static void
keep_frame (Strip *strip, GstSample *sample)
{
  GstVideoFrame frame;
  GstVideoInfo info;
  GdkPixbuf *copy;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return;
  copy = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, GST_VIDEO_FRAME_WIDTH (&frame),
      GST_VIDEO_FRAME_HEIGHT (&frame));
  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (&frame); y++)
    memcpy (gdk_pixbuf_get_pixels (copy) + (gsize)y * gdk_pixbuf_get_rowstride (copy),
        (const guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
            (gsize)y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
        3 * (gsize)GST_VIDEO_FRAME_WIDTH (&frame));
  strip->frames[strip->n_frames++] = copy;
  gst_video_frame_unmap (&frame);
}

/* Reads on until all pictures are there or the recording ends; a frame may serve several. */
static void
read_frames (Strip *strip, double from_s, double step_s)
{
  GstSample *sample;

  while (strip->n_frames < STRIP_PICTURES && (sample = gst_app_sink_pull_sample (strip->sink))) {
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    double time_s = (double)GST_CLOCK_DIFF (strip->first_ns, GST_BUFFER_PTS (buffer)) / GST_SECOND;
    guint n_before = G_MAXUINT;

    note_face (strip, buffer);
    while (strip->n_frames < STRIP_PICTURES && strip->n_frames != n_before &&
           time_s >= from_s + strip->n_frames * step_s) {
      n_before = strip->n_frames;
      keep_frame (strip, sample);
    }
    gst_sample_unref (sample);
  }
}

/* Of a video: the time of its first frame, and a seek near the first picture. */
static void
go_to (Strip *strip, double from_s)
{
  GstSample *first;

  gst_element_set_state (strip->pipeline, GST_STATE_PAUSED);
  first = gst_app_sink_pull_preroll (strip->sink);
  if (!first)
    return;
  strip->first_ns = GST_BUFFER_PTS (gst_sample_get_buffer (first));
  gst_sample_unref (first);
  gst_element_seek_simple (strip->pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, (gint64)(MAX (0, from_s) * GST_SECOND));
}

/* The first image that is not before from_s. */
static guint
first_image (const Recording *recording, double from_s)
{
  const GArray *positions = recording->positions;
  guint i = 0;

  while (i + 1 < positions->len &&
         (double)g_array_index (positions, gint64, i) < floor (from_s * recording->frame_rate))
    i++;
  return i;
}

/* --- putting them together --- */

/* The part of the frame to show, in the proportions of a picture, inside the frame. */
static GstVideoRectangle
choose_part (const Strip *strip, const GdkPixbuf *frame)
{
  int width = gdk_pixbuf_get_width (frame), height = gdk_pixbuf_get_height (frame);
  const GstVideoRectangle *face = &strip->face;
  GstVideoRectangle part = { 0, 0, width, height };

  if (face->w <= 0)
    return part;
  part.w = MIN (width, (int)(face->w * (1 + 2 * AROUND)));
  part.h = MIN (height, part.w * HEIGHT_PX / WIDTH_PX);
  part.x = CLAMP (face->x + (face->w - part.w) / 2, 0, width - part.w);
  part.y = CLAMP (face->y + (face->h - part.h) / 2, 0, height - part.h);
  return part;
}

/* Scales the part into the n-th picture, as large as fits. */
static void
place (GdkPixbuf *film, guint n, GdkPixbuf *frame, const GstVideoRectangle *part)
{
  double scale = MIN ((double)WIDTH_PX / part->w, (double)HEIGHT_PX / part->h);
  int width = CLAMP ((int)(part->w * scale), 1, WIDTH_PX);
  int height = CLAMP ((int)(part->h * scale), 1, HEIGHT_PX);
  GdkPixbuf *cut = gdk_pixbuf_new_subpixbuf (frame, part->x, part->y, part->w, part->h);
  GdkPixbuf *scaled = gdk_pixbuf_scale_simple (cut, width, height, GDK_INTERP_BILINEAR);

  gdk_pixbuf_copy_area (scaled, 0, 0, width, height, film,
      (int)n * (WIDTH_PX + GAP_PX) + (WIDTH_PX - width) / 2, (HEIGHT_PX - height) / 2);
  g_object_unref (scaled);
  g_object_unref (cut);
}

static GBytes *
put_together (const Strip *strip)
{
  GdkPixbuf *film = gdk_pixbuf_new (
      GDK_COLORSPACE_RGB, FALSE, 8, STRIP_PICTURES * (WIDTH_PX + GAP_PX) - GAP_PX, HEIGHT_PX);
  GstVideoRectangle part = choose_part (strip, strip->frames[0]);
  gchar *data = NULL;
  gsize size = 0;
  gboolean saved;

  gdk_pixbuf_fill (film, 0x808080ff);
  for (guint i = 0; i < STRIP_PICTURES; i++)
    place (film, i, strip->frames[i], &part);
  saved = gdk_pixbuf_save_to_buffer (film, &data, &size, "jpeg", NULL, "quality", QUALITY, NULL);
  g_object_unref (film);
  return saved ? g_bytes_new_take (data, size) : NULL;
}

/* --- all --- */

GBytes *
strip_take (const Recording *recording, double onset, double offset)
{
  double margin = STRIP_MARGIN * (offset - onset), from = MAX (0, onset - margin);
  double step = (offset + margin - from) / (STRIP_PICTURES - 1);
  FrameSource source = { .recording = recording };
  g_autofree char *head = frame_source_describe (recording);
  g_autofree char *line = g_strconcat (head, TAIL, NULL);
  Strip strip = { .pipeline =
                      gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL) };
  GBytes *jpeg = NULL;

  if (!strip.pipeline)
    return NULL;
  strip.sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (strip.pipeline), "sink"));
  if (recording->images)
    source.next_image = first_image (recording, from);
  frame_source_attach (&source, strip.pipeline);
  if (!recording->images)
    go_to (&strip, from);
  gst_element_set_state (strip.pipeline, GST_STATE_PLAYING);
  read_frames (&strip, from, step);
  /* The last picture may lie behind the end. */
  while (strip.n_frames > 0 && strip.n_frames < STRIP_PICTURES) {
    strip.frames[strip.n_frames] = g_object_ref (strip.frames[strip.n_frames - 1]);
    strip.n_frames++;
  }
  if (strip.n_frames > 0)
    jpeg = put_together (&strip);
  gst_element_set_state (strip.pipeline, GST_STATE_NULL);
  for (guint i = 0; i < strip.n_frames; i++)
    g_object_unref (strip.frames[i]);
  g_clear_error (&source.error);
  gst_object_unref (strip.sink);
  gst_object_unref (strip.pipeline);
  return jpeg;
}
