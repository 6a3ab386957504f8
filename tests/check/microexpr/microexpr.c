/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexpr from the plugin: what a user sees of it with the real analysis. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include <glib/gstdio.h>
#include <string.h>

#define CAPS "video/x-raw,format=I420,width=320,height=240,framerate=30/1"
#define FRAME (GST_SECOND / 30)

static GstBuffer *
new_gray_frame (GstHarness *h, GstClockTime time)
{
  GstBuffer *buffer = gst_harness_create_buffer (h, 320 * 240 * 3 / 2);

  gst_buffer_memset (buffer, 0, 128, 320 * 240 * 3 / 2);
  GST_BUFFER_PTS (buffer) = time;
  GST_BUFFER_DURATION (buffer) = FRAME;
  return buffer;
}

/* Properties. */

static gboolean
is_inherited (const GParamSpec *pspec)
{
  return pspec->owner_type != g_type_from_name ("GstMicroexpr");
}

GST_START_TEST (test_every_property_is_documented)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);
  guint n, own = 0;
  GParamSpec **all = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    const GParamSpec *p = all[i];
    int mutability =
        p->flags & (GST_PARAM_MUTABLE_READY | GST_PARAM_MUTABLE_PAUSED | GST_PARAM_MUTABLE_PLAYING);
    if (is_inherited (p))
      continue;
    own++;
    fail_unless (strlen (g_param_spec_get_blurb (all[i])) > 20, "%s has no blurb", p->name);
    fail_unless (strlen (g_param_spec_get_nick (all[i])) > 3, "%s has no nick", p->name);
    fail_unless (!(p->flags & G_PARAM_WRITABLE) || mutability, "%s: mutable when?", p->name);
    if (g_str_equal (p->name, "lookahead"))
      continue; /* latency that changes with every frame helps nobody */
    fail_unless (!!(p->flags & GST_PARAM_CONTROLLABLE) == (mutability == GST_PARAM_MUTABLE_PLAYING),
        "%s: what may change while playing can be controlled, and nothing else", p->name);
  }
  fail_unless_equals_int (own, 21);
  g_free (all);
  gst_object_unref (element);
}
GST_END_TEST

static const struct
{
  const char *name, *value, *reads;
} round_trips[] = {
  { "kinds", "micro+macro+blink", "micro+macro+blink" },
  { "min-duration", "50000000", "50000000" },
  { "max-duration", "400000000", "400000000" },
  { "sensitivity", "2.5", "2.5" },
  { "min-confidence", "0.75", "0.75" },
  { "candidate-confidence", "0.25", "0.25" },
  { "interpretation", "action-units", "action-units" },
  { "contempt", "true", "true" },
  { "conversational-emotions", "true", "true" },
  { "max-faces", "3", "3" },
  { "min-face-size", "120", "120" },
  { "detect-interval", "250000000", "250000000" },
  { "n-threads", "4", "4" },
  { "landmark-model", "/a/model.dat", "/a/model.dat" },
  { "lookahead", "1000000000", "1000000000" },
  { "overlay", "true", "true" },
  { "messages", "events+faces", "events+faces" },
  { "face-data", "landmarks+units", "landmarks+units" },
  { "source", "rtsp://me:secret@camera/1", "rtsp://camera/1" },
};

GST_START_TEST (test_properties_keep_their_value)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (round_trips); i++) {
    GParamSpec *pspec =
        g_object_class_find_property (G_OBJECT_GET_CLASS (element), round_trips[i].name);
    GValue is = G_VALUE_INIT, should = G_VALUE_INIT;

    fail_unless (pspec != NULL, "no property %s", round_trips[i].name);
    g_value_init (&is, pspec->value_type);
    g_value_init (&should, pspec->value_type);
    gst_util_set_object_arg (G_OBJECT (element), round_trips[i].name, round_trips[i].value);
    fail_unless (gst_value_deserialize (&should, round_trips[i].reads));
    g_object_get_property (G_OBJECT (element), round_trips[i].name, &is);
    fail_unless (gst_value_compare (&is, &should) == GST_VALUE_EQUAL, "%s", round_trips[i].name);
    g_value_unset (&is);
    g_value_unset (&should);
  }
  gst_object_unref (element);
}
GST_END_TEST

GST_START_TEST (test_source_of_broken_utf8_becomes_valid)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);
  char *source;

  g_object_set (element, "source", "desk \377", NULL);
  g_object_get (element, "source", &source, NULL);
  fail_unless_equals_string (source, "desk \357\277\275");
  g_free (source);
  gst_object_unref (element);
}
GST_END_TEST

GST_START_TEST (test_defaults_are_those_of_the_documentation)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);
  guint64 min_duration, max_duration, detect_interval;
  guint kinds, messages, face_data, max_faces, min_face_size;
  int interpretation;
  double sensitivity;
  gboolean overlay;

  g_object_get (element, "min-duration", &min_duration, "max-duration", &max_duration,
      "detect-interval", &detect_interval, "kinds", &kinds, "messages", &messages, "face-data",
      &face_data, "max-faces", &max_faces, "min-face-size", &min_face_size, "interpretation",
      &interpretation, "sensitivity", &sensitivity, "overlay", &overlay, NULL);
  fail_unless_equals_uint64 (min_duration, 40 * GST_MSECOND);
  fail_unless_equals_uint64 (max_duration, 500 * GST_MSECOND);
  fail_unless_equals_uint64 (detect_interval, 500 * GST_MSECOND);
  fail_unless_equals_int (kinds, 1);
  fail_unless_equals_int (messages, 1 | 4);
  fail_unless_equals_int (face_data, 0);
  fail_unless_equals_int (max_faces, 8);
  fail_unless_equals_int (min_face_size, 80);
  fail_unless_equals_int (interpretation, 0);
  fail_unless_equals_float (sensitivity, 1.0);
  fail_if (overlay);
  gst_object_unref (element);
}
GST_END_TEST

GST_START_TEST (test_settings_can_be_kept_as_a_preset)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);
  gchar **names;

  fail_unless (GST_IS_PRESET (element));
  names = gst_preset_get_property_names (GST_PRESET (element));
  fail_unless (g_strv_contains ((const gchar *const *)names, "sensitivity"));
  fail_unless (g_strv_contains ((const gchar *const *)names, "kinds"));
  g_strfreev (names);
  gst_object_unref (element);
}
GST_END_TEST

/* Buffers. */

GST_START_TEST (test_shared_buffers_stay_shared_but_their_metas_differ)
{
  GstHarness *h = gst_harness_new ("microexpr");
  GstBuffer *in, *other, *out;
  const guint8 *pixels;
  GstMapInfo map;

  gst_harness_set_src_caps_str (h, CAPS);
  in = new_gray_frame (h, 0);
  other = gst_buffer_ref (in); /* as a tee holds it for its other branch */
  fail_unless (gst_buffer_map (other, &map, GST_MAP_READ));
  pixels = map.data;
  gst_buffer_unmap (other, &map);
  out = gst_harness_push_and_pull (h, in);
  fail_unless (gst_buffer_peek_memory (out, 0) == gst_buffer_peek_memory (other, 0));
  fail_unless (gst_buffer_map (out, &map, GST_MAP_READ));
  fail_unless (map.data == pixels);
  gst_buffer_unmap (out, &map);
  fail_unless (gst_buffer_get_custom_meta (out, "GstMicroexprMeta") != NULL);
  fail_unless (gst_buffer_get_custom_meta (other, "GstMicroexprMeta") == NULL);
  gst_buffer_unref (out);
  gst_buffer_unref (other);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_tee_branches_share_memory)
{
  GstHarness *h = gst_harness_new_parse ("tee name=t allow-not-linked=true ! microexpr");
  GstElement *tee = gst_harness_find_element (h, "tee");
  GstPad *pad = gst_element_request_pad_simple (tee, "src_%u");
  GstHarness *branch = gst_harness_new_with_element (tee, NULL, GST_PAD_NAME (pad));
  GstBuffer *analysed, *plain;

  gst_harness_set_src_caps_str (h, CAPS);
  fail_unless_equals_int (gst_harness_push (h, new_gray_frame (h, 0)), GST_FLOW_OK);
  analysed = gst_harness_pull (h);
  plain = gst_harness_pull (branch);
  fail_unless (gst_buffer_peek_memory (analysed, 0) == gst_buffer_peek_memory (plain, 0));
  fail_unless (gst_buffer_get_custom_meta (analysed, "GstMicroexprMeta") != NULL);
  fail_unless (gst_buffer_get_custom_meta (plain, "GstMicroexprMeta") == NULL);
  gst_buffer_unref (analysed);
  gst_buffer_unref (plain);
  gst_harness_teardown (branch);
  gst_object_unref (pad);
  gst_object_unref (tee);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_no_pixel_is_changed)
{
  GstHarness *h = gst_harness_new_parse ("microexpr");
  GstHarness *source =
      gst_harness_new_parse ("videotestsrc pattern=snow num-buffers=5 ! "
                             "video/x-raw,format=RGB,width=164,height=121 ! identity");
  GstBuffer *in, *before, *out;
  GstMapInfo a, b;

  gst_harness_set_src_caps_str (h, "video/x-raw,format=RGB,width=164,height=121,framerate=30/1");
  gst_harness_play (source);
  for (guint i = 0; i < 5; i++) {
    in = gst_harness_pull (source);
    before = gst_buffer_copy_deep (in);
    out = gst_harness_push_and_pull (h, in);
    fail_unless (gst_buffer_map (before, &a, GST_MAP_READ));
    fail_unless (gst_buffer_map (out, &b, GST_MAP_READ));
    fail_unless (a.size == b.size && memcmp (a.data, b.data, a.size) == 0);
    gst_buffer_unmap (before, &a);
    gst_buffer_unmap (out, &b);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
  }
  gst_harness_teardown (source);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_buffer_that_cannot_be_read_is_an_error)
{
  GstHarness *h = gst_harness_new ("microexpr");
  GstBus *bus = gst_bus_new ();
  GstMessage *message;
  GstBuffer *buffer;

  gst_element_set_bus (h->element, bus);
  gst_harness_set_src_caps_str (h, CAPS);
  buffer = gst_buffer_new_allocate (NULL, 10, NULL);
  GST_BUFFER_PTS (buffer) = 0;
  fail_unless_equals_int (gst_harness_push (h, buffer), GST_FLOW_ERROR);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  fail_unless (message != NULL);
  gst_message_unref (message);
  gst_element_set_bus (h->element, NULL);
  gst_object_unref (bus);
  gst_harness_teardown (h);
}
GST_END_TEST

/* Caps. */

/* Formats that are cheap to take as they are and those that need unpacking, also of odd width. */
static const char *const formats[] = { "I420", "NV12", "GRAY8", "RGB", "BGRx", "YUY2", "I420_10LE",
  "GRAY16_LE", "v210", "ARGB64" };

GST_START_TEST (test_every_kind_of_format_is_taken_without_conversion)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    char *line = g_strdup_printf ("videotestsrc num-buffers=3 ! "
                                  "video/x-raw,format=%s,width=323,height=241 ! microexpr",
        formats[i]);
    GstHarness *h = gst_harness_new_parse (line);
    GstBuffer *buffer;

    gst_harness_play (h);
    for (guint n = 0; n < 3; n++) {
      buffer = gst_harness_pull (h);
      fail_unless (buffer != NULL, "%s", formats[i]);
      gst_buffer_unref (buffer);
    }
    gst_harness_teardown (h);
    g_free (line);
  }
}
GST_END_TEST

GST_START_TEST (test_memory_that_cannot_be_mapped_is_refused)
{
  GstHarness *h = gst_harness_new ("microexpr");
  GstCaps *caps = gst_caps_from_string (
      "video/x-raw(memory:GLMemory),format=RGBA,width=320,height=240,framerate=30/1");

  fail_if (gst_pad_query_accept_caps (GST_PAD_PEER (h->srcpad), caps));
  gst_caps_unref (caps);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_size_and_format_may_change_while_playing)
{
  GstHarness *h = gst_harness_new ("microexpr");
  GstBuffer *buffer;
  GstCaps *caps;

  gst_harness_set_src_caps_str (h, CAPS);
  gst_buffer_unref (gst_harness_push_and_pull (h, new_gray_frame (h, 0)));
  gst_harness_set_src_caps_str (h, "video/x-raw,format=GRAY8,width=100,height=80,framerate=30/1");
  buffer = gst_harness_create_buffer (h, 100 * 80);
  gst_buffer_memset (buffer, 0, 0, 100 * 80);
  GST_BUFFER_PTS (buffer) = FRAME;
  buffer = gst_harness_push_and_pull (h, buffer);
  fail_unless (buffer != NULL);
  caps = gst_pad_get_current_caps (h->sinkpad);
  fail_unless_equals_string (
      gst_structure_get_string (gst_caps_get_structure (caps, 0), "format"), "GRAY8");
  gst_caps_unref (caps);
  gst_buffer_unref (buffer);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_unlinked_source_pad_ends_without_a_crash)
{
  GstElement *pipeline = gst_parse_launch ("videotestsrc num-buffers=10 ! microexpr", NULL);
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 100 * GST_SECOND, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  fail_unless (message != NULL);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
}
GST_END_TEST

/* Errors. */

/* The text of the error with which PAUSED fails; with g_free(). */
static char *
expect_failure (GstElement *element, int code)
{
  GstBus *bus = gst_bus_new ();
  GError *error = NULL;
  GstMessage *message;
  char *text;

  gst_element_set_bus (element, bus);
  fail_unless_equals_int (
      gst_element_set_state (element, GST_STATE_PAUSED), GST_STATE_CHANGE_FAILURE);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  fail_unless (message != NULL, "it failed without a word");
  gst_message_parse_error (message, &error, NULL);
  fail_unless (g_error_matches (error, GST_RESOURCE_ERROR, code), "%s", error->message);
  text = g_strdup (error->message);
  g_error_free (error);
  gst_message_unref (message);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_element_set_bus (element, NULL);
  gst_object_unref (bus);
  return text;
}

GST_START_TEST (test_missing_model_is_named_with_the_cure)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);
  char *text;

  g_object_set (element, "landmark-model", "/nowhere/faces.dat", NULL);
  text = expect_failure (element, GST_RESOURCE_ERROR_NOT_FOUND);
  fail_unless (strstr (text, "/nowhere/faces.dat") != NULL, "%s", text);
  fail_unless (strstr (text, "landmark-model") != NULL, "no cure: %s", text);
  g_free (text);
  gst_object_unref (element);
}
GST_END_TEST

GST_START_TEST (test_damaged_model_is_named_with_the_cure)
{
  static const char *const contents[] = { "", "this is no model of a face at all\n",
    "\001\001\104\001\003\377\377\377\377\377\377\377\377" };
  GstElement *element = gst_element_factory_make ("microexpr", NULL);
  char *dir = g_dir_make_tmp ("microexpr-XXXXXX", NULL);
  char *path = g_build_filename (dir, "damaged.dat", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    char *text;
    fail_unless (g_file_set_contents (path, contents[i], -1, NULL));
    g_object_set (element, "landmark-model", path, NULL);
    text = expect_failure (element, GST_RESOURCE_ERROR_OPEN_READ);
    fail_unless (strstr (text, path) != NULL, "%s", text);
    fail_unless (strlen (text) > strlen (path) + 20, "no cure: %s", text);
    g_free (text);
  }
  g_unlink (path);
  g_rmdir (dir);
  g_free (path);
  g_free (dir);
  gst_object_unref (element);
}
GST_END_TEST

GST_START_TEST (test_impossible_durations_are_named)
{
  GstElement *element = gst_element_factory_make ("microexpr", NULL);
  char *text;

  g_object_set (element, "min-duration", (guint64)GST_SECOND, NULL);
  text = expect_failure (element, GST_RESOURCE_ERROR_SETTINGS);
  fail_unless (strstr (text, "min-duration") != NULL, "%s", text);
  g_object_set (element, "min-duration", (guint64)40 * GST_MSECOND, NULL);
  fail_unless_equals_int (
      gst_element_set_state (element, GST_STATE_PAUSED), GST_STATE_CHANGE_SUCCESS);
  gst_element_set_state (element, GST_STATE_NULL);
  g_free (text);
  gst_object_unref (element);
}
GST_END_TEST

static Suite *
microexpr_suite (void)
{
  Suite *suite = suite_create ("microexpr");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_every_property_is_documented);
  tcase_add_test (tcase, test_properties_keep_their_value);
  tcase_add_test (tcase, test_source_of_broken_utf8_becomes_valid);
  tcase_add_test (tcase, test_defaults_are_those_of_the_documentation);
  tcase_add_test (tcase, test_settings_can_be_kept_as_a_preset);
  tcase_add_test (tcase, test_shared_buffers_stay_shared_but_their_metas_differ);
  tcase_add_test (tcase, test_tee_branches_share_memory);
  tcase_add_test (tcase, test_no_pixel_is_changed);
  tcase_add_test (tcase, test_buffer_that_cannot_be_read_is_an_error);
  tcase_add_test (tcase, test_every_kind_of_format_is_taken_without_conversion);
  tcase_add_test (tcase, test_memory_that_cannot_be_mapped_is_refused);
  tcase_add_test (tcase, test_size_and_format_may_change_while_playing);
  tcase_add_test (tcase, test_unlinked_source_pad_ends_without_a_crash);
  tcase_add_test (tcase, test_missing_model_is_named_with_the_cure);
  tcase_add_test (tcase, test_damaged_model_is_named_with_the_cure);
  tcase_add_test (tcase, test_impossible_durations_are_named);
  return suite;
}

GST_CHECK_MAIN (microexpr)
