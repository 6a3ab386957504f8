/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table that tests/bench/accuracy prints. */
#pragma once

#include "accuracy-play.h"

G_BEGIN_DECLS

void print_head (void);

/* The rows of one tier: one a kind, then what was read from micro-expressions that were found. */
void print_tier (const Tier *tier, const Score *score);

/* Confidence against how many were true, one line a kind. */
void print_calibration (const Score *score);

/* Truths and reports of one clip, in the order of their onsets: = found, - missed, + false; `=` is
 * followed by what was reported. */
void print_list (const Play *play);

G_END_DECLS
