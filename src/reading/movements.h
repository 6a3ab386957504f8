/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of each feature and side: the mean of its points. */
#pragma once

#include "following/track.h"

G_BEGIN_DECLS

/* "lip-corner" ...; static. */
const char *me_feature_name (MeFeature feature);

/* Fills movements with those of `least` % IPD or more, strongest first; returns how many. motion:
 * of the points against the neutral face, % IPD, along the axes of the crop. lids_moved: a blink
 * moved the skin around the eyes, which is then left out. pixel_aspect: of the frame. */
guint me_movements_read (const MeTrack *track, const MePoint motion[ME_N_POINTS],
    gboolean lids_moved, float least, double pixel_aspect, MeMovement movements[ME_MAX_MOVEMENTS]);

G_END_DECLS
