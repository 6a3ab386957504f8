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

/* The field, ns after the onset; 0 if it is missing or earlier. */
static guint64
since_onset (const GstStructure *event, const char *field)
{
  guint64 onset = 0, time = 0;

  gst_structure_get_uint64 (event, "onset", &onset);
  gst_structure_get_uint64 (event, field, &time);
  return time > onset ? time - onset : 0;
}

/* onset: position in the segment. */
static void
move (GstStructure *event, const GstSegment *segment, guint64 onset)
{
  GstMicroexprTimes times;

  gst_microexpr_times_init (&times, segment, onset, onset + since_onset (event, "apex"),
      onset + since_onset (event, "offset"));
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
    if (segment->format == GST_FORMAT_TIME && GST_CLOCK_TIME_IS_VALID (position) && age <= position)
      move (event, segment, position - age);
  }
  return event;
}
