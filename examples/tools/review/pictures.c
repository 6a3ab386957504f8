/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The second pass over the recording. Portraits are taken in order of time, so that a recording
 * that cannot seek is simply read through. */
#include "pictures.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#include "pipeline.h"
#include "portrait.h"

/* The layout of cairo's RGB24. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define FORMAT "BGRx"
#else
#define FORMAT "xRGB"
#endif
#define LAUNCH                                                                                     \
  REVIEW_SOURCE "! videoconvert ! video/x-raw,format=" FORMAT                                      \
                " ! appsink name=sink sync=false max-buffers=1"
#define READ_ON_NS (500 * GST_MSECOND) /* nearer frames are reached by reading on */
#define NEAR_NS (20 * GST_MSECOND)     /* how far a frame may be from the time asked for */
#define PATIENCE_NS (10 * GST_SECOND)
#define JPEG_QUALITY "80"

/* One portrait to take. */
typedef struct
{
  guint64 time_ns;
  cairo_matrix_t place;
  GBytes **picture; /* where to store it */
} Wanted;

/* The state of the second pass. */
typedef struct
{
  GstElement *pipeline;
  GstAppSink *sink;
  GstSample *sample; /* the current frame; NULL: none */
  guint64 time_ns;   /* its stream time */
  double pixel_aspect;
  gboolean seekable;
} Reader;

static void
clear_pictures (gpointer data)
{
  ReviewPictures *pictures = data;

  g_clear_pointer (&pictures->onset, g_bytes_unref);
  g_clear_pointer (&pictures->apex, g_bytes_unref);
}

/* --- one portrait --- */

/* Copies a surface of 32-bit pixels into a pixbuf of 24-bit ones. (transfer full) */
static GdkPixbuf *
to_pixbuf (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);

  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++) {
    const guint32 *from =
        (const guint32 *)(gconstpointer)(cairo_image_surface_get_data (surface) +
                                         y * cairo_image_surface_get_stride (surface));
    guchar *to = pixels + y * stride;

    for (int x = 0; x < width; x++, to += 3) {
      to[0] = (guchar)(from[x] >> 16);
      to[1] = (guchar)(from[x] >> 8);
      to[2] = (guchar)from[x];
    }
  }
  return pixbuf;
}

static GBytes *
to_jpeg (cairo_surface_t *surface)
{
  GdkPixbuf *pixbuf = to_pixbuf (surface);
  gchar *data = NULL;
  gsize size = 0;
  gboolean saved =
      gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", NULL, "quality", JPEG_QUALITY, NULL);

  g_object_unref (pixbuf);
  return saved ? g_bytes_new_take (data, size) : NULL;
}

/* NULL: the frame cannot be mapped. */
static GBytes *
draw_portrait (const Reader *reader, const cairo_matrix_t *place)
{
  cairo_surface_t *surface, *picture;
  cairo_matrix_t to_portrait = *place;
  GstVideoFrame frame;
  GstVideoInfo info;
  GBytes *jpeg;
  cairo_t *cr;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (reader->sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (reader->sample), GST_MAP_READ))
    return NULL;
  picture = cairo_image_surface_create_for_data (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
      CAIRO_FORMAT_RGB24, GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
      GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0));
  surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, REVIEW_PORTRAIT_WIDTH, REVIEW_PORTRAIT_HEIGHT);
  cr = cairo_create (surface);
  cairo_matrix_invert (&to_portrait);
  cairo_set_matrix (cr, &to_portrait);
  cairo_scale (cr, reader->pixel_aspect, 1);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  jpeg = to_jpeg (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (picture);
  gst_video_frame_unmap (&frame);
  return jpeg;
}

/* --- reading --- */

static void
take_sample (Reader *reader, GstSample *sample)
{
  g_clear_pointer (&reader->sample, gst_sample_unref);
  reader->sample = sample;
  reader->time_ns = GST_CLOCK_TIME_NONE;
  if (sample)
    reader->time_ns = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
        GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
}

static void
seek (Reader *reader, guint64 time_ns)
{
  reader->seekable = gst_element_seek_simple (reader->pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, (gint64)time_ns);
}

/* Makes the frame at that time the current one. FALSE: there is none. */
static gboolean
reach (Reader *reader, guint64 time_ns)
{
  gboolean far = !reader->sample || reader->time_ns + READ_ON_NS < time_ns;

  if (reader->seekable && far)
    seek (reader, time_ns - MIN (time_ns, GST_MSECOND));
  while (far || reader->time_ns + GST_MSECOND < time_ns) {
    /* Released first: appsink of 1.22 reuses samples that it has handed out. */
    take_sample (reader, NULL);
    take_sample (reader, gst_app_sink_try_pull_sample (reader->sink, PATIENCE_NS));
    if (!reader->sample)
      return FALSE;
    far = FALSE;
  }
  return reader->time_ns <= time_ns + NEAR_NS;
}

static void
want (GArray *all, const AppMoment *moment, cairo_matrix_t place, GBytes **picture)
{
  const Wanted wanted = { moment->time_ns, place, picture };

  g_array_append_val (all, wanted);
}

static gint
by_time (gconstpointer a, gconstpointer b)
{
  const Wanted *x = a, *y = b;

  return (x->time_ns > y->time_ns) - (x->time_ns < y->time_ns);
}

static GArray *
list_wanted (const ReviewAnalysis *analysis, GArray *pictures)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Wanted));

  for (guint i = 0; i < analysis->events->len; i++) {
    const ReviewEvent *event = g_ptr_array_index (analysis->events, i);
    ReviewPictures *p = &g_array_index (pictures, ReviewPictures, i);
    cairo_matrix_t place;

    if (!event->onset || !event->apex)
      continue;
    place = review_portrait_place (event->onset, analysis->pixel_aspect);
    want (all, event->onset, place, &p->onset);
    want (all, event->apex,
        review_portrait_follow (&place, event->onset, event->apex, analysis->pixel_aspect),
        &p->apex);
  }
  g_array_sort (all, by_time);
  return all;
}

static void
read_all (Reader *reader, const GArray *wanted, AppProgress *progress)
{
  guint stops = app_progress_stops (progress);

  app_progress_begin (progress, "Pictures");
  for (guint i = 0; i < wanted->len && app_progress_stops (progress) == stops; i++) {
    const Wanted *w = &g_array_index (wanted, Wanted, i);

    app_progress_show (progress, (double)i / wanted->len, NULL);
    if (reach (reader, w->time_ns))
      *w->picture = draw_portrait (reader, &w->place);
  }
  app_progress_end (progress);
}

GArray *
review_pictures_take (const ReviewAnalysis *analysis, const char *recording, AppProgress *progress)
{
  GArray *pictures = g_array_new (FALSE, TRUE, sizeof (ReviewPictures)), *wanted;
  Reader reader = { .pixel_aspect = analysis->pixel_aspect };
  GError *error = NULL;

  g_array_set_clear_func (pictures, clear_pictures);
  g_array_set_size (pictures, analysis->events->len);
  wanted = list_wanted (analysis, pictures);
  reader.pipeline = wanted->len > 0 ? review_pipeline_new (LAUNCH, recording, &error) : NULL;
  if (reader.pipeline) {
    reader.sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (reader.pipeline), "sink"));
    gst_element_set_state (reader.pipeline, GST_STATE_PLAYING);
    reader.seekable = gst_element_get_state (reader.pipeline, NULL, NULL, PATIENCE_NS) ==
                      GST_STATE_CHANGE_SUCCESS;
    read_all (&reader, wanted, progress);
    take_sample (&reader, NULL);
    gst_element_set_state (reader.pipeline, GST_STATE_NULL);
    gst_object_unref (reader.sink);
    gst_object_unref (reader.pipeline);
  } else if (error) {
    app_progress_print (progress, "microexpr-review: cannot make pictures: %s", error->message);
    g_clear_error (&error);
  }
  g_array_unref (wanted);
  return pictures;
}
