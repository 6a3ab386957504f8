/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The difference of two Laplacians, which only single pixels survive (Immerkaer, "Fast noise
 * variance estimation", CVIU 1996), with the median in place of the mean: edges do not count. */
#include "noise.h"

#include <math.h>
#include <string.h>

#define N_PIXELS                                                                                   \
  ((ME_CROP_FACE_RIGHT - ME_CROP_FACE_LEFT) * (ME_CROP_FACE_BOTTOM - ME_CROP_FACE_TOP))

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

float
me_crop_noise (const MeCrop *crop)
{
  guint16 bins[N_BINS];
  guint n = 0;
  int bin = 0;

  memset (bins, 0, sizeof bins);
  for (int y = ME_CROP_FACE_TOP; y < ME_CROP_FACE_BOTTOM; y++) {
    for (int x = ME_CROP_FACE_LEFT; x < ME_CROP_FACE_RIGHT; x++) {
      float d = difference_of_laplacians (crop->full + y * ME_CROP_PX + x);
      bins[MIN (N_BINS - 1, (int)(fabsf (d) * BINS_A_LEVEL))]++;
    }
  }
  while (bin < N_BINS - 1 && (n += bins[bin]) < N_PIXELS / 2)
    bin++;
  return ((float)bin + 0.5f) / BINS_A_LEVEL / MASK_NORM * DEVIATION_OF_MEDIAN;
}
