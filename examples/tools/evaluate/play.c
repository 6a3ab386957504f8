/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays a recording once through a microexpr for each of the settings. */
#include "play.h"

#include "shared/pipeline.h"
#include "frame-source.h"

/* The first frame is repeated before the recording and the last one after it: of data sets that cut
 * clips at onset and offset they are the face at rest. */
#define LEAD_NS (2 * GST_SECOND)
#define TAIL_NS (1 * GST_SECOND)

typedef struct
{
  Recording *recording;
  FrameSource source;
  guint n_settings;
  GPtrArray **reports;
  GstClockTime frame_ns;
  GstBuffer *newest; /* frame */
  GstClockTime first_ns, newest_ns;
  guint n_frames;
  gboolean repeating; /* the lead or the tail is being sent */
} Run;

char *
settings_describe (const Settings *settings)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup_printf ("sensitivity=%s max-duration=%" G_GUINT64_FORMAT,
      g_ascii_formatd (number, sizeof number, "%g", settings->sensitivity),
      settings->max_duration_ns);
}

/* Pushes copies of the frame that fill length_ns from from_ns on. */
static void
repeat (Run *run, GstPad *pad, GstBuffer *frame, GstClockTime from_ns, GstClockTime length_ns)
{
  run->repeating = TRUE;
  for (GstClockTime t = 0; t < length_ns; t += run->frame_ns) {
    GstBuffer *copy = gst_buffer_copy (frame);

    GST_BUFFER_PTS (copy) = from_ns + t;
    GST_BUFFER_DURATION (copy) = run->frame_ns;
    if (gst_pad_push (pad, copy) != GST_FLOW_OK)
      break;
  }
  run->repeating = FALSE;
}

/* Takes the negotiated frame rate; images, and videos without one, keep that of the data set. */
static void
note_frame_rate (Run *run, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  int n = 0, d = 1;

  if (!run->recording->images && caps &&
      gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "framerate", &n, &d) && n > 0)
    run->recording->frame_rate = (double)n / d;
  run->frame_ns = (GstClockTime)(GST_SECOND / run->recording->frame_rate);
}

/* Inserts the lead before the first frame, counts frames, and delays them by the lead. */
static GstPadProbeReturn
pass_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Run *run = user_data;
  GstBuffer *frame;

  if (run->repeating)
    return GST_PAD_PROBE_OK;
  frame = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = frame;
  if (run->n_frames == 0)
    note_frame_rate (run, pad);
  if (!GST_BUFFER_PTS_IS_VALID (frame))
    GST_BUFFER_PTS (frame) = run->n_frames * run->frame_ns;
  if (run->n_frames++ == 0) {
    run->first_ns = GST_BUFFER_PTS (frame);
    repeat (run, pad, frame, run->first_ns, LEAD_NS);
  }
  GST_BUFFER_PTS (frame) += LEAD_NS;
  run->newest_ns = GST_BUFFER_PTS (frame);
  gst_buffer_replace (&run->newest, frame);
  return GST_PAD_PROBE_OK;
}

/* Removes the segment's stop, which lead and tail would exceed. */
static GstEvent *
without_stop (GstEvent *event)
{
  GstSegment segment;

  gst_event_copy_segment (event, &segment);
  segment.stop = GST_CLOCK_TIME_NONE;
  gst_event_unref (event);
  return gst_event_new_segment (&segment);
}

static GstPadProbeReturn
pass_event (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Run *run = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    GST_PAD_PROBE_INFO_DATA (info) = without_stop (event);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_EOS && run->newest) {
    repeat (run, pad, run->newest, run->newest_ns + run->frame_ns, TAIL_NS);
    gst_clear_buffer (&run->newest);
  }
  return GST_PAD_PROBE_OK;
}

static char *
describe_pipeline (const Recording *recording, const Settings *settings, guint n)
{
  g_autofree char *source = frame_source_describe (recording);
  GString *text = g_string_new (source);

  g_string_append (text, " ! identity name=front ! tee name=t");
  for (guint i = 0; i < n; i++) {
    g_autofree char *properties = settings_describe (&settings[i]);

    g_string_append_printf (text,
        " t. ! microexpr name=m%u kinds=micro+macro+blink min-confidence=0 messages=events %s ! "
        "fakesink async=false sync=false",
        i, properties);
  }
  return g_string_free (text, FALSE);
}

/* Converts a time of an event to a position in the recording, clipping what reaches into the lead
 * or tail. shift: buffer time minus stream time. */
static guint64
move_time (const Run *run, GstStructure *event, const char *field, GstClockTimeDiff shift)
{
  GstClockTimeDiff start = (GstClockTimeDiff)(run->first_ns + LEAD_NS),
                   end = (GstClockTimeDiff)(run->newest_ns + run->frame_ns), moved;
  guint64 time = 0;

  gst_structure_get_uint64 (event, field, &time);
  moved = CLAMP ((GstClockTimeDiff)time + shift, start, end) - start;
  gst_structure_set (event, field, G_TYPE_UINT64, (guint64)moved, NULL);
  return (guint64)moved;
}

/* After the end. Drops events inside the lead or tail. */
static void
move_events (const Run *run, GPtrArray *events)
{
  for (guint i = events->len; i > 0; i--) {
    GstStructure *event = g_ptr_array_index (events, i - 1);
    guint64 onset = 0, timestamp = 0;
    GstClockTimeDiff shift;

    gst_structure_get_uint64 (event, "onset", &onset);
    gst_structure_get_uint64 (event, "timestamp", &timestamp);
    shift = GST_CLOCK_DIFF (onset, timestamp);
    onset = move_time (run, event, "onset", shift);
    move_time (run, event, "apex", shift);
    if (move_time (run, event, "offset", shift) <= onset)
      g_ptr_array_remove_index (events, i - 1);
  }
}

static void
handle_message (GstMessage *message, gpointer user_data)
{
  const GstStructure *event = gst_message_get_structure (message);
  Run *run = user_data;
  guint64 i = g_ascii_strtoull (GST_MESSAGE_SRC_NAME (message) + 1, NULL, 10);

  if (gst_structure_has_name (event, "microexpr-event") && i < run->n_settings)
    g_ptr_array_add (run->reports[i], gst_structure_copy (event));
}

static void
add_probes (Run *run, GstElement *pipeline)
{
  g_autoptr (GstElement) front = gst_bin_get_by_name (GST_BIN (pipeline), "front");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (front, "src");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, pass_frame, run, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, pass_event, run, NULL);
}

gboolean
play_recording (Recording *recording, const Settings *settings, guint n_settings,
    GPtrArray **reports, GError **error)
{
  Run run = { .recording = recording,
    .source = { .recording = recording },
    .n_settings = n_settings,
    .reports = reports };
  g_autofree char *text = describe_pipeline (recording, settings, n_settings);
  g_autoptr (GstElement) pipeline =
      gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  GError *failure = NULL;
  gboolean ok;

  if (!pipeline)
    return FALSE;
  run.frame_ns = (GstClockTime)(GST_SECOND / recording->frame_rate);
  frame_source_attach (&run.source, pipeline);
  add_probes (&run, pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  ok = app_pipeline_wait (pipeline, handle_message, &run, &failure) && !run.source.error &&
       run.n_frames > 0;
  if (!ok)
    frame_source_fail (&run.source, failure, error);
  gst_clear_buffer (&run.newest);
  g_clear_error (&run.source.error);
  for (guint i = 0; i < n_settings; i++) {
    if (ok)
      move_events (&run, reports[i]);
    else
      g_ptr_array_set_size (reports[i], 0);
  }
  recording->n_frames = run.n_frames;
  return ok;
}
