/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the skin moves under each action unit: one table, used to read motion (action-units.c) and to
 * make it (the test source). Source of the numbers: the row's comment in au-motion.c. */
#pragma once

#include "facial-points.h"

G_BEGIN_DECLS

/* Units that look alike and have to be told apart: bit n is MeAu n. */
guint me_au_neighbours (MeAu au);

/* 0..1: how reliably motion shows the unit in published flow-based coding; see the table. */
double me_au_reliability (MeAu au);

/* How one unit moves one facial point: displacement in % IPD when the unit's most moved facial
 * point moves by 1 %, along the face's own axes: right of the unmirrored picture, down. side:
 * ME_LEFT or ME_RIGHT moves that half only (midline points half), ME_MIDLINE both; midline units
 * ignore it. */
void me_au_point_motion (MeAu au, MeSide side, MePoint motion[ME_N_POINTS]);

/* The smooth displacement field that point motions spread over the skin around them
 * (Gaussian-weighted mean of the points, fading out away from the face): value at `at`. Points,
 * `at` and ipd in the same unit of length; the motion comes out in the unit of `motion`. */
MePoint me_au_field (
    const MePoint points[ME_N_POINTS], const MePoint motion[ME_N_POINTS], float ipd, MePoint at);

/* The weight of each point's motion in that mean, for callers that evaluate the same place often.
 * They sum up to 1 amid the points and to less away from the face. */
void me_au_field_weights (
    const MePoint points[ME_N_POINTS], float ipd, MePoint at, float weights[ME_N_POINTS]);

G_END_DECLS
