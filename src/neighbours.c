/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "neighbours.h"

#include "crop.h"
#include "rank.h"

#include <math.h>

#define SIGMA (0.10f * ME_CROP_IPD_PX)
#define REACH (0.22f * ME_CROP_IPD_PX)

static void
find_neighbours (MeNeighbours *nb, const MePoint *points, int i)
{
  guint n = 1;

  nb->of[i][0] = (guint8)i;
  nb->weight[i][0] = 1;
  for (int j = 0; j < ME_N_POINTS && n < ME_MAX_NEIGHBOURS; j++) {
    float d = hypotf (points[i].x - points[j].x, points[i].y - points[j].y);
    if (j == i || d > REACH)
      continue;
    nb->of[i][n] = (guint8)j;
    nb->weight[i][n++] = expf (-d * d / (2 * SIGMA * SIGMA));
  }
  nb->n[i] = (guint8)n;
}

void
me_neighbours_init (MeNeighbours *nb, const MePoint points[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++)
    find_neighbours (nb, points, i);
}

void
me_neighbours_median (
    const MeNeighbours *nb, const MePoint motion[ME_N_POINTS], MePoint median[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float x[ME_MAX_NEIGHBOURS], y[ME_MAX_NEIGHBOURS];
    for (int k = 0; k < nb->n[i]; k++) {
      x[k] = motion[nb->of[i][k]].x;
      y[k] = motion[nb->of[i][k]].y;
    }
    median[i].x = me_median (x, nb->n[i]);
    median[i].y = me_median (y, nb->n[i]);
  }
}

/* Pulls a vector towards `center` until it is no farther than `limit`. */
static MePoint
pull (MePoint v, MePoint center, float limit)
{
  float dx = v.x - center.x, dy = v.y - center.y, d = hypotf (dx, dy);

  if (d <= limit)
    return v;
  return (MePoint){ center.x + dx * limit / d, center.y + dy * limit / d };
}

void
me_neighbours_tame (const MeNeighbours *nb, const MePoint motion[ME_N_POINTS], float reach,
    MePoint tame[ME_N_POINTS])
{
  MePoint median[ME_N_POINTS];

  me_neighbours_median (nb, motion, median);
  for (int i = 0; i < ME_N_POINTS; i++)
    tame[i] = pull (motion[i], median[i], reach + hypotf (median[i].x, median[i].y));
}

void
me_neighbours_mean (const MeNeighbours *nb, const MePoint motion[ME_N_POINTS],
    const float certainty[ME_N_POINTS], float reach, MePoint mean[ME_N_POINTS])
{
  MePoint tame[ME_N_POINTS];

  me_neighbours_tame (nb, motion, reach, tame);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float x = 0, y = 0, total = 1e-9f;
    for (int k = 0; k < nb->n[i]; k++) {
      int j = nb->of[i][k];
      float w = nb->weight[i][k] * certainty[j];
      x += w * tame[j].x;
      y += w * tame[j].y;
      total += w;
    }
    mean[i] = (MePoint){ x / total, y / total };
  }
}
