/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A smooth picture with detail of patch size, for unit tests. */
#pragma once

#include "finding/crop.h"

#include <math.h>

static inline float
texture (float x, float y)
{
  return 110 + 30 * sinf (0.31f * x + 0.11f * y) + 25 * cosf (0.23f * y - 0.17f * x) +
         20 * sinf (0.47f * y + 0.05f * x) * cosf (0.39f * x);
}

/* The picture moved by (dx, dy) pixels, its light changed; the half level smoothed as by pyrDown.
 */
static inline void
paint (MeCrop *crop, float dx, float dy, float gain, float offset)
{
  for (int y = 0; y < ME_CROP_PX; y++)
    for (int x = 0; x < ME_CROP_PX; x++)
      crop->full[y * ME_CROP_PX + x] = gain * texture ((float)x - dx, (float)y - dy) + offset;
  for (int y = 0; y < ME_CROP_HALF_PX; y++)
    for (int x = 0; x < ME_CROP_HALF_PX; x++) {
      float sum = 0;
      for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++)
          sum += (float)((2 - ABS (i)) * (2 - ABS (j))) *
                 texture ((float)(2 * x + i) - dx, (float)(2 * y + j) - dy);
      crop->half[y * ME_CROP_HALF_PX + x] = gain * sum / 16 + offset;
    }
}
