/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows what is handed to the spotters. Recorded and replayed, it lets them run again without the
 * pictures. */
#pragma once

#include "following/track.h"

G_BEGIN_DECLS

typedef enum
{
  ME_WATCH_BEGIN,  /* a face begins, or begins anew: its points and landmarks hold from here on */
  ME_WATCH_FRAME,  /* track->now goes to the spotter */
  ME_WATCH_FINISH, /* the face's series ends */
} MeWatchStep;

/* Called on the thread of me_analyzer_process(). frame_s: interval between frames. */
typedef void (*MeWatch) (
    MeWatchStep step, const MeTrack *track, double frame_s, gpointer user_data);

/* NULL: nobody watches. */
void me_analyzer_watch (MeAnalyzer *analyzer, MeWatch watch, gpointer user_data);

G_END_DECLS
