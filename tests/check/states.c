/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Elements of the plugin survive every way up and down between NULL and PLAYING, alone and in a
 * running pipeline, and leave nothing behind. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>

static const GstState ways[] = { GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_PLAYING,
  GST_STATE_PAUSED, GST_STATE_READY, GST_STATE_NULL, GST_STATE_PLAYING, GST_STATE_READY,
  GST_STATE_PLAYING, GST_STATE_NULL, GST_STATE_PAUSED, GST_STATE_NULL };

/* Every element of the plugin. (transfer full) */
static GList *
list_factories (void)
{
  GList *features = gst_registry_get_feature_list_by_plugin (gst_registry_get (), "microexpr"),
        *factories = NULL;

  for (GList *l = features; l; l = l->next) {
    if (GST_IS_ELEMENT_FACTORY (l->data))
      factories = g_list_prepend (factories, gst_object_ref (l->data));
  }
  gst_plugin_feature_list_free (features);
  return factories;
}

GST_START_TEST (test_each_element_goes_up_and_down)
{
  GList *factories = list_factories ();

  fail_unless (factories != NULL, "the plugin was not found");
  for (GList *l = factories; l; l = l->next) {
    GstElement *element = gst_element_factory_create (l->data, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
      fail_if (gst_element_set_state (element, ways[i]) == GST_STATE_CHANGE_FAILURE, "%s to %s",
          GST_OBJECT_NAME (l->data), gst_element_state_get_name (ways[i]));
    ASSERT_OBJECT_REFCOUNT (element, "element", 1);
    gst_object_unref (element);
  }
  gst_plugin_feature_list_free (factories);
}
GST_END_TEST

GST_START_TEST (test_element_without_its_model_fails_and_recovers)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);

  g_object_set (element, "landmark-model", "/nowhere/faces.dat", NULL);
  for (guint i = 0; i < 3; i++) {
    fail_unless_equals_int (
        gst_element_set_state (element, GST_STATE_PLAYING), GST_STATE_CHANGE_FAILURE);
    gst_element_set_state (element, GST_STATE_NULL);
  }
  g_object_set (element, "landmark-model", NULL, NULL);
  fail_if (gst_element_set_state (element, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_object_unref (element);
}
GST_END_TEST

GST_START_TEST (test_pipeline_goes_up_and_down_while_frames_flow)
{
  GstElement *pipeline = gst_parse_launch ("videotestsrc ! video/x-raw,width=160,height=120 ! "
                                           "microexpr name=m overlay=true ! fakesink",
      NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    fail_if (gst_element_set_state (pipeline, ways[i]) == GST_STATE_CHANGE_FAILURE);
    gst_element_get_state (pipeline, NULL, NULL, 5 * GST_SECOND);
    g_usleep (10000);
  }
  gst_object_unref (pipeline);
}
GST_END_TEST

GST_START_TEST (test_threads_may_set_everything_while_frames_flow)
{
  GstHarness *h = gst_harness_new ("microexpr");
  GstCaps *caps =
      gst_caps_from_string ("video/x-raw,format=GRAY8,width=64,height=48,framerate=30/1");
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 64 * 48, NULL);
  GstEvent *event = gst_event_new_reconfigure ();
  GstSegment segment;
  GstHarnessThread *threads[4];
  GValue value = G_VALUE_INIT;

  gst_buffer_memset (buffer, 0, 0, 64 * 48);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, "rtsp://a:b@c/");
  gst_harness_set_drop_buffers (h, TRUE);
  threads[0] = gst_harness_stress_push_buffer_start (h, caps, &segment, buffer);
  threads[1] = gst_harness_stress_property_start (h, "source", &value);
  g_value_unset (&value);
  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, 2);
  threads[2] = gst_harness_stress_property_start (h, "sensitivity", &value);
  threads[3] = gst_harness_stress_send_upstream_event_start (h, event);
  while (gst_harness_buffers_received (h) < 100)
    g_usleep (1000);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    gst_harness_stress_thread_stop (threads[i]);
  g_value_unset (&value);
  gst_event_unref (event);
  gst_caps_unref (caps);
  gst_buffer_unref (buffer);
  gst_harness_teardown (h);
}
GST_END_TEST

static Suite *
states_suite (void)
{
  Suite *suite = suite_create ("states");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_each_element_goes_up_and_down);
  tcase_add_test (tcase, test_element_without_its_model_fails_and_recovers);
  tcase_add_test (tcase, test_pipeline_goes_up_and_down_while_frames_flow);
  tcase_add_test (tcase, test_threads_may_set_everything_while_frames_flow);
  return suite;
}

GST_CHECK_MAIN (states)
