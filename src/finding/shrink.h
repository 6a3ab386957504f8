/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures made smaller for the detector: each pixel becomes the mean of the area that it covers,
 * shares of pixels at its border included, as with OpenCV's INTER_AREA. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_SHRINK_ROWS 4 /* made at once */

/* What one new pixel covers of a length: a share of the pixel before `first`, n whole ones, and a
 * share of the one after them. */
typedef struct
{
  int first, n;
  float before, after;
} MeSpan;

/* 1 <= to_width <= width, and so for the heights. The rows of `to` follow one another. spans, sums:
 * memory for to_width and ME_SHRINK_ROWS * width of them. */
void me_shrink (const guint8 *from, gsize stride, int width, int height, guint8 *to, int to_width,
    int to_height, MeSpan *spans, float *sums);

G_END_DECLS
