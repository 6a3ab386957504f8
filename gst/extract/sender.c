/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What microexprextract sends: each event once, as a buffer of the format that downstream accepts.
 */
#include "sender.h"

#include "carried.h"
#include "event-label.h"

GST_DEBUG_CATEGORY_EXTERN (gst_microexpr_extract_debug);
#define GST_CAT_DEFAULT gst_microexpr_extract_debug

static const GstMicroexprFormat *const formats[] = { GST_MICROEXPR_FORMATS };

GstCaps *
gst_microexpr_sender_caps (void)
{
  GstCaps *caps = gst_caps_new_empty ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gst_caps_append (caps, gst_caps_from_string (formats[i]->caps));
  return caps;
}

void
gst_microexpr_sender_init (GstMicroexprSender *sender, GstPad *pad, const GstSegment *segment)
{
  *sender = (GstMicroexprSender){ .pad = pad, .segment = segment };
}

void
gst_microexpr_sender_reset (GstMicroexprSender *sender)
{
  gst_microexpr_sender_init (sender, sender->pad, sender->segment);
}

void
gst_microexpr_sender_forget (GstMicroexprSender *sender)
{
  sender->seen.n = 0;
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
use_format (GstMicroexprSender *sender, const GstMicroexprFormat *format)
{
  if (format != sender->format)
    sender->begun = format->header == NULL;
  sender->format = format;
}

gboolean
gst_microexpr_sender_negotiate (GstMicroexprSender *sender)
{
  const GstMicroexprFormat *format;
  GstCaps *wanted, *caps;
  gboolean accepted;

  if (!gst_pad_check_reconfigure (sender->pad) && sender->format)
    return TRUE;
  wanted = gst_pad_get_pad_template_caps (sender->pad);
  caps = gst_pad_peer_query_caps (sender->pad, wanted);
  gst_caps_unref (wanted);
  if (!gst_caps_is_empty (caps))
    caps = gst_caps_fixate (caps);
  format = find_format (caps);
  if (!format) {
    gst_pad_mark_reconfigure (sender->pad);
    gst_caps_unref (caps);
    return FALSE;
  }
  GST_DEBUG_OBJECT (sender->pad, "writes %" GST_PTR_FORMAT, (gpointer)caps);
  use_format (sender, format);
  accepted = gst_pad_push_event (sender->pad, gst_event_new_caps (caps));
  gst_caps_unref (caps);
  return accepted;
}

/* --- events to buffers --- */

/* bytes: (transfer full) */
static GstFlowReturn
push_bytes (GstMicroexprSender *sender, GBytes *bytes, GstClockTime time, GstClockTime duration)
{
  GstBuffer *buffer = gst_buffer_new_wrapped_bytes (bytes);

  g_bytes_unref (bytes);
  GST_BUFFER_PTS (buffer) = time;
  GST_BUFFER_DURATION (buffer) = duration;
  return gst_pad_push (sender->pad, buffer);
}

GstFlowReturn
gst_microexpr_sender_begin (GstMicroexprSender *sender, GstClockTime time)
{
  if (!gst_microexpr_sender_negotiate (sender))
    return GST_PAD_IS_FLUSHING (sender->pad) ? GST_FLOW_FLUSHING : GST_FLOW_NOT_NEGOTIATED;
  if (sender->begun)
    return GST_FLOW_OK;
  sender->begun = TRUE;
  return push_bytes (sender, sender->format->header (sender->format), time, GST_CLOCK_TIME_NONE);
}

/* Position of the onset in this segment. An encoder may have shifted the timestamps of buffers
 * since the event was found, but not running time or stream time. */
static GstClockTime
find_onset (const GstMicroexprSender *sender, const GstStructure *event)
{
  guint64 time, position;

  if (sender->segment->format != GST_FORMAT_TIME)
    return GST_CLOCK_TIME_NONE;
  if (gst_structure_get_uint64 (event, "running-time", &time) && GST_CLOCK_TIME_IS_VALID (time) &&
      gst_segment_position_from_running_time_full (
          sender->segment, GST_FORMAT_TIME, time, &position) == 1)
    return position;
  if (gst_structure_get_uint64 (event, "onset", &time) && GST_CLOCK_TIME_IS_VALID (time) &&
      gst_segment_position_from_stream_time_full (
          sender->segment, GST_FORMAT_TIME, time, &position) == 1)
    return position;
  return GST_CLOCK_TIME_NONE;
}

/* Shows an event from onset to offset, clipped to the segment, since sinks drop what lies outside.
 * known: time of the video buffer, used when all of it lies outside. */
static GstFlowReturn
push_timed (GstMicroexprSender *sender, const GstStructure *event, GstClockTime known)
{
  GstClockTime onset = find_onset (sender, event);
  guint64 duration = 0, start, stop;

  gst_structure_get_uint64 (event, "duration", &duration);
  if (GST_CLOCK_TIME_IS_VALID (onset) &&
      gst_segment_clip (sender->segment, GST_FORMAT_TIME, onset, onset + duration, &start, &stop))
    return push_bytes (sender, sender->format->event (sender->format, event), start, stop - start);
  return push_bytes (sender, sender->format->event (sender->format, event), known, duration);
}

/* Sends an event with its age. */
static GstFlowReturn
push_carried (GstMicroexprSender *sender, const GstStructure *event, GstClockTime known)
{
  GstClockTime now = sender->segment->format == GST_FORMAT_TIME
                         ? gst_segment_to_running_time (sender->segment, GST_FORMAT_TIME, known)
                         : GST_CLOCK_TIME_NONE;
  GstStructure *carried = gst_microexpr_carried_new (event, now);
  GstFlowReturn flow = push_bytes (
      sender, sender->format->event (sender->format, carried), known, GST_CLOCK_TIME_NONE);

  gst_structure_free (carried);
  return flow;
}

static GstFlowReturn
push_event (GstMicroexprSender *sender, const GstStructure *event, GstClockTime known)
{
  GST_LOG_OBJECT (sender->pad, "%" GST_PTR_FORMAT, (gpointer)event);
  if (sender->format->timed)
    return push_timed (sender, event, known);
  if (sender->format->carried)
    return push_carried (sender, event, known);
  return push_bytes (
      sender, sender->format->event (sender->format, event), known, GST_CLOCK_TIME_NONE);
}

/* Subtitles are drawn, thus without candidates. */
static gboolean
is_written (const GstMicroexprSender *sender, const GstStructure *event)
{
  return !sender->format->timed || !gst_microexpr_event_is_candidate (event);
}

GstFlowReturn
gst_microexpr_sender_send (
    GstMicroexprSender *sender, const GValue *events, GstClockTime known, guint *n_sent)
{
  guint n = events && GST_VALUE_HOLDS_LIST (events) ? gst_value_list_get_size (events) : 0;
  GstFlowReturn flow = GST_FLOW_OK;

  for (guint i = 0; i < n && flow == GST_FLOW_OK; i++) {
    const GValue *event = gst_value_list_get_value (events, i);

    if (GST_VALUE_HOLDS_STRUCTURE (event) && is_written (sender, gst_value_get_structure (event)) &&
        gst_microexpr_seen_add (&sender->seen, gst_value_get_structure (event))) {
      flow = push_event (sender, gst_value_get_structure (event), known);
      *n_sent += 1;
    }
  }
  return flow;
}
