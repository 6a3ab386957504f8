/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Motion of the facial patches against a reference frame, by inverse-compositional alignment
 * (Baker & Matthews, "Lucas-Kanade 20 years on", IJCV 2004, section 3.2): translation only, coarse
 * to fine. Gradients and Hessians belong to the reference and are computed once. Brightness is
 * removed by the mean of a patch, contrast by its gain. */
#pragma once

#include "finding/crop.h"
#include "anatomy/facial-points.h"

G_BEGIN_DECLS

#define ME_PATCH_PX 16      /* on the full level */
#define ME_PATCH_HALF_PX 12 /* on the half level */

/* One patch on one level, ready for one pass over the pixels of a new frame. */
typedef struct
{
  int x, y;             /* of its upper left pixel */
  float h[3];           /* inverse of the damped Hessian: xx, xy, yy */
  float bias_x, bias_y; /* what the reference itself yields, taken off in proportion to the gain */
  float texture[3];     /* the Hessian without damping: xx, xy, yy, (luma / px)^2 */
  float variance;       /* weighted, of the reference's pixels, without its noise */
  float noise;          /* variance of the noise of a pixel, in the reference and in the frame */
} MePatch;

/* About 0.45 MB; plain memory without pointers. */
typedef struct
{
  MePatch full[ME_N_POINTS], half[ME_N_POINTS];
  /* Weights: of the pixel, then those for x, for y and for the gain. */
  float full_w[ME_PATCH_PX * ME_PATCH_PX], half_w[ME_PATCH_HALF_PX * ME_PATCH_HALF_PX];
  float full_k[ME_N_POINTS][3][ME_PATCH_PX * ME_PATCH_PX];
  float half_k[ME_N_POINTS][3][ME_PATCH_HALF_PX * ME_PATCH_HALF_PX];
  float contrast; /* of the skin: median over the patches of their standard deviation, luma, without
                     noise */
} MeReference;

/* points: pixels of the crop. */
void me_reference_build (
    MeReference *reference, const MeCrop *crop, const MePoint points[ME_N_POINTS]);

/* u: displacement of each patch since the reference, pixels of the crop; holds the first guess on
 * entry. match: normalised correlation of each patch with its reference, -1..1, as it would be
 * without noise. */
void me_reference_align (const MeReference *reference, const MeCrop *crop, MePoint u[ME_N_POINTS],
    float match[ME_N_POINTS]);

G_END_DECLS
