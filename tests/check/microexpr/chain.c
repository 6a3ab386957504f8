/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole chain on the test source: strong movements at known times are found, in time and with
 * their action units, and a face that rests gives nothing. Strong on purpose: how well weak ones
 * are found is measured elsewhere. */
#include "chain-run.h"

#include <gst/app/gstappsink.h>

#include "microexpr.h"

static void
assert_close (const GstStructure *truth, const GstStructure *event, const char *field)
{
  fail_unless (ABS (chain_seconds (truth, field) - chain_seconds (event, field)) < 0.06,
      "%s is %f, not %f", field, chain_seconds (event, field), chain_seconds (truth, field));
}

static const char three[] =
    "2s micro AU12 left 4 300ms; 4s micro AU1+2 right 4 300ms; 6s micro AU4 4 300ms";
static const char *const units[] = { "AU12", "AU2", "AU4" };
static const gboolean moves[][2] = { { TRUE, FALSE }, { FALSE, TRUE }, { TRUE, TRUE } };

GST_START_TEST (test_strong_events_are_found_in_time)
{
  Outcome outcome = chain_play (230, three, "microexpr", NULL, NULL);
  GList *t = outcome.truth, *e = outcome.events;

  fail_unless_equals_int (g_list_length (t), 3);
  fail_unless_equals_int (g_list_length (e), 3);
  for (guint i = 0; i < 3; i++, t = t->next, e = e->next) {
    assert_close (t->data, e->data, "onset");
    assert_close (t->data, e->data, "offset");
    fail_unless (chain_has_unit (e->data, "action-units", units[i]), "%s is missing", units[i]);
    fail_unless_equals_int (chain_has_unit (e->data, "left", units[i]), moves[i][0]);
    fail_unless_equals_int (chain_has_unit (e->data, "right", units[i]), moves[i][1]);
    fail_unless_equals_string (gst_structure_get_string (e->data, "kind"), "micro");
  }
  chain_forget (&outcome);
}
GST_END_TEST

/* Of a movement just short enough the courses of its unit make a longer one, too. */
GST_START_TEST (test_one_movement_is_one_event)
{
  Outcome outcome = chain_play (150, "2s micro AU12 4 210ms",
      "microexpr kinds=micro+macro max-duration=200000000", NULL, NULL);

  fail_unless_equals_int (g_list_length (outcome.events), 1);
  fail_unless_equals_string (gst_structure_get_string (outcome.events->data, "kind"), "micro");
  chain_forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_every_field_of_the_truth_is_in_the_event)
{
  Outcome outcome = chain_play (110, "2s micro AU12 4 300ms", "microexpr", NULL, NULL);
  const GstStructure *truth = outcome.truth->data, *event;

  fail_unless (outcome.events != NULL);
  event = outcome.events->data;
  for (gint i = 0; i < gst_structure_n_fields (truth); i++) {
    const char *name = gst_structure_nth_field_name (truth, i);
    fail_unless (
        gst_structure_get_field_type (truth, name) == gst_structure_get_field_type (event, name),
        "%s is missing or of another type", name);
  }
  chain_forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_a_resting_face_gives_nothing)
{
  Outcome outcome =
      chain_play (230, "1000s micro AU12 1 300ms", "microexpr kinds=micro+macro+blink", NULL, NULL);

  fail_unless_equals_int (g_list_length (outcome.events), 0);
  chain_forget (&outcome);
}
GST_END_TEST

/* A face that appears with its eyes shut: what they look like then is not how open eyes look. */
GST_START_TEST (test_eyes_that_are_shut_at_first_blink_later)
{
  GstElement *pipeline = gst_parse_launch (
      "microexprtestsrc seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 num-buffers=240 "
      "script=\"0s blink 2s; 6s blink 300ms\" ! video/x-raw,format=GRAY8,width=480,height=360,"
      "framerate=30/1 ! appsink name=sink sync=false",
      NULL);
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  const MeEvent *event;
  MeAnalyzer *analyzer;
  GstSample *sample;
  MeConfig config;

  me_config_default (&config);
  config.kinds = ME_KIND_BLINK;
  analyzer = me_analyzer_new (&config, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (sink)))) {
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    GstMapInfo map;
    gst_buffer_map (buffer, &map, GST_MAP_READ);
    MeFrame frame = { map.data, 480, 360, 480, 1, GST_BUFFER_PTS (buffer), NULL };
    if (frame.time_ns >= GST_SECOND)
      me_analyzer_process (analyzer, &frame);
    gst_buffer_unmap (buffer, &map);
    gst_sample_unref (sample);
  }
  event = me_analyzer_pop_event (analyzer);
  fail_unless (event != NULL);
  fail_unless (ABS ((gint64)event->onset_ns - 6 * (gint64)GST_SECOND) < 60 * GST_MSECOND);
  fail_unless (ABS ((gint64)event->offset_ns - 6300 * (gint64)GST_MSECOND) < 60 * GST_MSECOND);
  fail_unless (me_analyzer_pop_event (analyzer) == NULL);
  me_analyzer_free (analyzer);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
}
GST_END_TEST

static void
note_perclos (GstBuffer *buffer, gpointer user_data)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  const GValue *faces = gst_structure_get_value (gst_custom_meta_get_structure (meta), "faces");
  double perclos, *last = user_data;

  if (gst_value_list_get_size (faces) == 0)
    return;
  const GstStructure *face = gst_value_get_structure (gst_value_list_get_value (faces, 0));
  if (GST_BUFFER_PTS (buffer) < 30 * GST_SECOND) {
    fail_if (gst_structure_has_field (face, "perclos"));
  } else if (gst_structure_get_double (face, "perclos", &perclos)) {
    fail_unless (perclos >= 0 && perclos <= 1);
    *last = perclos;
  }
}

/* Lids that move for 9.2 of 40 seconds: in a raised cosine they are at least 80 % closed in 37 % of
 * that. */
GST_START_TEST (test_eyes_that_stay_closed_are_a_unit_and_a_share_of_time)
{
  double perclos = -1;
  Outcome outcome = chain_play (1200, "10s blink 5s; 20s blink 4s; 30s blink 200ms",
      "microexpr kinds=blink", note_perclos, &perclos);
  GList *t = outcome.truth, *e = outcome.events;

  fail_unless_equals_int (g_list_length (e), 3);
  for (guint i = 0; i < 3; i++, t = t->next, e = e->next) {
    fail_unless (chain_overlap (t->data, e->data) > 0.7);
    fail_unless (chain_has_unit (t->data, "action-units", i < 2 ? "AU43" : "AU45"));
    fail_unless (chain_has_unit (e->data, "action-units", i < 2 ? "AU43" : "AU45"));
    fail_if (chain_has_unit (e->data, "action-units", i < 2 ? "AU45" : "AU43"));
    fail_unless_equals_string (gst_structure_get_string (e->data, "facs"), i < 2 ? "43" : "45");
  }
  fail_unless (perclos > 0.06 && perclos < 0.16, "%f", perclos);
  chain_forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_what_is_not_asked_for_is_not_reported)
{
  Outcome outcome = chain_play (230, three, "microexpr kinds=blink", NULL, NULL);

  fail_unless_equals_int (g_list_length (outcome.events), 0);
  chain_forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_overlay_changes_nothing_of_what_is_found)
{
  Outcome plain = chain_play (110, "2s micro AU12 4 300ms", "microexpr", NULL, NULL);
  Outcome drawn = chain_play (110, "2s micro AU12 4 300ms", "microexpr overlay=true", NULL, NULL);

  fail_unless_equals_int (g_list_length (plain.events), 1);
  fail_unless_equals_int (g_list_length (drawn.events), 1);
  fail_unless (gst_structure_is_equal (plain.events->data, drawn.events->data));
  chain_forget (&plain);
  chain_forget (&drawn);
}
GST_END_TEST

/* Where a region of the person's left went at its farthest, % IPD. */
typedef struct
{
  const char *name;
  double dx, dy;
} Farthest;

static void
follow_region (GstBuffer *buffer, gpointer user_data)
{
  Farthest *farthest = user_data;
  const GstStructure *meta =
      gst_custom_meta_get_structure (gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta"));
  const GValue *faces = gst_structure_get_value (meta, "faces"), *regions;

  if (gst_value_list_get_size (faces) == 0)
    return;
  regions = gst_structure_get_value (
      gst_value_get_structure (gst_value_list_get_value (faces, 0)), "regions");
  for (guint i = 0; i < gst_value_list_get_size (regions); i++) {
    const GstStructure *r = gst_value_get_structure (gst_value_list_get_value (regions, i));
    double dx, dy;
    if (g_strcmp0 (gst_structure_get_string (r, "name"), farthest->name) == 0 &&
        g_strcmp0 (gst_structure_get_string (r, "side"), "left") == 0 &&
        gst_structure_get (r, "dx", G_TYPE_DOUBLE, &dx, "dy", G_TYPE_DOUBLE, &dy, NULL) &&
        dx * dx + dy * dy > farthest->dx * farthest->dx + farthest->dy * farthest->dy) {
      farthest->dx = dx;
      farthest->dy = dy;
    }
  }
}

static Farthest
farthest_of (const char *script, const char *name)
{
  Farthest farthest = { name, 0, 0 };
  Outcome outcome =
      chain_play (90, script, "microexpr face-data=regions", follow_region, &farthest);

  chain_forget (&outcome);
  return farthest;
}

GST_START_TEST (test_regions_move_the_way_the_unit_pulls)
{
  Farthest corner = farthest_of ("2s micro AU12 left 4 300ms", "lip-corner");
  Farthest brow = farthest_of ("2s micro AU12 left 4 300ms", "inner-brow");

  fail_unless (corner.dx > 1 && corner.dy < -1, "%f %f", corner.dx, corner.dy);
  fail_unless (ABS (brow.dx) < 1 && ABS (brow.dy) < 1, "%f %f", brow.dx, brow.dy);
  brow = farthest_of ("2s micro AU1+2 4 300ms", "inner-brow");
  fail_unless (brow.dy < -2, "%f %f", brow.dx, brow.dy);
}
GST_END_TEST

static Suite *
chain_suite (void)
{
  Suite *suite = suite_create ("chain");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_strong_events_are_found_in_time);
  tcase_add_test (tcase, test_one_movement_is_one_event);
  tcase_add_test (tcase, test_every_field_of_the_truth_is_in_the_event);
  tcase_add_test (tcase, test_a_resting_face_gives_nothing);
  tcase_add_test (tcase, test_eyes_that_are_shut_at_first_blink_later);
  tcase_add_test (tcase, test_eyes_that_stay_closed_are_a_unit_and_a_share_of_time);
  tcase_add_test (tcase, test_what_is_not_asked_for_is_not_reported);
  tcase_add_test (tcase, test_overlay_changes_nothing_of_what_is_found);
  tcase_add_test (tcase, test_regions_move_the_way_the_unit_pulls);
  return suite;
}

GST_CHECK_MAIN (chain)
