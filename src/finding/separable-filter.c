/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib sums every third tap on its own where eight neighbours fit, and tap after tap in the
 * columns that remain. So does this, because other sums would find other faces. */
#include "separable-filter.h"

#include "common/vectorised.h"

#include <string.h>

#define TAPS 10 /* of the frontal face detector: 80 px in cells of 8 */
#define GROUP 8 /* neighbours */

/* ---- one sum ---- */

/* The taps are `step` numbers apart. n is a constant where this is inlined. Sums begin with a
 * product, dlib's with 0: that differs in the sign of zeros only, which the last addition, to a
 * number that is no negative zero, takes away. */
ME_INLINE float
sum_in_thirds (const int n, const float *in, gsize step, const float *taps)
{
  float sum[3] = { 0 };
  int i = 0;

  for (; i < n - 2; i += 3)
    for (int k = 0; k < 3; k++) {
      float product = in[(gsize)(i + k) * step] * taps[i + k];
      sum[k] = i == 0 ? product : sum[k] + product;
    }
  for (; i < n; i++)
    sum[0] += in[(gsize)i * step] * taps[i];
  return sum[0] + (sum[1] + sum[2]);
}

ME_INLINE float
sum_in_order (const int n, const float *in, gsize step, const float *taps)
{
  float sum = in[0] * taps[0];

  for (int i = 1; i < n; i++)
    sum += in[(gsize)i * step] * taps[i];
  return sum;
}

/* ---- all sums of a direction ---- */

/* From tap to tap, and from row to row. */
typedef struct
{
  gsize tap, row;
} Steps;

/* In one group of columns. ADD: to what is there. */
ME_INLINE void
sum_group (const int n, const gboolean add, const float *in, const float *taps, float *out,
    const Steps *by, int rows)
{
  for (int y = 0; y < rows; y++, in += by->row, out += by->row) {
    float sum[GROUP];
    for (int x = 0; x < GROUP; x++)
      sum[x] = sum_in_thirds (n, in + x, by->tap, taps);
    for (int x = 0; x < GROUP; x++)
      out[x] = add ? out[x] + sum[x] : sum[x];
  }
}

/* In the last group, of which the first `done` columns are done. */
ME_INLINE void
sum_last_group (const int n, const gboolean add, const float *in, const float *taps, float *out,
    const Steps *by, int rows, int done)
{
  float is_new[GROUP];

  for (int x = 0; x < GROUP; x++)
    is_new[x] = x >= done;
  for (int y = 0; y < rows; y++, in += by->row, out += by->row) {
    float sum[GROUP];
    for (int x = 0; x < GROUP; x++)
      sum[x] = sum_in_order (n, in + x, by->tap, taps);
    for (int x = 0; x < GROUP; x++)
      out[x] = add ? out[x] + is_new[x] * sum[x] : sum[x];
  }
}

/* In fewer columns than a group has. */
ME_INLINE void
sum_columns (const int n, const gboolean add, const float *in, const float *taps, float *out,
    const Steps *by, int rows, int columns)
{
  for (int y = 0; y < rows; y++, in += by->row, out += by->row)
    for (int x = 0; x < columns; x++) {
      float sum = sum_in_order (n, in + x, by->tap, taps);
      out[x] = add ? out[x] + sum : sum;
    }
}

/* The last few columns are summed with some before them, which makes a group; of those, the sums
 * are overwritten, or do not count. */
ME_INLINE void
sum_all (const int n, const gboolean add, const float *in, const float *taps, float *out,
    const Steps *by, int rows, int columns)
{
  int last = columns - GROUP, rest = columns % GROUP;

  if (last < 0) {
    sum_columns (n, add, in, taps, out, by, rows, columns);
    return;
  }
  if (!add && rest > 0)
    sum_last_group (n, FALSE, in + last, taps, out + last, by, rows, 0);
  for (int x = 0; x <= last; x += GROUP)
    sum_group (n, add, in + x, taps, out + x, by, rows);
  if (add && rest > 0)
    sum_last_group (n, TRUE, in + last, taps, out + last, by, rows, GROUP - rest);
}

ME_INLINE void
filter_rows (const int n, const MePlane *in, const float *taps, MePlane *out, int width)
{
  gsize pitch = (gsize)in->columns;
  const Steps by = { 1, pitch };

  sum_all (n, FALSE, in->at, taps, out->at + n / 2, &by, in->rows, width);
}

ME_INLINE void
filter_columns (
    const int n, const MePlane *in, const float *taps, MePlane *out, int left, int width)
{
  gsize pitch = (gsize)in->columns;
  const Steps by = { pitch, pitch };

  sum_all (n, TRUE, in->at + left, taps, out->at + (gsize)(n / 2) * pitch + left, &by,
      in->rows - n + 1, width);
}

ME_VECTORISED void
me_separable_filter_add (
    const MeSeparableFilter *filter, const MePlane *in, MePlane *out, MePlane *scratch)
{
  int left = filter->n_row / 2, width = in->columns - filter->n_row + 1;
  float taps[TAPS]; /* which nothing else may change: they stay in registers */

  if (filter->n_row == TAPS) {
    memcpy (taps, filter->row, sizeof taps);
    filter_rows (TAPS, in, taps, scratch, width);
  } else {
    filter_rows (filter->n_row, in, filter->row, scratch, width);
  }
  if (filter->n_column == TAPS) {
    memcpy (taps, filter->column, sizeof taps);
    filter_columns (TAPS, scratch, taps, out, left, width);
  } else {
    filter_columns (filter->n_column, scratch, filter->column, out, left, width);
  }
}
