/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Candidates: what is less confident than events have to be is reported when asked for, and only
 * to whoever reads the events. */
#include "chain-run.h"

#include <gst/video/video.h>

#define SMILE "2s micro AU12 4 300ms"
#define ALL_ARE_CANDIDATES "microexpr name=analysis min-confidence=1 candidate-confidence=0.3"

static guint
n_candidates (const Outcome *outcome)
{
  guint n = 0;

  for (GList *e = outcome->events; e; e = e->next) {
    gboolean candidate = FALSE;
    n += gst_structure_get_boolean (e->data, "candidate", &candidate) && candidate;
  }
  return n;
}

GST_START_TEST (test_weaker_events_are_candidates_when_asked_for)
{
  static const struct
  {
    const char *elements;
    guint n_events, n_candidates;
  } rows[] = {
    { "microexpr", 1, 0 },
    { "microexpr candidate-confidence=0.3", 1, 0 },
    { "microexpr min-confidence=1", 0, 0 },
    { ALL_ARE_CANDIDATES, 1, 1 },
    { "microexpr min-confidence=1 candidate-confidence=0.999", 0, 0 },
  };
  Outcome outcome = chain_play (110, SMILE, rows[__i__].elements, NULL, NULL);

  fail_unless_equals_int (g_list_length (outcome.events), rows[__i__].n_events);
  fail_unless_equals_int (n_candidates (&outcome), rows[__i__].n_candidates);
  chain_forget (&outcome);
}
GST_END_TEST

/* ---- who gets them ---- */

typedef struct
{
  guint n_in_metas, n_labels;
  guint64 n_pixels; /* sum of all */
} Seen;

static void
look (GstBuffer *buffer, gpointer user_data)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  Seen *seen = user_data;
  gpointer state = NULL;
  GstMeta *m;
  GstMapInfo map;

  seen->n_in_metas += gst_value_list_get_size (
      gst_structure_get_value (gst_custom_meta_get_structure (meta), "events"));
  while ((m = gst_buffer_iterate_meta_filtered (
              buffer, &state, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)))
    seen->n_labels += gst_video_region_of_interest_meta_get_param (
                          (GstVideoRegionOfInterestMeta *)m, "microexpr") != NULL;
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (gsize i = 0; i < map.size; i++)
    seen->n_pixels += map.data[i];
  gst_buffer_unmap (buffer, &map);
}

GST_START_TEST (test_candidates_are_neither_drawn_nor_labels)
{
  Seen none = { 0 }, candidate = { 0 }, event = { 0 };
  Outcome outcomes[] = {
    chain_play (110, SMILE, "microexpr overlay=true min-confidence=1", look, &none),
    chain_play (110, SMILE, ALL_ARE_CANDIDATES " overlay=true", look, &candidate),
    chain_play (110, SMILE, "microexpr overlay=true", look, &event),
  };

  fail_unless_equals_int (none.n_in_metas, 0);
  fail_unless (candidate.n_in_metas > 0);
  fail_unless_equals_int (candidate.n_in_metas, event.n_in_metas);
  fail_unless_equals_int (candidate.n_labels, 0);
  fail_unless (event.n_labels > 0);
  fail_unless_equals_uint64 (candidate.n_pixels, none.n_pixels);
  fail_unless (event.n_pixels != none.n_pixels);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    chain_forget (&outcomes[i]);
}
GST_END_TEST

GST_START_TEST (test_candidates_are_written_but_are_no_subtitles)
{
  static const struct
  {
    const char *caps, *wanted;
  } rows[] = {
    { "application/x-ndjson", "\"candidate\":true" },
    { "text/csv", ",true," },
    { "text/x-raw,format=utf8", NULL },
  };
  char *elements =
      g_strdup_printf (ALL_ARE_CANDIDATES " ! microexprextract ! %s", rows[__i__].caps);
  GString *text = g_string_new (NULL);
  Outcome outcome = chain_play (110, SMILE, elements, chain_gather_text, text);

  fail_unless_equals_int (n_candidates (&outcome), 1);
  if (rows[__i__].wanted)
    fail_unless (strstr (text->str, rows[__i__].wanted) != NULL, "%s", text->str);
  else
    fail_unless_equals_string (text->str, "");
  g_string_free (text, TRUE);
  chain_forget (&outcome);
  g_free (elements);
}
GST_END_TEST

/* ---- stats ---- */

GST_START_TEST (test_candidates_are_counted_for_themselves)
{
  GstElement *pipeline = gst_parse_launch (
      "microexprtestsrc seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 num-buffers=110 "
      "script=\"" SMILE "\" ! video/x-raw,width=480,height=360,framerate=30/1 ! " ALL_ARE_CANDIDATES
      " ! fakesink",
      NULL);
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), "analysis");
  GstBus *bus = gst_element_get_bus (pipeline);
  guint64 n_events = 1, n_candidates = 0;
  GstStructure *stats;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_message_unref (
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
  g_object_get (element, "stats", &stats, NULL);
  gst_structure_get (
      stats, "events", G_TYPE_UINT64, &n_events, "candidates", G_TYPE_UINT64, &n_candidates, NULL);
  fail_unless_equals_uint64 (n_events, 0);
  fail_unless_equals_uint64 (n_candidates, 1);
  gst_structure_free (stats);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (element);
  gst_object_unref (pipeline);
}
GST_END_TEST

static Suite *
candidates_suite (void)
{
  Suite *suite = suite_create ("candidates");
  TCase *tcase = tcase_create ("chain");

  tcase_set_timeout (tcase, 300);
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_weaker_events_are_candidates_when_asked_for, 0, 5);
  tcase_add_test (tcase, test_candidates_are_neither_drawn_nor_labels);
  tcase_add_loop_test (tcase, test_candidates_are_written_but_are_no_subtitles, 0, 3);
  tcase_add_test (tcase, test_candidates_are_counted_for_themselves);
  return suite;
}

GST_CHECK_MAIN (candidates)
