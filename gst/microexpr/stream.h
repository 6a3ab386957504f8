/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stream that passes through the element microexpr: reads each frame for the analysis, decides
 * where the stream breaks, and reports what was found. Belongs to the streaming thread, but for the
 * two functions that say otherwise. */
#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "findings.h"
#include "settings.h"

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

typedef struct _GstMicroexprStream GstMicroexprStream;

/* trans: the element; must outlive the stream. */
GstMicroexprStream *gst_microexpr_stream_new (GstBaseTransform *trans);
void gst_microexpr_stream_free (GstMicroexprStream *stream);

/* Copies the settings of the element, under its object lock, when they have changed. Returns those
 * in force, owned by the stream. */
const GstMicroexprSettings *gst_microexpr_stream_apply_settings (
    GstMicroexprStream *stream, const GstMicroexprSettings *settings);

/* Begins with the settings in force: loads the landmark model. Posts an error message and returns
 * FALSE when that fails. */
gboolean gst_microexpr_stream_open (GstMicroexprStream *stream);
void gst_microexpr_stream_close (GstMicroexprStream *stream);

/* Whether it is between the two. */
gboolean gst_microexpr_stream_is_open (const GstMicroexprStream *stream);

/* FALSE: video that cannot be analysed; an error message says why. */
gboolean gst_microexpr_stream_set_info (GstMicroexprStream *stream, const GstVideoInfo *info);

/* Between frames, by caps; GST_CLOCK_TIME_NONE: unknown. */
GstClockTime gst_microexpr_stream_nominal_interval (const GstMicroexprStream *stream);

/* The caps, segment or stream that follow, while the old ones are in force: whether the analysis
 * can go on is decided before the last frames leave. */
void gst_microexpr_stream_next_info (GstMicroexprStream *stream, const GstVideoInfo *next);
void gst_microexpr_stream_next_segment (GstMicroexprStream *stream, const GstSegment *next);
void gst_microexpr_stream_next_stream (GstMicroexprStream *stream);

/* No data up to a buffer time: an announced hole need not wait for the next frame. */
void gst_microexpr_stream_gap (GstMicroexprStream *stream, GstClockTime end);

/* How the picture is to be turned, as in the tag image-orientation. */
void gst_microexpr_stream_set_orientation (GstMicroexprStream *stream, const char *orientation);

/* The one place where the analysis starts anew: what has ended is reported, the rest dropped, and
 * the reason logged. */
void gst_microexpr_stream_reset (GstMicroexprStream *stream, GstMicroexprResetReason reason);

/* Analyses a buffer if it can be, and replaces `findings` by what is known of it. FALSE: its pixels
 * cannot be read. */
gboolean gst_microexpr_stream_frame (
    GstMicroexprStream *stream, GstBuffer *buffer, GstMicroexprFindings *findings);

/* Appends the events that were concluded since the last frame to a list: by a reset. */
void gst_microexpr_stream_pop_events (GstMicroexprStream *stream, GValue *events);

/* How late a live sink shows the frames. Any thread. */
void gst_microexpr_stream_set_latency (GstMicroexprStream *stream, GstClockTime latency);

/* The structure `microexpr-stats`. Any thread. (transfer full) */
GstStructure *gst_microexpr_stream_get_stats (GstMicroexprStream *stream);

G_END_DECLS
