/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays items to microexpr: the pictures of the page, as a video. */
#pragma once

#include "shared/moments.h"
#include "sprite.h"

G_BEGIN_DECLS

/* One showing of an item, and what was found in it. */
typedef struct
{
  const TrainSprite *sprite;
  double duration_s;
  const char *emotion;      /* as found, interned; NULL: no event */
  double confidence;        /* of that event */
  AppMoment *before, *apex; /* the face then; NULL: not found */
} TrainShowing;

void train_showing_clear (TrainShowing *showing);

/* Plays the showings of one face in one video, with rests in between, and fills in what was found.
 * showings: TrainShowing. neutral: the face at rest. contempt: as the property of microexpr. FALSE
 * and `error` set: playing failed. */
gboolean train_play (
    GArray *showings, GBytes *neutral, double frame_rate, gboolean contempt, GError **error);

G_END_DECLS
