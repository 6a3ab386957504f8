/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Clips of events: made when they are asked for, one at a time, in a thread of their own; the last
 * few are kept. Main thread. */
#pragma once

#include "clip.h"

G_BEGIN_DECLS

typedef struct _LiveClips LiveClips;

typedef enum
{
  LIVE_CLIP_NONE,    /* there is none, or it cannot be made */
  LIVE_CLIP_PENDING, /* ask again */
  LIVE_CLIP_READY,
} LiveClipState;

/* cover: faces are covered. */
LiveClips *live_clips_new (gboolean cover);
void live_clips_free (LiveClips *clips);

/* event: its number. clip: (transfer full). */
LiveClipState live_clips_get (
    LiveClips *clips, guint64 event, const LiveMoment *moment, GBytes **clip);

G_END_DECLS
