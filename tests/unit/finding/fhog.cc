/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The features are dlib's own, bit for bit. */
#include "finding/fhog.h"

#include <cfloat>
#include <cmath>
#include <dlib/image_transforms.h>

namespace {

/* Where dlib uses more than SSE2, it adds the parts of a feature in another order; a fused
 * multiply-add rounds once instead of twice. */
#if !defined(__FP_FAST_FMAF) && !defined(__SSE3__)
constexpr float TOLERANCE = 0;
#else
constexpr float TOLERANCE = 1e-5f;
#endif

using Picture = dlib::array2d<unsigned char>;
using Planes = dlib::array<dlib::array2d<float> >;

/* Noise, from none to black and white. */
void
fill (GRand *random, Picture &picture)
{
  int contrast = g_rand_int_range (random, 0, 512);

  for (unsigned char &pixel : picture)
    pixel =
        (unsigned char)CLAMP (128 + g_rand_int_range (random, -256, 256) * contrast / 256, 0, 255);
}

void
compare (GRand *random, int width, int height)
{
  int columns = me_fhog_cells (width) - 2, rows = me_fhog_cells (height) - 2;
  std::vector<float> ours ((size_t)(ME_FHOG_PLANES * columns * rows)),
      scratch (me_fhog_scratch (width, height), NAN);
  Picture picture (height, width);
  float *first[ME_FHOG_PLANES];
  Planes theirs;

  fill (random, picture);
  for (int i = 0; i < ME_FHOG_PLANES; i++)
    first[i] = &ours[(size_t)(i * columns * rows)];
  me_fhog_extract (
      &picture[0][0], (gsize)width, width, height, scratch.data (), first, (gsize)columns);
  dlib::extract_fhog_features (picture, theirs, ME_FHOG_CELL_PX, 1, 1);
  g_assert_cmpint (theirs[0].nr (), ==, rows);
  g_assert_cmpint (theirs[0].nc (), ==, columns);
  for (int i = 0; i < ME_FHOG_PLANES; i++)
    for (int y = 0; y < rows; y++)
      for (int x = 0; x < columns; x++)
        g_assert_true (std::fabs (first[i][y * columns + x] - theirs[i][y][x]) <= TOLERANCE);
}

void
test_features_are_those_of_dlib ()
{
  if (FLT_EVAL_METHOD != 0) {
    g_test_skip (
        "dlib computes in another precision on this processor, and finds other directions");
    return;
  }

  GRand *random = g_rand_new_with_seed (1);

  for (int width = 20; width < 120; width++)
    compare (random, width, 20 + width * 7 % 90);
  g_rand_free (random);
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fhog/features-are-those-of-dlib", test_features_are_those_of_dlib);
  return g_test_run ();
}
