/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events stay on the buffers for a while after the one that brought them, so that they survive
 * elements that drop buffers, such as videorate. Belongs to the streaming thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* How long an event stays on buffers after the first one that carries it, or, when it lasts longer,
 * after its own frames: more than a second, so that one frame per second downstream still has each
 * event. */
#define GST_MICROEXPR_REPEAT_NS (1200 * GST_MSECOND)

typedef struct
{
  GQueue items; /* in the order of conclusion */
} GstMicroexprRepeats;

void gst_microexpr_repeats_init (GstMicroexprRepeats *repeats);

/* Forgets the events. */
void gst_microexpr_repeats_clear (GstMicroexprRepeats *repeats);

/* Puts the events of the buffers before this one into the list `events` of a buffer, before its
 * own, and remembers its own. time: buffer time; stream_time: likewise of the buffer; either may be
 * GST_CLOCK_TIME_NONE, which ends the repetition. labels: becomes a list of the
 * events that this buffer may be labelled with, which leaves out those that were on their own
 * frames and are over; stays unset when there is no event at all. */
void gst_microexpr_repeats_apply (GstMicroexprRepeats *repeats, GValue *events, GValue *labels,
    GstClockTime time, GstClockTime stream_time);

/* Appends the remembered events to the list `events` and forgets them: no more buffers follow. */
void gst_microexpr_repeats_finish (GstMicroexprRepeats *repeats, GValue *events);

G_END_DECLS
