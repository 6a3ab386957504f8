/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a face is held: where its points and the head are at a moment, and how far two such postures
 * are from each other. */
#pragma once

#include "anatomy/facial-points.h"

G_BEGIN_DECLS

typedef struct
{
  MePoint motion[ME_N_POINTS]; /* % IPD */
  MePoint turn;                /* as in MeHeadMotion */
} MePosture;

/* Whether a point tells of the posture: lids and corners of the eyes move in blinks, the jaw with
 * the head. */
gboolean me_posture_has (int point);

/* What the turn of the head between two postures may leave in the largest distances, % IPD. a, b:
 * where it was turned, as in MeHeadMotion. */
float me_posture_turn_leaves (MePoint a, MePoint b);

/* Mean of the largest of these motions, % IPD. */
float me_posture_largest (const MePoint motion[ME_N_POINTS]);

/* Mean of the largest distances between two postures, less what the turn of the head between them
 * may have left in them, % IPD. */
float me_posture_distance (const MePosture *a, const MePosture *b);

G_END_DECLS
