/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How likely a spotted interval is real: one number from how far it stands out and how well the
 * action units explain it. */
#pragma once

#include "action-units.h"
#include "spotter.h"

G_BEGIN_DECLS

#define ME_DEFAULT_CONFIDENCE 0.5

double me_confidence (const MeSpot *spot, const MeUnitReading *reading);

G_END_DECLS
