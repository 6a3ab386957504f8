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
 * A buffer holds one whole line or one label. Lines have the time of the video buffer that carried
 * the event, which is when it became known; labels have the time of the onset, which is earlier.
 * The output is marked as sparse: a video buffer without an event becomes a GAP event. Events that
 * follow the last video buffer are written before EOS.
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

#include "carried.h"
#include "event-label.h"
#include "format.h"
#include "gstmicroexprmeta.h"
#include "klv.h"
#include "seen.h"
#include "sei.h"
#include "structure-list.h"

GST_DEBUG_CATEGORY_STATIC (gst_microexpr_extract_debug);
#define GST_CAT_DEFAULT gst_microexpr_extract_debug

struct _GstMicroexprExtract
{
  GstElement parent;

  GstPad *sinkpad, *srcpad; /* owned by the element */

  /* Streaming thread. */
  GstSegment segment;               /* position: time of the newest buffer */
  gboolean klv;                     /* the buffers are KLV packets */
  const GstMicroexprFormat *format; /* NULL: not chosen yet */
  gboolean begun;                   /* the header has been sent, or the format has none */
  GstMicroexprSeen seen;
};

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static const GstMicroexprFormat *const formats[] = { GST_MICROEXPR_FORMATS };

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
  GstCaps *caps = gst_caps_new_empty ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gst_caps_append (caps, gst_caps_from_string (formats[i]->caps));
  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, caps));
  gst_caps_unref (caps);
}

static void
gst_microexpr_extract_class_init (GstMicroexprExtractClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (
      gst_microexpr_extract_debug, "microexprextract", 0, "facial events as text");

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
  self->format = NULL;
  self->begun = FALSE;
  self->seen.n = 0;
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

/* --- the format --- */

/* The format whose buffers have these caps, or NULL. */
static const GstMicroexprFormat *
find_format (const GstCaps *caps)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    GstCaps *own = gst_caps_from_string (formats[i]->caps);
    gboolean matches = gst_caps_can_intersect (caps, own);

    gst_caps_unref (own);
    if (matches)
      return formats[i];
  }
  return NULL;
}

static void
use_format (GstMicroexprExtract *self, const GstMicroexprFormat *format)
{
  if (format != self->format)
    self->begun = format->header == NULL;
  self->format = format;
}

/* Chooses a format that downstream accepts; again whenever downstream asks for it. FALSE: it
 * accepts none. */
static gboolean
negotiate (GstMicroexprExtract *self)
{
  const GstMicroexprFormat *format;
  GstCaps *wanted, *caps;
  gboolean accepted;

  if (!gst_pad_check_reconfigure (self->srcpad) && self->format)
    return TRUE;
  wanted = gst_pad_get_pad_template_caps (self->srcpad);
  caps = gst_pad_peer_query_caps (self->srcpad, wanted);
  gst_caps_unref (wanted);
  if (!gst_caps_is_empty (caps))
    caps = gst_caps_fixate (caps);
  format = find_format (caps);
  if (!format) {
    gst_pad_mark_reconfigure (self->srcpad);
    gst_caps_unref (caps);
    return FALSE;
  }
  GST_DEBUG_OBJECT (self, "writes %" GST_PTR_FORMAT, (gpointer)caps);
  use_format (self, format);
  accepted = gst_pad_push_event (self->srcpad, gst_event_new_caps (caps));
  gst_caps_unref (caps);
  return accepted;
}

/* --- events to buffers --- */

/* bytes: (transfer full) */
static GstFlowReturn
push_bytes (GstMicroexprExtract *self, GBytes *bytes, GstClockTime time, GstClockTime duration)
{
  GstBuffer *buffer = gst_buffer_new_wrapped_bytes (bytes);

  g_bytes_unref (bytes);
  GST_BUFFER_PTS (buffer) = time;
  GST_BUFFER_DURATION (buffer) = duration;
  return gst_pad_push (self->srcpad, buffer);
}

/* Sends the header, if it has not been sent. */
static GstFlowReturn
push_header (GstMicroexprExtract *self, GstClockTime time)
{
  if (self->begun)
    return GST_FLOW_OK;
  self->begun = TRUE;
  return push_bytes (self, self->format->header (self->format), time, GST_CLOCK_TIME_NONE);
}

/* Position of the onset in this segment. An encoder may have shifted the timestamps of buffers
 * since the event was found, but not running time or stream time. */
static GstClockTime
find_onset (const GstMicroexprExtract *self, const GstStructure *event)
{
  guint64 time, position;

  if (self->segment.format != GST_FORMAT_TIME)
    return GST_CLOCK_TIME_NONE;
  if (gst_structure_get_uint64 (event, "running-time", &time) && GST_CLOCK_TIME_IS_VALID (time) &&
      gst_segment_position_from_running_time_full (
          &self->segment, GST_FORMAT_TIME, time, &position) == 1)
    return position;
  if (gst_structure_get_uint64 (event, "onset", &time) && GST_CLOCK_TIME_IS_VALID (time) &&
      gst_segment_position_from_stream_time_full (
          &self->segment, GST_FORMAT_TIME, time, &position) == 1)
    return position;
  return GST_CLOCK_TIME_NONE;
}

/* Shows an event from onset to offset, clipped to the segment, since sinks drop what lies outside.
 * known: time of the video buffer, used when all of it lies outside. */
static GstFlowReturn
push_timed (GstMicroexprExtract *self, const GstStructure *event, GstClockTime known)
{
  GstClockTime onset = find_onset (self, event);
  guint64 duration = 0, start, stop;

  gst_structure_get_uint64 (event, "duration", &duration);
  if (GST_CLOCK_TIME_IS_VALID (onset) &&
      gst_segment_clip (&self->segment, GST_FORMAT_TIME, onset, onset + duration, &start, &stop))
    return push_bytes (self, self->format->event (self->format, event), start, stop - start);
  return push_bytes (self, self->format->event (self->format, event), known, duration);
}

/* Sends an event with its age. */
static GstFlowReturn
push_carried (GstMicroexprExtract *self, const GstStructure *event, GstClockTime known)
{
  GstClockTime now = gst_segment_to_running_time (&self->segment, GST_FORMAT_TIME, known);
  GstStructure *carried = gst_microexpr_carried_new (event, now);
  GstFlowReturn flow =
      push_bytes (self, self->format->event (self->format, carried), known, GST_CLOCK_TIME_NONE);

  gst_structure_free (carried);
  return flow;
}

static GstFlowReturn
push_event (GstMicroexprExtract *self, const GstStructure *event, GstClockTime known)
{
  GST_LOG_OBJECT (self, "%" GST_PTR_FORMAT, (gpointer)event);
  if (self->format->timed)
    return push_timed (self, event, known);
  if (self->format->carried)
    return push_carried (self, event, known);
  return push_bytes (self, self->format->event (self->format, event), known, GST_CLOCK_TIME_NONE);
}

/* Subtitles are drawn, thus without candidates. */
static gboolean
is_written (const GstMicroexprExtract *self, const GstStructure *event)
{
  return !self->format->timed || !gst_microexpr_event_is_candidate (event);
}

/* Writes those of a list of events (or NULL) that have not been written; counts them. */
static GstFlowReturn
push_events (GstMicroexprExtract *self, const GValue *events, GstClockTime known, guint *n_pushed)
{
  guint n = events && GST_VALUE_HOLDS_LIST (events) ? gst_value_list_get_size (events) : 0;
  GstFlowReturn flow = GST_FLOW_OK;

  for (guint i = 0; i < n && flow == GST_FLOW_OK; i++) {
    const GValue *event = gst_value_list_get_value (events, i);

    if (GST_VALUE_HOLDS_STRUCTURE (event) && is_written (self, gst_value_get_structure (event)) &&
        gst_microexpr_seen_add (&self->seen, gst_value_get_structure (event))) {
      flow = push_event (self, gst_value_get_structure (event), known);
      *n_pushed += 1;
    }
  }
  return flow;
}

static const GValue *
events_of_meta (const GstStructure *meta)
{
  return meta ? gst_structure_get_value (meta, "events") : NULL;
}

/* Events come on metas of raw or encoded video, in its user data, or in KLV packets. */
static GstFlowReturn
push_arrivals (GstMicroexprExtract *self, GstBuffer *buffer, GstClockTime time, guint *n_pushed)
{
  GstFlowReturn flow = push_events (
      self, events_of_meta (gst_microexpr_meta_get_structure (buffer)), time, n_pushed);
  GValue read = G_VALUE_INIT;

  gst_microexpr_list_init (&read);
  if (self->klv)
    gst_microexpr_klv_read (buffer, &self->segment, time, &read);
  else
    gst_microexpr_sei_read (buffer, &self->segment, time, &read);
  if (flow == GST_FLOW_OK)
    flow = push_events (self, &read, time, n_pushed);
  g_value_unset (&read);
  return flow;
}

/* --- the sink pad --- */

/* Time of a buffer: its PTS, or that of the one before it; clamped to the segment, since sinks drop
 * what lies outside. */
static GstClockTime
advance (GstMicroexprExtract *self, GstBuffer *buffer)
{
  GstSegment *segment = &self->segment;

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
  GstFlowReturn flow;
  guint n_pushed = 0;

  if (!negotiate (self)) {
    gst_buffer_unref (buffer);
    return GST_PAD_IS_FLUSHING (self->srcpad) ? GST_FLOW_FLUSHING : GST_FLOW_NOT_NEGOTIATED;
  }
  flow = push_header (self, time);
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
  if (!negotiate (self))
    GST_WARNING_OBJECT (self, "downstream accepts none of the formats");
  return gst_pad_push_event (self->srcpad, event);
}

/* Carries the events that came after the last buffer. event: (transfer full) */
static gboolean
handle_custom (GstMicroexprExtract *self, GstEvent *event)
{
  const GstStructure *rest = gst_event_get_structure (event);
  guint n_pushed = 0;

  if (!rest || !gst_structure_has_name (rest, GST_MICROEXPR_META_NAME))
    return gst_pad_push_event (self->srcpad, event);
  if (negotiate (self) && push_header (self, self->segment.position) == GST_FLOW_OK)
    push_events (self, events_of_meta (rest), self->segment.position, &n_pushed);
  gst_event_unref (event);
  return TRUE;
}

/* A stream without buffers gets its header here. event: (transfer full) */
static gboolean
handle_eos (GstMicroexprExtract *self, GstEvent *event)
{
  if (self->format)
    push_header (self, self->segment.position);
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
