/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The front end of the offline training-free method: dense optical flow (Farneback 2003) of the
 * parts of a face against an earlier frame. OpenCV behind a C header.
 *
 * Displacements are px of a face crop of 256 px in which the inner eye corners are 64 px apart, so
 * that 1 px is 0.88 % of the interpupillary distance. */
#pragma once

#include "anatomy/landmarks.h"

G_BEGIN_DECLS

#define REGION_FLOW_PERCENT (100.0 / 113) /* of IPD, one px of the crop */

/* Where an expression is looked for. */
typedef enum
{
  REGION_BROW,
  REGION_MOUTH,
  REGION_NOSE,
} RegionKind;

/* Three points of each brow, each brow, five points of the mouth, all of it, the nose wings. */
#define N_REGIONS 16

RegionKind region_kind (guint region);

typedef struct _RegionFlow RegionFlow;

/* first: the frame that the others are compared with, and its landmarks, px. Nothing of it is kept
 * but the crop. NULL: the landmarks make no face. Free with region_flow_free(). */
RegionFlow *region_flow_new (const MeFrame *first, const MePoint landmarks[ME_N_LANDMARKS]);
void region_flow_free (RegionFlow *flow);

/* How far each region moved since the first frame, the head's shift taken off. Frames come in their
 * order: the crop follows the head. */
void region_flow_measure (RegionFlow *flow, const MeFrame *frame, double moved[N_REGIONS]);

G_END_DECLS
