/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The wall clock of a stream: reference timestamps first, since they come from the camera; else the
 * clock of the pipeline, which is close only in a live one. */
#include "wallclock.h"

#include <string.h>

#define NTP_TO_UNIX_NS (G_GINT64_CONSTANT (2208988800) * GST_SECOND) /* 1900 to 1970, RFC 5905 */

/* What GstReferenceTimestampMeta may count from. */
static const struct
{
  const char *caps;
  gint64 epoch_ns; /* before 1970 */
} references[] = {
  { "timestamp/x-unix", 0 },
  { "timestamp/x-ntp", NTP_TO_UNIX_NS },
};

void
gst_microexpr_wall_clock_init (GstMicroexprWallClock *wall)
{
  memset (wall, 0, sizeof *wall);
}

static gboolean
reference_to_unix (const GstReferenceTimestampMeta *meta, gint64 *unix_ns)
{
  const char *name = gst_structure_get_name (gst_caps_get_structure (meta->reference, 0));

  for (guint i = 0; i < G_N_ELEMENTS (references); i++) {
    if (g_str_equal (name, references[i].caps)) {
      *unix_ns = (gint64)(meta->timestamp - (guint64)references[i].epoch_ns);
      return TRUE;
    }
  }
  return FALSE;
}

void
gst_microexpr_wall_clock_observe (GstMicroexprWallClock *wall, GstBuffer *buffer)
{
  gpointer state = NULL;
  GstMeta *meta;
  gint64 unix_ns;

  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    return;
  while ((meta = gst_buffer_iterate_meta_filtered (
              buffer, &state, GST_REFERENCE_TIMESTAMP_META_API_TYPE))) {
    if (reference_to_unix ((GstReferenceTimestampMeta *)meta, &unix_ns)) {
      wall->has_reference = TRUE;
      wall->reference_ns = (gint64)((guint64)unix_ns - GST_BUFFER_PTS (buffer));
      return;
    }
  }
}

gboolean
gst_microexpr_wall_clock_is_live (GstMicroexprWallClock *wall, GstPad *sinkpad)
{
  GstQuery *query;

  if (wall->answered)
    return wall->live;
  query = gst_query_new_latency ();
  wall->answered = gst_pad_peer_query (sinkpad, query);
  if (wall->answered)
    gst_query_parse_latency (query, &wall->live, NULL, NULL);
  gst_query_unref (query);
  return wall->live;
}

gboolean
gst_microexpr_wall_clock_get_delay (
    GstElement *element, GstClockTime running_time, GstClockTimeDiff *delay)
{
  GstClock *clock;

  if (!GST_CLOCK_TIME_IS_VALID (running_time) || !(clock = gst_element_get_clock (element)))
    return FALSE;
  *delay = GST_CLOCK_DIFF (
      gst_element_get_base_time (element) + running_time, gst_clock_get_time (clock));
  gst_object_unref (clock);
  return TRUE;
}

static char *
format_unix (gint64 unix_ns)
{
  GDateTime *second = g_date_time_new_from_unix_utc (unix_ns / GST_SECOND);
  char *text = NULL;

  if (!second)
    return NULL;
  text = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", g_date_time_get_year (second),
      g_date_time_get_month (second), g_date_time_get_day_of_month (second),
      g_date_time_get_hour (second), g_date_time_get_minute (second),
      g_date_time_get_second (second), (int)(unix_ns % GST_SECOND / 1000));
  g_date_time_unref (second);
  return text;
}

char *
gst_microexpr_wall_clock_format (const GstMicroexprWallClock *wall, GstElement *element,
    GstClockTime timestamp, GstClockTime running_time)
{
  GstClockTimeDiff delay;
  gint64 unix_ns;

  if (wall->has_reference)
    unix_ns = (gint64)((guint64)wall->reference_ns + timestamp);
  else if (wall->live && gst_microexpr_wall_clock_get_delay (element, running_time, &delay))
    unix_ns = g_get_real_time () * 1000 - delay;
  else
    return NULL;
  return unix_ns < 0 ? NULL : format_unix (unix_ns);
}
