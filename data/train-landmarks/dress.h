/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on and around a face: beard, glasses, hair, background. Places in IPD. */
#pragma once

#include "anatomy/facial-points.h"
#include "anatomy/landmarks.h"
#include "random.h"

#include <opencv2/core.hpp>

/* A tile of hair-like texture with zero mean. */
cv::Mat make_texture ();

class Dress {
public:
  Dress (const MePoint rest[ME_N_LANDMARKS], bool dressed, const cv::Mat &texture, Random &random);

  float on_skin (float value, MePoint rest) const;                         /* beard, moustache */
  float before (float value, MePoint front) const;                         /* glasses, fringe */
  float behind (float value, float on_face, float x_px, float y_px) const; /* background */

private:
  const cv::Mat &texture;
  MePoint eyes[2];
  float nose, lips, lip_corner,
      chin; /* y of the nose base, the upper lip, the mouth corners, the chin */
  float beard = 0, moustache = 0, hair = 0, beard_length = 0, beard_shift = 0;
  float beard_cheek = 0, beard_soft = 0.1f, beard_grain = 0, beard_lip = 1;
  bool glasses = false, fringe = false, background = false;
  float lens_w = 0, lens_h = 0, rim = 0, square = 0, rim_grey = 0, tint = 0, shine = 0, shine_x = 0;
  float fringe_y = 0, fringe_slope = 0, fringe_grey = 0;
  float wall = 0, wall_texture = 0, wall_scale = 1;
  float phase = 0;

  float grain (float x, float y) const;
};
