/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One face of the stream and all that is known of it: where it is and was, what it does, and its
 * MeFace. Plain memory without pointers of its own. */
#pragma once

#include "conditions.h"
#include "finding/cuts.h"
#include "finding/landmarker.h"
#include "reading/certain-micros.h"
#include "reading/reading.h"
#include "spotting/perclos.h"
#include "spotting/spotter.h"
#include "following/track.h"

G_BEGIN_DECLS

#define ME_FOLLOWED_BOXES 256 /* 13 s: long events are placed at their apex */

typedef struct
{
  gboolean used;
  MeTrack track;
  guint64 looked_ns; /* when it was last looked for: its landmarks, or when lost the face */
  /* Of its series: when it began, when the face last matched well, and the last time that belongs
   * to it. */
  guint64 began_ns, sound_ns, until_ns;
  guint64 poor_ns; /* since when its landmarks are on no face; 0: they are on one */
  MeSpotter spotter;
  MeCertainMicros micros; /* of its series */
  MePerclos perclos;      /* across its series */
  MeConditions conditions;
  MeCutWatch cuts;  /* in the picture around it */
  gboolean cut_off; /* it was lost where the picture jumped: somebody else may be there */
  struct
  {
    guint64 time_ns;
    MeBox box;
  } boxes[ME_FOLLOWED_BOXES]; /* ring: where the face was */
  guint n_boxes;
} MeFollowed;

/* Its track has started, or started anew: nothing is known of its motion yet. */
void me_followed_begin (MeFollowed *face);

/* The face was found, for the first time or again, with these landmarks (square pixels). */
void me_followed_found (
    MeFollowed *face, const MePoint landmarks[ME_N_LANDMARKS], float fit, guint64 time_ns);

/* Finds its landmarks again near where they are expected (square pixels), and records how well they
 * fit and how far the head has turned. Does not change those that it is followed by. FALSE: not
 * found. */
gboolean me_followed_look_again (MeFollowed *face, MeLandmarker *landmarker, const MeFrame *frame,
    MePoint landmarks[ME_N_LANDMARKS]);

/* Whether the face, seen at `box`, may be hidden in part by another at `other`, which is not much
 * farther away. */
gboolean me_followed_is_hidden (const MeDetection *box, const MeDetection *other);

/* Where it is in this frame, clipped to it. */
MeBox me_followed_box (const MeFollowed *face, const MeFrame *frame);

/* Its spotter got the newest frame: remembers whether that shows the eyes closed. */
void me_followed_note_eyes (MeFollowed *face);

/* Remembers where the face is in this frame. me_followed_box_at() returns where it was. */
void me_followed_note_box (MeFollowed *face, const MeFrame *frame);
MeBox me_followed_box_at (const MeFollowed *face, guint64 time_ns);

/* Whether there may be a cut in the picture around it just now; then nothing is measured. */
gboolean me_followed_is_paused (const MeFollowed *face);

/* Whether it was lost in a dissolve and its reference stems from within that. */
gboolean me_followed_is_blended (const MeFollowed *face);

/* The end of the time that its series covers. */
guint64 me_followed_until (const MeFollowed *face);

/* Fills in what the users of the analyzer get of it in this frame. */
void me_followed_show (
    const MeFollowed *face, const MeConfig *config, const MeFrame *frame, MeFace *shown);

G_END_DECLS
