/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprtestsrc acts recorded curves: the truth is that of the curves, at any frame rate, and a
 * damaged file is named. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "testsrc-run.h"

/* Columns of a recording: the shapes that move the face. */
static const char *const columns[] = { "BrowInnerUp", "BrowOuterUpLeft", "BrowOuterUpRight",
  "BrowDownLeft", "BrowDownRight", "EyeWideLeft", "EyeWideRight", "CheekSquintLeft",
  "CheekSquintRight", "EyeSquintLeft", "EyeSquintRight", "NoseSneerLeft", "NoseSneerRight",
  "MouthUpperUpLeft", "MouthUpperUpRight", "MouthSmileLeft", "MouthSmileRight", "MouthDimpleLeft",
  "MouthDimpleRight", "MouthFrownLeft", "MouthFrownRight", "MouthShrugLower", "MouthStretchLeft",
  "MouthStretchRight", "MouthPressLeft", "MouthPressRight", "MouthLowerDownLeft",
  "MouthLowerDownRight", "JawOpen", "EyeBlinkLeft", "EyeBlinkRight" };

/* A shape that rises as a raised cosine from its resting weight, and falls again. */
typedef struct
{
  const char *column;
  double onset_s, offset_s, rest, weight;
} Bump;

static const Bump acted[] = {
  { "MouthSmileLeft", 1, 2, 0.1, 0.8 }, { "MouthSmileRight", 1, 2, 0, 0.4 },
  { "CheekSquintLeft", 1.05, 2.05, 0.02, 0.5 }, { "BrowInnerUp", 2.5, 2.9, 0.2, 0.7 },
  { "MouthFrownLeft", 3, 3.4, 0.1, 0.3 }, /* too weak */
  { "EyeBlinkLeft", 3.5, 3.8, 0.2, 0.95 }, { "EyeBlinkRight", 3.5, 3.8, 0.2, 0.95 },
  { "EyeBlinkLeft", 4, 4.3, 0.2, 0.6 }, /* incomplete */
  { "EyeBlinkLeft", 4.4, 5, 0.2, 0.6 }, /* a glance downwards */
  { "EyeBlinkRight", 4.4, 5, 0.2, 0.6 }, { "EyeBlinkLeft", 5.1, 5.8, 0.2, 0.95 },
  { "EyeBlinkRight", 5.1, 5.8, 0.2, 0.95 }, /* closed eyes */
  { "MouthSmileLeft", 6, 6.4, 0.1, 0.6 },   /* of one side */
};

#define ROWS_PER_S 60
#define SECONDS 7
#define N_ROWS (SECONDS * ROWS_PER_S + 1)

static double
weight_at (const char *column, double time)
{
  double weight = 0;

  for (guint i = 0; i < G_N_ELEMENTS (acted); i++) {
    const Bump *b = &acted[i];
    double part = (time - b->onset_s) / (b->offset_s - b->onset_s);

    if (strcmp (b->column, column) != 0)
      continue;
    weight = MAX (weight, b->rest);
    if (part > 0 && part < 1)
      weight = MAX (weight, b->rest + (b->weight - b->rest) * (1 - cos (2 * G_PI * part)) / 2);
  }
  return weight;
}

/* Like the files of Live Link Face: 60 frames in a second of the timecode; past midnight. */
static void
append_timecode (GString *text, guint row)
{
  guint second = 24 * 3600 - 2 + row / ROWS_PER_S;

  g_string_append_printf (text, "%02u:%02u:%02u:%02u.250,61", second / 3600 % 24, second / 60 % 60,
      second % 60, row % ROWS_PER_S);
}

static GString *
record (void)
{
  GString *text = g_string_new ("Timecode,BlendShapeCount");

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (text, ",%s", columns[i]);
  for (guint row = 0; row < N_ROWS; row++) {
    g_string_append_c (text, '\n');
    append_timecode (text, row);
    for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
      g_string_append_printf (text, ",%.6f", weight_at (columns[i], row / (double)ROWS_PER_S));
  }
  return g_string_append_c (text, '\n');
}

/* The path of a file with these contents in a folder of its own. With forget(). */
static char *
keep (const char *name, const char *contents, gsize size)
{
  g_autofree char *folder = g_dir_make_tmp ("curves-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);

  fail_unless (g_file_set_contents (path, contents, (gssize)size, NULL));
  return path;
}

static void
forget (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}

static Result
act (const char *path, const char *caps)
{
  g_autofree char *properties =
      g_strdup_printf ("noise=0 head-motion=0 light=0 curves=\"%s\"", path);

  return run_testsrc (properties, caps);
}

static double
unit_strength (const GstStructure *s, const char *field, const char *unit)
{
  const GValue *units = gst_structure_get_value (s, field);
  double strength = 0;

  fail_unless (units && GST_VALUE_HOLDS_STRUCTURE (units), "no field %s", field);
  gst_structure_get_double (gst_value_get_structure (units), unit, &strength);
  return strength;
}

/* The times of an announced movement, s. */
static void
check_truth (
    const Result *result, guint n, const char *kind, double onset, double apex, double offset)
{
  const GstStructure *s = g_ptr_array_index (result->truths, n);
  guint64 times[3];

  fail_unless_equals_string (gst_structure_get_string (s, "kind"), kind);
  fail_unless (gst_structure_get (s, "onset", G_TYPE_UINT64, &times[0], "apex", G_TYPE_UINT64,
      &times[1], "offset", G_TYPE_UINT64, &times[2], NULL));
  fail_unless (fabs (times[0] / 1e9 - onset) < 0.015 && fabs (times[1] / 1e9 - apex) < 0.015 &&
                   fabs (times[2] / 1e9 - offset) < 0.015,
      "%s from %.3f, apex %.3f, to %.3f", kind, times[0] / 1e9, times[1] / 1e9, times[2] / 1e9);
}

static void
check_acted (const Result *result)
{
  const GstStructure *smile;

  fail_unless (result->error == NULL, "%s", result->error);
  fail_unless (result->eos);
  fail_unless_equals_int (result->truths->len, 6);
  check_truth (result, 0, "macro", 1, 1.5, 2);
  check_truth (result, 1, "micro", 2.5, 2.7, 2.9);
  check_truth (result, 2, "blink", 3.5, 3.65, 3.8);
  check_truth (result, 3, "blink", 4, 4.15, 4.3);
  check_truth (result, 4, "blink", 5.1, 5.45, 5.8);
  check_truth (result, 5, "micro", 6, 6.2, 6.4);
  fail_unless (unit_strength (g_ptr_array_index (result->truths, 3), "left", "AU45") > 0);
  fail_unless (unit_strength (g_ptr_array_index (result->truths, 3), "right", "AU45") <= 0);
  fail_unless (unit_strength (g_ptr_array_index (result->truths, 4), "left", "AU43") > 0);
  fail_unless (unit_strength (g_ptr_array_index (result->truths, 4), "left", "AU45") <= 0);
  fail_unless_equals_string (
      gst_structure_get_string (g_ptr_array_index (result->truths, 5), "emotion"), "other");
  smile = g_ptr_array_index (result->truths, 0);
  fail_unless_equals_string (gst_structure_get_string (smile, "emotion"), "happiness");
  fail_unless (fabs (unit_strength (smile, "left", "AU12") - 0.7 * 19.5) < 0.1);
  fail_unless (fabs (unit_strength (smile, "right", "AU12") - 0.4 * 19.5) < 0.1);
  fail_unless (fabs (unit_strength (smile, "action-units", "AU6") - 0.48 * 8.5) < 0.2);
  fail_unless (unit_strength (smile, "right", "AU6") <= 0);
  smile = g_ptr_array_index (result->truths, 1);
  fail_unless (fabs (unit_strength (smile, "action-units", "AU1") - 0.5 * 8) < 0.1);
}

GST_START_TEST (test_truth_is_that_of_the_curves)
{
  GString *text = record ();
  char *path = keep ("acted.csv", text->str, text->len);
  Result result = act (path, SMALL_CAPS);

  check_acted (&result);
  fail_unless_equals_int (result.frames->len, SECONDS * 30 + 1);
  result_clear (&result);
  forget (path);
  g_string_free (text, TRUE);
}
GST_END_TEST

GST_START_TEST (test_compressed_curves_are_read)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  GString *text = record ();
  g_autofree char *packed = g_malloc (text->len);
  gsize n_read, size;
  GConverterResult done = g_converter_convert (G_CONVERTER (gzip), text->str, text->len, packed,
      text->len, G_CONVERTER_INPUT_AT_END, &n_read, &size, NULL);
  char *path = keep ("acted.csv.gz", packed, size);
  Result result = act (path, "video/x-raw,format=GRAY8,width=64,height=64,framerate=15/1");

  fail_unless_equals_int (done, G_CONVERTER_FINISHED);
  check_acted (&result);
  result_clear (&result);
  forget (path);
  g_string_free (text, TRUE);
}
GST_END_TEST

/* Rows are interpolated: every frame differs while the face moves, and none does at rest. */
GST_START_TEST (test_the_face_moves_between_rows)
{
  GString *text = record ();
  char *path = keep ("acted.csv", text->str, text->len);
  Result result = act (path, "video/x-raw,format=GRAY8,width=320,height=240,framerate=240/1");
  guint moved = 0;

  fail_unless_equals_int (result.frames->len, SECONDS * 240 + 1);
  for (guint i = 300; i < 420; i++) /* 1.25 to 1.75 s */
    moved += strcmp (g_ptr_array_index (result.frames, i),
                 g_ptr_array_index (result.frames, i + 1)) != 0;
  fail_unless (moved > 110, "%u of 120 frames differ", moved);
  for (guint i = 0; i < 230; i++)
    fail_unless_equals_string (
        g_ptr_array_index (result.frames, i), g_ptr_array_index (result.frames, 0));
  result_clear (&result);
  forget (path);
  g_string_free (text, TRUE);
}
GST_END_TEST

/* What is replaced by what, and what the error says. */
static const struct
{
  const char *find, *put, *error;
} damages[] = {
  { "MouthSmileLeft", "MouthGrinLeft", "line 1, column MouthSmileLeft: is missing" },
  { "\n23:59:58:02", "\n23:59:58", "line 4, column Timecode: is not like" },
  { "\n23:59:58:02", "\n23:59:58:00", "line 4, column Timecode: is not after" },
  { "\n23:59:58:02.250", "\n23:59:58:01.250000001", "line 4, column Timecode: is not after" },
  { "\n23:59:58:02.250,61,0", "\n23:59:58:02.250,61,x",
      "line 4, column BrowInnerUp: is no weight" },
  { "\n23:59:58:02.250,61,0", "\n23:59:58:02.250,61,nan", "line 4, column BrowInnerUp: is no" },
  { "\n23:59:58:02.250,61,", "\n23:59:58:02.250,61,0,",
      "line 4: has 34 columns, the first line 33" },
  { ":01.250", NULL, "line 3: has 1 columns" },
  { "\n23:59:58:01", NULL, "line 2: the file ends before its second row" },
  { "Timecode", "\x1f\x8b", "curves.csv cannot be used" },
};

GST_START_TEST (test_damaged_curves_are_named)
{
  GString *text = record ();
  const char *put = damages[__i__].put;
  char *path, *at = strstr (text->str, damages[__i__].find);
  Result result;

  fail_unless (at != NULL);
  if (put)
    g_string_replace (text, damages[__i__].find, put, 1);
  else
    g_string_truncate (text, (gsize)(at - text->str));
  path = keep ("curves.csv", text->str, text->len);
  result = act (path, SMALL_CAPS);
  fail_unless (result.error && strstr (result.error, damages[__i__].error), "%s", result.error);
  result_clear (&result);
  forget (path);
  g_string_free (text, TRUE);
}
GST_END_TEST

GST_START_TEST (test_script_and_curves_exclude_each_other)
{
  Result result = run_testsrc ("script=\"1s blink\" curves=/nowhere.csv", SMALL_CAPS);

  fail_unless_equals_string (result.error, "Both script and curves are set.");
  result_clear (&result);
}
GST_END_TEST

GST_START_TEST (test_missing_curves_are_named)
{
  Result result = act ("/nowhere/acted.csv", SMALL_CAPS);

  fail_unless (result.error && strstr (result.error, "/nowhere/acted.csv"), "%s", result.error);
  result_clear (&result);
}
GST_END_TEST

/* So a player shows how long the recording is. */
GST_START_TEST (test_the_recording_is_as_long_as_its_curves)
{
  GString *text = record ();
  char *path = keep ("acted.csv", text->str, text->len);
  g_autofree char *properties = g_strdup_printf ("curves=\"%s\"", path);
  GstElement *pipeline = build_testsrc (properties, SMALL_CAPS);
  gint64 duration = 0;

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  fail_unless_equals_int (
      gst_element_get_state (pipeline, NULL, NULL, 20 * GST_SECOND), GST_STATE_CHANGE_SUCCESS);
  fail_unless (gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration));
  fail_unless (ABS (duration - SECONDS * (gint64)GST_SECOND) < 1000, "%" G_GINT64_FORMAT, duration);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  forget (path);
  g_string_free (text, TRUE);
}
GST_END_TEST

static Suite *
testsrc_curves_suite (void)
{
  Suite *s = suite_create ("microexprtestsrc curves");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_truth_is_that_of_the_curves);
  tcase_add_test (tc, test_compressed_curves_are_read);
  tcase_add_test (tc, test_the_face_moves_between_rows);
  tcase_add_loop_test (tc, test_damaged_curves_are_named, 0, G_N_ELEMENTS (damages));
  tcase_add_test (tc, test_script_and_curves_exclude_each_other);
  tcase_add_test (tc, test_missing_curves_are_named);
  tcase_add_test (tc, test_the_recording_is_as_long_as_its_curves);
  return s;
}

GST_CHECK_MAIN (testsrc_curves)
