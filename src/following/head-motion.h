/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From patch motion to facial motion: the head's own motion is fitted and taken off. */
#pragma once

#include "finding/crop.h"
#include "anatomy/facial-points.h"

#include <math.h>

G_BEGIN_DECLS

/* Motion of the head in the crop: u = translation + linear part applied to (p - centre of crop) +
 * turn times the depth of the point, and a little perspective. */
typedef struct
{
  float tx, ty;         /* pixels of the crop */
  float xx, xy, yx, yy; /* ux = tx + xx x + xy y, uy = ty + yx x + yy y */
  MePoint turn;         /* by yaw and pitch: pixels of the crop for an IPD of depth */
} MeHeadMotion;

/* The angle of a component of a turn. */
static inline float
me_turn_degrees (float turn_px)
{
  return asinf (CLAMP (turn_px / ME_CROP_IPD_PX, -1, 1)) * (float)(180 / M_PI);
}

/* What is known of a turn before it is measured. */
typedef struct
{
  MePoint px;        /* as in MeHeadMotion */
  float uncertainty; /* standard deviation of each component, same unit */
} MeTurn;

extern const MeTurn me_turn_unknown; /* some degrees either way */

/* What is expected of a turn that was last_px some time ago. */
MeTurn me_turn_expected (MePoint last_px, float elapsed_s);

/* In all of the following, depth is that of each point, in IPD, as in anatomy/facial-depth.h. */

/* Robust fit (iteratively reweighted least squares, Geman-McClure weights) of the patch motions u
 * at the points, trusting each by its rigid weight and match, and the turn the more to be as
 * expected the noisier the motions are. */
void me_head_motion_fit (const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const MePoint u[ME_N_POINTS], const float match[ME_N_POINTS], const MeTurn *expected,
    MeHeadMotion *head);

/* Motion of a point of the head at p that lies `depth` (IPD) nearer to the camera. */
MePoint me_head_motion_at (const MeHeadMotion *head, MePoint p, float depth);

/* What the fit leaves: the motion of the face itself, % IPD. */
void me_head_motion_remove (const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const MePoint u[ME_N_POINTS], const MeHeadMotion *head, MePoint residual[ME_N_POINTS]);

/* The nearest similarity, as a map of the crop onto itself. */
MeSimilarity me_head_motion_similarity (const MeHeadMotion *head);

G_END_DECLS
