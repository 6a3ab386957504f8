/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far the lids are apart, and how much of the eye they hide. In every frame the landmarks of
 * the eyes are fitted anew, from where the head's motion puts them, and compared with what is usual
 * for these eyes: turns, light and gaze change the picture of an open eye, but hardly its
 * landmarks. */
#pragma once

#include "finding/landmark-model.h"
#include "head-motion.h"

G_BEGIN_DECLS

typedef struct
{
  MePoint start[ME_N_LANDMARKS]; /* where the fit begins while the head does not move, the lids as
                                    far apart as those of a mean face; pixels of the crop */
  MePoint drift[3];              /* of the fitted eyes away from there, followed slowly */
  float open[3];                 /* usual aperture of the open eyes, % IPD; 0: not known yet */
  float closure[3];              /* share of that which is lost, 0..1.5 */
  float edges[3];                /* usual change of luma along the rows of the open eyes, relative
                                    to their luma */
  float detail[3]; /* what is left of it: an iris has edges that a lid has not, wherever it looks */
  guint64 last_ns; /* when they were measured */
  guint n;         /* measurements so far */
} MeLids;

/* The eyes are somebody else's. */
void me_lids_forget (MeLids *lids);

/* The landmarks (pixels of the crop) are new. What is usual for the eyes stays known. */
void me_lids_begin (MeLids *lids, const MePoint landmarks[ME_N_LANDMARKS], guint64 time_ns);

/* depth: of the points, IPD; head: its motion since me_lids_begin(). FALSE: closure and detail are
 * what they were. */
gboolean me_lids_measure (MeLids *lids, MeLandmarkFitter *fitter, const MeCrop *crop,
    const float depth[ME_N_POINTS], const MeHeadMotion *head, guint64 time_ns);

G_END_DECLS
