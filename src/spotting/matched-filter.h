/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much of a short pulse of a given width each facial point shows around a moment.
 *
 * One zero-mean raised-cosine kernel a scale: it carries its own local baseline and slope, so no
 * running baseline is needed. */
#pragma once

#include "series.h"

G_BEGIN_DECLS

#define ME_N_SCALES 7
#define ME_MAX_HALF_TAPS 38 /* cells on either side of the middle */

extern const float me_scale_s[ME_N_SCALES]; /* width of the pulse, seconds */

typedef struct
{
  int half[ME_N_SCALES]; /* cells that must lie on either side */
  float taps[ME_N_SCALES][2 * ME_MAX_HALF_TAPS + 1];
} MeMatchedFilter;

void me_matched_filter_init (MeMatchedFilter *filter);

/* Pulse height of each point around the middle of `cell`, % IPD. The cells cell - half ..
 * cell + half must be held by the series. */
void me_matched_filter_run (const MeMatchedFilter *filter, const MeSeries *series, gint64 cell,
    int scale, MePoint height[ME_LANES / 2]);

G_END_DECLS
