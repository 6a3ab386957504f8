/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Columns are summed first, in vectors; only these sums are added along the row, of several new
 * rows at once. */
#include "shrink.h"

#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define NO_SHARE 1e-3 /* of a pixel: rounding */
#define GROUP 32      /* columns whose sums stay in registers */
#define ROWS ME_SHRINK_ROWS

/* What pixel i of n covers of a length in pixels. */
static MeSpan
find_span (int i, int n, int length)
{
  double size = (double)length / n, begin = i * size, end = MIN (begin + size, length);
  int first = (int)ceil (begin - NO_SHARE), last = (int)floor (end + NO_SHARE);

  return (MeSpan){ first, last - first, (float)(first - begin > NO_SHARE ? first - begin : 0),
    (float)(end - last > NO_SHARE ? end - last : 0) };
}

/* Of a column, for each of the new rows. */
typedef struct
{
  float of[ROWS];
} Sums;

/* The sums of n columns over a span of rows. n is a constant where this is inlined. */
ME_INLINE void
add_columns (const int n, const guint8 *from, gsize stride, const MeSpan *rows, float *restrict sum)
{
  const guint8 *row = from + (gsize)rows->first * stride;

  if (rows->before > 0)
    for (int x = 0; x < n; x++)
      sum[x] = rows->before * (row - stride)[x];
  else
    for (int x = 0; x < n; x++)
      sum[x] = 0;
  for (int y = 0; y < rows->n; y++, row += stride)
    for (int x = 0; x < n; x++)
      sum[x] += row[x];
  if (rows->after > 0)
    for (int x = 0; x < n; x++)
      sum[x] += rows->after * row[x];
}

ME_INLINE void
add_group (const int n, const guint8 *from, gsize stride, const MeSpan rows[ROWS], Sums *sums)
{
  float sum[ROWS][GROUP];

  for (int y = 0; y < ROWS; y++)
    add_columns (n, from, stride, &rows[y], sum[y]);
  for (int x = 0; x < n; x++)
    for (int y = 0; y < ROWS; y++)
      sums[x].of[y] = sum[y][x];
}

/* The sums of all columns over the spans of rows. The last columns are summed with some before
 * them, which makes a group. */
ME_VECTORISED static void
add_rows (const guint8 *from, gsize stride, const MeSpan rows[ROWS], Sums *sums, int width)
{
  const int last = width - GROUP;

  for (int x = 0; x <= last; x += GROUP)
    add_group (GROUP, from + x, stride, rows, sums + x);
  if (last >= 0)
    add_group (GROUP, from + last, stride, rows, sums + last);
  else
    for (int x = 0; x < width; x++)
      add_group (1, from + x, stride, rows, sums + x);
}

ME_INLINE void
add (Sums *sum, float share, const Sums *column)
{
  for (int y = 0; y < ROWS; y++)
    sum->of[y] += share * column->of[y];
}

ME_INLINE Sums
sum_of (const MeSpan *span, const Sums *sums)
{
  const Sums *at = sums + span->first;
  Sums sum = { { 0 } };

  if (span->before > 0)
    add (&sum, span->before, at - 1);
  for (int i = 0; i < span->n; i++)
    add (&sum, 1, at + i);
  if (span->after > 0)
    add (&sum, span->after, at + span->n);
  return sum;
}

/* n: of the new rows, from `to` on. */
ME_VECTORISED static void
write_rows (const MeSpan *spans, const Sums *sums, float share, guint8 *to, int width, int n)
{
  for (int x = 0; x < width; x++, to++) {
    Sums sum = sum_of (&spans[x], sums);
    for (int y = 0; y < n; y++)
      to[y * width] = (guint8)lrintf (share * sum.of[y]);
  }
}

void
me_shrink (const guint8 *from, gsize stride, int width, int height, guint8 *to, int to_width,
    int to_height, MeSpan *spans, float *sums)
{
  float share = (float)((double)to_width * to_height / ((double)width * height));

  for (int x = 0; x < to_width; x++)
    spans[x] = find_span (x, to_width, width);
  for (int y = 0; y < to_height; y += ROWS) {
    MeSpan rows[ROWS];
    for (int i = 0; i < ROWS; i++)
      rows[i] = find_span (MIN (y + i, to_height - 1), to_height, height);
    add_rows (from, stride, rows, (Sums *)sums, width);
    write_rows (spans, (Sums *)sums, share, to + y * to_width, to_width, MIN (ROWS, to_height - y));
  }
}
