/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How frames leave the element microexpr: held for as long as the lookahead says, then with their
 * metas and their drawing. Belongs to the streaming thread. */
#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>

#include "findings.h"
#include "lookahead.h"
#include "overlay/drawer.h"
#include "retention.h"
#include "seen.h"

G_BEGIN_DECLS

typedef struct
{
  GstBaseTransform *trans;    /* whose frames these are; not owned */
  GstMicroexprDrawer *drawer; /* not owned */
  gboolean overlay;           /* it draws */
  gboolean sei;               /* events become user data too */
  GstClockTime lookahead_ns;
  GstMicroexprLookahead held;
  GstMicroexprRetention retention;
  GstMicroexprSeen in_sei; /* events that have become user data */
  GstFlowReturn drained;   /* what downstream answered to frames that were drained: an error that
                              upstream has not been told of yet, else GST_FLOW_OK */
} GstMicroexprOutlet;

void gst_microexpr_outlet_init (
    GstMicroexprOutlet *outlet, GstBaseTransform *trans, GstMicroexprDrawer *drawer);
void gst_microexpr_outlet_clear (GstMicroexprOutlet *outlet);

/* Drops what is held and known, as before the first frame. */
void gst_microexpr_outlet_reset (GstMicroexprOutlet *outlet);

/* For frames that leave from now on. */
void gst_microexpr_outlet_configure (
    GstMicroexprOutlet *outlet, GstClockTime lookahead_ns, gboolean overlay, gboolean sei);

/* Holds a frame (transfer full) with its findings, whose contents are moved. */
void gst_microexpr_outlet_hold (
    GstMicroexprOutlet *outlet, GstBuffer *buffer, GstMicroexprFindings *findings);

/* Keeps a GstEvent in its place between the frames held. FALSE: there are none, it may go at once.
 * event: transfer full when TRUE. */
gboolean gst_microexpr_outlet_hold_event (GstMicroexprOutlet *outlet, GstEvent *event);

/* Events that were concluded without a new frame; they are moved from the list. */
void gst_microexpr_outlet_add_events (GstMicroexprOutlet *outlet, GValue *events);

/* The next frame that may leave; NULL: none. (transfer full) */
GstFlowReturn gst_microexpr_outlet_release (GstMicroexprOutlet *outlet, GstBuffer **out);

/* Pushes all frames that are held, with the events known so far. When downstream refuses one, the
 * rest is dropped, and gst_microexpr_outlet_release() returns that flow once. */
void gst_microexpr_outlet_drain (GstMicroexprOutlet *outlet);

/* Drains at the end of the stream. Events that elements downstream may have dropped with the last
 * frames, or that no frame carries, follow in a serialized event, and a flow error that no further
 * frame could return to upstream becomes an error message. */
void gst_microexpr_outlet_finish (GstMicroexprOutlet *outlet);

/* Drains before frames of another stream, picture or time: the events of the last frames are
 * repeated once more, in a serialized event. */
void gst_microexpr_outlet_leave_place (GstMicroexprOutlet *outlet);

/* Drops the frames that are held; events that none has carried out yet stay for the next one. */
void gst_microexpr_outlet_drop (GstMicroexprOutlet *outlet);

/* Posts the error that pixels cannot be accessed. */
GstFlowReturn gst_microexpr_outlet_no_access (GstMicroexprOutlet *outlet, GstBuffer *buffer);

G_END_DECLS
