/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "carried.h"

#include "event-json.h"
#include "gstmicroexprmeta.h"

GstStructure *
gst_microexpr_carried_new (const GstStructure *event, GstClockTime running_time)
{
  GstStructure *carried = gst_structure_copy (event);
  guint64 onset;

  if (GST_CLOCK_TIME_IS_VALID (running_time) &&
      gst_structure_get_uint64 (event, "running-time", &onset) && onset <= running_time)
    gst_structure_set (carried, GST_MICROEXPR_AGE, G_TYPE_UINT64, running_time - onset, NULL);
  return carried;
}

/* The time in a field, ns after the onset; NONE: the event lacks one of them. */
static GstClockTime
since_onset (const GstStructure *event, const char *field)
{
  guint64 onset, time;

  if (!gst_structure_get_uint64 (event, "onset", &onset) ||
      !gst_structure_get_uint64 (event, field, &time) || time < onset)
    return GST_CLOCK_TIME_NONE;
  return time - onset;
}

/* Where in the segment an event of that age had its onset, seen from a packet at `position`; NONE:
 * it was before the segment. */
static GstClockTime
find_onset (const GstSegment *segment, GstClockTime position, guint64 age)
{
  guint64 running_time, onset;

  if (segment->format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (position) ||
      gst_segment_to_running_time_full (segment, GST_FORMAT_TIME, position, &running_time) != 1 ||
      running_time < age ||
      gst_segment_position_from_running_time_full (
          segment, GST_FORMAT_TIME, running_time - age, &onset) != 1)
    return GST_CLOCK_TIME_NONE;
  return onset;
}

static GstClockTime
later (GstClockTime onset, GstClockTime by)
{
  return GST_CLOCK_TIME_IS_VALID (by) ? onset + by : GST_CLOCK_TIME_NONE;
}

/* onset: position in the segment, or NONE, and so will be all times of the event. */
static void
set_times (GstStructure *event, const GstSegment *segment, GstClockTime onset)
{
  GstMicroexprTimes times = { GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE,
    GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE };

  if (GST_CLOCK_TIME_IS_VALID (onset))
    gst_microexpr_times_init (&times, segment, onset, later (onset, since_onset (event, "apex")),
        later (onset, since_onset (event, "offset")));
  gst_structure_set (event, "timestamp", G_TYPE_UINT64, times.timestamp, "stream-time",
      G_TYPE_UINT64, times.onset, "running-time", G_TYPE_UINT64, times.running_time, "onset",
      G_TYPE_UINT64, times.onset, "apex", G_TYPE_UINT64, times.apex, "offset", G_TYPE_UINT64,
      times.offset, NULL);
}

GstStructure *
gst_microexpr_carried_read (
    const void *json, gsize size, const GstSegment *segment, GstClockTime position)
{
  GstStructure *event = gst_microexpr_event_from_json (json, size);
  guint64 age;

  if (event && gst_structure_get_uint64 (event, GST_MICROEXPR_AGE, &age)) {
    gst_structure_remove_field (event, GST_MICROEXPR_AGE);
    set_times (event, segment, find_onset (segment, position, age));
  }
  return event;
}
