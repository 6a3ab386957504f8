/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each sample of a thumbnail is the mean of a few neighbouring pixels of one row, at a place that
 * is fixed to the frame: noise averages out and hardly any pixel is read. */
#include "thumbnail.h"

#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define RUN_PX 4      /* pixels that one sample averages; frame pixels, all in one cache line */
#define CONTRAST 16.0 /* luma^2: variance that counts as no contrast at all */

/* Of RUN_PX pixels: two and two of them are added at once. */
static inline guint8
mean_of_run (guint32 all)
{
  guint32 pairs = (all & 0xff00ff) + (all >> 8 & 0xff00ff);

  return (guint8)(((pairs & 0xffff) + (pairs >> 16) + RUN_PX / 2) / RUN_PX);
}

static guint8
mean_of_all (const guint8 *px, int width)
{
  int sum = width / 2;

  for (int k = 0; k < width; k++)
    sum += px[k];
  return (guint8)(sum / width);
}

/* A row of samples, each of the pixels from x on. */
ME_VECTORISED static void
sample_row (const guint8 *row, const int x[ME_THUMBNAIL_COLUMNS], guint8 *samples)
{
  guint32 run[ME_THUMBNAIL_COLUMNS];

  for (int i = 0; i < ME_THUMBNAIL_COLUMNS; i++)
    memcpy (&run[i], row + x[i], sizeof *run);
  for (int i = 0; i < ME_THUMBNAIL_COLUMNS; i++)
    samples[i] = mean_of_run (run[i]);
}

void
me_thumbnail_make (MeThumbnail *thumbnail, const MeFrame *frame)
{
  int run = MIN (RUN_PX, frame->width), x[ME_THUMBNAIL_COLUMNS];

  for (int i = 0; i < ME_THUMBNAIL_COLUMNS; i++) {
    gint64 middle = (2 * i + 1) * (gint64)frame->width / (2 * ME_THUMBNAIL_COLUMNS);
    x[i] = (int)CLAMP (middle - run / 2, 0, frame->width - run);
  }
  for (int j = 0; j < ME_THUMBNAIL_ROWS; j++) {
    gint64 y = (2 * j + 1) * (gint64)frame->height / (2 * ME_THUMBNAIL_ROWS);
    const guint8 *row = me_frame_row (frame, (int)y);
    guint8 *samples = thumbnail->luma + j * ME_THUMBNAIL_COLUMNS;
    if (run == RUN_PX)
      sample_row (row, x, samples);
    else
      for (int i = 0; i < ME_THUMBNAIL_COLUMNS; i++)
        samples[i] = mean_of_all (row + x[i], run);
  }
}

double
me_thumbnail_difference (const MeThumbnail *a, const MeThumbnail *b)
{
  guint sum = 0;

  for (int i = 0; i < ME_THUMBNAIL_COLUMNS * ME_THUMBNAIL_ROWS; i++)
    sum += (guint)ABS (a->luma[i] - b->luma[i]);
  return (double)sum / (ME_THUMBNAIL_COLUMNS * ME_THUMBNAIL_ROWS);
}

MeBox
me_thumbnail_part (const MeFrame *frame, const MeBox *box)
{
  double sx = (double)ME_THUMBNAIL_COLUMNS / frame->width;
  double sy = (double)ME_THUMBNAIL_ROWS / frame->height;
  int x0 = (int)lround (CLAMP (box->x * sx, 0, ME_THUMBNAIL_COLUMNS));
  int y0 = (int)lround (CLAMP (box->y * sy, 0, ME_THUMBNAIL_ROWS));
  int x1 = (int)lround (CLAMP (((double)box->x + box->width) * sx, x0, ME_THUMBNAIL_COLUMNS));
  int y1 = (int)lround (CLAMP (((double)box->y + box->height) * sy, y0, ME_THUMBNAIL_ROWS));

  return (MeBox){ x0, y0, x1 - x0, y1 - y0 };
}

/* Sums over a part, of both and of their products. 8 bits and 3600 samples fit 32 bits. */
typedef struct
{
  guint32 a, b, aa, ab, bb;
} Sums;

ME_VECTORISED static Sums
sum_up (const MeThumbnail *a, const MeThumbnail *b, const MeBox *part)
{
  Sums s = { 0, 0, 0, 0, 0 };

  for (int y = part->y; y < part->y + part->height; y++) {
    const guint8 *p = a->luma + y * ME_THUMBNAIL_COLUMNS + part->x;
    const guint8 *q = b->luma + y * ME_THUMBNAIL_COLUMNS + part->x;
    for (int x = 0; x < part->width; x++) {
      s.a += p[x];
      s.b += q[x];
      s.aa += (guint32)p[x] * p[x];
      s.ab += (guint32)p[x] * q[x];
      s.bb += (guint32)q[x] * q[x];
    }
  }
  return s;
}

/* Variances and covariance of two. */
typedef struct
{
  double aa, ab, bb;
} Spread;

static Spread
spread (const MeThumbnail *a, const MeThumbnail *b, const MeBox *part)
{
  Sums s = sum_up (a, b, part);
  double n = MAX (part->width * part->height, 1), mean_a = s.a / n, mean_b = s.b / n;

  return (
      Spread){ s.aa / n - mean_a * mean_a, s.ab / n - mean_a * mean_b, s.bb / n - mean_b * mean_b };
}

float
me_thumbnail_change (const MeThumbnail *a, const MeThumbnail *b, const MeBox *part)
{
  Spread s = spread (a, b, part);

  return (float)(1 - (s.ab + CONTRAST) / sqrt ((s.aa + CONTRAST) * (s.bb + CONTRAST)));
}

/* Least squares, with the means of all three taken off. */
MeBlend
me_thumbnail_blend (
    const MeThumbnail *from, const MeThumbnail *middle, const MeThumbnail *to, const MeBox *part)
{
  Spread ends = spread (from, to, part), first = spread (from, middle, part);
  Spread last = spread (to, middle, part);
  double det = ends.aa * ends.bb - ends.ab * ends.ab;
  double apart = ends.aa - 2 * ends.ab + ends.bb;

  if (det < CONTRAST * CONTRAST || apart < CONTRAST)
    return (MeBlend){ 0, 0, G_MAXFLOAT };
  double a = (first.ab * ends.bb - last.ab * ends.ab) / det;
  double b = (last.ab * ends.aa - first.ab * ends.ab) / det;
  double left = MAX (first.bb - a * first.ab - b * last.ab, 0);
  return (MeBlend){ (float)a, (float)b, (float)sqrt (left / apart) };
}
