/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far motion stands out of the noise, for the whole face and for each of its regions: a mouth
 * that talks raises the threshold of the mouth, not that of the brows. */
#pragma once

#include "matched-filter.h"

G_BEGIN_DECLS

typedef enum
{
  ME_REGION_FACE, /* all of it */
  ME_REGION_BROWS,
  ME_REGION_EYES,
  ME_REGION_MIDFACE,
  ME_REGION_MOUTH,
  ME_N_REGIONS
} MeRegion;

/* Running quantiles of the statistic of each region at each scale, % IPD. */
typedef struct
{
  float low[ME_N_SCALES][ME_N_REGIONS], high[ME_N_SCALES][ME_N_REGIONS];
  guint n_updates[ME_N_SCALES];
} MeRegionNoise;

/* Before anything is learnt: what a still face shows, as if it had been seen for a while. */
void me_regions_reset (MeRegionNoise *noise);

gboolean me_region_has (MeRegion region, int point);

/* The statistic of each region: mean of the largest pulse heights, % IPD. */
void me_regions_measure (const MePoint height[ME_N_POINTS], float statistic[ME_N_REGIONS]);

/* Each statistic over its threshold, before anything else raises that. */
void me_regions_compare (const MeRegionNoise *noise, int scale, const float statistic[ME_N_REGIONS],
    float ratio[ME_N_REGIONS]);

void me_regions_learn (
    MeRegionNoise *noise, int scale, const float statistic[ME_N_REGIONS], float memory);

G_END_DECLS
