/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Conditions that make results poor: each is measured and compared with the limit of its warning
 * (warnings.c), which starts once the condition has lasted, and clears once it has been over for as
 * long. */
#pragma once

#include "common/ring.h"
#include "following/track.h"

G_BEGIN_DECLS

#define ME_MAX_WARNINGS (ME_MAX_FACES * ME_N_WARNINGS) /* all faces may go at once */

typedef struct
{
  gboolean active;
  double value;       /* newest measurement */
  guint64 differs_ns; /* since when the measurement contradicts `active`; 0: it agrees */
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
  MeWarning at[ME_MAX_WARNINGS];
  MeRing pending;
} MeWarnings;

const MeWarning *me_warnings_pop (MeWarnings *warnings);

/* The stream: frame_rate in 1/s (0: unknown), faceless_s since a face was seen, n_left_out faces
 * that are seen and not followed. */
void me_conditions_stream (MeConditions *conditions, MeWarnings *warnings, guint64 time_ns,
    double frame_rate, double faceless_s, guint n_left_out);

/* One face, from its crop and landmarks; cheap to call every frame. speaking: how likely the person
 * speaks, 0..1. */
void me_conditions_face (
    MeConditions *conditions, MeWarnings *warnings, const MeTrack *track, double speaking);

/* The face is gone: its warnings clear. */
void me_conditions_clear (MeConditions *conditions, MeWarnings *warnings, gint64 face);

/* Time may jump: conditions that are being timed start anew. */
void me_conditions_rewind (MeConditions *conditions);

G_END_DECLS
