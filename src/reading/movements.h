/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of the facial points by feature and side, each the mean of its points. */
#pragma once

#include "following/track.h"

G_BEGIN_DECLS

/* Fills movements with those that moved by `least` % IPD at least, strongest first; returns how
 * many. motion: of the points against the neutral face, % IPD, along the axes of the crop.
 * lids_moved: what moved around the eyes was a blink. pixel_aspect: of the frame that the places
 * are for. */
guint me_movements_read (const MeTrack *track, const MePoint motion[ME_N_POINTS],
    gboolean lids_moved, float least, double pixel_aspect, MeMovement movements[ME_MAX_MOVEMENTS]);

G_END_DECLS
