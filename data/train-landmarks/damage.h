/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Simulates light, lens, sensor and codec, and objects in front of the face. */
#pragma once

#include "random.h"

#include <opencv2/core.hpp>

/* In: floats 0..255. Out: bytes. ipd_px scales the blur. */
cv::Mat damage (const cv::Mat &image, float ipd_px, Random &random);

/* Draws an object in front of the face, like a hand, hair or a microphone. In place. */
void occlude (cv::Mat &image, cv::Point2f face, float ipd_px, Random &random);
