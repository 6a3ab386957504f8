/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Photographs of faces with hand-placed points. */
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "anatomy/facial-points.h"
#include "anatomy/landmarks.h"

struct Photo
{
  std::string name;            /* file without folder and suffix: the person */
  std::vector<cv::Mat> levels; /* luma 0..255 as float, each half the size of the one before */
  MePoint landmarks[ME_N_LANDMARKS]; /* px of level 0 */
  std::vector<cv::Point2f> outline;  /* of the face, px of level 0; empty: unknown */
  float ipd;                         /* px of level 0 */
};

/* The photographs of a folder, sorted by name: every NAME.jpg that has a NAME.tem (Psychomorph
 * template of 189 points) or NAME.txt (the landmarks, one `x y` per row). table: how landmarks
 * follow from a template (data/landmarks-from-template.txt). Throws std::runtime_error. */
std::vector<Photo> load_photos (const std::string &folder, const std::string &table);
