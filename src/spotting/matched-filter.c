/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "matched-filter.h"

#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define WIDTH 8
typedef float Vector __attribute__ ((vector_size (WIDTH * sizeof (float)), aligned (4)));

#define PART 7 /* vectors whose sums fit the registers */
G_STATIC_ASSERT (ME_LANES % (PART * WIDTH) == 0);

/* From the classic 1/25 s, which reads as about 0.07 s at the foot, to 1/2 s. */
const float me_scale_s[ME_N_SCALES] = { 0.07f, 0.10f, 0.14f, 0.20f, 0.28f, 0.40f, 0.55f };

/* A raised cosine of width d between flanks, made orthogonal to a constant (and, being even, to a
 * slope), and scaled so that the pulse itself gives its height. */
static void
kernel_init (float *taps, int *half, float d)
{
  float flank = MIN (0.10f, 0.25f * d + 0.05f), mean = 0, gain = 0;
  float pulse[2 * ME_MAX_HALF_TAPS + 1];
  int h = MIN (ME_MAX_HALF_TAPS, (int)ceilf ((d / 2 + flank) / ME_CELL_S)), n = 2 * h + 1;

  for (int i = 0; i < n; i++) {
    float t = (float)(i - h) * ME_CELL_S;
    pulse[i] = fabsf (t) < d / 2 ? 0.5f * (1 + cosf (2 * (float)G_PI * t / d)) : 0;
    mean += pulse[i] / (float)n;
  }
  for (int i = 0; i < n; i++)
    gain += (pulse[i] - mean) * pulse[i];
  for (int i = 0; i < n; i++)
    taps[i] = (pulse[i] - mean) / gain;
  *half = h;
}

void
me_matched_filter_init (MeMatchedFilter *f)
{
  for (int k = 0; k < ME_N_SCALES; k++)
    kernel_init (f->taps[k], &f->half[k], me_scale_s[k]);
}

/* PART vectors of the lanes. */
ME_INLINE void
filter_part (const float *taps, int half, const MeSeries *series, gint64 cell, int from, float *out)
{
  Vector sum[PART] = { { 0 } };

  for (int j = -half; j <= half; j++) {
    const Vector *r = (const Vector *)(me_series_cell (series, cell + j) + from);
    const float t = taps[j + half]; /* which, times a vector, would be a long double on i386 */
    const Vector tap = { t, t, t, t, t, t, t, t };
    for (int i = 0; i < PART; i++)
      sum[i] += tap * r[i];
  }
  memcpy (out + from, sum, sizeof sum);
}

ME_VECTORISED void
me_matched_filter_run (const MeMatchedFilter *f, const MeSeries *series, gint64 cell, int scale,
    MePoint height[ME_LANES / 2])
{
  for (int from = 0; from < ME_LANES; from += PART * WIDTH)
    filter_part (f->taps[scale], f->half[scale], series, cell, from, &height[0].x);
}
