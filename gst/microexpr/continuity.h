/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the frames of a stream follow each other closely enough to measure motion across them.
 * Only buffer times decide: frames may come at any rate, also a changing one. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

#define GST_MICROEXPR_N_INTERVALS 15 /* of which the median is taken */

typedef struct
{
  GstClockTime last;    /* buffer time of the newest frame; NONE: none since the last break */
  GstClockTime ended;   /* the newest frame before that break; NONE: there was no break */
  GstClockTime nominal; /* frame interval by caps; NONE: unknown */
  GstClockTime pause;   /* usual one between bursts of frames; 0: they come one by one */
  GstClockTime intervals[GST_MICROEXPR_N_INTERVALS]; /* the newest ones, a ring */
  guint n_intervals, next;
  gboolean between; /* the next interval spans a change of rate: it is not remembered */
} GstMicroexprContinuity;

typedef enum
{
  GST_MICROEXPR_CONTINUES,
  GST_MICROEXPR_REPEATS,        /* the time of the newest frame again */
  GST_MICROEXPR_GOES_BACK,      /* before the newest frame */
  GST_MICROEXPR_HAS_A_HOLE,     /* longer after it than the tolerance */
  GST_MICROEXPR_CHANGES_RHYTHM, /* bursts begin or end: only gst_microexpr_timing_check() tells */
} GstMicroexprStep;

/* Forgets all; nominal: see above. */
void gst_microexpr_continuity_init (GstMicroexprContinuity *c, GstClockTime nominal);

/* Between frames, by caps; NONE: unknown. */
GstClockTime gst_microexpr_continuity_nominal (const GstVideoInfo *info);

/* The interval by caps; NONE: unknown. Another one makes the intervals measured so far obsolete. */
void gst_microexpr_continuity_set_nominal (GstMicroexprContinuity *c, GstClockTime nominal);

/* The next frame follows nothing; the usual interval is kept. */
void gst_microexpr_continuity_break (GstMicroexprContinuity *c);

/* Longest step that is not a hole: 120 ms or 2.5 usual intervals, whichever is longer, plus the
 * usual pause between bursts. */
GstClockTime gst_microexpr_continuity_tolerance (const GstMicroexprContinuity *c);

/* Usual interval between frames. */
GstClockTime gst_microexpr_continuity_interval (const GstMicroexprContinuity *c);

/* How `time` follows the newest frame. */
GstMicroexprStep gst_microexpr_continuity_check (
    const GstMicroexprContinuity *c, GstClockTime time);

/* A frame at `time` is analysed: it is the newest one from now on. */
void gst_microexpr_continuity_advance (GstMicroexprContinuity *c, GstClockTime time);

/* Whether buffer times continue under a new segment: same rate, no jump ahead or back, and the same
 * stream time for a buffer time. A difference within the tolerance is taken for the correction that
 * a demuxer makes at the first frame. A new base alone changes nothing. */
gboolean gst_microexpr_continuity_over_segments (
    const GstMicroexprContinuity *c, const GstSegment *from, const GstSegment *to);

G_END_DECLS
