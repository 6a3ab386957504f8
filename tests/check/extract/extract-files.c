/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What microexpr finds arrives in text and subtitles whatever lies between: whole pipelines on the
 * test source, their output compared with the messages on the bus. Branches whose elements are not
 * installed are passed over, with a line that says so. */
#include <gst/check/gstcheck.h>
#include <json-glib/json-glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "check/available.h"
#include "event-label.h"

/* Two events; the second is known only at the end of the stream. */
#define FACE                                                                                       \
  "microexprtestsrc seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 num-buffers=128 "      \
  "script=\"2s micro AU12 4 300ms; 3.9s micro AU1+2 4 300ms\" ! "                                  \
  "video/x-raw,format=I420,width=480,height=360,framerate=30/1 "
#define SOURCE FACE "! microexpr source=desk "
#define ANY_SIZE "queue max-size-buffers=0 max-size-bytes=0 max-size-time=0"
#define N_EVENTS 2

static char *directory;

/* Buffers that came to the element `collect` of the last pipeline. */
static GPtrArray *collected;

static GstPadProbeReturn
collect (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data G_GNUC_UNUSED)
{
  g_ptr_array_add (collected, gst_buffer_ref (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

static void
collect_from (GstElement *pipeline)
{
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "collect");
  GstPad *pad = sink ? gst_element_get_static_pad (sink, "sink") : NULL;

  g_ptr_array_set_size (collected, 0);
  if (!pad)
    return;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, collect, NULL, NULL);
  gst_object_unref (pad);
  gst_object_unref (sink);
}

/* Without FATAL_ERRORS the rest of a pipeline is made when an element is missing, and waits for it
 * for ever. (transfer full) */
static GstElement *
parse (const char *line)
{
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);

  fail_unless (pipeline != NULL, "%s: %s", line, error ? error->message : "");
  return pipeline;
}

/* Plays a pipeline to its end, or to its error; the events on the bus, in order. (transfer full) */
static GPtrArray *
play_until (const char *line, GstMessageType end)
{
  const GstMessageType wanted = GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR;
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_structure_free);
  GstElement *pipeline = parse (line);
  GstMessageType type = GST_MESSAGE_UNKNOWN;
  GstMessage *message;
  GstBus *bus;

  collect_from (pipeline);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (type != GST_MESSAGE_EOS && type != GST_MESSAGE_ERROR &&
         (message = gst_bus_timed_pop_filtered (bus, GST_SECOND * 100, wanted))) {
    type = GST_MESSAGE_TYPE (message);
    if (gst_message_has_name (message, "microexpr-event"))
      g_ptr_array_add (events, gst_structure_copy (gst_message_get_structure (message)));
    gst_message_unref (message);
  }
  fail_unless (type == end, "%s: %s", line, gst_message_type_get_name (type));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
  return events;
}

static GPtrArray *
play (const char *line)
{
  return play_until (line, GST_MESSAGE_EOS);
}

static char *
path_of (const char *name)
{
  return g_build_filename (directory, name, NULL);
}

static char *
read_file (const char *name)
{
  char *path = path_of (name), *text;

  fail_unless (g_file_get_contents (path, &text, NULL, NULL), "no file %s", name);
  g_free (path);
  return text;
}

static void assert_same (const GstStructure *structure, JsonObject *object);

static gboolean
is_same (const GValue *value, JsonObject *object, const char *name)
{
  if (G_VALUE_HOLDS_UINT64 (value))
    return (guint64)json_object_get_int_member (object, name) == g_value_get_uint64 (value);
  if (G_VALUE_HOLDS_UINT (value))
    return json_object_get_int_member (object, name) == g_value_get_uint (value);
  if (G_VALUE_HOLDS_DOUBLE (value)) {
    double there = json_object_get_double_member (object, name), here = g_value_get_double (value);
    return memcmp (&there, &here, sizeof here) == 0;
  }
  if (G_VALUE_HOLDS_STRING (value))
    return g_str_equal (json_object_get_string_member (object, name), g_value_get_string (value));
  assert_same (gst_value_get_structure (value), json_object_get_object_member (object, name));
  return TRUE;
}

/* The fields of `structure` are members of `object`, with the same values, and no others are. */
static void
assert_same (const GstStructure *structure, JsonObject *object)
{
  fail_unless_equals_int (gst_structure_n_fields (structure), (int)json_object_get_size (object));
  for (gint i = 0; i < gst_structure_n_fields (structure); i++) {
    const char *name = gst_structure_nth_field_name (structure, (guint)i);

    fail_unless (json_object_has_member (object, name), "%s is missing", name);
    fail_unless (is_same (gst_structure_get_value (structure, name), object, name), "%s", name);
  }
}

/* The file has the first of these events, at least so many, one a line and nothing else. what: is
 * named when not. */
static void
assert_lines (const char *name, const char *what, const GPtrArray *events, guint least)
{
  char *text = read_file (name), **lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines) - 1;

  fail_unless (least <= n && n <= events->len, "%s: %u events", what, n);
  fail_unless_equals_string (lines[n], "");
  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_from_string (lines[i], NULL);
    fail_unless (node != NULL, "%s: %s", what, lines[i]);
    assert_same (g_ptr_array_index (events, i), json_node_get_object (node));
    json_node_unref (node);
  }
  g_strfreev (lines);
  g_free (text);
}

/* A decoder may drop serialized events that follow its last frame, and with them what is known only
 * at the end. */
static const struct
{
  const char *elements;
  guint least; /* events that come through */
} between[] = {
  { "identity", N_EVENTS },
  { "videorate", N_EVENTS },
  { "videoconvert ! video/x-raw,format=BGRx ! videoconvert", N_EVENTS },
  { "videoscale ! video/x-raw,width=160,height=120", N_EVENTS },
  { "videocrop top=100 left=40", N_EVENTS },
  { "videobox top=-20 left=8", N_EVENTS },
  { "videoflip video-direction=90r", N_EVENTS },
  { "textoverlay text=x", N_EVENTS },
  { "jpegenc", N_EVENTS },
  { "vp8enc deadline=1", N_EVENTS },
  { "x264enc speed-preset=ultrafast", N_EVENTS },
  { "jpegenc ! jpegdec", N_EVENTS - 1 },
  { "vp8enc deadline=1 ! vp8dec", N_EVENTS - 1 },
  { "x264enc speed-preset=ultrafast ! h264parse ! avdec_h264", N_EVENTS - 1 },
};

GST_START_TEST (test_events_survive_what_lies_between)
{
  GString *line = g_string_new (SOURCE "! tee name=t ");
  GPtrArray *events;
  gboolean tested[G_N_ELEMENTS (between)];

  for (guint i = 0; i < G_N_ELEMENTS (between); i++) {
    tested[i] = is_available (between[i].elements);
    if (tested[i])
      g_string_append_printf (line,
          "t. ! " ANY_SIZE " ! %s ! microexprextract ! filesink location=%s/%u.jsonl ",
          between[i].elements, directory, i);
  }
  events = play (line->str);
  fail_unless_equals_int (events->len, N_EVENTS);
  for (guint i = 0; i < G_N_ELEMENTS (between); i++) {
    char *name = g_strdup_printf ("%u.jsonl", i);
    if (tested[i])
      assert_lines (name, between[i].elements, events, between[i].least);
    g_free (name);
  }
  g_string_free (line, TRUE);
  g_ptr_array_unref (events);
}
GST_END_TEST

/* --- subtitles --- */

static char *
text_of (GstBuffer *buffer)
{
  GstMapInfo map;
  char *text;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  text = g_strchomp (g_strndup ((const char *)map.data, map.size));
  gst_buffer_unmap (buffer, &map);
  return text;
}

/* What was collected are the labels of the events from onset to offset; files have whole ms. */
static void
assert_labels (const GPtrArray *events)
{
  fail_unless_equals_int (collected->len, events->len);
  for (guint i = 0; i < events->len; i++) {
    const GstStructure *event = g_ptr_array_index (events, i);
    GstBuffer *cue = g_ptr_array_index (collected, i);
    char *label = gst_microexpr_event_label (event), *text = text_of (cue);
    guint64 onset = 0, duration = 0;

    gst_structure_get (
        event, "onset", G_TYPE_UINT64, &onset, "duration", G_TYPE_UINT64, &duration, NULL);
    fail_unless_equals_string (text, label);
    fail_unless (ABS (GST_CLOCK_DIFF (GST_BUFFER_PTS (cue), onset)) <= GST_MSECOND);
    fail_unless (ABS (GST_CLOCK_DIFF (GST_BUFFER_DURATION (cue), duration)) <= GST_MSECOND);
    g_free (label);
    g_free (text);
  }
}

static void
assert_subtitle_file (const char *encoder)
{
  char *write = g_strdup_printf (
      SOURCE "! microexprextract ! %s ! filesink location=%s/subtitles", encoder, directory);
  char *read = g_strdup_printf (
      "filesrc location=%s/subtitles ! subparse ! fakesink name=collect", directory);

  if (is_available (encoder)) {
    GPtrArray *events = play (write);
    g_ptr_array_unref (play (read));
    fail_unless_equals_int (events->len, N_EVENTS);
    assert_labels (events);
    g_ptr_array_unref (events);
  }
  g_free (write);
  g_free (read);
}

GST_START_TEST (test_webvtt_reads_back)
{
  assert_subtitle_file ("webvttenc");
}
GST_END_TEST

GST_START_TEST (test_srt_reads_back)
{
  assert_subtitle_file ("srtenc");
}
GST_END_TEST

/* Checksums of what was collected. */
static GPtrArray *
checksums (void)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < collected->len; i++) {
    GstMapInfo map;
    GstBuffer *buffer = g_ptr_array_index (collected, i);
    gst_buffer_map (buffer, &map, GST_MAP_READ);
    g_ptr_array_add (sums, g_compute_checksum_for_data (G_CHECKSUM_SHA1, map.data, map.size));
    gst_buffer_unmap (buffer, &map);
  }
  return sums;
}

/* Plays a pipeline in which each @ stands for the directory of the test. (transfer full) */
static GPtrArray *
play_files (const char *pattern)
{
  char **parts = g_strsplit (pattern, "@", -1), *line = g_strjoinv (directory, parts);
  GPtrArray *events = play (line);

  g_strfreev (parts);
  g_free (line);
  return events;
}

/* In two steps: matroskamux ends with the video and does not wait for the analysis. */
GST_START_TEST (test_matroska_has_the_events_beside_the_untouched_video)
{
  GPtrArray *events, *before, *after;

  if (!is_available ("srtenc"))
    return;
  g_ptr_array_unref (
      play_files (FACE "! jpegenc ! tee name=t ! queue ! matroskamux ! "
                       "filesink location=@/in.mkv t. ! queue ! fakesink name=collect"));
  before = checksums ();
  events = play_files ("filesrc location=@/in.mkv ! matroskademux ! jpegdec ! microexpr ! "
                       "microexprextract ! srtenc ! filesink location=@/events.srt");
  g_ptr_array_unref (
      play_files ("matroskamux name=mux ! filesink location=@/out.mkv "
                  "filesrc location=@/events.srt ! subparse ! queue ! mux.subtitle_0 "
                  "filesrc location=@/in.mkv ! matroskademux ! queue ! mux.video_0"));
  g_ptr_array_unref (play_files (
      "filesrc location=@/out.mkv ! matroskademux name=d d.subtitle_0 ! queue ! fakesink "
      "d.video_0 ! queue ! fakesink name=collect"));
  after = checksums ();
  fail_unless_equals_int (before->len, after->len);
  for (guint i = 0; i < before->len; i++)
    fail_unless_equals_string (g_ptr_array_index (before, i), g_ptr_array_index (after, i));
  g_ptr_array_unref (
      play_files ("filesrc location=@/out.mkv ! matroskademux name=d d.video_0 ! queue ! fakesink "
                  "d.subtitle_0 ! queue ! fakesink name=collect"));
  fail_unless_equals_int (events->len, N_EVENTS);
  assert_labels (events);
  g_ptr_array_unref (events);
  g_ptr_array_unref (before);
  g_ptr_array_unref (after);
}
GST_END_TEST

GST_START_TEST (test_subtitles_do_not_keep_a_pipeline_from_playing)
{
  GstElement *pipeline;

  if (!is_available ("textoverlay"))
    return;
  pipeline = parse ("videotestsrc ! video/x-raw,width=160,height=120 ! tee name=t "
                    "t. ! queue ! textoverlay name=o ! fakesink "
                    "t. ! queue ! microexpr ! microexprextract ! queue ! o.text_sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  fail_unless_equals_int (
      gst_element_get_state (pipeline, NULL, NULL, 100 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}
GST_END_TEST

/* --- outputs that fail --- */

GST_START_TEST (test_full_disk_is_an_error)
{
  const char *line =
      SOURCE "! microexprextract ! filesink location=/dev/full buffer-mode=unbuffered";

  if (g_access ("/dev/full", W_OK) == 0)
    g_ptr_array_unref (play_until (line, GST_MESSAGE_ERROR));
}
GST_END_TEST

GST_START_TEST (test_directory_as_output_is_an_error)
{
  g_ptr_array_unref (
      play_until (SOURCE "! microexprextract ! filesink location=/", GST_MESSAGE_ERROR));
}
GST_END_TEST

static void
setup (void)
{
  directory = g_dir_make_tmp ("microexpr-XXXXXX", NULL);
  collected = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
}

static void
teardown (void)
{
  GDir *files = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files))) {
    char *path = path_of (name);
    g_unlink (path);
    g_free (path);
  }
  g_dir_close (files);
  g_rmdir (directory);
  g_free (directory);
  g_ptr_array_unref (collected);
}

static Suite *
extract_files_suite (void)
{
  Suite *suite = suite_create ("extract-files");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, setup, teardown);
  tcase_add_test (tcase, test_events_survive_what_lies_between);
  tcase_add_test (tcase, test_webvtt_reads_back);
  tcase_add_test (tcase, test_srt_reads_back);
  tcase_add_test (tcase, test_matroska_has_the_events_beside_the_untouched_video);
  tcase_add_test (tcase, test_subtitles_do_not_keep_a_pipeline_from_playing);
  tcase_add_test (tcase, test_full_disk_is_an_error);
  tcase_add_test (tcase, test_directory_as_output_is_an_error);
  return suite;
}

GST_CHECK_MAIN (extract_files)
