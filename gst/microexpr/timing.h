/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When the pictures of a stream were taken, and whether each follows the one before closely enough
 * to measure motion across them. Belongs to the streaming thread. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include "bursts.h"
#include "continuity.h"

G_BEGIN_DECLS

typedef struct
{
  GstMicroexprContinuity continuity; /* of the frames that are analysed */
  GstMicroexprBursts bursts;         /* in which they come */
  GstClockTime expected; /* of the next buffer when it has no time of its own; NONE: unknown */
  GstClockTime picture;  /* when the picture analysed last was taken */
} GstMicroexprTiming;

/* As before the first frame. */
void gst_microexpr_timing_init (GstMicroexprTiming *timing);

/* The caps of the frames to come. */
void gst_microexpr_timing_set_info (GstMicroexprTiming *timing, const GstVideoInfo *info);

/* The next frame follows nothing. same_source: in what rhythm frames come is kept. */
void gst_microexpr_timing_break (GstMicroexprTiming *timing, gboolean same_source);

/* Once for each buffer: its own time, else when the one before it ended, else NONE. */
GstClockTime gst_microexpr_timing_frame_time (GstMicroexprTiming *timing, GstBuffer *buffer);

/* Of a buffer: its own, else the usual one. */
GstClockTime gst_microexpr_timing_duration (const GstMicroexprTiming *timing, GstBuffer *buffer);

/* How a frame that is to be analysed follows the one before. */
GstMicroexprStep gst_microexpr_timing_check (GstMicroexprTiming *timing, GstClockTime time);

/* When the picture of that frame was taken; later than the one before, unless a break is between
 * them. Once for each frame, after the check. */
GstClockTime gst_microexpr_timing_picture_time (
    GstMicroexprTiming *timing, const GstVideoInfo *info, GstBuffer *buffer);

G_END_DECLS
