/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cascade.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using Eigen::MatrixXf;

namespace {

constexpr int FOLDS = 5;
constexpr float OWN_SHARE =
    0.5f; /* of the training moves: the regression that has seen the person */
constexpr int OUTPUTS = 2 * ME_N_LANDMARKS, INPUTS = ME_N_LANDMARK_FEATURES + 1;
constexpr float EYE_Y = 0.34f; /* of the mean shape, sides of the patch */

/* Displacement from the shape to the truth, in sides of the patch. */
Eigen::VectorXf
way_to_truth (const Attempt &attempt, int size_px)
{
  Eigen::VectorXf way (OUTPUTS);

  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    MePoint from = me_similarity_invert (&attempt.pose, attempt.shape[i]);
    MePoint to = me_similarity_invert (&attempt.pose, attempt.sample->landmarks[i]);
    way[2 * i] = (to.x - from.x) / (float)size_px;
    way[2 * i + 1] = (to.y - from.y) / (float)size_px;
  }
  return way;
}

void
move (Attempt &attempt, int size_px, const Eigen::VectorXf &way)
{
  float a = attempt.pose.a * (float)size_px, b = attempt.pose.b * (float)size_px;

  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    attempt.shape[i].x += a * way[2 * i] - b * way[2 * i + 1];
    attempt.shape[i].y += b * way[2 * i] + a * way[2 * i + 1];
  }
}

/* The normal equations of a least-squares fit. */
struct Normal
{
  MatrixXf gram = MatrixXf::Zero (INPUTS, INPUTS), moments = MatrixXf::Zero (INPUTS, OUTPUTS);
};

/* The n landmarks nearest to one, in ascending order. */
std::vector<int>
nearest (const MePoint *mean, int landmark, int n)
{
  std::vector<int> landmarks (ME_N_LANDMARKS);
  auto distance = [&] (int i) {
    return std::hypot (mean[i].x - mean[landmark].x, mean[i].y - mean[landmark].y);
  };

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    landmarks[i] = i;
  std::stable_sort (landmarks.begin (), landmarks.end (),
      [&] (int a, int b) { return distance (a) < distance (b); });
  landmarks.resize (n);
  std::sort (landmarks.begin (), landmarks.end ());
  return landmarks;
}

/* n landmarks spread over the face by farthest-point sampling, in ascending order. */
std::vector<int>
spread_out (const MePoint *mean, int n)
{
  std::vector<int> chosen = { ME_LANDMARK_NOSE_TIP };
  auto distance = [&] (int i) {
    float least = 9;
    for (int k : chosen)
      least = std::min (least, std::hypot (mean[i].x - mean[k].x, mean[i].y - mean[k].y));
    return least;
  };

  while ((int)chosen.size () < n) {
    int farthest = 0;
    for (int i = 1; i < ME_N_LANDMARKS; i++)
      if (distance (i) > distance (farthest))
        farthest = i;
    chosen.push_back (farthest);
  }
  std::sort (chosen.begin (), chosen.end ());
  return chosen;
}

/* Ridge regression of each landmark on the descriptors of its input landmarks. */
MatrixXf
solve (const Normal &normal, const Cascade &c, const Plan &plan)
{
  float ridge = (float)(plan.ridge * normal.gram.diagonal ().head (INPUTS - 1).mean ());
  MatrixXf weights = MatrixXf::Zero (OUTPUTS, INPUTS), symmetric;

  symmetric = normal.gram.selfadjointView<Eigen::Lower> ();
  symmetric.diagonal ().head (INPUTS - 1).array () += ridge;
  /* All outputs are solved at once when they have the same inputs. */
  int together = plan.n_inputs < 0 ? ME_N_LANDMARKS : 1;
  for (int i = c.first; i < c.end; i += together) {
    std::vector<int> inputs;
    for (int input : plan.n_inputs < 0 ? spread_out (c.mean, -plan.n_inputs)
                                       : nearest (c.mean, i, plan.n_inputs))
      for (int f = 0; f < ME_LANDMARK_DESCRIPTOR; f++)
        inputs.push_back (input * ME_LANDMARK_DESCRIPTOR + f);
    inputs.push_back (INPUTS - 1);
    MatrixXf gram = symmetric (inputs, inputs);
    MatrixXf moments = normal.moments (inputs, Eigen::seqN (2 * i, 2 * together));
    weights (Eigen::seqN (2 * i, 2 * together), inputs) =
        Eigen::LLT<MatrixXf> (gram).solve (moments).transpose ();
  }
  return weights;
}

bool
places_patch (const Cascade &c, const Plan &plan)
{
  return plan.size_px > 0 && c.end - c.first == ME_N_LANDMARKS;
}

/* Descriptors of all attempts, one column each. anew: place the patches by the current shapes. */
MatrixXf
look (const Cascade &c, std::vector<Attempt> &attempts, int size_px, float spacing, bool anew)
{
  MatrixXf features (INPUTS, attempts.size ());

  in_parallel (attempts.size (), [&] (size_t from, size_t to) {
    auto room = std::make_unique<MeLandmarkRoom> ();
    MeCropper *cropper = me_cropper_new ();
    for (size_t i = from; i < to; i++) {
      Attempt &attempt = attempts[i];
      MeFrame frame = frame_of (attempt.sample->image);
      float *column = features.data () + i * INPUTS;
      if (anew)
        attempt.pose = me_landmark_pose (c.mean, attempt.shape, size_px);
      if (me_landmark_look (room.get (), cropper, &frame, &attempt.pose, size_px))
        me_landmark_describe (
            room.get (), &attempt.pose, attempt.shape, ME_ALL_LANDMARKS, spacing, column);
      else
        std::fill (column, column + INPUTS, 0.0f);
      column[INPUTS - 1] = 1;
    }
    me_cropper_free (cropper);
  });
  return features;
}

} // namespace

MeFrame
frame_of (const cv::Mat &image)
{
  return MeFrame{ image.data, image.cols, image.rows, image.step, 1, 0, nullptr };
}

void
set_mean (Cascade &c, const std::vector<Photo> &photos)
{
  memset (c.mean, 0, sizeof c.mean);
  for (const Photo &photo : photos) {
    MePoint eyes[] = { me_eye_center (photo.landmarks, ME_RIGHT),
      me_eye_center (photo.landmarks, ME_LEFT) };
    MePoint level[] = { { (1 - ME_LANDMARK_IPD) / 2, EYE_Y },
      { (1 + ME_LANDMARK_IPD) / 2, EYE_Y } };
    MeSimilarity s = me_similarity_fit (eyes, level, 2);
    for (int i = 0; i < ME_N_LANDMARKS; i++) {
      MePoint p = me_similarity_apply (&s, photo.landmarks[i]);
      MePoint q = me_similarity_apply (&s, photo.landmarks[me_landmark_mirror (i)]);
      c.mean[i].x += (p.x + 1 - q.x) / 2 / (float)photos.size ();
      c.mean[i].y += (p.y + q.y) / 2 / (float)photos.size ();
    }
  }
}

void
advance (const Cascade &c, size_t n, std::vector<Attempt> &attempts)
{
  const Stage &stage = c.stages[n];
  MatrixXf ways = stage.weights * look (c, attempts, stage.size_px, stage.plan.spacing,
                                      places_patch (c, stage.plan));

  for (size_t i = 0; i < attempts.size (); i++)
    move (attempts[i], stage.size_px, ways.col (i));
}

MatrixXf
describe_last (const Cascade &c, const std::vector<Attempt> &attempts)
{
  std::vector<Attempt> copy = attempts;

  return look (c, copy, c.stages.back ().size_px, c.stages.back ().plan.spacing, false);
}

void
add_stage (Cascade &c, std::vector<Attempt> &attempts, const Plan &plan)
{
  int size_px = plan.size_px > 0 ? plan.size_px : c.stages.back ().size_px;
  MatrixXf features = look (c, attempts, size_px, plan.spacing, places_patch (c, plan));
  MatrixXf ways (OUTPUTS, attempts.size ());
  std::vector<std::vector<int> > members (FOLDS);
  std::vector<Normal> folds (FOLDS);
  Normal all;

  for (size_t i = 0; i < attempts.size (); i++) {
    ways.col (i) = way_to_truth (attempts[i], size_px);
    members[attempts[i].sample->person % FOLDS].push_back ((int)i);
  }
  in_parallel (FOLDS, [&] (size_t from, size_t to) {
    for (size_t fold = from; fold < to; fold++) {
      MatrixXf x = features (Eigen::all, members[fold]), y = ways (Eigen::all, members[fold]);
      folds[fold].gram.selfadjointView<Eigen::Lower> ().rankUpdate (x);
      folds[fold].moments.noalias () = x * y.transpose ();
    }
  });
  for (const Normal &fold : folds) {
    all.gram += fold.gram;
    all.moments += fold.moments;
  }
  c.stages.push_back ({ plan, size_px, solve (all, c, plan) });
  in_parallel (FOLDS, [&] (size_t from, size_t to) {
    for (size_t fold = from; fold < to; fold++) {
      Normal others;
      others.gram = all.gram - folds[fold].gram;
      others.moments = all.moments - folds[fold].moments;
      MatrixXf weights =
          OWN_SHARE * c.stages.back ().weights + (1 - OWN_SHARE) * solve (others, c, plan);
      for (int i : members[fold])
        move (attempts[i], size_px, weights * features.col (i));
    }
  });
}
