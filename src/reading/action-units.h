/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Action units of each side from the motion at an apex, by a non-negative fit of all points. */
#pragma once

#include "following/unit-model.h"

G_BEGIN_DECLS

#define ME_LEAST_PROBABILITY 0.05
#define ME_MAX_UNIT_SETS 20 /* so many can be as probable; the best one is there in any case */

/* Units that may be what moved. */
typedef struct
{
  double probability;                                         /* 0..1 */
  double strength[ME_N_AUS], left[ME_N_AUS], right[ME_N_AUS]; /* as below */
} MeUnitSet;

/* The most probable set, and how sure that is. */
typedef struct
{
  double strength[ME_N_AUS], left[ME_N_AUS], right[ME_N_AUS]; /* % IPD; 0: not active */
  double confidence[ME_N_AUS]; /* 0..1: probability that the unit is active, given the motion */
  double fit;                  /* 0..1: share of the motion's energy that the units explain */
  double reliability;          /* 0..1: of the units read, by strength; see me_au_reliability() */
  MeUnitSet sets[ME_MAX_UNIT_SETS]; /* the best, then all that are not improbable */
  guint n_sets;
} MeUnitReading;

/* motion: % IPD, head motion removed. noise: of each point, % IPD; NULL: unknown. lids_moved: a
 * blink moved the skin around the eyes, which is then left out. */
void me_action_units_read (const MeUnitModel *model, const MePoint motion[ME_N_POINTS],
    const float *noise, gboolean lids_moved, MeUnitReading *reading);

G_END_DECLS
