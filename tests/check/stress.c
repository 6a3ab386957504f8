/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Many threads and many elements at once: nothing crashes, hangs or races. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>

#define FRAMES                                                                                     \
  "videotestsrc pattern=snow is-live=true ! "                                                      \
  "video/x-raw,format=GRAY8,width=96,height=64,framerate=30/1 ! "
#define N_ELEMENTS 16

static GstElement *
new_pipeline (const char *elements)
{
  g_autofree char *line = g_strconcat (FRAMES, elements, " ! fakesink", NULL);
  GstElement *pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);

  fail_unless (pipeline != NULL, "%s", line);
  return pipeline;
}

/* Numbers from 0 to n - 1 in some order. */
static void
shuffle (guint *order, guint n, GRand *random)
{
  for (guint i = 0; i < n; i++) {
    guint j = (guint)g_rand_int_range (random, 0, (gint)i + 1);
    order[i] = order[j];
    order[j] = i;
  }
}

GST_START_TEST (test_sixteen_elements_start_run_and_stop_in_any_order)
{
  static const GstState states[] = { GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_PLAYING };
  GstElement *pipelines[N_ELEMENTS];
  GRand *random = g_rand_new_with_seed (9);
  guint order[N_ELEMENTS];

  for (guint i = 0; i < N_ELEMENTS; i++)
    pipelines[i] = new_pipeline (i % 4 == 0 ? "microexpr overlay=true" : "microexpr");
  for (guint round = 0; round < 6; round++) {
    shuffle (order, N_ELEMENTS, random);
    for (guint i = 0; i < N_ELEMENTS; i++) {
      GstState state = states[round == 0 ? 2 : (guint)g_rand_int_range (random, 0, 3)];
      fail_if (gst_element_set_state (pipelines[order[i]], state) == GST_STATE_CHANGE_FAILURE);
    }
    g_usleep (20000);
  }
  shuffle (order, N_ELEMENTS, random);
  for (guint i = 0; i < N_ELEMENTS; i++) {
    gst_element_set_state (pipelines[order[i]], GST_STATE_NULL);
    gst_object_unref (pipelines[order[i]]);
  }
  g_rand_free (random);
}
GST_END_TEST

GST_START_TEST (test_sixteen_elements_in_a_row_work_together)
{
  GString *elements = g_string_new ("microexpr");
  GstElement *pipeline;

  for (guint i = 1; i < N_ELEMENTS; i++)
    g_string_append_printf (elements, " ! %smicroexpr", i % 5 == 0 ? "queue ! " : "");
  pipeline = new_pipeline (elements->str);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  fail_unless_equals_int (
      gst_element_get_state (pipeline, NULL, NULL, 100 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  g_usleep (100000);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  g_string_free (elements, TRUE);
}
GST_END_TEST

static GstBuffer *
new_frame (gsize size)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);

  gst_buffer_memset (buffer, 0, 90, size);
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 30;
  return buffer;
}

/* Frames while properties and events come from threads of their own. (States would make the harness
 * push before its own stream-start.) */
static void
stress (gboolean everything)
{
  GstHarness *h = gst_harness_new ("microexpr");
  GstCaps *caps =
      gst_caps_from_string ("video/x-raw,format=GRAY8,width=96,height=64,framerate=30/1");
  GstBuffer *buffer = new_frame (96 * 64);
  GstEvent *gap = gst_event_new_gap (0, GST_SECOND);
  GstEvent *latency = gst_event_new_latency (20 * GST_MSECOND);
  GstHarnessThread *threads[4];
  GValue value = G_VALUE_INIT;
  GstSegment segment;

  if (everything)
    g_object_set (h->element, "overlay", TRUE, "lookahead", 100 * GST_MSECOND, NULL);
  g_value_init (&value, G_TYPE_UINT64);
  g_value_set_uint64 (&value, 40 * GST_MSECOND);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_set_drop_buffers (h, TRUE);
  threads[0] = gst_harness_stress_push_buffer_start (h, caps, &segment, buffer);
  threads[1] = gst_harness_stress_property_start (h, "min-duration", &value);
  threads[2] = gst_harness_stress_push_event_start (h, gap);
  threads[3] = gst_harness_stress_send_upstream_event_start (h, latency);
  g_usleep (G_USEC_PER_SEC / 2);
  for (guint i = G_N_ELEMENTS (threads); i-- > 0;)
    gst_harness_stress_thread_stop (threads[i]);
  g_value_unset (&value);
  gst_event_unref (gap);
  gst_event_unref (latency);
  gst_buffer_unref (buffer);
  gst_caps_unref (caps);
  gst_harness_teardown (h);
}

GST_START_TEST (test_frames_events_and_properties_may_race)
{
  stress (FALSE);
  stress (TRUE);
}
GST_END_TEST

typedef struct
{
  GstElement *element;
  gint stop;  /* atomic */
  gint asked; /* atomic */
} Asker;

static gpointer
ask (gpointer user_data)
{
  Asker *asker = user_data;
  gint asked;

  while (!g_atomic_int_get (&asker->stop)) {
    GstStructure *stats;
    GstQuery *query = gst_query_new_latency ();

    g_object_get (asker->element, "stats", &stats, NULL);
    gst_structure_free (stats);
    gst_element_query (asker->element, query);
    gst_query_unref (query);
    asked = g_atomic_int_add (&asker->asked, 1) + 1;
    g_object_set (asker->element, "lookahead", (guint64)(asked % 3) * 50 * GST_MSECOND, "overlay",
        asked % 2 == 0, NULL);
  }
  return NULL;
}

GST_START_TEST (test_every_frame_may_have_another_size_while_others_ask)
{
  static const int sizes[][2] = { { 96, 64 }, { 64, 96 }, { 33, 47 }, { 16, 16 }, { 200, 1 } };
  GstHarness *h = gst_harness_new ("microexpr");
  Asker asker = { h->element, 0, 0 };
  GThread *thread = g_thread_new ("ask", ask, &asker);

  gst_harness_set_drop_buffers (h, TRUE);
  for (guint i = 0; i < 200; i++) {
    int width = sizes[i % G_N_ELEMENTS (sizes)][0], height = sizes[i % G_N_ELEMENTS (sizes)][1];
    g_autofree char *caps = g_strdup_printf (
        "video/x-raw,format=GRAY8,width=%d,height=%d,framerate=30/1", width, height);
    GstBuffer *buffer = new_frame ((gsize)GST_ROUND_UP_4 (width) * (gsize)height);

    GST_BUFFER_PTS (buffer) = i * (GST_SECOND / 30);
    gst_harness_set_src_caps_str (h, caps);
    fail_unless_equals_int (gst_harness_push (h, buffer), GST_FLOW_OK);
  }
  while (g_atomic_int_get (&asker.asked) == 0) /* a busy machine has not let it begin */
    g_usleep (1000);
  g_atomic_int_set (&asker.stop, 1);
  g_thread_join (thread);
  gst_harness_teardown (h);
}
GST_END_TEST

static Suite *
stress_suite (void)
{
  Suite *suite = suite_create ("stress");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_sixteen_elements_start_run_and_stop_in_any_order);
  tcase_add_test (tcase, test_sixteen_elements_in_a_row_work_together);
  tcase_add_test (tcase, test_frames_events_and_properties_may_race);
  tcase_add_test (tcase, test_every_frame_may_have_another_size_while_others_ask);
  return suite;
}

GST_CHECK_MAIN (stress)
