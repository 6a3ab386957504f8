/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How frames leave the element microexpr: held for as long as the lookahead says, then with their
 * metas and their drawing. */
#include "outlet.h"

#include "structure-list.h"

GST_DEBUG_CATEGORY_EXTERN (gst_microexpr_debug);
#define GST_CAT_DEFAULT gst_microexpr_debug

void
gst_microexpr_outlet_init (
    GstMicroexprOutlet *outlet, GstBaseTransform *trans, GstMicroexprStream *stream)
{
  outlet->trans = trans;
  outlet->stream = stream;
  outlet->time = GST_CLOCK_TIME_NONE;
  gst_microexpr_drawer_init (&outlet->drawer);
  gst_microexpr_lookahead_init (&outlet->held);
  gst_microexpr_retention_init (&outlet->retention);
  outlet->drained = GST_FLOW_OK;
}

void
gst_microexpr_outlet_clear (GstMicroexprOutlet *outlet)
{
  gst_microexpr_outlet_drop (outlet);
  gst_microexpr_drawer_finalize (&outlet->drawer);
}

/* Of a frame that does not say its own. */
static GstClockTime
usual_duration (const GstMicroexprContinuity *continuity)
{
  return GST_CLOCK_TIME_IS_VALID (continuity->nominal)
             ? continuity->nominal
             : gst_microexpr_continuity_interval (continuity);
}

void
gst_microexpr_outlet_hold (GstMicroexprOutlet *outlet, GstBuffer *buffer)
{
  GstMicroexprReporter *reporter = &outlet->stream->reporter;
  GValue faces = gst_microexpr_reporter_steal_faces (reporter);
  GstClockTime stream_time = gst_microexpr_stream_time (&outlet->stream->segment, buffer);
  GstClockTime duration = GST_BUFFER_DURATION_IS_VALID (buffer)
                              ? GST_BUFFER_DURATION (buffer)
                              : usual_duration (&outlet->stream->continuity);

  GstMicroexprHeld *held = gst_microexpr_lookahead_hold (
      &outlet->held, buffer, outlet->time, duration, stream_time, &faces);

  held->unseen = reporter->unseen;
  gst_microexpr_lookahead_distribute (&outlet->held, &reporter->events);
}

GstFlowReturn
gst_microexpr_outlet_no_access (GstMicroexprOutlet *outlet, GstBuffer *buffer)
{
  GST_ERROR_OBJECT (outlet->trans, "cannot map %" GST_PTR_FORMAT, (gpointer)buffer);
  GST_ELEMENT_ERROR (outlet->trans, STREAM, FORMAT,
      ("The pixels of a buffer cannot be accessed; put videoconvert before this element."), (NULL));
  return GST_FLOW_ERROR;
}

/* Attaches and draws; FALSE: the pixels cannot be written. */
static gboolean
finish (GstMicroexprOutlet *outlet, GstMicroexprHeld *held)
{
  const GstVideoInfo *info = &outlet->stream->info;
  int width = GST_VIDEO_INFO_WIDTH (info), height = GST_VIDEO_INFO_HEIGHT (info);
  GValue labels = G_VALUE_INIT;

  gst_microexpr_list_init (&labels);
  gst_microexpr_retention_apply (
      &outlet->retention, &held->events, &labels, held->time, held->stream_time);
  gst_microexpr_reporter_attach (held->buffer, &held->events, &labels, &held->faces, width, height);
  g_value_unset (&labels);
  gst_microexpr_meta_set_picture (held->buffer, width, height, held->unseen);
  if (gst_value_list_get_size (&held->coming) > 0)
    gst_microexpr_meta_set_coming (held->buffer, &held->coming);
  if (outlet->stream->reporter.settings.overlay)
    return gst_microexpr_drawer_draw (&outlet->drawer, held->buffer, held->stream_time);
  gst_microexpr_drawer_clear (&outlet->drawer);
  return TRUE;
}

GstFlowReturn
gst_microexpr_outlet_release (GstMicroexprOutlet *outlet, GstClockTime ns, GstBuffer **out)
{
  GstMicroexprHeld *held;
  GstFlowReturn flow = outlet->drained;

  *out = NULL;
  outlet->drained = GST_FLOW_OK;
  while (flow == GST_FLOW_OK && !*out &&
         (held = gst_microexpr_lookahead_release (&outlet->held, ns))) {
    if (held->event)
      gst_pad_push_event (
          GST_BASE_TRANSFORM_SRC_PAD (outlet->trans), g_steal_pointer (&held->event));
    else if (finish (outlet, held))
      *out = g_steal_pointer (&held->buffer);
    else
      flow = gst_microexpr_outlet_no_access (outlet, held->buffer);
    gst_microexpr_held_free (held);
  }
  return flow;
}

static void
drop_held (GstMicroexprOutlet *outlet)
{
  gst_microexpr_lookahead_flush (
      &outlet->held, GST_BASE_TRANSFORM_SRC_PAD (outlet->trans), &outlet->stream->reporter.events);
}

void
gst_microexpr_outlet_drain (GstMicroexprOutlet *outlet)
{
  GstFlowReturn flow = outlet->drained;
  GstBuffer *buffer = NULL;

  outlet->drained = GST_FLOW_OK;
  gst_microexpr_lookahead_distribute (&outlet->held, &outlet->stream->reporter.events);
  while (flow == GST_FLOW_OK) {
    flow = gst_microexpr_outlet_release (outlet, 0, &buffer);
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

/* Takes the structure; NULL: there is nothing to tell. */
static void
tell (GstMicroexprOutlet *outlet, GstStructure *rest)
{
  if (rest)
    gst_pad_push_event (GST_BASE_TRANSFORM_SRC_PAD (outlet->trans),
        gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, rest));
}

void
gst_microexpr_outlet_finish (GstMicroexprOutlet *outlet)
{
  GstMicroexprReporter *reporter = &outlet->stream->reporter;
  GstFlowReturn flow;

  gst_microexpr_outlet_drain (outlet);
  gst_microexpr_retention_finish (&outlet->retention, &reporter->events);
  tell (outlet, gst_microexpr_reporter_take_rest (reporter));
  flow = outlet->drained;
  outlet->drained = GST_FLOW_OK;
  if (flow == GST_FLOW_NOT_LINKED || flow < GST_FLOW_EOS)
    GST_ELEMENT_FLOW_ERROR (outlet->trans, flow);
}

/* After a flush nothing can be told before the next segment: the next buffer takes the events. */
static gboolean
can_tell (const GstMicroexprOutlet *outlet)
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
  GstMicroexprReporter *reporter = &outlet->stream->reporter;

  if (!can_tell (outlet))
    return;
  gst_microexpr_retention_finish (&outlet->retention, &reporter->events);
  tell (outlet, gst_microexpr_reporter_take_rest (reporter));
}

void
gst_microexpr_outlet_drop (GstMicroexprOutlet *outlet)
{
  drop_held (outlet);
  gst_microexpr_retention_clear (&outlet->retention);
  outlet->drained = GST_FLOW_OK;
}
