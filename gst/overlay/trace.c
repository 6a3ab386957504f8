/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pixels of a stretch of the timeline. */
#include "trace.h"

#include <math.h>

#define SPAN_ALPHA 0x66
#define SPEECH_LINES 2 /* height of the band of speech, lines */

/* What the curve covers of one column, px from the top; low > high: nothing. */
typedef struct
{
  float low, high, noise;
  gboolean speaking;
} Column;

static double
x_of (const GstMicroexprPlot *plot, gint64 time_ns)
{
  return (double)(time_ns - plot->origin_ns) / (double)GST_SECOND * plot->px_per_s - plot->left_px;
}

static double
y_of (const GstMicroexprPlot *plot, double percent)
{
  double part = CLAMP (percent / plot->scale, 0, 1);

  return plot->bottom - part * (plot->bottom - plot->top);
}

/* a * colour + (255 - a) * under, over 255 and rounded, for the two bytes in 0x00ff00ff. */
static inline guint32
mix_pair (guint32 colour, guint32 under, guint32 a)
{
  guint32 t = (colour & 0xff00ff) * a + (under & 0xff00ff) * (255 - a) + 0x800080;

  return (t + (t >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
}

/* The opaque colour of argb over what is there, at alpha a (0..255). */
static inline void
blend_pixel (guint32 *pixel, guint32 argb, guint32 a)
{
  guint32 d = *pixel;

  *pixel = mix_pair (argb >> 8 | 0xff0000, d >> 8, a) << 8 | mix_pair (argb, d, a);
}

/* One column from `top` to `bottom`, both may lie within a pixel. */
static void
paint_column (GstMicroexprCanvas *canvas, int x, double top, double bottom, guint32 argb)
{
  top = MAX (top, 0);
  bottom = MIN (bottom, canvas->height);
  for (int y = (int)top; y < bottom; y++) {
    double covered = MIN (y + 1, bottom) - MAX (y, top);
    blend_pixel (&canvas->argb[y * canvas->width + x], argb, (guint)((argb >> 24) * covered + 0.5));
  }
}

/* The height of the plot, from x0 to x1. */
static void
paint_box (GstMicroexprCanvas *canvas, int x0, int x1, const GstMicroexprPlot *plot, guint32 argb)
{
  for (int y = plot->top; y < plot->bottom; y++)
    for (int x = MAX (x0, 0); x < MIN (x1, canvas->width); x++)
      blend_pixel (&canvas->argb[y * canvas->width + x], argb, argb >> 24);
}

void
gst_microexpr_trace_paint_grid (GstMicroexprCanvas *canvas, const GstMicroexprPlot *plot)
{
  gint64 second = plot->origin_ns / (gint64)GST_SECOND - 1;
  int x;

  gst_microexpr_canvas_fill (canvas, 0, 0, canvas->width, canvas->height,
      gst_microexpr_premultiply (GST_MICROEXPR_COLOUR_BACKING));
  while ((x = (int)floor (x_of (plot, second++ * (gint64)GST_SECOND))) < canvas->width)
    paint_box (canvas, x, x + 1, plot, GST_MICROEXPR_COLOUR_GRID);
}

/* Marks the columns that the line between two samples crosses. */
static void
mark_columns (Column *columns, int width, const GstMicroexprPlot *plot,
    const GstMicroexprSample *from, const GstMicroexprSample *to)
{
  double x0 = x_of (plot, from->time_ns), x1 = x_of (plot, to->time_ns);
  double y0 = y_of (plot, (double)from->motion), y1 = y_of (plot, (double)to->motion);
  int last = MIN ((int)floor (x1), width - 1);

  for (int x = MAX ((int)floor (x0), 0); x <= last; x++) {
    double start = CLAMP ((x - x0) / MAX (x1 - x0, 1e-9), 0, 1);
    double end = CLAMP ((x + 1 - x0) / MAX (x1 - x0, 1e-9), 0, 1);
    double a = y0 + start * (y1 - y0), b = y0 + end * (y1 - y0);
    columns[x].low = MIN (columns[x].low, (float)MIN (a, b));
    columns[x].high = MAX (columns[x].high, (float)MAX (a, b));
    columns[x].noise = (float)y_of (plot, (double)to->noise);
    columns[x].speaking = to->speaking;
  }
}

void
gst_microexpr_trace_paint_motion (GstMicroexprCanvas *canvas, const GstMicroexprPlot *plot,
    const GstMicroexprSample *samples, guint n_samples)
{
  Column *columns = g_new (Column, canvas->width);

  for (int x = 0; x < canvas->width; x++)
    columns[x] = (Column){ .low = G_MAXFLOAT, .high = -G_MAXFLOAT };
  for (guint i = 1; i < n_samples; i++)
    if (samples[i].time_ns - samples[i - 1].time_ns <= GST_MICROEXPR_TRACE_REACH_NS)
      mark_columns (columns, canvas->width, plot, &samples[i - 1], &samples[i]);
  for (int x = 0; x < canvas->width; x++) {
    const Column *c = &columns[x];
    if (c->low > c->high)
      continue;
    paint_column (canvas, x, (double)c->noise, plot->bottom, GST_MICROEXPR_COLOUR_NOISE);
    if (c->speaking)
      paint_column (canvas, x, plot->bottom - SPEECH_LINES * plot->line, plot->bottom,
          GST_MICROEXPR_COLOUR_SPEECH);
    paint_column (canvas, x, (double)c->low - plot->line / 2, (double)c->high + plot->line / 2,
        GST_MICROEXPR_COLOUR_MOTION);
  }
  g_free (columns);
}

/* A notch hanging from the top of the plot. */
static void
draw_apex (GstMicroexprCanvas *canvas, double x, const GstMicroexprPlot *plot)
{
  double size = 2.2 * plot->line;
  cairo_t *cr;

  if (x < -size || x > canvas->width + size)
    return;
  cr = gst_microexpr_canvas_cairo (canvas);
  gst_microexpr_set_source (cr, GST_MICROEXPR_COLOUR_TEXT);
  cairo_move_to (cr, x - size, plot->top);
  cairo_line_to (cr, x + size, plot->top);
  cairo_line_to (cr, x, plot->top + 1.6 * size);
  cairo_fill (cr);
  cairo_destroy (cr);
}

void
gst_microexpr_trace_paint_span (
    GstMicroexprCanvas *canvas, const GstMicroexprPlot *plot, const GstMicroexprSpan *span)
{
  int onset = (int)floor (x_of (plot, span->onset_ns)), line = MAX (1, (int)plot->line);
  int offset = MAX ((int)floor (x_of (plot, span->offset_ns)), onset + 2 * line);

  paint_box (canvas, onset, offset, plot, (span->argb & 0xffffff) | (guint32)SPAN_ALPHA << 24);
  paint_box (canvas, onset, onset + line, plot, span->argb);
  paint_box (canvas, offset - line, offset, plot, span->argb);
  draw_apex (canvas, x_of (plot, span->apex_ns), plot);
}
