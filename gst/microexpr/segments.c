/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The segments of the newest frames: the one in force, and the one before it while the analysis
 * continues across both. */
#include "segments.h"

void
gst_microexpr_segments_init (GstMicroexprSegments *segments)
{
  gst_segment_init (&segments->now, GST_FORMAT_UNDEFINED);
  segments->before = segments->now;
  segments->since = GST_CLOCK_TIME_NONE;
}

/* Whether buffer times mean the same in both. `position` is the element's own and may differ. */
static gboolean
same_times (const GstSegment *a, const GstSegment *b)
{
  return a->format == b->format && a->rate == b->rate && a->applied_rate == b->applied_rate &&
         a->base == b->base && a->offset == b->offset && a->start == b->start &&
         a->stop == b->stop && a->time == b->time;
}

void
gst_microexpr_segments_add (
    GstMicroexprSegments *segments, const GstSegment *segment, GstClockTime time, gboolean follows)
{
  if (!follows) {
    segments->since = GST_CLOCK_TIME_NONE;
  } else if (!same_times (segment, &segments->now)) {
    segments->before = segments->now;
    segments->since = time;
  }
  segments->now = *segment;
}

const GstSegment *
gst_microexpr_segments_at (const GstMicroexprSegments *segments, GstClockTime time)
{
  return GST_CLOCK_TIME_IS_VALID (segments->since) && time < segments->since ? &segments->before
                                                                             : &segments->now;
}
