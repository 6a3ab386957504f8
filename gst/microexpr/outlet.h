/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How frames leave the element microexpr: held for as long as the lookahead says, then with their
 * metas and their drawing. Belongs to the streaming thread. */
#pragma once

#include "overlay/drawer.h"
#include "lookahead.h"
#include "retention.h"
#include "stream.h"

G_BEGIN_DECLS

typedef struct
{
  GstBaseTransform *trans;    /* whose frames these are; not owned */
  GstMicroexprStream *stream; /* where metas come from; not owned */
  GstMicroexprDrawer drawer;
  GstMicroexprLookahead held;
  GstMicroexprRetention retention;
  GstFlowReturn drained; /* what downstream answered to frames that were drained: an error that
                            upstream has not been told of yet, else GST_FLOW_OK */
  GstClockTime time;     /* of the newest frame; set before it is held */
} GstMicroexprOutlet;

void gst_microexpr_outlet_init (
    GstMicroexprOutlet *outlet, GstBaseTransform *trans, GstMicroexprStream *stream);
void gst_microexpr_outlet_clear (GstMicroexprOutlet *outlet);

/* Takes a frame that was analysed. */
void gst_microexpr_outlet_hold (GstMicroexprOutlet *outlet, GstBuffer *buffer);

/* The next frame that may leave when frames are held for `ns`; NULL: none. (transfer full) */
GstFlowReturn gst_microexpr_outlet_release (
    GstMicroexprOutlet *outlet, GstClockTime ns, GstBuffer **out);

/* Pushes all frames that are held, with the events known so far. When downstream does not take one,
 * the rest is dropped, and gst_microexpr_outlet_release() returns its answer once. */
void gst_microexpr_outlet_drain (GstMicroexprOutlet *outlet);

/* The same at the end of the stream, whose last frames these are: events that elements downstream
 * may have dropped with the frames, or that no frame carries, follow in a serialized event, and an
 * answer that upstream has no frame left to be told with becomes an error message. */
void gst_microexpr_outlet_finish (GstMicroexprOutlet *outlet);

/* The frames to come are of another place: the events of the frames before are repeated once more,
 * in a serialized event. */
void gst_microexpr_outlet_leave_place (GstMicroexprOutlet *outlet);

/* Drops the frames that are held; events that none has carried out yet stay for the next one. */
void gst_microexpr_outlet_drop (GstMicroexprOutlet *outlet);

/* Posts the error that pixels cannot be accessed. */
GstFlowReturn gst_microexpr_outlet_no_access (GstMicroexprOutlet *outlet, GstBuffer *buffer);

G_END_DECLS
