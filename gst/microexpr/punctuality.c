/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the frames of a live stream come too late to be analysed. A frame is late when its
 * analysis would end after the pipeline's latency has passed. That alone is no reason to skip it: a
 * source may report too little latency, and a network may hold back frames and then deliver them
 * all at once. So frames are skipped only while their delay exceeds the least of the last 10 to 20
 * s, and skipping begins only when the analysis takes so much of the frame interval that it could
 * not catch up. */
#include "punctuality.h"

#include <string.h>

#define WINDOW (10 * GST_SECOND)
#define LONGEST_SKIP GST_SECOND /* after that the delay is not ours: skipping has not helped */
#define CALM (2 * GST_SECOND)   /* without a skipped frame, before the warning clears */
#define CATCHES_UP 0.9 /* share of the frame interval below which the analysis catches up */
#define MEAN_OF 10     /* frames, the newest ones weighing most */

void
gst_microexpr_punctuality_init (GstMicroexprPunctuality *p)
{
  memset (p, 0, sizeof *p);
  gst_microexpr_continuity_init (&p->frames, GST_CLOCK_TIME_NONE);
  gst_microexpr_bursts_init (&p->bursts);
  p->window = p->skipping = p->skipped = GST_CLOCK_TIME_NONE;
}

/* The least delay of the last one or two windows. */
static GstClockTimeDiff
least_delay (GstMicroexprPunctuality *p, GstClockTime running_time, GstClockTimeDiff delay)
{
  gboolean first = !GST_CLOCK_TIME_IS_VALID (p->window) || running_time < p->window;

  if (first || running_time - p->window > WINDOW) {
    p->least[0] = first ? delay : p->least[1];
    p->least[1] = delay;
    p->window = running_time;
  }
  p->least[1] = MIN (p->least[1], delay);
  return MIN (p->least[0], p->least[1]);
}

/* Skipping has not helped: the delay there is now becomes the least. */
static void
accept_delay (GstMicroexprPunctuality *p)
{
  p->window = p->skipping = GST_CLOCK_TIME_NONE;
}

/* Between frames received, whether they are analysed or skipped. */
static GstClockTime
usual_interval (GstMicroexprPunctuality *p, GstClockTime running_time)
{
  gst_microexpr_continuity_advance (&p->frames, running_time);
  gst_microexpr_bursts_add (&p->bursts, running_time);
  return p->bursts.active ? p->bursts.interval : gst_microexpr_continuity_interval (&p->frames);
}

/* Running time may start over, as after a flush: times that would lie in the future become now. */
static void
go_back (GstMicroexprPunctuality *p, GstClockTime running_time)
{
  if (GST_CLOCK_TIME_IS_VALID (p->skipped))
    p->skipped = MIN (p->skipped, running_time);
  if (GST_CLOCK_TIME_IS_VALID (p->skipping))
    p->skipping = MIN (p->skipping, running_time);
}

gboolean
gst_microexpr_punctuality_is_late (GstMicroexprPunctuality *p, GstClockTime running_time,
    GstClockTimeDiff delay, GstClockTime latency)
{
  GstClockTime interval = usual_interval (p, running_time);
  GstClockTimeDiff grown = delay - least_delay (p, running_time, delay);
  gboolean late = delay + (GstClockTimeDiff)p->cost > (GstClockTimeDiff)latency &&
                  grown > (GstClockTimeDiff)interval / 2;

  go_back (p, running_time);
  if (!GST_CLOCK_TIME_IS_VALID (p->skipping))
    late = late && p->cost > CATCHES_UP * interval;
  else if (late && running_time - p->skipping > LONGEST_SKIP) {
    accept_delay (p);
    return FALSE;
  }
  if (!late)
    p->skipping = GST_CLOCK_TIME_NONE;
  else if (!GST_CLOCK_TIME_IS_VALID (p->skipping))
    p->skipping = running_time;
  if (late)
    p->skipped = running_time;
  return late;
}

void
gst_microexpr_punctuality_note (
    GstMicroexprPunctuality *p, GstClockTime cost, GstClockTimeDiff delay)
{
  double ms = (double)delay / GST_MSECOND;
  double share = 1.0 / ++p->n_measured;

  p->n_measured = MIN (p->n_measured, MEAN_OF);
  p->cost = (GstClockTime)((1 - share) * p->cost + share * cost);
  p->delay_ms += share * (ms - p->delay_ms);
  p->max_delay_ms = MAX (p->max_delay_ms, ms);
}

gboolean
gst_microexpr_punctuality_warns (GstMicroexprPunctuality *p, GstClockTime running_time)
{
  gboolean skips = GST_CLOCK_TIME_IS_VALID (p->skipped) && running_time - p->skipped < CALM;

  if (skips == p->warned)
    return FALSE;
  p->warned = skips;
  return TRUE;
}
