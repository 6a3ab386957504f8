/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexproverlay: draws faces, labels and a timeline from the metas that microexpr
 * has attached upstream, and covers faces. Pixels are written only where that changes them. */
/**
 * SECTION:element-microexproverlay
 * @title: microexproverlay
 * @short_description: draws what microexpr has found
 * @see_also: microexpr
 *
 * Draws the faces and events in the #GstCustomMeta `GstMicroexprMeta` that an element microexpr
 * upstream has attached: a box around each face with its number, a label at the face while an event
 * is shown ("surprise 82 % AU1+2 left 1.9 % 180 ms": what, confidence, action units and side,
 * strength, duration), and the motion of up to three faces over the last ten seconds with its noise
 * floor and the events as coloured spans. `microexpr overlay=true` draws the same with the defaults
 * of this element; between the two there may be a queue, an encoder and a network that keep metas.
 *
 * When downstream draws #GstVideoOverlayCompositionMeta itself, which it says in its caps and in
 * its answer to the ALLOCATION query, the drawing is attached and no pixel is touched. Otherwise it
 * is blended into the picture, in any raw format; shared memory is copied first. A buffer on which
 * nothing is drawn is never copied.
 *
 * With #GstMicroexprOverlayFilter:anonymize every face of the metas is covered before anything is
 * drawn, and with #GstMicroexprOverlayFilter:anonymize-fallback the whole picture while it may
 * hold a face that is not detected. A face that is never detected is not covered.
 *
 * Events that are known only at the end of the stream come as a serialized
 * #GST_EVENT_CUSTOM_DOWNSTREAM; they are shown on the frames that follow, if any do, and the event
 * is forwarded.
 *
 * ## Example launch lines
 *
 * |[
 * gst-launch-1.0 microexprtestsrc ! microexpr face-data=landmarks !
 *     microexproverlay draw=boxes+labels+landmarks font="Sans Bold 14" !
 *     videoconvert ! autovideosink
 * ]| Labels and landmarks, no timeline.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! videoconvert !
 *     microexpr kinds=micro+macro+blink ! tee name=t
 *     t. ! queue ! microexproverlay kinds=micro ! videoconvert ! x264enc ! mp4mux !
 *     filesink location=out.mp4
 *     t. ! queue ! fakesink
 * ]| Everything is analysed, micro-expressions are drawn, and one branch stays clean.
 *
 * Since: 0.1
 */
#include "config.h"

#include "gstmicroexproverlay.h"

#include <gst/video/video.h>

#include "gstmicroexprenums.h"
#include "gstmicroexprmeta.h"
#include "anonymizer.h"
#include "caps.h"
#include "drawer.h"
#include "settings.h"
#include "segment.h"

GST_DEBUG_CATEGORY_STATIC (gst_microexpr_overlay_filter_debug);
#define GST_CAT_DEFAULT gst_microexpr_overlay_filter_debug

struct _GstMicroexprOverlayFilter
{
  GstBaseTransform parent;

  GstMicroexprOverlaySettings settings; /* object lock */
  GstMicroexprOverlaySettings active;   /* streaming thread: those in force */
  GstMicroexprAnonymizer anonymizer;    /* streaming thread */
  GstMicroexprDrawer drawer;            /* streaming thread */
};

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_MICROEXPR_VIDEO_CAPS));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_MICROEXPR_VIDEO_CAPS));

#define gst_microexpr_overlay_filter_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE (GstMicroexprOverlayFilter, gst_microexpr_overlay_filter,
    GST_TYPE_BASE_TRANSFORM, G_IMPLEMENT_INTERFACE (GST_TYPE_PRESET, NULL))
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (microexproverlay, "microexproverlay", GST_RANK_NONE,
    GST_TYPE_MICROEXPR_OVERLAY_FILTER, gst_microexpr_meta_register ())

static void gst_microexpr_overlay_filter_finalize (GObject *object);
static void gst_microexpr_overlay_filter_set_property (
    GObject *object, guint id, const GValue *value, GParamSpec *pspec);
static void gst_microexpr_overlay_filter_get_property (
    GObject *object, guint id, GValue *value, GParamSpec *pspec);
static gboolean gst_microexpr_overlay_filter_stop (GstBaseTransform *trans);
static GstCaps *gst_microexpr_overlay_filter_transform_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *filter);
static GstCaps *gst_microexpr_overlay_filter_fixate_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *others);
static gboolean gst_microexpr_overlay_filter_set_caps (
    GstBaseTransform *trans, GstCaps *in, GstCaps *out);
static gboolean gst_microexpr_overlay_filter_src_event (GstBaseTransform *trans, GstEvent *event);
static gboolean gst_microexpr_overlay_filter_sink_event (GstBaseTransform *trans, GstEvent *event);
static void gst_microexpr_overlay_filter_before_transform (
    GstBaseTransform *trans, GstBuffer *buffer);
static GstFlowReturn gst_microexpr_overlay_filter_transform_ip (
    GstBaseTransform *trans, GstBuffer *buffer);

static void
gst_microexpr_overlay_filter_class_init (GstMicroexprOverlayFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans_class = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (
      gst_microexpr_overlay_filter_debug, "microexproverlay", 0, "drawing of micro-expressions");

  object_class->finalize = gst_microexpr_overlay_filter_finalize;
  object_class->set_property = gst_microexpr_overlay_filter_set_property;
  object_class->get_property = gst_microexpr_overlay_filter_get_property;
  gst_microexpr_overlay_settings_install (object_class);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Micro-expression overlay",
      "Filter/Editor/Video", "Draws the faces and events that microexpr has found",
      "the gst-microexpr authors");

  trans_class->stop = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_stop);
  trans_class->transform_caps = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_transform_caps);
  trans_class->fixate_caps = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_fixate_caps);
  trans_class->set_caps = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_set_caps);
  trans_class->src_event = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_src_event);
  trans_class->sink_event = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_sink_event);
  trans_class->before_transform = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_before_transform);
  trans_class->transform_ip = GST_DEBUG_FUNCPTR (gst_microexpr_overlay_filter_transform_ip);

  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_DRAW, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_ANONYMIZE, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_FALLBACK, 0);
}

static void
gst_microexpr_overlay_filter_init (GstMicroexprOverlayFilter *self)
{
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_microexpr_overlay_settings_init (&self->settings);
  gst_microexpr_overlay_settings_init (&self->active);
  gst_microexpr_anonymizer_init (&self->anonymizer);
  gst_microexpr_drawer_init (&self->drawer);
}

static void
gst_microexpr_overlay_filter_finalize (GObject *object)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (object);

  gst_microexpr_drawer_finalize (&self->drawer);
  gst_microexpr_anonymizer_clear (&self->anonymizer);
  gst_microexpr_overlay_settings_clear (&self->active);
  gst_microexpr_overlay_settings_clear (&self->settings);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
gst_microexpr_overlay_filter_set_property (
    GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (object);
  gboolean known;

  GST_OBJECT_LOCK (self);
  known = gst_microexpr_overlay_settings_set (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_microexpr_overlay_filter_get_property (
    GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (object);
  gboolean known;

  GST_OBJECT_LOCK (self);
  known = gst_microexpr_overlay_settings_get (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Brings the settings of the streaming thread up to date. */
static void
update_settings (GstMicroexprOverlayFilter *self)
{
  gboolean changed;

  GST_OBJECT_LOCK (self);
  changed = self->active.serial != self->settings.serial;
  if (changed)
    gst_microexpr_overlay_settings_copy (&self->active, &self->settings);
  GST_OBJECT_UNLOCK (self);
  if (changed)
    gst_microexpr_drawer_set_look (&self->drawer, &self->active.look);
}

static gboolean
gst_microexpr_overlay_filter_stop (GstBaseTransform *trans)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (trans);

  gst_microexpr_anonymizer_reset (&self->anonymizer);
  gst_microexpr_drawer_clear (&self->drawer);
  gst_microexpr_drawer_offer_again (&self->drawer);
  return TRUE;
}

static GstCaps *
gst_microexpr_overlay_filter_transform_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *filter)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (trans);

  return gst_microexpr_drawer_transform_caps (&self->drawer, direction, caps, filter);
}

static GstCaps *
gst_microexpr_overlay_filter_fixate_caps (
    GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps, GstCaps *others)
{
  return GST_BASE_TRANSFORM_CLASS (parent_class)
      ->fixate_caps (trans, direction, caps, gst_microexpr_overlay_caps_prefer (others));
}

static gboolean
gst_microexpr_overlay_filter_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (trans);
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, in)) {
    GST_ERROR_OBJECT (self, "caps %" GST_PTR_FORMAT, (gpointer)in);
    return FALSE;
  }
  update_settings (self);
  gst_microexpr_anonymizer_set_info (&self->anonymizer, &info);
  gst_microexpr_drawer_set_caps (&self->drawer, &info, in, out);
  return TRUE;
}

static gboolean
gst_microexpr_overlay_filter_src_event (GstBaseTransform *trans, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
    gst_microexpr_drawer_offer_again (&GST_MICROEXPR_OVERLAY_FILTER (trans)->drawer);
  return GST_BASE_TRANSFORM_CLASS (parent_class)->src_event (trans, event);
}

/* A segment that differs only in its base continues the stream times before it. */
static gboolean
changes_stream_time (GstBaseTransform *trans, GstEvent *event)
{
  GstSegment now = gst_microexpr_segment_of (trans);
  const GstSegment *next;

  gst_event_parse_segment (event, &next);
  return now.format != next->format || now.rate < next->rate || now.rate > next->rate ||
         now.start != next->start || now.time != next->time;
}

static void
reset (GstMicroexprOverlayFilter *self)
{
  gst_microexpr_anonymizer_reset (&self->anonymizer);
  gst_microexpr_drawer_reset (&self->drawer);
}

/* Cover art and thumbnails may show the person. Takes the event. */
static GstEvent *
without_pictures (GstEvent *event)
{
  static const char *const pictures[] = { GST_TAG_IMAGE, GST_TAG_PREVIEW_IMAGE,
    GST_TAG_ATTACHMENT };
  GstTagList *tags;
  GstEvent *stripped;

  gst_event_parse_tag (event, &tags);
  tags = gst_tag_list_copy (tags);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    gst_tag_list_remove_tag (tags, pictures[i]);
  stripped = gst_event_new_tag (tags);
  gst_event_set_seqnum (stripped, gst_event_get_seqnum (event));
  gst_event_unref (event);
  return stripped;
}

static gboolean
gst_microexpr_overlay_filter_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (trans);
  gboolean caps = GST_EVENT_TYPE (event) == GST_EVENT_CAPS, handled;

  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_SEGMENT:
    if (changes_stream_time (trans, event))
      reset (self);
    break;
  case GST_EVENT_FLUSH_STOP:
  case GST_EVENT_STREAM_START:
    reset (self);
    break;
  case GST_EVENT_TAG:
    update_settings (self);
    if (self->active.anonymize != GST_MICROEXPR_ANONYMIZE_NONE)
      event = without_pictures (event);
    break;
  case GST_EVENT_CUSTOM_DOWNSTREAM:
    gst_microexpr_drawer_push_events (&self->drawer, event);
    break;
  default:
    break;
  }
  handled = GST_BASE_TRANSFORM_CLASS (parent_class)->sink_event (trans, event);
  if (caps && handled)
    gst_microexpr_drawer_confirm (&self->drawer, trans);
  return handled;
}

/* Brings controlled properties to their value at this frame. */
static void
gst_microexpr_overlay_filter_before_transform (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstSegment segment = gst_microexpr_segment_of (trans);
  GstClockTime time = gst_microexpr_stream_time (&segment, GST_BUFFER_PTS (buffer));

  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
}

/* FALSE: the pixels cannot be written. */
static gboolean
cover (GstMicroexprOverlayFilter *self, GstBuffer *buffer, GstClockTime time)
{
  GstMicroexprAnonymize how = self->active.anonymize;

  if (how != GST_MICROEXPR_ANONYMIZE_NONE)
    return gst_microexpr_anonymizer_apply (
        &self->anonymizer, buffer, &self->drawer.info, time, how, self->active.fallback);
  gst_microexpr_anonymizer_reset (&self->anonymizer);
  return TRUE;
}

static GstFlowReturn
no_access (GstMicroexprOverlayFilter *self, GstBuffer *buffer)
{
  GST_ERROR_OBJECT (self, "cannot map %" GST_PTR_FORMAT, (gpointer)buffer);
  GST_ELEMENT_ERROR (self, STREAM, FORMAT,
      ("The pixels of a buffer cannot be written; put videoconvert before this element."), (NULL));
  return GST_FLOW_ERROR;
}

/* A picture that cannot be covered must not be shown. */
static GstFlowReturn
drop_damaged (GstMicroexprOverlayFilter *self, GstBuffer *buffer)
{
  GST_WARNING_OBJECT (self, "dropped: cannot map %" GST_PTR_FORMAT, (gpointer)buffer);
  return GST_BASE_TRANSFORM_FLOW_DROPPED;
}

static GstFlowReturn
gst_microexpr_overlay_filter_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstMicroexprOverlayFilter *self = GST_MICROEXPR_OVERLAY_FILTER (trans);
  GstSegment segment = gst_microexpr_segment_of (trans);
  GstClockTime time = gst_microexpr_stream_time (&segment, GST_BUFFER_PTS (buffer));

  update_settings (self);
  gst_microexpr_drawer_confirm (&self->drawer, trans);
  if (!cover (self, buffer, time))
    return self->anonymizer.succeeded ? drop_damaged (self, buffer) : no_access (self, buffer);
  return gst_microexpr_drawer_draw (&self->drawer, buffer, time) ? GST_FLOW_OK
                                                                 : no_access (self, buffer);
}
