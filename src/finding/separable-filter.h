/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The filter in which dlib's detector spends most of its time, for the processor at hand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers in rows that follow one another. */
typedef struct
{
  float *at;
  int rows, columns;
} MePlane;

/* Taps along rows, then along columns. */
typedef struct
{
  const float *row, *column;
  int n_row, n_column;
} MeSeparableFilter;

/* Adds what the filter makes of `in` to `out`, where all its taps are inside. `out` and `scratch`
 * are as large as `in`. Sums are those of dlib 19's float_spatially_filter_image_separable(), in
 * the same order. */
void me_separable_filter_add (
    const MeSeparableFilter *filter, const MePlane *in, MePlane *out, MePlane *scratch);

G_END_DECLS
