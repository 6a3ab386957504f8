/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprtestsrc: the same seed gives the same pixels, whatever is wrong is named, and every
 * format is drawn. */
#include <glib/gstdio.h>
#include <string.h>

#include "anatomy/facial-points.h"
#include "testsrc/face.h"
#include "testsrc-run.h"

#define N_FRAMES 12
#define EVENTFUL                                                                                   \
  "0s micro AU12 3 300ms; 0.1s blink 250ms" /* something moves in the first N_FRAMES frames */

static Result
run_seed (guint seed, const char *more)
{
  g_autofree char *properties = g_strdup_printf ("num-buffers=%d seed=%u %s", N_FRAMES, seed, more);

  return run_testsrc (properties, SMALL_CAPS);
}

static guint
count_equal_frames (const Result *a, const Result *b)
{
  guint n = 0;

  fail_unless_equals_int (a->frames->len, N_FRAMES);
  fail_unless_equals_int (b->frames->len, N_FRAMES);
  for (guint i = 0; i < N_FRAMES; i++)
    n += strcmp (g_ptr_array_index (a->frames, i), g_ptr_array_index (b->frames, i)) == 0;
  return n;
}

GST_START_TEST (test_same_seed_same_pixels)
{
  Result a = run_seed (7, ""), b = run_seed (7, ""), c = run_seed (8, "");

  fail_unless_equals_int (count_equal_frames (&a, &b), N_FRAMES);
  fail_unless_equals_int (count_equal_frames (&a, &c), 0);
  result_clear (&a);
  result_clear (&b);
  result_clear (&c);
}
GST_END_TEST

GST_START_TEST (test_num_buffers_then_eos)
{
  Result result = run_seed (1, "");

  fail_unless (result.eos);
  fail_unless_equals_int (result.frames->len, N_FRAMES);
  result_clear (&result);
}
GST_END_TEST

/* Checksum of the frame shown after a seek while paused. */
static char *
checksum_at (GstElement *pipeline, GstClockTime time)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstSample) sample = NULL;
  GstBuffer *buffer;

  fail_unless (gst_element_seek_simple (
      pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, time));
  fail_unless_equals_int (
      gst_element_get_state (pipeline, NULL, NULL, 100 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  g_object_get (sink, "last-sample", &sample, NULL);
  buffer = gst_sample_get_buffer (sample);
  fail_unless (GST_BUFFER_PTS (buffer) <= time);
  fail_unless (GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer) > time);
  return frame_checksum (gst_sample_get_caps (sample), buffer);
}

GST_START_TEST (test_seek_gives_the_pixels_of_playing_through)
{
  static const guint order[] = { 9, 3, 11, 0, 4 };
  Result played = run_seed (5, "script=\"" EVENTFUL "\"");
  g_autoptr (GstElement) pipeline = build_testsrc ("seed=5 script=\"" EVENTFUL "\"", SMALL_CAPS);

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  fail_unless_equals_int (
      gst_element_get_state (pipeline, NULL, NULL, 100 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    GstClockTime time = gst_util_uint64_scale (order[i], GST_SECOND, 30) + 5 * GST_MSECOND;
    g_autofree char *checksum = checksum_at (pipeline, time);

    fail_unless_equals_string (checksum, g_ptr_array_index (played.frames, order[i]));
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  result_clear (&played);
}
GST_END_TEST

static const struct
{
  const char *script;
  const char *named; /* that the error must name */
} bad_scripts[] = {
  { "1s micro AU12; nonsense", "nonsense" },
  { "1s micro AU99", "AU99" },
  { "micro AU12 2.5", "has no time" },
  { "1s AU12 2.5", "has no kind" },
  { "1s micro 2.5", "has no action units" },
  { "1s micro AU12 2.5 700ms", "40 ms to 500 ms" },
  { "1s micro AU12 2.5 3.5", "3.5" },
  { "1s blink AU12", "takes only a duration" },
  { "-1s blink", "-1s" },
};

GST_START_TEST (test_bad_script_is_named)
{
  g_autofree char *properties =
      g_strdup_printf ("num-buffers=1 script=\"%s\"", bad_scripts[__i__].script);
  Result result = run_testsrc (properties, SMALL_CAPS);

  fail_unless (result.error != NULL);
  fail_unless (strstr (result.error, bad_scripts[__i__].named) != NULL, "\"%s\" does not name %s",
      result.error, bad_scripts[__i__].named);
  result_clear (&result);
}
GST_END_TEST

GST_START_TEST (test_missing_face_is_named)
{
  Result result = run_testsrc ("num-buffers=1 face=/nowhere/nobody.jpg", SMALL_CAPS);

  fail_unless (result.error && strstr (result.error, "/nowhere/nobody.jpg"));
  result_clear (&result);
}
GST_END_TEST

/* A key file of displacement fields: %s stands for the motion of points. */
static const struct
{
  const char *text;
  const char *named; /* that the error must name; NULL: none */
} field_files[] = {
  { "[AU12]\nright=%s\n[AU17]\nmidline=%s\n", NULL },
  { "[AU12 one]\nright=%s\n[AU12 two]\nleft=%s\n[AU17]\nmidline=%s\n", NULL },
  { "[AU12 one]\nright=%s\n[AU12 two]\nleft=1\n[AU12 three]\nleft=%s\n", "[AU12 two]" },
  { "[AU1 2]\nleft=%s\n[AU120 one]\nleft=%s\n", "AU120" },
  { "[AU99]\nleft=%s\n", "AU99" },
  { "[AU12]\nmidline=%s\n", "needs left or right" },
  { "[AU12]\nleft=%s\nRight=%s\n", "needs left or right" },
  { "[AU12]\nleft=%s\nright=\n", "81 points" },
  { "[AU12]\n", "needs left or right" },
  { "[AU45]\nleft=%s\n", "AU45" },
  { "", "no groups" },
  { "[AU17]\nleft=%s\n", "needs midline" },
  { "[AU12]\nleft=1;2;3\n", "81 points" },
  { "[AU12]\nleft=%s;1\n", "81 points" },
  { "[AU12]\nleft=%snan\n", "AU12" },
  { "no key file", "key" },
};

GST_START_TEST (test_fields_come_from_a_file)
{
  g_autofree char *path = NULL, *properties = NULL, *text = NULL;
  g_autoptr (GString) motion = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (field_files[__i__].text, "%s", -1);
  const char *named = field_files[__i__].named;
  int fd = g_file_open_tmp ("fields-XXXXXX", &path, NULL);
  Result result;

  for (int i = 0; i < 2 * 81; i++)
    g_string_append_printf (motion, "%s%d", i ? ";" : "", i % 7);
  text = g_strjoinv (motion->str, parts);
  fail_unless (fd >= 0 && g_file_set_contents (path, text, -1, NULL));
  close (fd);
  properties = g_strdup_printf (
      "num-buffers=10 fields=\"%s\" script=\"0s micro AU12 left 3 300ms; 0.1s micro AU17\"", path);
  result = run_testsrc (properties, SMALL_CAPS);
  if (named)
    fail_unless (result.error && strstr (result.error, named), "%s: %s", text, result.error);
  else
    fail_unless (!result.error && result.truths->len == 2, "%s", result.error);
  g_unlink (path);
  result_clear (&result);
}
GST_END_TEST

/* Checksum of a frame in which the smile of this file moves. */
static char *
draw_fields (const char *text, guint seed)
{
  g_autofree char *path = NULL, *properties = NULL;
  int fd = g_file_open_tmp ("fields-XXXXXX", &path, NULL);
  Result result;
  char *frame;

  fail_unless (fd >= 0 && g_file_set_contents (path, text, -1, NULL));
  close (fd);
  properties = g_strdup_printf ("num-buffers=5 seed=%u noise=0 light=0 head-motion=0 fields=\"%s\" "
                                "script=\"0s micro AU12 3 300ms\"",
      seed, path);
  result = run_testsrc (properties, SMALL_CAPS);
  fail_unless (result.error == NULL && result.frames->len == 5, "%s", result.error);
  frame = g_strdup (g_ptr_array_index (result.frames, 4));
  g_unlink (path);
  result_clear (&result);
  return frame;
}

/* Two smiles, one after the other in a file: each seed shows one of them. */
GST_START_TEST (test_the_seed_draws_the_variant)
{
  g_autoptr (GString) up = g_string_new ("left="), out = g_string_new ("left=");
  g_autofree char *one = NULL, *two = NULL, *first = NULL, *second = NULL, *both = NULL;
  guint n_first = 0, n_second = 0;

  for (int i = 0; i < 81; i++) {
    g_string_append (up, i == ME_LANDMARK_LEFT_LIP_CORNER ? "0;-1;" : "0;0;");
    g_string_append (out, i == ME_LANDMARK_LEFT_LIP_CORNER ? "1;0;" : "0;0;");
  }
  one = g_strdup_printf ("[AU12]\n%s\n", up->str);
  two = g_strdup_printf ("[AU12]\n%s\n", out->str);
  both = g_strdup_printf ("[AU12 first]\n%s\n[AU12 second]\n%s\n", up->str, out->str);
  first = draw_fields (one, 1);
  second = draw_fields (two, 1);
  for (guint seed = 1; seed <= 10; seed++) {
    g_autofree char *drawn = draw_fields (both, seed);

    n_first += strcmp (drawn, first) == 0;
    n_second += strcmp (drawn, second) == 0;
  }
  fail_unless (n_first > 0 && n_second > 0 && n_first + n_second == 10, "%u and %u of 10", n_first,
      n_second);
}
GST_END_TEST

/* One point moves, by x, the others rest. */
static const struct
{
  const char *key;
  guint point;
  const char *x;
  const char *named;
} moved_points[] = {
  { "left", ME_LANDMARK_LEFT_LIP_CORNER, "1e-60", NULL }, /* only proportions matter */
  { "left", ME_LANDMARK_LEFT_LIP_CORNER, "1e300", NULL },
  { "left", ME_LANDMARK_LEFT_LIP_CORNER, "1e-320", "81 points" },
  { "left", ME_LANDMARK_LEFT_LIP_CORNER, "inf", "AU12" },
  { "left", ME_LANDMARK_RIGHT_LIP_CORNER, "1", "other side" },
  { "right", ME_LANDMARK_LEFT_LIP_CORNER, "1", "other side" },
  { "left", ME_POINT_GLABELLA, "1", "cancel" }, /* its mirror image moves the other way */
};

GST_START_TEST (test_fields_that_cannot_be_drawn_are_named)
{
  g_autofree char *path = NULL, *properties = NULL;
  g_autoptr (GString) text = g_string_new ("[AU12]\n");
  const char *named = moved_points[__i__].named;
  int fd = g_file_open_tmp ("fields-XXXXXX", &path, NULL);
  Result result;

  g_string_append_printf (text, "%s=", moved_points[__i__].key);
  for (guint i = 0; i < ME_N_POINTS; i++)
    g_string_append_printf (
        text, "%s%s;0", i ? ";" : "", i == moved_points[__i__].point ? moved_points[__i__].x : "0");
  fail_unless (fd >= 0 && g_file_set_contents (path, text->str, -1, NULL));
  close (fd);
  properties =
      g_strdup_printf ("num-buffers=10 fields=\"%s\" script=\"0s micro AU12 3 300ms\"", path);
  result = run_testsrc (properties, SMALL_CAPS);
  fail_unless (named ? result.error && strstr (result.error, named) : !result.error, "%s: %s",
      named, result.error);
  g_unlink (path);
  result_clear (&result);
}
GST_END_TEST

GST_START_TEST (test_missing_fields_are_named)
{
  Result result = run_testsrc ("num-buffers=1 fields=/nowhere/fields.ini", SMALL_CAPS);

  fail_unless (result.error && strstr (result.error, "/nowhere/fields.ini"));
  result_clear (&result);
}
GST_END_TEST

/* Those of the built-in photo, as a file has them, the first one moved. With g_free(). */
static char *
landmarks_text (float moved)
{
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (NULL, NULL);
  GString *rows = g_string_new (NULL);

  face->landmarks[0].x += moved;
  for (guint i = 0; i < ME_N_LANDMARKS; i++)
    g_string_append_printf (rows, "%.2f %.2f\n", face->landmarks[i].x, face->landmarks[i].y);
  gst_microexpr_test_face_free (face);
  return g_string_free (rows, FALSE);
}

/* The built-in photo as a file, with these landmarks beside it. */
static char *
write_face (const char *folder, const char *landmarks)
{
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (NULL, NULL);
  char *photo = g_build_filename (folder, "face.png", NULL);
  g_autofree char *text = g_build_filename (folder, "face.txt", NULL);

  fail_unless (gdk_pixbuf_save (face->photo, photo, "png", NULL, NULL));
  fail_unless (g_file_set_contents (text, landmarks, -1, NULL));
  gst_microexpr_test_face_free (face);
  return photo;
}

static void
remove_face (const char *folder)
{
  static const char *const names[] = { "face.png", "face.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

GST_START_TEST (test_landmarks_come_from_the_file_beside_the_photo)
{
  g_autofree char *folder = g_dir_make_tmp ("testsrc-XXXXXX", NULL);
  g_autofree char *landmarks = landmarks_text (0);
  g_autofree char *photo = write_face (folder, landmarks);
  g_autofree char *properties = g_strdup_printf ("face=\"%s\"", photo);
  Result from_file = run_seed (3, properties), built_in = run_seed (3, "");

  fail_unless (from_file.error == NULL, "%s", from_file.error);
  fail_unless_equals_int (count_equal_frames (&from_file, &built_in), N_FRAMES);
  result_clear (&from_file);
  result_clear (&built_in);
  remove_face (folder);
}
GST_END_TEST

/* What a face with these landmarks beside it is refused with. */
static void
check_refused (const char *landmarks, const char *words)
{
  g_autofree char *folder = g_dir_make_tmp ("testsrc-XXXXXX", NULL);
  g_autofree char *photo = write_face (folder, landmarks);
  g_autofree char *properties = g_strdup_printf ("num-buffers=1 face=\"%s\"", photo);
  Result result = run_testsrc (properties, SMALL_CAPS);

  fail_unless (result.error && strstr (result.error, words), "%s", result.error);
  result_clear (&result);
  remove_face (folder);
}

GST_START_TEST (test_damaged_landmarks_are_named)
{
  check_refused ("1 2\n3 four\n", "face.txt");
}
GST_END_TEST

/* Animating that face would take more memory than there is. */
GST_START_TEST (test_landmarks_far_from_the_face_are_refused)
{
  g_autofree char *landmarks = landmarks_text (1e9f);

  check_refused (landmarks, "do not fit a face");
}
GST_END_TEST

GST_START_TEST (test_live_frames_come_at_their_time)
{
  gint64 start = g_get_monotonic_time ();
  Result result = run_testsrc ("num-buffers=10 is-live=true", SMALL_CAPS " ! identity sync=false");

  fail_unless (result.eos);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (result.last),
      gst_util_uint64_scale (GST_BUFFER_OFFSET (result.last), GST_SECOND, 30));
  fail_unless (GST_BUFFER_OFFSET (result.last) >= 9);
  fail_unless (g_get_monotonic_time () - start >= 290 * 1000); /* never before their time */
  result_clear (&result);
}
GST_END_TEST

GST_START_TEST (test_every_format_and_odd_sizes_are_drawn)
{
  GstElementFactory *factory = gst_element_factory_find ("microexprtestsrc");
  const GstStaticPadTemplate *template =
      gst_element_factory_get_static_pad_templates (factory)->data;
  g_autoptr (GstCaps) caps = gst_static_caps_get ((GstStaticCaps *)&template->static_caps);
  const GValue *formats = gst_structure_get_value (gst_caps_get_structure (caps, 0), "format");

  for (guint i = 0; i < gst_value_list_get_size (formats); i++) {
    const char *format = g_value_get_string (gst_value_list_get_value (formats, i));
    g_autofree char *odd = g_strdup_printf (
        "video/x-raw,format=%s,width=163,height=121,framerate=30/1,pixel-aspect-ratio=16/15",
        format);
    Result result = run_testsrc ("num-buffers=2", odd);

    fail_unless (result.eos && result.frames->len == 2, "%s: %s", format, result.error);
    result_clear (&result);
  }
  gst_object_unref (factory);
}
GST_END_TEST

GST_START_TEST (test_what_was_set_survives_a_pattern)
{
  g_autoptr (GstElement) src = gst_element_factory_make ("microexprtestsrc", NULL);
  double noise, ipd;

  gst_object_ref_sink (src);
  g_object_set (src, "noise", 7.0, NULL);
  gst_util_set_object_arg (G_OBJECT (src), "pattern", "lab");
  g_object_get (src, "noise", &noise, "ipd", &ipd, NULL);
  fail_unless_equals_float (noise, 7);
  fail_unless_equals_float (ipd, 115);
}
GST_END_TEST

static Suite *
testsrc_suite (void)
{
  Suite *s = suite_create ("microexprtestsrc");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_same_seed_same_pixels);
  tcase_add_test (tc, test_num_buffers_then_eos);
  tcase_add_test (tc, test_seek_gives_the_pixels_of_playing_through);
  tcase_add_loop_test (tc, test_bad_script_is_named, 0, G_N_ELEMENTS (bad_scripts));
  tcase_add_test (tc, test_missing_face_is_named);
  tcase_add_loop_test (tc, test_fields_come_from_a_file, 0, G_N_ELEMENTS (field_files));
  tcase_add_loop_test (
      tc, test_fields_that_cannot_be_drawn_are_named, 0, G_N_ELEMENTS (moved_points));
  tcase_add_test (tc, test_the_seed_draws_the_variant);
  tcase_add_test (tc, test_missing_fields_are_named);
  tcase_add_test (tc, test_landmarks_come_from_the_file_beside_the_photo);
  tcase_add_test (tc, test_damaged_landmarks_are_named);
  tcase_add_test (tc, test_landmarks_far_from_the_face_are_refused);
  tcase_add_test (tc, test_live_frames_come_at_their_time);
  tcase_add_test (tc, test_every_format_and_odd_sizes_are_drawn);
  tcase_add_test (tc, test_what_was_set_survives_a_pattern);
  return s;
}

GST_CHECK_MAIN (testsrc)
