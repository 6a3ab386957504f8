/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items as microexpr sees them: the pictures that the page holds, as a video. */
#pragma once

#include "shared/moments.h"
#include "sprite.h"

G_BEGIN_DECLS

/* An item shown once for so long, and what was found. */
typedef struct
{
  const TrainSprite *sprite;
  double duration_s;
  const char *emotion;      /* found: interned; NULL: no event */
  double confidence;        /* of that event */
  AppMoment *before, *apex; /* the face then; NULL: it was not seen */
} TrainShowing;

void train_showing_clear (TrainShowing *showing);

/* Shows all of them on one face, in one video, at rest in between, and fills in what was found.
 * showings: TrainShowing. neutral: the face at rest. FALSE and `error` set: it cannot be played. */
gboolean train_play (GArray *showings, GBytes *neutral, double frame_rate, GError **error);

G_END_DECLS
