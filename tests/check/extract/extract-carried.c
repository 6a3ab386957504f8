/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events that travel inside a stream, as KLV packets or SEI messages, and are read back: whole,
 * once, on the clocks of the stream that arrives; what is damaged or of others does no harm. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video-sei.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "carried.h"
#include "check/available.h"
#include "event-json.h"
#include "extract/format.h"
#include "gstmicroexprmeta.h"
#include "sei.h"
#include "structure-list.h"

#define FRAME (40 * GST_MSECOND)
#define KLV_CAPS "meta/x-klv,parsed=(boolean)true"
#define VIDEO_CAPS "video/x-raw,format=GRAY8,width=64,height=48,framerate=25/1"
#define JSON_CAPS "application/x-ndjson"

/* Onset at 1 s. (transfer full) */
static GstStructure *
new_event (void)
{
  MeEvent event = { .id = 7,
    .face = 2,
    .kind = ME_KIND_MICRO,
    .onset_ns = GST_SECOND,
    .apex_ns = GST_SECOND + 80 * GST_MSECOND,
    .offset_ns = GST_SECOND + 180 * GST_MSECOND,
    .strength = { [ME_AU1] = 1.9, [ME_AU12] = 2 },
    .left = { [ME_AU1] = 1.9 },
    .right = { [ME_AU1] = 1.25 },
    .unit_confidence = { [ME_AU1] = 0.875 },
    .emotion = ME_SURPRISE,
    .emotions = { [ME_SURPRISE] = 0.75 },
    .confidence = 0.82,
    .candidate = TRUE,
    .box = { 10, 20, 30, 40 } };
  GstSegment segment;
  GstMicroexprTimes times;
  GstStructure *s;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_microexpr_times_init (&times, &segment, event.onset_ns, event.apex_ns, event.offset_ns);
  s = gst_microexpr_event_to_structure (&event, &times, "microexpr-event", TRUE);
  gst_structure_set (s, "source", G_TYPE_STRING, "the \"door\"", NULL);
  return s;
}

static GstBuffer *
new_buffer (const void *data, gsize size, GstClockTime time)
{
  GstBuffer *buffer = gst_buffer_new_memdup (data, size);

  GST_BUFFER_PTS (buffer) = time;
  return buffer;
}

/* A frame with the event on its meta. */
static GstBuffer *
new_frame (GstClockTime time, const GstStructure *event)
{
  guint8 pixels[64 * 48] = { 0 };
  GstBuffer *buffer = new_buffer (pixels, sizeof pixels, time);
  GValue events = G_VALUE_INIT, faces = G_VALUE_INIT;

  gst_microexpr_list_init (&events);
  gst_microexpr_list_init (&faces);
  gst_microexpr_list_append (&events, gst_structure_copy (event));
  gst_microexpr_meta_attach (buffer, &events, &faces);
  return buffer;
}

static GstHarness *
start (const char *sink_caps, const char *src_caps)
{
  GstHarness *h = gst_harness_new ("microexprextract");

  gst_harness_set_sink_caps_str (h, sink_caps);
  gst_harness_set_src_caps_str (h, src_caps);
  return h;
}

/* The event of a line. (transfer full) */
static GstStructure *
read_line (GstBuffer *line)
{
  GstStructure *event;
  GstMapInfo map;

  fail_unless (gst_buffer_map (line, &map, GST_MAP_READ));
  event = gst_microexpr_event_from_json ((const char *)map.data, map.size);
  fail_unless (event != NULL, "%.*s", (int)map.size, (const char *)map.data);
  gst_buffer_unmap (line, &map);
  gst_buffer_unref (line);
  return event;
}

/* The packet of the event, sent with the frame at 1.4 s. (transfer full) */
static GstBuffer *
write_packet (const GstStructure *event)
{
  GstHarness *h = start (KLV_CAPS, VIDEO_CAPS);
  GstBuffer *packet;

  gst_harness_push (h, new_frame (1400 * GST_MSECOND, event));
  packet = gst_harness_pull (h);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (packet), 1400 * GST_MSECOND);
  gst_harness_teardown (h);
  return packet;
}

static void
assert_equal (const GstStructure *a, const GstStructure *b)
{
  for (gint i = 0; i < gst_structure_n_fields (a); i++) {
    const char *name = gst_structure_nth_field_name (a, (guint)i);
    const GValue *here = gst_structure_get_value (a, name);
    const GValue *there = gst_structure_get_value (b, name);

    fail_unless (there != NULL, "%s is missing", name);
    fail_unless (
        G_VALUE_TYPE (here) == G_VALUE_TYPE (there), "%s: %s", name, G_VALUE_TYPE_NAME (there));
    if (GST_VALUE_HOLDS_STRUCTURE (here)) /* their names differ */
      assert_equal (gst_value_get_structure (here), gst_value_get_structure (there));
    else
      fail_unless (gst_value_compare (here, there) == GST_VALUE_EQUAL, "%s", name);
  }
  fail_unless_equals_int (gst_structure_n_fields (a), gst_structure_n_fields (b));
}

GST_START_TEST (test_json_reads_back_field_by_field)
{
  GstStructure *event = new_event (), *read;
  char *json = gst_microexpr_event_to_json (event);

  read = gst_microexpr_event_from_json (json, strlen (json));
  fail_unless (read != NULL);
  assert_equal (event, read);
  gst_structure_free (read);
  gst_structure_free (event);
  g_free (json);
}
GST_END_TEST

GST_START_TEST (test_what_is_no_event_is_refused)
{
  static const char *const texts[] = { "", "{", "[]", "1", "null", "\"event\"", "{\"id\":1}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fail_unless (
        gst_microexpr_event_from_json (texts[i], strlen (texts[i])) == NULL, "%s", texts[i]);
}
GST_END_TEST

/* JSON-GLib of Debian 12 follows them by recursion, and takes comments and single quotes. */
GST_START_TEST (test_brackets_do_not_exhaust_the_stack)
{
  static const char *const begins[] = { "{\"id\":", "/* \" */ {\"id\":", "{'\"':1,\"id\":" };

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++) {
    GString *deep = g_string_new (begins[i]);

    for (guint k = 0; k < 1000000; k++)
      g_string_append_c (deep, '[');
    fail_unless (gst_microexpr_event_from_json (deep->str, deep->len) == NULL);
    g_string_free (deep, TRUE);
  }
}
GST_END_TEST

/* The names of fields stay in memory for ever. */
GST_START_TEST (test_members_that_no_event_has_are_passed_over)
{
  static const char text[] =
      "{\"id\":-1,\"face\":99999999999,\"kind\":null,\"apex\":1.5,\"snr\":3,\"xyzzy-field\":1,"
      "\"source\":\"a [{ \\\" b\",\"action-units\":{\"AU1\":0.5,\"AU2\":null,\"AU-xyzzy\":1}}";
  GstStructure *event = gst_microexpr_event_from_json (text, strlen (text)), *units = NULL;
  double snr;

  fail_unless (event != NULL);
  fail_unless_equals_int (gst_structure_n_fields (event), 3);
  fail_unless (gst_structure_get_double (event, "snr", &snr));
  fail_unless_equals_float (snr, 3);
  fail_unless_equals_string (gst_structure_get_string (event, "source"), "a [{ \" b");
  gst_structure_get (event, "action-units", GST_TYPE_STRUCTURE, &units, NULL);
  fail_unless_equals_int (gst_structure_n_fields (units), 1);
  fail_unless (g_quark_try_string ("xyzzy-field") == 0 && g_quark_try_string ("AU-xyzzy") == 0);
  gst_structure_free (units);
  gst_structure_free (event);
}
GST_END_TEST

/* As after MPEG-TS, whose clock begins elsewhere: a segment that starts at an hour. */
GST_START_TEST (test_a_packet_is_read_on_the_clocks_of_its_stream)
{
  const GstClockTime hour = 3600 * GST_SECOND;
  GstStructure *event = new_event (), *read;
  GstBuffer *packet = write_packet (event);
  GstHarness *h = start (JSON_CAPS, KLV_CAPS);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = hour;
  segment.time = 5 * GST_SECOND;
  segment.base = 2 * GST_SECOND;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  GST_BUFFER_PTS (packet) = hour + 600 * GST_MSECOND; /* 0.4 s after the onset */
  gst_harness_push (h, packet);
  read = read_line (gst_harness_pull (h));
  gst_structure_set (event, "timestamp", G_TYPE_UINT64, hour + 200 * GST_MSECOND, "stream-time",
      G_TYPE_UINT64, 5200 * GST_MSECOND, "running-time", G_TYPE_UINT64, 2200 * GST_MSECOND, "onset",
      G_TYPE_UINT64, 5200 * GST_MSECOND, "apex", G_TYPE_UINT64, 5280 * GST_MSECOND, "offset",
      G_TYPE_UINT64, 5380 * GST_MSECOND, NULL);
  assert_equal (event, read);
  gst_structure_free (read);
  gst_structure_free (event);
  gst_harness_teardown (h);
}
GST_END_TEST

/* Their onset was never in this stream, and the clock of another one says nothing here. */
GST_START_TEST (test_an_event_from_before_the_stream_has_no_times)
{
  GstStructure *event = new_event (), *read;
  GstBuffer *packet = write_packet (event);
  GstHarness *h = start (JSON_CAPS, KLV_CAPS);

  gst_structure_remove_fields (
      event, "timestamp", "stream-time", "running-time", "onset", "apex", "offset", NULL);
  GST_BUFFER_PTS (packet) = 100 * GST_MSECOND;
  gst_harness_push (h, packet);
  read = read_line (gst_harness_pull (h));
  assert_equal (event, read);
  gst_structure_free (read);
  gst_structure_free (event);
  gst_harness_teardown (h);
}
GST_END_TEST

/* After a seek the key frame, and what it carries, lies before the segment; a seek back brings the
 * same packets again. */
GST_START_TEST (test_a_seek_brings_events_again_where_they_are)
{
  GstStructure *event = new_event (), *read;
  GstBuffer *packet = write_packet (event);
  GstHarness *h = start (JSON_CAPS, KLV_CAPS);
  GstSegment segment;
  guint64 onset;

  gst_harness_push (h, gst_buffer_ref (packet));
  gst_structure_free (read_line (gst_harness_pull (h)));
  for (guint i = 0; i < 2; i++) {
    gst_harness_push_event (h, gst_event_new_flush_start ());
    gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
    gst_segment_init (&segment, GST_FORMAT_TIME);
    segment.start = segment.time = i * 10 * GST_SECOND;
    gst_harness_push_event (h, gst_event_new_segment (&segment));
    gst_harness_push (h, gst_buffer_ref (packet));
    read = read_line (gst_harness_pull (h));
    fail_unless (gst_structure_get_uint64 (read, "onset", &onset) == (i == 0));
    gst_structure_free (read);
  }
  gst_buffer_unref (packet);
  gst_structure_free (event);
  gst_harness_teardown (h);
}
GST_END_TEST

/* Played fast, age is a difference of running times. */
GST_START_TEST (test_fast_playback_keeps_the_onset)
{
  GstHarness *write = start (KLV_CAPS, VIDEO_CAPS), *h = start (JSON_CAPS, KLV_CAPS);
  GstStructure *event = new_event (), *read;
  GstSegment segment;
  guint64 onset;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = 2;
  gst_structure_set (event, "running-time", G_TYPE_UINT64, GST_SECOND / 2, NULL);
  gst_harness_push_event (write, gst_event_new_segment (&segment));
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  gst_harness_push (write, new_frame (1400 * GST_MSECOND, event));
  gst_harness_push (h, gst_harness_pull (write));
  read = read_line (gst_harness_pull (h));
  fail_unless (gst_structure_get_uint64 (read, "onset", &onset));
  fail_unless_equals_uint64 (onset, GST_SECOND);
  gst_structure_free (read);
  gst_structure_free (event);
  gst_harness_teardown (write);
  gst_harness_teardown (h);
}
GST_END_TEST

/* Packets with a key of others before and behind, their lengths in one byte and in three. */
GST_START_TEST (test_packets_of_others_are_passed_over)
{
  guint8 other[16 + 1 + 3] = { 0x06, 0x0e, 0x2b, 0x34, 2, [16] = 3 };
  guint8 another[16 + 3 + 300] = { 0x06, 0x0e, 0x2b, 0x34, 2, [16] = 0x82, 1, 300 - 256 };
  GstStructure *event = new_event (), *read;
  GstBuffer *packets = gst_buffer_append (new_buffer (other, sizeof other, 0),
      gst_buffer_append (write_packet (event), new_buffer (another, sizeof another, 0)));
  GstHarness *h = start (JSON_CAPS, KLV_CAPS);

  GST_BUFFER_PTS (packets) = 1400 * GST_MSECOND;
  gst_harness_push (h, packets);
  fail_unless_equals_int (gst_harness_buffers_received (h), 1);
  read = read_line (gst_harness_pull (h));
  assert_equal (event, read);
  gst_structure_free (read);
  gst_structure_free (event);
  gst_harness_teardown (h);
}
GST_END_TEST

/* Cut anywhere, or with any byte of key and length changed: an event less, and no more. */
GST_START_TEST (test_damaged_packets_do_no_harm)
{
  GstStructure *event = new_event ();
  GstBuffer *packet = write_packet (event);
  GstHarness *h = start (JSON_CAPS, KLV_CAPS);
  gsize size;
  gpointer data;

  gst_buffer_extract_dup (packet, 0, gst_buffer_get_size (packet), &data, &size);
  for (gsize n = 1; n < size; n++)
    fail_unless_equals_int (gst_harness_push (h, new_buffer (data, n, GST_SECOND)), GST_FLOW_OK);
  for (gsize i = 0; i < 21; i++) {
    GstBuffer *changed = gst_buffer_copy_deep (packet);
    guint8 byte = ~((guint8 *)data)[i];

    gst_buffer_fill (changed, i, &byte, 1);
    fail_unless_equals_int (gst_harness_push (h, changed), GST_FLOW_OK);
  }
  fail_unless_equals_int (gst_harness_buffers_received (h), 0);
  gst_harness_push (h, packet);
  fail_unless_equals_int (gst_harness_buffers_received (h), 1);
  g_free (data);
  gst_structure_free (event);
  gst_harness_teardown (h);
}
GST_END_TEST

/* Beside user data of others. */
GST_START_TEST (test_user_data_of_a_frame_is_read)
{
  GstStructure *event = new_event (), *read;
  GstHarness *h = start (JSON_CAPS, VIDEO_CAPS);
  guint8 pixels[64 * 48] = { 0 }, uuid[16] = { 1, 2, 3 };
  GstBuffer *frame = new_buffer (pixels, sizeof pixels, 1400 * GST_MSECOND);

  gst_buffer_add_video_sei_user_data_unregistered_meta (frame, uuid, uuid, sizeof uuid);
  gst_microexpr_sei_attach (frame, event, 1400 * GST_MSECOND);
  gst_harness_push (h, frame);
  fail_unless_equals_int (gst_harness_buffers_received (h), 1);
  read = read_line (gst_harness_pull (h));
  assert_equal (event, read);
  gst_structure_free (read);
  gst_structure_free (event);
  gst_harness_teardown (h);
}
GST_END_TEST

/* --- whole pipelines --- */

/* A pipeline whose element `mark`, if any, gets a frame with the event; what arrives at `out`. */
typedef struct
{
  const GstStructure *event;
  GPtrArray *lines; /* of GstBuffer */
} Run;

static GstPadProbeReturn
collect (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer run)
{
  g_ptr_array_add (((Run *)run)->lines, gst_buffer_ref (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

/* The frame at 1.4 s carries the event. */
static GstPadProbeReturn
mark_frame (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *frame = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GValue events = G_VALUE_INIT, faces = G_VALUE_INIT;
  Run *run = user_data;

  GST_PAD_PROBE_INFO_DATA (info) = frame;
  if (GST_BUFFER_PTS (frame) != 1400 * GST_MSECOND)
    return GST_PAD_PROBE_OK;
  gst_microexpr_list_init (&events);
  gst_microexpr_list_init (&faces);
  gst_microexpr_list_append (&events, gst_structure_copy (run->event));
  gst_microexpr_meta_attach (frame, &events, &faces);
  return GST_PAD_PROBE_OK;
}

/* The frame at 1.4 s has the event as user data, as of `sei=true`. */
static GstPadProbeReturn
mark_data (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *frame = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  const Run *run = user_data;

  GST_PAD_PROBE_INFO_DATA (info) = frame;
  if (GST_BUFFER_PTS (frame) == 1400 * GST_MSECOND)
    gst_microexpr_sei_attach (frame, run->event, GST_BUFFER_PTS (frame));
  return GST_PAD_PROBE_OK;
}

/* An access unit ends with its slice: puts an SEI message before that one, as an inserter would.
 * The payload has no byte to escape. */
static GstBuffer *
insert_sei (GstBuffer *unit, const GstVideoSEIUserDataUnregisteredMeta *sei)
{
  static const guint8 begin[] = { 0, 0, 0, 1, 6, 5 }; /* SEI, user_data_unregistered */
  GByteArray *bytes = g_byte_array_new ();
  gsize size = sei->size + sizeof sei->uuid, slice;
  GstMapInfo map;
  GstBuffer *with;
  GBytes *all;

  gst_buffer_map (unit, &map, GST_MAP_READ);
  for (slice = map.size - 4; memcmp (map.data + slice, "\0\0\1", 3) != 0; slice--)
    fail_unless (slice > 0);
  g_byte_array_append (bytes, map.data, (guint)slice);
  g_byte_array_append (bytes, begin, sizeof begin);
  for (; size >= 0xff; size -= 0xff)
    g_byte_array_append (bytes, (const guint8 *)"\xff", 1);
  g_byte_array_append (bytes, &(guint8){ (guint8)size }, 1);
  g_byte_array_append (bytes, sei->uuid, sizeof sei->uuid);
  g_byte_array_append (bytes, sei->data, (guint)sei->size);
  g_byte_array_append (bytes, (const guint8 *)"\x80\0", 2);
  g_byte_array_append (bytes, map.data + slice, (guint)(map.size - slice));
  gst_buffer_unmap (unit, &map);
  all = g_byte_array_free_to_bytes (bytes);
  with = gst_buffer_new_wrapped_bytes (all);
  g_bytes_unref (all);
  gst_buffer_copy_into (with, unit, GST_BUFFER_COPY_TIMESTAMPS | GST_BUFFER_COPY_FLAGS, 0, -1);
  return with;
}

static GstPadProbeReturn
mark_unit (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  GstBuffer *unit = GST_PAD_PROBE_INFO_BUFFER (info), *carrier;
  const GstSegment *segment;
  GstClockTime running_time;
  Run *run = user_data;

  gst_event_parse_segment (event, &segment);
  running_time = gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (unit));
  gst_event_unref (event);
  if (running_time != 1400 * GST_MSECOND)
    return GST_PAD_PROBE_OK;
  carrier = gst_buffer_new ();
  gst_microexpr_sei_attach (carrier, run->event, running_time);
  GST_PAD_PROBE_INFO_DATA (info) =
      insert_sei (unit, gst_buffer_get_video_sei_user_data_unregistered_meta (carrier));
  gst_buffer_unref (carrier);
  gst_buffer_unref (unit);
  return GST_PAD_PROBE_OK;
}

static void
add_probe (GstElement *pipeline, const char *name, const char *pad_name, GstPadProbeCallback probe,
    Run *run)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), name);
  GstPad *pad;

  if (!element)
    return;
  pad = gst_element_get_static_pad (element, pad_name);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, probe, run, NULL);
  gst_object_unref (pad);
  gst_object_unref (element);
}

static void
play (const char *line, Run *run)
{
  GstElement *pipeline;
  GstMessage *message;
  GError *error = NULL;
  GstBus *bus;

  pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  fail_unless (pipeline != NULL, "%s: %s", line, error ? error->message : "");
  add_probe (pipeline, "frames", "src", mark_frame, run);
  add_probe (pipeline, "data", "src", mark_data, run);
  add_probe (pipeline, "units", "src", mark_unit, run);
  add_probe (pipeline, "out", "sink", collect, run);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 100 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS, "%s", line);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
}

/* One line came, with the event: its onset 0.4 s before the packet, give or take the 1/90000 s of
 * such clocks, and the rest of it as it was. */
static void
assert_arrived (const Run *run)
{
  static const char *const times[] = { "timestamp", "stream-time", "running-time", "onset", "apex",
    "offset" };
  GstStructure *event = gst_structure_copy (run->event), *read;
  GstBuffer *line = g_ptr_array_index (run->lines, 0);
  GstClockTimeDiff age;
  guint64 onset = 0;

  fail_unless_equals_int (run->lines->len, 1);
  read = read_line (gst_buffer_ref (line));
  gst_structure_get_uint64 (read, "timestamp", &onset);
  age = GST_CLOCK_DIFF (onset, GST_BUFFER_PTS (line));
  fail_unless (
      ABS (age - 400 * GST_MSECOND) <= GST_MSECOND, "%" GST_STIME_FORMAT, GST_STIME_ARGS (age));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    gst_structure_remove_field (event, times[i]);
    gst_structure_remove_field (read, times[i]);
  }
  assert_equal (event, read);
  gst_structure_free (read);
  gst_structure_free (event);
}

#define VIDEO "videotestsrc num-buffers=50 ! video/x-raw,width=64,height=48,framerate=25/1 "
#define FRAMES VIDEO "! identity name=frames "
#define DATA VIDEO "! identity name=data "
#define OUT "microexprextract ! " JSON_CAPS " ! fakesink name=out async=false"

static const struct
{
  const char *needs, *line;
} ways[] = {
  { "rtpklvpay ! rtpklvdepay",
      FRAMES "! microexprextract ! meta/x-klv ! rtpklvpay ! rtpklvdepay ! " OUT },
  { "x264enc ! mpegtsmux ! tsdemux",
      FRAMES "! tee name=t ! queue ! x264enc tune=zerolatency ! mpegtsmux name=mux ! tsdemux ! "
             "meta/x-klv ! " OUT " t. ! queue ! microexprextract ! meta/x-klv ! mux." },
  { "x264enc ! h264parse",
      VIDEO "! x264enc tune=zerolatency sliced-threads=false ! "
            "video/x-h264,stream-format=byte-stream ! identity name=units ! h264parse ! " OUT },
  { "x264enc", DATA "! x264enc tune=zerolatency ! " OUT },
  { "x264enc ! h264seiinserter ! h264parse", /* GStreamer 1.30 */
      DATA "! x264enc tune=zerolatency ! h264seiinserter remove-sei-unregistered-meta=true ! "
           "video/x-h264,stream-format=byte-stream ! h264parse ! " OUT },
};

GST_START_TEST (test_events_travel)
{
  GstStructure *event = new_event ();
  Run run = { event, g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref) };

  if (is_available (ways[__i__].needs)) {
    play (ways[__i__].line, &run);
    assert_arrived (&run);
  }
  g_ptr_array_unref (run.lines);
  gst_structure_free (event);
}
GST_END_TEST

static Suite *
extract_carried_suite (void)
{
  Suite *suite = suite_create ("extract-carried");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, gst_microexpr_meta_register, NULL);
  tcase_add_test (tcase, test_json_reads_back_field_by_field);
  tcase_add_test (tcase, test_what_is_no_event_is_refused);
  tcase_add_test (tcase, test_brackets_do_not_exhaust_the_stack);
  tcase_add_test (tcase, test_members_that_no_event_has_are_passed_over);
  tcase_add_test (tcase, test_a_packet_is_read_on_the_clocks_of_its_stream);
  tcase_add_test (tcase, test_an_event_from_before_the_stream_has_no_times);
  tcase_add_test (tcase, test_a_seek_brings_events_again_where_they_are);
  tcase_add_test (tcase, test_fast_playback_keeps_the_onset);
  tcase_add_test (tcase, test_packets_of_others_are_passed_over);
  tcase_add_test (tcase, test_damaged_packets_do_no_harm);
  tcase_add_test (tcase, test_user_data_of_a_frame_is_read);
  tcase_add_loop_test (tcase, test_events_travel, 0, G_N_ELEMENTS (ways));
  return suite;
}

GST_CHECK_MAIN (extract_carried)
