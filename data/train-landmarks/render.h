/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures for training and testing: a photograph whose face moves, opens its mouth, closes its
 * eyes, turns, wears glasses or a beard, is badly lit and degraded; and where its landmarks then
 * are. Everything depends on the random numbers only. */
#pragma once

#include "photos.h"
#include "random.h"

/* A picture of one face, upright or not. */
struct Sample
{
  size_t person;                     /* index of the photo */
  cv::Mat image;                     /* CV_8UC1 */
  MePoint landmarks[ME_N_LANDMARKS]; /* px */
  float ipd;                         /* px; of the face seen from the front */
};

/* What is varied. */
struct Variety
{
  bool expressions = true;  /* action units, opened mouth, closed eyes */
  bool open_mouth = false;  /* always */
  bool pose = true;         /* rotation, yaw, pitch */
  bool dress = true;        /* glasses, beards, hair, hands, backgrounds */
  bool damage = true;       /* light, blur, noise, compression */
  float closure = -1;       /* of the lids; negative: mostly open */
  bool any_closure = false; /* every one as often, with open and shut ones more often */
  float min_ipd_px = 24, max_ipd_px = 64;
};

class Renderer {
public:
  explicit Renderer (const std::vector<Photo> &photos);
  ~Renderer ();

  Sample render (size_t person, const Variety &variety, Random &random) const;

private:
  struct Face;
  std::vector<Face> faces;
  cv::Mat texture; /* hair */
};
