/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "latency.h"

const double live_latency_bounds_s[LIVE_LATENCY_BOUNDS] = { 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5,
  5 };

void
live_latency_add (LiveLatency *latency, double latency_s)
{
  guint row = 0;

  while (row < LIVE_LATENCY_BOUNDS && latency_s > live_latency_bounds_s[row])
    row++;
  latency->counts[row]++;
  latency->sum_s += latency_s;
}

static GstClockTime
running_time_of (GstPad *pad, GstBuffer *buffer)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  if (!event)
    return GST_CLOCK_TIME_NONE;
  gst_event_parse_segment (event, &segment);
  return segment->format == GST_FORMAT_TIME
             ? gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer))
             : GST_CLOCK_TIME_NONE;
}

gboolean
live_latency_measure (GstPad *pad, GstBuffer *buffer, double *latency_s)
{
  GstElement *element = gst_pad_get_parent_element (pad);
  GstClockTime now = element ? gst_element_get_current_running_time (element) : GST_CLOCK_TIME_NONE;
  GstClockTime then = running_time_of (pad, buffer);
  gboolean known = GST_CLOCK_TIME_IS_VALID (now) && GST_CLOCK_TIME_IS_VALID (then);

  if (known)
    *latency_s = (double)MAX (GST_CLOCK_DIFF (then, now), 0) / GST_SECOND;
  gst_clear_object (&element);
  return known;
}
