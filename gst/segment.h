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

/* GST_CLOCK_TIME_NONE when the buffer has no time in its segment, or none up to G_MAXINT64. */
static inline GstClockTime
gst_microexpr_stream_time (const GstSegment *segment, const GstBuffer *buffer)
{
  GstClockTime time =
      segment->format == GST_FORMAT_TIME
          ? gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer))
          : GST_CLOCK_TIME_NONE;

  return time <= G_MAXINT64 ? time : GST_CLOCK_TIME_NONE;
}

G_END_DECLS
