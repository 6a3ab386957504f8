/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib sums every third tap on its own where eight neighbours fit, and tap after tap in the
 * columns that remain. So does this, because other sums would find other faces. */
#include "separable-filter.h"

#include "common/vectorised.h"

#define TAPS 10 /* of the frontal face detector: 80 px in cells of 8 */
#define GROUP 8 /* neighbours */

#define INLINE static inline __attribute__ ((always_inline))

/* ---- one sum ---- */

/* The taps are `step` numbers apart. n is a constant where this is inlined. */
INLINE float
sum_in_thirds (const int n, const float *in, gsize step, const float *taps)
{
  float sum[3] = { 0 };
  int i = 0;

  for (; i < n - 2; i += 3)
    for (int k = 0; k < 3; k++)
      sum[k] += in[(gsize)(i + k) * step] * taps[i + k];
  for (; i < n; i++)
    sum[0] += in[(gsize)i * step] * taps[i];
  return sum[0] + (sum[1] + sum[2]);
}

INLINE float
sum_in_order (const int n, const float *in, gsize step, const float *taps)
{
  float sum = 0;

  for (int i = 0; i < n; i++)
    sum += in[(gsize)i * step] * taps[i];
  return sum;
}

/* ---- a row of sums ---- */

/* Writes sums to `out`, or adds them to those there. The last few columns are summed with some
 * before them, which makes a vector, and those dropped. */
INLINE void
sum_row (const int n, const gboolean add, const float *restrict in, gsize step, const float *taps,
    float *restrict out, int width)
{
  int whole = width - width % GROUP, last = MAX (width - GROUP, 0);
  float tail[GROUP];

  for (int x = 0; x < whole; x++)
    out[x] = (add ? out[x] : 0) + sum_in_thirds (n, in + x, step, taps);
  if (width >= GROUP)
    for (int x = 0; x < GROUP; x++)
      tail[x] = sum_in_order (n, in + last + x, step, taps);
  else
    for (int x = 0; x < width; x++)
      tail[x] = sum_in_order (n, in + x, step, taps);
  for (int x = whole; x < width; x++)
    out[x] = (add ? out[x] : 0) + tail[x - last];
}

INLINE void
filter_rows (const int n, const MePlane *in, const float *taps, MePlane *out, int width)
{
  for (int y = 0; y < in->rows; y++) {
    gsize row = (gsize)y * (gsize)in->columns;
    sum_row (n, FALSE, in->at + row, 1, taps, out->at + row + n / 2, width);
  }
}

INLINE void
filter_columns (
    const int n, const MePlane *in, const float *taps, MePlane *out, int left, int width)
{
  for (int y = 0; y + n <= in->rows; y++) {
    gsize from = (gsize)y * (gsize)in->columns + (gsize)left;
    gsize to = (gsize)(y + n / 2) * (gsize)in->columns + (gsize)left;
    sum_row (n, TRUE, in->at + from, (gsize)in->columns, taps, out->at + to, width);
  }
}

ME_VECTORISED void
me_separable_filter_add (
    const MeSeparableFilter *filter, const MePlane *in, MePlane *out, MePlane *scratch)
{
  int left = filter->n_row / 2, width = in->columns - filter->n_row + 1;

  if (filter->n_row == TAPS)
    filter_rows (TAPS, in, filter->row, scratch, width);
  else
    filter_rows (filter->n_row, in, filter->row, scratch, width);
  if (filter->n_column == TAPS)
    filter_columns (TAPS, scratch, filter->column, out, left, width);
  else
    filter_columns (filter->n_column, scratch, filter->column, out, left, width);
}
