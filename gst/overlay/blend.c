/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Blending that costs by drawn area. gst_video_blend() unpacks and packs whole rows of the picture
 * and works pixel by pixel; here a rectangle is converted once to the layout of the frame. Other
 * formats go to gst_video_blend(), on a window of the frame. */
#include "blend.h"

#include <gst/video/video-blend.h>

#include "convert.h"
#include "frame-window.h"

/* In 16 bits throughout, for the vectorizer: (t + t / 256) / 256 is (t - 128) / 255 rounded. */
static void
blend_row (guint8 *restrict row, const guint8 *restrict add, const guint8 *restrict keep, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    guint16 t = (guint16)(row[i] * keep[i] + 128);
    guint16 value = (guint16)(add[i] + ((guint16)(t + (t >> 8)) >> 8));
    row[i] = (guint8)MIN (value, 255);
  }
}

static void
blend_row_of_words (
    guint16 *restrict row, const guint16 *restrict add, const guint16 *restrict keep, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    guint32 value = add[i] + ((guint32)row[i] * keep[i] + 127) / 255;
    row[i] = (guint16)MIN (value, 65535);
  }
}

static void
blend_plane (const GstMicroexprConvertedPlane *plane, gsize bytes, guint8 *to, gsize stride)
{
  for (int y = 0; y < plane->height; y++) {
    guint8 *row = to + (gsize)y * stride;
    const guint8 *add = plane->add + (gsize)y * plane->row_bytes;
    const guint8 *keep = plane->keep + (gsize)y * plane->row_bytes;
    if (bytes == 2)
      blend_row_of_words (
          (gpointer)row, (gconstpointer)add, (gconstpointer)keep, plane->row_bytes / 2);
    else
      blend_row (row, add, keep, plane->row_bytes);
  }
}

static void
blend_converted (const GstMicroexprConverted *converted, GstVideoFrame *frame, int x, int y)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  guint done = 0; /* bit per plane */

  for (guint c = 0; c < finfo->n_components; c++) {
    guint p = finfo->plane[c];
    gsize stride = (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, p);
    if (done & 1u << p)
      continue;
    done |= 1u << p;
    guint8 *to = (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (frame, p) +
                 (gsize)(y >> finfo->h_sub[c]) * stride +
                 (gsize)(x >> finfo->w_sub[c]) * (gsize)finfo->pixel_stride[c];
    blend_plane (&converted->planes[p], converted->sample_bytes, to, stride);
  }
}

/* Inside the frame, and made of whole samples of every component. */
static gboolean
fits (const GstVideoFrame *frame, const GstVideoRectangle *r)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  int edges = r->x | r->y | r->w | r->h;

  if (r->x < 0 || r->y < 0 || r->x + r->w > GST_VIDEO_FRAME_WIDTH (frame) ||
      r->y + r->h > GST_VIDEO_FRAME_HEIGHT (frame))
    return FALSE;
  for (guint c = 0; c < finfo->n_components; c++)
    if (edges & ((1 << MAX (finfo->w_sub[c], finfo->h_sub[c])) - 1))
      return FALSE;
  return TRUE;
}

static gboolean
blend_any (GstVideoFrame *frame, GstVideoFrame *source, GstVideoRectangle r)
{
  GstVideoFrame window;

  gst_microexpr_frame_window (frame, &r, &window);
  if (window.info.width <= 0 || window.info.height <= 0)
    return TRUE;
  return gst_video_blend (&window, source, r.x, r.y, 1.0f);
}

static gboolean
get_place (GstVideoOverlayRectangle *rectangle, GstVideoRectangle *place)
{
  guint width, height;

  if (!gst_video_overlay_rectangle_get_render_rectangle (
          rectangle, &place->x, &place->y, &width, &height))
    return FALSE;
  place->w = (int)width;
  place->h = (int)height;
  return TRUE;
}

/* Maps the pixels of a rectangle for reading. The composition format is premultiplied only when the
 * info of the picture says so. */
static gboolean
map_pixels (GstBuffer *pixels, const GstVideoRectangle *place, GstVideoFrame *picture)
{
  GstVideoInfo info;

  gst_video_info_set_format (
      &info, GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, (guint)place->w, (guint)place->h);
  info.flags |= GST_VIDEO_FLAG_PREMULTIPLIED_ALPHA;
  return gst_video_frame_map (picture, &info, pixels, GST_MAP_READ);
}

static GstBuffer *
pixels_of (GstVideoOverlayRectangle *rectangle)
{
  return gst_video_overlay_rectangle_get_pixels_raw (
      rectangle, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
}

static gboolean
is_direct (const GstVideoFrame *frame, const GstVideoRectangle *place)
{
  return gst_microexpr_format_sample_bytes (frame->info.finfo) > 0 && fits (frame, place);
}

static gboolean
blend_directly (
    GstVideoOverlayRectangle *rectangle, const GstVideoRectangle *place, GstVideoFrame *frame)
{
  GstBuffer *pixels = pixels_of (rectangle);
  GstVideoFrame picture;

  if (!map_pixels (pixels, place, &picture))
    return FALSE;
  blend_converted (
      gst_microexpr_converted_for (pixels, &picture, &frame->info), frame, place->x, place->y);
  gst_video_frame_unmap (&picture);
  return TRUE;
}

/* How many rectangles from the first on continue each other to the right; all: where they lie. */
static guint
n_in_a_row (GstVideoOverlayComposition *composition, guint first, GstVideoRectangle *all)
{
  guint n = gst_video_overlay_composition_n_rectangles (composition), i = first;
  GstVideoRectangle next;

  while (++i < n) {
    if (!get_place (gst_video_overlay_composition_get_rectangle (composition, i), &next) ||
        next.x != all->x + all->w || next.y != all->y || next.h != all->h)
      break;
    all->w += next.w;
  }
  return i - first;
}

/* The pixels of n rectangles that lie in a row. (transfer full) */
static GstBuffer *
join_row (GstVideoOverlayComposition *composition, guint first, guint n, GstVideoRectangle all)
{
  gsize stride = (gsize)all.w * 4;
  GstBuffer *row = gst_buffer_new_allocate (NULL, stride * (gsize)all.h, NULL);

  for (guint i = first; i < first + n; i++) {
    GstVideoOverlayRectangle *r = gst_video_overlay_composition_get_rectangle (composition, i);
    GstVideoRectangle place;
    GstVideoFrame picture;
    if (!get_place (r, &place) || !map_pixels (pixels_of (r), &place, &picture))
      continue;
    for (int y = 0; y < place.h; y++)
      gst_buffer_fill (row, (gsize)y * stride + (gsize)(place.x - all.x) * 4,
          (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&picture, 0) +
              y * GST_VIDEO_FRAME_PLANE_STRIDE (&picture, 0),
          (gsize)place.w * 4);
    gst_video_frame_unmap (&picture);
  }
  return row;
}

/* One call for rectangles in a row: each may unpack the whole width of the frame. */
static gboolean
blend_row_of_any (GstVideoOverlayComposition *composition, guint first, guint n,
    GstVideoRectangle place, GstVideoFrame *frame)
{
  GstBuffer *pixels =
      n > 1 ? join_row (composition, first, n, place)
            : gst_buffer_ref (
                  pixels_of (gst_video_overlay_composition_get_rectangle (composition, first)));
  GstVideoFrame picture;
  gboolean done = map_pixels (pixels, &place, &picture);

  if (done) {
    done = blend_any (frame, &picture, place);
    gst_video_frame_unmap (&picture);
  }
  gst_buffer_unref (pixels);
  return done;
}

gboolean
gst_microexpr_overlay_blend (GstVideoOverlayComposition *composition, GstVideoFrame *frame)
{
  gboolean done = TRUE;
  guint n = 1;

  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles (composition); i += n) {
    GstVideoOverlayRectangle *r = gst_video_overlay_composition_get_rectangle (composition, i);
    GstVideoRectangle place;
    n = 1;
    if (!get_place (r, &place)) {
      done = FALSE;
    } else if (is_direct (frame, &place)) {
      done &= blend_directly (r, &place, frame);
    } else {
      n = n_in_a_row (composition, i, &place);
      done &= blend_row_of_any (composition, i, n, place, frame);
    }
  }
  return done;
}
