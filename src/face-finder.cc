/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib's frontal face detector (histogram of oriented gradients) on a scaled picture, and its
 * 68-point shape predictor on a small upright chip of the face. */
#include "face-finder.h"

#include "facial-points.h"
#include "landmarks.h"

#include <cmath>
#include <cstring>
#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/opencv.h>
#include <memory>
#include <new>
#include <opencv2/imgproc.hpp>

namespace {

constexpr double DETECTOR_FACE_PX = 80; /* smallest face that dlib's detector finds */
constexpr double MAX_SCAN_SIDE = 8192, MAX_SCAN_PX = 16e6;
constexpr int CHIP_PX = 200;      /* of the picture that the landmarks are fitted in */
constexpr double CHIP_BOX = 0.75; /* of its side that the detected box fills */

using Predictor = dlib::shape_predictor;

/* The models of this process, by file, alive as long as a finder uses them. */
struct ModelCache
{
  GMutex mutex;
  std::map<std::string, std::weak_ptr<const Predictor> > models;
};

ModelCache &
model_cache ()
{
  static ModelCache cache{};
  return cache;
}

std::shared_ptr<const Predictor>
load_model (const std::string &file)
{
  auto model = std::make_shared<Predictor> ();
  dlib::deserialize (file) >> *model;
  if (model->num_parts () != ME_N_IBUG)
    throw dlib::serialization_error (
        "it has " + std::to_string (model->num_parts ()) + " points, not 68");
  return model;
}

std::shared_ptr<const Predictor>
shared_model (const std::string &file)
{
  ModelCache &cache = model_cache ();
  struct Lock
  {
    GMutex *mutex;
    explicit Lock (GMutex *m) : mutex (m)
    {
      g_mutex_lock (mutex);
    }
    ~Lock ()
    {
      g_mutex_unlock (mutex);
    }
  } lock (&cache.mutex);

  auto model = cache.models[file].lock ();
  if (!model) {
    model = load_model (file);
    cache.models[file] = model;
  }
  return model;
}

char *
find_model ()
{
  static const char name[] = "shape_predictor_68_face_landmarks.dat";
  g_autofree char *home = g_build_filename (g_get_user_data_dir (), "dlib", name, NULL);

  if (g_file_test (home, G_FILE_TEST_IS_REGULAR))
    return g_strdup (home);
  for (const char *const *dir = g_get_system_data_dirs (); *dir; dir++) {
    g_autofree char *file = g_build_filename (*dir, "dlib", name, NULL);
    if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
      return g_strdup (file);
  }
  return NULL;
}

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

struct _MeFaceFinder
{
  std::shared_ptr<const Predictor> model;
  dlib::frontal_face_detector detector = dlib::get_frontal_face_detector ();
  cv::Mat scan, chip;
  std::vector<dlib::rect_detection> found;
};

MeFaceFinder *
me_face_finder_new (const char *model, GError **error)
{
  g_autofree char *file = model && *model ? g_strdup (model) : find_model ();

  if (!file || !g_file_test (file, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_NOT_FOUND,
        "No landmark model at %s: install the package libdlib-data, or name dlib's "
        "shape_predictor_68_face_landmarks.dat with the property landmark-model",
        file ? file : "dlib/shape_predictor_68_face_landmarks.dat in the data directories");
    return NULL;
  }
  try {
    auto finder = std::make_unique<MeFaceFinder> ();
    finder->model = shared_model (file);
    return finder.release ();
  } catch (const std::exception &problem) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED,
        "The landmark model %s cannot be read (%s): it must be dlib's 68-point shape predictor, "
        "unpacked; install the package libdlib-data again or name another file with the property "
        "landmark-model",
        file, problem.what ());
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

/* The box, enlarged by 1 / CHIP_BOX, becomes the chip. */
static void
fit_landmarks (MeFaceFinder *finder, const MeFrame *frame, const MeDetection *box,
    MePoint landmarks[ME_N_LANDMARKS])
{
  double step = box->width / (CHIP_BOX * CHIP_PX); /* square pixels per pixel of the chip */
  double x0 = box->x + box->width / 2 - step * CHIP_PX / 2;
  double y0 = box->y + box->height / 2 - step * CHIP_PX / 2;
  cv::Matx23d to_frame (step / frame->pixel_aspect, 0, x0 / frame->pixel_aspect, 0, step, y0);
  double edge = CHIP_PX * (1 - CHIP_BOX) / 2;

  cv::warpAffine (luma (frame), finder->chip, to_frame, cv::Size (CHIP_PX, CHIP_PX),
      cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  dlib::rectangle face (
      lround (edge), lround (edge), lround (CHIP_PX - edge) - 1, lround (CHIP_PX - edge) - 1);
  dlib::full_object_detection shape =
      (*finder->model) (dlib::cv_image<unsigned char> (finder->chip), face);
  MePoint ibug[ME_N_IBUG];
  for (int i = 0; i < ME_N_IBUG; i++) {
    ibug[i].x = (float)(x0 + step * shape.part (i).x ());
    ibug[i].y = (float)(y0 + step * shape.part (i).y ());
  }
  me_landmarks_from_ibug (ibug, landmarks);
}

/* A damaged model may place points anywhere: the eyes must lie apart and inside twice the box. */
static bool
plausible (const MeDetection *box, const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint right = me_eye_center (landmarks, ME_RIGHT), left = me_eye_center (landmarks, ME_LEFT);
  float reach = 2 * box->width;

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    if (!(std::fabs (landmarks[i].x - box->x) < reach &&
            std::fabs (landmarks[i].y - box->y) < reach))
      return false;
  return std::hypot (left.x - right.x, left.y - right.y) > 0.1f * box->width;
}

gboolean
me_face_finder_landmarks (MeFaceFinder *finder, const MeFrame *frame, const MeDetection *box,
    MePoint landmarks[ME_N_LANDMARKS])
{
  if (box->width < 1 || box->x >= frame->width * frame->pixel_aspect || box->y >= frame->height ||
      box->x + box->width <= 0 || box->y + box->height <= 0)
    return FALSE;
  try {
    fit_landmarks (finder, frame, box, landmarks);
  } catch (const std::exception &) {
    return FALSE;
  }
  return plausible (box, landmarks);
}
