/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexproverlay anonymize: what is covered, in every kind of format, and when the whole picture
 * is. */
#include "overlay-frames.h"

#include <string.h>

#define FACELESS 120 /* frames in four seconds */

static const char *const formats[] = { "I420", "NV12", "RGB", "GRAY8", "BGRA", "I420_10LE", "YUY2",
  "v210", "Y444" };

static const GstVideoRectangle corner = { 0, 0, 64, 64 };

/* A picture full of edges in place of the even gray. (transfer full) */
static GstBuffer *
edged_frame (const char *format, GstClockTime time, guint n_faces)
{
  static const char *made;
  static GstBuffer *edges;
  GstBuffer *buffer;

  if (made != format) {
    gst_clear_buffer (&edges);
    edges = source_frame ("videotestsrc pattern=pinwheel", format);
    made = format;
  }
  buffer = gst_buffer_copy_deep (edges);
  GST_BUFFER_PTS (buffer) = time;
  add_meta (buffer, n_faces, NULL);
  return buffer;
}

/* Variance of the gray levels of a rectangle. */
static double
variance (GstBuffer *buffer, const char *format, GstVideoRectangle where)
{
  guint8 *argb = to_argb (buffer, format);
  double sum = 0, squares = 0, n = (double)where.w * where.h;

  for (int y = where.y; y < where.y + where.h; y++)
    for (int x = where.x; x < where.x + where.w; x++) {
      double level = argb[4 * (y * WIDTH + x) + 2];
      sum += level;
      squares += level * level;
    }
  g_free (argb);
  return squares / n - sum / n * sum / n;
}

/* How many pixels differ between two frames, in a rectangle. */
static guint
n_changed (GstBuffer *a, GstBuffer *b, const char *format, GstVideoRectangle where)
{
  guint8 *before = to_argb (a, format), *after = to_argb (b, format);
  guint n = 0;

  for (int y = where.y; y < where.y + where.h; y++)
    for (int x = where.x; x < where.x + where.w; x++)
      n += memcmp (before + 4 * (y * WIDTH + x), after + 4 * (y * WIDTH + x), 4) != 0;
  g_free (before);
  g_free (after);
  return n;
}

GST_START_TEST (test_face_is_covered_in_every_format_and_nothing_else)
{
  static const char *const hows[] = { "blur", "pixelate", "fill" };

  for (guint i = 0; i < G_N_ELEMENTS (formats) * G_N_ELEMENTS (hows); i++) {
    const char *format = formats[i / G_N_ELEMENTS (hows)], *how = hows[i % G_N_ELEMENTS (hows)];
    char *properties = g_strdup_printf ("draw=0 anonymize=%s", how);
    GstHarness *h = overlay_harness (properties, format);
    GstBuffer *in = edged_frame (format, 0, 1), *before = gst_buffer_copy_deep (in), *out;

    out = gst_harness_push_and_pull (h, in);
    fail_unless (n_changed (before, out, format, inside_face) > 2000, "%s %s", format, how);
    fail_unless_equals_int (n_changed (before, out, format, corner), 0);
    fail_unless (variance (out, format, inside_face) < variance (before, format, inside_face) / 3,
        "%s %s leaves too much", format, how);
    gst_buffer_unref (before);
    gst_buffer_unref (out);
    gst_harness_teardown (h);
    g_free (properties);
  }
}
GST_END_TEST

GST_START_TEST (test_box_is_covered_with_a_margin)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "RGB");
  GstVideoRectangle middle = { face_box.x - 20, face_box.y + 60, 20, 20 };
  GstVideoRectangle hair = { face_box.x + 60, face_box.y - 40, 40, 30 };
  GstVideoRectangle chin = { face_box.x + 50, face_box.y + face_box.h - 10, 60, 16 };
  GstBuffer *out = gst_harness_push_and_pull (h, edged_frame ("RGB", 0, 1));

  fail_unless (variance (out, "RGB", inside_face) < 1);
  fail_unless (variance (out, "RGB", middle) < 1);
  fail_unless (variance (out, "RGB", hair) < 1);
  fail_unless (variance (out, "RGB", chin) < 1);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_memory_of_others_keeps_its_face)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");
  GstBuffer *in = edged_frame ("I420", 0, 1), *other = gst_buffer_ref (in);
  double before = variance (in, "I420", inside_face);
  GstBuffer *out = gst_harness_push_and_pull (h, in);

  fail_unless (variance (other, "I420", inside_face) >= before);
  fail_unless (variance (out, "I420", inside_face) < 1);
  gst_buffer_unref (out);
  gst_buffer_unref (other);
  gst_harness_teardown (h);
}
GST_END_TEST

/* When the whole picture is covered. */

static gboolean
all_covered (GstHarness *h, GstBuffer *in)
{
  GstBuffer *out = gst_harness_push_and_pull (h, in);
  gboolean covered = variance (out, "I420", whole) < 1;

  gst_buffer_unref (out);
  return covered;
}

GST_START_TEST (test_picture_is_covered_until_somebody_is_found)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  for (guint i = 0; i < 10; i++)
    fail_unless (all_covered (h, edged_frame ("I420", i * FRAME, 0)));
  fail_if (all_covered (h, edged_frame ("I420", 10 * FRAME, 1)));
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_empty_picture_is_shown_after_two_seconds)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  for (guint i = 0; i < FACELESS; i++)
    fail_unless_equals_int (all_covered (h, edged_frame ("I420", i * FRAME, 0)), i <= 60);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_picture_is_covered_while_a_face_is_lost)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  fail_if (all_covered (h, edged_frame ("I420", 0, 2)));
  for (guint i = 1; i < FACELESS; i++)
    fail_unless_equals_int (all_covered (h, edged_frame ("I420", i * FRAME, 1)), i <= 60);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_lost_face_stays_covered_without_fallback)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill anonymize-fallback=none", "I420");

  for (guint i = 0; i < 30; i++) {
    GstBuffer *out = gst_harness_push_and_pull (h, edged_frame ("I420", i * FRAME, i == 0));
    fail_unless (variance (out, "I420", inside_face) < 1);
    fail_unless (variance (out, "I420", whole) > 100);
    gst_buffer_unref (out);
  }
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_cut_covers_the_picture)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");
  GstBuffer *cut;

  for (guint i = 0; i < FACELESS; i++)
    all_covered (h, edged_frame ("I420", i * FRAME, 0));
  cut = plain_frame ("I420", FACELESS * FRAME);
  gst_buffer_memset (cut, 0, 235, WIDTH * HEIGHT / 2);
  add_meta (cut, 0, NULL);
  fail_unless (all_covered (h, cut));
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_picture_nobody_has_looked_at_is_covered)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  for (guint i = 0; i < FACELESS; i++) {
    GstBuffer *in = edged_frame ("I420", i * FRAME, 0);
    gst_buffer_remove_meta (in, (GstMeta *)gst_buffer_get_custom_meta (in, "GstMicroexprMeta"));
    fail_unless (all_covered (h, in));
  }
  gst_harness_teardown (h);
}
GST_END_TEST

static GstStructure *
meta_of (GstBuffer *buffer)
{
  return gst_custom_meta_get_structure (gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta"));
}

GST_START_TEST (test_picture_that_was_passed_over_is_covered)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  for (guint i = 0; i < FACELESS; i++) {
    GstBuffer *in = edged_frame ("I420", i * FRAME, 0);
    if (i >= 100 && i < 110)
      gst_structure_set (meta_of (in), "unseen", G_TYPE_BOOLEAN, TRUE, NULL);
    fail_unless_equals_int (all_covered (h, in), i <= 60 || i >= 100);
  }
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_picture_that_was_scaled_since_is_covered)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");
  GstBuffer *in = edged_frame ("I420", FRAME, 1);

  gst_structure_set (
      meta_of (in), "width", G_TYPE_UINT, WIDTH, "height", G_TYPE_UINT, HEIGHT, NULL);
  fail_if (all_covered (h, in));
  in = edged_frame ("I420", 2 * FRAME, 1);
  gst_structure_set (
      meta_of (in), "width", G_TYPE_UINT, WIDTH / 2, "height", G_TYPE_UINT, HEIGHT / 2, NULL);
  fail_unless (all_covered (h, in));
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_hole_makes_unsure_again)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  fail_if (all_covered (h, edged_frame ("I420", 0, 1)));
  for (guint i = 0; i < FACELESS; i++)
    fail_unless_equals_int (
        all_covered (h, edged_frame ("I420", 5 * GST_SECOND + i * FRAME, 0)), i <= 60);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_time_that_goes_back_makes_unsure_for_a_while)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  fail_if (all_covered (h, edged_frame ("I420", 600 * GST_SECOND, 1)));
  for (guint i = 0; i < FACELESS; i++)
    fail_unless_equals_int (all_covered (h, edged_frame ("I420", i * FRAME, 0)), i <= 60);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_doubt_begins_when_a_time_is_known)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  fail_unless (all_covered (h, edged_frame ("I420", GST_CLOCK_TIME_NONE, 0)));
  fail_unless (all_covered (h, edged_frame ("I420", GST_CLOCK_TIME_NONE, 1)));
  for (guint i = 0; i < FACELESS; i++)
    fail_unless_equals_int (
        all_covered (h, edged_frame ("I420", 60 * GST_SECOND + i * FRAME, 0)), i <= 60);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_buffer_that_cannot_be_covered_is_dropped)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");

  for (guint n_faces = 0; n_faces < 2; n_faces++) {
    GstBuffer *damaged = edged_frame ("I420", (2 * n_faces + 1) * FRAME, n_faces);
    gst_buffer_set_size (damaged, WIDTH * HEIGHT);
    fail_if (all_covered (h, edged_frame ("I420", 2 * n_faces * FRAME, 1)));
    fail_unless_equals_int (gst_harness_push (h, damaged), GST_FLOW_OK);
    fail_unless (gst_harness_try_pull (h) == NULL);
  }
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_pictures_in_tags_are_taken_out)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");
  GstBuffer *face = gst_buffer_new_allocate (NULL, 16, NULL);
  GstCaps *caps = gst_caps_new_empty_simple ("image/jpeg");
  GstSample *picture = gst_sample_new (face, caps, NULL, NULL);
  GstTagList *tags;
  GstEvent *tag;

  fail_if (all_covered (h, edged_frame ("I420", 0, 1)));
  tags = gst_tag_list_new (GST_TAG_TITLE, "a", GST_TAG_IMAGE, picture, NULL);
  gst_tag_list_add (tags, GST_TAG_MERGE_APPEND, GST_TAG_PREVIEW_IMAGE, picture, NULL);
  gst_harness_push_event (h, gst_event_new_tag (tags));
  tag = gst_pad_get_sticky_event (h->sinkpad, GST_EVENT_TAG, 0);
  gst_event_parse_tag (tag, &tags);
  fail_unless_equals_int (gst_tag_list_n_tags (tags), 1);
  fail_unless_equals_int (gst_tag_list_get_tag_size (tags, GST_TAG_TITLE), 1);
  gst_event_unref (tag);
  gst_sample_unref (picture);
  gst_caps_unref (caps);
  gst_buffer_unref (face);
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_face_that_is_coming_covers_the_picture)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");
  GstBuffer *in = edged_frame ("I420", FRAME, 1);
  GstStructure *s = meta_of (in);
  GValue coming = G_VALUE_INIT;

  fail_if (all_covered (h, edged_frame ("I420", 0, 1)));
  g_value_init (&coming, GST_TYPE_LIST);
  g_value_copy (gst_structure_get_value (s, "faces"), &coming);
  gst_structure_take_value (s, "coming", &coming);
  fail_unless (all_covered (h, in));
  gst_harness_teardown (h);
}
GST_END_TEST

GST_START_TEST (test_flush_makes_unsure_again)
{
  GstHarness *h = overlay_harness ("draw=0 anonymize=fill", "I420");
  GstSegment segment;

  fail_if (all_covered (h, edged_frame ("I420", 0, 1)));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  fail_unless (all_covered (h, edged_frame ("I420", 10 * GST_SECOND, 0)));
  gst_harness_teardown (h);
}
GST_END_TEST

static Suite *
anonymize_suite (void)
{
  Suite *suite = suite_create ("anonymize");
  TCase *tcase = tcase_create ("general");
  GstPlugin *plugin = gst_plugin_load_by_name ("microexpr"); /* registers the meta */

  gst_clear_object (&plugin);
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_face_is_covered_in_every_format_and_nothing_else);
  tcase_add_test (tcase, test_box_is_covered_with_a_margin);
  tcase_add_test (tcase, test_memory_of_others_keeps_its_face);
  tcase_add_test (tcase, test_picture_is_covered_until_somebody_is_found);
  tcase_add_test (tcase, test_empty_picture_is_shown_after_two_seconds);
  tcase_add_test (tcase, test_picture_is_covered_while_a_face_is_lost);
  tcase_add_test (tcase, test_lost_face_stays_covered_without_fallback);
  tcase_add_test (tcase, test_cut_covers_the_picture);
  tcase_add_test (tcase, test_picture_nobody_has_looked_at_is_covered);
  tcase_add_test (tcase, test_picture_that_was_passed_over_is_covered);
  tcase_add_test (tcase, test_picture_that_was_scaled_since_is_covered);
  tcase_add_test (tcase, test_hole_makes_unsure_again);
  tcase_add_test (tcase, test_time_that_goes_back_makes_unsure_for_a_while);
  tcase_add_test (tcase, test_doubt_begins_when_a_time_is_known);
  tcase_add_test (tcase, test_buffer_that_cannot_be_covered_is_dropped);
  tcase_add_test (tcase, test_pictures_in_tags_are_taken_out);
  tcase_add_test (tcase, test_face_that_is_coming_covers_the_picture);
  tcase_add_test (tcase, test_flush_makes_unsure_again);
  return suite;
}

GST_CHECK_MAIN (anonymize)
