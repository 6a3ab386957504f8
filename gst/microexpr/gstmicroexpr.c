/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexpr: hands frames to the stream, which analyses them, and what is found to the
 * outlet, from which they leave. The pixels are read, and written only to draw the overlay. */
/**
 * SECTION:element-microexpr
 * @title: microexpr
 * @short_description: finds facial micro-expressions in video
 *
 * Finds faces, measures the motion of their skin and reports every micro-expression, an involuntary
 * movement of about 1/25 to 1/2 s, as an interval (onset, apex, offset) with the FACS action units
 * that moved. Takes any raw video in system memory at any frame rate; buffers pass through
 * unchanged but for metadata.
 *
 * Posts the element messages `microexpr-event`, `microexpr-faces` and `microexpr-warning`, selected
 * by #GstMicroexpr:messages. Attaches a #GstCustomMeta `GstMicroexprMeta` to every buffer, with the
 * events and faces, and a #GstVideoRegionOfInterestMeta for each face. docs/microexpr.md lists all
 * fields with their types and units.
 *
 * No event spans a flush, a seek, the end of a segment, another stream, a change of the picture's
 * size or format, a step back in time, or a hole longer than 120 ms or 2.5 frame intervals. A live
 * pipeline that has fallen behind passes frames without analysing them until it has caught up.
 *
 * ## Example launch lines
 *
 * |[
 * gst-launch-1.0 -m filesrc location=interview.mp4 ! decodebin ! microexpr ! fakesink sync=false
 * ]| Print every micro-expression of a file.
 * |[
 * gst-launch-1.0 v4l2src ! microexpr kinds=micro+macro+blink overlay=true ! videoconvert !
 * autovideosink
 * ]| Watch a camera with labels.
 * |[
 * gst-launch-1.0 -m rtspsrc location=rtsp://camera/stream ! rtph264depay ! h264parse ! avdec_h264 !
 * queue leaky=downstream max-size-buffers=2 ! microexpr source=door ! fakesink sync=false
 * ]| Analyse a network camera, newest frame first, without ever delaying it.
 *
 * Since: 0.1
 */
#include "config.h"

#include "gstmicroexpr.h"

#include <gst/video/video.h>

#include "gstmicroexprmeta.h"
#include "lookahead.h"
#include "outlet.h"
#include "overlay/caps.h"
#include "overlay/drawer.h"
#include "segment.h"
#include "settings.h"
#include "stream.h"

GST_DEBUG_CATEGORY (gst_microexpr_debug);
#define GST_CAT_DEFAULT gst_microexpr_debug

struct _GstMicroexpr
{
  GstBaseTransform parent;

  GstMicroexprSettings settings; /* object lock */
  GstMicroexprStream *stream;    /* owned; streaming thread, as are the others */
  GstMicroexprOutlet outlet;
  GstMicroexprDrawer drawer;
  GstMicroexprFindings findings; /* of a frame between transform_ip and generate_output */
};

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_MICROEXPR_VIDEO_CAPS));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_MICROEXPR_VIDEO_CAPS));

G_DEFINE_TYPE_WITH_CODE (GstMicroexpr, gst_microexpr, GST_TYPE_BASE_TRANSFORM,
    G_IMPLEMENT_INTERFACE (GST_TYPE_PRESET, NULL))
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (
    microexpr, "microexpr", GST_RANK_NONE, GST_TYPE_MICROEXPR, gst_microexpr_meta_register ())

static void gst_microexpr_finalize (GObject *object);
static void gst_microexpr_set_property (
    GObject *object, guint id, const GValue *value, GParamSpec *pspec);
static void gst_microexpr_get_property (
    GObject *object, guint id, GValue *value, GParamSpec *pspec);
static gboolean gst_microexpr_start (GstBaseTransform *trans);
static gboolean gst_microexpr_stop (GstBaseTransform *trans);
static gboolean gst_microexpr_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out);
static GstCaps *gst_microexpr_transform_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *filter);
static GstCaps *gst_microexpr_fixate_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *others);
static gboolean gst_microexpr_src_event (GstBaseTransform *trans, GstEvent *event);
static gboolean gst_microexpr_sink_event (GstBaseTransform *trans, GstEvent *event);
static gboolean gst_microexpr_query (
    GstBaseTransform *trans, GstPadDirection direction, GstQuery *query);
static gboolean gst_microexpr_propose_allocation (
    GstBaseTransform *trans, GstQuery *decide, GstQuery *query);
static GstFlowReturn gst_microexpr_submit_input_buffer (
    GstBaseTransform *trans, gboolean discont, GstBuffer *buffer);
static GstFlowReturn gst_microexpr_generate_output (GstBaseTransform *trans, GstBuffer **out);
static void gst_microexpr_before_transform (GstBaseTransform *trans, GstBuffer *buffer);
static GstFlowReturn gst_microexpr_transform_ip (GstBaseTransform *trans, GstBuffer *buffer);

static void
gst_microexpr_class_init (GstMicroexprClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans_class = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (gst_microexpr_debug, "microexpr", 0, "facial micro-expressions");

  object_class->finalize = gst_microexpr_finalize;
  object_class->set_property = gst_microexpr_set_property;
  object_class->get_property = gst_microexpr_get_property;
  gst_microexpr_settings_install (object_class);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Micro-expression finder",
      "Filter/Analyzer/Video", "Finds facial micro-expressions and reports them as intervals",
      "the gst-microexpr authors");

  trans_class->start = GST_DEBUG_FUNCPTR (gst_microexpr_start);
  trans_class->stop = GST_DEBUG_FUNCPTR (gst_microexpr_stop);
  trans_class->set_caps = GST_DEBUG_FUNCPTR (gst_microexpr_set_caps);
  trans_class->transform_caps = GST_DEBUG_FUNCPTR (gst_microexpr_transform_caps);
  trans_class->fixate_caps = GST_DEBUG_FUNCPTR (gst_microexpr_fixate_caps);
  trans_class->src_event = GST_DEBUG_FUNCPTR (gst_microexpr_src_event);
  trans_class->sink_event = GST_DEBUG_FUNCPTR (gst_microexpr_sink_event);
  trans_class->query = GST_DEBUG_FUNCPTR (gst_microexpr_query);
  trans_class->propose_allocation = GST_DEBUG_FUNCPTR (gst_microexpr_propose_allocation);
  trans_class->submit_input_buffer = GST_DEBUG_FUNCPTR (gst_microexpr_submit_input_buffer);
  trans_class->generate_output = GST_DEBUG_FUNCPTR (gst_microexpr_generate_output);
  trans_class->before_transform = GST_DEBUG_FUNCPTR (gst_microexpr_before_transform);
  trans_class->transform_ip = GST_DEBUG_FUNCPTR (gst_microexpr_transform_ip);

  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_KINDS, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_INTERPRETATION, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_MESSAGES, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_FACE_DATA, 0);
}

static void
gst_microexpr_init (GstMicroexpr *self)
{
  GstBaseTransform *trans = GST_BASE_TRANSFORM (self);

  gst_base_transform_set_in_place (trans, TRUE);
  gst_microexpr_settings_init (&self->settings);
  self->stream = gst_microexpr_stream_new (trans);
  gst_microexpr_findings_init (&self->findings);
  gst_microexpr_drawer_init (&self->drawer);
  gst_microexpr_outlet_init (&self->outlet, trans, &self->drawer);
}

static void
gst_microexpr_finalize (GObject *object)
{
  GstMicroexpr *self = GST_MICROEXPR (object);

  gst_microexpr_outlet_clear (&self->outlet);
  gst_microexpr_drawer_finalize (&self->drawer);
  gst_microexpr_findings_clear (&self->findings);
  gst_microexpr_stream_free (self->stream);
  gst_microexpr_settings_clear (&self->settings);
  G_OBJECT_CLASS (gst_microexpr_parent_class)->finalize (object);
}

static void
gst_microexpr_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstMicroexpr *self = GST_MICROEXPR (object);
  gboolean known, overlay, lookahead;

  GST_OBJECT_LOCK (self);
  overlay = self->settings.overlay;
  guint64 before_ns = self->settings.lookahead_ns;
  known = gst_microexpr_settings_set (&self->settings, id, value);
  overlay = overlay != self->settings.overlay;
  lookahead = before_ns != self->settings.lookahead_ns;
  GST_OBJECT_UNLOCK (self);
  if (overlay)
    gst_base_transform_reconfigure_src (GST_BASE_TRANSFORM (self));
  if (lookahead)
    gst_element_post_message (GST_ELEMENT (self), gst_message_new_latency (GST_OBJECT (self)));
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_microexpr_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstMicroexpr *self = GST_MICROEXPR (object);
  gboolean known;

  if (id == GST_MICROEXPR_PROP_STATS) {
    g_value_take_boxed (value, gst_microexpr_stream_get_stats (self->stream));
    return;
  }
  GST_OBJECT_LOCK (self);
  known = gst_microexpr_settings_get (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Brings the settings of the streaming thread up to date. */
static void
apply_settings (GstMicroexpr *self)
{
  const GstMicroexprSettings *settings =
      gst_microexpr_stream_apply_settings (self->stream, &self->settings);

  gst_microexpr_outlet_configure (
      &self->outlet, settings->lookahead_ns, settings->overlay, settings->sei);
}

static gboolean
gst_microexpr_start (GstBaseTransform *trans)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  gboolean opened;

  /* The sink pad is already active: upstream may push while the model is being loaded. */
  GST_PAD_STREAM_LOCK (trans->sinkpad);
  apply_settings (self);
  opened = gst_microexpr_stream_open (self->stream);
  GST_PAD_STREAM_UNLOCK (trans->sinkpad);
  return opened;
}

static gboolean
gst_microexpr_stop (GstBaseTransform *trans)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);

  gst_microexpr_outlet_reset (&self->outlet);
  gst_microexpr_stream_close (self->stream);
  gst_microexpr_drawer_clear (&self->drawer);
  gst_microexpr_drawer_offer_again (&self->drawer);
  return TRUE;
}

/* Offer composition caps only when we draw. */
static GstCaps *
gst_microexpr_transform_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *filter)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  gboolean overlay;

  GST_OBJECT_LOCK (self);
  overlay = self->settings.overlay;
  GST_OBJECT_UNLOCK (self);
  if (overlay)
    return gst_microexpr_drawer_transform_caps (&self->drawer, direction, caps, filter);
  return filter ? gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST)
                : gst_caps_ref (caps);
}

static GstCaps *
gst_microexpr_fixate_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *others)
{
  return GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)
      ->fixate_caps (trans, direction, caps, gst_microexpr_overlay_caps_prefer (others));
}

static gboolean
gst_microexpr_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  GstVideoInfo info;

  if (!gst_microexpr_stream_is_open (self->stream))
    return FALSE; /* upstream was faster than start() */
  if (!gst_video_info_from_caps (&info, in))
    gst_video_info_init (&info); /* of no format, which is an error too */
  if (!gst_microexpr_stream_set_info (self->stream, &info)) {
    GST_ERROR_OBJECT (self, "caps %" GST_PTR_FORMAT, (gpointer)in);
    return FALSE;
  }
  gst_microexpr_drawer_set_caps (&self->drawer, &info, in, out);
  return TRUE;
}

static gboolean
gst_microexpr_src_event (GstBaseTransform *trans, GstEvent *event)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  GstClockTime latency;

  if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
    gst_microexpr_drawer_offer_again (&self->drawer);
  if (GST_EVENT_TYPE (event) == GST_EVENT_LATENCY) {
    gst_event_parse_latency (event, &latency);
    gst_microexpr_stream_set_latency (self->stream, latency);
  }
  return GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)->src_event (trans, event);
}

/* Hands over the events that were concluded between frames. */
static void
hand_over_events (GstMicroexpr *self)
{
  GValue events = G_VALUE_INIT;

  gst_microexpr_stream_pop_events (self->stream, &events);
  gst_microexpr_outlet_add_events (&self->outlet, &events);
  g_value_unset (&events);
}

/* After the frames that are held, if it is serialized. */
static gboolean
forward (GstMicroexpr *self, GstEvent *event)
{
  if (GST_EVENT_IS_SERIALIZED (event)) {
    hand_over_events (self);
    gst_microexpr_outlet_drain (&self->outlet);
  }
  return GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)
      ->sink_event (GST_BASE_TRANSFORM (self), event);
}

/* An event after which frames are of another stream, picture or time. */
static gboolean
forward_leaving_place (GstMicroexpr *self, GstEvent *event)
{
  hand_over_events (self);
  gst_microexpr_outlet_leave_place (&self->outlet);
  return forward (self, event);
}

/* Concludes everything before downstream sees the end, of the stream or of a segment seek. */
static gboolean
forward_end (GstMicroexpr *self, GstEvent *event, GstMicroexprResetReason reason)
{
  gst_microexpr_stream_reset (self->stream, reason);
  hand_over_events (self);
  gst_microexpr_outlet_finish (&self->outlet);
  return forward (self, event);
}

/* If it is serialized, in its place between the frames that are held. */
static gboolean
forward_or_hold (GstMicroexpr *self, GstEvent *event)
{
  return (GST_EVENT_IS_SERIALIZED (event) &&
             gst_microexpr_outlet_hold_event (&self->outlet, event)) ||
         forward (self, event);
}

/* Another stream, as in a playlist, shows other people. */
static gboolean
sink_event_stream_start (GstMicroexpr *self, GstEvent *event)
{
  char *before = gst_pad_get_stream_id (GST_BASE_TRANSFORM_SINK_PAD (self));
  const gchar *now;

  gst_event_parse_stream_start (event, &now);
  if (g_strcmp0 (before, now) != 0)
    gst_microexpr_stream_next_stream (self->stream);
  g_free (before);
  return forward_leaving_place (self, event);
}

static gboolean
sink_event_caps (GstMicroexpr *self, GstEvent *event)
{
  GstVideoInfo info;
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  if (gst_video_info_from_caps (&info, caps))
    gst_microexpr_stream_next_info (self->stream, &info);
  if (!forward_leaving_place (self, event))
    return FALSE;
  gst_microexpr_drawer_confirm (&self->drawer, GST_BASE_TRANSFORM (self));
  return TRUE;
}

static gboolean
sink_event_segment (GstMicroexpr *self, GstEvent *event)
{
  const GstSegment *next;
  gboolean handled;

  gst_event_parse_segment (event, &next);
  gst_microexpr_stream_next_segment (self->stream, next);
  handled = forward_leaving_place (self, event);
  gst_microexpr_drawer_reset (&self->drawer);
  return handled;
}

static gboolean
sink_event_tag (GstMicroexpr *self, GstEvent *event)
{
  GstTagList *tags;
  const gchar *orientation;

  gst_event_parse_tag (event, &tags);
  if (gst_tag_list_peek_string_index (tags, GST_TAG_IMAGE_ORIENTATION, 0, &orientation))
    gst_microexpr_stream_set_orientation (self->stream, orientation);
  return forward_or_hold (self, event);
}

static gboolean
sink_event_gap (GstMicroexpr *self, GstEvent *event)
{
  GstClockTime time, duration;

  gst_event_parse_gap (event, &time, &duration);
  gst_microexpr_stream_gap (
      self->stream, GST_CLOCK_TIME_IS_VALID (duration) ? time + duration : time);
  return forward (self, event);
}

static gboolean
sink_event_flush_stop (GstMicroexpr *self, GstEvent *event)
{
  gst_microexpr_outlet_drop (&self->outlet);
  gst_microexpr_stream_reset (self->stream, GST_MICROEXPR_RESET_FLUSH);
  gst_microexpr_drawer_reset (&self->drawer);
  return forward (self, event);
}

/* The events of another microexpr upstream end here, like its metas. */
static gboolean
sink_event_custom (GstMicroexpr *self, GstEvent *event)
{
  if (!gst_event_has_name (event, GST_MICROEXPR_META_NAME))
    return forward_or_hold (self, event);
  gst_event_unref (event);
  return TRUE;
}

static gboolean
gst_microexpr_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);

  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
    return sink_event_stream_start (self, event);
  case GST_EVENT_CAPS:
    return sink_event_caps (self, event);
  case GST_EVENT_SEGMENT:
    return sink_event_segment (self, event);
  case GST_EVENT_TAG:
    return sink_event_tag (self, event);
  case GST_EVENT_GAP:
    return sink_event_gap (self, event);
  case GST_EVENT_FLUSH_STOP:
    return sink_event_flush_stop (self, event);
  case GST_EVENT_EOS:
    return forward_end (self, event, GST_MICROEXPR_RESET_EOS);
  case GST_EVENT_SEGMENT_DONE:
    return forward_end (self, event, GST_MICROEXPR_RESET_SEGMENT_DONE);
  case GST_EVENT_CUSTOM_DOWNSTREAM:
    return sink_event_custom (self, event);
  default: /* such as STREAM_GROUP_DONE, after which EOS may still add events to held frames */
    return forward_or_hold (self, event);
  }
}

/* Controlled properties take their values at this frame. */
static void
gst_microexpr_before_transform (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstSegment segment = gst_microexpr_segment_of (trans);
  GstClockTime time = gst_microexpr_stream_time (&segment, GST_BUFFER_PTS (buffer));

  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
}

/* Analyses; what is found is attached when the frame leaves. */
static GstFlowReturn
gst_microexpr_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);

  if (!gst_microexpr_stream_is_open (self->stream))
    return GST_FLOW_FLUSHING;
  apply_settings (self);
  gst_microexpr_drawer_confirm (&self->drawer, trans);
  if (gst_microexpr_stream_frame (self->stream, buffer, &self->findings))
    return GST_FLOW_OK;
  return gst_microexpr_outlet_no_access (&self->outlet, buffer);
}

static guint64
lookahead_ns (GstMicroexpr *self)
{
  guint64 ns;

  GST_OBJECT_LOCK (self);
  ns = self->settings.lookahead_ns;
  GST_OBJECT_UNLOCK (self);
  return ns;
}

/* Copies a buffer that cannot be held before anything refers to its memory. */
static GstFlowReturn
gst_microexpr_submit_input_buffer (GstBaseTransform *trans, gboolean discont, GstBuffer *buffer)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  GstClockTime interval = gst_microexpr_stream_nominal_interval (self->stream);

  return GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)
      ->submit_input_buffer (
          trans, discont, gst_microexpr_lookahead_own (buffer, lookahead_ns (self), interval));
}

/* Called again until it returns no buffer. */
static GstFlowReturn
gst_microexpr_generate_output (GstBaseTransform *trans, GstBuffer **out)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  GstFlowReturn flow =
      GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)->generate_output (trans, out);

  if (flow != GST_FLOW_OK)
    return flow;
  if (*out)
    gst_microexpr_outlet_hold (&self->outlet, *out, &self->findings);
  return gst_microexpr_outlet_release (&self->outlet, out);
}

static void
add_latency (GstMicroexpr *self, GstQuery *query)
{
  GstClockTime min, max, ns = lookahead_ns (self);
  gboolean live;

  gst_query_parse_latency (query, &live, &min, &max);
  gst_query_set_latency (query, live, min + ns, GST_CLOCK_TIME_IS_VALID (max) ? max + ns : max);
}

static gboolean
gst_microexpr_query (GstBaseTransform *trans, GstPadDirection direction, GstQuery *query)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  gboolean answered;

  if (GST_QUERY_TYPE (query) == GST_QUERY_DRAIN) {
    hand_over_events (self);
    gst_microexpr_outlet_drain (&self->outlet);
  }
  answered = GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)->query (trans, direction, query);
  if (answered && GST_QUERY_TYPE (query) == GST_QUERY_LATENCY)
    add_latency (self, query);
  return answered;
}

/* Asks upstream for as many more buffers as are held. */
static gboolean
gst_microexpr_propose_allocation (GstBaseTransform *trans, GstQuery *decide, GstQuery *query)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  gboolean answered = GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)
                          ->propose_allocation (trans, decide, query);

  return gst_microexpr_lookahead_propose (query, lookahead_ns (self)) || answered;
}
