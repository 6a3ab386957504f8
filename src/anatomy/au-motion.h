/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the skin moves under each action unit: one table, used both to read motion (reading/) and to
 * synthesise it (the test source). The comment of each row in au-motion.c names its source. */
#pragma once

#include "microexpr.h"
#include "facial-points.h"

G_BEGIN_DECLS

/* Units that are easily mistaken for this one: bit n is MeAu n. */
guint me_au_lookalikes (MeAu au);

/* 0..1: how reliably motion shows the unit, after published flow-based coding; see the table. */
double me_au_reliability (MeAu au);

/* Displacement of the most moved point when the unit contracts as far as it can, % IPD, on the
 * faces that the table was made from. */
double me_au_full_contraction (MeAu au);

/* How one unit moves the facial points: displacement in % IPD when the most moved one moves by 1 %,
 * along the axes of the face: x to the right of an unmirrored picture, y down. side: ME_LEFT or
 * ME_RIGHT moves that side only (midline points by half), ME_MIDLINE both; ignored for midline
 * units. */
void me_au_point_motion (MeAu au, MeSide side, MePoint motion[ME_N_POINTS]);

/* The same of AU4 when it draws the inner brows straight down, without drawing them together: some
 * people, and some models of faces, have hardly more of it. */
void me_au_brow_depressor_motion (MePoint motion[ME_N_POINTS]);

/* The displacement at `at`: a Gaussian-weighted mean of the points' motions, which fades out away
 * from the face. Points, `at` and ipd share a unit of length; the result has the unit of `motion`.
 */
MePoint me_au_field (
    const MePoint points[ME_N_POINTS], const MePoint motion[ME_N_POINTS], float ipd, MePoint at);

/* The weight of each point in that mean, for callers that evaluate the same place often. The sum is
 * close to 1 among the points and falls to 0 away from the face. */
void me_au_field_weights (
    const MePoint points[ME_N_POINTS], float ipd, MePoint at, float weights[ME_N_POINTS]);

G_END_DECLS
