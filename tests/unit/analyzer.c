/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interface of the analysis: models that are missing or damaged, frames without a face. */
#include "microexpr.h"

#include <glib/gstdio.h>
#include <string.h>

static void
assert_refused (const char *file, MeError code)
{
  MeConfig config;
  GError *error = NULL;

  me_config_default (&config);
  config.landmark_model = file;
  g_assert_null (me_analyzer_new (&config, &error));
  g_assert_error (error, ME_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, file));
  g_assert_nonnull (strstr (error->message, "landmark-model"));
  g_error_free (error);
}

static void
test_a_missing_model_names_file_and_cure (void)
{
  assert_refused ("/nonexistent/model.dat", ME_ERROR_MODEL_NOT_FOUND);
  assert_refused (g_get_tmp_dir (), ME_ERROR_MODEL_NOT_FOUND);
}

static void
test_a_damaged_model_names_file_and_cure (void)
{
  static const char *const contents[] = { "", "this is no model",
    "\x01\x01\x01\x44\xff\xff\xff\x7f" };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree char *file = g_build_filename (g_get_tmp_dir (), "microexpr-damaged-XXXXXX", NULL);
    int fd = g_mkstemp (file);
    g_assert_cmpint (fd, >=, 0);
    g_close (fd, NULL);
    g_assert_true (g_file_set_contents (file, contents[i], -1, NULL));
    assert_refused (file, ME_ERROR_MODEL_DAMAGED);
    g_unlink (file);
  }
}

/* clang-format turns the name into a subtraction unless it is told otherwise. */
static void
test_errors_have_the_conventional_domain_name (void)
{
  g_assert_cmpstr (g_quark_to_string (ME_ERROR), ==, "me-error-quark");
}

static MeAnalyzer *
open_or_skip (void)
{
  MeConfig config;
  GError *error = NULL;
  MeAnalyzer *analyzer;

  me_config_default (&config);
  analyzer = me_analyzer_new (&config, &error);
  if (!analyzer) {
    g_test_skip (error->message);
    g_error_free (error);
  }
  return analyzer;
}

static void
process (MeAnalyzer *analyzer, const guint8 *luma, int width, int height, guint64 time_ns)
{
  MeFrame frame = { luma, width, height, (gsize)width, 1, time_ns, NULL };

  me_analyzer_process (analyzer, &frame);
}

static void
test_empty_frames_of_any_size_find_nothing (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 2, 3 }, { 17, 9 }, { 64, 64 }, { 161, 121 },
    { 641, 2 }, { 2, 641 }, { 320, 240 } };
  MeAnalyzer *analyzer = open_or_skip ();

  if (!analyzer)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree guint8 *luma = g_malloc0 ((gsize)sizes[i][0] * sizes[i][1]);
    guint n;
    me_analyzer_reset (analyzer, FALSE);
    process (analyzer, luma, sizes[i][0], sizes[i][1], 0);
    process (analyzer, luma, sizes[i][0], sizes[i][1], 33333333);
    me_analyzer_faces (analyzer, &n);
    g_assert_cmpuint (n, ==, 0);
    g_assert_null (me_analyzer_pop_event (analyzer));
  }
  me_analyzer_free (analyzer);
}

static void
test_no_face_is_said_once_and_after_a_while (void)
{
  MeAnalyzer *analyzer = open_or_skip ();
  g_autofree guint8 *luma = g_malloc0 (160 * 120);
  guint n = 0;

  if (!analyzer)
    return;
  for (int i = 0; i < 300; i++) {
    const MeWarning *warning;
    process (analyzer, luma, 160, 120, (guint64)i * 33333333);
    while ((warning = me_analyzer_pop_warning (analyzer))) {
      g_assert_cmpint (warning->reason, ==, ME_WARNING_NO_FACE);
      g_assert_true (warning->active);
      g_assert_cmpint (i, >=, 60);
      n++;
    }
  }
  g_assert_cmpuint (n, ==, 1);
  me_analyzer_free (analyzer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/analyzer/a-missing-model-names-file-and-cure", test_a_missing_model_names_file_and_cure);
  g_test_add_func (
      "/analyzer/a-damaged-model-names-file-and-cure", test_a_damaged_model_names_file_and_cure);
  g_test_add_func ("/analyzer/errors-have-the-conventional-domain-name",
      test_errors_have_the_conventional_domain_name);
  g_test_add_func ("/analyzer/empty-frames-of-any-size-find-nothing",
      test_empty_frames_of_any_size_find_nothing);
  g_test_add_func ("/analyzer/no-face-is-said-once-and-after-a-while",
      test_no_face_is_said_once_and_after_a_while);
  return g_test_run ();
}
