/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faces and events as GstAnalyticsRelationMeta: what overlays, converters and ONVIF elements look
 * for is there, and the overlay of GStreamer draws it. Needs GStreamer 1.24. */
#include <gst/analytics/analytics.h>
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "analytics.h"
#include "gstmicroexprmeta.h"

#define FACE                                                                                       \
  "microexprtestsrc num-buffers=90 seed=5 noise=0.5 micro-rate=0 macro-rate=0 "                    \
  "blink-rate=0 script=\"1.5s micro AU12 4 300ms\" ! "                                             \
  "video/x-raw,format=I420,width=480,height=360,framerate=30/1 ! "

/* A list of structures, written as text. NULL ends them. */
static GValue
new_list (const char *text, ...)
{
  GValue list = G_VALUE_INIT, value = G_VALUE_INIT;
  va_list rest;

  g_value_init (&list, GST_TYPE_LIST);
  va_start (rest, text);
  for (; text; text = va_arg (rest, const char *)) {
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, gst_structure_new_from_string (text));
    fail_unless (gst_value_get_structure (&value) != NULL, "%s", text);
    gst_value_list_append_and_take_value (&list, &value);
  }
  va_end (rest);
  return list;
}

#define FIRST_FACE                                                                                 \
  "face, id=(uint)2, x=(uint)8, y=(uint)6, width=(uint)16, height=(uint)12, quality=0.75"
#define SECOND_FACE                                                                                \
  "face, id=(uint)5, x=(uint)30, y=(uint)6, width=(uint)16, height=(uint)12, quality=0.5"
#define SMILE                                                                                      \
  "microexpr-event, face=(uint)2, kind=micro, emotion=happiness, confidence=0.875, "               \
  "action-units=[units, AU12=2.0]"
#define UNITS                                                                                      \
  "microexpr-event, face=(uint)2, kind=micro, confidence=0.5, action-units=[units, AU1=2.0, "      \
  "AU2=1.0]"

/* Takes the lists. (transfer full) */
static GstBuffer *
new_buffer (GValue events, GValue faces)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 64 * 48, NULL);

  gst_microexpr_analytics_attach (buffer, &events, &faces, GST_SECOND);
  g_value_unset (&events);
  g_value_unset (&faces);
  return buffer;
}

static guint
count (GstAnalyticsRelationMeta *meta, GstAnalyticsMtdType type)
{
  GstAnalyticsMtd mtd;
  gpointer state = NULL;
  guint n = 0;

  while (gst_analytics_relation_meta_iterate (meta, &state, type, &mtd))
    n++;
  return n;
}

/* The n-th detection. */
static GstAnalyticsODMtd
detection (GstAnalyticsRelationMeta *meta, guint n)
{
  GstAnalyticsODMtd found;
  gpointer state = NULL;

  for (guint i = 0; i <= n; i++)
    fail_unless (gst_analytics_relation_meta_iterate (
        meta, &state, gst_analytics_od_mtd_get_mtd_type (), (GstAnalyticsMtd *)&found));
  return found;
}

/* What a consumer that knows one relation finds of that type at the n-th detection, one only. */
static gboolean
related (GstAnalyticsRelationMeta *meta, guint n, GstAnalyticsRelTypes relation,
    GstAnalyticsMtdType type, gpointer mtd)
{
  gpointer state = NULL;

  return gst_analytics_relation_meta_get_direct_related (
      meta, detection (meta, n).id, relation, type, &state, mtd);
}

static const GstAnalyticsRelTypes relations[] = { GST_ANALYTICS_REL_TYPE_RELATE_TO,
  GST_ANALYTICS_REL_TYPE_CONTAIN };

GST_START_TEST (test_a_face_is_a_detection)
{
  GstBuffer *buffer = new_buffer (new_list (NULL, NULL), new_list (FIRST_FACE, SECOND_FACE, NULL));
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
  GstAnalyticsODMtd face = detection (meta, 0);
  gint x, y, width, height;
  gfloat confidence;

  fail_unless_equals_int (count (meta, gst_analytics_od_mtd_get_mtd_type ()), 2);
  fail_unless (gst_analytics_od_mtd_get_location (&face, &x, &y, &width, &height, &confidence));
  fail_unless (x == 8 && y == 6 && width == 16 && height == 12);
  fail_unless_equals_float (confidence, 0.75);
  fail_unless_equals_string (g_quark_to_string (gst_analytics_od_mtd_get_obj_type (&face)), "face");
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_tracking_has_the_id_of_the_face)
{
  GstBuffer *buffer = new_buffer (new_list (NULL, NULL), new_list (FIRST_FACE, SECOND_FACE, NULL));
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
  const guint64 ids[] = { 2, 5 };

  for (guint n = 0; n < G_N_ELEMENTS (ids); n++) {
    for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
      GstAnalyticsTrackingMtd tracking;
      GstClockTime first, last;
      guint64 id;
      gboolean lost;

      fail_unless (
          related (meta, n, relations[i], gst_analytics_tracking_mtd_get_mtd_type (), &tracking));
      fail_unless (gst_analytics_tracking_mtd_get_info (&tracking, &id, &first, &last, &lost));
      fail_unless_equals_uint64 (id, ids[n]);
      fail_unless_equals_uint64 (last, GST_SECOND);
      fail_if (lost);
    }
  }
  gst_buffer_unref (buffer);
}
GST_END_TEST

/* Overlays look for RELATE_TO, converters for CONTAIN. */
GST_START_TEST (test_an_event_is_a_classification_of_its_face)
{
  GstBuffer *buffer = new_buffer (new_list (SMILE, NULL), new_list (SECOND_FACE, FIRST_FACE, NULL));
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
    GstAnalyticsClsMtd class;

    fail_if (related (meta, 0, relations[i], gst_analytics_cls_mtd_get_mtd_type (), &class));
    fail_unless (related (meta, 1, relations[i], gst_analytics_cls_mtd_get_mtd_type (), &class));
    fail_unless_equals_int ((int)gst_analytics_cls_mtd_get_length (&class), 1);
    fail_unless_equals_string (
        g_quark_to_string (gst_analytics_cls_mtd_get_quark (&class, 0)), "happiness");
    fail_unless_equals_float (gst_analytics_cls_mtd_get_level (&class, 0), 0.875);
  }
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_an_event_without_emotion_is_named_by_its_units)
{
  GstBuffer *buffer = new_buffer (new_list (UNITS, NULL), new_list (FIRST_FACE, NULL));
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
  GstAnalyticsClsMtd class;

  fail_unless (related (
      meta, 0, GST_ANALYTICS_REL_TYPE_RELATE_TO, gst_analytics_cls_mtd_get_mtd_type (), &class));
  fail_unless_equals_string (
      g_quark_to_string (gst_analytics_cls_mtd_get_quark (&class, 0)), "AU1+2");
  gst_buffer_unref (buffer);
}
GST_END_TEST

#if GST_CHECK_VERSION(1, 29, 2) /* on the way to 1.30 */

#define FACE_WITH_LANDMARKS FIRST_FACE ", landmarks=(double)<9.4, 7.6, 20, 15.5>"

GST_START_TEST (test_landmarks_are_keypoints)
{
  GstBuffer *buffer =
      new_buffer (new_list (NULL, NULL), new_list (FACE_WITH_LANDMARKS, SECOND_FACE, NULL));
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
  static const gint positions[][2] = { { 9, 8 }, { 20, 16 } };

  fail_if (related (meta, 1, relations[0], gst_analytics_group_mtd_get_mtd_type (),
      &(GstAnalyticsGroupMtd){ 0 }));
  for (guint i = 0; i < G_N_ELEMENTS (relations); i++) {
    GstAnalyticsGroupMtd group;
    GstAnalyticsMtd point;

    fail_unless (related (meta, 0, relations[i], gst_analytics_group_mtd_get_mtd_type (), &group));
    fail_unless (gst_analytics_mtd_has_semantic_tag (&group, "face-2-kp"));
    fail_unless_equals_int (
        (int)gst_analytics_group_mtd_get_member_count (&group), G_N_ELEMENTS (positions));
    for (guint k = 0; k < G_N_ELEMENTS (positions); k++) {
      GstAnalyticsKeypointDimensions dimension;
      gint x, y;

      fail_unless (gst_analytics_group_mtd_get_member (&group, k, &point));
      fail_unless (gst_analytics_keypoint_mtd_get_position (&point, &x, &y, NULL, &dimension));
      fail_unless (x == positions[k][0] && y == positions[k][1]);
    }
  }
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_a_tag_tells_emotion_from_units)
{
  static const struct
  {
    const char *event, *tag;
  } cases[] = { { SMILE, "facial-expression/emotion" },
    { UNITS, "facial-expression/action-units" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstBuffer *buffer = new_buffer (new_list (cases[i].event, NULL), new_list (FIRST_FACE, NULL));
    GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
    GstAnalyticsClsMtd class;

    fail_unless (related (meta, 0, relations[0], gst_analytics_cls_mtd_get_mtd_type (), &class));
    fail_unless (gst_analytics_mtd_has_semantic_tag (&class, cases[i].tag));
    gst_buffer_unref (buffer);
  }
}
GST_END_TEST

#else
#define FACE_WITH_LANDMARKS FIRST_FACE
#endif

GST_START_TEST (test_without_a_face_there_is_no_meta)
{
  GstBuffer *buffer = new_buffer (new_list (NULL, NULL), new_list (NULL, NULL));

  fail_unless (gst_buffer_get_analytics_relation_meta (buffer) == NULL);
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_what_others_have_found_stays)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstAnalyticsRelationMeta *meta = gst_buffer_add_analytics_relation_meta (buffer);
  GValue events = new_list (NULL, NULL), faces = new_list (FIRST_FACE, NULL);
  GstAnalyticsODMtd car;

  gst_analytics_relation_meta_add_od_mtd (
      meta, g_quark_from_static_string ("car"), 1, 1, 2, 2, 1, &car);
  gst_microexpr_analytics_attach (buffer, &events, &faces, 0);
  fail_unless (gst_buffer_get_analytics_relation_meta (buffer) == meta);
  fail_unless_equals_int (count (meta, gst_analytics_od_mtd_get_mtd_type ()), 2);
  car = detection (meta, 0);
  fail_unless_equals_string (g_quark_to_string (gst_analytics_od_mtd_get_obj_type (&car)), "car");
  g_value_unset (&events);
  g_value_unset (&faces);
  gst_buffer_unref (buffer);
}
GST_END_TEST

/* --- two microexpr in a row --- */

/* What an element does with a buffer. The list is taken. */
static void
attach_all (GstBuffer *buffer, GValue faces)
{
  GValue events = new_list (SMILE, NULL);

  gst_microexpr_analytics_attach (buffer, &events, &faces, GST_SECOND);
  gst_microexpr_meta_attach (buffer, &events, &faces);
}

GST_START_TEST (test_the_second_microexpr_replaces_the_faces_of_the_first)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstAnalyticsRelationMeta *meta;
  GstAnalyticsTrackingMtd tracking;

  gst_microexpr_meta_register ();
  attach_all (buffer, new_list (FACE_WITH_LANDMARKS, SECOND_FACE, NULL));
  attach_all (buffer, new_list (FIRST_FACE, NULL));
  meta = gst_buffer_get_analytics_relation_meta (buffer);
  fail_unless_equals_int (count (meta, gst_analytics_od_mtd_get_mtd_type ()), 1);
  fail_unless_equals_int (count (meta, gst_analytics_tracking_mtd_get_mtd_type ()), 1);
  fail_unless_equals_int (count (meta, gst_analytics_cls_mtd_get_mtd_type ()), 1);
  fail_unless (related (meta, 0, GST_ANALYTICS_REL_TYPE_CONTAIN,
      gst_analytics_tracking_mtd_get_mtd_type (), &tracking));
  attach_all (buffer, new_list (NULL, NULL));
  fail_unless (gst_buffer_get_analytics_relation_meta (buffer) == NULL);
  gst_buffer_unref (buffer);
}
GST_END_TEST

GST_START_TEST (test_what_others_have_found_stays_between_two_microexpr)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstAnalyticsRelationMeta *meta = gst_buffer_add_analytics_relation_meta (buffer);
  GstAnalyticsODMtd car;

  gst_microexpr_meta_register ();
  attach_all (buffer, new_list (FIRST_FACE, NULL));
  gst_analytics_relation_meta_add_od_mtd (
      meta, g_quark_from_static_string ("car"), 1, 1, 2, 2, 1, &car);
  gst_analytics_relation_meta_set_relation (
      meta, GST_ANALYTICS_REL_TYPE_CONTAIN, detection (meta, 0).id, car.id);
  gst_analytics_relation_meta_set_relation (
      meta, GST_ANALYTICS_REL_TYPE_IS_PART_OF, car.id, detection (meta, 0).id);
  attach_all (buffer, new_list (FIRST_FACE, SECOND_FACE, NULL));
  fail_unless (gst_buffer_get_analytics_relation_meta (buffer) == meta);
  fail_unless_equals_int (count (meta, gst_analytics_od_mtd_get_mtd_type ()), 4);
  gst_buffer_unref (buffer);
}
GST_END_TEST

/* --- with the elements of GStreamer --- */

/* The buffers that come out of a pipeline that ends in `appsink name=out`. (transfer full) */
static GPtrArray *
play (const char *pattern)
{
  GPtrArray *buffers = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch_full (pattern, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  GstElement *sink;
  GstSample *sample = NULL;

  fail_unless (pipeline != NULL, "%s", error ? error->message : "");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (;;) {
    g_signal_emit_by_name (sink, "pull-sample", &sample);
    if (!sample)
      break;
    g_ptr_array_add (buffers, gst_buffer_ref (gst_sample_get_buffer (sample)));
    gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  return buffers;
}

GST_START_TEST (test_scaling_takes_the_boxes_along)
{
  GPtrArray *whole = play (FACE "microexpr ! appsink name=out sync=false");
  GPtrArray *half = play (FACE
      "microexpr ! videoscale ! video/x-raw,width=240,height=180 ! appsink name=out sync=false");
  guint n = whole->len - 1;
  GstAnalyticsODMtd before =
      detection (gst_buffer_get_analytics_relation_meta (g_ptr_array_index (whole, n)), 0);
  GstAnalyticsODMtd after =
      detection (gst_buffer_get_analytics_relation_meta (g_ptr_array_index (half, n)), 0);
  gint x, y, width, height, x2, y2, width2, height2;
  gfloat confidence;

  gst_analytics_od_mtd_get_location (&before, &x, &y, &width, &height, &confidence);
  gst_analytics_od_mtd_get_location (&after, &x2, &y2, &width2, &height2, &confidence);
  fail_unless (ABS (x - 2 * x2) <= 2 && ABS (y - 2 * y2) <= 2);
  fail_unless (ABS (width - 2 * width2) <= 2 && ABS (height - 2 * height2) <= 2);
  g_ptr_array_unref (whole);
  g_ptr_array_unref (half);
}
GST_END_TEST

GST_START_TEST (test_the_event_of_a_pipeline_is_a_classification)
{
  GPtrArray *buffers = play (FACE "microexpr ! appsink name=out sync=false");
  guint n = 0;

  for (guint i = 0; i < buffers->len; i++) {
    GstAnalyticsRelationMeta *meta =
        gst_buffer_get_analytics_relation_meta (g_ptr_array_index (buffers, i));
    guint here = meta ? count (meta, gst_analytics_cls_mtd_get_mtd_type ()) : 0;
    fail_unless (here <= 1, "the event is on buffer %u %u times", i, here);
    n += here;
  }
  fail_unless (n > 1, "the event is on %u buffers", n);
  g_ptr_array_unref (buffers);
}
GST_END_TEST

/* Largest difference of luma within `margin` of the left edge of the box. */
static int
difference_at_edge (GstBuffer *a, GstBuffer *b, int margin)
{
  GstAnalyticsODMtd face = detection (gst_buffer_get_analytics_relation_meta (a), 0);
  GstMapInfo left, right;
  gint x, y, width, height;
  gfloat confidence;
  int largest = 0;

  gst_analytics_od_mtd_get_location (&face, &x, &y, &width, &height, &confidence);
  gst_buffer_map (a, &left, GST_MAP_READ);
  gst_buffer_map (b, &right, GST_MAP_READ);
  for (int column = x - margin; column <= x + margin; column++) {
    gsize at = (gsize)(y + height / 2) * 480 + (gsize)column;
    largest = MAX (largest, ABS ((int)left.data[at] - (int)right.data[at]));
  }
  gst_buffer_unmap (a, &left);
  gst_buffer_unmap (b, &right);
  return largest;
}

GST_START_TEST (test_objectdetectionoverlay_draws_our_faces)
{
  GstElementFactory *factory = gst_element_factory_find ("objectdetectionoverlay");
  GPtrArray *plain, *drawn;

  if (!factory) {
    g_print ("not tested: needs objectdetectionoverlay\n");
    return;
  }
  gst_object_unref (factory);
  plain = play (FACE "microexpr ! appsink name=out sync=false");
  drawn = play (FACE "microexpr ! objectdetectionoverlay ! video/x-raw,format=I420 ! "
                     "appsink name=out sync=false");
  fail_unless_equals_int (plain->len, drawn->len);
  fail_unless (difference_at_edge (g_ptr_array_index (plain, plain->len - 1),
                   g_ptr_array_index (drawn, drawn->len - 1), 3) > 30);
  g_ptr_array_unref (plain);
  g_ptr_array_unref (drawn);
}
GST_END_TEST

static Suite *
analytics_suite (void)
{
  Suite *suite = suite_create ("analytics");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_a_face_is_a_detection);
  tcase_add_test (tcase, test_tracking_has_the_id_of_the_face);
  tcase_add_test (tcase, test_an_event_is_a_classification_of_its_face);
  tcase_add_test (tcase, test_an_event_without_emotion_is_named_by_its_units);
#if GST_CHECK_VERSION(1, 29, 2)
  tcase_add_test (tcase, test_landmarks_are_keypoints);
  tcase_add_test (tcase, test_a_tag_tells_emotion_from_units);
#endif
  tcase_add_test (tcase, test_without_a_face_there_is_no_meta);
  tcase_add_test (tcase, test_what_others_have_found_stays);
  tcase_add_test (tcase, test_the_second_microexpr_replaces_the_faces_of_the_first);
  tcase_add_test (tcase, test_what_others_have_found_stays_between_two_microexpr);
  tcase_add_test (tcase, test_scaling_takes_the_boxes_along);
  tcase_add_test (tcase, test_the_event_of_a_pipeline_is_a_classification);
  tcase_add_test (tcase, test_objectdetectionoverlay_draws_our_faces);
  return suite;
}

GST_CHECK_MAIN (analytics)
