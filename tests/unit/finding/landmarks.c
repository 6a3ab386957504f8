/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The scheme of the landmarks, and the files of the models. */
#include "anatomy/landmarks.h"

#include "microexpr.h"
#include "unit/face.h"
#include "finding/landmark-model.h"

#include <math.h>
#include <string.h>

static void
test_mirror_of_the_mirror_is_the_landmark (void)
{
  for (guint i = 0; i < ME_N_LANDMARKS; i++)
    g_assert_cmpuint (me_landmark_mirror (me_landmark_mirror (i)), ==, i);
}

static void
test_names_are_unique_and_mirrored (void)
{
  for (guint i = 0; i < ME_N_LANDMARKS; i++) {
    const char *name = me_landmark_name (i), *other = me_landmark_name (me_landmark_mirror (i));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (name, !=, me_landmark_name (j));
    g_assert_cmpint (strstr (name, "right") != NULL, ==, strstr (other, "left") != NULL);
  }
}

/* On a symmetric face a landmark and its mirror lie at the same height, left and right. */
static void
test_left_and_right_lie_where_they_are_called (void)
{
  MePoint landmarks[ME_N_LANDMARKS];

  me_landmarks_from_ibug (plain_ibug, landmarks);
  for (guint i = 0; i < ME_N_LANDMARKS; i++) {
    const MePoint *p = &landmarks[i], *q = &landmarks[me_landmark_mirror (i)];
    g_assert_cmpfloat_with_epsilon (p->x, -q->x, 0.03);
    g_assert_cmpfloat_with_epsilon (p->y, q->y, 0.03);
    if (strstr (me_landmark_name (i), "right"))
      g_assert_cmpfloat (p->x, <, 0);
  }
}

static GBytes *
model_bytes (const char *name)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  char *data;
  gsize size;
  GError *error = NULL;

  g_file_get_contents (file, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
test_the_built_in_models_are_whole (void)
{
  const MeLandmarkModel *face = me_landmark_model_embedded (), *lids = me_lid_model_embedded ();

  g_assert_nonnull (face);
  g_assert_true (face == me_landmark_model_embedded ());
  g_assert_cmpuint (face->n_stages, >, 1);
  g_assert_cmpuint (face->end - face->first, ==, ME_N_LANDMARKS);
  g_assert_nonnull (lids);
  g_assert_cmpuint (lids->first, ==, ME_LANDMARK_RIGHT_EYE);
  g_assert_cmpuint (lids->end - lids->first, ==, 2 * ME_N_EYE_LANDMARKS);
  g_assert_cmpuint (lids->stages[0].size_px, ==, ME_CROP_HALF_PX);
}

static void
test_a_cut_model_is_refused (gconstpointer name)
{
  g_autoptr (GBytes) bytes = model_bytes (name);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  MeLandmarkModel model;

  g_assert_true (me_landmark_model_read (&model, data, size, NULL));
  for (gsize cut = 0; cut < size; cut += 1 + size / 500) {
    g_autoptr (GError) error = NULL;
    g_assert_false (me_landmark_model_read (&model, data, cut, &error));
    g_assert_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED);
  }
}

/* Whatever the bytes are, a model that is taken can be used: nothing reads outside it. */
static void
test_a_damaged_model_is_refused_or_harmless (void)
{
  g_autoptr (GBytes) bytes = model_bytes ("landmarks.bin");
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);
  g_autofree guint8 *luma = g_malloc (64 * 64);
  MeFrame frame = { .luma = luma, .width = 64, .height = 64, .stride = 64, .pixel_aspect = 1 };
  GRand *random = g_rand_new_with_seed (7);

  for (int i = 0; i < 64 * 64; i++)
    luma[i] = (guint8)g_rand_int_range (random, 0, 256);
  for (int round = 0; round < 1000; round++) {
    gsize at = (gsize)g_rand_int_range (random, 0, (round % 2 ? 4096 : (gint32)size) / 4) * 4;
    static const float extremes[] = { 1e38f, -1e38f, 999, -999, NAN, INFINITY, 0 };
    float before, worse = extremes[round % (int)G_N_ELEMENTS (extremes)];
    MeLandmarkModel model;
    memcpy (&before, copy + at, sizeof before);
    memcpy (copy + at, &worse, sizeof worse);
    if (me_landmark_model_read (&model, copy, size, NULL)) {
      MeLandmarkFitter *fitter = me_landmark_fitter_new (&model);
      MePoint shape[ME_N_LANDMARKS];
      float score;
      me_landmark_start (&model, 32, 32, 40, shape);
      if (me_landmark_fit (fitter, &frame, shape, &score))
        g_assert_true (score >= 0 && score <= 1 && isfinite (shape[0].x));
      me_landmark_fitter_free (fitter);
    }
    memcpy (copy + at, &before, sizeof before);
  }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/landmarks/mirror", test_mirror_of_the_mirror_is_the_landmark);
  g_test_add_func ("/landmarks/names", test_names_are_unique_and_mirrored);
  g_test_add_func ("/landmarks/sides", test_left_and_right_lie_where_they_are_called);
  g_test_add_func ("/landmarks/model/built-in", test_the_built_in_models_are_whole);
  g_test_add_data_func ("/landmarks/model/cut", "landmarks.bin", test_a_cut_model_is_refused);
  g_test_add_data_func ("/landmarks/model/cut-lids", "lids.bin", test_a_cut_model_is_refused);
  g_test_add_func ("/landmarks/model/damaged", test_a_damaged_model_is_refused_or_harmless);
  return g_test_run ();
}
