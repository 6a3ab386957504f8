/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Neighbouring patches of skin move alike. Where a patch shows little texture, in one direction or
 * in all, or has changed, its neighbours know better how it moved. */
#pragma once

#include "alignment.h"
#include "head-motion.h"

G_BEGIN_DECLS

/* Which patches are near which: of[i][0..n[i]) are those near patch i. */
typedef struct
{
  guint8 n[ME_N_POINTS];
  guint8 of[ME_N_POINTS][ME_N_POINTS - 1];
  float weight[ME_N_POINTS][ME_N_POINTS - 1]; /* 0..1, more of the closer ones */
} MePatchNeighbours;

/* points: pixels of the crop. */
void me_patch_neighbours_init (MePatchNeighbours *neighbours, const MePoint points[ME_N_POINTS]);

/* The most probable motion of each patch after me_reference_align() with these results, if what it
 * moves beside the head is about what its neighbours do. depth: as in head-motion.h; u: pixels of
 * the crop, replaced. */
void me_patches_agree (const MePatchNeighbours *neighbours, const MeReference *reference,
    const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const float match[ME_N_POINTS], const MeHeadMotion *head, MePoint u[ME_N_POINTS]);

G_END_DECLS
