/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Landmark models in dlib's format that lie about themselves: refused before dlib believes them. */
#include "finding/dlib-file.h"

#include "microexpr.h"
#include "finding/dlib-landmarks.h"
#include "anatomy/landmarks.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#define TEBI ((gint64)1 << 40)
#define MOST_GROWTH_KB (64 * 1024)

/* What a model says of itself: it has a stage with a tree with a split, that compares two pixels.
 */
enum
{
  VERSION,
  ROWS,
  COLUMNS,
  FORESTS,
  TREES,
  SPLITS,
  PIXEL, /* that the split compares */
  LEAVES,
  ANCHORS,
  PIXELS,
  ANCHOR, /* point that the second pixel goes with */
  DELTAS,
  OFFSETS,
  EXPONENT, /* of its numbers */
  SPREAD,   /* of its points */
  MISSING,  /* bytes, at its end; negative: more than there should be */
  N_FACTS
};

static const gint64 good[N_FACTS] = {
  [VERSION] = 1,
  [ROWS] = -2 * ME_N_IBUG,
  [COLUMNS] = -1,
  [FORESTS] = 1,
  [TREES] = 1,
  [SPLITS] = 1,
  [PIXEL] = 1,
  [LEAVES] = 2,
  [ANCHORS] = 1,
  [PIXELS] = 2,
  [ANCHOR] = ME_N_IBUG - 1,
  [DELTAS] = 1,
  [OFFSETS] = 2,
  [EXPONENT] = -24,
  [SPREAD] = 1,
};

static const struct
{
  const char *name;
  int fact;
  gint64 value;
  const char *problem; /* part of what is said about it */
} lies[] = {
  { "version", VERSION, 2, "version" },
  { "points", ROWS, -10, "points" },
  { "rows", ROWS, TEBI, "points" },
  { "columns", COLUMNS, TEBI, "points" },
  { "signs", COLUMNS, 1, "points" },
  { "forests", FORESTS, TEBI, "impossible" },
  { "negative", FORESTS, -1, "impossible" },
  { "trees", TREES, TEBI, "impossible" },
  { "splits", SPLITS, TEBI, "impossible" },
  { "leaves", LEAVES, TEBI, "impossible" },
  { "leaf", LEAVES, 1, "not full" },
  { "pixel", PIXEL, 2, "impossible" },
  { "far-pixel", PIXEL, TEBI, "impossible" },
  { "anchors", ANCHORS, 2, "match" },
  { "pixels", PIXELS, TEBI, "impossible" },
  { "anchor", ANCHOR, ME_N_IBUG, "impossible" },
  { "deltas", DELTAS, 0, "match" },
  { "offsets", OFFSETS, 3, "match" },
  { "huge", EXPONENT, 100, "number" },
  { "infinite", EXPONENT, 32000, "number" },
  { "one-point", SPREAD, 0, "the same" },
  { "short", MISSING, 1, "cut short" },
  { "long", MISSING, -3, "after its end" },
};

static void
add_int (GByteArray *file, gint64 value)
{
  guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;
  guint8 bytes[9] = { value < 0 ? 0x80 : 0 };

  do {
    bytes[++bytes[0] & 0x7f] = (guint8)magnitude;
    magnitude >>= 8;
  } while (magnitude);
  g_byte_array_append (file, bytes, 1 + (bytes[0] & 0x7f));
}

static void
add_shape (GByteArray *file, const gint64 *facts, gint64 spread)
{
  add_int (file, facts[ROWS]);
  add_int (file, facts[COLUMNS]);
  for (int i = 0; i < 2 * ME_N_IBUG; i++) {
    add_int (file, spread * (i / 12 * 29 % 68) * 246723);
    add_int (file, facts[EXPONENT]);
  }
}

static void
add_forests (GByteArray *file, const gint64 *facts)
{
  add_int (file, facts[FORESTS]);
  add_int (file, facts[TREES]);
  add_int (file, facts[SPLITS]);
  add_int (file, 0);
  add_int (file, facts[PIXEL]);
  add_int (file, 5);
  add_int (file, 0);
  add_int (file, facts[LEAVES]);
  add_shape (file, facts, 0);
  add_shape (file, facts, 0);
}

static GByteArray *
build (const gint64 *facts)
{
  GByteArray *file = g_byte_array_new ();

  add_int (file, facts[VERSION]);
  add_shape (file, facts, facts[SPREAD]);
  add_forests (file, facts);
  add_int (file, facts[ANCHORS]);
  add_int (file, facts[PIXELS]);
  add_int (file, 0);
  add_int (file, facts[ANCHOR]);
  add_int (file, facts[DELTAS]);
  add_int (file, facts[OFFSETS]);
  for (int i = 0; i < 4; i++) {
    add_int (file, 1);
    add_int (file, -4);
  }
  for (gint64 i = facts[MISSING]; i < 0; i++)
    g_byte_array_append (file, (const guint8 *)"", 1);
  g_byte_array_set_size (file, file->len - (guint)MAX (facts[MISSING], 0));
  return file;
}

/* Through the front door, from a file. */
static MeDlibLandmarks *
load (const GByteArray *contents, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "microexpr-dlib-XXXXXX", NULL);
  int fd = g_mkstemp (path);
  MeDlibLandmarks *landmarks;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, (const char *)contents->data, contents->len, NULL));
  landmarks = me_dlib_landmarks_new (path, error);
  g_unlink (path);
  return landmarks;
}

static void
test_a_good_model_is_taken (void)
{
  static guint8 luma[64 * 64];
  const MeFrame frame = {
    .luma = luma, .width = 64, .height = 64, .stride = 64, .pixel_aspect = 1
  };
  const MeDetection box = { 10, 10, 40, 40, 1 };
  g_autoptr (GByteArray) contents = build (good);
  g_autoptr (GError) error = NULL;
  MeDlibLandmarks *landmarks = load (contents, &error);
  MePoint shape[ME_N_LANDMARKS];

  g_assert_no_error (error);
  g_assert_true (me_dlib_landmarks_fit (landmarks, &frame, &box, shape));
  me_dlib_landmarks_free (landmarks);
}

static long
peak_kb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
test_a_model_that_lies_is_refused (gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  g_autoptr (GByteArray) contents = NULL;
  g_autoptr (GError) error = NULL;
  gint64 facts[N_FACTS];
  long before = peak_kb ();

  memcpy (facts, good, sizeof facts);
  facts[lies[i].fact] = lies[i].value;
  contents = build (facts);
  g_assert_null (load (contents, &error));
  g_assert_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED);
  g_assert_nonnull (strstr (error->message, lies[i].problem));
  g_assert_cmpint (peak_kb () - before, <, MOST_GROWTH_KB);
}

static void
test_a_cut_model_is_refused (void)
{
  g_autoptr (GByteArray) contents = build (good);

  for (guint size = 0; size < contents->len; size++)
    g_assert_nonnull (me_dlib_file_problem (contents->data, size, ME_N_IBUG));
  g_assert_null (me_dlib_file_problem (contents->data, contents->len, ME_N_IBUG));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dlib-file/good", test_a_good_model_is_taken);
  g_test_add_func ("/dlib-file/cut", test_a_cut_model_is_refused);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++) {
    g_autofree char *path = g_strconcat ("/dlib-file/lies/", lies[i].name, NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_a_model_that_lies_is_refused);
  }
  return g_test_run ();
}
