/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The accuracy of a model on people that it was not trained on. */
#pragma once

#include "attempts.h"

float quantile (std::vector<float> values, double q);

/* Prints one line per landmark and per group for pictures of all kinds, lines for open mouths and
 * for undisturbed frontal faces, and the time of a fit. With the file of dlib's 68-point model,
 * also its errors on the shared landmarks of the same pictures. Returns the median error over all,
 * % IPD. */
float report (const MeLandmarkModel &model, const Cascade &cascade,
    const std::vector<Photo> &unseen, size_t each, const BoxHabit &habit, guint64 seed,
    const char *dlib_file);

/* Distance between the results of the packed model and of the cascade in floating point, % IPD:
 * 99th percentile. */
float packing_error (
    const MeLandmarkModel &model, const Cascade &cascade, const std::vector<Attempt> &starts);
