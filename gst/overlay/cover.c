/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes a part of a picture unrecognisable. Rows are unpacked, changed and packed again, which
 * every raw format of GStreamer can do; blurring is the blocks of pixelating, joined smoothly, so
 * that it holds no more of the picture than they do. */
#include "cover.h"

#include <math.h>
#include <string.h>

#include "frame-window.h"

#define BLOCKS_PER_FACE 8  /* across an ellipse */
#define BLOCKS_PER_FRAME 6 /* across the shorter side: a face that fills it is hidden too */
#define SMALLEST_BLOCK_PX 6
#define N_COLOURS 3 /* of the components of an unpacked pixel: the first is alpha */

/* The part of the frame that is worked on, and its means. Blocks start at the corner of the window.
 */
typedef struct
{
  GstVideoFrame window;
  GstVideoRectangle area; /* in the window */
  gboolean wide;          /* 16 bits a component, else 8 */
  gpointer line;          /* one unpacked row; owned */
  int block, columns, rows;
  guint16 (*means)[N_COLOURS]; /* columns x rows; owned; NULL: filled evenly */
  guint16 even[N_COLOURS];
} Work;

static inline guint
get (const Work *work, int x, int c)
{
  int i = 4 * x + 1 + c;

  return work->wide ? ((const guint16 *)work->line)[i] : ((const guint8 *)work->line)[i];
}

static inline void
put (const Work *work, int x, int c, guint value)
{
  int i = 4 * x + 1 + c;

  if (work->wide)
    ((guint16 *)work->line)[i] = (guint16)value;
  else
    ((guint8 *)work->line)[i] = (guint8)value;
}

static void
unpack (const Work *work, int y)
{
  const GstVideoFrame *f = &work->window;

  f->info.finfo->unpack_func (f->info.finfo, GST_VIDEO_PACK_FLAG_NONE, work->line, f->data,
      f->info.stride, 0, y, GST_VIDEO_FRAME_WIDTH (f));
}

static void
pack (Work *work, int y)
{
  GstVideoFrame *f = &work->window;

  f->info.finfo->pack_func (f->info.finfo, GST_VIDEO_PACK_FLAG_NONE, work->line, 0, f->data,
      f->info.stride, f->info.chroma_site, y, GST_VIDEO_FRAME_WIDTH (f));
}

/* Black, in the range of the frame. */
static void
choose_even (Work *work)
{
  const GstVideoInfo *info = &work->window.info;
  GstVideoColorRange range = info->colorimetry.range;
  int offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];

  if (range == GST_VIDEO_COLOR_RANGE_UNKNOWN)
    range =
        GST_VIDEO_INFO_IS_RGB (info) ? GST_VIDEO_COLOR_RANGE_0_255 : GST_VIDEO_COLOR_RANGE_16_235;
  gst_video_color_range_offsets (
      range, gst_video_format_get_info (info->finfo->unpack_format), offset, scale);
  for (int c = 0; c < N_COLOURS; c++)
    work->even[c] = (guint16)offset[c];
}

static void
compute_means (Work *work)
{
  gsize n = (gsize)work->columns * (gsize)work->rows;
  guint64 (*sums)[N_COLOURS + 1] = g_malloc0_n (n, sizeof *sums);
  const GstVideoRectangle *area = &work->area;

  for (int y = area->y; y < area->y + area->h; y++) {
    unpack (work, y);
    for (int x = area->x; x < area->x + area->w; x++) {
      guint64 *sum = sums[y / work->block * work->columns + x / work->block];
      for (int c = 0; c < N_COLOURS; c++)
        sum[c] += get (work, x, c);
      sum[N_COLOURS]++;
    }
  }
  work->means = g_malloc0_n (n, sizeof *work->means);
  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < N_COLOURS; c++)
      work->means[i][c] = (guint16)(sums[i][c] / MAX (sums[i][N_COLOURS], 1));
  g_free (sums);
}

/* Columns and rows of blocks that the area touches. */
static inline int
inside (int i, int first_px, int size_px, int block)
{
  return CLAMP (i, first_px / block, (first_px + size_px - 1) / block);
}

/* Between the centres of the four blocks around a pixel. */
static void
join_means (const Work *work, int x, int y)
{
  const GstVideoRectangle *area = &work->area;
  double u = (x + 0.5) / work->block - 0.5, v = (y + 0.5) / work->block - 0.5;
  int left = (int)floor (u), top = (int)floor (v);
  int x0 = inside (left, area->x, area->w, work->block);
  int x1 = inside (left + 1, area->x, area->w, work->block);
  int y0 = inside (top, area->y, area->h, work->block) * work->columns;
  int y1 = inside (top + 1, area->y, area->h, work->block) * work->columns;

  u -= left;
  v -= top;
  for (int c = 0; c < N_COLOURS; c++) {
    double above = work->means[y0 + x0][c] * (1 - u) + work->means[y0 + x1][c] * u;
    double below = work->means[y1 + x0][c] * (1 - u) + work->means[y1 + x1][c] * u;
    put (work, x, c, (guint)(above * (1 - v) + below * v + 0.5));
  }
}

static void
cover_row (const Work *work, int y, int from, int to, GstMicroexprAnonymize how)
{
  for (int x = from; x < to; x++) {
    const guint16 *colour = work->even;
    if (how == GST_MICROEXPR_ANONYMIZE_BLUR) {
      join_means (work, x, y);
      continue;
    }
    if (work->means)
      colour = work->means[y / work->block * work->columns + x / work->block];
    for (int c = 0; c < N_COLOURS; c++)
      put (work, x, c, colour[c]);
  }
}

/* The part of a row within the ellipse, dy below its centre, relative to the centre. */
static gboolean
span_of (const GstMicroexprEllipse *e, double dy, double *from, double *to)
{
  double cs = cos (e->angle), sn = sin (e->angle), aa = e->a * e->a, bb = e->b * e->b;
  double p = cs * cs / aa + sn * sn / bb, q = dy * cs * sn * (1 / aa - 1 / bb);
  double r = dy * dy * (sn * sn / aa + cs * cs / bb) - 1, root = q * q - p * r;

  if (root < 0)
    return FALSE;
  *from = (-q - sqrt (root)) / p;
  *to = (-q + sqrt (root)) / p;
  if (!isfinite (*from) || !isfinite (*to)) { /* larger than can be computed: the whole row */
    *from = -G_MAXINT;
    *to = G_MAXINT;
  }
  return TRUE;
}

/* What cannot be computed counts as the whole picture. */
static GstVideoRectangle
bounds_of (const GstMicroexprEllipse *e, const GstVideoFrame *frame)
{
  double cs = cos (e->angle), sn = sin (e->angle);
  double w = sqrt (e->a * e->a * cs * cs + e->b * e->b * sn * sn);
  double h = sqrt (e->a * e->a * sn * sn + e->b * e->b * cs * cs);
  int width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  int left = (int)fmin (fmax (floor (e->x - w), 0), width);
  int top = (int)fmin (fmax (floor (e->y - h), 0), height);
  int right = (int)fmax (fmin (ceil (e->x + w) + 1, width), 0);
  int bottom = (int)fmax (fmin (ceil (e->y + h) + 1, height), 0);

  return (GstVideoRectangle){ left, top, right - left, bottom - top };
}

static void
work_init (Work *work, const GstVideoFrame *frame, const GstMicroexprEllipse *ellipse)
{
  int shorter = MIN (GST_VIDEO_FRAME_WIDTH (frame), GST_VIDEO_FRAME_HEIGHT (frame));
  const GstVideoFormatInfo *unpacked = gst_video_format_get_info (frame->info.finfo->unpack_format);

  memset (work, 0, sizeof *work);
  work->area =
      (GstVideoRectangle){ 0, 0, GST_VIDEO_FRAME_WIDTH (frame), GST_VIDEO_FRAME_HEIGHT (frame) };
  if (ellipse)
    work->area = bounds_of (ellipse, frame);
  gst_microexpr_frame_window (frame, &work->area, &work->window);
  work->block = ellipse
                    ? (int)ceil (MIN (2 * MIN (ellipse->a, ellipse->b) / BLOCKS_PER_FACE, shorter))
                    : shorter / BLOCKS_PER_FRAME;
  work->block = MAX (work->block, SMALLEST_BLOCK_PX);
  work->columns = GST_VIDEO_FRAME_WIDTH (&work->window) / work->block + 1;
  work->rows = GST_VIDEO_FRAME_HEIGHT (&work->window) / work->block + 1;
  work->wide = unpacked->bits > 8;
  work->line = g_malloc0_n ((gsize)GST_VIDEO_FRAME_WIDTH (frame) + 64, 4 * sizeof (guint16));
}

void
gst_microexpr_mask_cover (
    GstVideoFrame *frame, const GstMicroexprEllipse *ellipse, GstMicroexprAnonymize how)
{
  GstVideoRectangle before = ellipse ? bounds_of (ellipse, frame) : (GstVideoRectangle){ 0 };
  Work work;

  if (ellipse && (before.w <= 0 || before.h <= 0))
    return;
  work_init (&work, frame, ellipse);
  choose_even (&work);
  if (how != GST_MICROEXPR_ANONYMIZE_FILL)
    compute_means (&work);
  const GstVideoRectangle *area = &work.area;
  double shift_x = before.x - area->x, shift_y = before.y - area->y; /* of the window */
  for (int y = area->y; y < area->y + area->h; y++) {
    double from = -G_MAXINT16, to = G_MAXINT16, x = 0;
    if (ellipse) {
      x = ellipse->x - shift_x;
      if (!span_of (ellipse, y + shift_y + 0.5 - ellipse->y, &from, &to))
        continue;
    }
    unpack (&work, y);
    cover_row (&work, y, (int)CLAMP (x + from, area->x, area->x + area->w),
        (int)CLAMP (ceil (x + to), area->x, area->x + area->w), how);
    pack (&work, y);
  }
  g_free (work.means);
  g_free (work.line);
}
