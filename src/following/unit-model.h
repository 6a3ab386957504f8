/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each action unit looks like to the patches of one face. */
#pragma once

#include "anatomy/au-motion.h"

G_BEGIN_DECLS

/* 2 au: left or midline, 2 au + 1: right, of units that motion shows; then further motions of a
 * unit. */
enum
{
  ME_TEMPLATE_BROW_DEPRESSOR = 2 * ME_AU45, /* of AU4 */
  ME_N_TEMPLATES
};

typedef struct
{
  /* At a strength of 1 % IPD, as the patches average it, after head motion has been removed. */
  MePoint motion[ME_N_TEMPLATES][ME_N_POINTS];
  MePoint place[ME_N_POINTS]; /* of the points, in IPD from the centre of the crop */
} MeUnitModel;

/* How far the motion of a point is trusted, 0..1. lids_moved: a blink moved the skin around the
 * eyes, which is then left out. */
float me_unit_point_weight (int point, gboolean lids_moved);

/* What becomes of a motion of the points, stage by stage; % IPD. */
typedef struct
{
  MePoint skin[ME_N_POINTS];    /* of the skin under each point, when the motions spread */
  MePoint patches[ME_N_POINTS]; /* averaged over the patch of each */
  MePoint left[ME_N_POINTS];    /* of that when the head fit has taken its share */
} MeSeenMotion;

/* points: pixels of the crop. */
void me_unit_model_init (MeUnitModel *model, const MePoint points[ME_N_POINTS]);

/* What the analysis should measure of any motion of the points; for tests and benches. */
void me_seen_motion_init (
    MeSeenMotion *seen, const MePoint points[ME_N_POINTS], const MePoint motion[ME_N_POINTS]);

G_END_DECLS
