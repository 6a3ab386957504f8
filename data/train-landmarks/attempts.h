/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where fits start, and how far from the truth they end. */
#pragma once

#include "cascade.h"

/* How dlib's face detector places its boxes, relative to the mean shape fitted to the face: centre
 * of the patch minus centre of the box, and side of the patch, in box widths. */
struct BoxHabit
{
  double x, y, side;                      /* mean */
  double x_spread, y_spread, side_spread; /* standard deviation */
};

/* Measured on pictures of these people. Throws when the detector finds too few. */
BoxHabit measure_boxes (const Cascade &cascade, const std::vector<Photo> &people, guint64 seed);

/* The initial shape for a box with its middle at (x, y). */
void start_from_box (const Cascade &cascade, float x, float y, float width, MePoint *shape);

/* An attempt per sample, from a box like the detector's, somewhat more scattered. */
std::vector<Attempt> start_faces (const Cascade &cascade, const std::vector<Sample> &samples,
    const BoxHabit &habit, Random &random);

/* `each` pictures of each person, the people in turn; each depends on the seed and its number only.
 */
std::vector<Sample> render_all (
    const std::vector<Photo> &people, size_t each, const Variety &variety, guint64 seed);

/* Distance of a landmark from the truth, % of the IPD. */
float error_of (const Attempt &attempt, int landmark);
float mean_error (const Attempt &attempt);
