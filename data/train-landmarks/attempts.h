/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where fitting begins, and how far from the truth it ends. */
#pragma once

#include "cascade.h"

/* How dlib's face detector places its boxes, against the mean shape fitted to the face: middle of
 * the patch minus that of the box, and side of the patch, in widths of the box. */
struct BoxHabit
{
  double x, y, side;                      /* mean */
  double x_spread, y_spread, side_spread; /* standard deviation */
};

/* Measured on pictures of these people. Throws when the detector finds hardly any. */
BoxHabit measure_boxes (const Cascade &cascade, const std::vector<Photo> &people, guint64 seed);

/* The shape that a box starts with. */
void start_from_box (const Cascade &cascade, float x, float y, float width, MePoint *shape);

/* Every sample with a box such as the detector would draw, a little more scattered. */
std::vector<Attempt> start_faces (const Cascade &cascade, const std::vector<Sample> &samples,
    const BoxHabit &habit, Random &random);

/* Pictures of each of the people, in turn; each follows from the seed and its number. */
std::vector<Sample> render_all (
    const std::vector<Photo> &people, size_t each, const Variety &variety, guint64 seed);

/* Distance of a landmark from the truth, % of the IPD. */
float error_of (const Attempt &attempt, int landmark);
float mean_error (const Attempt &attempt);
