/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Smaller pictures are those of OpenCV but for rounding, whatever the ratio and the stride. */
#include "finding/shrink.h"

#include <opencv2/imgproc.hpp>
#include <vector>

namespace {

const struct
{
  int width, height, to_width, to_height;
} sizes[] = { { 640, 480, 533, 400 }, { 640, 480, 213, 160 }, { 321, 241, 107, 241 },
  { 101, 67, 100, 66 }, { 1920, 1080, 213, 120 }, { 50, 40, 1, 1 }, { 37, 29, 37, 28 } };

void
test_pixels_are_those_of_opencv ()
{
  cv::RNG random (1);

  for (const auto &s : sizes) {
    cv::Mat whole (s.height, s.width + 7, CV_8UC1), ours (s.to_height, s.to_width, CV_8UC1), theirs;
    cv::Mat from = whole (cv::Rect (3, 0, s.width, s.height));
    std::vector<MeSpan> spans ((size_t)s.to_width);
    std::vector<float> sums ((size_t)s.width);
    random.fill (whole, cv::RNG::UNIFORM, 0, 256);
    me_shrink (from.data, from.step, s.width, s.height, ours.data, s.to_width, s.to_height,
        spans.data (), sums.data ());
    cv::resize (from, theirs, ours.size (), 0, 0, cv::INTER_AREA);
    g_assert_cmpfloat (cv::norm (ours, theirs, cv::NORM_INF), <=, 1);
    g_assert_cmpfloat (cv::norm (ours, theirs, cv::NORM_L1), <=, 0.005 * (double)ours.total ());
  }
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shrink/pixels-are-those-of-opencv", test_pixels_are_those_of_opencv);
  return g_test_run ();
}
