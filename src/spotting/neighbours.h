/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The neighbours of each facial point: skin moves together, noise and slipped patches do not. */
#pragma once

#include "anatomy/facial-points.h"

G_BEGIN_DECLS

#define ME_MAX_NEIGHBOURS 12

typedef struct
{
  guint8 n[ME_N_POINTS];                        /* neighbours, with the point itself */
  guint8 of[ME_N_POINTS][ME_MAX_NEIGHBOURS];    /* the point itself first; the rest is padding */
  float weight[ME_N_POINTS][ME_MAX_NEIGHBOURS]; /* by distance; its own is 1 */
  gint32 even[ME_LANES];                        /* of each component, whether n is even */
} MeNeighbours;

/* points: pixels of the crop. */
void me_neighbours_init (MeNeighbours *neighbours, const MePoint points[ME_N_POINTS]);

/* Weighted mean around each point; own_weight: of each measurement. One that is far from its
 * neighbours' median counts only up to `reach` plus the median's length. */
void me_neighbours_mean (const MeNeighbours *neighbours, const MePoint motion[ME_N_POINTS],
    const float own_weight[ME_N_POINTS], float reach, MePoint mean[ME_N_POINTS]);

/* Clips: pulls measurements that differ from their neighbours' median by more than `reach` plus the
 * median's length back to that distance. In place is allowed. */
void me_neighbours_clip (const MeNeighbours *neighbours, const MePoint motion[ME_N_POINTS],
    float reach, MePoint clipped[ME_N_POINTS]);

/* Median around each point, of each component. */
void me_neighbours_median (
    const MeNeighbours *neighbours, const MePoint motion[ME_N_POINTS], MePoint median[ME_N_POINTS]);

G_END_DECLS
