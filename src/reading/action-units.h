/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion at an apex -> action units of each side, by a non-negative fit of the whole motion. */
#pragma once

#include "unit-model.h"

G_BEGIN_DECLS

typedef struct
{
  double strength[ME_N_AUS], left[ME_N_AUS], right[ME_N_AUS]; /* % IPD; 0: not active */
  double fit;         /* 0..1: share of the motion's energy that the units explain */
  double margin;      /* 0..1: how clearly this reading beats the best other one */
  double reliability; /* 0..1: of the kinds of units that were read, see me_au_tier() */
} MeUnitReading;

/* motion: % IPD, head motion removed. noise: of each point, % IPD; NULL: unknown. lids_moved: what
 * moved around the eyes was a blink. */
void me_action_units_read (const MeUnitModel *model, const MePoint motion[ME_N_POINTS],
    const float *noise, gboolean lids_moved, MeUnitReading *reading);

G_END_DECLS
