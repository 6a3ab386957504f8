/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The aligned crop: where the frame is finer than the crop it is first averaged down by a whole
 * number, on a grid fixed to the frame so that the averaging does not shimmer, then warped. */
#include "crop.h"

#include "anatomy/facial-points.h"
#include "pixel-pair.h"
#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define MAX_STEP 256 /* frame pixels that one pixel of a crop may hold; their sums fit 16 bits */
#define GROUP 32     /* columns that are averaged at once */
#define ONE 65536    /* of coordinates in whole numbers */

struct _MeCropper
{
  guint8 *small; /* the averaged picture; only ever grows */
  guint16 *sums; /* of a column of every pixel that is averaged; likewise */
  gsize n_small, n_sums;
};

MeSimilarity
me_crop_pose (const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint r = me_eye_center (landmarks, ME_RIGHT), l = me_eye_center (landmarks, ME_LEFT);
  MeSimilarity pose = { (l.x - r.x) / ME_CROP_IPD_PX, (l.y - r.y) / ME_CROP_IPD_PX, 0, 0 };
  MePoint middle = me_similarity_apply (&pose, (MePoint){ ME_CROP_PX / 2.0f, ME_CROP_EYE_Y });

  pose.tx = (l.x + r.x) / 2 - middle.x;
  pose.ty = (l.y + r.y) / 2 - middle.y;
  return pose;
}

MePoint
me_similarity_apply (const MeSimilarity *s, MePoint p)
{
  return (MePoint){ s->a * p.x - s->b * p.y + s->tx, s->b * p.x + s->a * p.y + s->ty };
}

MePoint
me_similarity_invert (const MeSimilarity *s, MePoint p)
{
  float norm = s->a * s->a + s->b * s->b, x = p.x - s->tx, y = p.y - s->ty;

  return (MePoint){ (s->a * x + s->b * y) / norm, (s->a * y - s->b * x) / norm };
}

MeSimilarity
me_similarity_chain (const MeSimilarity *outer, const MeSimilarity *inner)
{
  MePoint t = me_similarity_apply (outer, (MePoint){ inner->tx, inner->ty });

  return (MeSimilarity){ outer->a * inner->a - outer->b * inner->b,
    outer->a * inner->b + outer->b * inner->a, t.x, t.y };
}

MeSimilarity
me_similarity_fit (const MePoint *from, const MePoint *to, int n)
{
  MePoint f = { 0, 0 }, t = { 0, 0 };
  float along = 0, across = 0, square = 0;

  for (int i = 0; i < n; i++) {
    f = (MePoint){ f.x + from[i].x / (float)n, f.y + from[i].y / (float)n };
    t = (MePoint){ t.x + to[i].x / (float)n, t.y + to[i].y / (float)n };
  }
  for (int i = 0; i < n; i++) {
    float x = from[i].x - f.x, y = from[i].y - f.y, u = to[i].x - t.x, v = to[i].y - t.y;
    along += x * u + y * v;
    across += x * v - y * u;
    square += x * x + y * y;
  }
  MeSimilarity s = { along / square, across / square, 0, 0 };
  MePoint moved = me_similarity_apply (&s, f);
  s.tx = t.x - moved.x;
  s.ty = t.y - moved.y;
  return s;
}

MeCropper *
me_cropper_new (void)
{
  return g_try_new0 (MeCropper, 1);
}

void
me_cropper_free (MeCropper *cropper)
{
  if (!cropper)
    return;
  g_free (cropper->small);
  g_free (cropper->sums);
  g_free (cropper);
}

/* ---- averaging ---- */

/* A part of a picture. */
typedef struct
{
  const guint8 *luma;
  gsize stride;
  int x, y, width, height; /* of the frame */
} Part;

/* The part of the frame under the crop, grown to whole cells of `step` pixels. FALSE: there is
 * none. */
static gboolean
cover (Part *part, const MeFrame *frame, const MeSimilarity *pose, int size_px, int step)
{
  float x0 = G_MAXFLOAT, y0 = G_MAXFLOAT, x1 = -G_MAXFLOAT, y1 = -G_MAXFLOAT;
  int margin = 2 * step;

  for (int i = 0; i < 4; i++) {
    MePoint corner = { (float)((i & 1) * size_px), (float)((i >> 1) * size_px) };
    MePoint p = me_similarity_apply (pose, corner);
    p.x /= (float)frame->pixel_aspect;
    x0 = fminf (x0, p.x), x1 = fmaxf (x1, p.x);
    y0 = fminf (y0, p.y), y1 = fmaxf (y1, p.y);
  }
  if (!(x1 > 0 && y1 > 0 && x0 < (float)frame->width && y0 < (float)frame->height))
    return FALSE;
  part->x = (int)fmaxf (0, x0 - (float)margin) / step * step;
  part->y = (int)fmaxf (0, y0 - (float)margin) / step * step;
  part->width = ((int)fmin (frame->width, x1 + (float)margin) - part->x) / step * step;
  part->height = ((int)fmin (frame->height, y1 + (float)margin) - part->y) / step * step;
  if (part->width < 2 || part->height < 2)
    return FALSE;
  part->luma = me_frame_part (frame, &(MeBox){ part->x, part->y, part->width, part->height });
  part->stride = frame->stride;
  return TRUE;
}

static gboolean
make_room (MeCropper *cropper, gsize n_small, gsize n_sums)
{
  if (n_small > cropper->n_small) {
    guint8 *small = g_try_realloc (cropper->small, n_small);
    if (!small)
      return FALSE;
    cropper->small = small;
    cropper->n_small = n_small;
  }
  if (n_sums > cropper->n_sums) {
    guint16 *sums = g_try_renew (guint16, cropper->sums, n_sums);
    if (!sums)
      return FALSE;
    cropper->sums = sums;
    cropper->n_sums = n_sums;
  }
  return TRUE;
}

/* The sums of n columns over STEP rows, which stay in registers. n is a constant where this is
 * inlined. */
ME_INLINE void
add_columns (const int n, const int step, const guint8 *from, gsize stride, guint16 *restrict sums)
{
  for (int x = 0; x < n; x++)
    sums[x] = from[x];
  for (int j = 1; j < step; j++)
    for (int x = 0; x < n; x++)
      sums[x] = (guint16)(sums[x] + (from + (gsize)j * stride)[x]);
}

/* The last columns are summed with some before them, which makes a group. */
ME_INLINE void
add_rows (const int step, const guint8 *from, gsize stride, guint16 *sums, int width)
{
  const int last = width - GROUP;

  for (int x = 0; x <= last; x += GROUP)
    add_columns (GROUP, step, from + x, stride, sums + x);
  if (last >= 0)
    add_columns (GROUP, step, from + last, stride, sums + last);
  else
    for (int x = 0; x < width; x++)
      add_columns (1, step, from + x, stride, sums + x);
}

/* STEP is a constant where this is inlined: the loops of an unknown one take three times as many
 * instructions. */
ME_INLINE void
average_by (const int step, const Part *part, guint16 *restrict sums, guint8 *restrict small)
{
  int width = part->width / step, height = part->height / step;
  float share = 1.0f / (float)(step * step);

  for (int y = 0; y < height; y++) {
    add_rows (
        step, part->luma + (gsize)(y * step) * part->stride, part->stride, sums, width * step);
    for (int x = 0; x < width; x++) {
      gint32 sum = 0;
      for (int i = 0; i < step; i++)
        sum += sums[x * step + i];
      small[y * width + x] = (guint8)((float)sum * share + 0.5f);
    }
  }
}

/* Means of step x step pixels. */
ME_VECTORISED static void
average (int step, const Part *part, guint16 *sums, guint8 *small)
{
  switch (step) {
  case 2:
    average_by (2, part, sums, small);
    break;
  case 3:
    average_by (3, part, sums, small);
    break;
  case 4:
    average_by (4, part, sums, small);
    break;
  case 5:
    average_by (5, part, sums, small);
    break;
  case 6:
    average_by (6, part, sums, small);
    break;
  case 7:
    average_by (7, part, sums, small);
    break;
  case 8:
    average_by (8, part, sums, small);
    break;
  default:
    average_by (step, part, sums, small);
  }
}

/* ---- warping ---- */

/* A line through the picture, ONE a pixel. */
typedef struct
{
  gint32 x, y, dx, dy;
} Line;

/* The pixels around every place on a line: two and two, the left one in the low bits. */
typedef struct
{
  guint16 upper[ME_CROP_PX], lower[ME_CROP_PX];
} Around;

static inline void
read_line (const Part *from, Line line, int n, Around *around)
{
  gint32 at[ME_CROP_PX], stride = (gint32)from->stride;
  const guint8 *upper = from->luma, *lower = upper + from->stride;

  for (int i = 0; i < n; i++)
    at[i] = ((line.y + i * line.dy) >> 16) * stride + ((line.x + i * line.dx) >> 16);
#pragma GCC unroll 8
  for (int i = 0; i < n; i++) {
    around->upper[i] = me_pixel_pair (upper + at[i]);
    around->lower[i] = me_pixel_pair (lower + at[i]);
  }
}

/* The same where the line leaves the picture, whose border is repeated. */
static void
read_line_outside (const Part *from, Line line, int n, Around *around)
{
  for (int i = 0; i < n; i++, line.x += line.dx, line.y += line.dy) {
    int x0 = CLAMP (line.x >> 16, 0, from->width - 1),
        y0 = CLAMP (line.y >> 16, 0, from->height - 1);
    int x1 = CLAMP ((line.x >> 16) + 1, 0, from->width - 1);
    int y1 = CLAMP ((line.y >> 16) + 1, 0, from->height - 1);
    const guint8 *p = from->luma + (gsize)y0 * from->stride;
    const guint8 *q = from->luma + (gsize)y1 * from->stride;
    around->upper[i] = (guint16)(p[x0] | p[x1] << 8);
    around->lower[i] = (guint16)(q[x0] | q[x1] << 8);
  }
}

static inline void
interpolate (const Around *around, Line line, int n, float *restrict pixels)
{
  for (int i = 0; i < n; i++) {
    float fx = (float)((line.x + i * line.dx) & (ONE - 1)) / ONE;
    float fy = (float)((line.y + i * line.dy) & (ONE - 1)) / ONE;
    float a = (float)(around->upper[i] & 255), b = (float)(around->upper[i] >> 8);
    float c = (float)(around->lower[i] & 255), d = (float)(around->lower[i] >> 8);
    float top = a + fx * (b - a), bottom = c + fx * (d - c);
    pixels[i] = top + fy * (bottom - top);
  }
}

/* With the pixels beside and below it. */
static gboolean
is_inside (const Part *part, gint32 x, gint32 y)
{
  return x >= 0 && y >= 0 && x >> 16 < part->width - 1 && y >> 16 < part->height - 1;
}

/* So far outside the border is as good, and a line does not leave the whole numbers. */
static gint32
fixed (double x, double limit)
{
  return (gint32)lround (CLAMP (x, -limit, limit) * ONE);
}

/* Bilinear. m: from the square to the part, x' = m[0] x + m[1] y + m[2], y' = m[3] x + ... */
ME_VECTORISED static void
warp (const Part *from, const double m[6], float *pixels, int size_px)
{
  gboolean wide = from->stride > (gsize)(G_MAXINT32 / from->height); /* for whole numbers */
  Around around;

  for (int i = 0; i < size_px; i++, pixels += size_px) {
    Line line = { fixed (m[1] * i + m[2], 8192), fixed (m[4] * i + m[5], 8192), fixed (m[0], 128),
      fixed (m[3], 128) };
    if (!wide && is_inside (from, line.x, line.y) &&
        is_inside (from, line.x + (size_px - 1) * line.dx, line.y + (size_px - 1) * line.dy))
      read_line (from, line, size_px, &around);
    else
      read_line_outside (from, line, size_px, &around);
    interpolate (&around, line, size_px, pixels);
  }
}

gboolean
me_cropper_sample (
    MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, float *pixels, int size_px)
{
  g_return_val_if_fail (size_px > 0 && size_px <= ME_CROP_PX, FALSE);
  if (!cropper || !isfinite (pose->a + pose->b + pose->tx + pose->ty))
    return FALSE;

  int step = MAX (1, (int)fminf (hypotf (pose->a, pose->b) + 0.3f, MAX_STEP));
  double par = frame->pixel_aspect;
  Part part;

  if (!cover (&part, frame, pose, size_px, step))
    return FALSE;
  /* The centre of the first averaged cell lies (step - 1) / 2 pixels into it. */
  double half = (step - 1) / 2.0;
  double m[6] = { pose->a / par / step, -pose->b / par / step,
    (pose->tx / par - part.x - half) / step, pose->b / (double)step, pose->a / (double)step,
    (pose->ty - part.y - half) / step };
  if (step > 1) {
    Part small = { .width = part.width / step, .height = part.height / step };
    if (small.width < 2 || small.height < 2 ||
        !make_room (cropper, (gsize)small.width * (gsize)small.height, (gsize)part.width))
      return FALSE;
    average (step, &part, cropper->sums, cropper->small);
    small.luma = cropper->small;
    small.stride = (gsize)small.width;
    part = small;
  }
  warp (&part, m, pixels, size_px);
  return TRUE;
}

/* ---- the half level ---- */

/* 1 4 6 4 1 in both directions (Burt & Adelson 1983), the border mirrored. */
ME_VECTORISED static void
halve (const float *restrict full, float *restrict half)
{
  float column[ME_CROP_PX + 4];

  for (int y = 0; y < ME_CROP_HALF_PX; y++) {
    const float *row[5];
    for (int k = 0; k < 5; k++) {
      int from = ABS (2 * y + k - 2);
      row[k] = full + MIN (from, 2 * ME_CROP_PX - 2 - from) * ME_CROP_PX;
    }
    for (int x = 0; x < ME_CROP_PX; x++)
      column[x + 2] = (row[0][x] + row[4][x] + 4 * (row[1][x] + row[3][x]) + 6 * row[2][x]) / 256;
    column[0] = column[4];
    column[1] = column[3];
    column[ME_CROP_PX + 2] = column[ME_CROP_PX];
    column[ME_CROP_PX + 3] = column[ME_CROP_PX - 1];
    for (int x = 0; x < ME_CROP_HALF_PX; x++) {
      const float *c = column + 2 * x;
      half[y * ME_CROP_HALF_PX + x] = c[0] + c[4] + 4 * (c[1] + c[3]) + 6 * c[2];
    }
  }
}

gboolean
me_cropper_crop (MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, MeCrop *crop)
{
  if (!me_cropper_sample (cropper, frame, pose, crop->full, ME_CROP_PX))
    return FALSE;
  halve (crop->full, crop->half);
  return TRUE;
}
