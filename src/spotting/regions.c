/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "regions.h"

#include "common/quantile.h"
#include "common/rank.h"
#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define LOW_QUANTILE 0.30f
#define HIGH_QUANTILE 0.85f

#define NONE ME_N_REGIONS

/* Beside the whole face, to which all that have one belong. */
static const MeRegion region_of[] = {
  [ME_FEATURE_INNER_BROW] = ME_REGION_BROWS,
  [ME_FEATURE_MID_BROW] = ME_REGION_BROWS,
  [ME_FEATURE_OUTER_BROW] = ME_REGION_BROWS,
  [ME_FEATURE_FOREHEAD] = ME_REGION_BROWS,
  [ME_FEATURE_GLABELLA] = ME_REGION_BROWS,
  [ME_FEATURE_UPPER_LID] = ME_REGION_EYES,
  [ME_FEATURE_LOWER_LID] = ME_REGION_EYES,
  [ME_FEATURE_EYE_CORNER] = ME_REGION_EYES,
  [ME_FEATURE_CROWS_FOOT] = ME_REGION_EYES,
  [ME_FEATURE_INFRAORBITAL] = ME_REGION_EYES,
  [ME_FEATURE_CHEEK] = ME_REGION_MIDFACE,
  [ME_FEATURE_NOSE_BRIDGE] = ME_REGION_MIDFACE,
  [ME_FEATURE_NOSE_TIP] = ME_REGION_MIDFACE,
  [ME_FEATURE_ALA] = ME_REGION_MIDFACE,
  [ME_FEATURE_NASOLABIAL] = ME_REGION_MIDFACE,
  [ME_FEATURE_UPPER_LIP] = ME_REGION_MOUTH,
  [ME_FEATURE_LIP_CORNER] = ME_REGION_MOUTH,
  [ME_FEATURE_LOWER_LIP] = ME_REGION_MOUTH,
  [ME_FEATURE_CHIN] = ME_REGION_MOUTH,
  [ME_FEATURE_JAW] = NONE,
};
G_STATIC_ASSERT (G_N_ELEMENTS (region_of) == ME_N_FEATURES);

#define LARGEST_FACE 8    /* points whose mean is the statistic of the whole face, */
#define LARGEST 5         /* and of a region */
#define MOST_OF_REGION 24 /* the mouth; tests/unit/spotting/cells.c counts them */
#define N_LANES 8         /* regions, NONE, and as many more as fill a vector */
G_STATIC_ASSERT (NONE < N_LANES);

/* The threshold is the largest of its floor and of factors on the running quantiles. Several
 * regions are several chances to be wrong: each alone must stand out more than the whole face. */
typedef struct
{
  float floor; /* % IPD */
  float on_low, on_high;
  float still_low, still_high; /* the quantiles on still faces, % IPD */
} Limits;

static const Limits of_face = { 0.34f, 1.9f, 1.25f, 0.20f, 0.30f };
static const Limits of_region = { 0.45f, 2.4f, 1.4f, 0.15f, 0.22f };

#define STILL_UPDATES 100 /* a second of cells; two at the scale that scores every other one */

static inline const Limits *
limits_of (int region)
{
  return region == ME_REGION_FACE ? &of_face : &of_region;
}

static inline MeRegion
own_region (int point)
{
  return region_of[me_facial_points[point].feature];
}

gboolean
me_region_has (MeRegion region, int point)
{
  return region == ME_REGION_FACE ? own_region (point) != NONE : own_region (point) == region;
}

/* A number of each region. */
typedef struct
{
  float of[N_LANES];
} Row;

/* Row by row, a number of each region: it takes the place of the first that is smaller, which goes
 * on in its stead. So the same is done whatever the numbers are. */
ME_VECTORISED static void
find_largest (const Row rows[MOST_OF_REGION], Row largest[restrict LARGEST_FACE])
{
  memset (largest, 0, LARGEST_FACE * sizeof *largest);
  for (int n = 0; n < MOST_OF_REGION; n++)
    for (int r = 0; r < N_LANES; r++) {
      float next = rows[n].of[r];
      for (int i = 0; i < LARGEST_FACE; i++) {
        float before = largest[i].of[r];
        largest[i].of[r] = MAX (before, next);
        next = MIN (before, next);
      }
    }
}

/* The mean of the largest n of a region. */
static float
mean_of_region (const Row largest[LARGEST_FACE], MeRegion region, int n)
{
  float sum = 0;

  for (int i = 0; i < n; i++)
    sum += largest[i].of[region];
  return sum / (float)n;
}

/* The mean of the largest of all regions, which are among the largest of each. */
static float
mean_of_face (const Row largest[LARGEST_FACE])
{
  int next[ME_N_REGIONS] = { 0 };
  float sum = 0;

  for (int i = 0; i < LARGEST_FACE; i++) {
    float most = -1;
    int from = 0;
    for (int r = ME_REGION_FACE + 1; r < ME_N_REGIONS; r++) {
      float value = largest[next[r]].of[r];
      from = value > most ? r : from;
      most = MAX (value, most);
    }
    next[from]++;
    sum += most;
  }
  return sum / LARGEST_FACE;
}

void
me_regions_reset (MeRegionNoise *noise)
{
  for (int scale = 0; scale < ME_N_SCALES; scale++) {
    noise->n_updates[scale] = STILL_UPDATES;
    for (int r = 0; r < ME_N_REGIONS; r++) {
      noise->low[scale][r] = limits_of (r)->still_low;
      noise->high[scale][r] = limits_of (r)->still_high;
    }
  }
}

void
me_regions_measure (const MePoint height[ME_N_POINTS], float statistic[ME_N_REGIONS])
{
  Row rows[MOST_OF_REGION] = { { { 0 } } }, largest[LARGEST_FACE];
  float length[ME_N_POINTS];
  int n[N_LANES] = { 0 };

  for (int i = 0; i < ME_N_POINTS; i++)
    length[i] = sqrtf (height[i].x * height[i].x + height[i].y * height[i].y);
  for (int i = 0; i < ME_N_POINTS; i++) {
    int r = own_region (i);
    rows[n[r]++].of[r] = length[i];
  }
  find_largest (rows, largest);
  statistic[ME_REGION_FACE] = mean_of_face (largest);
  for (int r = ME_REGION_FACE + 1; r < ME_N_REGIONS; r++)
    statistic[r] = mean_of_region (largest, (MeRegion)r, LARGEST);
}

void
me_regions_compare (const MeRegionNoise *noise, int scale, const float statistic[ME_N_REGIONS],
    float ratio[ME_N_REGIONS])
{
  for (int r = 0; r < ME_N_REGIONS; r++) {
    const Limits *l = limits_of (r);
    float threshold = MAX (l->floor, l->on_low * noise->low[scale][r]);

    ratio[r] = statistic[r] / MAX (threshold, l->on_high * noise->high[scale][r]);
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
