/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "neighbours.h"

#include "finding/crop.h"
#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define SIGMA (0.10f * ME_CROP_IPD_PX)
#define REACH (0.22f * ME_CROP_IPD_PX)
#define BELOW ME_N_POINTS /* padding in place of a point: sorts before every motion, */
#define ABOVE (BELOW + 1) /* and after */

static void
find_neighbours (MeNeighbours *nb, const MePoint *points, int i)
{
  int n = 0, of[ME_MAX_NEIGHBOURS] = { i };
  float weight[ME_MAX_NEIGHBOURS] = { 1 };

  for (int j = 0; j < ME_N_POINTS && n < ME_MAX_NEIGHBOURS - 1; j++) {
    float d = hypotf (points[i].x - points[j].x, points[i].y - points[j].y);
    if (j == i || d > REACH)
      continue;
    of[++n] = j;
    weight[n] = expf (-d * d / (2 * SIGMA * SIGMA));
  }
  n++;
  nb->even[2 * i] = nb->even[2 * i + 1] = n % 2 == 0;
  for (int k = 0; k < ME_MAX_NEIGHBOURS; k++) {
    int fill = k < n + (ME_MAX_NEIGHBOURS - n) / 2 ? BELOW : ABOVE;
    nb->of[k][i] = (guint8)(k < n ? of[k] : fill);
    nb->weight[k][2 * i] = nb->weight[k][2 * i + 1] = weight[k];
  }
}

void
me_neighbours_init (MeNeighbours *nb, const MePoint points[ME_N_POINTS])
{
  memset (nb, 0, sizeof *nb);
  for (int i = 0; i < ME_N_POINTS; i++)
    find_neighbours (nb, points, i);
}

/* Comparisons that put the two middle ones of twelve values where a full sort would: those of
 * Batcher's odd-even merge sort (Knuth, TAOCP 3, 5.2.2 M) that affect them. */
static const guint8 comparisons[][2] = { { 0, 8 }, { 1, 9 }, { 2, 10 }, { 3, 11 }, { 0, 4 },
  { 1, 5 }, { 2, 6 }, { 3, 7 }, { 4, 8 }, { 5, 9 }, { 6, 10 }, { 7, 11 }, { 0, 2 }, { 1, 3 },
  { 4, 6 }, { 5, 7 }, { 8, 10 }, { 9, 11 }, { 2, 8 }, { 3, 9 }, { 2, 4 }, { 3, 5 }, { 6, 8 },
  { 7, 9 }, { 0, 1 }, { 2, 3 }, { 4, 5 }, { 6, 7 }, { 8, 9 }, { 10, 11 }, { 1, 8 }, { 3, 10 },
  { 3, 6 }, { 5, 8 }, { 5, 6 } };

/* The values of the k-th neighbours. Not inlined: as vector gathers it would take several times as
 * long. */
static G_GNUC_NO_INLINE void
collect (const MeNeighbours *nb, const MePoint from[ME_N_POINTS + 2],
    MePoint to[ME_MAX_NEIGHBOURS][ME_LANES / 2])
{
  for (int k = 0; k < ME_MAX_NEIGHBOURS; k++)
    for (int i = 0; i < ME_N_POINTS; i++)
      to[k][i] = from[nb->of[k][i]];
}

static inline void
sort_two (float *restrict low, float *restrict high)
{
  for (int i = 0; i < ME_LANES; i++) {
    float a = low[i], b = high[i];
    low[i] = a < b ? a : b;
    high[i] = a < b ? b : a;
  }
}

/* All points at once, each sorted in its own lane. */
ME_VECTORISED void
me_neighbours_median (
    const MeNeighbours *nb, const MePoint motion[ME_N_POINTS], MePoint median[ME_N_POINTS])
{
  MePoint all[ME_N_POINTS + 2], around[ME_MAX_NEIGHBOURS][ME_LANES / 2] = { { { 0, 0 } } };
  const float *low = &around[ME_MAX_NEIGHBOURS / 2 - 1][0].x,
              *high = &around[ME_MAX_NEIGHBOURS / 2][0].x;
  float *out = &median[0].x;

  memcpy (all, motion, ME_N_POINTS * sizeof *motion);
  all[BELOW] = (MePoint){ -G_MAXFLOAT, -G_MAXFLOAT };
  all[ABOVE] = (MePoint){ G_MAXFLOAT, G_MAXFLOAT };
  collect (nb, all, around);
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    sort_two (&around[comparisons[i][0]][0].x, &around[comparisons[i][1]][0].x);
  for (int i = 0; i < 2 * ME_N_POINTS; i++)
    out[i] = nb->even[i] ? (low[i] + high[i]) / 2 : low[i];
}

static inline float
length (MePoint v)
{
  return sqrtf (v.x * v.x + v.y * v.y);
}

/* Pulls a vector towards `center` until it is no farther than `limit`. */
static inline MePoint
pull (MePoint v, MePoint center, float limit)
{
  MePoint away = { v.x - center.x, v.y - center.y };
  float share = limit / MAX (limit, length (away));

  return share < 1 ? (MePoint){ center.x + away.x * share, center.y + away.y * share } : v;
}

ME_VECTORISED void
me_neighbours_clip (const MeNeighbours *nb, const MePoint motion[ME_N_POINTS], float reach,
    MePoint clipped[ME_N_POINTS])
{
  MePoint median[ME_N_POINTS];

  me_neighbours_median (nb, motion, median);
  for (int i = 0; i < ME_N_POINTS; i++)
    clipped[i] = pull (motion[i], median[i], reach + length (median[i]));
}

ME_VECTORISED void
me_neighbours_mean (const MeNeighbours *nb, const MePoint motion[ME_N_POINTS],
    const float own_weight[ME_N_POINTS], float reach, MePoint mean[ME_N_POINTS])
{
  MePoint clipped[ME_N_POINTS], weighted[ME_N_POINTS + 2] = { { 0, 0 } };
  MePoint own[ME_N_POINTS + 2] = { { 0, 0 } };
  MePoint around[ME_MAX_NEIGHBOURS][ME_LANES / 2], weights[ME_MAX_NEIGHBOURS][ME_LANES / 2];
  float sum[ME_LANES] = { 0 }, total[ME_LANES] = { 0 }, *out = &mean[0].x;

  me_neighbours_clip (nb, motion, reach, clipped);
  for (int i = 0; i < ME_N_POINTS; i++) {
    own[i] = (MePoint){ own_weight[i], own_weight[i] };
    weighted[i] = (MePoint){ own_weight[i] * clipped[i].x, own_weight[i] * clipped[i].y };
  }
  collect (nb, weighted, around);
  collect (nb, own, weights);
  for (int k = 0; k < ME_MAX_NEIGHBOURS; k++) {
    const float *value = &around[k][0].x, *weight = &weights[k][0].x;
    for (int i = 0; i < 2 * ME_N_POINTS; i++) {
      sum[i] += nb->weight[k][i] * value[i];
      total[i] += nb->weight[k][i] * weight[i];
    }
  }
  for (int i = 0; i < 2 * ME_N_POINTS; i++)
    out[i] = sum[i] / (total[i] + 1e-9f);
}
