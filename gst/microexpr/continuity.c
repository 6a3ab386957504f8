/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the frames of a stream follow each other closely enough to measure motion across them:
 * the tolerance follows the running median of the frame intervals. */
#include "continuity.h"

#include <string.h>

#define MIN_TOLERANCE (120 * GST_MSECOND)
#define TOLERANCE_NUM 5 /* of intervals: 2.5 */
#define TOLERANCE_DENOM 2
#define UNKNOWN_INTERVAL                                                                           \
  (400 * GST_MSECOND) /* before the second frame, without a rate in the caps */

void
gst_microexpr_continuity_init (GstMicroexprContinuity *c, GstClockTime nominal)
{
  memset (c, 0, sizeof *c);
  c->last = c->ended = GST_CLOCK_TIME_NONE;
  c->nominal = nominal;
}

GstClockTime
gst_microexpr_continuity_nominal (const GstVideoInfo *info)
{
  if (GST_VIDEO_INFO_FPS_N (info) <= 0 || GST_VIDEO_INFO_FPS_D (info) <= 0)
    return GST_CLOCK_TIME_NONE;
  return gst_util_uint64_scale (
      GST_SECOND, GST_VIDEO_INFO_FPS_D (info), GST_VIDEO_INFO_FPS_N (info));
}

void
gst_microexpr_continuity_set_nominal (GstMicroexprContinuity *c, GstClockTime nominal)
{
  if (GST_CLOCK_TIME_IS_VALID (nominal) && nominal != c->nominal) {
    c->n_intervals = c->next = 0;
    c->between = TRUE;
  }
  c->nominal = nominal;
}

void
gst_microexpr_continuity_break (GstMicroexprContinuity *c)
{
  if (GST_CLOCK_TIME_IS_VALID (c->last))
    c->ended = c->last;
  c->last = GST_CLOCK_TIME_NONE;
}

/* The median, by insertion sort. */
GstClockTime
gst_microexpr_continuity_interval (const GstMicroexprContinuity *c)
{
  GstClockTime sorted[GST_MICROEXPR_N_INTERVALS];

  if (!c->n_intervals)
    return GST_CLOCK_TIME_IS_VALID (c->nominal) ? c->nominal : UNKNOWN_INTERVAL;
  for (guint i = 0; i < c->n_intervals; i++) {
    guint j = i;
    for (; j > 0 && sorted[j - 1] > c->intervals[i]; j--)
      sorted[j] = sorted[j - 1];
    sorted[j] = c->intervals[i];
  }
  return sorted[c->n_intervals / 2];
}

GstClockTime
gst_microexpr_continuity_tolerance (const GstMicroexprContinuity *c)
{
  GstClockTime usual =
      gst_util_uint64_scale (gst_microexpr_continuity_interval (c), TOLERANCE_NUM, TOLERANCE_DENOM);

  return MAX (MIN_TOLERANCE, usual) + c->pause;
}

GstMicroexprStep
gst_microexpr_continuity_check (const GstMicroexprContinuity *c, GstClockTime time)
{
  if (!GST_CLOCK_TIME_IS_VALID (c->last))
    return GST_MICROEXPR_CONTINUES;
  if (time <= c->last)
    return time == c->last ? GST_MICROEXPR_REPEATS : GST_MICROEXPR_GOES_BACK;
  return time - c->last > gst_microexpr_continuity_tolerance (c) ? GST_MICROEXPR_HAS_A_HOLE
                                                                 : GST_MICROEXPR_CONTINUES;
}

/* Holes count as intervals too, so that the tolerance follows a stream that has become slow. */
static void
remember_interval (GstMicroexprContinuity *c, GstClockTime interval)
{
  c->intervals[c->next] = interval;
  c->next = (c->next + 1) % GST_MICROEXPR_N_INTERVALS;
  c->n_intervals = MIN (c->n_intervals + 1, GST_MICROEXPR_N_INTERVALS);
}

void
gst_microexpr_continuity_advance (GstMicroexprContinuity *c, GstClockTime time)
{
  if (GST_CLOCK_TIME_IS_VALID (c->last) && time > c->last && !c->between)
    remember_interval (c, time - c->last);
  c->between = FALSE;
  c->last = time;
}

gboolean
gst_microexpr_continuity_over_segments (
    const GstMicroexprContinuity *c, const GstSegment *from, const GstSegment *to)
{
  GstClockTime last = GST_CLOCK_TIME_IS_VALID (c->last) ? c->last : c->ended;
  GstClockTime tolerance = gst_microexpr_continuity_tolerance (c);
  GstClockTimeDiff shift =
      (GstClockTimeDiff)(to->time - to->start) - (GstClockTimeDiff)(from->time - from->start);

  if (!GST_CLOCK_TIME_IS_VALID (last))
    return TRUE;
  return from->format == to->format && from->rate == to->rate &&
         from->applied_rate == to->applied_rate && (GstClockTime)ABS (shift) <= tolerance &&
         to->start + tolerance >= from->start && to->start <= last + tolerance;
}
