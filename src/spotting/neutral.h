/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The neutral face, in the kept series: the posture from which expressions depart and to which they
 * return. At rest it follows the face. While the face is elsewhere it stays, unless the postures of
 * the last seconds show that the face rests somewhere else now: the series drifts where skin is
 * covered or the head turns far, and a face that talks is never quite at rest. */
#pragma once

#include "following/posture.h"

G_BEGIN_DECLS

#define ME_NEUTRAL_POSTURES 48

typedef struct
{
  MePosture now; /* neutral */
  /* Ring: recent postures, the distance between each two, and when they were seen. */
  MePosture seen[ME_NEUTRAL_POSTURES];
  float distance[ME_NEUTRAL_POSTURES][ME_NEUTRAL_POSTURES];
  guint64 seen_ns[ME_NEUTRAL_POSTURES];
  guint n_seen;       /* so far, also those overwritten */
  guint64 resting_ns; /* the face has been at rest since; 0: it is elsewhere */
  guint64 away_ns;    /* the face has been elsewhere since; 0: it is at rest */
} MeNeutral;

/* All points at 0. */
void me_neutral_reset (MeNeutral *neutral);

/* The face is at rest: neutral follows where it was a second ago, so that it does not follow an
 * onset. */
void me_neutral_follow (
    MeNeutral *neutral, const MePosture *now, guint64 time_ns, guint64 elapsed_ns);

/* The face is elsewhere, by more than `start`, % IPD. TRUE: it rests elsewhere, and that is neutral
 * now. */
gboolean me_neutral_search (MeNeutral *neutral, const MePosture *now, float start, guint64 time_ns);

/* Where the points were before a time, % IPD: in the newest posture that is remembered, and near
 * the eyes in the median of a second, in which a blink does not count. Neutral when nothing is. */
void me_neutral_before (const MeNeutral *neutral, guint64 time_ns, MePoint motion[ME_N_POINTS]);

G_END_DECLS
