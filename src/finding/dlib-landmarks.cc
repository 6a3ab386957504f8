/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib's 68-point shape predictor on a small upright chip of the face. */
#include "dlib-landmarks.h"

#include "dlib-file.h"
#include "microexpr.h"
#include "anatomy/facial-points.h"
#include "anatomy/landmarks.h"

#include <cmath>
#include <dlib/image_processing/shape_predictor.h>
#include <dlib/opencv.h>
#include <map>
#include <memory>
#include <opencv2/imgproc.hpp>

namespace {

constexpr int CHIP_PX = 200;      /* side of the picture that the landmarks are fitted in */
constexpr double CHIP_BOX = 0.75; /* share of that side that the detected box fills */

using Predictor = dlib::shape_predictor;

/* The models of this process, by file, kept while an object uses them. */
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

const char *
file_problem (const std::string &file)
{
  GMappedFile *mapped = g_mapped_file_new (file.c_str (), FALSE, NULL);
  const char *problem = "no permission, or no memory";

  if (!mapped)
    return problem;
  problem =
      me_dlib_file_problem (reinterpret_cast<const guint8 *> (g_mapped_file_get_contents (mapped)),
          g_mapped_file_get_length (mapped), ME_N_IBUG);
  g_mapped_file_unref (mapped);
  return problem;
}

std::shared_ptr<const Predictor>
load_model (const std::string &file)
{
  auto model = std::make_shared<Predictor> ();
  if (const char *problem = file_problem (file))
    throw dlib::serialization_error (problem);
  dlib::deserialize (file) >> *model;
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

cv::Mat
luma (const MeFrame *frame)
{
  const MeBox all = { 0, 0, frame->width, frame->height };

  return cv::Mat (frame->height, frame->width, CV_8UC1,
      const_cast<guint8 *> (me_frame_part (frame, &all)), frame->stride);
}

} // namespace

struct _MeDlibLandmarks
{
  std::shared_ptr<const Predictor> model;
  cv::Mat chip;
};

MeDlibLandmarks *
me_dlib_landmarks_new (const char *file, GError **error)
{
  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_NOT_FOUND,
        "No landmark model at %s: leave the property landmark-model empty for the built-in model, "
        "or name dlib's shape_predictor_68_face_landmarks.dat",
        file);
    return NULL;
  }
  try {
    auto own = std::make_unique<MeDlibLandmarks> ();
    own->model = shared_model (file);
    return own.release ();
  } catch (const std::exception &problem) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED,
        "The landmark model %s cannot be read (%s): it must be dlib's 68-point shape predictor, "
        "unpacked; leave the property landmark-model empty for the built-in model",
        file, problem.what ());
    return NULL;
  }
}

void
me_dlib_landmarks_free (MeDlibLandmarks *own)
{
  delete own;
}

/* Samples the box, enlarged by 1 / CHIP_BOX, into the chip and fits there. */
static void
fit_landmarks (MeDlibLandmarks *own, const MeFrame *frame, const MeDetection *box,
    MePoint landmarks[ME_N_LANDMARKS])
{
  double step = box->width / (CHIP_BOX * CHIP_PX); /* square pixels per pixel of the chip */
  double x0 = box->x + box->width / 2 - step * CHIP_PX / 2;
  double y0 = box->y + box->height / 2 - step * CHIP_PX / 2;
  cv::Matx23d to_frame (step / frame->pixel_aspect, 0, x0 / frame->pixel_aspect, 0, step, y0);
  double edge = CHIP_PX * (1 - CHIP_BOX) / 2;

  cv::warpAffine (luma (frame), own->chip, to_frame, cv::Size (CHIP_PX, CHIP_PX),
      cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  dlib::rectangle face (
      lround (edge), lround (edge), lround (CHIP_PX - edge) - 1, lround (CHIP_PX - edge) - 1);
  dlib::full_object_detection shape =
      (*own->model) (dlib::cv_image<unsigned char> (own->chip), face);
  MePoint ibug[ME_N_IBUG];
  for (int i = 0; i < ME_N_IBUG; i++) {
    ibug[i].x = (float)(x0 + step * shape.part (i).x ());
    ibug[i].y = (float)(y0 + step * shape.part (i).y ());
  }
  me_landmarks_from_ibug (ibug, landmarks);
}

/* A damaged model may place landmarks anywhere: all must lie within two box widths of the box's
 * corner, and the eyes must be apart. */
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
me_dlib_landmarks_fit (MeDlibLandmarks *own, const MeFrame *frame, const MeDetection *box,
    MePoint landmarks[ME_N_LANDMARKS])
{
  if (box->width < 1 || box->x >= frame->width * frame->pixel_aspect || box->y >= frame->height ||
      box->x + box->width <= 0 || box->y + box->height <= 0)
    return FALSE;
  try {
    fit_landmarks (own, frame, box, landmarks);
  } catch (const std::exception &) {
    return FALSE;
  }
  return plausible (box, landmarks);
}
