/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the frames of a live stream come too late to be analysed. The analysis pauses before the
 * sink has to drop frames and so that the delay does not grow, but only where that helps: frames
 * that arrive late, or that the analysis can catch up with, are analysed. Belongs to the streaming
 * thread. */
#pragma once

#include "bursts.h"
#include "continuity.h"

G_BEGIN_DECLS

typedef struct
{
  GstMicroexprContinuity frames; /* received, by running time */
  GstMicroexprBursts bursts;     /* in which they come */
  GstClockTime cost;             /* mean time that the analysis of a frame takes */
  GstClockTimeDiff least[2];     /* least delay in the previous window, and in this one */
  GstClockTime window;           /* running time when this one began; NONE: no frame yet */
  GstClockTime skipping;         /* running time since when frames are skipped; NONE: none are */
  GstClockTime skipped;          /* running time of the last frame skipped; NONE: none */
  guint n_measured;              /* frames in the means `cost` and `delay_ms` */
  double delay_ms, max_delay_ms; /* of frames once they were analysed: mean, maximum */
  gboolean warned;
} GstMicroexprPunctuality;

/* As for a new stream. */
void gst_microexpr_punctuality_init (GstMicroexprPunctuality *p);

/* Whether to skip a frame that arrived `delay` ns after its running time. latency: of the pipeline.
 */
gboolean gst_microexpr_punctuality_is_late (GstMicroexprPunctuality *p, GstClockTime running_time,
    GstClockTimeDiff delay, GstClockTime latency);

/* The frame was analysed, which took `cost` ns; its delay has grown to `delay`. */
void gst_microexpr_punctuality_note (
    GstMicroexprPunctuality *p, GstClockTime cost, GstClockTimeDiff delay);

/* TRUE: the warning `late` starts or clears with this frame; p->warned says which. */
gboolean gst_microexpr_punctuality_warns (GstMicroexprPunctuality *p, GstClockTime running_time);

G_END_DECLS
