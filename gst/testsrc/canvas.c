/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prepares the photograph for sampling: colour conversion and one band-limited resampling. */
#include "canvas.h"

#include <math.h>

/* Canvas pixels per output pixel, and the limit per photo pixel, beyond which there is no more
 * detail.
 */
#define OVERSAMPLING 2.0f
#define MAX_MAGNIFICATION 2.0f
#define MAX_SIZE 16000 /* px; positions are sampled in 16.16 fixed point */

/* In IPD: how deep the upper and side borders are smoothed, and how far along the border. Pixels
 * beyond it repeat the border, which would show as streaks if it were rough. */
#define BORDER_DEPTH 0.3f
#define BORDER_REACH 0.4f

/* One component as a linear function of R, G and B, each 0..255. */
typedef struct
{
  float r, g, b, offset;
} Mix;

static void
yuv_mixes (const GstVideoInfo *info, Mix mixes[3])
{
  gboolean full = info->colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255;
  float luma = full ? 1 : 219 / 255.0f, chroma = full ? 1 : 224 / 255.0f;
  double kr, kb;
  float r, g, b;

  if (!gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb))
    gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  r = (float)kr;
  b = (float)kb;
  g = 1 - r - b;
  mixes[0] = (Mix){ luma * r, luma * g, luma * b, full ? 0 : 16 };
  mixes[1] = (Mix){ -chroma * r / (1 - b) / 2, -chroma * g / (1 - b) / 2, chroma / 2, 128 };
  mixes[2] = (Mix){ chroma / 2, -chroma * g / (1 - r) / 2, -chroma * b / (1 - r) / 2, 128 };
}

static void
format_mixes (const GstVideoInfo *info, Mix mixes[3])
{
  static const Mix rgb[] = { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 } };

  if (GST_VIDEO_INFO_IS_RGB (info)) {
    for (int i = 0; i < 3; i++)
      mixes[i] = rgb[i];
  } else {
    yuv_mixes (info, mixes);
  }
}

static float *
mix_photo (const GdkPixbuf *photo, const Mix *mix)
{
  int width = gdk_pixbuf_get_width (photo), height = gdk_pixbuf_get_height (photo);
  int channels = gdk_pixbuf_get_n_channels (photo), stride = gdk_pixbuf_get_rowstride (photo);
  const guint8 *pixels = gdk_pixbuf_read_pixels (photo);
  float *mixed = g_new (float, (gsize)width *height);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      const guint8 *p = pixels + (gsize)y * stride + x * channels;

      mixed[(gsize)y * width + x] = mix->r * p[0] + mix->g * p[1] + mix->b * p[2] + mix->offset;
    }
  }
  return mixed;
}

/* Cubic convolution (Keys 1981, a = -0.5). */
static float
keys (float x)
{
  x = fabsf (x);
  if (x < 1)
    return (1.5f * x - 2.5f) * x * x + 1;
  return x < 2 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : 0;
}

/* Resamples each row of `in` to out_width pixels, `scale` output per input pixel; `blur` widens the
 * kernel. The result is transposed, so that a second call resamples the other axis. (transfer full)
 */
static float *
resample_columns (const float *in, int in_width, int height, int out_width, float scale, float blur)
{
  float *out = g_new (float, (gsize)out_width *height);
  int reach = (int)ceilf (2 * blur);
  float *kernel = g_newa (float, 2 * reach + 1);

  for (int x = 0; x < out_width; x++) {
    float center = (x + 0.5f) / scale - 0.5f, sum = 0;
    int first = (int)floorf (center) - reach + 1, n = 2 * reach;

    for (int i = 0; i < n; i++)
      sum += kernel[i] = keys ((first + i - center) / blur);
    for (int y = 0; y < height; y++) {
      const float *row = in + (gsize)y * in_width;
      float value = 0;

      for (int i = 0; i < n; i++)
        value += kernel[i] * row[CLAMP (first + i, 0, in_width - 1)];
      out[(gsize)x * height + y] = value / sum;
    }
  }
  return out;
}

/* n values of a picture, `step` apart. */
typedef struct
{
  float *values;
  gsize step, n;
} Line;

/* A moving average over 2 * reach + 1 values. (transfer full) */
static float *
smoothed (const Line *line, int reach)
{
  float *means = g_new (float, line->n);

  for (int i = 0; i < (int)line->n; i++) {
    int first = MAX (0, i - reach), last = MIN ((int)line->n - 1, i + reach);
    float sum = 0;

    for (int j = first; j <= last; j++)
      sum += line->values[j * line->step];
    means[i] = sum / (last - first + 1);
  }
  return means;
}

/* Blends the picture into its smoothed border. inward: step from one line to the next. */
static void
smooth_border (const Line *border, gssize inward, int depth, int reach)
{
  g_autofree float *once = smoothed (border, reach);
  Line again = { once, 1, border->n };
  g_autofree float *means = smoothed (&again, reach);

  for (int d = 0; d < depth; d++) {
    float part = (1 + cosf ((float)G_PI * d / depth)) / 2;

    for (gsize i = 0; i < border->n; i++) {
      float *value = border->values + (gssize)(i * border->step) + d * inward;

      *value += part * (means[i] - *value);
    }
  }
}

static void
smooth_borders (float *picture, int width, int height, float ipd)
{
  int depth = MIN ((int)(BORDER_DEPTH * ipd), MIN (width, height) / 4);
  int reach = (int)(BORDER_REACH * ipd);
  const Line left = { picture, (gsize)width, (gsize)height };
  const Line right = { picture + width - 1, (gsize)width, (gsize)height };
  const Line upper = { picture, 1, (gsize)width };

  smooth_border (&left, 1, depth, reach);
  smooth_border (&right, -1, depth, reach);
  smooth_border (&upper, width, depth, reach);
}

/* scale: plane px per photo px; blur: photo px per output px, at least 1. */
static void
fill_plane (GstMicroexprTestPlane *plane, const GstMicroexprTestFace *face, const Mix *mix,
    float scale, float blur)
{
  int width = gdk_pixbuf_get_width (face->photo), height = gdk_pixbuf_get_height (face->photo);
  g_autofree float *mixed = mix_photo (face->photo, mix);
  g_autofree float *columns = NULL, *both = NULL;

  plane->width = MAX (2, (int)floorf (width * scale));
  plane->height = MAX (2, (int)floorf (height * scale));
  columns = resample_columns (mixed, width, height, plane->width, scale, blur);
  both = resample_columns (columns, height, plane->width, plane->height, scale, blur);
  smooth_borders (both, plane->width, plane->height, gst_microexpr_test_face_ipd (face) * scale);
  plane->values = g_new (guint16, (gsize)plane->width * plane->height);
  for (gsize i = 0; i < (gsize)plane->width * plane->height; i++) {
    float value = CLAMP (both[i], 0.0f, 255.0f) * (1 << GST_MICROEXPR_TEST_FRACTION_BITS);

    plane->values[i] = (guint16)lrintf (value);
  }
}

GstMicroexprTestCanvas *
gst_microexpr_test_canvas_new (
    const GstMicroexprTestFace *face, const GstVideoInfo *info, float ipd)
{
  GstMicroexprTestCanvas *canvas = g_new0 (GstMicroexprTestCanvas, 1);
  float output = ipd / gst_microexpr_test_face_ipd (face); /* output px per photo px */
  int size = MAX (gdk_pixbuf_get_width (face->photo), gdk_pixbuf_get_height (face->photo));
  float scale = MIN (output * OVERSAMPLING, MIN (MAX_MAGNIFICATION, (float)MAX_SIZE / size));
  Mix mixes[3];

  format_mixes (info, mixes);
  canvas->n_planes = GST_VIDEO_INFO_IS_GRAY (info) ? 1 : 3;
  for (guint i = 0; i < canvas->n_planes; i++) {
    GstMicroexprTestPlane *plane = &canvas->planes[i];
    float part;

    plane->shift = GST_VIDEO_FORMAT_INFO_W_SUB (info->finfo, i) > 0;
    plane->chroma = i > 0 && GST_VIDEO_INFO_IS_YUV (info);
    part = plane->shift ? 0.5f : 1;
    fill_plane (plane, face, &mixes[i], scale * part, MAX (1, 1 / (output * part)));
  }
  canvas->ipd = gst_microexpr_test_face_ipd (face) * scale;
  for (guint i = 0; i < ME_N_LANDMARKS; i++) {
    canvas->landmarks[i].x = (face->landmarks[i].x + 0.5f) * scale - 0.5f;
    canvas->landmarks[i].y = (face->landmarks[i].y + 0.5f) * scale - 0.5f;
  }
  return canvas;
}

void
gst_microexpr_test_canvas_free (GstMicroexprTestCanvas *canvas)
{
  if (!canvas)
    return;
  for (guint i = 0; i < canvas->n_planes; i++)
    g_free (canvas->planes[i].values);
  g_free (canvas);
}
