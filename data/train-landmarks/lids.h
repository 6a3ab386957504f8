/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trains the model that follows the lids (src/following/lids.c): it moves the landmarks of the eyes
 * alone, in the crop of a face that is followed, and begins each time with open eyes. */
#pragma once

#include "attempts.h"

/* each: pictures rendered of each person. */
Cascade train_lids (const std::vector<Photo> &people, size_t each, guint64 seed);

/* Prints how far the lids of other people are apart for the model when they close. */
void report_lids (
    const MeLandmarkModel &model, const std::vector<Photo> &unseen, size_t each, guint64 seed);
