/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Light, lens, sensor and codec. */
#pragma once

#include "random.h"

#include <opencv2/core.hpp>

/* Values 0..255 as float in, bytes out. ipd_px scales the blur. */
cv::Mat damage (const cv::Mat &image, float ipd_px, Random &random);

/* Objects before the face: hands, hair, microphones. Drawn in place. */
void occlude (cv::Mat &image, cv::Point2f face, float ipd_px, Random &random);
