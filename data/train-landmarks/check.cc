/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include "attempts.h"
#include "damage.h"
#include "dress.h"

#include <opencv2/imgproc.hpp>

namespace {

constexpr int SIZE_PX = 180;
constexpr float FITTED = 8, MISSED = 20; /* mean error, % IPD; attempts in between are not used */
constexpr double RIDGE = 0.3;

/* A picture without a face: textures, ellipses and rectangles. */
cv::Mat
draw_thing (Random &random)
{
  static const cv::Mat texture = make_texture ();
  cv::Mat image (SIZE_PX, SIZE_PX, CV_32F, cv::Scalar (uniform (random, 20, 230)));
  cv::Mat scaled;
  double zoom = exp (uniform (random, -1, 1.5));

  cv::warpAffine (texture, scaled, cv::Matx23d (zoom, 0, uniform (random, -90, 90), 0, zoom, 0),
      image.size (), cv::INTER_LINEAR, cv::BORDER_WRAP);
  image += scaled * uniform (random, 0, 40);
  for (int n = (int)uniform (random, 0, 14); n > 0; n--) {
    cv::Point middle ((int)uniform (random, 0, SIZE_PX), (int)uniform (random, 0, SIZE_PX));
    cv::Size size ((int)uniform (random, 3, 70), (int)uniform (random, 3, 70));
    cv::Scalar grey (uniform (random, 0, 255));
    int width = chance (random, 0.5) ? -1 : (int)uniform (random, 1, 8);
    if (chance (random, 0.6))
      cv::ellipse (image, middle, size, uniform (random, 0, 180), 0, 360, grey, width);
    else
      cv::rectangle (image, cv::Rect (middle, size), grey, width);
  }
  cv::GaussianBlur (image, image, cv::Size (), uniform (random, 0.3, 3));
  return image;
}

} // namespace

std::vector<Sample>
make_strangers (const std::vector<Photo> &people, size_t n, Random &random)
{
  std::vector<Sample> strangers =
      render_all (people, 1 + n / 2 / people.size (), Variety (), random ());

  strangers.resize (n);
  for (size_t i = 0; i < n; i++) {
    Sample &s = strangers[i];
    if (i < n / 2) {
      if (chance (random, 0.5)) { /* turned by 90, 180 or 270 degrees */
        cv::rotate (s.image, s.image, (int)uniform (random, 0, 3));
        for (MePoint &p : s.landmarks)
          p = { -1e4f, -1e4f };
      }
    } else {
      s.person = 0;
      s.ipd = SIZE_PX / 5.0f;
      s.image = damage (draw_thing (random), s.ipd, random);
      for (MePoint &p : s.landmarks)
        p = { -1e4f, -1e4f };
    }
  }
  return strangers;
}

std::vector<Attempt>
start_strangers (const Cascade &c, const std::vector<Sample> &strangers, Random &random)
{
  std::vector<Attempt> attempts (strangers.size ());

  for (size_t i = 0; i < attempts.size (); i++) {
    const Sample &s = strangers[i];
    double width = s.ipd * c.box_width / ME_LANDMARK_IPD * exp (uniform (random, -0.8, 0.8));
    double x = s.image.cols * uniform (random, 0.2, 0.8),
           y = s.image.rows * uniform (random, 0.2, 0.8);
    attempts[i].sample = &s;
    start_from_box (c, (float)x, (float)y, (float)width, attempts[i].shape);
  }
  return attempts;
}

void
learn_check (Cascade &c, const std::vector<Attempt> &faces, const std::vector<Attempt> &strangers)
{
  std::vector<Attempt> used;
  std::vector<float> is_face;

  for (const Attempt &a : faces)
    if (mean_error (a) < FITTED) {
      used.push_back (a);
      is_face.push_back (1);
    }
  for (const Attempt &a : strangers)
    if (mean_error (a) > MISSED) {
      used.push_back (a);
      is_face.push_back (-1);
    }
  Eigen::MatrixXf features = describe_last (c, used);
  Eigen::VectorXf target = Eigen::Map<Eigen::VectorXf> (is_face.data (), is_face.size ());
  Eigen::Index n = features.rows ();
  Eigen::MatrixXf gram = Eigen::MatrixXf::Zero (n, n);
  gram.selfadjointView<Eigen::Lower> ().rankUpdate (features);
  float ridge = (float)(RIDGE * gram.diagonal ().head (n - 1).mean ());
  gram.diagonal ().head (n - 1).array () += ridge;
  Eigen::VectorXf moments = features * target;
  Eigen::VectorXf weights = Eigen::LLT<Eigen::MatrixXf, Eigen::Lower> (gram).solve (moments);

  /* Platt scaling: slope and offset of a logistic curve over the projection, by Newton's method. */
  Eigen::VectorXf projection = features.transpose () * weights;
  double slope = 4, offset = 0;
  for (int round = 0; round < 30; round++) {
    double g0 = 0, g1 = 0, h00 = 1e-3, h01 = 0, h11 = 1e-3;
    for (Eigen::Index i = 0; i < projection.size (); i++) {
      double x = projection[i], p = 1 / (1 + exp (-(slope * x + offset)));
      double e = (target[i] > 0 ? 1 : 0) - p, v = p * (1 - p);
      g0 += e * x, g1 += e;
      h00 += v * x * x, h01 += v * x, h11 += v;
    }
    double det = h00 * h11 - h01 * h01;
    slope += (h11 * g0 - h01 * g1) / det;
    offset += (h00 * g1 - h01 * g0) / det;
  }
  c.check = (float)slope * weights;
  c.check[n - 1] += (float)offset;
}
