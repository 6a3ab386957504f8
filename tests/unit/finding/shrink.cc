/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Smaller pictures are those of OpenCV but for rounding, whatever the ratio and the stride. */
#include "finding/shrink.h"

#include <algorithm>
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
    std::vector<float> sums ((size_t)s.width * ME_SHRINK_ROWS);
    random.fill (whole, cv::RNG::UNIFORM, 0, 256);
    me_shrink (from.data, from.step, s.width, s.height, ours.data, s.to_width, s.to_height,
        spans.data (), sums.data ());
    cv::resize (from, theirs, ours.size (), 0, 0, cv::INTER_AREA);
    g_assert_cmpfloat (cv::norm (ours, theirs, cv::NORM_INF), <=, 1);
    g_assert_cmpfloat (cv::norm (ours, theirs, cv::NORM_L1), <=, 0.005 * (double)ours.total ());
  }
}

/* How much of pixel i lies within what new pixel k of n covers of a length. */
double
share (int i, int k, int n, int length)
{
  double size = (double)length / n, begin = k * size, end = begin + size;

  return std::max (0.0, std::min (end, i + 1.0) - std::max (begin, (double)i));
}

double
mean (const cv::Mat &from, int x, int y, const cv::Mat &to)
{
  double sum = 0, area = 0;

  for (int j = 0; j < from.rows; j++) {
    double height = share (j, y, to.rows, from.rows);
    for (int i = 0; height > 0 && i < from.cols; i++) {
      double part = height * share (i, x, to.cols, from.cols);
      sum += part * from.at<guint8> (j, i);
      area += part;
    }
  }
  return sum / area;
}

void
test_pixels_are_means_of_what_they_cover ()
{
  cv::RNG random (2);

  for (int height = 1; height < 12; height++) {
    cv::Mat from (3 * height + 5, 77, CV_8UC1), ours (height, 31 + height, CV_8UC1);
    std::vector<MeSpan> spans ((size_t)ours.cols);
    std::vector<float> sums ((size_t)from.cols * ME_SHRINK_ROWS);
    random.fill (from, cv::RNG::UNIFORM, 0, 256);
    me_shrink (from.data, from.step, from.cols, from.rows, ours.data, ours.cols, ours.rows,
        spans.data (), sums.data ());
    for (int y = 0; y < ours.rows; y++)
      for (int x = 0; x < ours.cols; x++)
        g_assert_cmpfloat_with_epsilon (ours.at<guint8> (y, x), mean (from, x, y, ours), 0.51);
  }
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shrink/pixels-are-those-of-opencv", test_pixels_are_those_of_opencv);
  g_test_add_func (
      "/shrink/pixels-are-means-of-what-they-cover", test_pixels_are_means_of_what_they_cover);
  return g_test_run ();
}
