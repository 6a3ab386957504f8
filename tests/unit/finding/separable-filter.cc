/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The filter gives dlib's own sums, bit for bit, and leaves alone where its taps do not fit. */
#include "finding/separable-filter.h"

#include <cfloat>
#include <cmath>
#include <dlib/image_transforms.h>

namespace {

/* Compilers round dlib's sums elsewhere than ours where they may fuse a product and a sum (arm64),
 * and where registers hold more digits than a float has (x87). */
#if FLT_EVAL_METHOD == 0 && !defined(__FP_FAST_FMAF)
constexpr float TOLERANCE = 0;
#else
constexpr float TOLERANCE = 1e-5f;
#endif

using Plane = dlib::array2d<float>;
using Taps = dlib::matrix<float, 0, 1>;

float
random_number (GRand *random)
{
  return (float)g_rand_double_range (random, -1, 1);
}

void
fill (GRand *random, Plane &plane, int rows, int columns)
{
  plane.set_size (rows, columns);
  for (float &value : plane)
    value = random_number (random);
}

Taps
random_taps (GRand *random, int n)
{
  Taps taps (n);

  for (float &tap : taps)
    tap = random_number (random);
  return taps;
}

MePlane
plane_of (Plane &plane)
{
  return MePlane{ &plane[0][0], (int)plane.nr (), (int)plane.nc () };
}

void
compare (GRand *random, int rows, int columns, int n_row, int n_column)
{
  Taps row = random_taps (random, n_row), column = random_taps (random, n_column);
  MeSeparableFilter filter = { &row (0), &column (0), n_row, n_column };
  Plane in, ours, theirs, scratch;

  fill (random, in, rows, columns);
  fill (random, scratch, rows, columns);
  fill (random, ours, rows, columns);
  theirs.set_size (rows, columns);
  dlib::assign_image (theirs, ours);
  MePlane from = plane_of (in), to = plane_of (ours), between = plane_of (scratch);
  me_separable_filter_add (&filter, &from, &to, &between);
  dlib::float_spatially_filter_image_separable (in, theirs, row, column, scratch, true);
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++)
      g_assert_true (std::fabs (ours[y][x] - theirs[y][x]) <= TOLERANCE);
}

void
test_sums_are_those_of_dlib ()
{
  GRand *random = g_rand_new_with_seed (1);

  for (int columns = 10; columns < 45; columns++) {
    compare (random, 10 + columns / 3, columns, 10, 10);
    compare (random, 17, columns, 7, 9);
  }
  g_rand_free (random);
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/separable-filter/sums-are-those-of-dlib", test_sums_are_those_of_dlib);
  return g_test_run ();
}
