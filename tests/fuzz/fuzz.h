/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every target here offers: to libFuzzer, or to replay.c. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Takes bytes that came from outside; crashes, or asserts, when they do harm. Returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
