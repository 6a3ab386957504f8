/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes a cascade in the format of src/finding/landmark-model.c: 8-bit weights, scaled per
 * descriptor.
 */
#pragma once

#include "cascade.h"

#include <cstdint>

std::vector<uint8_t> pack_model (const Cascade &cascade);
