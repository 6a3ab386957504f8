/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From patch motion to facial motion: the head's own motion is fitted and taken off. */
#pragma once

#include "finding/crop.h"
#include "anatomy/facial-points.h"

G_BEGIN_DECLS

/* Motion of the head in the crop: u = translation + linear part applied to (p - centre of crop). */
typedef struct
{
  float tx, ty;         /* pixels of the crop */
  float xx, xy, yx, yy; /* ux = tx + xx x + xy y, uy = ty + yx x + yy y */
} MeHeadMotion;

/* Robust affine fit (iteratively reweighted least squares, Geman-McClure weights) of the patch
 * motions u at the points, trusting each by its rigid weight and match. */
void me_head_motion_fit (const MePoint points[ME_N_POINTS], const MePoint u[ME_N_POINTS],
    const float match[ME_N_POINTS], MeHeadMotion *head);

/* What the fit leaves: the motion of the face itself, % IPD. */
void me_head_motion_remove (const MePoint points[ME_N_POINTS], const MePoint u[ME_N_POINTS],
    const MeHeadMotion *head, MePoint residual[ME_N_POINTS]);

/* The nearest similarity, as a map of the crop onto itself. */
MeSimilarity me_head_motion_similarity (const MeHeadMotion *head);

G_END_DECLS
