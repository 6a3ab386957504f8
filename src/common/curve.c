/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "curve.h"

void
me_curve_add (MeCurve *c, guint64 time_ns, float value)
{
  c->time_ns[c->n % ME_CURVE_SAMPLES] = time_ns;
  c->value[c->n++ % ME_CURVE_SAMPLES] = value;
}

float
me_curve_newest (const MeCurve *c)
{
  return c->n ? c->value[(c->n - 1) % ME_CURVE_SAMPLES] : 0;
}

guint64
me_curve_newest_ns (const MeCurve *c)
{
  return c->n ? c->time_ns[(c->n - 1) % ME_CURVE_SAMPLES] : 0;
}

static guint
oldest (const MeCurve *c)
{
  return c->n > ME_CURVE_SAMPLES ? c->n - ME_CURVE_SAMPLES : 0;
}

float
me_curve_least (const MeCurve *c, guint64 from_ns, guint64 to_ns, float otherwise)
{
  float least = otherwise;

  for (guint i = c->n; i-- > oldest (c);) {
    guint k = i % ME_CURVE_SAMPLES;
    if (c->time_ns[k] < from_ns)
      break;
    if (c->time_ns[k] <= to_ns)
      least = MIN (least, c->value[k]);
  }
  return least;
}

/* Index of the sample at peak_ns, or the one before it. */
static guint
find (const MeCurve *c, guint64 peak_ns)
{
  guint i = c->n - 1;

  while (i > oldest (c) && c->time_ns[i % ME_CURVE_SAMPLES] > peak_ns)
    i--;
  return i;
}

/* Time from the peak outwards to where the curve falls through a level, interpolated linearly
 * between samples. */
static double
crossing (const MeCurve *c, guint peak, int direction, float level)
{
  guint last = direction < 0 ? oldest (c) : c->n - 1, i = peak;
  double peak_ns = (double)c->time_ns[peak % ME_CURVE_SAMPLES];

  for (; i != last; i += (guint)direction) {
    guint k = i % ME_CURVE_SAMPLES, next = (i + (guint)direction) % ME_CURVE_SAMPLES;
    float a = c->value[k], b = c->value[next];
    if (b <= level) {
      double part = a > b ? MAX (0, (double)((a - level) / (a - b))) : 0;
      double t = (double)c->time_ns[k];
      return ABS (t + part * ((double)c->time_ns[next] - t) - peak_ns);
    }
  }
  return ABS ((double)c->time_ns[i % ME_CURVE_SAMPLES] - peak_ns);
}

guint64
me_curve_foot (const MeCurve *c, guint64 peak_ns, int direction, float base, float height)
{
  guint peak = find (c, peak_ns);
  double high = crossing (c, peak, direction, base + ME_FLANK_HIGH * height);
  double low = crossing (c, peak, direction, base + ME_FLANK_LOW * height);
  guint64 foot = (guint64)(low + (double)ME_FLANK_FOOT * (low - high));
  guint64 first = c->time_ns[oldest (c) % ME_CURVE_SAMPLES];
  guint64 at = c->time_ns[peak % ME_CURVE_SAMPLES];

  return direction > 0 ? at + foot : at - MIN (foot, at - first);
}

MeCurveFlank
me_curve_flank (
    const MeCurve *c, guint64 peak_ns, int direction, guint64 limit_ns, float half, float again)
{
  guint peak = find (c, peak_ns), last = direction < 0 ? oldest (c) : c->n - 1, low = peak;
  float top = c->value[peak % ME_CURVE_SAMPLES];
  MeCurveFlank flank;

  for (guint i = peak; i != last; i += (guint)direction) {
    guint next = i + (guint)direction;
    float v = c->value[next % ME_CURVE_SAMPLES], least = c->value[low % ME_CURVE_SAMPLES];
    guint64 t = c->time_ns[next % ME_CURVE_SAMPLES];
    if (direction < 0 ? t < limit_ns : t > limit_ns)
      break;
    if (v <= least)
      low = next;
    else if (least < half && v - least > again * (top - least))
      break;
  }
  flank.valley = c->value[low % ME_CURVE_SAMPLES];
  flank.valley_ns = c->time_ns[low % ME_CURVE_SAMPLES];
  flank.foot_ns = me_curve_foot (c, peak_ns, direction, flank.valley, top - flank.valley);
  flank.foot_ns =
      direction < 0 ? MAX (flank.foot_ns, flank.valley_ns) : MIN (flank.foot_ns, flank.valley_ns);
  return flank;
}
