/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lids.h"

#include "report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace {

constexpr Plan plans[] = {
  { ME_CROP_HALF_PX, 0.044f, 6, 0.02 },
  { 0, 0.038f, 6, 0.02 },
  { 0, 0.03f, 6, 0.02 },
};
/* How well tracking knows where an eye is, IPD, and how large and tilted the face is. */
constexpr float PLACE_SCATTER = 0.02f, SIZE_SCATTER = 0.05f, TILT_SCATTER = 0.04f;
constexpr float LEAST_OPEN = 4; /* % IPD: open lids are farther apart */

/* From crop->half to the picture. */
MeSimilarity
scattered_crop (const Sample &s, Random &random)
{
  MeSimilarity crop = me_crop_pose (s.landmarks);
  MePoint middle = me_similarity_apply (&crop, { ME_CROP_PX / 2.0f, ME_CROP_EYE_Y });
  float size = 2 * expf (SIZE_SCATTER * (float)normal (random));
  float tilt = TILT_SCATTER * (float)normal (random);
  float a = size * (crop.a - crop.b * tilt), b = size * (crop.b + crop.a * tilt);
  float x = ME_CROP_HALF_PX / 2.0f, y = ME_CROP_EYE_Y / 2;

  return { a, b, middle.x - a * x + b * y, middle.y - b * x - a * y };
}

MePoint
middle_of_corners (const MePoint *eye)
{
  MePoint p = eye[ME_EYE_CORNER_1], q = eye[ME_EYE_CORNER_2];

  return { (p.x + q.x) / 2, (p.y + q.y) / 2 };
}

/* As src/following/lids.c begins: the open eyes of the mean face, about where those of this one
 * are. There brows stay where they were when the face was found; here they are where they moved. */
Attempt
start_eyes (const Cascade &c, const Sample &s, Random &random)
{
  MeSimilarity mean = me_similarity_fit (c.mean, s.landmarks, ME_N_LANDMARKS);
  Attempt attempt;

  attempt.sample = &s;
  attempt.pose = scattered_crop (s, random);
  std::copy (s.landmarks, s.landmarks + ME_N_LANDMARKS, attempt.shape);
  for (int side = ME_LEFT; side <= ME_RIGHT; side++) {
    const MePoint *there = me_eye_landmarks (s.landmarks, (MeSide)side);
    const MePoint *eye = me_eye_landmarks (c.mean, (MeSide)side);
    MePoint to = middle_of_corners (there), from = middle_of_corners (eye), middle;
    middle = me_similarity_apply (&mean, from);
    float x = to.x - middle.x + PLACE_SCATTER * s.ipd * (float)normal (random);
    float y = to.y - middle.y + PLACE_SCATTER * s.ipd * (float)normal (random);
    for (int i = 0; i < ME_N_EYE_LANDMARKS; i++) {
      MePoint p = me_similarity_apply (&mean, eye[i]);
      attempt.shape[there - s.landmarks + i] = { p.x + x, p.y + y };
    }
  }
  return attempt;
}

std::vector<Attempt>
start_all (const Cascade &c, const std::vector<Sample> &samples, guint64 seed)
{
  std::vector<Attempt> attempts;
  Random random (seed);

  for (const Sample &sample : samples)
    attempts.push_back (start_eyes (c, sample, random));
  return attempts;
}

/* % IPD, of both eyes; the shape is in pixels of crop->half. */
float
aperture_of (const MePoint *shape)
{
  float sum = 0;

  for (int side = ME_LEFT; side <= ME_RIGHT; side++) {
    const MePoint *eye = me_eye_landmarks (shape, (MeSide)side);
    sum += eye[ME_EYE_LOWER_LID_1].y + eye[ME_EYE_LOWER_LID_2].y - eye[ME_EYE_UPPER_LID_1].y -
           eye[ME_EYE_UPPER_LID_2].y;
  }
  return sum / 2 * ME_CROP_PERCENT;
}

/* Fits as the plugin does. */
std::vector<float>
apertures (const MeLandmarkModel &model, const std::vector<Attempt> &attempts)
{
  MeLandmarkFitter *fitter = me_landmark_fitter_new (&model);
  MeCropper *cropper = me_cropper_new ();
  auto crop = std::make_unique<MeCrop> ();
  std::vector<float> all;

  for (const Attempt &a : attempts) {
    MeFrame frame = frame_of (a.sample->image);
    MeSimilarity pose = { a.pose.a / 2, a.pose.b / 2, a.pose.tx, a.pose.ty };
    MePoint shape[ME_N_LANDMARKS];
    for (int i = 0; i < ME_N_LANDMARKS; i++)
      shape[i] = me_similarity_invert (&a.pose, a.shape[i]);
    if (!me_cropper_crop (cropper, &frame, &pose, crop.get ()) ||
        !me_landmark_fit_in_crop (fitter, crop.get (), shape))
      throw std::runtime_error ("the model of the lids does not fit into a crop");
    all.push_back (aperture_of (shape));
  }
  me_cropper_free (cropper);
  me_landmark_fitter_free (fitter);
  return all;
}

/* The medians of every n-th. */
std::vector<float>
medians_of_people (const std::vector<float> &all, size_t n)
{
  std::vector<float> medians;

  for (size_t person = 0; person < n; person++) {
    std::vector<float> own;
    for (size_t i = person; i < all.size (); i += n)
      own.push_back (all[i]);
    medians.push_back (quantile (own, 0.5));
  }
  return medians;
}

} // namespace

Cascade
train_lids (const std::vector<Photo> &people, size_t each, guint64 seed)
{
  Cascade c;
  Variety variety;

  variety.any_closure = true;
  set_mean (c, people);
  c.first = ME_LANDMARK_RIGHT_EYE;
  c.end = ME_LANDMARK_RIGHT_LIP_CORNER;
  std::vector<Sample> pictures = render_all (people, each, variety, seed);
  std::vector<Attempt> attempts = start_all (c, pictures, seed);
  for (const Plan &plan : plans)
    add_stage (c, attempts, plan);
  return c;
}

void
report_lids (
    const MeLandmarkModel &model, const std::vector<Photo> &unseen, size_t each, guint64 seed)
{
  std::vector<float> open;
  Cascade c;

  std::copy (model.mean, model.mean + ME_N_LANDMARKS, c.mean);
  printf ("Lids of %zu people, %zu pictures of each: aperture, of that when open.\n"
          "| closure | 10 %% | median | 90 %% | median of a person: least | most |\n"
          "|---|---|---|---|---|---|\n",
      unseen.size (), each);
  for (float closure : { 0.0f, 0.25f, 0.5f, 0.75f, 1.0f }) {
    Variety variety;
    variety.closure = closure;
    std::vector<Sample> pictures = render_all (unseen, each, variety, seed);
    std::vector<float> all = apertures (model, start_all (c, pictures, seed));
    if (open.empty ())
      open = all;
    for (size_t i = 0; i < all.size (); i++)
      all[i] /= std::max (open[i], LEAST_OPEN);
    std::vector<float> people = medians_of_people (all, unseen.size ());
    printf ("| %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", closure, quantile (all, 0.1),
        quantile (all, 0.5), quantile (all, 0.9), quantile (people, 0), quantile (people, 1));
  }
}
