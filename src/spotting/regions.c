/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "regions.h"

#include "common/quantile.h"
#include "common/rank.h"

#include <math.h>

#define LOW_QUANTILE 0.30f
#define HIGH_QUANTILE 0.85f

#define F(feature) (1u << ME_FEATURE_##feature)
#define BROWS (F (INNER_BROW) | F (MID_BROW) | F (OUTER_BROW) | F (FOREHEAD) | F (GLABELLA))
#define EYES (F (UPPER_LID) | F (LOWER_LID) | F (EYE_CORNER) | F (CROWS_FOOT) | F (INFRAORBITAL))
#define MIDFACE (F (CHEEK) | F (NOSE_BRIDGE) | F (NOSE_TIP) | F (ALA) | F (NASOLABIAL))
#define MOUTH (F (UPPER_LIP) | F (LIP_CORNER) | F (LOWER_LIP) | F (CHIN))

/* A region's threshold is the largest of its floor and of factors on its running quantiles. Several
 * regions are several chances to be wrong: each alone must stand out more than the whole face. */
static const struct
{
  guint features;
  int largest; /* points whose mean is the statistic */
  float floor; /* % IPD */
  float on_low, on_high;
} regions[ME_N_REGIONS] = {
  [ME_REGION_FACE] = { BROWS | EYES | MIDFACE | MOUTH, 8, 0.34f, 2.4f, 1.25f },
  [ME_REGION_BROWS] = { BROWS, 5, 0.45f, 3.0f, 1.4f },
  [ME_REGION_EYES] = { EYES, 5, 0.45f, 3.0f, 1.4f },
  [ME_REGION_MIDFACE] = { MIDFACE, 5, 0.45f, 3.0f, 1.4f },
  [ME_REGION_MOUTH] = { MOUTH, 5, 0.45f, 3.0f, 1.4f },
};

gboolean
me_region_has (MeRegion region, int point)
{
  return (regions[region].features & (1u << me_facial_points[point].feature)) != 0;
}

void
me_regions_measure (const MePoint height[ME_N_POINTS], float statistic[ME_N_REGIONS])
{
  float length[ME_N_POINTS], own[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++)
    length[i] = sqrtf (height[i].x * height[i].x + height[i].y * height[i].y);
  for (int r = 0; r < ME_N_REGIONS; r++) {
    int n = 0;
    for (int i = 0; i < ME_N_POINTS; i++)
      if (me_region_has ((MeRegion)r, i))
        own[n++] = length[i];
    statistic[r] = me_mean_of_largest (own, n, regions[r].largest);
  }
}

void
me_regions_compare (const MeRegionNoise *noise, int scale, const float statistic[ME_N_REGIONS],
    float ratio[ME_N_REGIONS])
{
  for (int r = 0; r < ME_N_REGIONS; r++) {
    float threshold = MAX (regions[r].floor, regions[r].on_low * noise->low[scale][r]);

    ratio[r] = statistic[r] / MAX (threshold, regions[r].on_high * noise->high[scale][r]);
  }
}

void
me_regions_learn (
    MeRegionNoise *noise, int scale, const float statistic[ME_N_REGIONS], float memory)
{
  guint n = noise->n_updates[scale]++;

  for (int r = 0; r < ME_N_REGIONS; r++) {
    float *low = &noise->low[scale][r], *high = &noise->high[scale][r];
    float value = MAX (statistic[r], 1e-3f);
    *low = me_quantile_update (*low, value, LOW_QUANTILE, n, memory);
    *high = me_quantile_update (*high, value, HIGH_QUANTILE, n, memory);
  }
}
