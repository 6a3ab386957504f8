/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of what a model reaches on people it was not trained on. */
#pragma once

#include "attempts.h"

/* Prints a line a landmark, then a line a group, for pictures of all kinds; a line for opened
 * mouths, one for undisturbed frontal faces; the time of a fit; and, with the file of dlib's
 * 68-point model, the shared landmarks of the same pictures beside. Returns the median error over
 * all, % IPD. */
float report (const MeLandmarkModel &model, const Cascade &cascade,
    const std::vector<Photo> &unseen, size_t each, const BoxHabit &habit, guint64 seed,
    const char *dlib_file);

/* How far the packed model ends from the cascade in floating point, % IPD: 99th percentile. */
float packing_error (
    const MeLandmarkModel &model, const Cascade &cascade, const std::vector<Attempt> &starts);
