/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes a part of a picture unrecognisable. Rows are unpacked, changed and packed again, which
 * every raw format of GStreamer can do. Blurring interpolates between the blocks of pixelating, so
 * that it holds no more of the picture than they do. */
#include "cover.h"

#include <math.h>
#include <string.h>

#include "frame-window.h"

#define BLOCKS_PER_FACE 8  /* across a mask */
#define BLOCKS_PER_FRAME 6 /* across the shorter side: a face that fills it is hidden too */
#define SMALLEST_BLOCK_PX 6
#define N_COLOURS 3 /* of the components of an unpacked pixel: the first is alpha */

/* The part of the frame that is covered, and its means. Blocks start at the corner of the window.
 */
typedef struct
{
  GstVideoFrame window;
  int x, y;                    /* of the window in the frame */
  GstVideoRectangle bounds;    /* of the mask, in the window */
  gboolean wide;               /* 16 bits a component, else 8 */
  gpointer line;               /* one unpacked row; owned */
  int block, columns, rows;    /* px across a block; numbers of blocks */
  guint16 (*means)[N_COLOURS]; /* columns x rows; owned; NULL: filled with black */
  guint16 black[N_COLOURS];
} Cover;

static inline guint
get (const Cover *cover, int x, int c)
{
  int i = 4 * x + 1 + c;

  return cover->wide ? ((const guint16 *)cover->line)[i] : ((const guint8 *)cover->line)[i];
}

static inline void
put (const Cover *cover, int x, int c, guint value)
{
  int i = 4 * x + 1 + c;

  if (cover->wide)
    ((guint16 *)cover->line)[i] = (guint16)value;
  else
    ((guint8 *)cover->line)[i] = (guint8)value;
}

static void
unpack (const Cover *cover, int y)
{
  const GstVideoFrame *f = &cover->window;

  f->info.finfo->unpack_func (f->info.finfo, GST_VIDEO_PACK_FLAG_NONE, cover->line, f->data,
      f->info.stride, 0, y, GST_VIDEO_FRAME_WIDTH (f));
}

static void
pack (Cover *cover, int y)
{
  GstVideoFrame *f = &cover->window;

  f->info.finfo->pack_func (f->info.finfo, GST_VIDEO_PACK_FLAG_NONE, cover->line, 0, f->data,
      f->info.stride, f->info.chroma_site, y, GST_VIDEO_FRAME_WIDTH (f));
}

/* In the range of the frame. */
static void
set_black (Cover *cover)
{
  const GstVideoInfo *info = &cover->window.info;
  GstVideoColorRange range = info->colorimetry.range;
  int offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];

  if (range == GST_VIDEO_COLOR_RANGE_UNKNOWN)
    range =
        GST_VIDEO_INFO_IS_RGB (info) ? GST_VIDEO_COLOR_RANGE_0_255 : GST_VIDEO_COLOR_RANGE_16_235;
  gst_video_color_range_offsets (
      range, gst_video_format_get_info (info->finfo->unpack_format), offset, scale);
  for (int c = 0; c < N_COLOURS; c++)
    cover->black[c] = (guint16)offset[c];
}

static void
compute_means (Cover *cover)
{
  gsize n = (gsize)cover->columns * (gsize)cover->rows;
  guint64 (*sums)[N_COLOURS + 1] = g_malloc0_n (n, sizeof *sums);
  const GstVideoRectangle *bounds = &cover->bounds;

  for (int y = bounds->y; y < bounds->y + bounds->h; y++) {
    unpack (cover, y);
    for (int x = bounds->x; x < bounds->x + bounds->w; x++) {
      guint64 *sum = sums[y / cover->block * cover->columns + x / cover->block];
      for (int c = 0; c < N_COLOURS; c++)
        sum[c] += get (cover, x, c);
      sum[N_COLOURS]++;
    }
  }
  cover->means = g_malloc0_n (n, sizeof *cover->means);
  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < N_COLOURS; c++)
      cover->means[i][c] = (guint16)(sums[i][c] / MAX (sums[i][N_COLOURS], 1));
  g_free (sums);
}

/* The column or row of blocks nearest to i among those with means. */
static inline int
clamp_block (int i, int first_px, int size_px, int block)
{
  return CLAMP (i, first_px / block, (first_px + size_px - 1) / block);
}

/* Bilinear, between the centres of the four blocks around a pixel. */
static void
interpolate_means (const Cover *cover, int x, int y)
{
  const GstVideoRectangle *bounds = &cover->bounds;
  double u = (x + 0.5) / cover->block - 0.5, v = (y + 0.5) / cover->block - 0.5;
  int left = (int)floor (u), top = (int)floor (v);
  int x0 = clamp_block (left, bounds->x, bounds->w, cover->block);
  int x1 = clamp_block (left + 1, bounds->x, bounds->w, cover->block);
  int y0 = clamp_block (top, bounds->y, bounds->h, cover->block) * cover->columns;
  int y1 = clamp_block (top + 1, bounds->y, bounds->h, cover->block) * cover->columns;

  u -= left;
  v -= top;
  for (int c = 0; c < N_COLOURS; c++) {
    double above = cover->means[y0 + x0][c] * (1 - u) + cover->means[y0 + x1][c] * u;
    double below = cover->means[y1 + x0][c] * (1 - u) + cover->means[y1 + x1][c] * u;
    put (cover, x, c, (guint)(above * (1 - v) + below * v + 0.5));
  }
}

static void
cover_row (const Cover *cover, int y, int from, int to, GstMicroexprAnonymize how)
{
  for (int x = from; x < to; x++) {
    const guint16 *colour = cover->black;
    if (how == GST_MICROEXPR_ANONYMIZE_BLUR) {
      interpolate_means (cover, x, y);
      continue;
    }
    if (cover->means)
      colour = cover->means[y / cover->block * cover->columns + x / cover->block];
    for (int c = 0; c < N_COLOURS; c++)
      put (cover, x, c, colour[c]);
  }
}

static void
cover_init (Cover *cover, const GstVideoFrame *frame, const GstMicroexprMask *mask,
    GstVideoRectangle bounds)
{
  int shorter = MIN (GST_VIDEO_FRAME_WIDTH (frame), GST_VIDEO_FRAME_HEIGHT (frame));
  const GstVideoFormatInfo *unpacked = gst_video_format_get_info (frame->info.finfo->unpack_format);

  memset (cover, 0, sizeof *cover);
  cover->bounds = bounds;
  gst_microexpr_frame_window (frame, &cover->bounds, &cover->window);
  cover->x = bounds.x - cover->bounds.x;
  cover->y = bounds.y - cover->bounds.y;
  cover->block = mask ? (int)ceil (MIN (2 * MIN (mask->a, mask->b) / BLOCKS_PER_FACE, shorter))
                      : shorter / BLOCKS_PER_FRAME;
  cover->block = MAX (cover->block, SMALLEST_BLOCK_PX);
  cover->columns = GST_VIDEO_FRAME_WIDTH (&cover->window) / cover->block + 1;
  cover->rows = GST_VIDEO_FRAME_HEIGHT (&cover->window) / cover->block + 1;
  cover->wide = unpacked->bits > 8;
  cover->line = g_malloc0_n ((gsize)GST_VIDEO_FRAME_WIDTH (frame) + 64, 4 * sizeof (guint16));
  set_black (cover);
}

void
gst_microexpr_cover_draw (
    GstVideoFrame *frame, const GstMicroexprMask *mask, GstMicroexprAnonymize how)
{
  int width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  GstVideoRectangle bounds = { 0, 0, width, height };
  Cover cover;

  if (mask)
    bounds = gst_microexpr_mask_bounds (mask, width, height);
  if (bounds.w <= 0 || bounds.h <= 0)
    return;
  cover_init (&cover, frame, mask, bounds);
  if (how != GST_MICROEXPR_ANONYMIZE_FILL)
    compute_means (&cover);
  int left = cover.bounds.x, right = left + cover.bounds.w;
  for (int y = cover.bounds.y; y < cover.bounds.y + cover.bounds.h; y++) {
    double from = 0, to = width, x = 0;
    if (mask) {
      x = mask->x - cover.x;
      if (!gst_microexpr_mask_row (mask, y + cover.y + 0.5 - mask->y, &from, &to))
        continue;
    }
    unpack (&cover, y);
    cover_row (&cover, y, (int)CLAMP (x + from, left, right),
        (int)CLAMP (ceil (x + to), left, right), how);
    pack (&cover, y);
  }
  g_free (cover.means);
  g_free (cover.line);
}
