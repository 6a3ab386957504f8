/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The latest samples of one value over time, and where a peak on it begins and ends. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_CURVE_SAMPLES 1024 /* a power of two; at least 15 s of measurements */

/* The foot of a flank is lost in noise. It is extrapolated from where the flank crosses these
 * shares of its height, as if it were a raised cosine: foot = low + 1.24 (low - high). */
#define ME_FLANK_HIGH 0.75f
#define ME_FLANK_LOW 0.30f
#define ME_FLANK_FOOT 1.24f

typedef struct
{
  guint64 time_ns[ME_CURVE_SAMPLES];
  float value[ME_CURVE_SAMPLES];
  guint n; /* samples added so far, also those overwritten */
} MeCurve;

void me_curve_add (MeCurve *curve, guint64 time_ns, float value);

/* The newest sample; 0 when there is none. */
float me_curve_newest (const MeCurve *curve);
guint64 me_curve_newest_ns (const MeCurve *curve);

/* The smaller of `otherwise` and every sample held from `from_ns` to `to_ns`. */
float me_curve_least (const MeCurve *curve, guint64 from_ns, guint64 to_ns, float otherwise);

/* Time of the foot before (direction -1) or after (+1) the peak at peak_ns, which rises `height`
 * above `base`. Never before the oldest sample held. */
guint64 me_curve_foot (
    const MeCurve *curve, guint64 peak_ns, int direction, float base, float height);

/* A flank of a peak: from it to the lowest sample before the curve rises again, on a curve that may
 * have other peaks beside it. */
typedef struct
{
  guint64 valley_ns, foot_ns; /* the foot: extrapolated, never beyond the valley */
  float valley;
} MeCurveFlank;

/* The flank before (direction -1) or after (+1) the peak at peak_ns, up to limit_ns. It ends where
 * the curve, once it is lower than `half`, rises by more than the share `again` of its fall. */
MeCurveFlank me_curve_flank (const MeCurve *curve, guint64 peak_ns, int direction, guint64 limit_ns,
    float half, float again);

G_END_DECLS
