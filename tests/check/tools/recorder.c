/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recordings of microexpr-monitor: streams made by hand, a frame every 100 ms, and the files that
 * come of them. The frames are of VP8, into which nobody here looks. */
#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/check/gstcheck.h>

#include "monitor/recorder.h"

#define FRAME (100 * GST_MSECOND)
#define CAPS "video/x-vp8, width=320, height=240, framerate=10/1"

static GstStaticPadTemplate template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-vp8"));

typedef struct
{
  GstElement *pipeline, *original;
  GstPad *pad; /* what is pushed here is the original */
  Recorder *recorder;
  Recordings *recordings;
  Options options;
} Stream;

static void
stream_init (Stream *stream, const char *name, double before_s, double after_s)
{
  GstCaps *caps = gst_caps_from_string (CAPS);

  *stream = (Stream){ .options = { .before_s = before_s, .after_s = after_s } };
  stream->options.record = g_dir_make_tmp (NULL, NULL);
  stream->pipeline = gst_pipeline_new (NULL);
  stream->recordings = recordings_new ();
  stream->recorder = recorder_new (stream->pipeline, name, &stream->options, stream->recordings);
  stream->original = gst_element_factory_make ("fakesink", "original");
  g_object_set (stream->original, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (stream->pipeline), stream->original);
  stream->pad = gst_check_setup_src_pad (stream->original, &template);
  gst_pad_set_active (stream->pad, TRUE);
  gst_element_set_state (stream->pipeline, GST_STATE_PLAYING);
  gst_check_setup_events (stream->pad, stream->original, caps, GST_FORMAT_TIME);
  gst_caps_unref (caps);
}

/* `bytes` in each, without memory of its own. dts: GST_CLOCK_TIME_NONE: none, as from RTP. */
static void
push (const Stream *stream, GstClockTime pts, GstClockTime dts, gboolean key, gsize bytes)
{
  static const guint8 nothing[1024 * 1024];
  GstBuffer *buffer = gst_buffer_new ();

  gst_buffer_append_memory (buffer, gst_memory_new_wrapped (GST_MEMORY_FLAG_READONLY,
                                        (gpointer)nothing, sizeof nothing, 0, bytes, NULL, NULL));
  GST_BUFFER_PTS (buffer) = pts;
  GST_BUFFER_DTS (buffer) = dts;
  if (!key)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  fail_unless_equals_int (gst_pad_push (stream->pad, buffer), GST_FLOW_OK);
}

/* Frames from..to-1 with a key frame every `keys`. */
static void
push_frames (const Stream *stream, guint from, guint to, guint keys, gsize bytes)
{
  for (guint i = from; i < to; i++)
    push (stream, i * FRAME, i * FRAME, i % keys == 0, bytes);
}

/* Until so many files are not complete. */
static void
run_until_open (const Stream *stream, guint n)
{
  while (recorder_n_open () != n) {
    g_main_context_iteration (NULL, FALSE);
    recorder_tick (stream->recorder);
    g_usleep (1000);
  }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Their paths, in the order of time. (transfer full) */
static GPtrArray *
stream_files (const Stream *stream)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  GDir *directory = g_dir_open (stream->options.record, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)))
    g_ptr_array_add (files, g_build_filename (stream->options.record, name, NULL));
  g_dir_close (directory);
  g_ptr_array_sort (files, compare);
  return files;
}

/* Until there are so many files. */
static void
run_until_begun (const Stream *stream, guint n)
{
  guint n_files;

  do {
    GPtrArray *files = stream_files (stream);

    g_main_context_iteration (NULL, FALSE);
    recorder_tick (stream->recorder);
    n_files = files->len;
    g_ptr_array_unref (files);
  } while (n_files != n);
}

/* How many frames the n-th of n_files files has, and the time of the last one. */
static guint
count_frames (const Stream *stream, guint n, guint n_files, GstClockTime *last)
{
  GPtrArray *files = stream_files (stream);
  GstElement *pipeline =
      gst_parse_launch ("filesrc name=file ! matroskademux ! appsink name=frames sync=false", NULL);
  GstElement *file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  GstSample *sample;
  guint n_frames = 0;

  fail_unless_equals_int (files->len, n_files);
  g_object_set (file, "location", files->pdata[n], NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (*last = 0; (sample = gst_app_sink_pull_sample (GST_APP_SINK (sink))); n_frames++) {
    *last = MAX (*last, GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
    gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (file);
  gst_object_unref (pipeline);
  g_ptr_array_unref (files);
  return n_frames;
}

static void
stream_clear (Stream *stream)
{
  GPtrArray *files = stream_files (stream);

  recorder_free (stream->recorder);
  recordings_unref (stream->recordings);
  gst_check_teardown_src_pad (stream->original);
  gst_element_set_state (stream->pipeline, GST_STATE_NULL);
  gst_object_unref (stream->pipeline);
  while (recorder_n_open () > 0)
    g_main_context_iteration (NULL, FALSE);
  for (guint i = 0; i < files->len; i++)
    g_unlink (files->pdata[i]);
  g_ptr_array_unref (files);
  g_rmdir (stream->options.record);
  g_free (stream->options.record);
}

/* From the last key frame at least two seconds before it to one second after it. */
GST_START_TEST (test_an_event_is_recorded_with_what_was_before)
{
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 2, 1);
  push_frames (&stream, 0, 45, 10, 1000);
  recorder_trigger (stream.recorder);
  push_frames (&stream, 45, 60, 10, 1000);
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 1, &last), 55 - 20);
  fail_unless_equals_uint64 (last, (54 - 20) * FRAME);
  stream_clear (&stream);
}
GST_END_TEST

/* Decoded in the order I P B B P B B. */
GST_START_TEST (test_pictures_out_of_order_without_a_time_of_decoding_are_one_recording)
{
  static const guint order[] = { 0, 3, 1, 2, 6, 4, 5, 9, 7, 8 };
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 2, 1);
  for (guint i = 0; i < 60; i++) {
    if (i == 45)
      recorder_trigger (stream.recorder);
    push (&stream, (i / 10 * 10 + order[i % 10]) * FRAME, GST_CLOCK_TIME_NONE, i % 10 == 0, 1000);
  }
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 1, &last), 57 - 20);
  stream_clear (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_clock_that_is_set_back_ends_a_recording)
{
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 2, 1);
  push_frames (&stream, 100, 120, 10, 1000);
  recorder_trigger (stream.recorder);
  push_frames (&stream, 0, 40, 10, 1000);
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 1, &last), 20);
  stream_clear (&stream);
}
GST_END_TEST

GST_START_TEST (test_an_event_before_the_first_key_frame_is_recorded_from_there)
{
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 2, 1);
  push_frames (&stream, 1, 10, 10, 1000);
  recorder_trigger (stream.recorder);
  push_frames (&stream, 10, 15, 10, 1000);
  run_until_open (&stream, 1);
  push_frames (&stream, 15, 40, 10, 1000);
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 1, &last), 25 - 10);
  stream_clear (&stream);
}
GST_END_TEST

/* The directory is away for a while. */
GST_START_TEST (test_after_a_recording_that_failed_the_next_event_is_recorded)
{
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 2, 1);
  g_rmdir (stream.options.record);
  push_frames (&stream, 0, 20, 10, 1000);
  recorder_trigger (stream.recorder);
  run_until_open (&stream, 0);
  g_mkdir (stream.options.record, 0700);
  push_frames (&stream, 20, 25, 10, 1000);
  recorder_trigger (stream.recorder);
  push_frames (&stream, 25, 40, 10, 1000);
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 1, &last), 35);
  stream_clear (&stream);
}
GST_END_TEST

GST_START_TEST (test_what_is_kept_has_a_limit_in_bytes)
{
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 3600, 1);
  push_frames (&stream, 0, 100, 1000, 1024 * 1024); /* a camera that sends few key frames */
  recorder_trigger (stream.recorder);
  fail_unless_equals_int (recorder_n_open (), 0);
  push_frames (&stream, 1000, 1001, 1000, 1024 * 1024);
  run_until_open (&stream, 1);
  push_frames (&stream, 1001, 1020, 1000, 1024 * 1024);
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 1, &last), 11);
  stream_clear (&stream);
}
GST_END_TEST

/* A second of it comes to 2 GB, which is no speed of a disk. */
GST_START_TEST (test_what_a_slow_disk_has_not_taken_has_a_limit)
{
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 2, 3600);
  push_frames (&stream, 0, 1, 10, 1000);
  recorder_trigger (stream.recorder);
  for (guint i = 1; i < 1000; i++)
    push (&stream, FRAME + i * GST_USECOND, GST_CLOCK_TIME_NONE, FALSE, 1024 * 1024);
  run_until_open (&stream, 0);
  fail_unless (count_frames (&stream, 0, 1, &last) < 900);
  stream_clear (&stream);
}
GST_END_TEST

/* Something happens all the time; a key frame every ten seconds. */
GST_START_TEST (test_a_recording_is_no_longer_than_ten_minutes)
{
  Stream stream;
  GstClockTime last;

  stream_init (&stream, "door", 2, 1);
  for (guint i = 0; i < 7000; i++) {
    push_frames (&stream, i, i + 1, 100, 100);
    if (i % 5 == 0)
      recorder_trigger (stream.recorder);
    if (i == 6110)
      run_until_begun (&stream, 2);
  }
  push_frames (&stream, 7000, 7020, 100, 100);
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 2, &last), 6100);
  fail_unless_equals_int (count_frames (&stream, 1, 2, &last), 7000 - 6100 + 6);
  stream_clear (&stream);
}
GST_END_TEST

GST_START_TEST (test_a_long_name_is_cut)
{
  g_autoptr (GString) name = g_string_new (NULL);
  Stream stream;
  GPtrArray *files;
  GstClockTime last;

  for (guint i = 0; i < 100; i++)
    g_string_append (name, "\u20ac/"); /* escaped 12 bytes */
  stream_init (&stream, name->str, 2, 1);
  push_frames (&stream, 0, 5, 10, 1000);
  recorder_trigger (stream.recorder);
  push_frames (&stream, 5, 20, 10, 1000);
  run_until_open (&stream, 0);
  fail_unless_equals_int (count_frames (&stream, 0, 1, &last), 15);
  files = stream_files (&stream);
  fail_unless (strstr (files->pdata[0], "%2F-20") || strstr (files->pdata[0], "\u20ac-20"));
  g_ptr_array_unref (files);
  stream_clear (&stream);
}
GST_END_TEST

static Suite *
recorder_suite (void)
{
  Suite *suite = suite_create ("recorder");
  TCase *tc = tcase_create ("recorder");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_an_event_is_recorded_with_what_was_before);
  tcase_add_test (tc, test_pictures_out_of_order_without_a_time_of_decoding_are_one_recording);
  tcase_add_test (tc, test_a_clock_that_is_set_back_ends_a_recording);
  tcase_add_test (tc, test_an_event_before_the_first_key_frame_is_recorded_from_there);
  tcase_add_test (tc, test_after_a_recording_that_failed_the_next_event_is_recorded);
  tcase_add_test (tc, test_what_is_kept_has_a_limit_in_bytes);
  tcase_add_test (tc, test_what_a_slow_disk_has_not_taken_has_a_limit);
  tcase_add_test (tc, test_a_recording_is_no_longer_than_ten_minutes);
  tcase_add_test (tc, test_a_long_name_is_cut);
  return suite;
}

GST_CHECK_MAIN (recorder)
