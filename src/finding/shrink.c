/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Columns are summed first, in vectors; only these sums are added along the row. */
#include "shrink.h"

#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define NO_SHARE 1e-3 /* of a pixel: rounding */

/* What pixel i of n covers of a length in pixels. */
static MeSpan
find_span (int i, int n, int length)
{
  double size = (double)length / n, begin = i * size, end = MIN (begin + size, length);
  int first = (int)ceil (begin - NO_SHARE), last = (int)floor (end + NO_SHARE);

  return (MeSpan){ first, last - first, (float)(first - begin > NO_SHARE ? first - begin : 0),
    (float)(end - last > NO_SHARE ? end - last : 0) };
}

static inline void
add_row (const guint8 *row, float share, float *restrict sums, int width)
{
  for (int x = 0; x < width; x++)
    sums[x] += share * row[x];
}

/* The sums of all columns over a span of rows. */
ME_VECTORISED static void
add_rows (const guint8 *from, gsize stride, const MeSpan *rows, float *restrict sums, int width)
{
  memset (sums, 0, (gsize)width * sizeof *sums);
  if (rows->before > 0)
    add_row (from + (gsize)(rows->first - 1) * stride, rows->before, sums, width);
  for (int y = rows->first; y < rows->first + rows->n; y++)
    add_row (from + (gsize)y * stride, 1, sums, width);
  if (rows->after > 0)
    add_row (from + (gsize)(rows->first + rows->n) * stride, rows->after, sums, width);
}

static inline float
sum_of (const MeSpan *span, const float *sums)
{
  const float *at = sums + span->first;
  float sum = 0;

  if (span->before > 0)
    sum += span->before * at[-1];
  for (int i = 0; i < span->n; i++)
    sum += at[i];
  if (span->after > 0)
    sum += span->after * at[span->n];
  return sum;
}

void
me_shrink (const guint8 *from, gsize stride, int width, int height, guint8 *to, int to_width,
    int to_height, MeSpan *spans, float *sums)
{
  float share = (float)((double)to_width * to_height / ((double)width * height));

  for (int x = 0; x < to_width; x++)
    spans[x] = find_span (x, to_width, width);
  for (int y = 0; y < to_height; y++) {
    MeSpan rows = find_span (y, to_height, height);
    add_rows (from, stride, &rows, sums, width);
    for (int x = 0; x < to_width; x++)
      *to++ = (guint8)lrintf (share * sum_of (&spans[x], sums));
  }
}
