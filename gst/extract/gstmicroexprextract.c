/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprextract: reads events from the metas of video buffers, or from streams into which it
 * wrote them, and sends each as one buffer. It reads metadata only, so the video may be encoded. */
/**
 * SECTION:element-microexprextract
 * @title: microexprextract
 * @short_description: turns facial events into JSON Lines, CSV, subtitles or KLV
 * @see_also: microexpr
 *
 * Reads the `GstMicroexprMeta` that #microexpr attaches to video buffers and writes every event
 * once. Elements between the two may change or encode the picture, as long as they keep the
 * metadata. It has no properties: the caps that downstream accepts choose the format.
 *
 * * `application/x-ndjson`, also when downstream accepts anything: JSON Lines, one object per event
 *   with the fields of the message `microexpr-event`.
 * * `text/csv`: a header, then one event per line.
 * * `text/x-raw, format=utf8`: the label of the event, from onset to offset, for subtitle encoders,
 *   containers and #textoverlay.
 * * `meta/x-klv`: a KLV packet per event, for #mpegtsmux and #rtpklvpay.
 *
 * It also reads events back: KLV packets of MPEG-TS (#tsdemux) and RTP (#rtpklvdepay), and the user
 * data of H.264 and H.265 (SEI) that #h264parse and #h265parse find. Their times are then those of
 * the stream that was read.
 *
 * `docs/microexprextract.md` describes each format and its fields.
 *
 * A buffer holds one whole line, label or packet. Lines and packets have the time of the video
 * buffer that carried the event, which is when it became known; labels have the time of the onset,
 * which is earlier. The output is marked as sparse: a video buffer without an event becomes a GAP
 * event. Events that follow the last video buffer are written before EOS.
 *
 * ## Example launch lines
 *
 * |[
 * gst-launch-1.0 filesrc location=interview.mp4 ! decodebin ! microexpr ! microexprextract !
 *     filesink location=events.jsonl buffer-mode=unbuffered
 * ]| Writes events to a file, one per line; unbuffered, so that no line is ever half written.
 * |[
 * gst-launch-1.0 filesrc location=interview.mp4 ! decodebin ! microexpr ! microexprextract !
 *     text/csv ! filesink location=events.csv buffer-mode=unbuffered
 * ]| The same as a table.
 * |[
 * gst-launch-1.0 filesrc location=interview.mp4 ! decodebin ! microexpr ! microexprextract !
 *     srtenc ! filesink location=interview.srt buffer-mode=unbuffered
 * ]| Subtitles for a player.
 * |[
 * gst-launch-1.0 filesrc location=interview.mp4 ! decodebin ! microexpr ! tee name=t !
 *     queue max-size-time=0 max-size-bytes=0 ! videoconvert ! x264enc ! mpegtsmux name=mux !
 *     filesink location=interview.ts t. ! queue ! microexprextract ! meta/x-klv ! mux.
 * ]| Events inside a transport stream.
 * |[
 * gst-launch-1.0 filesrc location=interview.ts ! tsdemux ! meta/x-klv ! microexprextract !
 *     filesink location=events.jsonl
 * ]| And out of it.
 *
 * Since: 0.1
 */
#include "config.h"

#include "gstmicroexprextract.h"

#include <gst/video/video.h>

#include "gstmicroexprmeta.h"
#include "klv.h"
#include "sei.h"
#include "sender.h"

GST_DEBUG_CATEGORY (gst_microexpr_extract_debug);
#define GST_CAT_DEFAULT gst_microexpr_extract_debug

struct _GstMicroexprExtract
{
  GstElement parent;

  GstPad *sinkpad, *srcpad; /* owned by the element */

  /* Streaming thread. */
  GstSegment segment; /* position: time of the newest buffer */
  gboolean klv;       /* the buffers are KLV packets */
  GstMicroexprSender sender;
};

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

G_DEFINE_TYPE (GstMicroexprExtract, gst_microexpr_extract, GST_TYPE_ELEMENT)
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (microexprextract, "microexprextract", GST_RANK_NONE,
    GST_TYPE_MICROEXPR_EXTRACT, gst_microexpr_meta_register ())

static GstStateChangeReturn gst_microexpr_extract_change_state (
    GstElement *element, GstStateChange transition);
static GstFlowReturn gst_microexpr_extract_chain (
    GstPad *pad, GstObject *parent, GstBuffer *buffer);
static gboolean gst_microexpr_extract_sink_event (GstPad *pad, GstObject *parent, GstEvent *event);
static gboolean gst_microexpr_extract_sink_query (GstPad *pad, GstObject *parent, GstQuery *query);
static gboolean gst_microexpr_extract_src_event (GstPad *pad, GstObject *parent, GstEvent *event);

/* Derived from the list of formats, so that the pad never offers what cannot be written. */
static void
add_src_template (GstElementClass *element_class)
{
  GstCaps *caps = gst_microexpr_sender_caps ();

  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, caps));
  gst_caps_unref (caps);
}

static void
gst_microexpr_extract_class_init (GstMicroexprExtractClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (
      gst_microexpr_extract_debug, "microexprextract", 0, "facial events as text and packets");

  element_class->change_state = GST_DEBUG_FUNCPTR (gst_microexpr_extract_change_state);
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  add_src_template (element_class);
  gst_element_class_set_static_metadata (element_class, "Micro-expression extractor",
      "Converter/Metadata",
      "Writes facial events on video buffers as JSON Lines, CSV, subtitles or KLV, and reads KLV and "
      "SEI back",
      "the gst-microexpr authors");
}

static void
reset (GstMicroexprExtract *self)
{
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  self->klv = FALSE;
  gst_microexpr_sender_reset (&self->sender);
}

static void
gst_microexpr_extract_init (GstMicroexprExtract *self)
{
  GstElement *element = GST_ELEMENT (self);

  self->sinkpad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sinkpad, GST_DEBUG_FUNCPTR (gst_microexpr_extract_chain));
  gst_pad_set_event_function (self->sinkpad, GST_DEBUG_FUNCPTR (gst_microexpr_extract_sink_event));
  gst_pad_set_query_function (self->sinkpad, GST_DEBUG_FUNCPTR (gst_microexpr_extract_sink_query));
  gst_element_add_pad (element, self->sinkpad);

  self->srcpad = gst_pad_new_from_template (
      gst_element_class_get_pad_template (GST_ELEMENT_GET_CLASS (self), "src"), "src");
  gst_pad_set_event_function (self->srcpad, GST_DEBUG_FUNCPTR (gst_microexpr_extract_src_event));
  gst_pad_use_fixed_caps (self->srcpad);
  gst_element_add_pad (element, self->srcpad);
  gst_microexpr_sender_init (&self->sender, self->srcpad, &self->segment);
  reset (self);
}

static GstStateChangeReturn
gst_microexpr_extract_change_state (GstElement *element, GstStateChange transition)
{
  GstStateChangeReturn result =
      GST_ELEMENT_CLASS (gst_microexpr_extract_parent_class)->change_state (element, transition);

  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    reset (GST_MICROEXPR_EXTRACT (element));
  return result;
}

/* --- events --- */

static const GValue *
events_of_meta (const GstStructure *meta)
{
  return meta ? gst_structure_get_value (meta, "events") : NULL;
}

/* Appends the events that the stream itself carries. Of a buffer on which microexpr put the meta,
 * its user data would say the same again. */
static void
read_carried (const GstMicroexprExtract *self, GstBuffer *buffer, GValue *events)
{
  GstClockTime position = GST_BUFFER_PTS (buffer);

  if (self->klv)
    gst_microexpr_klv_read (buffer, &self->segment, position, events);
  else if (!gst_microexpr_meta_get_structure (buffer))
    gst_microexpr_sei_read (buffer, &self->segment, position, events);
}

static GstFlowReturn
push_arrivals (GstMicroexprExtract *self, GstBuffer *buffer, GstClockTime time, guint *n_pushed)
{
  GstFlowReturn flow = gst_microexpr_sender_send (
      &self->sender, events_of_meta (gst_microexpr_meta_get_structure (buffer)), time, n_pushed);
  GValue carried = G_VALUE_INIT;

  read_carried (self, buffer, &carried);
  if (flow == GST_FLOW_OK)
    flow = gst_microexpr_sender_send (&self->sender, &carried, time, n_pushed);
  g_value_unset (&carried);
  return flow;
}

/* --- the sink pad --- */

/* Time of a buffer: its PTS, or that of the one before it; clamped to the segment, since sinks drop
 * what lies outside. */
static GstClockTime
advance (GstMicroexprExtract *self, GstBuffer *buffer)
{
  GstSegment *segment = &self->segment;

  if (segment->format != GST_FORMAT_TIME)
    return GST_BUFFER_PTS (buffer);
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    segment->position = MAX (GST_BUFFER_PTS (buffer), segment->start);
  if (GST_CLOCK_TIME_IS_VALID (segment->stop) && segment->position >= segment->stop)
    segment->position = MAX (segment->stop - 1, segment->start);
  return segment->position;
}

static GstFlowReturn
gst_microexpr_extract_chain (GstPad *pad G_GNUC_UNUSED, GstObject *parent, GstBuffer *buffer)
{
  GstMicroexprExtract *self = GST_MICROEXPR_EXTRACT (parent);
  GstClockTime time = advance (self, buffer), duration = GST_BUFFER_DURATION (buffer);
  GstFlowReturn flow = gst_microexpr_sender_begin (&self->sender, time);
  guint n_pushed = 0;

  if (flow == GST_FLOW_OK)
    flow = push_arrivals (self, buffer, time, &n_pushed);
  if (flow == GST_FLOW_OK && n_pushed == 0 && GST_CLOCK_TIME_IS_VALID (time))
    gst_pad_push_event (self->srcpad, gst_event_new_gap (time, duration));
  gst_buffer_unref (buffer);
  return flow;
}

/* event: (transfer full) */
static gboolean
handle_caps (GstMicroexprExtract *self, GstEvent *event)
{
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  self->klv = gst_structure_has_name (gst_caps_get_structure (caps, 0), "meta/x-klv");
  gst_event_unref (event);
  return TRUE;
}

/* The output is a stream of its own, with few buffers. event: (transfer full) */
static gboolean
handle_stream_start (GstMicroexprExtract *self, GstEvent *event)
{
  const gchar *video_id;
  char *id;
  GstStreamFlags flags;
  GstEvent *start;
  guint group;

  gst_event_parse_stream_start (event, &video_id);
  gst_event_parse_stream_flags (event, &flags);
  id = g_strconcat (video_id, "/microexpr-events", NULL);
  start = gst_event_new_stream_start (id);
  gst_event_set_stream_flags (start, flags | GST_STREAM_FLAG_SPARSE);
  if (gst_event_parse_group_id (event, &group))
    gst_event_set_group_id (start, group);
  gst_event_set_seqnum (start, gst_event_get_seqnum (event));
  gst_event_unref (event);
  g_free (id);
  return gst_pad_push_event (self->srcpad, start);
}

/* Stream tags describe the video, not the text. event: (transfer full) */
static gboolean
handle_tag (GstMicroexprExtract *self, GstEvent *event)
{
  GstTagList *tags;

  gst_event_parse_tag (event, &tags);
  if (gst_tag_list_get_scope (tags) == GST_TAG_SCOPE_GLOBAL)
    return gst_pad_push_event (self->srcpad, event);
  gst_event_unref (event);
  return TRUE;
}

/* event: (transfer full) */
static gboolean
handle_segment (GstMicroexprExtract *self, GstEvent *event)
{
  gst_event_copy_segment (event, &self->segment);
  self->segment.position = self->segment.start;
  if (!gst_microexpr_sender_negotiate (&self->sender))
    GST_WARNING_OBJECT (self, "downstream accepts none of the formats");
  return gst_pad_push_event (self->srcpad, event);
}

/* Carries the events that came after the last buffer. event: (transfer full) */
static gboolean
handle_custom (GstMicroexprExtract *self, GstEvent *event)
{
  const GstStructure *rest = gst_event_get_structure (event);
  GstFlowReturn flow;
  guint n_pushed = 0;

  if (!rest || !gst_structure_has_name (rest, GST_MICROEXPR_META_NAME))
    return gst_pad_push_event (self->srcpad, event);
  flow = gst_microexpr_sender_begin (&self->sender, self->segment.position);
  if (flow == GST_FLOW_OK)
    flow = gst_microexpr_sender_send (
        &self->sender, events_of_meta (rest), self->segment.position, &n_pushed);
  if (flow == GST_FLOW_NOT_LINKED ||
      flow < GST_FLOW_EOS) /* no buffer follows that could return it */
    GST_ELEMENT_FLOW_ERROR (self, flow);
  gst_event_unref (event);
  return flow == GST_FLOW_OK;
}

/* A stream without buffers gets its header here. event: (transfer full) */
static gboolean
handle_eos (GstMicroexprExtract *self, GstEvent *event)
{
  if (self->sender.format)
    gst_microexpr_sender_begin (&self->sender, self->segment.position);
  return gst_pad_push_event (self->srcpad, event);
}

static gboolean
gst_microexpr_extract_sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstMicroexprExtract *self = GST_MICROEXPR_EXTRACT (parent);

  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
    return handle_stream_start (self, event);
  case GST_EVENT_CAPS:
    return handle_caps (self, event);
  case GST_EVENT_TAG:
    return handle_tag (self, event);
  case GST_EVENT_SEGMENT:
    return handle_segment (self, event);
  case GST_EVENT_CUSTOM_DOWNSTREAM:
    return handle_custom (self, event);
  case GST_EVENT_EOS:
    return handle_eos (self, event);
  case GST_EVENT_FLUSH_STOP:
    gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
    gst_microexpr_sender_forget (&self->sender);
    break;
  default:
    break;
  }
  return gst_pad_event_default (pad, parent, event);
}

/* Pixels are not read, so any layout is accepted. */
static gboolean
gst_microexpr_extract_sink_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return gst_pad_query_default (pad, parent, query);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
  gst_query_add_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL);
  return TRUE;
}

/* QoS and reconfiguration of the text do not concern the video upstream. */
static gboolean
gst_microexpr_extract_src_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS || GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE) {
    gst_event_unref (event);
    return TRUE;
  }
  return gst_pad_event_default (pad, parent, event);
}
