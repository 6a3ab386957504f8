/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trains the check that tells well-fitted faces from everything else: backgrounds, rotated faces,
 * and faces that the fit missed. */
#pragma once

#include "cascade.h"

/* n pictures: half show faces, some of them rotated, half show none. */
std::vector<Sample> make_strangers (const std::vector<Photo> &people, size_t n, Random &random);

/* An attempt for each, from a box at random. */
std::vector<Attempt> start_strangers (
    const Cascade &cascade, const std::vector<Sample> &strangers, Random &random);

/* Sets cascade.check from attempts that went through all stages: faces fitted within 8 % IPD
 * against strangers missed by more than 20 %, mean error. */
void learn_check (
    Cascade &cascade, const std::vector<Attempt> &faces, const std::vector<Attempt> &strangers);
