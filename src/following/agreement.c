/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Maximum a posteriori estimate with a Gaussian prior around the mean of the neighbours. How well a
 * patch knows its own motion follows from its Hessian and from how well it matches; a patch that
 * contradicts its neighbours by more than skin can has found something else, and counts less
 * (Geman-McClure). */
#include "agreement.h"

#include <math.h>
#include <string.h>

#define SIGMA_PX (0.15f * ME_CROP_IPD_PX) /* of the weights of neighbours */
#define REACH_PX (2.5f * SIGMA_PX)
#define DIFFER_PX 0.5f   /* standard deviation of a patch from the mean of its neighbours */
#define CONTRADICTS_PX 3 /* from that mean */
#define ROUNDS 3
/* Pixels of a patch whose errors are independent: far fewer than it has, since what changes skin
 * changes many at once. */
#define INDEPENDENT 60.0f
#define LEAST_ERROR 1.0f    /* variance of a pixel, luma^2: rounding, coding */
#define LEAST_MATCH 0.5f    /* below it a patch does not see its skin: */
#define UNSEEN_ERROR 100.0f /* its errors are as many times larger, */
#define UNSEEN_WEIGHT 0.1f  /* and its neighbours hardly listen */

void
me_patch_neighbours_init (MePatchNeighbours *nb, const MePoint points[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    nb->n[i] = 0;
    for (int j = 0; j < ME_N_POINTS; j++) {
      float d = hypotf (points[i].x - points[j].x, points[i].y - points[j].y);
      if (j == i || d > REACH_PX)
        continue;
      nb->of[i][nb->n[i]] = (guint8)j;
      nb->weight[i][nb->n[i]++] = expf (-d * d / (2 * SIGMA_PX * SIGMA_PX));
    }
  }
}

/* What a patch itself knows: its motion beside the head, and the inverse of its covariance. */
typedef struct
{
  MePoint motion;
  float xx, xy, yy;
  float weight; /* as a neighbour */
} Own;

static Own
own_knowledge (const MePatch *patch, float match, MePoint motion)
{
  float m = MAX (match, LEAST_MATCH);
  float error = patch->variance * (1 / (m * m) - 1) + patch->noise + LEAST_ERROR;
  gboolean seen = match >= LEAST_MATCH;
  float per_pixel = INDEPENDENT / (seen ? error : UNSEEN_ERROR * error);

  return (Own){ motion, per_pixel * patch->texture[0], per_pixel * patch->texture[1],
    per_pixel * patch->texture[2], seen ? 1 : UNSEEN_WEIGHT };
}

/* Weighted mean of the motion of the neighbours; *weight: sum of the weights. */
static MePoint
mean_around (const MePatchNeighbours *nb, int i, const Own own[ME_N_POINTS],
    const MePoint motion[ME_N_POINTS], float *weight)
{
  MePoint sum = { 0, 0 };

  *weight = 1e-6f;
  for (int k = 0; k < nb->n[i]; k++) {
    int j = nb->of[i][k];
    float w = nb->weight[i][k] * own[j].weight;
    sum.x += w * motion[j].x;
    sum.y += w * motion[j].y;
    *weight += w;
  }
  return (MePoint){ sum.x / *weight, sum.y / *weight };
}

/* Between the patch's own motion and that of its neighbours. */
static MePoint
most_probable (const Own *own, MePoint around, float prior)
{
  float dx = own->motion.x - around.x, dy = own->motion.y - around.y;
  float e = (dx * dx + dy * dy) / (CONTRADICTS_PX * CONTRADICTS_PX);
  float trust = 1 / ((1 + e) * (1 + e));
  float xx = trust * own->xx, xy = trust * own->xy, yy = trust * own->yy;
  float bx = xx * dx + xy * dy, by = xy * dx + yy * dy;
  float det = (xx + prior) * (yy + prior) - xy * xy;

  return (MePoint){ around.x + ((yy + prior) * bx - xy * by) / det,
    around.y + ((xx + prior) * by - xy * bx) / det };
}

void
me_patches_agree (const MePatchNeighbours *nb, const MeReference *reference,
    const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const float match[ME_N_POINTS], const MeHeadMotion *head, MePoint u[ME_N_POINTS])
{
  Own own[ME_N_POINTS];
  MePoint motion[ME_N_POINTS], next[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint moved = me_head_motion_at (head, points[i], depth[i]);
    motion[i] = (MePoint){ u[i].x - moved.x, u[i].y - moved.y };
    own[i] = own_knowledge (&reference->full[i], match[i], motion[i]);
  }
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < ME_N_POINTS; i++) {
      float weight;
      MePoint around = mean_around (nb, i, own, motion, &weight);
      next[i] = most_probable (&own[i], around, MIN (weight, 1) / (DIFFER_PX * DIFFER_PX));
    }
    memcpy (motion, next, sizeof motion);
  }
  for (int i = 0; i < ME_N_POINTS; i++) {
    u[i].x += motion[i].x - own[i].motion.x;
    u[i].y += motion[i].y - own[i].motion.y;
  }
}
