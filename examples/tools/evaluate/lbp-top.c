/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Local binary patterns on three orthogonal planes. */
#include "lbp-top.h"

const MeLbpTopParams me_lbp_top_casme2 = { 5, 5, 1, 1, 4 };

guint
me_lbp_top_size (const MeLbpTopParams *params)
{
  return params->blocks_x * params->blocks_y * ME_LBP_TOP_PLANES * ME_LBP_TOP_BINS;
}

/* a, b: offsets in bytes to the neighbors along the two axes of the plane. */
static guint
pattern (const guint8 *pixel, gssize a, gssize b)
{
  return (guint)(pixel[a] >= *pixel) | (guint)(pixel[b] >= *pixel) << 1 |
         (guint)(pixel[-a] >= *pixel) << 2 | (guint)(pixel[-b] >= *pixel) << 3;
}

/* First pixel of block i of n; block i ends before that of i + 1. */
static guint
block_edge (guint i, guint n, guint length, guint radius)
{
  return CLAMP (i * length / n, radius, length - radius);
}

static gboolean
normalize (const guint counts[ME_LBP_TOP_BINS], float *histogram)
{
  guint sum = 0;

  for (guint i = 0; i < ME_LBP_TOP_BINS; i++)
    sum += counts[i];
  for (guint i = 0; i < ME_LBP_TOP_BINS && sum > 0; i++)
    histogram[i] = (float)counts[i] / (float)sum;
  return sum > 0;
}

gboolean
me_lbp_top (const MeLbpTopParams *params, const guint8 *pixels, guint width, guint height,
    guint n_frames, float *histograms)
{
  gssize dx = params->rx, dy = (gssize)params->ry * width, dt = (gssize)params->rt * width * height;

  if (width <= 2 * params->rx || height <= 2 * params->ry || n_frames <= 2 * params->rt)
    return FALSE;
  for (guint block = 0; block < params->blocks_x * params->blocks_y; block++) {
    guint column = block % params->blocks_x, row = block / params->blocks_x;
    guint x0 = block_edge (column, params->blocks_x, width, params->rx);
    guint x1 = block_edge (column + 1, params->blocks_x, width, params->rx);
    guint y0 = block_edge (row, params->blocks_y, height, params->ry);
    guint y1 = block_edge (row + 1, params->blocks_y, height, params->ry);
    guint counts[ME_LBP_TOP_PLANES][ME_LBP_TOP_BINS] = { { 0 } };

    for (guint t = params->rt; t < n_frames - params->rt; t++) {
      for (guint y = y0; y < y1; y++) {
        const guint8 *line = pixels + ((gsize)t * height + y) * width;

        for (guint x = x0; x < x1; x++) {
          counts[0][pattern (line + x, dx, -dy)]++;
          counts[1][pattern (line + x, dx, dt)]++;
          counts[2][pattern (line + x, dy, dt)]++;
        }
      }
    }
    for (guint plane = 0; plane < ME_LBP_TOP_PLANES; plane++) {
      if (!normalize (counts[plane], histograms))
        return FALSE;
      histograms += ME_LBP_TOP_BINS;
    }
  }
  return TRUE;
}
