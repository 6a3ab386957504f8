/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When the pictures of a stream were taken: by the time of the buffer, the burst in which it came,
 * and the field that is analysed. */
#include "timing.h"

#include "luma.h"

void
gst_microexpr_timing_init (GstMicroexprTiming *timing)
{
  gst_microexpr_continuity_init (&timing->continuity, GST_CLOCK_TIME_NONE);
  gst_microexpr_bursts_init (&timing->bursts);
  timing->expected = timing->picture = GST_CLOCK_TIME_NONE;
}

void
gst_microexpr_timing_set_info (GstMicroexprTiming *timing, const GstVideoInfo *info)
{
  gst_microexpr_continuity_set_nominal (
      &timing->continuity, gst_microexpr_continuity_nominal (info));
}

void
gst_microexpr_timing_break (GstMicroexprTiming *timing, gboolean same_source)
{
  gst_microexpr_continuity_break (&timing->continuity);
  if (same_source)
    gst_microexpr_bursts_break (&timing->bursts);
  else
    gst_microexpr_bursts_init (&timing->bursts);
}

GstClockTime
gst_microexpr_timing_frame_time (GstMicroexprTiming *timing, GstBuffer *buffer)
{
  GstClockTime time = GST_BUFFER_PTS_IS_VALID (buffer) ? GST_BUFFER_PTS (buffer) : timing->expected;
  GstClockTime duration = GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer)
                                                                : timing->continuity.nominal;

  timing->expected = GST_CLOCK_TIME_IS_VALID (time) && GST_CLOCK_TIME_IS_VALID (duration)
                         ? time + duration
                         : GST_CLOCK_TIME_NONE;
  return time;
}

GstClockTime
gst_microexpr_timing_duration (const GstMicroexprTiming *timing, GstBuffer *buffer)
{
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    return GST_BUFFER_DURATION (buffer);
  return GST_CLOCK_TIME_IS_VALID (timing->continuity.nominal)
             ? timing->continuity.nominal
             : gst_microexpr_continuity_interval (&timing->continuity);
}

GstMicroexprStep
gst_microexpr_timing_check (GstMicroexprTiming *timing, GstClockTime time)
{
  GstMicroexprContinuity *continuity = &timing->continuity;
  GstMicroexprStep step;
  gboolean other_rhythm;

  timing->bursts.nominal = continuity->nominal;
  other_rhythm = gst_microexpr_bursts_add (&timing->bursts, time);
  continuity->pause = timing->bursts.pause;
  step = gst_microexpr_continuity_check (continuity, time);
  if (step == GST_MICROEXPR_HAS_A_HOLE)
    gst_microexpr_continuity_advance (continuity, time);
  return step == GST_MICROEXPR_CONTINUES && other_rhythm ? GST_MICROEXPR_CHANGES_RHYTHM : step;
}

/* Of interlaced video the field of the even rows is analysed, which is shown half a frame later
 * when the other one comes first. */
static GstClockTime
field_delay (const GstMicroexprTiming *timing, const GstVideoInfo *info, GstBuffer *buffer)
{
  GstClockTime frame = timing->continuity.nominal;

  if (gst_microexpr_luma_top_field_leads (info, buffer))
    return 0;
  if (!GST_CLOCK_TIME_IS_VALID (frame))
    frame = gst_microexpr_timing_duration (timing, buffer);
  return frame / 2;
}

GstClockTime
gst_microexpr_timing_picture_time (
    GstMicroexprTiming *timing, const GstVideoInfo *info, GstBuffer *buffer)
{
  GstClockTime time =
      gst_microexpr_bursts_time (&timing->bursts) + field_delay (timing, info, buffer);

  if (GST_CLOCK_TIME_IS_VALID (timing->continuity.last))
    time = MAX (time, timing->picture + 1);
  timing->picture = time;
  return time;
}
