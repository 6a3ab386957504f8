/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is read of coding sheets, with their known defects, and what is said of cells that are
 * wrong. As .csv, which is what .xlsx files become first. */
#include <glib/gstdio.h>
#include <string.h>

#include "evaluate/recordings.h"

#define CASME2_HEADER                                                                              \
  "Subject,Filename,,OnsetFrame,ApexFrame,OffsetFrame,,Action Units,Estimated Emotion\n"

static char *folder;

/* Reads the text as a sheet of the layout. */
static Coding *
read (const char *layout, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "sheet.csv", NULL);
  char *files[] = { path, NULL };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return coding_read (layout_find (layout), files, error);
}

static const Coded *
at (const Coding *coding, guint i)
{
  g_assert_cmpuint (i, <, coding->coded->len);
  return g_ptr_array_index (coding->coded, i);
}

static void
assert_fails (const char *layout, const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read (layout, text, &error));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_casme2_with_a_slash_for_an_apex (void)
{
  g_autoptr (Coding) coding = read ("casme2",
      CASME2_HEADER
      "01,EP02_01f,,46,59,86,,4+L12+43,happiness\n17,\"EP03_02\",,1,/,51,,R14,others\n",
      NULL);

  g_assert_cmpuint (coding->coded->len, ==, 2);
  g_assert_cmpuint (at (coding, 0)->subject, ==, 1);
  g_assert_cmpstr (at (coding, 0)->file, ==, "ep02_01f");
  g_assert_cmpint (at (coding, 0)->onset, ==, 46);
  g_assert_cmpint (at (coding, 0)->apex, ==, 59);
  g_assert_cmpint (at (coding, 0)->offset, ==, 86);
  g_assert_true (at (coding, 0)->units[ME_AU4] && at (coding, 0)->units[ME_AU12]);
  g_assert_false (at (coding, 0)->units[ME_AU43]);
  g_assert_true (at (coding, 0)->left[ME_AU12] && !at (coding, 0)->left[ME_AU4]);
  g_assert_cmpstr (at (coding, 0)->label, ==, "happiness");
  g_assert_cmpint (at (coding, 1)->apex, ==, -1);
  g_assert_true (at (coding, 1)->right[ME_AU14]);
}

/* Nine rows before the header, letters of intensity, an onset of 0. */
static void
test_samm_long_with_preamble_and_an_onset_of_0 (void)
{
  g_autoptr (Coding) coding = read ("samm-long",
      "SAMM Long Videos\n,\n,\n,\n,\n,\n,\n,\nSubject is the number\n"
      "Subject,Filename,Inducement Code,Onset,Apex,Offset,Duration,Type,Action Units,Notes\n"
      "006,006_1_2,1,81,100,161,81,Micro - 1/2,AU12A + AU25,\n"
      "006,006_1_3,1,-1,100,161,81,Macro,7,\n"
      "007,007_3_1,1,200,300,700,501,Macro,4,blink\n",
      NULL);

  g_assert_cmpuint (coding->coded->len, ==, 2);
  g_assert_cmpstr (at (coding, 0)->file, ==, "006_1");
  g_assert_cmpint (at (coding, 0)->kind, ==, ME_KIND_MICRO);
  g_assert_true (at (coding, 0)->units[ME_AU12] && at (coding, 0)->units[ME_AU25]);
  g_assert_cmpint (at (coding, 1)->kind, ==, ME_KIND_MACRO);
  g_assert_cmpuint (coding->left_out->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (coding->left_out, 0), ==,
      "sheet.csv, row 12, column D: the onset is not coded");
}

static void
test_smic_has_neither_apex_nor_units (void)
{
  g_autoptr (Coding) coding = read ("smic-hs",
      "Subject,Filename,OnsetF,OffsetF,FirstF,Emotion\n1,s1_ne_01,120,150,101,negative\n", NULL);

  g_assert_cmpint (at (coding, 0)->first, ==, 101);
  g_assert_cmpint (at (coding, 0)->apex, ==, -1);
  g_assert_cmpstr (at (coding, 0)->label, ==, "negative");
}

static void
test_casme3_classes_and_an_offset_before_the_onset (void)
{
  g_autoptr (Coding) coding = read ("casme3",
      "Subject,Filename,Onset,Apex,Offset,AU,Expression type,Objective class\n"
      "spNO.1,a,355,360,367,4+14,Micro-expression,VII\n"
      "spNO.216,d,3647,2668,2694,4,Micro-expression,III\n"
      "spNO.216,e,10,,400,12,Macro-expression,I\n",
      NULL);

  g_assert_cmpuint (coding->coded->len, ==, 2);
  g_assert_cmpstr (at (coding, 0)->label, ==, "class vii");
  g_assert_cmpint (at (coding, 1)->kind, ==, ME_KIND_MACRO);
  g_assert_nonnull (
      strstr (g_ptr_array_index (coding->left_out, 0), "row 3, column E: the offset is not after"));
}

static void
test_wrong_cells_are_named (void)
{
  assert_fails ("casme2", CASME2_HEADER "01,EP02_01f,,46,59,86,,12,\n01,EP02_01f,,x,59,86,,12,\n",
      "sheet.csv, row 3, column D: \"x\" is not a frame number (onset)");
  assert_fails ("casme2", CASME2_HEADER "01,EP02_01f,,46,5.5,86,,12,\n",
      "sheet.csv, row 2, column E: \"5.5\" is not");
  assert_fails ("casme2", CASME2_HEADER "one,EP02_01f,,46,50,86,,12,\n",
      "sheet.csv, row 2, column A: \"one\" is not a subject");
  assert_fails ("casme2", "Subject,Filename,OnsetFrame\n01,EP02_01f,46\n",
      "row 1: no column of the offset with the heading \"offsetframe\"");
  assert_fails ("samm-long",
      "Subject,Filename,Onset,Apex,Offset,Type\n006,006_1_2,81,100,161,Mikro\n",
      "row 2, column F: \"Mikro\" is neither micro nor macro");
  assert_fails ("casme-squared", "1,anger1_1,5,9,20,4,negative,micro-expression,\n",
      "sheet 2 must come from an .xlsx file");
}

/* A spreadsheet may save as .csv in UTF-16 or in the code page of the computer. */
static void
test_a_sheet_that_is_not_in_utf8_is_named_or_repaired (void)
{
  g_autofree char *path = g_build_filename (folder, "utf16.csv", NULL);
  char *files[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *blanks = g_strnfill (800, ',');
  g_autofree char *far = g_strconcat (
      "Subject,Filename,ApexFrame,OffsetFrame", blanks, "OnsetFrame\n1,f,2,3", blanks, "x\n", NULL);

  g_assert_true (g_file_set_contents (path, "\xff\xfeS\0u\0", 6, NULL));
  g_assert_null (coding_read (layout_find ("casme2"), files, &error));
  g_assert_nonnull (strstr (error->message, "utf16.csv: not UTF-8"));
  assert_fails ("casme2", CASME2_HEADER "01,EP02_01f,,m\xfc,59,86,,12,\n",
      "column D: \"m\357\277\275\" is not");
  assert_fails ("casme2", far, "row 2, column ADX: \"x\" is not");
}

static void
test_files_that_are_not_there_are_named (void)
{
  g_autoptr (GError) error = NULL;
  char *missing[] = { "no-such.xlsx", NULL };

  g_assert_null (coding_read (layout_find ("casme2"), missing, &error));
  g_assert_nonnull (strstr (error->message, "no-such.xlsx: no such file"));
}

static void
make_images (const char *below, const char *pattern, int first, int last)
{
  g_autofree char *path = g_build_filename (folder, below, NULL);

  g_mkdir_with_parents (path, 0777);
  for (int i = first; i <= last; i++) {
    g_autofree char *name = g_strdup_printf (pattern, i);
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_assert_true (g_file_set_contents (file, "", 0, NULL));
  }
}

/* Names without leading zeros, numbers from 46 on as in CASME II, and one that a sheet tells. */
static void
test_frames_are_found_by_their_numbers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Coding) coding = read ("casme2",
      CASME2_HEADER "01,EP02_01f,,98,100,102,,12,happiness\n01,EP02_02,,1,2,101,,12,\n", NULL);
  g_autofree char *root = g_build_filename (folder, "images", NULL);
  g_autoptr (GPtrArray) recordings = NULL;
  Recording *recording;
  GArray *truths;

  make_images ("images/CASME2_RAW/sub01/EP02_01f", "img%d.jpg", 46, 120);
  make_images ("images/CASME2_RAW/sub01/EP02_02", "img%d.jpg", 1, 50);
  make_images ("images/CASME2_RAW/sub02/EP09_01", "img%d.jpg", 1, 3);
  recordings = recordings_find (layout_find ("casme2"), root, coding, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (recordings->len, ==, 2); /* nothing is coded of the third */
  recording = g_ptr_array_index (recordings, 0);
  g_assert_cmpint (recording_position (recording, 46), ==, 0);
  g_assert_cmpint (recording_position (recording, 100), ==, 54);
  truths = recording_truths (recording, coding);
  g_assert_cmpfloat_with_epsilon (g_array_index (truths, Item, 0).onset, 0.26, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (truths, Item, 0).offset, 0.28, 1e-9);
  g_array_unref (truths);
  recording = g_ptr_array_index (recordings, 1);
  truths = recording_truths (recording, coding);
  g_assert_cmpuint (truths->len + recording->coded->len, ==, 0);
  g_assert_cmpstr (g_ptr_array_index (coding->left_out, 0), ==,
      "sheet.csv, row 3, column D: of CASME2_RAW/sub01/EP02_02, frames 1 to 101, only 50 of 101 "
      "exist");
  g_array_unref (truths);
}

static void
remove_image (const char *path)
{
  g_autofree char *file = g_build_filename (folder, path, NULL);

  g_assert_cmpint (g_remove (file), ==, 0);
}

/* The one coded expression of CASME II as an event, and how many of its images are there. */
static Item
event_without (const char *below, int onset, int offset, guint n_missing)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *row =
      g_strdup_printf (CASME2_HEADER "01,EP01_01,,%d,,%d,,12,happiness\n", onset, offset);
  g_autoptr (Coding) coding = read ("casme2", row, NULL);
  g_autofree char *root = g_build_filename (folder, below, NULL);
  g_autoptr (GPtrArray) recordings =
      recordings_find (layout_find ("casme2"), root, coding, FALSE, &error);
  g_autoptr (GArray) truths = NULL;
  const Recording *recording;

  g_assert_no_error (error);
  recording = g_ptr_array_index (recordings, 0);
  g_assert_cmpuint (recording->images->len, ==, 100 - n_missing);
  truths = recording_truths (g_ptr_array_index (recordings, 0), coding);
  g_assert_cmpuint (truths->len, ==, 1);
  return g_array_index (truths, Item, 0);
}

/* Wherever images are missing: of the coded frames, in the middle, before the event. */
static void
test_missing_images_move_no_time (void)
{
  Item item;

  make_images ("holes/sub01/EP01_01", "img%d.jpg", 1, 100);
  for (int i = 20; i < 85; i += 3) {
    g_autofree char *name = g_strdup_printf ("holes/sub01/EP01_01/img%d.jpg", i);

    remove_image (name); /* the first and the last of the event among them */
  }
  item = event_without ("holes", 20, 80, 22);
  g_assert_cmpfloat_with_epsilon (item.onset, 19 / 200.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (item.offset, 79 / 200.0, 1e-9);
  remove_image ("holes/sub01/EP01_01/img100.jpg");
  item = event_without ("holes", 86, 100, 23); /* the last frame of all */
  g_assert_cmpfloat_with_epsilon (item.offset, 99 / 200.0, 1e-9);
}

/* Copies by macOS and thumbnails, beside the images and in folders of their own. */
static void
test_hidden_names_are_passed_over (void)
{
  make_images ("hidden/sub01/EP01_01", "img%d.jpg", 1, 100);
  make_images ("hidden/sub01/EP01_01", "._img%d.jpg", 1, 100);
  make_images ("hidden/sub01/EP01_01/@eaDir", "img%d.jpg", 1, 3);
  make_images ("hidden/__MACOSX/sub01/EP01_01", "._img%d.jpg", 1, 3);
  make_images ("hidden/.Trashes/sub01/EP01_01", "img%d.jpg", 1, 3);
  g_assert_cmpfloat_with_epsilon (event_without ("hidden", 20, 80, 0).onset, 19 / 200.0, 1e-9);
}

/* The images of SMIC may be numbered as in its sheet, or from 1 on. */
static void
test_smic_counts_from_its_first_frame (void)
{
  static const struct
  {
    int first_image, first_of_sheet;
    int position; /* of the sheet's frame 310 */
  } cases[] = { { 301, 301, 9 }, { 302, 301, 8 }, { 1, 301, 9 }, { 3, 301, 7 }, { 0, 301, 9 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Recording recording = { .first = cases[i].first_of_sheet,
      .first_number = cases[i].first_image };

    g_assert_cmpint (recording_position (&recording, 310), ==, cases[i].position);
  }
}

static void
test_recordings_that_are_not_there_are_named (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Coding) coding = read ("mmew",
      "Subject,Filename,OnsetFrame,ApexFrame,OffsetFrame,Action Units,Estimated "
      "Emotion,remarks\n1,S01-01-001,1,2,3,4,anger,\n",
      NULL);
  const Layout *layout = layout_find ("mmew");

  g_assert_null (recordings_find (layout, "no-such-folder", coding, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "no-such-folder: no such folder"));
  g_clear_error (&error);
  make_images ("mmew/anger/S01-01-002", "%d.jpg", 1, 3);
  {
    g_autofree char *root = g_build_filename (folder, "mmew", NULL);
    g_autoptr (GPtrArray) partial = NULL;

    g_assert_null (recordings_find (layout, root, coding, FALSE, &error));
    g_assert_nonnull (strstr (error->message, "sheet.csv, row 2, column B: subject 1, s01-01-001"));
    partial = recordings_find (layout, root, coding, TRUE, NULL);
    g_assert_cmpuint (partial->len, ==, 0);
    g_assert_cmpstr (g_ptr_array_index (coding->left_out, 0), ==,
        "sheet.csv, row 2, column B: there is no recording of subject 1, s01-01-001");
  }
}

static void
remove_all (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);

  for (const char *name; dir && (name = g_dir_read_name (dir));) {
    g_autofree char *entry = g_build_filename (path, name, NULL);

    remove_all (entry);
  }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("evaluate-XXXXXX", NULL);
  g_test_add_func ("/coding/casme2", test_casme2_with_a_slash_for_an_apex);
  g_test_add_func ("/coding/samm-long", test_samm_long_with_preamble_and_an_onset_of_0);
  g_test_add_func ("/coding/smic", test_smic_has_neither_apex_nor_units);
  g_test_add_func ("/coding/casme3", test_casme3_classes_and_an_offset_before_the_onset);
  g_test_add_func ("/coding/wrong-cells", test_wrong_cells_are_named);
  g_test_add_func ("/coding/missing-files", test_files_that_are_not_there_are_named);
  g_test_add_func ("/coding/utf8", test_a_sheet_that_is_not_in_utf8_is_named_or_repaired);
  g_test_add_func ("/recordings/frames", test_frames_are_found_by_their_numbers);
  g_test_add_func ("/recordings/missing-images", test_missing_images_move_no_time);
  g_test_add_func ("/recordings/hidden", test_hidden_names_are_passed_over);
  g_test_add_func ("/recordings/smic", test_smic_counts_from_its_first_frame);
  g_test_add_func ("/recordings/missing", test_recordings_that_are_not_there_are_named);
  status = g_test_run ();
  remove_all (folder);
  g_free (folder);
  return status;
}
