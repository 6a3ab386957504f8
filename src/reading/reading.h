/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From an interval to an event: action units, their strengths, emotion, confidence. */
#pragma once

#include "action-units.h"
#include "spotting/spotter.h"

G_BEGIN_DECLS

/* Fills all of the event except its id, box, and whether it is a candidate. */
void me_read_spot (const MeSpot *spot, const MeTrack *track, const MeUnitModel *model,
    const MeConfig *config, MeEvent *event);

G_END_DECLS
