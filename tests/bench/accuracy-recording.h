/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recordings of what the front end hands to the spotters. Replaying one through src/ takes a
 * hundredth of the time of rendering, coding and aligning again, and gives the same events, as long
 * as the front end is the same. Files are for this machine and this build only. */
#pragma once

#include "accuracy-score.h"

G_BEGIN_DECLS

/* Analyzes frames with an analyzer of its own and records it. */
typedef struct _Recorder Recorder;

/* NULL and `error`: the file cannot be written, or there is no landmark model. Free with
 * recorder_free(), after recorder_finish(). */
Recorder *recorder_new (const char *path, GError **error);
void recorder_free (Recorder *recorder);

/* Adds the events to `clip`. */
void recorder_add (Recorder *recorder, const MeFrame *frame, Clip *clip);

/* The stream ended: adds the last events to `clip`, writes its truths and its duration. */
void recorder_finish (Recorder *recorder, Clip *clip);

/* Fills an empty clip from a recording, events spotted anew. FALSE and `error`: damaged. */
gboolean recording_replay (const char *path, double sensitivity, Clip *clip, GError **error);

/* An event as an item of a clip. now_ns: when it was known. */
Item item_from_event (const MeEvent *event, guint64 now_ns);

G_END_DECLS
