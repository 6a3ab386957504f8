/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for the running time of each frame of a live source. */
#include "pacer.h"

/* (transfer full); NULL without a clock. */
static GstClock *
element_clock (GstElement *element, GstClockTime *base_time)
{
  GstClock *clock;

  GST_OBJECT_LOCK (element);
  clock = GST_ELEMENT_CLOCK (element);
  if (clock)
    gst_object_ref (clock);
  *base_time = element->base_time;
  GST_OBJECT_UNLOCK (element);
  return clock;
}

GstClockTime
gst_microexpr_test_pacer_now (GstElement *element)
{
  GstClockTime base_time, now;
  GstClock *clock = element_clock (element, &base_time);

  if (!clock)
    return 0;
  now = gst_clock_get_time (clock);
  gst_object_unref (clock);
  return now > base_time ? now - base_time : 0;
}

gboolean
gst_microexpr_test_pacer_wait (
    GstMicroexprTestPacer *pacer, GstElement *element, GstClockTime running_time)
{
  GstClockReturn result = GST_CLOCK_UNSCHEDULED;
  GstClockTime base_time;
  GstClock *clock = element_clock (element, &base_time);
  GstClockID id = NULL;

  if (!clock)
    return TRUE;
  GST_OBJECT_LOCK (element);
  if (!pacer->stopped)
    id = pacer->waiting = gst_clock_new_single_shot_id (clock, base_time + running_time);
  GST_OBJECT_UNLOCK (element);
  if (id)
    result = gst_clock_id_wait (id, NULL);
  GST_OBJECT_LOCK (element);
  pacer->waiting = NULL;
  GST_OBJECT_UNLOCK (element);
  if (id)
    gst_clock_id_unref (id);
  gst_object_unref (clock);
  return result != GST_CLOCK_UNSCHEDULED;
}

void
gst_microexpr_test_pacer_stop (GstMicroexprTestPacer *pacer, GstElement *element, gboolean stopped)
{
  GST_OBJECT_LOCK (element);
  pacer->stopped = stopped;
  if (stopped && pacer->waiting)
    gst_clock_id_unschedule (pacer->waiting);
  GST_OBJECT_UNLOCK (element);
}
