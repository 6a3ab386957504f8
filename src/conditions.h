/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Conditions that make results poor: each is measured, compared with a limit, and announced once
 * when it has lasted and once when it has cleared. One row a condition. */
#pragma once

#include "common/ring.h"
#include "following/track.h"

G_BEGIN_DECLS

#define ME_MAX_NOTICES (ME_MAX_FACES * ME_N_WARNINGS) /* all faces may go at once */

typedef struct
{
  gboolean active;
  double value;       /* newest measurement */
  guint64 differs_ns; /* since when the measurement says otherwise; 0: it agrees */
} MeCondition;

/* Those of one face, or of the stream. */
typedef struct
{
  MeCondition of[ME_N_WARNINGS];
  guint64 measured_ns;
} MeConditions;

/* Warnings that wait to be fetched. */
typedef struct
{
  MeWarning at[ME_MAX_NOTICES];
  MeRing pending;
} MeNotices;

const MeWarning *me_notices_pop (MeNotices *notices);

/* The stream: frame_rate in 1/s (0: unknown), faceless_s since a face was seen, n_left_out faces
 * that are seen and not followed. */
void me_conditions_stream (MeConditions *conditions, MeNotices *notices, guint64 time_ns,
    double frame_rate, double faceless_s, guint n_left_out);

/* One face, from its crop and landmarks; cheap to call every frame. */
void me_conditions_face (MeConditions *conditions, MeNotices *notices, const MeTrack *track);

/* The face is gone: what is active clears. */
void me_conditions_clear (MeConditions *conditions, MeNotices *notices, gint64 face);

/* Time may jump: what is being timed begins anew. */
void me_conditions_rewind (MeConditions *conditions);

G_END_DECLS
