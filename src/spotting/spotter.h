/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Motion of one face over time -> intervals: micro, macro, blink. Causal, constant memory.
 *
 * Micro: matched filters of seven widths score the cells of the fast series. A candidate is a local
 * maximum over time of the largest ratio of motion to threshold; its interval is read from the
 * course of the motion along the candidate's own direction. */
#pragma once

#include "blink.h"
#include "cells.h"
#include "departure.h"
#include "interval.h"
#include "macro.h"
#include "speech.h"
#include "common/ring.h"

G_BEGIN_DECLS

#define ME_MAX_SPOTS 16 /* more than wait at once, even at the end */
#define ME_MAX_ACCEPTED 8

/* What was spotted; action units and emotion are read from it elsewhere. */
typedef struct
{
  MeKind kind;
  guint64 onset_ns, apex_ns, offset_ns;
  MePoint motion[ME_N_POINTS];    /* at the apex against the onset, % IPD; micro and macro */
  float point_noise[ME_N_POINTS]; /* of that motion, % IPD; micro only */
  gboolean lids_moved;            /* a blink was near: motion around the eyes says nothing */
  float blink;                    /* micro: how far it is the interval of a blink, too, 0..1 */
  float closure[3];               /* blink: 0..1 */
  gboolean shut;                  /* blink: see MeBlinkEvent */
  float ratio;                    /* of the motion to its threshold; macro: % IPD */
  MeRegion region;                /* micro: in which it was spotted */
  float height;                   /* micro: mean of the largest motions of its region, % IPD */
  float symmetry;                 /* micro: lesser flank over greater */
  float unrest, step;             /* micro: see MeCourse; step relative to the height */
  float head;                     /* micro: motion of the head meanwhile, % IPD */
  float noise;                    /* of this face at that time, % IPD */
  float nod;                      /* pitch of the head around it, of the last 2.5 s, degrees */
  float speaking;                 /* how likely the person spoke meanwhile, 0..1 */
} MeSpot;

/* A micro interval that passed the tests. */
typedef struct
{
  MeInterval interval;
  float unrest; /* see MeCourse */
} MeAccepted;

/* Where the head is. */
typedef enum
{
  ME_HEAD_X, /* of the eyes in the frame, % IPD */
  ME_HEAD_Y,
  ME_HEAD_PITCH, /* degrees */
  ME_N_HEAD_PLACES
} MeHeadPlace;

typedef struct
{
  MeCells cells;
  gboolean decided[ME_SERIES_CELLS][ME_N_REGIONS]; /* no candidate, or judged */
  float head[ME_SERIES_CELLS][ME_N_HEAD_PLACES];
  MeAccepted accepted[ME_MAX_ACCEPTED]; /* ring: newest micro intervals */
  guint n_accepted;
  float frame_s;      /* between two frames */
  gint64 frame_cells; /* the same, rounded up */
  MeBlink blinks;
  MeDeparture departure;
  MeMacro macro;
  MeSpeech speech;
  MeSpot spots[ME_MAX_SPOTS]; /* that wait to be fetched */
  MeRing pending;             /* of those */
} MeSpotter;

/* points: pixels of the crop, for the neighbourhoods. */
void me_spotter_reset (MeSpotter *spotter, const MePoint points[ME_N_POINTS]);

/* Adds a frame. frame_s: interval between frames. */
void me_spotter_add (
    MeSpotter *spotter, const MeObservation *o, const MeConfig *config, double frame_s);

/* The stream ends: what was seen whole is concluded, and an expression that has already lasted
 * longer than a micro one, or eyes that have been shut for longer than a blink. */
void me_spotter_finish (MeSpotter *spotter, const MeConfig *config);

/* The next interval, or NULL; valid until the next call. */
const MeSpot *me_spotter_pop (MeSpotter *spotter);

/* Cuts a spot off where its face ends: an expression whose apex was seen, or a blink, that is long
 * enough even so. until_ns: the last time that belongs to the face. FALSE: nothing is left. */
gboolean me_spot_end (MeSpot *spot, guint64 until_ns, guint64 max_duration_ns);

/* What a frame showed against the neutral face, % IPD. */
void me_spotter_displacement (
    const MeSpotter *spotter, const MeObservation *o, MePoint motion[ME_N_POINTS]);

/* What each unit looks like on this face. */
const MeUnitModel *me_spotter_unit_model (const MeSpotter *spotter);

/* Motion of the face now and its running noise, % IPD. */
float me_spotter_motion (const MeSpotter *spotter);
float me_spotter_noise (const MeSpotter *spotter);

G_END_DECLS
