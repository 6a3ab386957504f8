/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One strip of the overlay. What moves is painted column by column straight into the pixels: a
 * stroked path of 500 points takes Cairo 2 ms, this takes a tenth of it. */
#include "overlay-timeline.h"

#include <math.h>

#define SAMPLE_NS (GST_MICROEXPR_TIMELINE_NS / GST_MICROEXPR_TIMELINE_SAMPLES)
#define REDRAW_NS (GST_SECOND / 15)
#define GAP_NS (GST_SECOND / 2) /* samples further apart are not joined */
#define SPAN_ALPHA 0x66

/* The inside of the strip: where motion is drawn, px of the strip. */
typedef struct
{
  double left, right, top, bottom;
  double scale; /* % IPD at the top */
  double line;  /* thickness of lines, px */
  gint64 now_ns;
} Plot;

/* What the trace covers of one column, px from the top; low > high: nothing. */
typedef struct
{
  float low, high, noise;
} Column;

void
gst_microexpr_timeline_start (GstMicroexprTimeline *timeline, gint64 face)
{
  gst_microexpr_timeline_drop_pictures (timeline);
  timeline->face = face;
  timeline->last_ns = G_MININT64;
  for (guint i = 0; i < GST_MICROEXPR_TIMELINE_SAMPLES; i++)
    timeline->samples[i].time_ns = G_MININT64;
}

void
gst_microexpr_timeline_clear (GstMicroexprTimeline *timeline)
{
  gst_microexpr_timeline_start (timeline, -1);
}

void
gst_microexpr_timeline_drop_pictures (GstMicroexprTimeline *timeline)
{
  gst_microexpr_sprite_clear (&timeline->sprite);
  g_clear_pointer (&timeline->background.argb, g_free);
  timeline->drawn_tick = G_MININT64;
}

/* The slot of a time is fixed, so that samples older than the ring are overwritten and times that
 * jump need no care: a slot counts only while its own time is in the window. */
void
gst_microexpr_timeline_add (
    GstMicroexprTimeline *timeline, gint64 time_ns, double motion, double noise)
{
  gint64 slot = time_ns / (gint64)SAMPLE_NS;
  GstMicroexprSample *sample = &timeline->samples[slot % GST_MICROEXPR_TIMELINE_SAMPLES];

  timeline->last_ns = time_ns;
  if (sample->time_ns >= 0 && sample->time_ns / (gint64)SAMPLE_NS == slot &&
      motion <= (double)sample->motion)
    return;
  *sample = (GstMicroexprSample){ time_ns, (float)motion, (float)noise };
}

gboolean
gst_microexpr_timeline_is_alive (const GstMicroexprTimeline *timeline, gint64 now_ns)
{
  return timeline->face >= 0 && timeline->last_ns <= now_ns &&
         timeline->last_ns > now_ns - (gint64)GST_MICROEXPR_TIMELINE_NS;
}

static gboolean
in_window (const GstMicroexprSample *sample, gint64 now_ns)
{
  return sample->time_ns <= now_ns && sample->time_ns > now_ns - (gint64)GST_MICROEXPR_TIMELINE_NS;
}

/* The i-th slot counted from the oldest in the window, or NULL while it holds nothing. */
static const GstMicroexprSample *
sample_at (const GstMicroexprTimeline *timeline, gint64 now_ns, int i)
{
  gint64 slot = now_ns / (gint64)SAMPLE_NS - GST_MICROEXPR_TIMELINE_SAMPLES + 1 + i;
  const GstMicroexprSample *sample;

  if (slot < 0)
    return NULL;
  sample = &timeline->samples[slot % GST_MICROEXPR_TIMELINE_SAMPLES];
  return in_window (sample, now_ns) ? sample : NULL;
}

/* Steps, so that the trace does not breathe. */
static double
choose_scale (const GstMicroexprTimeline *timeline, gint64 now_ns)
{
  static const double scales[] = { 2, 5, 10, 20, 50, 100 }; /* % IPD */
  double highest = 0;
  guint i = 0;

  for (guint k = 0; k < GST_MICROEXPR_TIMELINE_SAMPLES; k++)
    if (in_window (&timeline->samples[k], now_ns))
      highest = MAX (highest, (double)timeline->samples[k].motion);
  while (i + 1 < G_N_ELEMENTS (scales) && scales[i] < 1.05 * highest)
    i++;
  return scales[i];
}

static double
x_of (const Plot *plot, gint64 time_ns)
{
  double ago = (double)(plot->now_ns - time_ns) / (double)GST_MICROEXPR_TIMELINE_NS;

  return CLAMP (plot->right - ago * (plot->right - plot->left), plot->left, plot->right);
}

static double
y_of (const Plot *plot, double percent)
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
paint_box (GstMicroexprCanvas *canvas, int x0, int x1, const Plot *plot, guint32 argb)
{
  for (int y = (int)plot->top; y < (int)plot->bottom; y++)
    for (int x = x0; x < MIN (x1, canvas->width); x++)
      blend_pixel (&canvas->argb[y * canvas->width + x], argb, argb >> 24);
}

/* Marks the columns that the line between two samples crosses. */
static void
trace_segment (
    Column *columns, const Plot *plot, const GstMicroexprSample *from, const GstMicroexprSample *to)
{
  double x0 = x_of (plot, from->time_ns), x1 = x_of (plot, to->time_ns);
  double y0 = y_of (plot, (double)from->motion), y1 = y_of (plot, (double)to->motion);

  for (int x = (int)x0; x <= (int)x1; x++) {
    double start = CLAMP ((x - x0) / MAX (x1 - x0, 1e-9), 0, 1);
    double end = CLAMP ((x + 1 - x0) / MAX (x1 - x0, 1e-9), 0, 1);
    double a = y0 + start * (y1 - y0), b = y0 + end * (y1 - y0);
    columns[x].low = MIN (columns[x].low, (float)MIN (a, b));
    columns[x].high = MAX (columns[x].high, (float)MAX (a, b));
    columns[x].noise = (float)y_of (plot, (double)to->noise);
  }
}

static Column *
trace (const GstMicroexprTimeline *timeline, const Plot *plot, int width)
{
  Column *columns = g_new (Column, width);
  const GstMicroexprSample *before = NULL;

  for (int x = 0; x < width; x++)
    columns[x] = (Column){ .low = 1, .high = 0 };
  for (int x = (int)plot->left; x < width; x++)
    columns[x] = (Column){ .low = G_MAXFLOAT, .high = -G_MAXFLOAT };
  for (int i = 0; i < GST_MICROEXPR_TIMELINE_SAMPLES; i++) {
    const GstMicroexprSample *sample = sample_at (timeline, plot->now_ns, i);
    if (!sample)
      continue;
    if (before && sample->time_ns - before->time_ns <= (gint64)GAP_NS)
      trace_segment (columns, plot, before, sample);
    before = sample;
  }
  return columns;
}

static void
paint_trace (GstMicroexprCanvas *canvas, const GstMicroexprTimeline *timeline, const Plot *plot)
{
  Column *columns = trace (timeline, plot, canvas->width);

  for (int x = (int)plot->left; x < MIN ((int)plot->right, canvas->width); x++) {
    const Column *c = &columns[x];
    if (c->low > c->high)
      continue;
    paint_column (canvas, x, (double)c->noise, plot->bottom, GST_MICROEXPR_COLOUR_NOISE);
    paint_column (canvas, x, (double)c->low - plot->line / 2, (double)c->high + plot->line / 2,
        GST_MICROEXPR_COLOUR_MOTION);
  }
  g_free (columns);
}

static gboolean
span_in_window (const GstMicroexprSpan *span, const Plot *plot)
{
  return span->onset_ns <= plot->now_ns &&
         span->offset_ns > plot->now_ns - (gint64)GST_MICROEXPR_TIMELINE_NS;
}

static void
paint_span (GstMicroexprCanvas *canvas, const GstMicroexprSpan *span, const Plot *plot)
{
  int onset = (int)x_of (plot, span->onset_ns), line = MAX (1, (int)plot->line);
  int offset = MAX ((int)x_of (plot, span->offset_ns), onset + 2 * line);

  paint_box (canvas, onset, offset, plot, (span->argb & 0xffffff) | (guint32)SPAN_ALPHA << 24);
  paint_box (canvas, onset, onset + line, plot, span->argb);
  paint_box (canvas, offset - line, offset, plot, span->argb);
}

/* A notch hanging from the top of the plot. */
static void
draw_apex (cairo_t *cr, const GstMicroexprSpan *span, const Plot *plot)
{
  double x = x_of (plot, span->apex_ns), size = 2.2 * plot->line;

  if (span->apex_ns <= plot->now_ns - (gint64)GST_MICROEXPR_TIMELINE_NS)
    return;
  gst_microexpr_set_source (cr, GST_MICROEXPR_COLOUR_TEXT);
  cairo_move_to (cr, x - size, plot->top);
  cairo_line_to (cr, x + size, plot->top);
  cairo_line_to (cr, x, plot->top + 1.6 * size);
  cairo_fill (cr);
}

/* Over the span, unless it would run into the name of a later event. Returns where it starts. */
static double
draw_name (cairo_t *cr, GstMicroexprText *text, const GstMicroexprStyle *style,
    const GstMicroexprSpan *span, const Plot *plot, double limit)
{
  int width, height;
  double x = x_of (plot, span->onset_ns);

  gst_microexpr_text_set (text, span->name, style->small_font_px, FALSE, -1);
  gst_microexpr_text_size (text, &width, &height);
  if (limit >= plot->right)
    x = MIN (x, plot->right - width);
  if (x + width > limit || x < plot->left)
    return limit;
  gst_microexpr_text_draw (text, cr, x, (plot->top - height) / 2, GST_MICROEXPR_COLOUR_TEXT);
  return x - style->pad_px;
}

/* Where things are on a strip of this size; the gutter on the left holds the captions. */
static Plot
plot_of (const GstMicroexprStyle *style, GstMicroexprText *text, int width, gint64 now_ns)
{
  int gutter, line_height;

  gst_microexpr_text_set (text, "face 00", style->small_font_px, TRUE, -1);
  gst_microexpr_text_size (text, &gutter, &line_height);
  return (Plot){
    .left = gutter + 2 * style->pad_px,
    .right = width - style->pad_px,
    .top = line_height + 1,
    .bottom = style->lane_px - style->pad_px,
    .line = MAX (1.5, style->height / 480.),
    .now_ns = now_ns,
  };
}

static void
draw_caption (cairo_t *cr, GstMicroexprText *text, const GstMicroexprStyle *style,
    const char *string, gboolean bold, double y, guint32 argb)
{
  gst_microexpr_text_set (text, string, style->small_font_px, bold, -1);
  gst_microexpr_text_draw (text, cr, style->pad_px, y, argb);
}

/* Backing, captions, a base line and a line per second. */
static void
draw_background (GstMicroexprTimeline *timeline, GstMicroexprText *text,
    const GstMicroexprStyle *style, const Plot *plot, int width)
{
  GstMicroexprCanvas *canvas = &timeline->background;
  char face[32], top[32];

  g_free (canvas->argb);
  gst_microexpr_canvas_init (canvas, width, style->lane_px);
  gst_microexpr_canvas_fill (canvas, 0, 0, width, style->lane_px,
      gst_microexpr_premultiply (GST_MICROEXPR_COLOUR_BACKING));
  for (int s = 0; s <= 10; s++) {
    int x = (int)(plot->right - s * (plot->right - plot->left) / 10) - (s == 0);
    paint_box (canvas, x, x + 1, plot, GST_MICROEXPR_COLOUR_GRID);
  }
  g_snprintf (face, sizeof face, "face %" G_GINT64_FORMAT, timeline->face);
  g_snprintf (top, sizeof top, "%d %%", (int)plot->scale);
  cairo_t *cr = gst_microexpr_canvas_cairo (canvas);
  draw_caption (cr, text, style, face, TRUE, 0, GST_MICROEXPR_COLOUR_TEXT);
  draw_caption (cr, text, style, top, FALSE, plot->top, GST_MICROEXPR_COLOUR_DIM_TEXT);
  draw_caption (
      cr, text, style, "10 s", FALSE, plot->bottom - plot->top + 1, GST_MICROEXPR_COLOUR_DIM_TEXT);
  cairo_destroy (cr);
  timeline->background_scale = plot->scale;
}

void
gst_microexpr_timeline_draw (GstMicroexprTimeline *timeline, GstMicroexprText *text,
    const GstMicroexprStyle *style, const GstMicroexprSpan *spans, guint n_spans, gint64 now_ns)
{
  int width = gst_microexpr_style_floor (style, style->width - 2 * style->margin_px);
  GstMicroexprCanvas canvas;
  gint64 tick = now_ns / (gint64)REDRAW_NS;

  if (timeline->sprite.pixels && tick == timeline->drawn_tick)
    return;
  timeline->drawn_tick = tick;
  Plot plot = plot_of (style, text, width, now_ns);
  plot.scale = choose_scale (timeline, now_ns);
  if (!timeline->background.argb || timeline->background_scale < plot.scale ||
      timeline->background_scale > plot.scale)
    draw_background (timeline, text, style, &plot, width);
  canvas = timeline->background;
  canvas.argb = g_memdup2 (canvas.argb, (gsize)canvas.width * (gsize)canvas.height * 4);
  for (guint i = 0; i < n_spans; i++)
    if (span_in_window (&spans[i], &plot))
      paint_span (&canvas, &spans[i], &plot);
  paint_trace (&canvas, timeline, &plot);
  cairo_t *cr = gst_microexpr_canvas_cairo (&canvas);
  double limit = plot.right;
  for (guint i = n_spans; i-- > 0;)
    if (span_in_window (&spans[i], &plot)) {
      draw_apex (cr, &spans[i], &plot);
      limit = draw_name (cr, text, style, &spans[i], &plot, limit);
    }
  cairo_destroy (cr);
  gst_microexpr_sprite_set (&timeline->sprite, &canvas);
}
