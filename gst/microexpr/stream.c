/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stream that passes through the element microexpr: from buffer to analysis to reports, and the
 * rules for where the analysis must start anew. */
#include "stream.h"

#include <string.h>

#include "luma.h"
#include "punctuality.h"
#include "reporter.h"
#include "restarts.h"
#include "segment.h"
#include "stats.h"
#include "structure-list.h"
#include "timing.h"

GST_DEBUG_CATEGORY_EXTERN (gst_microexpr_debug);
#define GST_CAT_DEFAULT gst_microexpr_debug

#define UPRIGHT "rotate-0"    /* of the tag image-orientation */
#define MAX_PIXEL_ASPECT 16.0 /* width over height of a pixel, or the inverse */
#define NOT_COUNTED -1
#define MANY_SAME_TIME 10 /* frames in a row with one time before the application is warned */
#define UNSYNCED_LATENCY                                                                           \
  GST_SECOND /* how far frames may fall behind where no sink waits for them */

/* keep_faces: the scene continues, so a face found at the same place is the same face. keep_time: a
 * buffer without a time follows the one before. disturbs: counts for the warning `restarts`. */
static const struct
{
  const char *why;
  gboolean keep_faces, keep_time, disturbs;
  int count; /* GstMicroexprCount or NOT_COUNTED */
} resets[] = {
  [GST_MICROEXPR_RESET_GAP] = { "a hole in time", TRUE, TRUE, TRUE,
      GST_MICROEXPR_COUNT_RESETS_GAP },
  [GST_MICROEXPR_RESET_BACKWARD] = { "time went back", TRUE, TRUE, TRUE,
      GST_MICROEXPR_COUNT_RESETS_GAP },
  [GST_MICROEXPR_RESET_RHYTHM] = { "frames come in another rhythm", TRUE, TRUE, FALSE,
      NOT_COUNTED },
  [GST_MICROEXPR_RESET_SEEK] = { "a new segment", FALSE, FALSE, FALSE,
      GST_MICROEXPR_COUNT_RESETS_SEEK },
  [GST_MICROEXPR_RESET_STREAM] = { "another stream", FALSE, FALSE, FALSE,
      GST_MICROEXPR_COUNT_RESETS_SEEK },
  [GST_MICROEXPR_RESET_CAPS] = { "another picture", FALSE, TRUE, TRUE,
      GST_MICROEXPR_COUNT_RESETS_CAPS },
  [GST_MICROEXPR_RESET_FLUSH] = { "a flush", FALSE, FALSE, FALSE,
      GST_MICROEXPR_COUNT_RESETS_FLUSH },
  [GST_MICROEXPR_RESET_EOS] = { "the end of the stream", TRUE, FALSE, FALSE, NOT_COUNTED },
  [GST_MICROEXPR_RESET_SEGMENT_DONE] = { "the end of the segment", TRUE, FALSE, FALSE,
      NOT_COUNTED },
  [GST_MICROEXPR_RESET_STOP] = { "stopping", FALSE, FALSE, FALSE, NOT_COUNTED },
};

struct _GstMicroexprStream
{
  GstBaseTransform *trans;     /* whose stream it is; not owned */
  GstMicroexprContext context; /* of its reports */
  MeAnalyzer *analyzer;        /* between open and close */
  GstMicroexprLuma *luma;      /* owned */
  GstMicroexprTiming timing;
  GstMicroexprRestarts restarts;
  GstMicroexprPunctuality punctuality;
  GstMicroexprFaceSet faces; /* posted last */
  GValue events;             /* list: concluded since the newest frame */
  gboolean fresh;            /* nothing is known of this stream: no frame since it began */
  MeBox picture;             /* of the buffer, seen since the last reset; width 0: none */
  gboolean interlaced;       /* the warning stands */
  gboolean untimed;          /* frames without a time of their own were warned of */
  guint n_same_time;         /* frames since the newest one that was analysed, with its time */

  /* Under the object lock. */
  GstClockTime latency; /* of the pipeline; NONE: unknown */
  GstMicroexprStats stats;
};

/* As before the first caps and frame. */
static void
forget (GstMicroexprStream *stream)
{
  gst_microexpr_wall_clock_init (&stream->context.wall);
  g_clear_pointer (&stream->context.orientation, g_free);
  gst_microexpr_segments_init (&stream->context.segments);
  gst_microexpr_timing_init (&stream->timing);
  gst_microexpr_restarts_init (&stream->restarts);
  gst_microexpr_punctuality_init (&stream->punctuality);
  stream->faces.n = 0;
  g_value_unset (&stream->events);
  memset (&stream->context.info, 0, sizeof stream->context.info);
  stream->fresh = TRUE;
  stream->picture = (MeBox){ 0 };
  stream->interlaced = FALSE;
  stream->untimed = FALSE;
  stream->n_same_time = 0;
}

GstMicroexprStream *
gst_microexpr_stream_new (GstBaseTransform *trans)
{
  GstMicroexprStream *stream = g_new0 (GstMicroexprStream, 1);

  stream->trans = trans;
  stream->context.element = GST_ELEMENT (trans);
  stream->context.placement = (GstMicroexprPlacement)GST_MICROEXPR_PLACEMENT_INIT;
  gst_microexpr_settings_init (&stream->context.settings);
  gst_segment_init (&stream->context.segment, GST_FORMAT_UNDEFINED);
  stream->luma = gst_microexpr_luma_new ();
  stream->latency = GST_CLOCK_TIME_NONE;
  forget (stream);
  return stream;
}

void
gst_microexpr_stream_free (GstMicroexprStream *stream)
{
  gst_microexpr_luma_free (stream->luma);
  gst_microexpr_settings_clear (&stream->context.settings);
  g_free (stream->context.orientation);
  g_value_unset (&stream->events);
  g_free (stream);
}

static void
count (GstMicroexprStream *stream, GstMicroexprCount what, guint64 n)
{
  GST_OBJECT_LOCK (stream->trans);
  stream->stats.counts[what] += n;
  GST_OBJECT_UNLOCK (stream->trans);
}

static gboolean
open_analyzer (GstMicroexprStream *stream)
{
  const MeConfig *config = &stream->context.settings.config;
  GError *error = NULL;

  if (config->min_duration_ns > config->max_duration_ns) {
    GST_ELEMENT_ERROR (stream->trans, RESOURCE, SETTINGS,
        ("min-duration (%" G_GUINT64_FORMAT " ns) is longer than max-duration (%" G_GUINT64_FORMAT
         " ns): no event could be that long. Set a shorter min-duration.",
            config->min_duration_ns, config->max_duration_ns),
        (NULL));
    return FALSE;
  }
  stream->analyzer = me_analyzer_new (config, &error);
  if (stream->analyzer)
    return TRUE;
  if (g_error_matches (error, ME_ERROR, ME_ERROR_MODEL_NOT_FOUND))
    GST_ELEMENT_ERROR (stream->trans, RESOURCE, NOT_FOUND, ("%s", error->message), (NULL));
  else
    GST_ELEMENT_ERROR (stream->trans, RESOURCE, OPEN_READ, ("%s", error->message), (NULL));
  g_error_free (error);
  return FALSE;
}

gboolean
gst_microexpr_stream_open (GstMicroexprStream *stream)
{
  forget (stream);
  GST_OBJECT_LOCK (stream->trans);
  memset (&stream->stats, 0, sizeof stream->stats);
  GST_OBJECT_UNLOCK (stream->trans);
  return open_analyzer (stream);
}

void
gst_microexpr_stream_close (GstMicroexprStream *stream)
{
  gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_STOP);
  g_clear_pointer (&stream->analyzer, me_analyzer_free);
  forget (stream);
}

gboolean
gst_microexpr_stream_is_open (const GstMicroexprStream *stream)
{
  return stream->analyzer != NULL;
}

/* Hands the settings to the analysis. Of interlaced video half of the rows are seen. */
static void
configure (GstMicroexprStream *stream)
{
  MeConfig config = stream->context.settings.config;

  if (stream->context.info.finfo && GST_VIDEO_INFO_IS_INTERLACED (&stream->context.info))
    config.min_face_size_px /= 2;
  if (config.min_duration_ns > config.max_duration_ns)
    GST_WARNING_OBJECT (stream->trans, "min-duration is longer than max-duration");
  me_analyzer_configure (stream->analyzer, &config);
}

const GstMicroexprSettings *
gst_microexpr_stream_apply_settings (
    GstMicroexprStream *stream, const GstMicroexprSettings *settings)
{
  GstMicroexprSettings *active = &stream->context.settings;
  gboolean changed;

  GST_OBJECT_LOCK (stream->trans);
  changed = active->serial != settings->serial;
  if (changed)
    gst_microexpr_settings_copy (active, settings);
  GST_OBJECT_UNLOCK (stream->trans);
  if (changed && stream->analyzer)
    configure (stream);
  return active;
}

/* Whether frames of both can be compared with each other. */
static gboolean
same_picture (const GstVideoInfo *a, const GstVideoInfo *b)
{
  return GST_VIDEO_INFO_FORMAT (a) == GST_VIDEO_INFO_FORMAT (b) &&
         GST_VIDEO_INFO_WIDTH (a) == GST_VIDEO_INFO_WIDTH (b) &&
         GST_VIDEO_INFO_HEIGHT (a) == GST_VIDEO_INFO_HEIGHT (b) &&
         GST_VIDEO_INFO_PAR_N (a) == GST_VIDEO_INFO_PAR_N (b) &&
         GST_VIDEO_INFO_PAR_D (a) == GST_VIDEO_INFO_PAR_D (b) &&
         GST_VIDEO_INFO_IS_INTERLACED (a) == GST_VIDEO_INFO_IS_INTERLACED (b);
}

GstClockTime
gst_microexpr_stream_nominal_interval (const GstMicroexprStream *stream)
{
  return stream->timing.continuity.nominal;
}

void
gst_microexpr_stream_next_info (GstMicroexprStream *stream, const GstVideoInfo *next)
{
  if (stream->context.info.finfo && !same_picture (&stream->context.info, next))
    gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_CAPS);
}

/* The picture is stretched by the ratio, to square pixels: the limit keeps its size reasonable. */
static gboolean
has_usable_pixels (const GstVideoInfo *info)
{
  gdouble aspect = (gdouble)info->par_n / MAX (info->par_d, 1);

  return aspect >= 1 / MAX_PIXEL_ASPECT && aspect <= MAX_PIXEL_ASPECT;
}

gboolean
gst_microexpr_stream_set_info (GstMicroexprStream *stream, const GstVideoInfo *info)
{
  if (!has_usable_pixels (info)) {
    GST_ELEMENT_ERROR (stream->trans, STREAM, FORMAT,
        ("Unsupported pixel aspect ratio %d/%d (1/16 to 16); put videoscale before this element.",
            info->par_n, info->par_d),
        (NULL));
    return FALSE;
  }
  if (!gst_microexpr_luma_set_info (stream->luma, info)) {
    GST_ELEMENT_ERROR (stream->trans, STREAM, FORMAT,
        ("Cannot read the luma of this video; put videoconvert before this element."), (NULL));
    return FALSE;
  }
  gst_microexpr_stream_next_info (stream, info);
  stream->context.info = *info;
  gst_microexpr_timing_set_info (&stream->timing, info);
  configure (stream);
  return TRUE;
}

void
gst_microexpr_stream_reset (GstMicroexprStream *stream, GstMicroexprResetReason reason)
{
  GstClockTime last = stream->timing.continuity.last;

  if (!resets[reason].keep_faces)
    stream->picture = (MeBox){ 0 };
  if (!resets[reason].keep_time)
    stream->timing.expected = GST_CLOCK_TIME_NONE;
  if (!stream->analyzer || stream->fresh ||
      (!GST_CLOCK_TIME_IS_VALID (last) && resets[reason].keep_faces))
    return;
  GST_INFO_OBJECT (stream->trans, "analysis starts anew after %" GST_TIME_FORMAT ": %s",
      GST_TIME_ARGS (last), resets[reason].why);
  me_analyzer_reset (stream->analyzer, resets[reason].keep_faces);
  gst_microexpr_report_events (&stream->context, stream->analyzer, &stream->events);
  gst_microexpr_timing_break (&stream->timing, reason != GST_MICROEXPR_RESET_STREAM);
  if (resets[reason].disturbs)
    gst_microexpr_restarts_count (&stream->restarts);
  stream->fresh = !resets[reason].keep_faces;
  GST_OBJECT_LOCK (stream->trans);
  me_analyzer_get_stats (stream->analyzer, &stream->stats.analysis);
  GST_OBJECT_UNLOCK (stream->trans);
  if (resets[reason].count != NOT_COUNTED)
    count (stream, resets[reason].count, 1);
}

void
gst_microexpr_stream_gap (GstMicroexprStream *stream, GstClockTime end)
{
  if (gst_microexpr_continuity_check (&stream->timing.continuity, end) == GST_MICROEXPR_HAS_A_HOLE)
    gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_GAP);
}

void
gst_microexpr_stream_next_segment (GstMicroexprStream *stream, const GstSegment *next)
{
  if (!gst_microexpr_continuity_over_segments (
          &stream->timing.continuity, &stream->context.segment, next))
    gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_SEEK);
  if (!GST_CLOCK_TIME_IS_VALID (stream->timing.continuity.last))
    stream->timing.expected = GST_CLOCK_TIME_NONE;
}

void
gst_microexpr_stream_next_stream (GstMicroexprStream *stream)
{
  gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_STREAM);
  gst_microexpr_wall_clock_init (&stream->context.wall);
  g_clear_pointer (&stream->context.orientation, g_free);
}

void
gst_microexpr_stream_set_orientation (GstMicroexprStream *stream, const char *orientation)
{
  g_free (stream->context.orientation);
  stream->context.orientation = g_str_equal (orientation, UPRIGHT) ? NULL : g_strdup (orientation);
}

static gboolean
has_time (const GstMicroexprStream *stream, GstClockTime time)
{
  return GST_CLOCK_TIME_IS_VALID (time) && stream->context.segment.format == GST_FORMAT_TIME;
}

/* Once in a stream: nothing can be measured when frames have no time, or all the same. */
static void
warn_untimed (GstMicroexprStream *stream, GstClockTime time)
{
  gboolean same = has_time (stream, time) && time == stream->timing.continuity.last;

  stream->n_same_time += same ? 1 : 0;
  if (stream->untimed || (has_time (stream, time) && stream->n_same_time < MANY_SAME_TIME))
    return;
  stream->untimed = TRUE;
  if (same)
    GST_ELEMENT_WARNING (stream->trans, STREAM, FORMAT,
        ("%u frames in a row have the same timestamp, of which only the first is analysed; convert "
         "the recording to a format that stores the time of each frame.",
            stream->n_same_time + 1),
        (NULL));
  else
    GST_ELEMENT_WARNING (stream->trans, STREAM, FORMAT,
        ("Frames without a timestamp are not analysed; use rawvideoparse after a raw file, or "
         "do-timestamp=true on the source."),
        (NULL));
}

/* Whether a frame can be analysed at all; else it is counted why not. */
static gboolean
is_usable (GstMicroexprStream *stream, GstBuffer *buffer, GstClockTime time)
{
  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_CORRUPTED)) {
    GST_DEBUG_OBJECT (stream->trans, "damaged frame at %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
    count (stream, GST_MICROEXPR_COUNT_SKIPPED_CORRUPT, 1);
    return FALSE;
  }
  if (!has_time (stream, time) || stream->context.segment.rate < 0 ||
      time == stream->timing.continuity.last) {
    GST_LOG_OBJECT (stream->trans, "no usable time: %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
    warn_untimed (stream, time);
    count (stream, GST_MICROEXPR_COUNT_SKIPPED_UNTIMED, 1);
    return FALSE;
  }
  return TRUE;
}

/* Starts anew when this frame does not follow the one before it. DISCONT is only logged: a leaky
 * queue sets it for every frame it drops, which the analysis tolerates. */
static void
check_time (GstMicroexprStream *stream, GstBuffer *buffer, GstClockTime time)
{
  if (GST_BUFFER_IS_DISCONT (buffer))
    GST_DEBUG_OBJECT (
        stream->trans, "data was lost before %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
  switch (gst_microexpr_timing_check (&stream->timing, time)) {
  case GST_MICROEXPR_HAS_A_HOLE:
    gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_GAP);
    break;
  case GST_MICROEXPR_GOES_BACK:
    gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_BACKWARD);
    break;
  case GST_MICROEXPR_CHANGES_RHYTHM:
    gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_RHYTHM);
    break;
  case GST_MICROEXPR_CONTINUES:
  case GST_MICROEXPR_REPEATS:
    break;
  }
}

/* Starts anew when another part of the buffer is seen than before. */
static void
check_picture (GstMicroexprStream *stream, const MeFrame *frame)
{
  const GstMicroexprPlacement *placement = gst_microexpr_luma_placement (stream->luma);
  MeBox picture = { placement->x, placement->y, frame->width, frame->height };

  if (stream->picture.width && memcmp (&stream->picture, &picture, sizeof picture) != 0)
    gst_microexpr_stream_reset (stream, GST_MICROEXPR_RESET_CAPS);
  stream->picture = picture;
  stream->context.placement = *placement;
}

/* A warning of the element's own starts or clears. */
static void
warn (GstMicroexprStream *stream, const MeWarning *warning, GstClockTime time)
{
  count (stream, GST_MICROEXPR_COUNT_WARNINGS, warning->active ? 1 : 0);
  gst_microexpr_report_warning (&stream->context, warning, time);
}

/* Warns once when interlaced video starts, and once when it is over. */
static void
check_interlaced (GstMicroexprStream *stream, GstClockTime time)
{
  gboolean interlaced = GST_VIDEO_INFO_IS_INTERLACED (&stream->context.info);

  if (interlaced == stream->interlaced)
    return;
  stream->interlaced = interlaced;
  warn (stream,
      &(MeWarning){ ME_WARNING_INTERLACED, interlaced, -1, interlaced ? 2 : 1,
          me_warning_rule (ME_WARNING_INTERLACED)->limit },
      time);
}

/* Warns when the analysis keeps starting anew, and when that is over. */
static void
check_restarts (GstMicroexprStream *stream, GstClockTime time)
{
  if (gst_microexpr_restarts_warns (&stream->restarts, time))
    warn (stream,
        &(MeWarning){ ME_WARNING_RESTARTS, stream->restarts.warned, -1, stream->restarts.per_minute,
            me_warning_rule (ME_WARNING_RESTARTS)->limit },
        time);
}

static void
report (GstMicroexprStream *stream, GstClockTime time, GValue *faces)
{
  guint started;

  gst_microexpr_report_events (&stream->context, stream->analyzer, &stream->events);
  gst_microexpr_report_faces (&stream->context, stream->analyzer, time, &stream->faces, faces);
  started = gst_microexpr_report_warnings (&stream->context, stream->analyzer, time);
  count (stream, GST_MICROEXPR_COUNT_WARNINGS, started);
  check_interlaced (stream, time);
  check_restarts (stream, time);
}

GstStructure *
gst_microexpr_stream_get_stats (GstMicroexprStream *stream)
{
  GstMicroexprStats stats;

  GST_OBJECT_LOCK (stream->trans);
  stats = stream->stats;
  GST_OBJECT_UNLOCK (stream->trans);
  return gst_microexpr_stats_to_structure (&stats);
}

void
gst_microexpr_stream_set_latency (GstMicroexprStream *stream, GstClockTime latency)
{
  GST_OBJECT_LOCK (stream->trans);
  stream->latency = latency;
  GST_OBJECT_UNLOCK (stream->trans);
}

static GstClockTime
running_time_of (const GstMicroexprStream *stream, GstClockTime time)
{
  return gst_segment_to_running_time (&stream->context.segment, GST_FORMAT_TIME, time);
}

static gboolean
get_delay (GstMicroexprStream *stream, GstClockTime running_time, GstClockTimeDiff *delay)
{
  return gst_microexpr_wall_clock_is_live (
             &stream->context.wall, GST_BASE_TRANSFORM_SINK_PAD (stream->trans)) &&
         gst_microexpr_wall_clock_get_delay (stream->context.element, running_time, delay);
}

/* Warns once when frames begin to be skipped, and once when that is over. */
static void
check_late (GstMicroexprStream *stream, GstClockTime time, GstClockTime running_time,
    GstClockTimeDiff delay, GstClockTime latency)
{
  double delay_ms = (double)(delay + (GstClockTimeDiff)stream->punctuality.cost) / GST_MSECOND;

  if (gst_microexpr_punctuality_warns (&stream->punctuality, running_time))
    warn (stream,
        &(MeWarning){ ME_WARNING_LATE, stream->punctuality.warned, -1, delay_ms,
            (double)latency / GST_MSECOND },
        time);
}

/* Whether to skip the analysis of a frame, so that a live pipeline does not fall behind. */
static gboolean
is_late (GstMicroexprStream *stream, GstClockTime time)
{
  GstClockTime running_time = running_time_of (stream, time);
  GstClockTimeDiff delay;
  GstClockTime latency;
  gboolean late;

  GST_OBJECT_LOCK (stream->trans);
  latency = stream->latency;
  GST_OBJECT_UNLOCK (stream->trans);
  if (latency == 0)
    latency = UNSYNCED_LATENCY;
  else if (GST_CLOCK_TIME_IS_VALID (latency)) /* frames that are held have that much less of it */
    latency -= MIN (latency, stream->context.settings.lookahead_ns);
  if (!GST_CLOCK_TIME_IS_VALID (latency) || !get_delay (stream, running_time, &delay))
    return FALSE;
  late = gst_microexpr_punctuality_is_late (&stream->punctuality, running_time, delay, latency);
  check_late (stream, time, running_time, delay, latency);
  if (late) {
    GST_DEBUG_OBJECT (stream->trans, "late by %" GST_STIME_FORMAT, GST_STIME_ARGS (delay));
    count (stream, GST_MICROEXPR_COUNT_SKIPPED_LATE, 1);
  }
  return late;
}

/* A frame was analysed; object lock held. */
static void
note_cost (GstMicroexprStream *stream, GstClockTime cost, GstClockTime mapping, gboolean live,
    GstClockTimeDiff delay)
{
  gst_microexpr_stats_add_frame (&stream->stats, cost, mapping, stream->analyzer);
  if (!live)
    return;
  gst_microexpr_punctuality_note (&stream->punctuality, cost, delay);
  stream->stats.latency_ms = stream->punctuality.delay_ms;
  stream->stats.max_latency_ms = stream->punctuality.max_delay_ms;
}

/* One unreadable frame among readable ones is damaged. FALSE: it is the first, and so will others
 * be. */
static gboolean
skip_unreadable (GstMicroexprStream *stream, GstBuffer *buffer)
{
  if (stream->stats.analysis.frames == 0)
    return FALSE;
  GST_WARNING_OBJECT (stream->trans, "cannot read %" GST_PTR_FORMAT, (gpointer)buffer);
  count (stream, GST_MICROEXPR_COUNT_SKIPPED_CORRUPT, 1);
  return TRUE;
}

/* FALSE: buffers of this stream cannot be read. */
static gboolean
analyse (GstMicroexprStream *stream, GstBuffer *buffer, GstClockTime time,
    GstMicroexprFindings *findings)
{
  GstClockTime start = gst_util_get_timestamp (), mapped;
  GstMicroexprContext *context = &stream->context;
  MeFrame frame = { 0 };
  GstClockTimeDiff delay = 0;
  gboolean live;

  check_time (stream, buffer, time);
  gst_microexpr_wall_clock_observe (&context->wall, buffer);
  if (!gst_microexpr_luma_map (stream->luma, buffer, &frame))
    return skip_unreadable (stream, buffer);
  mapped = gst_util_get_timestamp ();
  check_picture (stream, &frame);
  gst_microexpr_segments_add (&context->segments, &context->segment, time,
      GST_CLOCK_TIME_IS_VALID (stream->timing.continuity.last));
  frame.time_ns = gst_microexpr_timing_picture_time (&stream->timing, &context->info, buffer);
  me_analyzer_process (stream->analyzer, &frame);
  gst_microexpr_luma_unmap (stream->luma);
  gst_microexpr_continuity_advance (&stream->timing.continuity, time);
  stream->fresh = FALSE;
  stream->n_same_time = 0;
  live = get_delay (stream, running_time_of (stream, time), &delay);
  GST_OBJECT_LOCK (stream->trans);
  note_cost (stream, gst_util_get_timestamp () - start, mapped - start, live, delay);
  GST_OBJECT_UNLOCK (stream->trans);
  findings->unseen = FALSE;
  report (stream, time, &findings->faces);
  return TRUE;
}

gboolean
gst_microexpr_stream_frame (
    GstMicroexprStream *stream, GstBuffer *buffer, GstMicroexprFindings *findings)
{
  gboolean readable = TRUE;

  gst_microexpr_findings_clear (findings);
  gst_microexpr_findings_init (findings);
  stream->context.segment = gst_microexpr_segment_of (stream->trans);
  findings->time = gst_microexpr_timing_frame_time (&stream->timing, buffer);
  count (stream, GST_MICROEXPR_COUNT_FRAMES, 1);
  if (is_usable (stream, buffer, findings->time) && !is_late (stream, findings->time))
    readable = analyse (stream, buffer, findings->time, findings);
  findings->duration = gst_microexpr_timing_duration (&stream->timing, buffer);
  findings->stream_time = gst_microexpr_stream_time (&stream->context.segment, findings->time);
  findings->width = GST_VIDEO_INFO_WIDTH (&stream->context.info);
  findings->height = GST_VIDEO_INFO_HEIGHT (&stream->context.info);
  if (readable)
    gst_microexpr_stream_pop_events (stream, &findings->events);
  return readable;
}

void
gst_microexpr_stream_pop_events (GstMicroexprStream *stream, GValue *events)
{
  gst_microexpr_list_move (events, &stream->events);
}
