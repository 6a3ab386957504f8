/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One strip of the overlay: the motion of a face over the last ten seconds, its noise floor, and
 * the events as coloured spans with onset, apex and offset. */
#pragma once

#include "overlay-sprite.h"

G_BEGIN_DECLS

#define GST_MICROEXPR_TIMELINE_NS (10 * GST_SECOND)
#define GST_MICROEXPR_TIMELINE_SAMPLES 500

/* Stream times in ns, % IPD. */
typedef struct
{
  gint64 time_ns;
  float motion, noise;
} GstMicroexprSample;

/* An event as the strip shows it. */
typedef struct
{
  gint64 onset_ns, apex_ns, offset_ns;
  guint32 argb;
  const char *name; /* borrowed */
} GstMicroexprSpan;

/* A fixed amount of memory, however many frames pass a second. */
typedef struct
{
  gint64 face; /* track id; -1: free */
  gint64 last_ns;
  GstMicroexprSample samples[GST_MICROEXPR_TIMELINE_SAMPLES]; /* ring; see add */
  GstMicroexprCanvas background; /* all that does not move; drawn for the two values below */
  double background_scale;
  GstMicroexprSprite sprite;
  gint64 drawn_tick; /* the strip is drawn again at the next one */
} GstMicroexprTimeline;

void gst_microexpr_timeline_start (GstMicroexprTimeline *timeline, gint64 face);
void gst_microexpr_timeline_clear (GstMicroexprTimeline *timeline);
/* Forgets the pictures but not the samples: another style. */
void gst_microexpr_timeline_drop_pictures (GstMicroexprTimeline *timeline);

/* Of several samples within 20 ms the one with the largest motion is kept. */
void gst_microexpr_timeline_add (
    GstMicroexprTimeline *timeline, gint64 time_ns, double motion, double noise);

/* A sample lies in the ten seconds before now_ns. */
gboolean gst_microexpr_timeline_is_alive (const GstMicroexprTimeline *timeline, gint64 now_ns);

/* Draws timeline->sprite again when it is out of date. spans: in the order of their end. */
void gst_microexpr_timeline_draw (GstMicroexprTimeline *timeline, GstMicroexprText *text,
    const GstMicroexprStyle *style, const GstMicroexprSpan *spans, guint n_spans, gint64 now_ns);

G_END_DECLS
