/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The difference of two Laplacians, which only single pixels survive (Immerkaer, "Fast noise
 * variance estimation", CVIU 1996), with the median in place of the mean: edges do not count. */
#include "noise.h"

#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define N_COLUMNS (ME_CROP_FACE_RIGHT - ME_CROP_FACE_LEFT)
#define N_PIXELS (N_COLUMNS * (ME_CROP_FACE_BOTTOM - ME_CROP_FACE_TOP))

#define SPACING 2 /* pixels; next to each other, interpolation has mixed them */
#define N_BINS 1024
#define BINS_A_LEVEL 4
#define MASK_NORM 6.0f                    /* root of the sum of the squared weights */
#define DEVIATION_OF_MEDIAN (1 / 0.6745f) /* of a normal deviate's absolute value */

static inline float
difference_of_laplacians (const float *p)
{
  const float *above = p - SPACING * ME_CROP_PX, *below = p + SPACING * ME_CROP_PX;

  return above[-SPACING] - 2 * above[0] + above[SPACING] - 2 * p[-SPACING] + 4 * p[0] -
         2 * p[SPACING] + below[-SPACING] - 2 * below[0] + below[SPACING];
}

/* Of a row of the face. */
ME_VECTORISED static void
find_bins (const float *row, int bin[N_COLUMNS])
{
  for (int x = 0; x < N_COLUMNS; x++)
    bin[x] = MIN (N_BINS - 1, (int)(fabsf (difference_of_laplacians (row + x)) * BINS_A_LEVEL));
}

float
me_crop_noise (const MeCrop *crop)
{
  guint16 bins[N_BINS];
  int bin = 0, of_row[N_COLUMNS];
  guint n = 0;

  memset (bins, 0, sizeof bins);
  for (int y = ME_CROP_FACE_TOP; y < ME_CROP_FACE_BOTTOM; y++) {
    find_bins (crop->full + y * ME_CROP_PX + ME_CROP_FACE_LEFT, of_row);
    for (int x = 0; x < N_COLUMNS; x++)
      bins[of_row[x]]++;
  }
  while (bin < N_BINS - 1 && (n += bins[bin]) < N_PIXELS / 2)
    bin++;
  return ((float)bin + 0.5f) / BINS_A_LEVEL / MASK_NORM * DEVIATION_OF_MEDIAN;
}
