/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A series of motion that outlives its reference frame: before a reference gets stale a next one is
 * measured beside it for a while, and takes over shifted by the mean difference, so that the series
 * has no step and a renewal adds little noise. */
#pragma once

#include "agreement.h"
#include "alignment.h"
#include "head-motion.h"
#include "posture.h"

G_BEGIN_DECLS

/* points, below: pixels of the crop; depth: of each point, IPD, as in anatomy/facial-depth.h. */

/* A reference and what was last seen of it. */
typedef struct
{
  MeReference reference;
  MePoint u[ME_N_POINTS];    /* pixels of the crop: first guess for the next frame */
  MePoint last[ME_N_POINTS]; /* last motion of each patch that matched, % IPD */
  MePoint turn;    /* of the head since the reference, as in MeHeadMotion, when last measured */
  guint64 turn_ns; /* when that was */
  guint64 built_ns;
} MeAnchor;

typedef struct
{
  MeAnchor now, next;
  MePatchNeighbours neighbours;
  gboolean leaves_out_changed;     /* patches whose skin suddenly looks different are left out */
  gboolean agrees;                 /* neighbouring patches are made to agree */
  gboolean crossing;               /* `next` is being measured */
  MePoint offset[ME_N_POINTS];     /* of the series, % IPD */
  MePoint turn_offset;             /* of the turn since the series began, as in MeHeadMotion */
  MePoint difference[ME_N_POINTS]; /* sum of now - next, % IPD */
  guint n_crossed;                 /* frames in that sum */
  float mismatch[ME_N_POINTS];     /* of each patch: 1 - correlation with its reference */
  float usual[ME_N_POINTS];        /* running median of it */
  guint n_usual;                   /* frames in that */
  guint64 read_ns;                 /* when the series was last read */
} MeStitch;

/* The series begins at zero with this crop as its reference; leaves_out_changed and
 * agrees are off. */
void me_stitch_begin (
    MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS], guint64 time_ns);

/* The next crop follows the head: so do the first guesses. shift: pixels of the crop. */
void me_stitch_shift (MeStitch *s, const MePoint shift[ME_N_POINTS]);

/* Aligns the reference with a frame and fits the head's motion. match: correlation of each patch
 * with its reference; 0 where the patch is left out. Returns the median before that. */
float me_stitch_align (MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS],
    const float depth[ME_N_POINTS], guint64 time_ns, float match[ME_N_POINTS], MeHeadMotion *head);

/* After me_stitch_align(): the series' value for this frame, % IPD. */
void me_stitch_read (MeStitch *s, const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const float match[ME_N_POINTS], const MeHeadMotion *head, guint64 time_ns,
    MePoint motion[ME_N_POINTS]);

/* The turn of the head since the series began, as in MeHeadMotion. */
MePoint me_stitch_turn (const MeStitch *s);

/* How far the face is from how it was held in the reference: me_posture_distance(), % IPD. */
float me_stitch_departure (const MeStitch *s);

/* After me_stitch_read(): this crop is to become the reference. */
void me_stitch_renew (
    MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS], guint64 time_ns);

/* Abandons the next reference; a later one may do better. */
void me_stitch_abandon (MeStitch *s);

/* While crossing: measures the next reference; it takes over after cross_ns. */
void me_stitch_cross (MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS],
    const float depth[ME_N_POINTS], const MePoint motion[ME_N_POINTS], guint64 time_ns,
    guint64 cross_ns);

G_END_DECLS
