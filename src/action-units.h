/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion at an apex -> action units of each side, by a non-negative fit of the whole motion. */
#pragma once

#include "au-motion.h"

G_BEGIN_DECLS

#define ME_N_TEMPLATES (2 * ME_N_AUS) /* 2 au: left or midline, 2 au + 1: right */

/* What each unit looks like after head motion has been removed, on one face. */
typedef struct
{
  MePoint motion[ME_N_TEMPLATES][ME_N_POINTS]; /* at a strength of 1 % IPD */
} MeUnitModel;

typedef struct
{
  double strength[ME_N_AUS], left[ME_N_AUS], right[ME_N_AUS]; /* % IPD; 0: not active */
  double fit;    /* 0..1: share of the motion's energy that the units explain */
  double margin; /* 0..1: lead over the best other reading */
} MeUnitReading;

/* points: pixels of the crop. */
void me_unit_model_init (MeUnitModel *model, const MePoint points[ME_N_POINTS]);

/* motion: % IPD, head motion removed. lids_moved: what moved around the eyes was a blink. */
void me_action_units_read (const MeUnitModel *model, const MePoint motion[ME_N_POINTS],
    gboolean lids_moved, MeUnitReading *reading);

G_END_DECLS
