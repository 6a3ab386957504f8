/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion is a thin-plate spline through the facial points of both photographs, refined by dense
 * inverse search (Kroeger et al. 2016) where that stays near the spline. No knowledge of action
 * units takes part. */
#include "morph.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>
#include <vector>

namespace {

constexpr int SIZE = 640;       /* of the face that is registered, px */
constexpr float IPD = 150;      /* in it */
constexpr float EYE_Y = 230;    /* of its eye line */
constexpr float SMOOTH = 0.04f; /* IPD: of the motion */
constexpr float TRUST = 0.05f;  /* IPD that the dense motion may differ from the spline */
constexpr int INVERSE_STEPS = 6;
constexpr int NOISE_SPARE = 1 << 18;

cv::Point2f
point (const MePoint &p)
{
  return { p.x, p.y };
}

/* Least-squares similarity from a to b, each pair by its weight: a 2 x 3 matrix. */
cv::Mat
similarity (const std::vector<cv::Point2f> &a, const std::vector<cv::Point2f> &b,
    const std::vector<float> &w)
{
  cv::Mat m ((int)a.size () * 2, 4, CV_64F), y ((int)a.size () * 2, 1, CV_64F), x;

  for (int i = 0; i < (int)a.size (); i++) {
    double k = std::sqrt (w[i]);
    cv::Mat (cv::Matx14d (k * a[i].x, -k * a[i].y, k, 0)).copyTo (m.row (2 * i));
    cv::Mat (cv::Matx14d (k * a[i].y, k * a[i].x, 0, k)).copyTo (m.row (2 * i + 1));
    y.at<double> (2 * i) = k * b[i].x;
    y.at<double> (2 * i + 1) = k * b[i].y;
  }
  cv::solve (m, y, x, cv::DECOMP_SVD);
  double c = x.at<double> (0), s = x.at<double> (1);
  return (cv::Mat_<double> (2, 3) << c, -s, x.at<double> (2), s, c, x.at<double> (3));
}

std::vector<cv::Point2f>
mapped (const std::vector<cv::Point2f> &points, const cv::Mat &m)
{
  std::vector<cv::Point2f> out;
  cv::transform (points, out, m);
  return out;
}

double
plate (double r2)
{
  return r2 > 0 ? r2 * std::log (r2) : 0;
}

/* Displacements of all pixels, from those of some points (Bookstein 1989), a little relaxed. */
cv::Mat
spline (const std::vector<cv::Point2f> &at, const std::vector<cv::Point2f> &motion)
{
  int n = (int)at.size ();
  cv::Mat a = cv::Mat::zeros (n + 3, n + 3, CV_64F), b = cv::Mat::zeros (n + 3, 2, CV_64F), x;

  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      cv::Point2f d = (at[i] - at[j]) / IPD;
      a.at<double> (i, j) = i == j ? 0.05 : plate (d.dot (d));
    }
    double basis[3] = { 1, at[i].x / IPD, at[i].y / IPD };
    for (int k = 0; k < 3; k++)
      a.at<double> (i, n + k) = a.at<double> (n + k, i) = basis[k];
    b.at<double> (i, 0) = motion[i].x;
    b.at<double> (i, 1) = motion[i].y;
  }
  cv::solve (a, b, x, cv::DECOMP_SVD);

  const int step = 8;
  cv::Mat coarse (SIZE / step, SIZE / step, CV_32FC2), dense;
  for (int v = 0; v < coarse.rows; v++)
    for (int u = 0; u < coarse.cols; u++) {
      cv::Point2f p ((u + 0.5f) * step - 0.5f, (v + 0.5f) * step - 0.5f);
      double sum[2];
      for (int c = 0; c < 2; c++) {
        sum[c] = x.at<double> (n, c) + x.at<double> (n + 1, c) * p.x / IPD +
                 x.at<double> (n + 2, c) * p.y / IPD;
        for (int i = 0; i < n; i++) {
          cv::Point2f d = (p - at[i]) / IPD;
          sum[c] += x.at<double> (i, c) * plate (d.dot (d));
        }
      }
      coarse.at<cv::Vec2f> (v, u) = cv::Vec2f ((float)sum[0], (float)sum[1]);
    }
  cv::resize (coarse, dense, cv::Size (SIZE, SIZE), 0, 0, cv::INTER_CUBIC);
  return dense;
}

/* 1 on the face, 0 outside. */
cv::Mat
face_mask ()
{
  cv::Mat mask = cv::Mat::zeros (SIZE, SIZE, CV_32F), soft;
  cv::ellipse (mask, cv::Point (SIZE / 2, (int)(EYE_Y + 0.5f * IPD)),
      cv::Size ((int)(1.1f * IPD), (int)(1.6f * IPD)), 0, 0, 360, 1, cv::FILLED);
  cv::GaussianBlur (mask, soft, cv::Size (), 0.1 * IPD);
  return soft;
}

/* The dense motion, refined from the spline. */
cv::Mat
refine (const cv::Mat &from, const cv::Mat &to, const cv::Mat &first)
{
  cv::Ptr<cv::DISOpticalFlow> dis = cv::DISOpticalFlow::create (cv::DISOpticalFlow::PRESET_MEDIUM);
  cv::Mat flow = first.clone (), smooth;

  dis->setFinestScale (1);
  dis->calc (from, to, flow);
  for (int v = 0; v < SIZE; v++)
    for (int u = 0; u < SIZE; u++) {
      cv::Vec2f s = first.at<cv::Vec2f> (v, u), d = flow.at<cv::Vec2f> (v, u) - s;
      float length = (float)cv::norm (d), limit = TRUST * IPD;
      flow.at<cv::Vec2f> (v, u) = s + (length > limit ? d * (limit / length) : d);
    }
  cv::GaussianBlur (flow, smooth, cv::Size (), SMOOTH * IPD);
  return smooth;
}

cv::Mat
grid ()
{
  cv::Mat m (SIZE, SIZE, CV_32FC2);
  for (int v = 0; v < SIZE; v++)
    for (int u = 0; u < SIZE; u++)
      m.at<cv::Vec2f> (v, u) = cv::Vec2f ((float)u, (float)v);
  return m;
}

} // namespace

struct _Morph
{
  cv::Mat photo;   /* all of the first one, gray */
  cv::Mat to_face; /* photo -> registered face, 2 x 3 */
  cv::Mat face, motion, identity, noise;
  MePoint at_points[ME_N_POINTS]; /* the motion there, % IPD */
  float strength;
  cv::RNG random;
};

static std::vector<cv::Point2f>
points_of (const MorphPhoto *photo)
{
  std::vector<cv::Point2f> points;
  for (int i = 0; i < ME_N_POINTS; i++)
    points.push_back (point (photo->points[i]));
  return points;
}

/* Where the eyes of a face shall lie, from its four eye corners' mean on each side. */
static cv::Mat
place_face (const std::vector<cv::Point2f> &points)
{
  cv::Point2f eye[2] = {};
  float n[2] = {};
  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature == ME_FEATURE_EYE_CORNER) {
      int side = me_facial_points[i].side == ME_LEFT;
      eye[side] += points[i];
      n[side]++;
    }
  return similarity ({ eye[0] / n[0], eye[1] / n[1] },
      { { (SIZE - IPD) / 2, EYE_Y }, { (SIZE + IPD) / 2, EYE_Y } }, { 1, 1 });
}

/* The second photograph, laid over the first by what sits on bone. */
static cv::Mat
lay_over (const std::vector<cv::Point2f> &from, const std::vector<cv::Point2f> &to)
{
  std::vector<float> weight;
  for (int i = 0; i < ME_N_POINTS; i++)
    weight.push_back (std::pow (me_facial_points[i].rigid_weight, 3.0f));
  return similarity (to, from, weight);
}

Morph *
morph_new (const MorphPhoto *from, const MorphPhoto *to, guint seed)
{
  Morph *morph = new Morph ();
  cv::Mat second (to->height, to->width, CV_8U, to->pixels), second_face;
  std::vector<cv::Point2f> a = points_of (from), b = points_of (to), motion;

  morph->photo = cv::Mat (from->height, from->width, CV_8U, from->pixels).clone ();
  morph->random = cv::RNG (seed);
  morph->to_face = place_face (a);
  a = mapped (a, morph->to_face);
  cv::Mat over = lay_over (a, b);
  b = mapped (b, over);
  cv::warpAffine (morph->photo, morph->face, morph->to_face, cv::Size (SIZE, SIZE), cv::INTER_AREA,
      cv::BORDER_REPLICATE);
  cv::warpAffine (
      second, second_face, over, cv::Size (SIZE, SIZE), cv::INTER_AREA, cv::BORDER_REPLICATE);
  for (int i = 0; i < ME_N_POINTS; i++)
    motion.push_back (b[i] - a[i]);
  morph->motion = refine (morph->face, second_face, spline (a, motion));
  cv::Mat mask = face_mask ();
  for (int v = 0; v < SIZE; v++)
    for (int u = 0; u < SIZE; u++)
      morph->motion.at<cv::Vec2f> (v, u) *= mask.at<float> (v, u);
  morph->identity = grid ();
  for (int i = 0; i < ME_N_POINTS; i++) {
    cv::Point p (std::clamp ((int)a[i].x, 0, SIZE - 1), std::clamp ((int)a[i].y, 0, SIZE - 1));
    cv::Vec2f m = morph->motion.at<cv::Vec2f> (p) * (100 / IPD);
    morph->at_points[i] = { m[0], m[1] };
    if (me_facial_points[i].feature != ME_FEATURE_JAW)
      morph->strength = std::max (morph->strength, (float)cv::norm (m));
  }
  return morph;
}

void
morph_free (Morph *morph)
{
  delete morph;
}

float
morph_strength (const Morph *morph)
{
  return morph->strength;
}

void
morph_motion (const Morph *morph, MePoint motion[ME_N_POINTS])
{
  std::copy_n (morph->at_points, ME_N_POINTS, motion);
}

/* The face with a part of its motion. */
static cv::Mat
moved_face (const Morph *morph, float part)
{
  cv::Mat source = morph->identity.clone (), motion, face;

  if (part <= 0)
    return morph->face;
  for (int i = 0; i < INVERSE_STEPS; i++) { /* source + part motion (source) = place */
    cv::remap (
        morph->motion, motion, source, cv::noArray (), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    source = morph->identity - part * motion;
  }
  cv::remap (morph->face, face, source, cv::noArray (), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  return face;
}

/* Another stretch of the same long noise in each frame. */
static cv::Mat
draw_noise (Morph *morph, int width, int height)
{
  int all = width * height + NOISE_SPARE;

  if (morph->noise.cols != all) {
    morph->noise.create (1, all, CV_32F);
    morph->random.fill (morph->noise, cv::RNG::NORMAL, 0, 1);
  }
  return cv::Mat (
      height, width, CV_32F, morph->noise.ptr<float> () + morph->random.uniform (0, NOISE_SPARE));
}

/* From the registered face to the frame, 3 x 3. */
static cv::Mat
to_frame (const MorphView *view)
{
  double scale = view->ipd_px / IPD, c = scale * std::cos (view->turn),
         s = scale * std::sin (view->turn);
  double x = SIZE / 2.0, y = EYE_Y + 0.6 * IPD; /* comes to lie in the middle */

  return (cv::Mat_<double> (3, 3) << c, -s, view->width / 2.0 + view->dx - c * x + s * y, s, c,
      view->height / 2.0 + view->dy - s * x - c * y, 0, 0, 1);
}

void
morph_render (Morph *morph, const MorphView *view, guint8 *luma)
{
  cv::Mat frame (view->height, view->width, CV_8U, luma), wide, bright;
  cv::Mat place = to_frame (view), around = cv::Mat::eye (3, 3, CV_64F);

  morph->to_face.copyTo (around.rowRange (0, 2));
  around = place * around;
  cv::warpAffine (morph->photo, wide, around.rowRange (0, 2), frame.size (), cv::INTER_LINEAR,
      cv::BORDER_REPLICATE);
  cv::warpAffine (moved_face (morph, view->part), wide, place.rowRange (0, 2), frame.size (),
      cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
  wide.convertTo (bright, CV_32F, view->gain);
  cv::scaleAdd (draw_noise (morph, view->width, view->height), view->noise, bright, bright);
  bright.convertTo (frame, CV_8U);
}
