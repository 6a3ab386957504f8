/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What microexpr reports: messages and metas field by field, with a scripted analysis that finds
 * the same events every time. */
#include "scripted-stream.h"

#include <gst/controller/gstdirectcontrolbinding.h>
#include <gst/controller/gstinterpolationcontrolsource.h>

static void
expect_event_fields (const GstStructure *s)
{
  const GstStructure *units, *left, *right, *emotions;

  fail_unless_equals_uint64 (get_uint64 (s, "timestamp"), 400 * GST_MSECOND);
  fail_unless_equals_uint64 (get_uint64 (s, "duration"), 200 * GST_MSECOND);
  fail_unless_equals_uint64 (get_uint64 (s, "id"), 0);
  fail_unless_equals_int (get_uint (s, "face"), 0);
  fail_unless_equals_string (gst_structure_get_string (s, "kind"), "micro");
  fail_unless_equals_string (gst_structure_get_string (s, "emotion"), "happiness");
  fail_unless_equals_float (get_double (s, "confidence"), 0.7);
  fail_unless_equals_float (get_double (s, "intensity"), 2.1);
  fail_unless_equals_float (get_double (s, "snr"), 9.5);
  fail_unless_equals_float (get_double (s, "speaking"), 0.75);
  fail_unless_equals_string (gst_structure_get_string (s, "context"), "conversational");
  fail_unless_equals_int (get_uint (s, "x"), 4);
  fail_unless_equals_int (get_uint (s, "y"), 8);
  fail_unless_equals_int (get_uint (s, "width"), 16);
  fail_unless_equals_int (get_uint (s, "height"), 12);
  units = gst_value_get_structure (gst_structure_get_value (s, "action-units"));
  left = gst_value_get_structure (gst_structure_get_value (s, "left"));
  right = gst_value_get_structure (gst_structure_get_value (s, "right"));
  emotions = gst_value_get_structure (gst_structure_get_value (s, "emotions"));
  fail_unless_equals_int (gst_structure_n_fields (units), 1);
  fail_unless_equals_float (get_double (units, "AU12"), 1.9);
  fail_unless_equals_float (get_double (left, "AU12"), 1.9);
  fail_unless_equals_float (get_double (right, "AU12"), 1.2);
  fail_unless_equals_int (gst_structure_n_fields (emotions), 6);
  fail_unless_equals_float (get_double (emotions, "happiness"), 0.8);
}

GST_START_TEST (test_event_reaches_bus_and_buffer_with_every_field)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  GstStructure *message;
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, "source=desk");
  gst_harness_set_live (stream.harness, FALSE);
  script.events = &event;
  script.n_events = 1;
  buffer = stream_push_until_event (&stream);
  message = stream_pop_message (&stream, "microexpr-event");
  fail_unless (message != NULL);
  expect_event_fields (message);
  expect_event_fields (buffer_item (buffer, "events", 0));
  fail_unless_equals_string (gst_structure_get_string (message, "source"), "desk");
  fail_if (gst_structure_has_field (message, "utc"), "not live, no reference: no wall clock");
  fail_unless (gst_structure_is_equal (message, buffer_item (buffer, "events", 0)));
  gst_structure_free (message);
  gst_buffer_unref (buffer);
  stream_stop (&stream);
}
GST_END_TEST

/* Everybody is in both views: the box of the second event lies in the other one. */
GST_START_TEST (test_stereo_video_reports_each_event_once)
{
  static const char *const modes[] = { "side-by-side", "top-bottom", "mono" };
  static const guint n_reported[] = { 1, 1, 2 };
  MeEvent events[] = { stream_event (400 * GST_MSECOND), stream_event (400 * GST_MSECOND) };

  events[1].id = events[1].face = 1;
  events[1].box.x += WIDTH / 2;
  events[1].box.y += HEIGHT / 2;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autofree char *caps = g_strdup_printf (CAPS ",multiview-mode=%s", modes[i]);
    GstStructure *message;
    guint n = 0;
    Stream stream;
    stream_start (&stream, NULL);
    gst_harness_set_src_caps_str (stream.harness, caps);
    script.events = events;
    script.n_events = 2;
    gst_buffer_unref (stream_push_until_event (&stream));
    while ((message = stream_pop_message (&stream, "microexpr-event"))) {
      n += 1;
      gst_structure_free (message);
    }
    fail_unless_equals_int (n, n_reported[i]);
    stream_stop (&stream);
  }
}
GST_END_TEST

GST_START_TEST (test_stats_count_events_that_the_analysis_dropped)
{
  Stream stream;

  stream_start (&stream, NULL);
  script.events_dropped = 3;
  stream_run_until (&stream, 2 * FRAME);
  fail_unless_equals_uint64 (stream_count (&stream, "events-dropped"), 3);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_times_follow_the_segment)
{
  MeEvent event = stream_event (10 * GST_SECOND + 400 * GST_MSECOND);
  GstStructure *message;
  GstSegment segment;
  Stream stream;

  stream_start (&stream, NULL);
  script.events = &event;
  script.n_events = 1;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = 10 * GST_SECOND;
  segment.time = 3 * GST_SECOND;
  segment.base = 7 * GST_SECOND;
  fail_unless (gst_harness_push_event (stream.harness, gst_event_new_segment (&segment)));
  stream.time = 10 * GST_SECOND;
  stream_run_until (&stream, 11 * GST_SECOND);
  message = stream_pop_message (&stream, "microexpr-event");
  fail_unless (message != NULL);
  fail_unless_equals_uint64 (get_uint64 (message, "timestamp"), 10400 * GST_MSECOND);
  fail_unless_equals_uint64 (get_uint64 (message, "stream-time"), 3400 * GST_MSECOND);
  fail_unless_equals_uint64 (get_uint64 (message, "running-time"), 7400 * GST_MSECOND);
  fail_unless_equals_uint64 (get_uint64 (message, "onset"), 3400 * GST_MSECOND);
  fail_unless_equals_uint64 (get_uint64 (message, "apex"), 3480 * GST_MSECOND);
  fail_unless_equals_uint64 (get_uint64 (message, "offset"), 3600 * GST_MSECOND);
  gst_structure_free (message);
  stream_stop (&stream);
}
GST_END_TEST

/* Whether a string that names an emotion is anywhere in a text. */
static gboolean
names_an_emotion (const char *text)
{
  for (guint i = 0; i <= ME_EMOTION_OTHER; i++) {
    if (strstr (text, me_emotion_name (i)))
      return TRUE;
  }
  return strstr (text, "emotion") != NULL;
}

static void
expect_no_emotion_in (const GstStructure *s)
{
  char *text = gst_structure_to_string (s);

  fail_if (names_an_emotion (text), "%s", text);
  g_free (text);
}

GST_START_TEST (test_action_units_name_no_emotion_anywhere)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  GstVideoRegionOfInterestMeta *roi;
  GstStructure *message;
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, "interpretation=action-units face-data=landmarks+units");
  fail_if (script.config.emotions, "the analysis is told to infer none");
  script.events = &event;
  script.n_events = 1;
  buffer = stream_push_until_event (&stream);
  message = stream_pop_message (&stream, "microexpr-event");
  expect_no_emotion_in (message);
  expect_no_emotion_in (
      gst_custom_meta_get_structure (gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta")));
  roi = gst_buffer_get_video_region_of_interest_meta_id (buffer, 0);
  for (GList *l = roi->params; l; l = l->next)
    expect_no_emotion_in (l->data);
  fail_unless_equals_string (
      gst_structure_get_string (
          gst_video_region_of_interest_meta_get_param (roi, "microexpr"), "label"),
      "AU12");
  gst_structure_free (message);
  gst_buffer_unref (buffer);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_region_of_interest_carries_what_converters_read)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  GstVideoRegionOfInterestMeta *roi;
  GstStructure *param;
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, NULL);
  script.n_faces = 2;
  script.events = &event;
  script.n_events = 1;
  buffer = stream_push_until_event (&stream);
  roi = gst_buffer_get_video_region_of_interest_meta_id (buffer, 1);
  fail_unless (roi != NULL);
  fail_unless_equals_string (g_quark_to_string (roi->roi_type), "face");
  fail_unless_equals_int (roi->x, 4);
  fail_unless_equals_int (roi->y, 8);
  fail_unless_equals_int (roi->w, 16);
  fail_unless_equals_int (roi->h, 12);
  fail_unless (gst_video_region_of_interest_meta_get_param (roi, "microexpr") == NULL);
  param = gst_video_region_of_interest_meta_get_param (roi, "detection");
  fail_unless_equals_float (get_double (param, "x_min"), 4.0 / WIDTH);
  fail_unless_equals_float (get_double (param, "y_max"), 20.0 / HEIGHT);
  roi = gst_buffer_get_video_region_of_interest_meta_id (buffer, 0);
  param = gst_video_region_of_interest_meta_get_param (roi, "microexpr");
  fail_unless_equals_string (gst_structure_get_string (param, "label"), "happiness");
  fail_unless (gst_structure_get_string (param, "model_name") != NULL);
  fail_unless_equals_float (get_double (param, "confidence"), 0.7);
  gst_buffer_unref (buffer);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_faces_hold_what_face_data_asks_for)
{
  const GstStructure *face;
  const GValue *landmarks;
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, NULL);
  buffer = stream_push (&stream, stream_new_frame (0));
  face = buffer_item (buffer, "faces", 0);
  fail_unless_equals_int (get_uint (face, "id"), 0);
  fail_unless_equals_float (get_double (face, "ipd"), 7.5);
  fail_unless_equals_float (get_double (face, "quality"), 0.9);
  fail_unless_equals_float (get_double (face, "motion"), (double)0.3);
  fail_unless_equals_float (get_double (face, "noise"), (double)0.1);
  fail_unless_equals_float (get_double (face, "speaking"), 0.25);
  fail_unless_equals_float (get_double (face, "yaw"), -12.5);
  fail_unless_equals_float (get_double (face, "pitch"), 0);
  fail_if (gst_structure_has_field (face, "landmarks"));
  fail_if (gst_structure_has_field (face, "units"));
  gst_buffer_unref (buffer);

  gst_util_set_object_arg (G_OBJECT (stream.element), "face-data", "landmarks+units");
  buffer = stream_push (&stream, stream_new_frame (FRAME));
  face = buffer_item (buffer, "faces", 0);
  landmarks = gst_structure_get_value (face, "landmarks");
  fail_unless_equals_int (gst_value_array_get_size (landmarks), 2 * ME_N_LANDMARKS);
  fail_unless_equals_float (g_value_get_double (gst_value_array_get_value (landmarks, 1)), 6.25);
  fail_unless_equals_float (
      get_double (gst_value_get_structure (gst_structure_get_value (face, "units")), "AU12"), 1.5);
  gst_buffer_unref (buffer);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_faces_message_only_when_the_set_changes)
{
  GstStructure *message;
  Stream stream;

  stream_start (&stream, "messages=faces source=desk");
  stream_run_until (&stream, 400 * GST_MSECOND);
  message = stream_pop_message (&stream, "microexpr-faces");
  fail_unless (message != NULL);
  fail_unless_equals_uint64 (get_uint64 (message, "timestamp"), 0);
  fail_unless_equals_int (gst_value_list_get_size (gst_structure_get_value (message, "faces")), 1);
  gst_structure_free (message);
  fail_unless (stream_pop_message (&stream, "microexpr-faces") == NULL);

  script.n_faces = 0;
  stream_run_until (&stream, 800 * GST_MSECOND);
  message = stream_pop_message (&stream, "microexpr-faces");
  fail_unless_equals_uint64 (get_uint64 (message, "stream-time"), 400 * GST_MSECOND);
  fail_unless_equals_int (gst_value_list_get_size (gst_structure_get_value (message, "faces")), 0);
  gst_structure_free (message);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_messages_can_be_switched_off)
{
  MeEvent event = stream_event (400 * GST_MSECOND);
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, "messages=0");
  script.events = &event;
  script.n_events = 1;
  buffer = stream_push_until_event (&stream);
  fail_unless (gst_bus_pop_filtered (stream.bus, GST_MESSAGE_ELEMENT) == NULL);
  gst_buffer_unref (buffer);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_warning_tells_what_was_measured)
{
  MeWarning warning = { ME_WARNING_FACE_SMALL, TRUE, 3, 31.5, 40 };
  GstStructure *message;
  gboolean active;
  Stream stream;

  stream_start (&stream, NULL);
  script.warning = &warning;
  stream_run_until (&stream, 200 * GST_MSECOND);
  message = stream_pop_message (&stream, "microexpr-warning");
  fail_unless_equals_string (gst_structure_get_string (message, "reason"), "face-small");
  fail_unless_equals_string (gst_structure_get_string (message, "unit"), "px");
  fail_unless (gst_structure_get_boolean (message, "active", &active) && active);
  fail_unless_equals_float (get_double (message, "value"), 31.5);
  fail_unless_equals_float (get_double (message, "limit"), 40.0);
  fail_unless_equals_int (get_uint (message, "face"), 3);
  fail_unless_equals_uint64 (stream_count (&stream, "warnings"), 1);
  gst_structure_free (message);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_no_face_names_the_orientation)
{
  MeWarning warning = { ME_WARNING_NO_FACE, TRUE, -1, 2.1, 2 };
  GstStructure *message;
  Stream stream;

  stream_start (&stream, NULL);
  script.warning = &warning;
  gst_harness_push_event (stream.harness,
      gst_event_new_tag (gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION, "rotate-90", NULL)));
  stream_run_until (&stream, 200 * GST_MSECOND);
  message = stream_pop_message (&stream, "microexpr-warning");
  fail_unless_equals_string (gst_structure_get_string (message, "orientation"), "rotate-90");
  fail_if (gst_structure_has_field (message, "face"));
  gst_structure_free (message);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_interlaced_video_is_read_by_field_with_a_warning)
{
  const char *caps = CAPS ",interlace-mode=interleaved";
  GstStructure *message;
  gboolean active;
  GstBuffer *buffer;
  Stream stream;

  stream_start (&stream, "min-face-size=80");
  gst_harness_set_src_caps_str (stream.harness, caps);
  buffer = stream_push (&stream, stream_new_frame (0));
  fail_unless_equals_int (script.frame.height, HEIGHT / 2);
  fail_unless_equals_int (script.frame.stride, 2 * WIDTH);
  fail_unless_equals_float (script.frame.pixel_aspect, 0.5);
  fail_unless_equals_int (script.config.min_face_size_px, 40);
  fail_unless_equals_int (get_uint (buffer_item (buffer, "faces", 0), "y"), 16);
  fail_unless_equals_int (get_uint (buffer_item (buffer, "faces", 0), "height"), 24);
  fail_unless_equals_float (get_double (buffer_item (buffer, "faces", 0), "ipd"), 15.0);
  gst_buffer_unref (buffer);
  message = stream_pop_message (&stream, "microexpr-warning");
  fail_unless_equals_string (gst_structure_get_string (message, "reason"), "interlaced");
  fail_unless (gst_structure_get_boolean (message, "active", &active) && active);
  gst_structure_free (message);

  gst_harness_set_src_caps_str (stream.harness, CAPS);
  gst_buffer_unref (stream_push (&stream, stream_new_frame (FRAME)));
  message = stream_pop_message (&stream, "microexpr-warning");
  fail_unless (gst_structure_get_boolean (message, "active", &active) && !active);
  gst_structure_free (message);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_controlled_property_follows_the_stream)
{
  GstControlSource *source = gst_interpolation_control_source_new ();
  GstTimedValueControlSource *points = GST_TIMED_VALUE_CONTROL_SOURCE (source);
  Stream stream;

  stream_start (&stream, NULL);
  g_object_set (source, "mode", GST_INTERPOLATION_MODE_NONE, NULL);
  gst_timed_value_control_source_set (points, 0, 1);
  gst_timed_value_control_source_set (points, 400 * GST_MSECOND, 4);
  fail_unless (gst_object_add_control_binding (
      GST_OBJECT (stream.element), gst_direct_control_binding_new_absolute (
                                       GST_OBJECT (stream.element), "sensitivity", source)));
  stream_run_until (&stream, 400 * GST_MSECOND);
  fail_unless_equals_float (script.config.sensitivity, 1.0);
  stream_run_until (&stream, 480 * GST_MSECOND);
  fail_unless_equals_float (script.config.sensitivity, 4.0);
  gst_object_unref (source);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_settings_reach_the_analysis_when_they_change_only)
{
  guint before;
  Stream stream;

  stream_start (&stream, NULL);
  stream_run_until (&stream, 400 * GST_MSECOND);
  before = script.configured;
  g_object_set (stream.element, "min-confidence", 0.9, NULL);
  stream_run_until (&stream, 800 * GST_MSECOND);
  fail_unless_equals_int (script.configured, before + 1);
  fail_unless_equals_float (script.config.min_confidence, 0.9);
  g_object_set (stream.element, "min-confidence", 0.9, NULL);
  stream_run_until (&stream, 1200 * GST_MSECOND);
  fail_unless_equals_int (script.configured, before + 1);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
reports_suite (void)
{
  Suite *suite = suite_create ("reports");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_event_reaches_bus_and_buffer_with_every_field);
  tcase_add_test (tcase, test_stereo_video_reports_each_event_once);
  tcase_add_test (tcase, test_stats_count_events_that_the_analysis_dropped);
  tcase_add_test (tcase, test_times_follow_the_segment);
  tcase_add_test (tcase, test_action_units_name_no_emotion_anywhere);
  tcase_add_test (tcase, test_region_of_interest_carries_what_converters_read);
  tcase_add_test (tcase, test_faces_hold_what_face_data_asks_for);
  tcase_add_test (tcase, test_faces_message_only_when_the_set_changes);
  tcase_add_test (tcase, test_messages_can_be_switched_off);
  tcase_add_test (tcase, test_warning_tells_what_was_measured);
  tcase_add_test (tcase, test_no_face_names_the_orientation);
  tcase_add_test (tcase, test_interlaced_video_is_read_by_field_with_a_warning);
  tcase_add_test (tcase, test_controlled_property_follows_the_stream);
  tcase_add_test (tcase, test_settings_reach_the_analysis_when_they_change_only);
  return suite;
}

GST_CHECK_MAIN (reports)
