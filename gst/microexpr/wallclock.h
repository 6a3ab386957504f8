/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The wall clock of a stream: when, in UTC, something in it happened. From reference timestamps on
 * buffers, else, in a live pipeline, from its clock. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean has_reference;
  gint64 reference_ns; /* UTC since 1970 minus buffer time */
  gboolean answered;   /* upstream has told whether it is live */
  gboolean live;
} GstMicroexprWallClock;

void gst_microexpr_wall_clock_init (GstMicroexprWallClock *wall);

/* Takes the reference timestamp of a buffer (Unix or NTP), when it has one. */
void gst_microexpr_wall_clock_observe (GstMicroexprWallClock *wall, GstBuffer *buffer);

/* Queries upstream of `sinkpad` until it has answered once. */
gboolean gst_microexpr_wall_clock_is_live (GstMicroexprWallClock *wall, GstPad *sinkpad);

/* How long ago, by the clock of the pipeline, a frame of this running time was due. FALSE: there is
 * no clock, or no running time. */
gboolean gst_microexpr_wall_clock_get_delay (
    GstElement *element, GstClockTime running_time, GstClockTimeDiff *delay);

/* UTC of a buffer time and running time, ISO 8601 with microseconds. NULL: it cannot be known.
 * Transfer full. */
char *gst_microexpr_wall_clock_format (const GstMicroexprWallClock *wall, GstElement *element,
    GstClockTime timestamp, GstClockTime running_time);

G_END_DECLS
