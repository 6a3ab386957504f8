/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The depth of the points of one head: at first that of a mean head, then what its turns show. */
#pragma once

#include "anatomy/facial-points.h"

G_BEGIN_DECLS

typedef struct
{
  float at[ME_N_POINTS];   /* IPD, as in anatomy/facial-depth.h */
  float seen[ME_N_POINTS]; /* how much turns have told of it: square of the turn (MeHeadMotion)
                              times how long it lasted, px^2 s */
} MeLearntDepth;

void me_learnt_depth_reset (MeLearntDepth *depth);

/* motion: what the head fit left since a reference, % IPD; match: correlation of each patch with
 * it; turn: since it; elapsed_s: since the last call. */
void me_learnt_depth_update (MeLearntDepth *depth, const MePoint motion[ME_N_POINTS],
    const float match[ME_N_POINTS], MePoint turn, float elapsed_s);

G_END_DECLS
