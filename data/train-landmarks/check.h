/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Learns to tell a face that is fitted from everything else: walls, hair, hands, badges, faces that
 * were missed. */
#pragma once

#include "cascade.h"

/* Things that are no faces, or not where the start is. */
std::vector<Sample> make_strangers (const std::vector<Photo> &people, size_t n, Random &random);

/* Where the search begins in them. */
std::vector<Attempt> start_strangers (
    const Cascade &cascade, const std::vector<Sample> &strangers, Random &random);

/* Sets cascade.check from attempts that went through all stages; a fit worse than a tenth of the
 * IPD is no fit. */
void learn_check (
    Cascade &cascade, const std::vector<Attempt> &faces, const std::vector<Attempt> &strangers);
