/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Units and emotions of the whole chain on the test source: the same whatever carries the picture,
 * no emotion anywhere when none is wanted, and curves of the units for those who ask. */
#include "chain-run.h"

#include <math.h>
#include <string.h>

#include "microexpr.h"

#define ONE "2s micro AU6+12 4 300ms"

static void
assert_same_units (const GstStructure *a, const GstStructure *b, const char *what)
{
  static const char *const parts[] = { "action-units", "left", "right" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (MeAu au = 0; au < ME_N_AUS; au++)
      fail_unless (chain_has_unit (a, parts[i], me_au_name (au)) ==
                       chain_has_unit (b, parts[i], me_au_name (au)),
          "%s: %s of %s differs", what, me_au_name (au), parts[i]);
}

static double
intensity (const GstStructure *event)
{
  double value = 0;

  fail_unless (gst_structure_get_double (event, "intensity", &value));
  return value;
}

GST_START_TEST (test_format_size_and_scan_do_not_change_what_is_read)
{
  const double most = 0.05; /* of the strength */
  static const char *const carriers[] = { "format=GRAY8", "format=NV12", "format=RGB",
    "format=I420_10LE", "format=I420,width=240,height=180",
    "width=240,height=360,pixel-aspect-ratio=2/1", "width=480,height=180,pixel-aspect-ratio=1/2",
    "format=I420 ! capssetter caps=video/x-raw,interlace-mode=interleaved" };
  Outcome reference = chain_play (110, ONE, "microexpr", NULL, NULL);

  fail_unless_equals_int (g_list_length (reference.events), 1);
  fail_unless (chain_has_unit (reference.events->data, "action-units", "AU12"));
  fail_unless_equals_string (
      gst_structure_get_string (reference.events->data, "emotion"), "happiness");
  for (guint i = 0; i < G_N_ELEMENTS (carriers); i++) {
    char *elements =
        g_strdup_printf ("videoconvert ! videoscale ! video/x-raw,%s ! microexpr", carriers[i]);
    Outcome outcome = chain_play (110, ONE, elements, NULL, NULL);

    fail_unless_equals_int (g_list_length (outcome.events), 1);
    fail_unless (
        chain_overlap (outcome.events->data, reference.events->data) > 0.8, "%s", carriers[i]);
    assert_same_units (outcome.events->data, reference.events->data, carriers[i]);
    fail_unless (
        fabs (intensity (outcome.events->data) / intensity (reference.events->data) - 1) < most,
        "%s", carriers[i]);
    fail_unless_equals_string (
        gst_structure_get_string (outcome.events->data, "emotion"), "happiness");
    chain_forget (&outcome);
    g_free (elements);
  }
  chain_forget (&reference);
}
GST_END_TEST

/* ---- one-sided lip corners ---- */

static const struct
{
  const char *elements, *emotion;
} conventions[] = {
  { "microexpr", "other" },
  { "microexpr contempt=true", "contempt" },
  { "microexpr contempt=true interpretation=action-units", NULL },
};

GST_START_TEST (test_a_smile_of_one_side_is_contempt_only_by_convention)
{
  Outcome outcome =
      chain_play (110, "2s micro AU12 left 4 300ms", conventions[__i__].elements, NULL, NULL);

  fail_unless_equals_int (g_list_length (outcome.events), 1);
  fail_unless_equals_string (gst_structure_get_string (outcome.truth->data, "emotion"), "other");
  fail_unless_equals_string (
      gst_structure_get_string (outcome.events->data, "emotion"), conventions[__i__].emotion);
  chain_forget (&outcome);
}
GST_END_TEST

/* ---- interpretation=action-units ---- */

static void
assert_no_emotion (const char *text, const char *where)
{
  for (MeEmotion e = 0; e <= ME_EMOTION_OTHER; e++)
    fail_if (strstr (text, me_emotion_name (e)), "%s: %s", where, text);
}

/* What microexprextract writes, from a face whose units are read as happiness else. */
static void
assert_text_without_emotion (const char *caps)
{
  char *elements =
      g_strdup_printf ("microexpr interpretation=action-units ! microexprextract ! %s", caps);
  GString *text = g_string_new (NULL);
  Outcome outcome = chain_play (110, ONE, elements, chain_gather_text, text);
  char *message, *line = strstr (text->str, "\r\n");

  fail_unless_equals_int (g_list_length (outcome.events), 1);
  message = gst_structure_to_string (outcome.events->data);
  assert_no_emotion (message, "message");
  fail_unless (text->len > 20);
  assert_no_emotion (line ? line : text->str, caps); /* the head of a table names its columns */
  g_free (message);
  g_string_free (text, TRUE);
  chain_forget (&outcome);
  g_free (elements);
}

GST_START_TEST (test_units_alone_name_no_emotion_in_text)
{
  assert_text_without_emotion ("application/x-ndjson");
  assert_text_without_emotion ("text/csv");
  assert_text_without_emotion ("text/x-raw,format=utf8");
}
GST_END_TEST

static void
check_metas (GstBuffer *buffer, gpointer n_events)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  GstStructure *s = gst_custom_meta_get_structure (meta);
  char *text = gst_structure_to_string (s);

  assert_no_emotion (text, "meta");
  *(guint *)n_events =
      MAX (*(guint *)n_events, gst_value_list_get_size (gst_structure_get_value (s, "events")));
  g_free (text);
}

GST_START_TEST (test_units_alone_name_no_emotion_in_metas)
{
  guint n_events = 0;
  Outcome outcome = chain_play (110, ONE,
      "microexpr interpretation=action-units face-data=landmarks+units overlay=true", check_metas,
      &n_events);

  fail_unless_equals_int (n_events, 1);
  chain_forget (&outcome);
}
GST_END_TEST

/* ---- face-data=units ---- */

typedef struct
{
  double before, during; /* strongest of any unit at rest; AU12 while it moves, % IPD */
} Curve;

static void
follow (GstBuffer *buffer, gpointer user_data)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  const GValue *faces = gst_structure_get_value (gst_custom_meta_get_structure (meta), "faces");
  double time = GST_BUFFER_PTS (buffer) / 1e9;
  Curve *curve = user_data;
  const GstStructure *units;

  if (gst_value_list_get_size (faces) == 0)
    return;
  units = gst_value_get_structure (gst_structure_get_value (
      gst_value_get_structure (gst_value_list_get_value (faces, 0)), "units"));
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    double strength = 0;
    gst_structure_get_double (units, me_au_name (au), &strength);
    if (time > 1 && time < 2)
      curve->before = MAX (curve->before, strength);
    if (au == ME_AU12)
      curve->during = MAX (curve->during, strength);
  }
}

GST_START_TEST (test_units_of_a_face_follow_its_movement)
{
  Curve curve = { 0, 0 };
  Outcome outcome =
      chain_play (120, "2s macro AU12 5 1.5s", "microexpr face-data=units", follow, &curve);

  fail_unless (curve.before < 0.5, "at rest %f", curve.before);
  fail_unless (curve.during > 3 && curve.during < 7, "AU12 of 5 is seen as %f", curve.during);
  chain_forget (&outcome);
}
GST_END_TEST

static Suite *
chain_units_suite (void)
{
  Suite *suite = suite_create ("chain-units");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_format_size_and_scan_do_not_change_what_is_read);
  tcase_add_loop_test (tcase, test_a_smile_of_one_side_is_contempt_only_by_convention, 0, 3);
  tcase_add_test (tcase, test_units_alone_name_no_emotion_in_text);
  tcase_add_test (tcase, test_units_alone_name_no_emotion_in_metas);
  tcase_add_test (tcase, test_units_of_a_face_follow_its_movement);
  return suite;
}

GST_CHECK_MAIN (chain_units)
