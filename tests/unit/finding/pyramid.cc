/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The smaller pictures are dlib's own, bit for bit. */
#include "finding/pyramid.h"

#include <cfloat>
#include <cstdlib>
#include <dlib/image_transforms.h>

namespace {

/* As in separable-filter.cc. */
#if FLT_EVAL_METHOD == 0 && !defined(__FP_FAST_FMAF)
constexpr int TOLERANCE = 0;
#else
constexpr int TOLERANCE = 1;
#endif

using Picture = dlib::array2d<unsigned char>;

MeLevel
level_of (Picture &picture)
{
  return MeLevel{ &picture[0][0], (gsize)picture.nc (), (int)picture.nc (), (int)picture.nr () };
}

/* Noise, or few levels of gray, which often lie half way between two. */
void
fill (GRand *random, Picture &picture)
{
  unsigned levels = g_rand_boolean (random) ? 256 : 2;

  for (unsigned char &pixel : picture)
    pixel = (unsigned char)((unsigned)g_rand_int_range (random, 0, 256) % levels);
}

void
compare (GRand *random, int width, int height)
{
  Picture from (height, width), ours, theirs;

  fill (random, from);
  dlib::pyramid_down<6> () (from, theirs);
  ours.set_size (theirs.nr (), theirs.nc ());
  MeLevel whole = level_of (from), smaller = level_of (ours);
  me_pyramid_down (&whole, &smaller);
  for (long y = 0; y < ours.nr (); y++)
    for (long x = 0; x < ours.nc (); x++)
      g_assert_cmpint (std::abs (ours[y][x] - theirs[y][x]), <=, TOLERANCE);
}

void
test_pixels_are_those_of_dlib ()
{
  GRand *random = g_rand_new_with_seed (1);

  for (int size = 2; size < 120; size++)
    compare (random, size, 2 + size * 7 % 90);
  for (int width : { 307, 308, 309, 310, 640, 1933, 8192 })
    compare (random, width, 60);
  g_rand_free (random);
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pyramid/pixels-are-those-of-dlib", test_pixels_are_those_of_dlib);
  return g_test_run ();
}
