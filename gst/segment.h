/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The segment of a GstBaseTransform, and the stream time of its buffers. */
#pragma once

#include <gst/base/gstbasetransform.h>

G_BEGIN_DECLS

/* A change of state resets the segment under the object lock while upstream may still push, so it
 * is read under that lock too. */
static inline GstSegment
gst_microexpr_segment_of (GstBaseTransform *trans)
{
  GstSegment segment;

  GST_OBJECT_LOCK (trans);
  segment = trans->segment;
  GST_OBJECT_UNLOCK (trans);
  return segment;
}

/* Of a buffer time; NONE when it has no equivalent in the segment, or none up to G_MAXINT64. */
static inline GstClockTime
gst_microexpr_stream_time (const GstSegment *segment, GstClockTime time)
{
  GstClockTime stream_time = segment->format == GST_FORMAT_TIME
                                 ? gst_segment_to_stream_time (segment, GST_FORMAT_TIME, time)
                                 : GST_CLOCK_TIME_NONE;

  return stream_time <= G_MAXINT64 ? stream_time : GST_CLOCK_TIME_NONE;
}

G_END_DECLS
