/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Blinks: the lids fall and open again. Eyes that stay shut are one long blink. */
#pragma once

#include "common/curve.h"
#include "common/duration.h"
#include "following/track.h"

G_BEGIN_DECLS

/* What lasts longer is shut eyes, or a reference that no longer fits. */
#define ME_LONGEST_BLINK_NS (900 * ME_MSECOND)

typedef struct
{
  MeCurve curve; /* closure: mean of both eyes */
  float open;    /* closure of the open eye now: a low running quantile */
  float before;  /* least closure of the last moments; pose and gaze do not rise above it as fast */
  float closure[3]; /* of each eye now */
  float base;       /* closure just before the current blink, as pose and gaze were */
  gboolean closed;
  guint64 half_ns;           /* last above half of the peak */
  guint64 start_ns, peak_ns; /* of the current blink */
  float trough;              /* least height since the peak, */
  guint64 trough_ns;         /* and when */
  guint64 free_ns;           /* when the blink before ended that this one follows at once */
  gboolean shut;             /* it lasts longer than a blink does, */
  guint64 onset_ns;          /* since then */
  /* While above half of the peak: */
  guint64 high_ns;         /* last above ME_FLANK_HIGH of the mean height */
  float height, detail[3]; /* sums of the height and of MeObservation.eye_detail */
  float n;
  float peak, side[3]; /* highest closure since: mean of both eyes, and of each */
} MeBlink;

typedef struct
{
  guint64 onset_ns, apex_ns, offset_ns;
  float closure[3]; /* 0..1: how far each eye closed; [ME_MIDLINE] both */
  gboolean shut;    /* lids hid the eyes for most of ME_EYES_CLOSED_NS and more */
} MeBlinkEvent;

void me_blink_reset (MeBlink *blink);

/* Adds a measurement (kept_measured). TRUE: a blink ended, `event` is filled. */
gboolean me_blink_add (MeBlink *blink, const MeObservation *o, MeBlinkEvent *event);

/* The stream ends: eyes that have been shut for longer than a blink, and still are, open now. */
gboolean me_blink_finish (MeBlink *blink, MeBlinkEvent *event);

/* How far the eyes are closed now, 0..1, both together. */
float me_blink_closure (const MeBlink *blink);

/* The lids move now, or are shut: what is measured around the eyes is no expression. */
gboolean me_blink_active (const MeBlink *blink);

G_END_DECLS
