/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every pixel is traced back from the picture to the turned head, the moving face, the face at rest
 * and the photograph. Places on the face are in IPD from the middle between the eyes, right and
 * down. */
#include "render.h"

#include "damage.h"
#include "dress.h"
#include "expression.h"
#include "head.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace {

constexpr int STEP_PX = 4;       /* grid on which the turn of the head is computed */
constexpr float SIDE_IPD = 4.4f; /* of the picture */
constexpr float MASK_REACH = 2.4f, MASK_PX = 128;

float
bilinear (const cv::Mat &image, float x, float y)
{
  x = std::clamp (x, 0.0f, image.cols - 1.001f);
  y = std::clamp (y, 0.0f, image.rows - 1.001f);
  int x0 = (int)x, y0 = (int)y;
  float fx = x - x0, fy = y - y0;
  const float *p = image.ptr<float> (y0) + x0, *q = image.ptr<float> (y0 + 1) + x0;
  return (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) + (q[0] * (1 - fx) + q[1] * fx) * fy;
}

/* The mapping back to the frontal face, on a coarse grid since it is smooth and expensive. */
class FrontalMap {
public:
  template <typename Back> FrontalMap (int size, const Head &head, Back back)
  {
    int side = size / STEP_PX + 2;
    nodes.create (side, side);
    for (int y = 0; y < side; y++)
      for (int x = 0; x < side; x++) {
        MePoint front = back ((float)(x * STEP_PX), (float)(y * STEP_PX));
        nodes (y, x) = { front.x, front.y, head.shade (front) };
      }
  }

  /* x and y on the frontal face, and the brightness there. */
  cv::Vec3f
  at (int x, int y) const
  {
    float fx = (float)(x % STEP_PX) / STEP_PX, fy = (float)(y % STEP_PX) / STEP_PX;
    int i = x / STEP_PX, j = y / STEP_PX;
    return (nodes (j, i) * (1 - fx) + nodes (j, i + 1) * fx) * (1 - fy) +
           (nodes (j + 1, i) * (1 - fx) + nodes (j + 1, i + 1) * fx) * fy;
  }

private:
  cv::Mat_<cv::Vec3f> nodes;
};

} // namespace

struct Renderer::Face
{
  const Photo *photo;
  MePoint origin, axis; /* px of the photo: middle between the eyes; vector from eye to eye */
  MePoint rest[ME_N_LANDMARKS];
  cv::Mat mask; /* 1 on the face, 0 elsewhere; empty: unknown */
  std::unique_ptr<Expression> expression;

  MePoint
  to_face (MePoint p) const
  {
    float x = p.x - origin.x, y = p.y - origin.y, n = axis.x * axis.x + axis.y * axis.y;
    return { (x * axis.x + y * axis.y) / n, (y * axis.x - x * axis.y) / n };
  }

  MePoint
  to_photo (MePoint p) const
  {
    return { origin.x + p.x * axis.x - p.y * axis.y, origin.y + p.x * axis.y + p.y * axis.x };
  }

  float
  skin (MePoint p, int level) const
  {
    MePoint at = to_photo (p);
    float scale = 1.0f / (float)(1 << level);
    return bilinear (
        photo->levels[level], (at.x + 0.5f) * scale - 0.5f, (at.y + 0.5f) * scale - 0.5f);
  }

  float
  on_face (MePoint p) const
  {
    float px = MASK_PX / (2 * MASK_REACH);
    return mask.empty () ? 1 : bilinear (mask, (p.x + MASK_REACH) * px, (p.y + MASK_REACH) * px);
  }
};

Renderer::Renderer (const std::vector<Photo> &photos) : texture (make_texture ())
{
  for (const Photo &photo : photos) {
    Face face;
    MePoint r = me_eye_center (photo.landmarks, ME_RIGHT);
    MePoint l = me_eye_center (photo.landmarks, ME_LEFT);
    face.photo = &photo;
    face.origin = { (r.x + l.x) / 2, (r.y + l.y) / 2 };
    face.axis = { l.x - r.x, l.y - r.y };
    for (int i = 0; i < ME_N_LANDMARKS; i++)
      face.rest[i] = face.to_face (photo.landmarks[i]);
    if (!photo.outline.empty ()) {
      std::vector<cv::Point> polygon;
      for (cv::Point2f p : photo.outline) {
        MePoint q = face.to_face ({ p.x, p.y });
        polygon.emplace_back ((int)lround ((q.x + MASK_REACH) * MASK_PX / (2 * MASK_REACH)),
            (int)lround ((q.y + MASK_REACH) * MASK_PX / (2 * MASK_REACH)));
      }
      face.mask = cv::Mat::zeros ((int)MASK_PX, (int)MASK_PX, CV_32F);
      cv::fillPoly (face.mask, std::vector<std::vector<cv::Point> >{ polygon }, 1.0);
      cv::GaussianBlur (face.mask, face.mask, cv::Size (), 0.8);
    }
    face.expression = std::make_unique<Expression> (face.rest);
    faces.push_back (std::move (face));
  }
}

Renderer::~Renderer () = default;

Sample
Renderer::render (size_t person, const Variety &variety, Random &random) const
{
  const Face &face = faces[person];
  bool mirrored = chance (random, 0.5);
  float ipd = (float)exp (uniform (random, log (variety.min_ipd_px), log (variety.max_ipd_px)));
  int size = (int)(SIDE_IPD * ipd), level = 0;
  Head head (variety.pose, variety.damage, random);
  Dress dress (face.rest, variety.dress, texture, random);
  cv::Mat image (size, size, CV_32F);
  Sample sample;

  float closure = variety.closure;
  if (variety.any_closure)
    closure = (float)std::clamp (uniform (random, -0.5, 1.5), 0.0, 1.0);
  face.expression->draw (variety.expressions, variety.open_mouth, closure, random);
  while (level < (int)face.photo->levels.size () - 1 && face.photo->ipd > ipd * (float)(2 << level))
    level++;
  float cx = size / 2.0f + (float)uniform (random, -0.1, 0.1) * ipd;
  float cy = size * 0.42f + (float)uniform (random, -0.1, 0.1) * ipd;
  FrontalMap frontal (size, head, [&] (float x, float y) {
    return head.back ({ (x - cx) / ipd * (mirrored ? -1 : 1), (y - cy) / ipd });
  });
  for (int y = 0; y < size; y++) {
    float *row = image.ptr<float> (y);
    for (int x = 0; x < size; x++) {
      cv::Vec3f node = frontal.at (x, y);
      MePoint front = { node[0], node[1] };
      float inside = 0;
      MePoint rest = face.expression->back (front, &inside);
      float value = face.skin (rest, level);
      value = dress.on_skin (face.expression->eye (value, rest), rest);
      value = dress.behind (value, face.on_face (rest), (float)x, (float)y);
      if (inside > 0)
        value = face.expression->mouth (front, inside);
      row[x] = dress.before (value * node[2], front);
    }
  }
  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    MePoint p = head.forth (face.expression->forth (i));
    int to = mirrored ? (int)me_landmark_mirror (i) : i;
    sample.landmarks[to] = { cx + (mirrored ? -p.x : p.x) * ipd, cy + p.y * ipd };
  }
  if (variety.dress && chance (random, 0.15))
    occlude (image, { cx, cy + 0.5f * ipd }, ipd, random);
  sample.person = person;
  sample.ipd = ipd;
  if (variety.damage)
    sample.image = damage (image, ipd, random);
  else
    image.convertTo (sample.image, CV_8U);
  return sample;
}
