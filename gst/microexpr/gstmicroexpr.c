/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexpr: hands frames to the analysis, decides where the stream breaks, and sends
 * out what was found. The pixels are read, never copied, and changed only to draw the overlay. */
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
 * ## Messages
 *
 * An element message `microexpr-event` tells of each event when it is known, which is after its
 * offset:
 *
 * * #guint64 `timestamp`: buffer time of the onset in ns.
 * * #guint64 `stream-time`: stream time of the onset in ns.
 * * #guint64 `running-time`: running time of the onset in ns.
 * * #guint64 `duration`: offset - onset in ns.
 * * #guint64 `onset`, `apex`, `offset`: the interval, stream time in ns; may lie between frames.
 * * #guint64 `id`: number of the event since READY, from 0; never used again.
 * * #guint `face`: number of the face, the same while it stays in view; never used again.
 * * #gchararray `kind`: `micro`, `macro` or `blink`.
 * * #GstStructure `action-units`: one double per active unit, `AU12=(double)1.9`: its strength, the
 *   displacement of its most moved facial point at the apex in percent of the interpupillary
 *   distance, of the stronger side.
 * * #GstStructure `left`, `right`: the same for the person's own left and right, without units of
 *   the midline.
 * * #gchararray `emotion`: `happiness`, `sadness`, `anger`, `fear`, `disgust`, `surprise`, or
 * `other` when the units fit none. Absent with #GstMicroexpr:interpretation=action-units and for
 * blinks.
 * * #GstStructure `emotions`: one double, 0 to 1, per emotion. Absent likewise.
 * * #gdouble `confidence`: 0 to 1, how likely the event is real. Of micro-expressions fitted to
 *   synthetic movements on photographs and on real talking faces, not to recordings of real ones;
 * of macro-expressions and blinks it only orders them.
 * * #gdouble `intensity`: strongest motion anywhere on the face, percent of the interpupillary
 *   distance.
 * * #gdouble `snr`: `intensity` over the noise of this face at that time.
 * * #guint `x`, `y`, `width`, `height`: box of the face at the apex in pixels.
 * * #gchararray `source`: the property #GstMicroexpr:source, when set.
 * * #gchararray `utc`: wall clock of the onset, ISO 8601; when buffers carry a reference timestamp
 *   (`timestamp/x-unix`, `timestamp/x-ntp`) or the pipeline is live.
 *
 * `microexpr-faces`, when the set of faces changes and #GstMicroexpr:messages has `faces`:
 *
 * * #guint64 `timestamp`, `stream-time`, `running-time`: of the frame, in ns.
 * * #GstValueList `faces`: as in the meta, below.
 * * #gchararray `source`: as above.
 *
 * `microexpr-warning`, when a condition that makes results poor starts, and when it clears:
 *
 * * #guint64 `timestamp`, `stream-time`, `running-time`: of the frame, in ns.
 * * #gchararray `reason`: `frame-rate`, `no-face` ...; docs/microexpr.md lists all.
 * * #gboolean `active`: %TRUE when it starts, %FALSE when it clears.
 * * #gdouble `value`, `limit`: what was measured, and what it should have been.
 * * #gchararray `unit`: of both.
 * * #guint `face`: when it concerns one face.
 * * #gchararray `orientation`: with `no-face`, when a tag says how the picture is to be turned.
 * * #gchararray `source`: as above.
 *
 * ## Metadata
 *
 * Every buffer gets one #GstCustomMeta `GstMicroexprMeta` with two lists of structures: `events`,
 * with the fields above, and `faces`. An event is on the first buffer after it is known, with
 * #GstMicroexpr:lookahead on each of its own, and on the buffers of the 1.2 seconds after the first
 * of them, so that it survives elements that drop buffers: take it once, by its `id`. Each of the
 * `faces` is a structure `face`:
 *
 * * #guint `id`: as `face` of an event.
 * * #guint `x`, `y`, `width`, `height`: box in pixels of this buffer.
 * * #gdouble `ipd`: interpupillary distance in square pixels.
 * * #gdouble `quality`: 0 to 1, how well the face is followed; 0 while it is not measured yet.
 * * #gdouble `motion`, `noise`: motion of the face now and its usual noise, percent of `ipd`.
 * * #GstValueArray `landmarks`: x, y, x, y ... of the 60 points of landmarks.h, double;
 * #GstMicroexpr:face-data.
 * * #GstStructure `units`: strength of every moving action unit now; #GstMicroexpr:face-data.
 * * #GstValueList `regions`: a structure `region` for each that moves now, strongest first, with
 *   `name` and `side` (`left`, `right`, absent on the midline), its place at rest `x`, `y` in
 * pixels, and its motion `dx`, `dy` in percent of `ipd`, right and down; #GstMicroexpr:face-data.
 *
 * It also holds #guint `width` and `height` of the picture that was looked at, and #gboolean
 * `unseen` on a buffer that was not: damaged, late, or without a time.
 *
 * With #GstMicroexpr:lookahead a third list `coming` may hold faces that are not in this frame yet,
 * but in one that is held behind it.
 *
 * Every face also becomes a #GstVideoRegionOfInterestMeta of type `face`, whose `id` is that of the
 * face. Events that are known only at the end of the stream, which no buffer can carry, and those
 * that the last buffers carry, follow in a serialized #GST_EVENT_CUSTOM_DOWNSTREAM with the
 * structure `GstMicroexprMeta` just before EOS; before another segment, caps or stream likewise.
 *
 * ## Breaks
 *
 * No event spans a flush, the end of a segment, a seek, a change of the picture's size or format, a
 * step back in time, or a hole longer than 120 ms or 2.5 frame intervals, to which the usual pause
 * is added where frames come in bursts. What ended before such a break is still reported. Buffers
 * marked as corrupted are not analysed. Nothing is analysed in reverse playback.
 *
 * In a live pipeline that has fallen behind, frames pass without being analysed until it has caught
 * up, with the warning `late`: so no sink has to drop frames because of the analysis, and the delay
 * does not grow.
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

#include "outlet.h"
#include "overlay/caps.h"
#include "segment.h"
#include "settings.h"
#include "stats.h"
#include "stream.h"

GST_DEBUG_CATEGORY (gst_microexpr_debug);
#define GST_CAT_DEFAULT gst_microexpr_debug

struct _GstMicroexpr
{
  GstBaseTransform parent;

  GstMicroexprSettings settings; /* object lock */
  GstMicroexprStream stream;     /* streaming thread; `stats` in it: object lock */
  GstMicroexprOutlet outlet;     /* streaming thread */
};

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_MICROEXPR_VIDEO_CAPS));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_MICROEXPR_VIDEO_CAPS));

G_DEFINE_TYPE_WITH_CODE (GstMicroexpr, gst_microexpr, GST_TYPE_BASE_TRANSFORM,
    G_IMPLEMENT_INTERFACE (GST_TYPE_PRESET, NULL))
GST_ELEMENT_REGISTER_DEFINE (microexpr, "microexpr", GST_RANK_NONE, GST_TYPE_MICROEXPR)

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
  gst_microexpr_stream_init (&self->stream, trans);
  gst_microexpr_outlet_init (&self->outlet, trans, &self->stream);
}

static void
gst_microexpr_finalize (GObject *object)
{
  GstMicroexpr *self = GST_MICROEXPR (object);

  gst_microexpr_outlet_clear (&self->outlet);
  gst_microexpr_stream_clear (&self->stream);
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
  gboolean known = TRUE;

  GST_OBJECT_LOCK (self);
  if (id == GST_MICROEXPR_PROP_STATS)
    g_value_take_boxed (value, gst_microexpr_stats_to_structure (&self->stream.stats));
  else
    known = gst_microexpr_settings_get (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Brings the settings of the streaming thread up to date. TRUE: they have changed. */
static gboolean
take_settings (GstMicroexpr *self)
{
  GstMicroexprSettings *active = &self->stream.reporter.settings;
  gboolean changed;

  GST_OBJECT_LOCK (self);
  changed = active->serial != self->settings.serial;
  if (changed)
    gst_microexpr_settings_copy (active, &self->settings);
  GST_OBJECT_UNLOCK (self);
  return changed;
}

static gboolean
gst_microexpr_start (GstBaseTransform *trans)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  gboolean opened;

  /* The pad is active already: upstream may push while the model is loaded. */
  GST_PAD_STREAM_LOCK (trans->sinkpad);
  take_settings (self);
  opened = gst_microexpr_stream_open (&self->stream);
  GST_PAD_STREAM_UNLOCK (trans->sinkpad);
  return opened;
}

static gboolean
gst_microexpr_stop (GstBaseTransform *trans)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);

  gst_microexpr_outlet_drop (&self->outlet);
  gst_microexpr_stream_close (&self->stream);
  gst_microexpr_drawer_clear (&self->outlet.drawer);
  gst_microexpr_drawer_offer_again (&self->outlet.drawer);
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
    return gst_microexpr_drawer_transform_caps (&self->outlet.drawer, direction, caps, filter);
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

#define MAX_PIXEL_ASPECT 16.0 /* width over height of a pixel, or the inverse */

/* A pixel aspect ratio that no camera has would blow the picture up beyond measure. */
static gboolean
has_usable_pixels (const GstVideoInfo *info)
{
  gdouble aspect = (gdouble)info->par_n / MAX (info->par_d, 1);

  return aspect >= 1 / MAX_PIXEL_ASPECT && aspect <= MAX_PIXEL_ASPECT;
}

static gboolean
gst_microexpr_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  GstVideoInfo info;
  gboolean valid = gst_video_info_from_caps (&info, in);

  if (!self->stream.analyzer)
    return FALSE; /* upstream was faster than start() */
  if (valid && !has_usable_pixels (&info)) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT,
        ("Unsupported pixel aspect ratio %d/%d (1/16 to 16); put videoscale before this element.",
            info.par_n, info.par_d),
        (NULL));
    return FALSE;
  }
  if (!valid || !gst_microexpr_stream_set_info (&self->stream, &info)) {
    GST_ERROR_OBJECT (self, "caps %" GST_PTR_FORMAT, (gpointer)in);
    GST_ELEMENT_ERROR (self, STREAM, FORMAT,
        ("Cannot read the luma of this video; put videoconvert before this element."), (NULL));
    return FALSE;
  }
  gst_microexpr_drawer_set_caps (&self->outlet.drawer, &info, in, out);
  return TRUE;
}

static gboolean
gst_microexpr_src_event (GstBaseTransform *trans, GstEvent *event)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  GstClockTime latency;

  if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
    gst_microexpr_drawer_offer_again (&self->outlet.drawer);
  if (GST_EVENT_TYPE (event) == GST_EVENT_LATENCY) {
    gst_event_parse_latency (event, &latency);
    gst_microexpr_stream_set_latency (&self->stream, latency);
  }
  return GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)->src_event (trans, event);
}

static void
handle_caps (GstMicroexpr *self, GstEvent *event)
{
  GstVideoInfo info;
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  if (gst_video_info_from_caps (&info, caps))
    gst_microexpr_stream_next_info (&self->stream, &info);
}

static void
handle_gap (GstMicroexpr *self, GstEvent *event)
{
  GstClockTime time, duration;

  gst_event_parse_gap (event, &time, &duration);
  gst_microexpr_stream_gap (
      &self->stream, GST_CLOCK_TIME_IS_VALID (duration) ? time + duration : time);
}

static void
handle_segment (GstMicroexpr *self, GstEvent *event)
{
  const GstSegment *next;

  gst_event_parse_segment (event, &next);
  gst_microexpr_stream_next_segment (&self->stream, next);
}

/* Another stream, as in a playlist, shows other people. */
static void
handle_stream_start (GstMicroexpr *self, GstEvent *event)
{
  char *before = gst_pad_get_stream_id (GST_BASE_TRANSFORM_SINK_PAD (self));
  const gchar *now;

  gst_event_parse_stream_start (event, &now);
  if (g_strcmp0 (before, now) != 0) {
    gst_microexpr_stream_reset (&self->stream, GST_MICROEXPR_RESET_STREAM);
    gst_microexpr_reporter_begin_stream (&self->stream.reporter);
  }
  g_free (before);
}

static void
handle_tag (GstMicroexpr *self, GstEvent *event)
{
  GstTagList *tags;
  const gchar *orientation;

  gst_event_parse_tag (event, &tags);
  if (gst_tag_list_peek_string_index (tags, GST_TAG_IMAGE_ORIENTATION, 0, &orientation))
    gst_microexpr_reporter_set_orientation (&self->stream.reporter, orientation);
}

/* Concludes everything before downstream sees the end, of the stream or of a segment seek. */
static void
handle_end (GstMicroexpr *self, GstMicroexprResetReason reason)
{
  gst_microexpr_stream_reset (&self->stream, reason);
  gst_microexpr_outlet_finish (&self->outlet);
}

/* Whether the frames after it are of another stream, picture or time. */
static gboolean
leaves_place (GstEvent *event)
{
  return GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START ||
         GST_EVENT_TYPE (event) == GST_EVENT_CAPS || GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT;
}

static gboolean
gst_microexpr_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  gboolean caps = GST_EVENT_TYPE (event) == GST_EVENT_CAPS, handled;

  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
    handle_stream_start (self, event);
    break;
  case GST_EVENT_TAG:
    handle_tag (self, event);
    if (gst_microexpr_lookahead_hold_event (&self->outlet.held, event))
      return TRUE;
    break;
  case GST_EVENT_STREAM_GROUP_DONE: /* demuxers send it before EOS, which may still find events */
    if (gst_microexpr_lookahead_hold_event (&self->outlet.held, event))
      return TRUE;
    break;
  case GST_EVENT_CAPS:
    handle_caps (self, event);
    break;
  case GST_EVENT_SEGMENT:
    handle_segment (self, event);
    break;
  case GST_EVENT_FLUSH_STOP:
    gst_microexpr_outlet_drop (&self->outlet);
    gst_microexpr_stream_reset (&self->stream, GST_MICROEXPR_RESET_FLUSH);
    gst_microexpr_drawer_reset (&self->outlet.drawer);
    break;
  case GST_EVENT_GAP:
    handle_gap (self, event);
    break;
  case GST_EVENT_EOS:
    handle_end (self, GST_MICROEXPR_RESET_EOS);
    break;
  case GST_EVENT_CUSTOM_DOWNSTREAM:
    if (gst_event_has_name (event, GST_MICROEXPR_META_NAME)) { /* of another microexpr upstream */
      gst_event_unref (event);
      return TRUE;
    }
    break;
  case GST_EVENT_SEGMENT_DONE:
    handle_end (self, GST_MICROEXPR_RESET_SEGMENT_DONE);
    break;
  default:
    break;
  }
  if (GST_EVENT_IS_SERIALIZED (event))
    gst_microexpr_outlet_drain (&self->outlet);
  if (leaves_place (event))
    gst_microexpr_outlet_leave_place (&self->outlet);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    gst_microexpr_drawer_reset (&self->outlet.drawer);
  handled = GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)->sink_event (trans, event);
  if (caps && handled)
    gst_microexpr_drawer_confirm (&self->outlet.drawer, trans);
  return handled;
}

/* Brings controlled properties to their value at this frame. */
static void
gst_microexpr_before_transform (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstSegment segment = gst_microexpr_segment_of (trans);
  GstClockTime time = gst_microexpr_stream_time (&segment, buffer);

  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
}

/* Analyses; what was found is attached when the frame leaves. */
static GstFlowReturn
gst_microexpr_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);

  if (!self->stream.analyzer)
    return GST_FLOW_FLUSHING;
  if (take_settings (self))
    gst_microexpr_stream_configure (&self->stream);
  gst_microexpr_drawer_confirm (&self->outlet.drawer, trans);
  if (gst_microexpr_stream_frame (&self->stream, buffer, &self->outlet.time))
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

/* A buffer is replaced before anything shares its memory. */
static GstFlowReturn
gst_microexpr_submit_input_buffer (GstBaseTransform *trans, gboolean discont, GstBuffer *buffer)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  guint n = gst_microexpr_lookahead_n_frames (lookahead_ns (self), self->stream.continuity.nominal);

  return GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)
      ->submit_input_buffer (trans, discont, gst_microexpr_lookahead_own (buffer, n));
}

/* Called until it has nothing more to give. */
static GstFlowReturn
gst_microexpr_generate_output (GstBaseTransform *trans, GstBuffer **out)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  GstFlowReturn flow =
      GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)->generate_output (trans, out);

  if (flow != GST_FLOW_OK)
    return flow;
  if (*out)
    gst_microexpr_outlet_hold (&self->outlet, *out);
  return gst_microexpr_outlet_release (
      &self->outlet, self->stream.reporter.settings.lookahead_ns, out);
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

  if (GST_QUERY_TYPE (query) == GST_QUERY_DRAIN)
    gst_microexpr_outlet_drain (&self->outlet);
  answered = GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)->query (trans, direction, query);
  if (answered && GST_QUERY_TYPE (query) == GST_QUERY_LATENCY)
    add_latency (self, query);
  return answered;
}

/* Whoever makes the buffers is told how many of them stay here. */
static gboolean
gst_microexpr_propose_allocation (GstBaseTransform *trans, GstQuery *decide, GstQuery *query)
{
  GstMicroexpr *self = GST_MICROEXPR (trans);
  gboolean answered = GST_BASE_TRANSFORM_CLASS (gst_microexpr_parent_class)
                          ->propose_allocation (trans, decide, query);
  guint64 ns = lookahead_ns (self);
  GstVideoInfo info;
  GstCaps *caps;

  gst_query_parse_allocation (query, &caps, NULL);
  if (ns == 0 || !caps || !gst_video_info_from_caps (&info, caps))
    return answered;
  gst_microexpr_lookahead_propose (query, GST_VIDEO_INFO_SIZE (&info),
      gst_microexpr_lookahead_n_frames (ns, gst_microexpr_stream_interval (&info)));
  return TRUE;
}
