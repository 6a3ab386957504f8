/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One value over time, the newest samples of it, and where a hump on it begins and ends. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_CURVE_SAMPLES 1024 /* a power of two; at least 15 s of measurements */

/* A flank is extrapolated to its foot as if it were a raised cosine, from where it crosses these
 * shares of its height: foot = low + 1.24 (low - high). The foot itself drowns in noise. */
#define ME_FLANK_HIGH 0.75f
#define ME_FLANK_LOW 0.30f
#define ME_FLANK_FOOT 1.24f

typedef struct
{
  guint64 time_ns[ME_CURVE_SAMPLES];
  float value[ME_CURVE_SAMPLES];
  guint n; /* added so far */
} MeCurve;

void me_curve_add (MeCurve *curve, guint64 time_ns, float value);

/* The newest sample; 0 when there is none. */
float me_curve_newest (const MeCurve *curve);
guint64 me_curve_newest_ns (const MeCurve *curve);

/* Least value from `from_ns` to `to_ns`, or `otherwise` when none is held. */
float me_curve_least (const MeCurve *curve, guint64 from_ns, guint64 to_ns, float otherwise);

/* The foot of the hump whose top is at peak_ns and stands `height` over `base`: before it
 * (direction -1) or after it (+1). Never outside of what is held. */
guint64 me_curve_foot (
    const MeCurve *curve, guint64 peak_ns, int direction, float base, float height);

G_END_DECLS
