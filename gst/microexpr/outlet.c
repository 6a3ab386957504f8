/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How frames leave the element microexpr: held for as long as the lookahead says, then with their
 * metas and their drawing. */
#include "outlet.h"

#include "analytics.h"
#include "gstmicroexprmeta.h"
#include "sei.h"
#include "structure-list.h"

GST_DEBUG_CATEGORY_EXTERN (gst_microexpr_debug);
#define GST_CAT_DEFAULT gst_microexpr_debug

void
gst_microexpr_outlet_init (
    GstMicroexprOutlet *outlet, GstBaseTransform *trans, GstMicroexprDrawer *drawer)
{
  *outlet = (GstMicroexprOutlet){ .trans = trans, .drawer = drawer, .drained = GST_FLOW_OK };
  gst_microexpr_lookahead_init (&outlet->held);
  gst_microexpr_retention_init (&outlet->retention);
}

void
gst_microexpr_outlet_clear (GstMicroexprOutlet *outlet)
{
  gst_microexpr_lookahead_clear (&outlet->held);
  gst_microexpr_retention_clear (&outlet->retention);
}

void
gst_microexpr_outlet_reset (GstMicroexprOutlet *outlet)
{
  gst_microexpr_outlet_drop (outlet);
  g_value_unset (&outlet->held.events);
  outlet->in_sei.n = 0;
}

void
gst_microexpr_outlet_configure (
    GstMicroexprOutlet *outlet, GstClockTime lookahead_ns, gboolean overlay, gboolean sei)
{
  outlet->lookahead_ns = lookahead_ns;
  outlet->overlay = overlay;
  outlet->sei = sei;
}

void
gst_microexpr_outlet_hold (
    GstMicroexprOutlet *outlet, GstBuffer *buffer, GstMicroexprFindings *findings)
{
  gst_microexpr_lookahead_hold (&outlet->held, buffer, findings);
}

gboolean
gst_microexpr_outlet_hold_event (GstMicroexprOutlet *outlet, GstEvent *event)
{
  return gst_microexpr_lookahead_hold_event (&outlet->held, event);
}

void
gst_microexpr_outlet_add_events (GstMicroexprOutlet *outlet, GValue *events)
{
  gst_microexpr_lookahead_add_events (&outlet->held, events);
}

GstFlowReturn
gst_microexpr_outlet_no_access (GstMicroexprOutlet *outlet, GstBuffer *buffer)
{
  GST_ERROR_OBJECT (outlet->trans, "cannot map %" GST_PTR_FORMAT, (gpointer)buffer);
  GST_ELEMENT_ERROR (outlet->trans, STREAM, FORMAT,
      ("The pixels of a buffer cannot be accessed; put videoconvert before this element."), (NULL));
  return GST_FLOW_ERROR;
}

/* Running time of a frame that leaves: of the segment that has left before it. */
static GstClockTime
running_time (const GstMicroexprOutlet *outlet, GstClockTime time)
{
  GstEvent *event =
      gst_pad_get_sticky_event (GST_BASE_TRANSFORM_SRC_PAD (outlet->trans), GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  GstClockTime running_time;

  if (!event)
    return GST_CLOCK_TIME_NONE;
  gst_event_parse_segment (event, &segment);
  running_time = gst_segment_to_running_time (segment, GST_FORMAT_TIME, time);
  gst_event_unref (event);
  return running_time;
}

/* An event that is on many frames becomes user data of the first. */
static void
attach_sei (GstMicroexprOutlet *outlet, GstMicroexprHeld *held)
{
  const GValue *events = &held->findings.events;

  for (guint i = 0; i < gst_microexpr_list_size (events); i++) {
    const GstStructure *event = gst_microexpr_list_get (events, i);

    if (gst_microexpr_seen_add (&outlet->in_sei, event))
      gst_microexpr_sei_attach (held->buffer, event, running_time (outlet, held->findings.time));
  }
}

static void
attach_metas (GstMicroexprOutlet *outlet, GstMicroexprHeld *held)
{
  GstMicroexprFindings *f = &held->findings;
  GValue labels = G_VALUE_INIT;

  if (outlet->sei)
    attach_sei (outlet, held);
  gst_microexpr_retention_apply (&outlet->retention, &f->events, &labels, f->time, f->stream_time);
  gst_microexpr_roi_attach (held->buffer, &labels, &f->faces, f->width, f->height);
  gst_microexpr_analytics_attach (held->buffer, &labels, &f->faces, GST_BUFFER_PTS (held->buffer));
  g_value_unset (&labels);
  gst_microexpr_meta_attach (held->buffer, &f->events, &f->faces);
  gst_microexpr_meta_set_picture (held->buffer, f->width, f->height, f->unseen);
  if (gst_microexpr_list_size (&held->coming) > 0)
    gst_microexpr_meta_set_coming (held->buffer, &held->coming);
}

/* FALSE: the pixels cannot be written. */
static gboolean
draw (GstMicroexprOutlet *outlet, GstMicroexprHeld *held)
{
  if (outlet->overlay)
    return gst_microexpr_drawer_draw (outlet->drawer, held->buffer, held->findings.stream_time);
  gst_microexpr_drawer_clear (outlet->drawer);
  return TRUE;
}

/* The next frame that may leave when frames are held for `ns`, after the GstEvents before it. */
static GstFlowReturn
release (GstMicroexprOutlet *outlet, GstClockTime ns, GstBuffer **out)
{
  GstMicroexprHeld *held;
  GstFlowReturn flow = outlet->drained;

  *out = NULL;
  outlet->drained = GST_FLOW_OK;
  while (flow == GST_FLOW_OK && !*out &&
         (held = gst_microexpr_lookahead_release (&outlet->held, ns))) {
    if (held->event) {
      gst_pad_push_event (
          GST_BASE_TRANSFORM_SRC_PAD (outlet->trans), g_steal_pointer (&held->event));
    } else {
      attach_metas (outlet, held);
      if (draw (outlet, held))
        *out = g_steal_pointer (&held->buffer);
      else
        flow = gst_microexpr_outlet_no_access (outlet, held->buffer);
    }
    gst_microexpr_held_free (held);
  }
  return flow;
}

GstFlowReturn
gst_microexpr_outlet_release (GstMicroexprOutlet *outlet, GstBuffer **out)
{
  return release (outlet, outlet->lookahead_ns, out);
}

static void
drop_held (GstMicroexprOutlet *outlet)
{
  gst_microexpr_lookahead_flush (&outlet->held, GST_BASE_TRANSFORM_SRC_PAD (outlet->trans));
}

void
gst_microexpr_outlet_drain (GstMicroexprOutlet *outlet)
{
  GstFlowReturn flow = outlet->drained;
  GstBuffer *buffer = NULL;

  outlet->drained = GST_FLOW_OK;
  while (flow == GST_FLOW_OK) {
    flow = release (outlet, 0, &buffer);
    if (!buffer)
      break;
    flow = gst_pad_push (GST_BASE_TRANSFORM_SRC_PAD (outlet->trans), buffer);
  }
  if (flow == GST_FLOW_OK)
    return;
  GST_DEBUG_OBJECT (outlet->trans, "not drained: %s", gst_flow_get_name (flow));
  drop_held (outlet);
  outlet->drained = flow;
}

/* Sends the events that later buffers would have carried, in the structure of the meta. */
static void
send_events (GstMicroexprOutlet *outlet)
{
  GValue *events = &outlet->held.events, faces = G_VALUE_INIT;
  GstStructure *s;

  gst_microexpr_retention_finish (&outlet->retention, events);
  if (gst_microexpr_list_size (events) == 0)
    return;
  gst_microexpr_list_init (&faces);
  s = gst_structure_new_empty (GST_MICROEXPR_META_NAME);
  gst_structure_set_value (s, "events", events);
  gst_structure_take_value (s, "faces", &faces);
  g_value_unset (events);
  gst_pad_push_event (GST_BASE_TRANSFORM_SRC_PAD (outlet->trans),
      gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, s));
}

void
gst_microexpr_outlet_finish (GstMicroexprOutlet *outlet)
{
  GstFlowReturn flow;

  gst_microexpr_outlet_drain (outlet);
  send_events (outlet);
  flow = outlet->drained;
  outlet->drained = GST_FLOW_OK;
  if (flow == GST_FLOW_NOT_LINKED || flow < GST_FLOW_EOS)
    GST_ELEMENT_FLOW_ERROR (outlet->trans, flow);
}

/* After a flush no event can be sent before the next segment: the next buffer carries them. */
static gboolean
can_send (const GstMicroexprOutlet *outlet)
{
  GstEvent *segment =
      gst_pad_get_sticky_event (GST_BASE_TRANSFORM_SRC_PAD (outlet->trans), GST_EVENT_SEGMENT, 0);

  if (!segment)
    return FALSE;
  gst_event_unref (segment);
  return TRUE;
}

void
gst_microexpr_outlet_leave_place (GstMicroexprOutlet *outlet)
{
  gst_microexpr_outlet_drain (outlet);
  if (can_send (outlet))
    send_events (outlet);
}

void
gst_microexpr_outlet_drop (GstMicroexprOutlet *outlet)
{
  drop_held (outlet);
  gst_microexpr_retention_clear (&outlet->retention);
  outlet->drained = GST_FLOW_OK;
}
