/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole chain on the test source: strong movements at known times are found, in time and with
 * their action units, and a face that rests gives nothing. Strong on purpose: how well weak ones
 * are found is measured elsewhere. */
#include <gst/check/gstcheck.h>

#include <string.h>

#define SOURCE                                                                                     \
  "microexprtestsrc seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 num-buffers=%u "       \
  "script=\"%s\" ! video/x-raw,width=480,height=360,framerate=30/1 ! %s ! fakesink"

typedef struct
{
  GList *truth, *events; /* GstStructure, in order */
} Outcome;

static void
collect (Outcome *outcome, GstMessage *message)
{
  const GstStructure *s = gst_message_get_structure (message);

  if (gst_message_has_name (message, "microexpr-truth"))
    outcome->truth = g_list_append (outcome->truth, gst_structure_copy (s));
  else if (gst_message_has_name (message, "microexpr-event"))
    outcome->events = g_list_append (outcome->events, gst_structure_copy (s));
}

/* Plays a script to its end. */
static Outcome
play (guint n_frames, const char *script, const char *elements)
{
  const GstMessageType wanted = GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR;
  char *line = g_strdup_printf (SOURCE, n_frames, script, elements);
  GstElement *pipeline = gst_parse_launch (line, NULL);
  Outcome outcome = { NULL, NULL };
  GstMessage *message;
  GstBus *bus;

  fail_unless (pipeline != NULL, "%s", line);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, wanted))) {
    GstMessageType type = GST_MESSAGE_TYPE (message);
    fail_if (type == GST_MESSAGE_ERROR, "%s fails", line);
    if (type == GST_MESSAGE_ELEMENT)
      collect (&outcome, message);
    gst_message_unref (message);
    if (type == GST_MESSAGE_EOS)
      break;
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
  g_free (line);
  return outcome;
}

static void
forget (Outcome *outcome)
{
  g_list_free_full (outcome->truth, (GDestroyNotify)gst_structure_free);
  g_list_free_full (outcome->events, (GDestroyNotify)gst_structure_free);
}

static double
seconds (const GstStructure *s, const char *field)
{
  guint64 time = 0;

  fail_unless (gst_structure_get_uint64 (s, field, &time));
  return time / 1e9;
}

/* Intersection of the intervals over their union. */
static double
overlap (const GstStructure *a, const GstStructure *b)
{
  double both = MIN (seconds (a, "offset"), seconds (b, "offset")) -
                MAX (seconds (a, "onset"), seconds (b, "onset"));
  double any = MAX (seconds (a, "offset"), seconds (b, "offset")) -
               MIN (seconds (a, "onset"), seconds (b, "onset"));

  return both > 0 ? both / any : 0;
}

/* where: action-units, left or right */
static gboolean
has_unit (const GstStructure *event, const char *where, const char *unit)
{
  return gst_structure_has_field (
      gst_value_get_structure (gst_structure_get_value (event, where)), unit);
}

static void
assert_close (const GstStructure *truth, const GstStructure *event, const char *field)
{
  fail_unless (ABS (seconds (truth, field) - seconds (event, field)) < 0.06, "%s is %f, not %f",
      field, seconds (event, field), seconds (truth, field));
}

static const char three[] =
    "2s micro AU12 left 4 300ms; 4s micro AU1+2 right 4 300ms; 6s micro AU4 4 300ms";
static const char *const units[] = { "AU12", "AU2", "AU4" };
static const gboolean moves[][2] = { { TRUE, FALSE }, { FALSE, TRUE }, { TRUE, TRUE } };

GST_START_TEST (test_strong_events_are_found_in_time)
{
  Outcome outcome = play (230, three, "microexpr");
  GList *t = outcome.truth, *e = outcome.events;

  fail_unless_equals_int (g_list_length (t), 3);
  fail_unless_equals_int (g_list_length (e), 3);
  for (guint i = 0; i < 3; i++, t = t->next, e = e->next) {
    assert_close (t->data, e->data, "onset");
    assert_close (t->data, e->data, "offset");
    fail_unless (has_unit (e->data, "action-units", units[i]), "%s is missing", units[i]);
    fail_unless_equals_int (has_unit (e->data, "left", units[i]), moves[i][0]);
    fail_unless_equals_int (has_unit (e->data, "right", units[i]), moves[i][1]);
    fail_unless_equals_string (gst_structure_get_string (e->data, "kind"), "micro");
  }
  forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_every_field_of_the_truth_is_in_the_event)
{
  Outcome outcome = play (110, "2s micro AU12 4 300ms", "microexpr");
  const GstStructure *truth = outcome.truth->data, *event;

  fail_unless (outcome.events != NULL);
  event = outcome.events->data;
  for (gint i = 0; i < gst_structure_n_fields (truth); i++) {
    const char *name = gst_structure_nth_field_name (truth, i);
    fail_unless (
        gst_structure_get_field_type (truth, name) == gst_structure_get_field_type (event, name),
        "%s is missing or of another type", name);
  }
  forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_a_resting_face_gives_nothing)
{
  Outcome outcome = play (230, "1000s micro AU12 1 300ms", "microexpr kinds=micro+macro+blink");

  fail_unless_equals_int (g_list_length (outcome.events), 0);
  forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_what_is_not_asked_for_is_not_reported)
{
  Outcome outcome = play (230, three, "microexpr kinds=blink");

  fail_unless_equals_int (g_list_length (outcome.events), 0);
  forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_format_does_not_change_what_is_found)
{
  static const char *const formats[] = { "GRAY8", "BGRx", "I420_10LE" };
  Outcome reference = play (110, "2s micro AU12 4 300ms", "microexpr");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    char *elements =
        g_strdup_printf ("videoconvert ! video/x-raw,format=%s ! microexpr", formats[i]);
    Outcome outcome = play (110, "2s micro AU12 4 300ms", elements);
    fail_unless_equals_int (g_list_length (outcome.events), g_list_length (reference.events));
    fail_unless (overlap (outcome.events->data, reference.events->data) > 0.8, "%s", formats[i]);
    forget (&outcome);
    g_free (elements);
  }
  forget (&reference);
}
GST_END_TEST

GST_START_TEST (test_overlay_changes_nothing_of_what_is_found)
{
  Outcome plain = play (110, "2s micro AU12 4 300ms", "microexpr");
  Outcome drawn = play (110, "2s micro AU12 4 300ms", "microexpr overlay=true");

  fail_unless_equals_int (g_list_length (plain.events), 1);
  fail_unless_equals_int (g_list_length (drawn.events), 1);
  fail_unless (gst_structure_is_equal (plain.events->data, drawn.events->data));
  forget (&plain);
  forget (&drawn);
}
GST_END_TEST

static Suite *
chain_suite (void)
{
  Suite *suite = suite_create ("chain");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_strong_events_are_found_in_time);
  tcase_add_test (tcase, test_every_field_of_the_truth_is_in_the_event);
  tcase_add_test (tcase, test_a_resting_face_gives_nothing);
  tcase_add_test (tcase, test_what_is_not_asked_for_is_not_reported);
  tcase_add_test (tcase, test_format_does_not_change_what_is_found);
  tcase_add_test (tcase, test_overlay_changes_nothing_of_what_is_found);
  return suite;
}

GST_CHECK_MAIN (chain)
