/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the face is away from its neutral posture, in the kept series. */
#pragma once

#include "neighbours.h"
#include "neutral.h"
#include "following/track.h"

G_BEGIN_DECLS

typedef struct
{
  MeNeutral neutral;
  MePosture now;  /* of the last measurement, without what is taken for speech */
  guint64 now_ns; /* 0: nothing was measured yet */
  float motion;   /* distance from neutral, % IPD */
  float noise;    /* what the error of measurement alone would make of it */
  /* The last two postures that the noise was learnt from, newest first. */
  MePosture before[2];
  guint64 before_ns[2];
  guint n_before; /* so far */
  gboolean away;
  float peak;                   /* while away: the largest distance, % IPD, */
  MePoint at_peak[ME_N_POINTS]; /* and the motion against neutral there */
} MeDeparture;

void me_departure_reset (MeDeparture *departure);

/* Adds a measurement (kept_measured). speaking: how likely the person speaks, 0..1; that share of
 * the mouth's motion is taken for speech. */
void me_departure_add (MeDeparture *departure, const MeObservation *o,
    const MeNeighbours *neighbours, float speaking, double sensitivity);

G_END_DECLS
