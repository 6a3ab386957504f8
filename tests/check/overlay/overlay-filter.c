/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexproverlay: what is drawn where in every kind of format, who draws it, and what
 * its properties change. */
#include "overlay-frames.h"

#include <string.h>

#define FEATURE "(memory:SystemMemory,meta:GstVideoOverlayComposition)"
#define KNOWN (1300 * GST_MSECOND)

static const char *const formats[] = { "I420", "NV12", "RGB", "GRAY8", "BGRA", "I420_10LE" };

GST_START_TEST (test_every_property_is_documented)
{
  GstElement *element = gst_element_factory_make ("microexproverlay", NULL);
  guint n, own = 0;
  GParamSpec **all = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    if (all[i]->owner_type != G_OBJECT_TYPE (element))
      continue;
    own++;
    fail_unless (strlen (g_param_spec_get_blurb (all[i])) > 20, "%s has no blurb", all[i]->name);
    fail_unless (
        (all[i]->flags & GST_PARAM_MUTABLE_PLAYING) && (all[i]->flags & GST_PARAM_CONTROLLABLE),
        "%s cannot change while playing", all[i]->name);
  }
  fail_unless (own >= 16);
  g_free (all);
  gst_object_unref (element);
}
GST_END_TEST

GST_START_TEST (test_properties_keep_their_value)
{
  static const char *const round_trips[][2] = { { "draw", "boxes+landmarks" },
    { "kinds", "micro+blink" }, { "font", "Serif Bold 14" }, { "line-width", "7" },
    { "label-hold", "300000000" }, { "color-anger", "2147483648" }, { "color-face", "0" } };
  GstElement *element = gst_element_factory_make ("microexproverlay", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (round_trips); i++) {
    const char *name = round_trips[i][0];
    GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (element), name);
    GValue is = G_VALUE_INIT, should = G_VALUE_INIT;

    g_value_init (&is, pspec->value_type);
    g_value_init (&should, pspec->value_type);
    gst_util_set_object_arg (G_OBJECT (element), name, round_trips[i][1]);
    fail_unless (gst_value_deserialize (&should, round_trips[i][1]));
    g_object_get_property (G_OBJECT (element), name, &is);
    fail_unless (gst_value_compare (&is, &should) == GST_VALUE_EQUAL, "%s", name);
    g_value_unset (&is);
    g_value_unset (&should);
  }
  gst_object_unref (element);
}
GST_END_TEST

/* What is drawn. */

GST_START_TEST (test_face_event_and_motion_are_drawn_in_every_format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    GstHarness *h = overlay_harness (NULL, formats[i]);
    GstVideoRectangle top_edge = { face_box.x, face_box.y, face_box.w, 4 };
    GstBuffer *out = gst_harness_push_and_pull (h, face_frame (formats[i], KNOWN, surprise));

    fail_unless (n_drawn (out, formats[i], top_edge) > 500, "%s: no box", formats[i]);
    fail_unless (n_drawn (out, formats[i], label_area) > 2000, "%s: no label", formats[i]);
    fail_unless (n_drawn (out, formats[i], timeline_area) > 20000, "%s: no timeline", formats[i]);
    fail_unless_equals_int (n_drawn (out, formats[i], inside_face), 0);
    gst_buffer_unref (out);
    gst_harness_teardown (h);
  }
}
GST_END_TEST

/* Mean difference of two gray pictures, levels. */
static double
difference (const guint8 *a, const guint8 *b)
{
  double sum = 0;

  for (gsize i = 0; i < WIDTH * HEIGHT; i++) {
    double gray_a = 0.299 * a[4 * i + 1] + 0.587 * a[4 * i + 2] + 0.114 * a[4 * i + 3];
    double gray_b = 0.299 * b[4 * i + 1] + 0.587 * b[4 * i + 2] + 0.114 * b[4 * i + 3];
    sum += ABS (gray_a - gray_b);
  }
  return sum / (WIDTH * HEIGHT);
}

GST_START_TEST (test_every_format_shows_the_same_picture)
{
  guint8 *reference = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    GstHarness *h = overlay_harness (NULL, formats[i]);
    GstBuffer *out = gst_harness_push_and_pull (h, face_frame (formats[i], KNOWN, surprise));
    guint8 *argb = to_argb (out, formats[i]);

    if (!reference)
      reference = g_memdup2 (argb, 4 * WIDTH * HEIGHT);
    fail_unless (difference (reference, argb) < 3, "%s: %.2f levels off", formats[i],
        difference (reference, argb));
    g_free (argb);
    gst_buffer_unref (out);
    gst_harness_teardown (h);
  }
  g_free (reference);
}
GST_END_TEST

GST_START_TEST (test_nothing_drawn_is_nothing_copied)
{
  static const char *const cases[] = { "draw=boxes", "draw=0" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstHarness *h = overlay_harness (cases[i], "I420");
    GstBuffer *in = plain_frame ("I420", 0), *other, *out;

    add_meta (in, i, NULL); /* a face is there, but not to be drawn */
    other = gst_buffer_ref (in);
    out = gst_harness_push_and_pull (h, in);
    fail_unless (gst_buffer_peek_memory (out, 0) == gst_buffer_peek_memory (other, 0));
    fail_unless_equals_int (n_drawn (out, "I420", whole), 0);
    gst_buffer_unref (out);
    gst_buffer_unref (other);
    gst_harness_teardown (h);
  }
}
GST_END_TEST

GST_START_TEST (test_memory_of_others_is_not_drawn_into)
{
  GstHarness *h = overlay_harness (NULL, "I420");
  GstBuffer *in = face_frame ("I420", 0, NULL), *other = gst_buffer_ref (in), *out;

  out = gst_harness_push_and_pull (h, in);
  fail_unless (n_drawn (out, "I420", whole) > 0);
  fail_unless_equals_int (n_drawn (other, "I420", whole), 0);
  gst_buffer_unref (out);
  gst_buffer_unref (other);
  gst_harness_teardown (h);
}
GST_END_TEST

/* As of clocks that ran below 0. */
GST_START_TEST (test_times_that_cannot_be_pass)
{
  GstHarness *h = overlay_harness (NULL, "I420");

  for (guint i = 0; i < 60; i++) {
    GstClockTime time = i < 30 ? i * FRAME : G_MAXUINT64 - (61 - i) * FRAME;
    gst_buffer_unref (gst_harness_push_and_pull (h, face_frame ("I420", time, NULL)));
  }
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_damaged_buffers_pass)
{
  GstHarness *h = overlay_harness (NULL, "I420");
  GstBuffer *damaged = face_frame ("I420", KNOWN + FRAME, surprise), *out;

  gst_buffer_unref (gst_harness_push_and_pull (h, face_frame ("I420", KNOWN, surprise)));
  gst_buffer_set_size (damaged, WIDTH * HEIGHT);
  out = gst_harness_push_and_pull (h, damaged);
  fail_unless_equals_int (gst_buffer_get_size (out), WIDTH * HEIGHT);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_frames_without_metas_pass)
{
  GstHarness *h = overlay_harness (NULL, "I420");
  GstBuffer *out = gst_harness_push_and_pull (h, plain_frame ("I420", 0));

  fail_unless_equals_int (n_drawn (out, "I420", whole), 0);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}
GST_END_TEST

/* Who draws. */

/* A harness whose sink accepts compositions in its caps, and in its allocation if `confirms`. */
static GstHarness *
negotiating_harness (gboolean confirms)
{
  GstHarness *h = gst_harness_new_parse ("microexproverlay");
  char *with = frame_caps ("I420", FEATURE), *without = frame_caps ("I420", "");
  char *both = g_strdup_printf ("%s;%s", without, with);

  gst_harness_set_sink_caps_str (h, both);
  if (confirms)
    gst_harness_add_propose_allocation_meta (h, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  gst_harness_set_src_caps_str (h, without);
  g_free (both);
  g_free (with);
  g_free (without);
  return h;
}

static gboolean
caps_have_feature (GstHarness *h)
{
  GstCaps *caps = gst_pad_get_current_caps (h->sinkpad);
  gboolean has = gst_caps_features_contains (
      gst_caps_get_features (caps, 0), GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION);

  gst_caps_unref (caps);
  return has;
}

GST_START_TEST (test_sink_that_draws_gets_the_drawing)
{
  GstHarness *h = negotiating_harness (TRUE);
  GstBuffer *in = face_frame ("I420", KNOWN, surprise), *other = gst_buffer_ref (in), *out;
  GstVideoOverlayCompositionMeta *meta;

  out = gst_harness_push_and_pull (h, in);
  meta = gst_buffer_get_video_overlay_composition_meta (out);
  fail_unless (caps_have_feature (h));
  fail_unless (meta && gst_video_overlay_composition_n_rectangles (meta->overlay) >= 6);
  fail_unless (gst_buffer_peek_memory (out, 0) == gst_buffer_peek_memory (other, 0));
  gst_buffer_unref (out);
  gst_buffer_unref (other);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_element_that_passes_any_feature_gets_pixels)
{
  GstHarness *h = negotiating_harness (FALSE);

  for (guint i = 0; i < 3; i++) {
    GstBuffer *out = gst_harness_push_and_pull (h, face_frame ("I420", i * FRAME, NULL));
    fail_unless (gst_buffer_get_video_overlay_composition_meta (out) == NULL);
    fail_unless (n_drawn (out, "I420", whole) > 0);
    fail_if (caps_have_feature (h));
    gst_buffer_unref (out);
  }
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_drawing_of_others_stays_attached)
{
  GstHarness *h = gst_harness_new_parse ("microexproverlay");
  char *caps = frame_caps ("I420", FEATURE);
  GstBuffer *out;

  gst_harness_set_src_caps_str (h, caps);
  out = gst_harness_push_and_pull (h, face_frame ("I420", 0, NULL));
  fail_unless (caps_have_feature (h));
  fail_unless (gst_buffer_get_video_overlay_composition_meta (out) != NULL);
  gst_buffer_unref (out);
  g_free (caps);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_sink_that_changes_its_mind_is_asked_again)
{
  GstHarness *h = negotiating_harness (FALSE);
  GstBuffer *out = gst_harness_push_and_pull (h, face_frame ("I420", 0, NULL));

  gst_buffer_unref (out);
  gst_harness_add_propose_allocation_meta (h, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  gst_harness_push_upstream_event (h, gst_event_new_reconfigure ());
  out = gst_harness_push_and_pull (h, face_frame ("I420", FRAME, NULL));
  fail_unless (caps_have_feature (h));
  fail_unless (gst_buffer_get_video_overlay_composition_meta (out) != NULL);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}
GST_END_TEST

/* What the properties change. */

static guint
pushed (GstHarness *h, GstClockTime time, const char *event, GstVideoRectangle where)
{
  GstBuffer *out = gst_harness_push_and_pull (h, face_frame ("I420", time, event));
  guint n = n_drawn (out, "I420", where);

  gst_buffer_unref (out);
  return n;
}

GST_START_TEST (test_only_what_is_asked_for_is_drawn)
{
  GstVideoRectangle edge = { face_box.x, face_box.y, face_box.w, 4 };
  const struct
  {
    const char *draw;
    gboolean box, label, timeline;
  } cases[] = {
    { "draw=boxes", TRUE, FALSE, FALSE },
    { "draw=labels", FALSE, TRUE, FALSE },
    { "draw=timeline", FALSE, FALSE, TRUE },
    { "draw=ids", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstHarness *h = overlay_harness (cases[i].draw, "I420");
    GstBuffer *out = gst_harness_push_and_pull (h, face_frame ("I420", KNOWN, surprise));
    fail_unless_equals_int (n_drawn (out, "I420", edge) > 500, cases[i].box);
    fail_unless_equals_int (n_drawn (out, "I420", label_area) > 0, cases[i].label);
    fail_unless_equals_int (n_drawn (out, "I420", timeline_area) > 0, cases[i].timeline);
    fail_unless (n_drawn (out, "I420", whole) > 0);
    gst_buffer_unref (out);
    gst_harness_teardown (h);
  }
}
GST_END_TEST

/* Pixels of the timeline that are as orange as its band of speech, after a second. */
static guint
n_orange (double speaking)
{
  GstHarness *h = overlay_harness ("draw=timeline", "BGRA");
  char *face = g_strdup_printf ("face, id=(uint)0, x=(uint)190, y=(uint)130, width=(uint)260, "
                                "height=(uint)260, motion=(double)0, noise=(double)0, "
                                "speaking=(double)%.1f",
      speaking);
  guint n = 0;

  for (guint i = 0; i <= 30; i++) {
    GstBuffer *buffer = plain_frame ("BGRA", i * FRAME), *out;
    guint8 *argb;
    add_meta_of_one (buffer, face, NULL);
    out = gst_harness_push_and_pull (h, buffer);
    argb = to_argb (out, "BGRA");
    for (guint p = timeline_area.y * WIDTH; i == 30 && p < WIDTH * HEIGHT; p++)
      n += argb[4 * p + 1] > 190 && argb[4 * p + 3] < 90;
    g_free (argb);
    gst_buffer_unref (out);
  }
  g_free (face);
  gst_harness_teardown (h);
  return n;
}

GST_START_TEST (test_the_timeline_shows_where_a_person_speaks)
{
  fail_unless_equals_int (n_orange (0.1), 0);
  fail_unless (n_orange (0.8) > 50);
}
GST_END_TEST

GST_START_TEST (test_kind_that_is_not_asked_for_has_no_label)
{
  GstHarness *h = overlay_harness ("kinds=macro+blink", "I420");

  fail_unless_equals_int (pushed (h, KNOWN, surprise, label_area), 0);
  gst_harness_set (h, "microexproverlay", "kinds", 7, NULL);
  fail_unless (pushed (h, KNOWN + FRAME, NULL, label_area) > 0);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_label_goes_after_its_hold)
{
  GstHarness *h = overlay_harness ("label-hold=500000000", "I420");

  fail_unless (pushed (h, KNOWN, surprise, label_area) > 0);
  fail_unless (pushed (h, KNOWN + 480 * GST_MSECOND, NULL, label_area) > 0);
  fail_unless_equals_int (pushed (h, KNOWN + 520 * GST_MSECOND, NULL, label_area), 0);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_late_label_is_held_and_exact_one_is_not)
{
  GstHarness *late = overlay_harness (NULL, "I420"), *exact = overlay_harness (NULL, "I420");

  fail_unless (pushed (late, KNOWN, surprise, label_area) > 0);
  fail_unless (pushed (late, KNOWN + 1900 * GST_MSECOND, NULL, label_area) > 0);
  fail_unless (pushed (exact, 1000 * GST_MSECOND, surprise, label_area) > 0);
  fail_unless (pushed (exact, 1150 * GST_MSECOND, surprise, label_area) > 0);
  fail_unless_equals_int (pushed (exact, 1190 * GST_MSECOND, NULL, label_area), 0);
  gst_harness_teardown (late);
  gst_harness_teardown (exact);
}
GST_END_TEST

GST_START_TEST (test_colour_and_width_change_while_playing)
{
  GstHarness *h = overlay_harness ("draw=boxes", "RGB");
  GstVideoRectangle ring = { face_box.x, face_box.y, face_box.w, 20 };
  GstBuffer *out = gst_harness_push_and_pull (h, face_frame ("RGB", 0, NULL));
  guint thin = n_drawn (out, "RGB", ring);
  guint8 *argb;

  gst_buffer_unref (out);
  gst_harness_set (h, "microexproverlay", "color-face", 0xff00ff00u, "line-width", 12, NULL);
  out = gst_harness_push_and_pull (h, face_frame ("RGB", FRAME, NULL));
  fail_unless (n_drawn (out, "RGB", ring) > 2 * thin);
  argb = to_argb (out, "RGB");
  const guint8 *pixel = argb + 4 * ((face_box.y + 6) * WIDTH + face_box.x + 80);
  fail_unless (pixel[1] < 10 && pixel[2] > 245 && pixel[3] < 10, "the line is not green");
  g_free (argb);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_larger_font_makes_a_larger_label)
{
  GstHarness *small = overlay_harness ("draw=labels", "I420");
  GstHarness *large = overlay_harness ("draw=labels font=\"Sans 24\"", "I420");
  guint n_small = pushed (small, KNOWN, surprise, whole);

  fail_unless (pushed (large, KNOWN, surprise, whole) > 2 * n_small);
  gst_harness_teardown (small);
  gst_harness_teardown (large);
}
GST_END_TEST

/* The stream. */

GST_START_TEST (test_flush_forgets_what_was_drawn)
{
  GstHarness *h = overlay_harness (NULL, "I420");
  GstSegment segment;

  fail_unless (pushed (h, KNOWN, surprise, label_area) > 0);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  fail_unless_equals_int (pushed (h, KNOWN, NULL, label_area), 0);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_event_that_no_buffer_carried_is_shown_and_forwarded)
{
  GstHarness *h = overlay_harness (NULL, "I420");
  GstBuffer *carrier = face_frame ("I420", 0, surprise);
  GstStructure *rest = gst_structure_copy (
      gst_custom_meta_get_structure (gst_buffer_get_custom_meta (carrier, "GstMicroexprMeta")));
  gboolean forwarded = FALSE;
  GstEvent *event;

  gst_structure_set_name (rest, "GstMicroexprMeta");
  fail_unless_equals_int (pushed (h, KNOWN, NULL, label_area), 0);
  gst_harness_push_event (h, gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, rest));
  fail_unless (pushed (h, KNOWN + FRAME, NULL, label_area) > 0);
  while ((event = gst_harness_try_pull_event (h))) {
    forwarded |= GST_EVENT_TYPE (event) == GST_EVENT_CUSTOM_DOWNSTREAM;
    gst_event_unref (event);
  }
  fail_unless (forwarded);
  gst_buffer_unref (carrier);
  gst_harness_teardown (h);
}
GST_END_TEST

static Suite *
overlay_filter_suite (void)
{
  Suite *suite = suite_create ("overlay-filter");
  TCase *tcase = tcase_create ("general");
  GstPlugin *plugin = gst_plugin_load_by_name ("microexpr"); /* registers the meta */

  gst_clear_object (&plugin);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_every_property_is_documented);
  tcase_add_test (tcase, test_properties_keep_their_value);
  tcase_add_test (tcase, test_face_event_and_motion_are_drawn_in_every_format);
  tcase_add_test (tcase, test_every_format_shows_the_same_picture);
  tcase_add_test (tcase, test_nothing_drawn_is_nothing_copied);
  tcase_add_test (tcase, test_memory_of_others_is_not_drawn_into);
  tcase_add_test (tcase, test_times_that_cannot_be_pass);
  tcase_add_test (tcase, test_damaged_buffers_pass);
  tcase_add_test (tcase, test_frames_without_metas_pass);
  tcase_add_test (tcase, test_sink_that_draws_gets_the_drawing);
  tcase_add_test (tcase, test_element_that_passes_any_feature_gets_pixels);
  tcase_add_test (tcase, test_drawing_of_others_stays_attached);
  tcase_add_test (tcase, test_sink_that_changes_its_mind_is_asked_again);
  tcase_add_test (tcase, test_only_what_is_asked_for_is_drawn);
  tcase_add_test (tcase, test_the_timeline_shows_where_a_person_speaks);
  tcase_add_test (tcase, test_kind_that_is_not_asked_for_has_no_label);
  tcase_add_test (tcase, test_label_goes_after_its_hold);
  tcase_add_test (tcase, test_late_label_is_held_and_exact_one_is_not);
  tcase_add_test (tcase, test_colour_and_width_change_while_playing);
  tcase_add_test (tcase, test_larger_font_makes_a_larger_label);
  tcase_add_test (tcase, test_flush_forgets_what_was_drawn);
  tcase_add_test (tcase, test_event_that_no_buffer_carried_is_shown_and_forwarded);
  return suite;
}

GST_CHECK_MAIN (overlay_filter)
