/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib's frontal face detector (histogram of oriented gradients) on a scaled picture. */
#include "face-finder.h"

#include <cmath>
#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/opencv.h>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "models.h"

namespace {

constexpr double DETECTOR_FACE_PX = 80; /* smallest face that dlib's detector finds */
constexpr double MAX_SCAN_SIDE = 8192, MAX_SCAN_PX = 16e6;

cv::Mat
luma (const MeFrame *frame)
{
  return cv::Mat (
      frame->height, frame->width, CV_8UC1, const_cast<guint8 *> (frame->luma), frame->stride);
}

/* Scale of the picture that is scanned; limited, so that no frame takes seconds or gigabytes. */
double
scan_scale (const MeFrame *frame, double min_face_px)
{
  double width = frame->width * frame->pixel_aspect, height = frame->height;
  double most = std::min (
      MAX_SCAN_SIDE / std::max (width, height), std::sqrt (MAX_SCAN_PX / (width * height)));

  return std::min (DETECTOR_FACE_PX / std::max (min_face_px, 20.0), most);
}

} // namespace

/* As dlib::get_frontal_face_detector(), from the bytes that were unpacked when building. */
static dlib::frontal_face_detector
read_detector ()
{
  gsize size;
  const char *data = (const char *)me_model_bytes ("frontal-face-detector.bin", &size);
  g_assert (data != NULL);
  std::istringstream in (std::string (data, size));
  dlib::frontal_face_detector detector;

  dlib::deserialize (detector, in);
  return detector;
}

struct _MeFaceFinder
{
  dlib::frontal_face_detector detector = read_detector ();
  cv::Mat scan;
  std::vector<dlib::rect_detection> found;
};

MeFaceFinder *
me_face_finder_new (void)
{
  try {
    return new _MeFaceFinder;
  } catch (const std::exception &) {
    return NULL;
  }
}

void
me_face_finder_free (MeFaceFinder *finder)
{
  delete finder;
}

double
me_face_finder_scan_px (const MeFrame *frame, double min_face_px)
{
  double scale = scan_scale (frame, min_face_px);

  return frame->width * frame->pixel_aspect * frame->height * scale * scale;
}

static void
detect (MeFaceFinder *finder, const MeFrame *frame, double scale)
{
  cv::Size size (std::max (1, (int)lround (frame->width * frame->pixel_aspect * scale)),
      std::max (1, (int)lround (frame->height * scale)));

  if (size.width == frame->width && size.height == frame->height) {
    finder->detector (dlib::cv_image<unsigned char> (luma (frame)), finder->found, 0.0);
    return;
  }
  cv::resize (
      luma (frame), finder->scan, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  finder->detector (dlib::cv_image<unsigned char> (finder->scan), finder->found, 0.0);
}

guint
me_face_finder_detect (MeFaceFinder *finder, const MeFrame *frame, double min_face_px,
    MeDetection *found, guint max_found)
{
  double scale = scan_scale (frame, min_face_px);
  guint n = 0;

  try {
    detect (finder, frame, scale);
  } catch (const std::exception &) {
    return 0; /* out of memory: no face is found in this frame */
  }
  for (const dlib::rect_detection &d : finder->found) {
    if (n == max_found)
      break;
    found[n++] = { (float)(d.rect.left () / scale), (float)(d.rect.top () / scale),
      (float)(d.rect.width () / scale), (float)(d.rect.height () / scale),
      (float)d.detection_confidence };
  }
  return n;
}
