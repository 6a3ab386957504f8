/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "dress.h"

#include <opencv2/imgproc.hpp>

namespace {

constexpr int TILE_PX = 256;
constexpr float TILE_IPD = 2.0f;

float
ramp (float t)
{
  t = std::clamp (t, 0.0f, 1.0f);
  return t * t * (3 - 2 * t);
}

float
mix (float a, float b, float share)
{
  return a + share * (b - a);
}

} // namespace

cv::Mat
make_texture ()
{
  cv::RNG numbers (1);
  cv::Mat fine (TILE_PX, TILE_PX, CV_32F), coarse;

  numbers.fill (fine, cv::RNG::NORMAL, 0, 1);
  cv::GaussianBlur (fine, coarse, cv::Size (), 5, 9);
  cv::GaussianBlur (fine, fine, cv::Size (), 0.8, 2.5);
  return fine * 1.6 + coarse * 9;
}

Dress::Dress (
    const MePoint rest[ME_N_LANDMARKS], bool dressed, const cv::Mat &hairs, Random &random)
    : texture (hairs)
{
  eyes[0] = me_eye_center (rest, ME_RIGHT);
  eyes[1] = me_eye_center (rest, ME_LEFT);
  nose = rest[ME_LANDMARK_NOSE_BASE_MIDDLE].y;
  lips = rest[ME_LANDMARK_UPPER_LIP_MIDDLE].y;
  lip_corner = (rest[ME_LANDMARK_RIGHT_LIP_CORNER].y + rest[ME_LANDMARK_LEFT_LIP_CORNER].y) / 2;
  chin = rest[ME_LANDMARK_CHIN_MIDDLE].y;
  phase = (float)uniform (random, 0, TILE_IPD);
  if (!dressed)
    return;
  if (chance (random, 0.4)) {
    beard = chance (random, 0.8) ? (float)uniform (random, 0.2, 0.95) : 0;
    moustache = chance (random, 0.7) ? (float)uniform (random, 0.3, 0.95) : 0;
    hair = (float)uniform (random, 15, 140);
    beard_length = (float)uniform (random, 0, 0.5);
    beard_shift = (float)uniform (random, -0.1, 0.15);
    beard_cheek = (float)uniform (random, -0.1, 0.35);
    beard_soft = (float)uniform (random, 0.04, 0.2);
    beard_grain = (float)uniform (random, 0.1, 0.4);
    beard_lip = (float)uniform (random, 0.3, 1.1);
  }
  glasses = chance (random, 0.22);
  lens_w = (float)uniform (random, 0.3, 0.46);
  lens_h = (float)uniform (random, 0.18, 0.38);
  rim = (float)uniform (random, 0.012, 0.06);
  square = (float)uniform (random, 2, 5);
  rim_grey =
      chance (random, 0.75) ? (float)uniform (random, 5, 70) : (float)uniform (random, 100, 200);
  tint = (float)uniform (random, 0.8, 1.0);
  shine = chance (random, 0.4) ? (float)uniform (random, 20, 120) : 0;
  shine_x = (float)uniform (random, -0.3, 0.3);
  fringe = chance (random, 0.12);
  fringe_y = (float)uniform (random, -0.75, -0.3);
  fringe_slope = (float)uniform (random, -0.5, 0.5);
  fringe_grey = (float)uniform (random, 15, 170);
  background = chance (random, 0.4);
  wall = (float)uniform (random, 5, 240);
  wall_texture = chance (random, 0.6) ? (float)uniform (random, 5, 60) : 0;
  wall_scale = (float)exp (uniform (random, -3, 0));
}

/* The texture at a place in IPD, tiled. */
float
Dress::grain (float x, float y) const
{
  int u = (int)floorf ((x + phase) * TILE_PX / TILE_IPD), v = (int)floorf (y * TILE_PX / TILE_IPD);
  return texture.at<float> (v & (TILE_PX - 1), u & (TILE_PX - 1));
}

float
Dress::on_skin (float value, MePoint p) const
{
  float side = fabsf (p.x), share = 0;

  if (beard > 0) {
    float soft = beard_soft;
    float below_lip = lip_corner + 0.2f + beard_shift, cheek = nose + beard_cheek;
    float top = side < 0.5f ? mix (below_lip, cheek, ramp (side / 0.5f))
                            : mix (cheek, 0.25f, ramp ((side - 0.5f) / 0.5f));
    float lip = (p.x * p.x) / (0.42f * 0.42f) +
                (p.y - lip_corner - 0.04f) * (p.y - lip_corner - 0.04f) / (0.17f * 0.17f);
    share = beard * ramp ((p.y - top) / soft) * ramp ((chin + beard_length - p.y) / soft + 1) *
            ramp ((lip - beard_lip) * 2) * ramp ((1.12f - side) / soft);
  }
  if (moustache > 0 && side < 0.5f) {
    float low = lips + 0.3f * side, high = nose + 0.06f;
    share = std::max (share, moustache * ramp ((p.y - high) / 0.06f) *
                                 ramp ((low - p.y) / 0.06f + 0.5f) * ramp ((0.48f - side) / 0.1f));
  }
  if (share <= 0)
    return value;
  return mix (
      value, std::max (0.0f, hair * (1 + beard_grain * grain (1.6f * p.x, 1.6f * p.y))), share);
}

float
Dress::before (float value, MePoint p) const
{
  for (int i = 0; glasses && i < 2; i++) {
    float x = fabsf (p.x - eyes[i].x * 1.02f) / lens_w,
          y = fabsf (p.y - eyes[i].y - 0.05f) / lens_h;
    float r = powf (powf (x, square) + powf (y, square), 1 / square);
    float width = rim / std::min (lens_w, lens_h);
    if (r < 1) {
      float streak = p.x - eyes[i].x - shine_x + 0.7f * p.y;
      value = value * tint + shine * expf (-streak * streak / 0.01f);
    }
    value = mix (value, rim_grey, ramp (1.5f - fabsf (r - 1) / width));
  }
  if (glasses) {
    float side = fabsf (p.x), inner = fabsf (eyes[0].x) - lens_w,
          outer = fabsf (eyes[0].x) + lens_w;
    if (side < inner || (side > outer && side < 1.15f))
      value = mix (value, rim_grey,
          ramp (1.5f - fabsf (p.y - (side < inner ? 0.0f : -0.03f)) / (0.7f * rim)));
  }
  if (fringe) {
    float edge = fringe_y + fringe_slope * p.x * 0.3f + 0.05f * grain (p.x, 0);
    value = mix (value, std::max (0.0f, fringe_grey * (1 + 0.3f * grain (p.x, p.y))),
        ramp ((edge - p.y) / 0.08f));
  }
  return value;
}

float
Dress::behind (float value, float on_face, float x_px, float y_px) const
{
  if (!background || on_face >= 1)
    return value;
  float there = wall + wall_texture * grain (x_px * wall_scale * 0.1f, y_px * wall_scale * 0.1f);
  return mix (std::clamp (there, 0.0f, 255.0f), value, on_face);
}
