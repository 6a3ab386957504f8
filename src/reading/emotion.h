/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The basic emotion that action units are conventionally read as. This labels the units; it does
 * not measure feeling: see docs/limits.md. */
#pragma once

#include "action-units.h"

G_BEGIN_DECLS

/* strength: % IPD of each unit. scores: 0..1 each. Returns the best, or
 * ME_EMOTION_OTHER when none fits. */
MeEmotion me_emotion_read (const double strength[ME_N_AUS], double scores[ME_N_EMOTIONS]);

/* The same of units whose sides are known: AU12 on one side only is not happiness. contempt: AU12,
 * AU14 or both, without other units and on one side only, are ME_EMOTION_CONTEMPT. */
MeEmotion me_emotion_read_sides (const double strength[ME_N_AUS], const double left[ME_N_AUS],
    const double right[ME_N_AUS], gboolean contempt, double scores[ME_N_EMOTIONS]);

/* 0..1: probability that the units which moved are read as `emotion`. */
double me_emotion_probability (const MeUnitReading *reading, gboolean contempt, MeEmotion emotion);

G_END_DECLS
