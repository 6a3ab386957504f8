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
  nb->n[i] = (guint8)++n;
  nb->even[2 * i] = nb->even[2 * i + 1] = n % 2 == 0;
  for (int k = 0; k < ME_MAX_NEIGHBOURS; k++) {
    int fill = k < n + (ME_MAX_NEIGHBOURS - n) / 2 ? BELOW : ABOVE;
    nb->of[i][k] = (guint8)(k < n ? of[k] : fill);
    nb->weight[i][k] = weight[k];
  }
}

void
me_neighbours_init (MeNeighbours *nb, const MePoint points[ME_N_POINTS])
{
  memset (nb, 0, sizeof *nb);
  for (int i = 0; i < ME_N_POINTS; i++)
    find_neighbours (nb, points, i);
}

/* The values of the k-th neighbours of all points lie together, for loops over the points. Not
 * inlined: as vector gathers it would take several times as long. */
static G_GNUC_NO_INLINE void
collect (const MeNeighbours *nb, const MePoint from[ME_N_POINTS + 2],
    MePoint to[ME_MAX_NEIGHBOURS][ME_LANES / 2])
{
  for (int i = 0; i < ME_N_POINTS; i++)
    for (int k = 0; k < ME_MAX_NEIGHBOURS; k++)
      to[k][i] = from[nb->of[i][k]];
}

static inline void
sort (float *a, float *b)
{
  float low = *a < *b ? *a : *b, high = *a < *b ? *b : *a;

  *a = low;
  *b = high;
}

/* Puts the two middle ones of twelve values where a full sort would, by those comparisons of
 * Batcher's odd-even merge sort (Knuth, TAOCP 3, 5.2.2 M) that affect them. */
static inline void
sort_middle (float v[ME_MAX_NEIGHBOURS])
{
  sort (v, v + 8), sort (v + 1, v + 9), sort (v + 2, v + 10), sort (v + 3, v + 11);
  sort (v, v + 4), sort (v + 1, v + 5), sort (v + 2, v + 6), sort (v + 3, v + 7);
  sort (v + 4, v + 8), sort (v + 5, v + 9), sort (v + 6, v + 10), sort (v + 7, v + 11);
  sort (v, v + 2), sort (v + 1, v + 3), sort (v + 4, v + 6), sort (v + 5, v + 7);
  sort (v + 8, v + 10), sort (v + 9, v + 11), sort (v + 2, v + 8), sort (v + 3, v + 9);
  sort (v + 2, v + 4), sort (v + 3, v + 5), sort (v + 6, v + 8), sort (v + 7, v + 9);
  sort (v, v + 1), sort (v + 2, v + 3), sort (v + 4, v + 5), sort (v + 6, v + 7);
  sort (v + 8, v + 9), sort (v + 10, v + 11), sort (v + 1, v + 8), sort (v + 3, v + 10);
  sort (v + 3, v + 6), sort (v + 5, v + 8), sort (v + 5, v + 6);
}

/* All points at once, each sorted in its own lane. */
ME_VECTORISED void
me_neighbours_median (
    const MeNeighbours *nb, const MePoint motion[ME_N_POINTS], MePoint median[ME_N_POINTS])
{
  MePoint all[ME_N_POINTS + 2], around[ME_MAX_NEIGHBOURS][ME_LANES / 2] = { { { 0, 0 } } };
  float out[ME_LANES];

  memcpy (all, motion, ME_N_POINTS * sizeof *motion);
  all[BELOW] = (MePoint){ -G_MAXFLOAT, -G_MAXFLOAT };
  all[ABOVE] = (MePoint){ G_MAXFLOAT, G_MAXFLOAT };
  collect (nb, all, around);
  for (int i = 0; i < ME_LANES; i++) {
    const float *values = &around[0][0].x + i;
    float v[ME_MAX_NEIGHBOURS];
    for (int k = 0; k < ME_MAX_NEIGHBOURS; k++)
      v[k] = values[k * ME_LANES];
    sort_middle (v);
    float low = v[ME_MAX_NEIGHBOURS / 2 - 1], high = v[ME_MAX_NEIGHBOURS / 2];
    out[i] = nb->even[i] ? (low + high) / 2 : low;
  }
  memcpy (median, out, ME_N_POINTS * sizeof *median);
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

/* A measurement times its weight, and the weight; as one vector. */
typedef struct
{
  float of[4]; /* x, y, weight, 0 */
} Weighted;

static inline MePoint
mean_of_some (const Weighted from[ME_N_POINTS], const guint8 *of, const float *weight, int n)
{
  Weighted sum = { { 0 } };

#pragma GCC unroll 4
  for (int k = 0; k < n; k++)
    for (int c = 0; c < 4; c++)
      sum.of[c] += weight[k] * from[of[k]].of[c];
  return (MePoint){ sum.of[0] / (sum.of[2] + 1e-9f), sum.of[1] / (sum.of[2] + 1e-9f) };
}

ME_VECTORISED void
me_neighbours_mean (const MeNeighbours *nb, const MePoint motion[ME_N_POINTS],
    const float own_weight[ME_N_POINTS], float reach, MePoint mean[ME_N_POINTS])
{
  MePoint clipped[ME_N_POINTS];
  Weighted weighted[ME_N_POINTS];

  me_neighbours_clip (nb, motion, reach, clipped);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float w = own_weight[i];
    weighted[i] = (Weighted){ { w * clipped[i].x, w * clipped[i].y, w, 0 } };
  }
  for (int i = 0; i < ME_N_POINTS; i++)
    mean[i] = mean_of_some (weighted, nb->of[i], nb->weight[i], nb->n[i]);
}
