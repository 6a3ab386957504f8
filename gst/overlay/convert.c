/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A rectangle of the overlay in the byte layout of the frame it is drawn on. */
#include "convert.h"

#include <math.h>
#include <string.h>

#include "frame-window.h"

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
  GstMicroexprConverted *c = data;

  for (guint p = 0; p < GST_VIDEO_MAX_PLANES; p++) {
    g_free (c->planes[p].add);
    g_free (c->planes[p].keep);
  }
  g_free (c);
}

gsize
gst_microexpr_format_sample_bytes (const GstVideoFormatInfo *finfo)
{
  gsize bytes = finfo->depth[0] > 8 ? 2 : 1;
  guint in_plane[GST_VIDEO_MAX_PLANES] = { 0 };
  gboolean is_native = !GST_VIDEO_FORMAT_INFO_IS_LE (finfo) == (G_BYTE_ORDER == G_BIG_ENDIAN);

  if (!gst_microexpr_format_is_regular (finfo) || (bytes == 2 && !is_native))
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

/* In the matrix, range and depth of the frame; ITU-R BT.601 when it names no matrix. */
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
convert_component (
    const Picture *picture, const Layout *l, gsize offset, GstMicroexprConvertedPlane *plane)
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
plane_init (GstMicroexprConvertedPlane *plane, const GstVideoFormatInfo *finfo, guint c,
    const Picture *picture, gsize bytes)
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

static GstMicroexprConverted *
convert (const Picture *picture, const GstVideoInfo *info)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  GstMicroexprConverted *converted = g_new0 (GstMicroexprConverted, 1);
  Weights weights[4];

  converted->format = GST_VIDEO_INFO_FORMAT (info);
  converted->colorimetry = info->colorimetry;
  converted->sample_bytes = gst_microexpr_format_sample_bytes (finfo);
  component_weights (info, weights);
  for (guint c = 0; c < finfo->n_components; c++) {
    GstMicroexprConvertedPlane *plane = &converted->planes[finfo->plane[c]];
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

const GstMicroexprConverted *
gst_microexpr_converted_for (
    GstBuffer *pixels, const GstVideoFrame *source, const GstVideoInfo *info)
{
  GstMiniObject *owner = GST_MINI_OBJECT_CAST (pixels);
  GstMicroexprConverted *converted = gst_mini_object_get_qdata (owner, converted_quark ());

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
