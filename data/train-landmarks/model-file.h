/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes a cascade as src/finding/landmark-model.h reads it: weights in 8 bits, scaled per
 * descriptor. */
#pragma once

#include "cascade.h"

#include <cstdint>

std::vector<uint8_t> pack_model (const Cascade &cascade);
