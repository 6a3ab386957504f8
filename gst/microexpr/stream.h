/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stream that passes through the element microexpr: reads each frame for the analysis, decides
 * where the stream breaks, and sends out what was found. Belongs to the streaming thread, but for
 * `stats` and `latency`, which the object lock of the element guards. */
#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "bursts.h"
#include "continuity.h"
#include "luma.h"
#include "punctuality.h"
#include "reporter.h"
#include "restarts.h"
#include "segments.h"
#include "settings.h"
#include "stats.h"

G_BEGIN_DECLS

/* Why the analysis starts anew. */
typedef enum
{
  GST_MICROEXPR_RESET_GAP,
  GST_MICROEXPR_RESET_BACKWARD,
  GST_MICROEXPR_RESET_RHYTHM,
  GST_MICROEXPR_RESET_SEEK,
  GST_MICROEXPR_RESET_STREAM,
  GST_MICROEXPR_RESET_CAPS,
  GST_MICROEXPR_RESET_FLUSH,
  GST_MICROEXPR_RESET_EOS,
  GST_MICROEXPR_RESET_SEGMENT_DONE,
  GST_MICROEXPR_RESET_STOP,
} GstMicroexprResetReason;

typedef struct
{
  GstElement *element;               /* whose stream it is; not owned */
  GstSegment segment;                /* of the newest frame */
  GstMicroexprSegments segments;     /* of those analysed */
  MeAnalyzer *analyzer;              /* between open and close */
  GstMicroexprLuma *luma;            /* owned */
  GstMicroexprReporter reporter;     /* with the settings in force */
  GstMicroexprContinuity continuity; /* of the frames that are analysed */
  GstMicroexprBursts bursts;         /* in which they come */
  GstMicroexprRestarts restarts;
  GstMicroexprPunctuality punctuality;
  GstClockTime latency;  /* of the pipeline; NONE: unknown; object lock */
  GstVideoInfo info;     /* finfo NULL: no caps yet */
  gboolean fresh;        /* nothing is known of this stream: no frame since it began */
  MeBox picture;         /* of the buffer, seen since the last reset; width 0: none */
  gboolean interlaced;   /* the warning stands */
  gboolean untimed;      /* the application was warned of frames without a time of their own */
  guint n_same_time;     /* frames since the newest one that was analysed, with its time */
  GstClockTime measured; /* time that the analysis was given for the newest frame */
  GstClockTime expected; /* time of the next buffer when it says none itself */
  GstMicroexprStats stats;
} GstMicroexprStream;

void gst_microexpr_stream_init (GstMicroexprStream *stream, GstBaseTransform *element);
void gst_microexpr_stream_clear (GstMicroexprStream *stream);

/* Begins a stream with the settings that the reporter holds: loads the landmark model. Posts an
 * error message and returns FALSE when that fails. */
gboolean gst_microexpr_stream_open (GstMicroexprStream *stream);
void gst_microexpr_stream_close (GstMicroexprStream *stream);

/* The settings that the reporter holds have changed. */
void gst_microexpr_stream_configure (GstMicroexprStream *stream);

/* Between frames, by caps, in ns; GST_CLOCK_TIME_NONE: unknown. */
GstClockTime gst_microexpr_stream_interval (const GstVideoInfo *info);

/* FALSE: no luma can be read from this format. */
gboolean gst_microexpr_stream_set_info (GstMicroexprStream *stream, const GstVideoInfo *info);

/* The one place where the analysis starts anew: what has ended is reported, the rest dropped, and
 * the reason logged. */
void gst_microexpr_stream_reset (GstMicroexprStream *stream, GstMicroexprResetReason reason);

/* No data up to a buffer time: a hole that is announced need not wait for the next frame. */
void gst_microexpr_stream_gap (GstMicroexprStream *stream, GstClockTime end);

/* The segment that follows; to be called while the old one is in force. */
void gst_microexpr_stream_next_segment (GstMicroexprStream *stream, const GstSegment *next);

/* Analyses a buffer, if it can be; what is found is with the reporter. time: that of the frame, for
 * the caller. FALSE: its pixels cannot be read. */
gboolean gst_microexpr_stream_frame (
    GstMicroexprStream *stream, GstBuffer *buffer, GstClockTime *time);

/* What upstream was told: how late a live sink shows the frames. Any thread. */
void gst_microexpr_stream_set_latency (GstMicroexprStream *stream, GstClockTime latency);

/* The caps that follow; to be called before the last frames of the old ones have left. */
void gst_microexpr_stream_next_info (GstMicroexprStream *stream, const GstVideoInfo *next);

G_END_DECLS
