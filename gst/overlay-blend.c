/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Blending that costs by drawn area. gst_video_blend() unpacks and packs whole rows of the picture
 * and works pixel by pixel; here a rectangle is converted once to the byte layout of the frame, as
 * pairs (colour x alpha, 255 - alpha) for every sample, and blending any format of whole bytes or
 * words is the same short loop. Other formats go to gst_video_blend(), on a window of the frame. */
#include "overlay-blend.h"

#include <gst/video/video-blend.h>

#include <math.h>
#include <string.h>

/* One plane of a rectangle, laid out as the rows of the plane of the frame. A sample of the frame
 * becomes add + sample * keep / 255. */
typedef struct
{
  guint8 *add, *keep; /* height rows of row_bytes; owned */
  gsize row_bytes;
  int height;
} Plane;

/* A rectangle converted for one format and colorimetry; lives as long as its pixel buffer. */
typedef struct
{
  GstVideoFormat format;
  GstVideoColorimetry colorimetry;
  gsize sample_bytes; /* 1 or 2, native order */
  Plane planes[GST_VIDEO_MAX_PLANES];
} Converted;

/* A component of a pixel as a sum over its premultiplied parts, 16 fractional bits. */
typedef struct
{
  int r, g, b, a;
} Weights;

typedef struct
{
  const guint32 *argb; /* premultiplied */
  int width, height, stride;
} Picture;

static GQuark
converted_quark (void)
{
  return g_quark_from_static_string ("gst-microexpr-overlay-converted");
}

static void
converted_free (gpointer data)
{
  Converted *c = data;

  for (guint p = 0; p < GST_VIDEO_MAX_PLANES; p++) {
    g_free (c->planes[p].add);
    g_free (c->planes[p].keep);
  }
  g_free (c);
}

/* The samples of a component lie pixel_stride bytes apart, in rows. */
static gboolean
is_regular (const GstVideoFormatInfo *finfo)
{
  if (GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo) || GST_VIDEO_FORMAT_INFO_IS_TILED (finfo) ||
      GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo))
    return FALSE;
  for (guint c = 0; c < finfo->n_components; c++)
    if (finfo->pixel_stride[c] <= 0)
      return FALSE;
  return finfo->n_components > 0;
}

/* Bytes of each sample when all have the same and none shares its bytes with another, else 0. */
static gsize
sample_bytes (const GstVideoFormatInfo *finfo)
{
  gsize bytes = finfo->depth[0] > 8 ? 2 : 1;
  guint in_plane[GST_VIDEO_MAX_PLANES] = { 0 };
  gboolean is_native = !GST_VIDEO_FORMAT_INFO_IS_LE (finfo) == (G_BYTE_ORDER == G_BIG_ENDIAN);

  if (!is_regular (finfo) || (bytes == 2 && !is_native))
    return 0;
  for (guint c = 0; c < finfo->n_components; c++) {
    gboolean fills = bytes == 1 ? finfo->depth[c] == 8 && finfo->shift[c] == 0
                                : finfo->depth[c] > 8 && finfo->depth[c] + finfo->shift[c] <= 16;
    guint neighbours = in_plane[finfo->plane[c]]++;
    gsize needs = bytes * (neighbours > 0 ? 2 : 1);
    if (!fills || (gsize)finfo->pixel_stride[c] < needs)
      return 0;
  }
  return bytes;
}

/* ITU-R BT.601, 709 or 2020, whatever the frame says; in its range and depth. */
static void
yuv_weights (const GstVideoInfo *info, Weights weights[4])
{
  double kr, kb;
  int offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  GstVideoColorRange range = info->colorimetry.range;

  if (!gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb))
    gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  if (range == GST_VIDEO_COLOR_RANGE_UNKNOWN)
    range = GST_VIDEO_COLOR_RANGE_16_235;
  gst_video_color_range_offsets (range, info->finfo, offset, scale);
  const double rows[3][3] = {
    { kr, 1 - kr - kb, kb },
    { -kr / (1 - kb) / 2, -(1 - kr - kb) / (1 - kb) / 2, 0.5 },
    { 0.5, -(1 - kr - kb) / (1 - kr) / 2, -kb / (1 - kr) / 2 },
  };
  for (guint c = 0; c < MIN (3, info->finfo->n_components); c++) {
    double unit = scale[c] / 255. * 65536;
    weights[c].r = (int)lround (rows[c][0] * unit);
    weights[c].g = (int)lround (rows[c][1] * unit);
    weights[c].b = (int)lround (rows[c][2] * unit);
    weights[c].a = (int)lround (offset[c] / 255. * 65536);
  }
}

static void
component_weights (const GstVideoInfo *info, Weights weights[4])
{
  double unit = ((1 << info->finfo->depth[0]) - 1) / 255. * 65536;
  int one = (int)lround (unit);
  const Weights rgba[4] = { { .r = one }, { .g = one }, { .b = one }, { .a = one } };

  memcpy (weights, rgba, sizeof rgba);
  if (!GST_VIDEO_INFO_IS_RGB (info))
    yuv_weights (info, weights);
}

static inline void
put (guint8 *at, gsize bytes, guint value)
{
  guint16 word = (guint16)value;

  if (bytes == 2)
    memcpy (at, &word, sizeof word);
  else
    *at = (guint8)value;
}

/* Where and how the samples of a component are written. */
typedef struct
{
  const Weights *weights;
  int w_sub, h_sub; /* log2 of the block of pixels they stand for */
  gsize bytes, step;
  int shift; /* of the value in a sample */
  gint64 largest;
} Layout;

/* One row of samples of a component, each the weighted mean of a block of pixels. Most blocks look
 * like the flat one before them, and cost a comparison. Inlined for every block and sample size. */
static inline void
convert_row (const guint32 *row, int stride, int n, int w_sub, int h_sub, gsize bytes,
    const Layout *layout, guint8 *add, guint8 *keep)
{
  const Weights *k = layout->weights;
  guint32 flat = 0; /* transparent */
  guint flat_add = 0, flat_keep = 255;

  for (int i = 0; i < n; i++, row += 1 << w_sub, add += layout->step, keep += layout->step) {
    guint32 first = row[0], differs = 0;
    guint a = 0, r = 0, g = 0, b = 0;
    for (int y = 0; y < 1 << h_sub; y++)
      for (int x = 0; x < 1 << w_sub; x++)
        differs |= row[y * stride + x] ^ first;
    if (!differs && first == flat) {
      put (add, bytes, flat_add);
      put (keep, bytes, flat_keep);
      continue;
    }
    for (int y = 0; y < 1 << h_sub; y++)
      for (int x = 0; x < 1 << w_sub; x++) {
        guint32 pixel = row[y * stride + x];
        a += pixel >> 24;
        r += pixel >> 16 & 255;
        g += pixel >> 8 & 255;
        b += pixel & 255;
      }
    int bits = 16 + w_sub + h_sub;
    gint64 sum = (gint64)k->r * r + (gint64)k->g * g + (gint64)k->b * b + (gint64)k->a * a;
    sum = (sum + (G_GINT64_CONSTANT (1) << (bits - 1))) >> bits;
    guint value = (guint)CLAMP (sum, 0, layout->largest) << layout->shift;
    guint rest = 255 - (a >> (w_sub + h_sub));
    put (add, bytes, value);
    put (keep, bytes, rest);
    if (!differs) {
      flat = first;
      flat_add = value;
      flat_keep = rest;
    }
  }
}

static void
convert_component (const Picture *picture, const Layout *l, gsize offset, Plane *plane)
{
  int n = picture->width >> l->w_sub, stride = picture->stride;

  for (int y = 0; y < plane->height; y++) {
    const guint32 *row = picture->argb + (y << l->h_sub) * stride;
    gsize at = (gsize)y * plane->row_bytes + offset;
    guint8 *add = plane->add + at, *keep = plane->keep + at;
    if (l->bytes == 2)
      convert_row (row, stride, n, l->w_sub, l->h_sub, 2, l, add, keep);
    else if (l->w_sub == 0 && l->h_sub == 0)
      convert_row (row, stride, n, 0, 0, 1, l, add, keep);
    else if (l->w_sub == 1 && l->h_sub == 0)
      convert_row (row, stride, n, 1, 0, 1, l, add, keep);
    else if (l->w_sub == 1 && l->h_sub == 1)
      convert_row (row, stride, n, 1, 1, 1, l, add, keep);
    else
      convert_row (row, stride, n, l->w_sub, l->h_sub, 1, l, add, keep);
  }
}

/* Samples of a plane that no component uses stay as they are in the frame: add 0, keep 255. */
static void
plane_init (
    Plane *plane, const GstVideoFormatInfo *finfo, guint c, const Picture *picture, gsize bytes)
{
  if (plane->add)
    return;
  plane->height = picture->height >> finfo->h_sub[c];
  plane->row_bytes = (gsize)(picture->width >> finfo->w_sub[c]) * (gsize)finfo->pixel_stride[c];
  gsize size = (gsize)plane->height * plane->row_bytes;
  plane->add = g_malloc0 (size);
  plane->keep = g_malloc (size);
  for (gsize at = 0; at < size; at += bytes)
    put (plane->keep + at, bytes, 255);
}

static Converted *
convert (const Picture *picture, const GstVideoInfo *info)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  Converted *converted = g_new0 (Converted, 1);
  Weights weights[4];

  converted->format = GST_VIDEO_INFO_FORMAT (info);
  converted->colorimetry = info->colorimetry;
  converted->sample_bytes = sample_bytes (finfo);
  component_weights (info, weights);
  for (guint c = 0; c < finfo->n_components; c++) {
    Plane *plane = &converted->planes[finfo->plane[c]];
    const Layout layout = {
      .weights = &weights[c],
      .w_sub = (int)finfo->w_sub[c],
      .h_sub = (int)finfo->h_sub[c],
      .bytes = converted->sample_bytes,
      .step = (gsize)finfo->pixel_stride[c],
      .shift = (int)finfo->shift[c],
      .largest = (1 << finfo->depth[c]) - 1,
    };
    plane_init (plane, finfo, c, picture, layout.bytes);
    convert_component (picture, &layout, finfo->poffset[c], plane);
  }
  return converted;
}

/* From the pixel buffer when it was converted for the same kind of frame before. */
static const Converted *
converted_for (GstBuffer *pixels, const GstVideoFrame *source, const GstVideoInfo *info)
{
  GstMiniObject *owner = GST_MINI_OBJECT_CAST (pixels);
  Converted *converted = gst_mini_object_get_qdata (owner, converted_quark ());

  if (converted && converted->format == GST_VIDEO_INFO_FORMAT (info) &&
      gst_video_colorimetry_is_equal (&converted->colorimetry, &info->colorimetry))
    return converted;
  Picture picture = {
    .argb = GST_VIDEO_FRAME_PLANE_DATA (source, 0),
    .width = GST_VIDEO_FRAME_WIDTH (source),
    .height = GST_VIDEO_FRAME_HEIGHT (source),
    .stride = GST_VIDEO_FRAME_PLANE_STRIDE (source, 0) / 4,
  };
  converted = convert (&picture, info);
  gst_mini_object_set_qdata (owner, converted_quark (), converted, converted_free);
  return converted;
}

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
blend_plane (const Plane *plane, gsize bytes, guint8 *to, gsize stride)
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
blend_converted (const Converted *converted, GstVideoFrame *frame, int x, int y)
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

#define WINDOW_GRID 4 /* px; no format has larger blocks among those that can be windowed */

void
gst_microexpr_frame_window (const GstVideoFrame *frame, GstVideoRectangle *r, GstVideoFrame *window)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  int x = MAX (0, r->x) / WINDOW_GRID * WINDOW_GRID, y = MAX (0, r->y) / WINDOW_GRID * WINDOW_GRID;

  *window = *frame;
  if (!is_regular (finfo))
    return;
  for (guint c = 0; c < finfo->n_components; c++) {
    guint p = finfo->plane[c];
    window->data[p] = (guint8 *)frame->data[p] +
                      (y >> finfo->h_sub[c]) * GST_VIDEO_FRAME_PLANE_STRIDE (frame, p) +
                      (x >> finfo->w_sub[c]) * finfo->pixel_stride[c];
  }
  window->info.width = MIN (GST_VIDEO_FRAME_WIDTH (frame), r->x + r->w) - x;
  window->info.height = MIN (GST_VIDEO_FRAME_HEIGHT (frame), r->y + r->h) - y;
  r->x -= x;
  r->y -= y;
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
blend_rectangle (GstVideoOverlayRectangle *rectangle, GstVideoFrame *frame)
{
  /* The composition format is premultiplied only when the info of the picture says so. */
  GstBuffer *pixels = gst_video_overlay_rectangle_get_pixels_raw (
      rectangle, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  GstVideoRectangle r;
  GstVideoInfo info;
  GstVideoFrame source;
  gboolean done = TRUE;
  guint width, height;

  if (!gst_video_overlay_rectangle_get_render_rectangle (rectangle, &r.x, &r.y, &width, &height))
    return FALSE;
  r.w = (int)width;
  r.h = (int)height;
  gst_video_info_set_format (&info, GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, width, height);
  info.flags |= GST_VIDEO_FLAG_PREMULTIPLIED_ALPHA;
  if (!gst_video_frame_map (&source, &info, pixels, GST_MAP_READ))
    return FALSE;
  if (sample_bytes (frame->info.finfo) > 0 && fits (frame, &r))
    blend_converted (converted_for (pixels, &source, &frame->info), frame, r.x, r.y);
  else
    done = blend_any (frame, &source, r);
  gst_video_frame_unmap (&source);
  return done;
}

gboolean
gst_microexpr_overlay_blend (GstVideoOverlayComposition *composition, GstVideoFrame *frame)
{
  gboolean done = TRUE;

  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles (composition); i++)
    done &= blend_rectangle (gst_video_overlay_composition_get_rectangle (composition, i), frame);
  return done;
}
