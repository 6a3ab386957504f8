/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Builds one facial event from action units and strengths, such that on each side that shall move
 * the most moved point moves exactly as far as the truth says. */
#pragma once

#include "fields.h"
#include "surfaces.h"

G_BEGIN_DECLS

/* An event: a raised cosine up, a hold, and a raised cosine down. */
typedef struct
{
  MeEvent truth;               /* face, box and id are left at 0 */
  guint64 rise_ns, fall_ns;    /* from the onset, and to the offset; a hold between them */
  MePoint motion[ME_N_POINTS]; /* at the apex, % IPD in the axes of the face: right, down */
  float closure;               /* of both lids at the apex, 0..1 */
  float parted[GST_MICROEXPR_TEST_N_SURFACES]; /* by how far at the apex, % IPD */
} GstMicroexprTestEvent;

/* What an event is made of. */
typedef struct
{
  MeKind kind;
  guint units;     /* bit n: MeAu n */
  MeSide side;     /* ME_MIDLINE: both */
  gboolean varied; /* of a script: draw strengths, balance, gain and turn at random */
  guint64 onset_ns, duration_ns;
  double rise, hold;         /* parts of the duration */
  double strength[ME_N_AUS]; /* % IPD, of the stronger side; of AU45 the closure, 0..1 */
  double balance;  /* strength of the weaker side / that of the stronger, when both move */
  MeSide stronger; /* ME_LEFT or ME_RIGHT */
  double gain[ME_N_FEATURES][3], turn[ME_N_FEATURES][3]; /* variation by feature and side: factor,
                                                            radians */
} GstMicroexprTestEventSpec;

/* Defaults for everything but kind, units, times and strengths: both sides alike, no variation. */
void gst_microexpr_test_event_spec_init (GstMicroexprTestEventSpec *spec);

/* How units move the points of a face, and how the field of au-motion.h spreads that. */
typedef struct
{
  const GstMicroexprTestFields *fields;    /* NULL: those of au-motion.h; not owned */
  float weights[ME_N_POINTS][ME_N_POINTS]; /* of each point's motion (column) at each (row) */
  float lid_travel;                        /* of the upper lid when it closes, % IPD */
} GstMicroexprTestSpread;

void gst_microexpr_test_spread_init (GstMicroexprTestSpread *spread,
    const GstMicroexprTestFields *fields, const MePoint landmarks[ME_N_LANDMARKS]);

/* Displacement, by the field of these motions, of the most moved point of one side; midline points
 * belong to both. ME_MIDLINE: of all points. */
float gst_microexpr_test_largest_motion (
    const GstMicroexprTestSpread *spread, const MePoint motion[ME_N_POINTS], MeSide side);

void gst_microexpr_test_event_build (GstMicroexprTestEvent *event,
    const GstMicroexprTestEventSpec *spec, const GstMicroexprTestSpread *spread);

/* Share of the event's apex at a time: 0..1. */
float gst_microexpr_test_event_course (const GstMicroexprTestEvent *event, guint64 time_ns);

/* The emotion that is reported as the truth for exactly these units (bit n: MeAu n):
 * ME_EMOTION_OTHER for a combination that is never drawn. */
MeEmotion gst_microexpr_test_emotion (guint units);

/* Fills the emotion of a truth from its kind, units and sides: none of a blink, and by the
 * convention of the reports a smile of one side is not happiness. */
void gst_microexpr_test_name_emotion (MeEvent *truth);

G_END_DECLS
