/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A timeline: the motion of a face over the last ten seconds, its noise floor, and
 * the events as coloured spans with onset, apex and offset. */
#pragma once

#include "trace.h"

G_BEGIN_DECLS

#define GST_MICROEXPR_TIMELINE_NS ((gint64)(10 * GST_SECOND))
#define GST_MICROEXPR_TIMELINE_SAMPLES 500
#define GST_MICROEXPR_TIMELINE_TILES 21 /* half a second each, and one more: the ends are cut */

/* A stretch of half a second as it was drawn: columns from first_px on of those it has. */
typedef struct
{
  gint64 index; /* starts at index * 0.5 s */
  int first_px;
  guint spans;       /* what identifies the events on it */
  gboolean outdated; /* a sample came since */
  GstMicroexprSprite sprite;
} GstMicroexprTile;

/* A fixed amount of memory, however many frames pass a second. */
typedef struct
{
  gint64 face; /* track id; -1: free */
  gint64 last_ns;
  GstMicroexprSample samples[GST_MICROEXPR_TIMELINE_SAMPLES]; /* ring; see add */
  /* All empty, or drawn for the plot below, whose origin is unused. */
  GstMicroexprSprite caption;                           /* at the left */
  GstMicroexprTile tiles[GST_MICROEXPR_TIMELINE_TILES]; /* ring */
  GstMicroexprPlot plot;
  GstVideoRectangle strip;  /* they are drawn for */
  int left, right, tile_px; /* of the tiles in the picture */
} GstMicroexprTimeline;

void gst_microexpr_timeline_start (GstMicroexprTimeline *timeline, gint64 face);
void gst_microexpr_timeline_clear (GstMicroexprTimeline *timeline);
/* Forgets the pictures but not the samples: another style. */
void gst_microexpr_timeline_drop_pictures (GstMicroexprTimeline *timeline);

/* Of several samples within 20 ms the one with the largest motion is kept. */
void gst_microexpr_timeline_add (GstMicroexprTimeline *timeline, const GstMicroexprSample *sample);

/* A sample lies in the ten seconds before now_ns. */
gboolean gst_microexpr_timeline_is_alive (const GstMicroexprTimeline *timeline, gint64 now_ns);

/* Appends the rectangles of the timeline at `strip`, borrowed until the next call; draws again what
 * is out of date. spans: in the order of their end. */
void gst_microexpr_timeline_place (GstMicroexprTimeline *timeline, GstMicroexprText *text,
    const GstMicroexprStyle *style, const GstMicroexprSpan *spans, guint n_spans, gint64 now_ns,
    const GstVideoRectangle *strip, GPtrArray *rectangles);

G_END_DECLS
