/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Structures and metas: that they survive what pipelines do to buffers, and can be read without any
 * library of ours. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "extract/gstmicroexprextract.h"
#include "gstmicroexprmeta.h"
#include "microexpr/gstmicroexpr.h"
#include "overlay/gstmicroexproverlay.h"

static const MeEvent blink = { .id = 7,
  .face = 2,
  .kind = ME_KIND_BLINK,
  .onset_ns = 100,
  .apex_ns = 150,
  .offset_ns = 300,
  .strength = { [ME_AU45] = 12, [ME_AU17] = 1 },
  .left = { [ME_AU45] = 11, [ME_AU17] = 1 },
  .right = { [ME_AU45] = 12 },
  .emotion = ME_EMOTION_NONE,
  .confidence = 0.5,
  .intensity = 12,
  .snr = 3,
  .box = { -3, 4, 50, 60 } };

static void
append (GValue *list, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  if (!G_IS_VALUE (list))
    g_value_init (list, GST_TYPE_LIST);
  if (!structure)
    return;
  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_list_append_and_take_value (list, &value);
}

static GstStructure *
new_event (const char *name, gboolean measured)
{
  GstMicroexprTimes times = { 100, 1100, 1200, 1250, 1400 };

  return gst_microexpr_event_to_structure (&blink, &times, name, measured);
}

static GstBuffer *
new_buffer_with_meta (guint n_events)
{
  GValue events = G_VALUE_INIT, faces = G_VALUE_INIT;
  GstMicroexprPlacement placement = GST_MICROEXPR_PLACEMENT_INIT;
  MeFace face = { .id = 2, .box = { 8, 6, 16, 12 } };
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);

  append (&events, NULL);
  for (guint i = 0; i < n_events; i++)
    append (&events, new_event ("microexpr-event", TRUE));
  append (&faces, gst_microexpr_face_to_structure (&face, &placement, 0));
  gst_microexpr_meta_attach (buffer, &events, &faces);
  return buffer;
}

static guint
count_items (GstBuffer *buffer, const char *list)
{
  const GstStructure *s = gst_microexpr_meta_get_structure (buffer);

  fail_unless (s != NULL);
  return gst_value_list_get_size (gst_structure_get_value (s, list));
}

GST_START_TEST (test_truth_has_no_confidence)
{
  GstStructure *truth = new_event ("microexpr-truth", FALSE);
  GstStructure *event = new_event ("microexpr-event", TRUE);

  fail_unless (gst_structure_has_name (truth, "microexpr-truth"));
  fail_if (gst_structure_has_field (truth, "confidence"));
  fail_if (gst_structure_has_field (truth, "snr"));
  fail_unless (gst_structure_has_field (event, "confidence"));
  fail_unless_equals_int (gst_structure_n_fields (truth) + 3, gst_structure_n_fields (event));
  gst_structure_free (truth);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_a_blink_is_no_emotion)
{
  GstStructure *event = new_event ("microexpr-event", TRUE);

  fail_unless_equals_string (gst_structure_get_string (event, "kind"), "blink");
  fail_if (gst_structure_has_field (event, "emotion"));
  fail_if (gst_structure_has_field (event, "emotions"));
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_midline_units_have_no_sides)
{
  GstStructure *event = new_event ("microexpr-event", TRUE);
  const GstStructure *left = gst_value_get_structure (gst_structure_get_value (event, "left"));

  fail_unless (gst_structure_has_field (left, "AU45"));
  fail_if (gst_structure_has_field (left, "AU17"));
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_structure_text_reads_back)
{
  GstStructure *event = new_event ("microexpr-event", TRUE), *back;
  char *text = gst_structure_to_string (event);

  back = gst_structure_from_string (text, NULL);
  fail_unless (back && gst_structure_is_equal (event, back), "%s", text);
  gst_structure_free (event);
  gst_structure_free (back);
  g_free (text);
}
GST_END_TEST

GST_START_TEST (test_onset_before_the_segment_still_has_a_time)
{
  GstMicroexprTimes times;
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = 10 * GST_SECOND;
  segment.time = 5 * GST_SECOND;
  segment.base = 2 * GST_SECOND;
  gst_microexpr_times_init (&times, &segment, 9 * GST_SECOND, 10 * GST_SECOND, 11 * GST_SECOND);
  fail_unless_equals_uint64 (times.timestamp, 9 * GST_SECOND);
  fail_unless_equals_uint64 (times.running_time, 1 * GST_SECOND);
  fail_unless_equals_uint64 (times.onset, 4 * GST_SECOND);
  fail_unless_equals_uint64 (times.offset, 6 * GST_SECOND);
  segment.time = 0;
  segment.base = 0;
  gst_microexpr_times_init (&times, &segment, 9 * GST_SECOND, 10 * GST_SECOND, 11 * GST_SECOND);
  fail_unless_equals_uint64 (times.onset, GST_CLOCK_TIME_NONE);
  fail_unless_equals_uint64 (times.running_time, GST_CLOCK_TIME_NONE);
}
GST_END_TEST

GST_START_TEST (test_meta_is_found_by_its_name)
{
  GstBuffer *buffer = new_buffer_with_meta (1);
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  const gchar *const *tags = gst_meta_api_type_get_tags (meta->meta.info->api);

  fail_unless (meta != NULL);
  fail_unless_equals_string (tags[0], "video");
  fail_unless (tags[1] == NULL);
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_meta_survives_a_copy)
{
  GstBuffer *buffer = new_buffer_with_meta (1), *copy = gst_buffer_copy (buffer);

  gst_buffer_unref (buffer);
  fail_unless_equals_int (count_items (copy, "events"), 1);
  fail_unless_equals_int (count_items (copy, "faces"), 1);
  gst_buffer_unref (copy);
}
GST_END_TEST

GST_START_TEST (test_there_is_one_meta_per_buffer)
{
  GstBuffer *buffer = new_buffer_with_meta (2);
  GValue events = G_VALUE_INIT, faces = G_VALUE_INIT;
  gpointer state = NULL;
  guint n = 0;

  gst_microexpr_meta_attach (buffer, &events, &faces);
  while (gst_buffer_iterate_meta (buffer, &state))
    n++;
  fail_unless_equals_int (n, 1);
  fail_unless_equals_int (count_items (buffer, "events"), 0);
  fail_unless_equals_int (count_items (buffer, "faces"), 0);
  gst_buffer_unref (buffer);
}
GST_END_TEST

/* gvametaconvert of DL Streamer passes over params that have not these fields of these types. */
GST_START_TEST (test_regions_have_the_shape_that_dl_streamer_reads)
{
  static const char *const corners[] = { "x_min", "x_max", "y_min", "y_max" };
  GstBuffer *buffer = new_buffer_with_meta (1);
  const GstStructure *meta = gst_microexpr_meta_get_structure (buffer);
  GstVideoRegionOfInterestMeta *roi;

  gst_microexpr_roi_attach (buffer, gst_structure_get_value (meta, "events"),
      gst_structure_get_value (meta, "faces"), 32, 24);
  roi = gst_buffer_get_video_region_of_interest_meta_id (buffer, 2);
  fail_unless_equals_int (g_list_length (roi->params), 2);
  for (GList *l = roi->params; l; l = l->next) {
    fail_unless (gst_structure_has_field_typed (l->data, "label", G_TYPE_STRING));
    fail_unless (gst_structure_has_field_typed (l->data, "model_name", G_TYPE_STRING));
    fail_unless (gst_structure_has_field_typed (l->data, "confidence", G_TYPE_DOUBLE));
  }
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++) {
    double part = -1;
    gst_structure_get_double (
        gst_video_region_of_interest_meta_get_param (roi, "detection"), corners[i], &part);
    fail_unless_equals_float (part, i % 2 ? 0.75 : 0.25);
  }
  fail_unless (
      gst_structure_has_field_typed (gst_video_region_of_interest_meta_get_param (roi, "microexpr"),
          "attribute_name", G_TYPE_STRING));
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_second_analysis_replaces_the_regions_of_the_first)
{
  GstBuffer *buffer = new_buffer_with_meta (1);
  const GstStructure *meta = gst_microexpr_meta_get_structure (buffer);

  gst_buffer_add_video_region_of_interest_meta (buffer, "plate", 0, 0, 8, 8);
  for (guint i = 0; i < 2; i++)
    gst_microexpr_roi_attach (buffer, gst_structure_get_value (meta, "events"),
        gst_structure_get_value (meta, "faces"), 32, 24);
  fail_unless_equals_int (
      gst_buffer_get_n_meta (buffer, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE), 2);
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_box_outside_the_picture_is_not_negative)
{
  GstStructure *event = new_event ("microexpr-event", TRUE);
  guint x;

  fail_unless (gst_structure_get_uint (event, "x", &x));
  fail_unless_equals_int (x, 0);
  gst_structure_free (event);
}
GST_END_TEST

/* Run in a process of its own: no plugin and no other test has registered the meta there. */
GST_START_TEST (test_each_element_alone_brings_the_meta)
{
  gboolean registered = FALSE;

  if (__i__ == 0)
    registered = GST_ELEMENT_REGISTER (microexpr, NULL);
  else if (__i__ == 1)
    registered = GST_ELEMENT_REGISTER (microexproverlay, NULL);
  else
    registered = GST_ELEMENT_REGISTER (microexprextract, NULL);
  fail_unless (registered);
  fail_unless (gst_meta_get_info (GST_MICROEXPR_META_NAME));
}
GST_END_TEST

static void
setup (void)
{
  gst_microexpr_meta_register ();
}

static Suite *
meta_suite (void)
{
  Suite *suite = suite_create ("meta");
  TCase *tcase = tcase_create ("general");
  TCase *alone = tcase_create ("alone");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, setup, NULL);
  tcase_add_test (tcase, test_truth_has_no_confidence);
  tcase_add_test (tcase, test_a_blink_is_no_emotion);
  tcase_add_test (tcase, test_midline_units_have_no_sides);
  tcase_add_test (tcase, test_structure_text_reads_back);
  tcase_add_test (tcase, test_onset_before_the_segment_still_has_a_time);
  tcase_add_test (tcase, test_meta_is_found_by_its_name);
  tcase_add_test (tcase, test_meta_survives_a_copy);
  tcase_add_test (tcase, test_there_is_one_meta_per_buffer);
  tcase_add_test (tcase, test_regions_have_the_shape_that_dl_streamer_reads);
  tcase_add_test (tcase, test_second_analysis_replaces_the_regions_of_the_first);
  tcase_add_test (tcase, test_box_outside_the_picture_is_not_negative);
  suite_add_tcase (suite, alone);
  tcase_add_loop_test (alone, test_each_element_alone_brings_the_meta, 0, 3);
  return suite;
}

GST_CHECK_MAIN (meta)
