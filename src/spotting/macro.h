/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Long expressions: in the kept series, the face leaves its neutral state and comes back. */
#pragma once

#include "common/curve.h"
#include "neighbours.h"
#include "neutral.h"
#include "following/track.h"

G_BEGIN_DECLS

typedef struct
{
  MeCurve curve; /* of the motion below */
  MeNeutral neutral;
  float motion; /* distance from neutral, % IPD */
  float noise;  /* what the error of measurement alone would make of it */
  /* The last two postures that the noise was learnt from, newest first. */
  MePosture before[2];
  guint64 before_ns[2];
  guint n_before; /* so far */
  gboolean active;
  guint64 began_ns; /* of the first measurement */
  guint64 free_ns;  /* since the last expression ended, or another face became neutral */
  guint64 start_ns, peak_ns;
  guint64 high_ns, low_ns; /* last above ME_FLANK_HIGH and ME_FLANK_LOW of the peak */
  float peak;
  MePoint at_peak[ME_N_POINTS]; /* motion against neutral */
} MeMacro;

typedef struct
{
  guint64 onset_ns, apex_ns, offset_ns;
  MePoint motion[ME_N_POINTS]; /* at the apex against neutral, % IPD */
  float peak;                  /* % IPD */
} MeMacroEvent;

void me_macro_reset (MeMacro *macro);

/* Adds a measurement (kept_measured). TRUE: an expression ended; it may be short. One that was
 * there at the first measurement, or started soon after it, does not count: its neutral face was
 * never seen. speaking: how likely the person speaks, 0..1; that share of the mouth's motion is
 * taken for speech. */
gboolean me_macro_add (MeMacro *macro, const MeObservation *o, const MeNeighbours *neighbours,
    float speaking, double sensitivity, MeMacroEvent *event);

/* The stream ends. TRUE: an expression was going on; its offset is the last measurement. */
gboolean me_macro_finish (MeMacro *macro, MeMacroEvent *event);

G_END_DECLS
