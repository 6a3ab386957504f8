/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "damage.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <opencv2/imgproc.hpp>

namespace {

/* A gain that varies over the picture, as from a window or lamp on one side. */
void
light (cv::Mat &image, Random &random)
{
  double angle = uniform (random, 0, 2 * M_PI), slope = uniform (random, 0, 0.9);
  double level = uniform (random, 0.35, 1.25), edge = uniform (random, 0.15, 1.0);
  double cx = image.cols * uniform (random, 0.35, 0.65),
         cy = image.rows * uniform (random, 0.35, 0.65);

  for (int y = 0; y < image.rows; y++) {
    float *row = image.ptr<float> (y);
    for (int x = 0; x < image.cols; x++) {
      double along = ((x - cx) * cos (angle) + (y - cy) * sin (angle)) / (image.cols * edge);
      row[x] *= (float)(level * (1 + slope * tanh (along)));
    }
  }
}

void
curve (cv::Mat &image, Random &random)
{
  double gamma = exp (uniform (random, -0.6, 0.6)), lift = uniform (random, -10, 40);

  for (int y = 0; y < image.rows; y++) {
    float *row = image.ptr<float> (y);
    for (int x = 0; x < image.cols; x++)
      row[x] = (float)(lift + (255 - lift) * pow (std::clamp (row[x] / 255.0, 0.0, 1.0), gamma));
  }
}

void
sensor_noise (cv::Mat &image, double sigma, Random &random)
{
  std::normal_distribution<float> deviate (0, (float)sigma);

  for (int y = 0; y < image.rows; y++)
    for (int x = 0; x < image.cols; x++)
      image.at<float> (y, x) += deviate (random);
}

/* Encodes as JPEG and decodes. */
cv::Mat
compress (const cv::Mat &image, int quality)
{
  cv::Mat rgb;
  cv::cvtColor (image, rgb, cv::COLOR_GRAY2RGB);
  GdkPixbuf *picture = gdk_pixbuf_new_from_data (
      rgb.data, GDK_COLORSPACE_RGB, FALSE, 8, rgb.cols, rgb.rows, (int)rgb.step, NULL, NULL);
  std::string level = std::to_string (quality);
  gchar *bytes = NULL;
  gsize size = 0;
  cv::Mat result = image.clone ();

  if (gdk_pixbuf_save_to_buffer (
          picture, &bytes, &size, "jpeg", NULL, "quality", level.c_str (), NULL)) {
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new ();
    gdk_pixbuf_loader_write (loader, (const guchar *)bytes, size, NULL);
    if (gdk_pixbuf_loader_close (loader, NULL)) {
      GdkPixbuf *back = gdk_pixbuf_loader_get_pixbuf (loader);
      cv::Mat decoded (image.rows, image.cols, CV_8UC3, gdk_pixbuf_get_pixels (back),
          gdk_pixbuf_get_rowstride (back));
      cv::cvtColor (decoded, result, cv::COLOR_RGB2GRAY);
    }
    g_object_unref (loader);
  }
  g_free (bytes);
  g_object_unref (picture);
  return result;
}

} // namespace

cv::Mat
damage (const cv::Mat &original, float ipd_px, Random &random)
{
  cv::Mat image = original.clone (), bytes;

  if (chance (random, 0.8))
    light (image, random);
  if (chance (random, 0.8))
    curve (image, random);
  if (chance (random, 0.5))
    cv::GaussianBlur (image, image, cv::Size (), 0.1 + uniform (random, 0, 0.035) * ipd_px);
  if (chance (random, 0.7))
    sensor_noise (image, uniform (random, 0, 8), random);
  image.convertTo (bytes, CV_8U);
  if (chance (random, 0.6))
    bytes = compress (bytes, (int)uniform (random, 15, 90));
  return bytes;
}

void
occlude (cv::Mat &image, cv::Point2f face, float ipd_px, Random &random)
{
  double angle = uniform (random, 0, 2 * M_PI), away = uniform (random, 0.7, 1.6) * ipd_px;
  cv::Point2f middle (face.x + (float)(away * cos (angle)), face.y + (float)(away * sin (angle)));
  cv::Size2f size (
      (float)uniform (random, 0.2, 0.8) * ipd_px, (float)uniform (random, 0.5, 2.0) * ipd_px);
  cv::Mat mask = cv::Mat::zeros (image.size (), CV_8U), shade (image.size (), CV_32F);
  double grey = uniform (random, 20, 230), slope = uniform (random, -0.4, 0.4);

  cv::ellipse (mask, cv::RotatedRect (middle, size, (float)uniform (random, 0, 180)), 255, -1);
  cv::GaussianBlur (mask, mask, cv::Size (), 0.6);
  for (int y = 0; y < image.rows; y++)
    for (int x = 0; x < image.cols; x++) {
      float share = mask.at<uchar> (y, x) / 255.0f;
      double value = grey * (1 + slope * (x - middle.x) / size.width);
      image.at<float> (y, x) += share * ((float)value - image.at<float> (y, x));
    }
}
