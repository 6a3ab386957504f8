/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a live stream's frames come too late to be analysed. The analysis is given up for a while
 * before the sink has to drop frames, and so that the delay never grows; only where that helps:
 * frames that are late by themselves, or of which the analysis can catch up, are analysed. Belongs
 * to the streaming thread. Times in ns. */
#pragma once

#include "bursts.h"
#include "continuity.h"

G_BEGIN_DECLS

typedef struct
{
  GstMicroexprContinuity frames; /* that came, by running time */
  GstMicroexprBursts bursts;     /* in which they came */
  GstClockTime cost;             /* usual time that the analysis of a frame takes */
  GstClockTimeDiff least[2];     /* least delay of the window before, and of this one */
  GstClockTime window;           /* when this one began, running time; NONE: no frame yet */
  GstClockTime skipping;         /* since when nothing is analysed, running time; NONE: all is */
  GstClockTime skipped;          /* newest frame that was not analysed; NONE: none */
  guint n_measured;              /* frames in these means */
  double delay_ms, max_delay_ms; /* of frames when they were analysed: running mean, worst */
  gboolean warned;
} GstMicroexprPunctuality;

/* As for a new stream. */
void gst_microexpr_punctuality_init (GstMicroexprPunctuality *p);

/* A frame of a running time has come with a delay against it. latency: of the pipeline. TRUE: it
 * must not be analysed. */
gboolean gst_microexpr_punctuality_is_late (GstMicroexprPunctuality *p, GstClockTime running_time,
    GstClockTimeDiff delay, GstClockTime latency);

/* It was analysed, which took `cost`, and has this delay now. */
void gst_microexpr_punctuality_note (
    GstMicroexprPunctuality *p, GstClockTime cost, GstClockTimeDiff delay);

/* TRUE: the warning `late` starts or clears with this frame; p->warned says which. */
gboolean gst_microexpr_punctuality_warns (GstMicroexprPunctuality *p, GstClockTime running_time);

G_END_DECLS
