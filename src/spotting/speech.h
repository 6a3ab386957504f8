/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a person speaks, seen from the mouth alone: in speech the lips part and meet two to seven
 * times a second (Chandrasekaran et al. 2009, doi 10.1371/journal.pcbi.1000436). Causal. */
#pragma once

#include "common/curve.h"
#include "following/track.h"

G_BEGIN_DECLS

/* What varies at the rate of syllables in one value: two low-passes behind two high-passes. */
typedef struct
{
  float last, smooth[2], slow[2]; /* input, and what each filter holds; % IPD */
  float power;                    /* running mean square of the output */
} MeSyllables;

typedef struct
{
  guint64 time_ns; /* of the last measurement */
  gboolean started;
  MeSyllables lips, brows; /* how far the lips are apart; the brows tell of the noise */
  float speaking;          /* how likely the person speaks, 0..1 */
  MeCurve silence;         /* 1 - that, over time */
} MeSpeech;

/* Begins with silence. */
void me_speech_reset (MeSpeech *speech);

/* Adds a measurement (kept_measured), later than the one before it. */
void me_speech_add (MeSpeech *speech, const MeObservation *o);

/* Blends the motion of the mouth towards that of `rest`, by how likely the person speaks. */
void me_speech_leave_out (
    float speaking, const MePoint rest[ME_N_POINTS], MePoint motion[ME_N_POINTS]);

/* The largest `speaking` between two times, of the last 15 s. */
float me_speech_between (const MeSpeech *speech, guint64 from_ns, guint64 to_ns);

G_END_DECLS
