/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pixels of a stretch of the timeline: the motion of a face, its noise floor, and the events.
 * Painted column by column: a stroked path of 500 points takes Cairo 2 ms. */
#pragma once

#include "sprite.h"

G_BEGIN_DECLS

/* Stream times in ns, % IPD. */
typedef struct
{
  gint64 time_ns;
  float motion, noise;
  gboolean speaking;
} GstMicroexprSample;

/* An event as the timeline shows it. */
typedef struct
{
  gint64 onset_ns, apex_ns, offset_ns;
  guint32 argb;
  const char *name;                /* borrowed */
  GstMicroexprSprite *name_sprite; /* borrowed: the drawn name */
} GstMicroexprSpan;

/* Where things are on a canvas. */
typedef struct
{
  int top, bottom;  /* of the motion, px */
  double scale;     /* % IPD at the top */
  double line;      /* thickness of lines, px */
  gint64 origin_ns; /* the time at x = -left_px */
  int left_px;      /* columns of that time axis left of the canvas */
  double px_per_s;
} GstMicroexprPlot;

/* Fills the canvas with its backing and a line per second. */
void gst_microexpr_trace_paint_grid (GstMicroexprCanvas *canvas, const GstMicroexprPlot *plot);

/* Colours the span, with lines at onset and offset and a notch at the apex. */
void gst_microexpr_trace_paint_span (
    GstMicroexprCanvas *canvas, const GstMicroexprPlot *plot, const GstMicroexprSpan *span);

/* The curve through samples in the order of time, and a band at the bottom while the person speaks.
 * Those further apart than half a second are not joined. Columns outside the canvas are left out.
 */
void gst_microexpr_trace_paint_motion (GstMicroexprCanvas *canvas, const GstMicroexprPlot *plot,
    const GstMicroexprSample *samples, guint n_samples);

/* Samples further away than that change nothing on a stretch of time, ns. */
#define GST_MICROEXPR_TRACE_REACH_NS ((gint64)(GST_SECOND / 2))

G_END_DECLS
