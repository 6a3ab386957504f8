/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Eyes that look elsewhere. When both turn, the lids follow the iris, and the patches on lids,
 * corners and the skin below see the iris besides: all move as one, in one direction. AU5 moves the
 * upper lid alone, AU6 and AU7 the lower lid and the skin below it. */
#pragma once

#include "spotting/spotter.h"

G_BEGIN_DECLS

/* Whether a glance explains a motion, in % IPD, clearly better than units, which explain the share
 * `fit` of it, 0..1. */
gboolean me_glance_explains (const MePoint motion[ME_N_POINTS], double fit);

/* Takes the motion around the eyes for that of a glance: it says nothing any more, like that of a
 * blink. FALSE: nothing is left of the spot, since it was spotted there. */
gboolean me_glance_leave_out (MeSpot *spot);

G_END_DECLS
