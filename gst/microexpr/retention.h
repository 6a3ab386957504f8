/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps events on the buffers after the one that first carried them, so that they survive elements
 * that drop buffers, such as videorate. Consumers tell repetitions by the id. Belongs to the
 * streaming thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* How long an event is retained after the first buffer that carries it, by buffer time; begins anew
 * when the event still lies on its own frames by then. Longer than a second, so that one frame per
 * second downstream still has every event. */
#define GST_MICROEXPR_RETENTION_NS (1200 * GST_MSECOND)

typedef struct
{
  GQueue items; /* in the order of conclusion */
} GstMicroexprRetention;

void gst_microexpr_retention_init (GstMicroexprRetention *retention);

/* Forgets the events. */
void gst_microexpr_retention_clear (GstMicroexprRetention *retention);

/* Puts the retained events before those in `events`, the list of a buffer, and retains the latter
 * too. time: of the buffer; GST_CLOCK_TIME_NONE forgets what was retained. labels: an empty list,
 * gets the events to label the buffer with: all but retained ones that were on their own frames. */
void gst_microexpr_retention_apply (GstMicroexprRetention *retention, GValue *events,
    GValue *labels, GstClockTime time, GstClockTime stream_time);

/* Puts the retained events before those in `events` and forgets them: no more buffers follow. */
void gst_microexpr_retention_finish (GstMicroexprRetention *retention, GValue *events);

G_END_DECLS
