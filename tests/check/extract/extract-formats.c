/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An event as JSON, CSV and label reads back to what it was, whatever it holds. JSON is read back
 * with JSON-GLib, which wrote only its strings. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "extract/format.h"
#include "gstmicroexprmeta.h"

static GstStructure *
new_event (void)
{
  MeEvent event = { .id = 7,
    .face = 2,
    .kind = ME_KIND_MICRO,
    .onset_ns = 1000000001,
    .apex_ns = 1080000002,
    .offset_ns = 1180000003,
    .strength = { [ME_AU1] = 1.9, [ME_AU17] = 0.1 },
    .left = { [ME_AU1] = 1.9 },
    .right = { [ME_AU1] = 1.25 },
    .emotion = ME_SURPRISE,
    .unit_confidence = { [ME_AU1] = 0.875 },
    .emotions = { [ME_SURPRISE] = 0.75 },
    .emotion_confidence = 0.625,
    .confidence = 0.82,
    .intensity = 2,
    .snr = 9.5,
    .box = { 10, 20, 30, 40 } };
  GstMicroexprTimes times = { 1, GST_CLOCK_TIME_NONE, 1000000001, 1080000002, 1180000003 };

  return gst_microexpr_event_to_structure (&event, &times, "microexpr-event", TRUE);
}

/* bytes: transfer full. With g_free(). */
static char *
to_text (GBytes *bytes)
{
  char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_bytes_unref (bytes);
  return text;
}

static char *
write_json (const GstStructure *event)
{
  return to_text (gst_microexpr_format_json.event (&gst_microexpr_format_json, event));
}

static char *
write_row (const GstStructure *event)
{
  return to_text (gst_microexpr_format_csv.event (&gst_microexpr_format_csv, event));
}

static char *
write_columns (void)
{
  return to_text (gst_microexpr_format_csv.header (&gst_microexpr_format_csv));
}

/* The one object of the line of an event. (transfer full) */
static JsonNode *
read_json (const GstStructure *event)
{
  char *line = write_json (event);
  GError *error = NULL;
  JsonNode *node;

  fail_unless (g_str_has_suffix (line, "}\n"));
  fail_unless (strchr (line, '\n') == line + strlen (line) - 1, "more than one line: %s", line);
  node = json_from_string (line, &error);
  g_assert_no_error (error);
  fail_unless (JSON_NODE_HOLDS_OBJECT (node));
  g_free (line);
  return node;
}

/* The field of a row, unquoted; rows of these tests have no quotes before it. With g_free(). */
static char *
csv_field (const char *row, const char *column)
{
  char *header = write_columns ();
  char **names = g_strsplit (g_strchomp (header), ",", -1), **values = g_strsplit (row, ",", -1),
       *value = NULL;

  fail_unless_equals_int (g_strv_length (names), g_strv_length (values));
  for (guint i = 0; names[i]; i++) {
    if (g_str_equal (names[i], column))
      value = g_strdup (values[i]);
  }
  fail_unless (value != NULL, "no column %s", column);
  g_strfreev (names);
  g_strfreev (values);
  g_free (header);
  return value;
}

static void
assert_field (const GstStructure *event, const char *column, const char *expected)
{
  char *row = write_row (event), *value;

  fail_unless (g_str_has_suffix (row, "\r\n"));
  value = csv_field (g_strchomp (row), column);
  fail_unless_equals_string (value, expected);
  g_free (value);
  g_free (row);
}

GST_START_TEST (test_json_has_every_field_of_the_message)
{
  GstStructure *event = new_event ();
  JsonNode *node = read_json (event);
  JsonObject *object = json_node_get_object (node);

  for (gint i = 0; i < gst_structure_n_fields (event); i++) {
    const char *name = gst_structure_nth_field_name (event, (guint)i);
    if (!g_str_equal (name, "running-time"))
      fail_unless (json_object_has_member (object, name), "%s is missing", name);
  }
  fail_unless_equals_int64 (json_object_get_int_member (object, "onset"), 1000000001);
  fail_unless_equals_string (json_object_get_string_member (object, "kind"), "micro");
  fail_unless_equals_float (json_object_get_double_member (object, "confidence"), 0.82);
  object = json_object_get_object_member (object, "left");
  fail_unless_equals_float (json_object_get_double_member (object, "AU1"), 1.9);
  fail_if (json_object_has_member (object, "AU17"));
  json_node_unref (node);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_a_time_that_does_not_exist_is_absent)
{
  GstStructure *event = new_event ();
  JsonNode *node = read_json (event);

  fail_if (json_object_has_member (json_node_get_object (node), "running-time"));
  json_node_unref (node);
  gst_structure_set (event, "apex", G_TYPE_UINT64, GST_CLOCK_TIME_NONE, NULL);
  assert_field (event, "apex", "");
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_nan_and_infinity_are_never_printed)
{
  static const double bad[] = { NAN, INFINITY, -INFINITY };
  GstStructure *event = new_event ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    JsonNode *node;

    gst_structure_set (event, "snr", G_TYPE_DOUBLE, bad[i], NULL);
    node = read_json (event);
    fail_if (json_object_has_member (json_node_get_object (node), "snr"));
    assert_field (event, "snr", "");
    json_node_unref (node);
  }
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_large_numbers_are_exact)
{
  static const struct
  {
    guint64 number;
    const char *text;
  } cases[] = {
    { G_GUINT64_CONSTANT (9007199254740993), "9007199254740993" },
    { G_GUINT64_CONSTANT (9223372036854775809), "9223372036854775809" },
    { G_MAXUINT64 - 1, "18446744073709551614" },
  };
  GstStructure *event = new_event ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    char *json, *expected = g_strdup_printf ("\"id\":%s,", cases[i].text);

    gst_structure_set (event, "id", G_TYPE_UINT64, cases[i].number, NULL);
    json = write_json (event);
    fail_unless (strstr (json, expected) != NULL, "%s", json);
    assert_field (event, "id", cases[i].text);
    g_free (expected);
    g_free (json);
  }
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_doubles_read_back_as_the_same)
{
  static const double numbers[] = { 0.1, 1.0 / 3, 1.9, 1e-300, 123456789.123456789, 1e22, -0.25 };
  GstStructure *event = new_event ();

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    JsonNode *node;

    gst_structure_set (event, "snr", G_TYPE_DOUBLE, numbers[i], NULL);
    node = read_json (event);
    fail_unless_equals_float (
        json_object_get_double_member (json_node_get_object (node), "snr"), numbers[i]);
    json_node_unref (node);
  }
  gst_structure_set (event, "snr", G_TYPE_DOUBLE, 1.9, NULL);
  assert_field (event, "snr", "1.9");
  gst_structure_set (event, "snr", G_TYPE_DOUBLE, 2.0, NULL);
  assert_field (event, "snr", "2.0");
  gst_structure_free (event);
}
GST_END_TEST

/* GstStructure refuses it in a field of its own, but not in a list. */
GST_START_TEST (test_broken_utf8_becomes_valid)
{
  GstStructure *event = new_event ();
  GValue list = G_VALUE_INIT, broken = G_VALUE_INIT;
  JsonNode *node;
  JsonArray *array;

  g_value_init (&list, GST_TYPE_LIST);
  g_value_init (&broken, G_TYPE_STRING);
  g_value_set_string (&broken, "door \xff\xc3");
  gst_value_list_append_and_take_value (&list, &broken);
  gst_structure_take_value (event, "names", &list);
  node = read_json (event);
  array = json_object_get_array_member (json_node_get_object (node), "names");
  fail_unless_equals_string (
      json_array_get_string_element (array, 0), "door \xef\xbf\xbd\xef\xbf\xbd");
  json_node_unref (node);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_text_with_line_ends_and_quotes_stays_one_record)
{
  static const char source[] = "a \"door\", \r\n\tb\\";
  GstStructure *event = new_event ();
  JsonNode *node;
  char *row;

  gst_structure_set (event, "source", G_TYPE_STRING, source, NULL);
  node = read_json (event);
  fail_unless_equals_string (
      json_object_get_string_member (json_node_get_object (node), "source"), source);
  row = write_row (event);
  fail_unless (g_str_has_prefix (row, "7,\"a \"\"door\"\", \r\n\tb\\\",2,micro,"), "%s", row);
  json_node_unref (node);
  g_free (row);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_columns_are_those_of_the_contract)
{
  static const char begin[] = "id,source,face,kind,onset,apex,offset,duration,utc,emotion,"
                              "confidence,intensity,snr,x,y,width,height,happiness,sadness,anger,"
                              "fear,disgust,surprise,AU1,AU1_left,AU1_right,AU2,AU2_left,";
  char *header = write_columns ();

  fail_unless (g_str_has_prefix (header, begin), "%s", header);
  fail_unless (strstr (header, ",AU45,AU45_left,AU45_right,"
                               "AU43,AU43_left,AU43_right,facs,candidate,"
                               "emotion-confidence,speaking,AU1_confidence,AU2_confidence"));
  fail_unless (strstr (header, ",AU26_confidence,AU18,AU18_left,AU18_right,AU18_confidence,AU22,"));
  fail_unless (g_str_has_suffix (header, ",AU27_confidence,context\r\n"));
  g_free (header);
}
GST_END_TEST

GST_START_TEST (test_values_stand_under_their_column)
{
  static const char *const cells[][2] = { { "id", "7" }, { "source", "" }, { "face", "2" },
    { "kind", "micro" }, { "onset", "1000000001" }, { "offset", "1180000003" },
    { "duration", "180000002" }, { "utc", "" }, { "emotion", "surprise" }, { "confidence", "0.82" },
    { "x", "10" }, { "height", "40" }, { "surprise", "0.75" }, { "fear", "0.0" }, { "AU1", "1.9" },
    { "AU1_left", "1.9" }, { "AU1_right", "1.25" }, { "AU17", "0.1" }, { "AU17_left", "" },
    { "AU12", "" }, { "facs", "1B+17A" }, { "AU1_confidence", "0.875" }, { "AU17_confidence", "" },
    { "emotion-confidence", "0.625" }, { "candidate", "" } };
  GstStructure *event = new_event ();

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    assert_field (event, cells[i][0], cells[i][1]);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_event_without_emotion_has_no_trace_of_one)
{
  GstStructure *event = new_event ();
  char *json;

  gst_structure_remove_fields (event, "emotion", "emotion-confidence", "emotions", NULL);
  json = write_json (event);
  fail_if (strstr (json, "emotion") || strstr (json, "surprise"), "%s", json);
  assert_field (event, "emotion", "");
  assert_field (event, "surprise", "");
  g_free (json);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_lists_keep_the_place_of_what_cannot_be_written)
{
  GstStructure *event = gst_structure_from_string (
      "microexpr-event, list=(int){ 1, 2 }, array=(double)< 0.5, 1.5 >, nothing=(string)NULL;",
      NULL);
  GValue array = G_VALUE_INIT, number = G_VALUE_INIT;
  char *json;

  g_value_init (&array, GST_TYPE_ARRAY);
  g_value_init (&number, G_TYPE_DOUBLE);
  g_value_set_double (&number, NAN);
  gst_value_array_append_value (&array, &number);
  g_value_set_double (&number, 0.5);
  gst_value_array_append_value (&array, &number);
  gst_structure_take_value (event, "array", &array);
  gst_structure_remove_field (event, "nothing");
  json = write_json (event);
  fail_unless_equals_string (json, "{\"list\":[1,2],\"array\":[null,0.5]}\n");
  g_free (json);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_decimal_comma_of_the_locale_changes_nothing)
{
  static const char *const locales[] = { "de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "da_DK.UTF-8" };
  GstStructure *event = new_event ();
  static const GstMicroexprFormat *const formats[] = { GST_MICROEXPR_FORMATS };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++) {
    if (!setlocale (LC_ALL, locales[i]))
      continue;
    found = TRUE;
    for (guint k = 0; k < G_N_ELEMENTS (formats); k++) {
      GBytes *there = formats[k]->event (formats[k], event), *here;
      setlocale (LC_ALL, "C");
      here = formats[k]->event (formats[k], event);
      fail_unless (g_bytes_equal (there, here), "%s", formats[k]->caps);
      setlocale (LC_ALL, locales[i]);
      g_bytes_unref (there);
      g_bytes_unref (here);
    }
  }
  if (!found)
    g_print ("not tested: no locale with a decimal comma is installed\n");
  setlocale (LC_ALL, "C");
  gst_structure_free (event);
}
GST_END_TEST

/* Sends `event` after the last buffer, where no meta has to carry it; the last buffer that
 * results. (transfer full) */
static GBytes *
write_as (const char *caps, const GstStructure *event)
{
  GstHarness *h = gst_harness_new ("microexprextract");
  GstStructure *rest = gst_structure_new_empty (GST_MICROEXPR_META_NAME);
  GValue list = G_VALUE_INIT, item = G_VALUE_INIT;
  GstBuffer *buffer = NULL, *next;
  gpointer data;
  gsize size;

  gst_harness_set_sink_caps_str (h, caps);
  gst_harness_set_src_caps_str (h, "video/x-raw,format=GRAY8,width=64,height=48,framerate=25/1");
  g_value_init (&list, GST_TYPE_LIST);
  g_value_init (&item, GST_TYPE_STRUCTURE);
  gst_value_set_structure (&item, event);
  gst_value_list_append_and_take_value (&list, &item);
  gst_structure_take_value (rest, "events", &list);
  gst_harness_push_event (h, gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, rest));
  while ((next = gst_harness_try_pull (h))) {
    gst_clear_buffer (&buffer);
    buffer = next;
  }
  fail_unless (buffer != NULL, "nothing is written as %s", caps);
  gst_buffer_extract_dup (buffer, 0, gst_buffer_get_size (buffer), &data, &size);
  gst_buffer_unref (buffer);
  gst_harness_teardown (h);
  return g_bytes_new_take (data, size);
}

GST_START_TEST (test_the_pad_offers_the_listed_formats_and_no_other)
{
  static const GstMicroexprFormat *const formats[] = { GST_MICROEXPR_FORMATS };
  GstElementFactory *factory = gst_element_factory_find ("microexprextract");
  GstStructure *event = new_event ();
  guint n_offered = 0;

  for (const GList *l = gst_element_factory_get_static_pad_templates (factory); l; l = l->next) {
    GstStaticPadTemplate *pad = l->data;
    GstCaps *caps = gst_static_pad_template_get_caps (pad);
    n_offered += pad->direction == GST_PAD_SRC ? gst_caps_get_size (caps) : 0;
    gst_caps_unref (caps);
  }
  fail_unless_equals_int (n_offered, G_N_ELEMENTS (formats));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    GBytes *sent = write_as (formats[i]->caps, event);
    GBytes *expected = formats[i]->event (formats[i], event);
    fail_unless (g_bytes_equal (sent, expected), "%s", formats[i]->caps);
    g_bytes_unref (expected);
    g_bytes_unref (sent);
  }
  gst_structure_free (event);
  gst_object_unref (factory);
}
GST_END_TEST

static Suite *
extract_formats_suite (void)
{
  Suite *suite = suite_create ("extract-formats");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_json_has_every_field_of_the_message);
  tcase_add_test (tcase, test_a_time_that_does_not_exist_is_absent);
  tcase_add_test (tcase, test_nan_and_infinity_are_never_printed);
  tcase_add_test (tcase, test_large_numbers_are_exact);
  tcase_add_test (tcase, test_doubles_read_back_as_the_same);
  tcase_add_test (tcase, test_broken_utf8_becomes_valid);
  tcase_add_test (tcase, test_text_with_line_ends_and_quotes_stays_one_record);
  tcase_add_test (tcase, test_columns_are_those_of_the_contract);
  tcase_add_test (tcase, test_values_stand_under_their_column);
  tcase_add_test (tcase, test_event_without_emotion_has_no_trace_of_one);
  tcase_add_test (tcase, test_lists_keep_the_place_of_what_cannot_be_written);
  tcase_add_test (tcase, test_decimal_comma_of_the_locale_changes_nothing);
  tcase_add_test (tcase, test_the_pad_offers_the_listed_formats_and_no_other);
  return suite;
}

GST_CHECK_MAIN (extract_formats)
