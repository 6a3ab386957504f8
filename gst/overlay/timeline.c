/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A timeline. It is made of tiles of half a second that move to the left as time goes
 * on and are drawn once: only the two at the ends, which are cut, change with every step. */
#include "timeline.h"

#define SAMPLE_NS (GST_MICROEXPR_TIMELINE_NS / GST_MICROEXPR_TIMELINE_SAMPLES)
#define TILE_NS (GST_MICROEXPR_TIMELINE_NS / (GST_MICROEXPR_TIMELINE_TILES - 1))
#define STEP_NS ((gint64)(GST_SECOND / 30)) /* the timeline moves on */
#define CAPTION_WIDTH 4.4                   /* of captions as "face 10", in sizes of their font */
#define LINE_HEIGHT 1.2                     /* likewise */
#define SAMPLES_OF_TILE (int)((TILE_NS + 2 * GST_MICROEXPR_TRACE_REACH_NS) / SAMPLE_NS + 1)

/* Where the tiles are now. */
typedef struct
{
  int y, height;
  int gone_px;   /* columns of the newest tile that are in the past */
  gint64 now_ns; /* rounded down to a step */
  gint64 newest; /* index of the newest tile */
} Place;

/* Rounded down. */
static gint64
divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

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
  gst_microexpr_sprites_clear (&timeline->caption, 1);
  for (guint i = 0; i < GST_MICROEXPR_TIMELINE_TILES; i++)
    gst_microexpr_sprites_clear (&timeline->tiles[i].sprite, 1);
}

static GstMicroexprTile *
tile_at (GstMicroexprTimeline *timeline, gint64 index)
{
  gint64 n = GST_MICROEXPR_TIMELINE_TILES;

  return &timeline->tiles[(index % n + n) % n];
}

/* The slot of a time is fixed, so samples older than the ring are overwritten, and jumps in time
 * need no special case: a slot counts only while its own time is in the window. */
void
gst_microexpr_timeline_add (GstMicroexprTimeline *timeline, const GstMicroexprSample *sample)
{
  gint64 slot = sample->time_ns / SAMPLE_NS, before_ns = timeline->last_ns;
  GstMicroexprSample *held = &timeline->samples[slot % GST_MICROEXPR_TIMELINE_SAMPLES];

  if (sample->time_ns < before_ns)
    gst_microexpr_timeline_drop_pictures (timeline);
  timeline->last_ns = sample->time_ns;
  if (held->time_ns >= 0 && held->time_ns / SAMPLE_NS == slot && sample->motion <= held->motion)
    return;
  *held = *sample;
  tile_at (timeline, divide (sample->time_ns, TILE_NS))->outdated = TRUE;
  if (before_ns >= 0) /* a line leads from there */
    tile_at (timeline, divide (before_ns, TILE_NS))->outdated = TRUE;
}

gboolean
gst_microexpr_timeline_is_alive (const GstMicroexprTimeline *timeline, gint64 now_ns)
{
  return timeline->face >= 0 && timeline->last_ns <= now_ns &&
         timeline->last_ns > now_ns - GST_MICROEXPR_TIMELINE_NS;
}

static gboolean
in_window (const GstMicroexprSample *sample, gint64 now_ns)
{
  return sample->time_ns <= now_ns && sample->time_ns > now_ns - GST_MICROEXPR_TIMELINE_NS;
}

/* Those of the window that a tile shows, in the order of time. Returns how many. */
static guint
samples_of_tile (const GstMicroexprTimeline *timeline, gint64 index, gint64 now_ns,
    GstMicroexprSample samples[SAMPLES_OF_TILE])
{
  gint64 first = (index * TILE_NS - GST_MICROEXPR_TRACE_REACH_NS) / SAMPLE_NS;
  guint n = 0;

  for (gint64 slot = MAX (first, 0); slot < first + SAMPLES_OF_TILE; slot++) {
    const GstMicroexprSample *sample = &timeline->samples[slot % GST_MICROEXPR_TIMELINE_SAMPLES];
    if (in_window (sample, now_ns) && sample->time_ns / SAMPLE_NS == slot)
      samples[n++] = *sample;
  }
  return n;
}

/* In steps, so that the scale seldom changes. */
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

/* Sizes do not depend on the font. The captions get the width that whole tiles leave. */
static void
set_plot (GstMicroexprTimeline *timeline, const GstMicroexprStyle *style, double scale)
{
  const GstVideoRectangle *strip = &timeline->strip;
  int captions = (int)(CAPTION_WIDTH * style->small_font_px * style->x_scale) + 2 * style->pad_px;
  int n_tiles = GST_MICROEXPR_TIMELINE_TILES - 1;

  timeline->tile_px = gst_microexpr_style_floor (style, MAX (strip->w - captions, 0) / n_tiles);
  timeline->right = strip->x + strip->w;
  timeline->left = timeline->right - n_tiles * timeline->tile_px;
  timeline->plot = (GstMicroexprPlot){
    .top = (int)(LINE_HEIGHT * style->small_font_px) + 1,
    .bottom = strip->h - style->pad_px,
    .scale = scale,
    .line = MAX (1.5, style->height / 480.),
    .px_per_s = timeline->tile_px * (double)GST_SECOND / (double)TILE_NS,
  };
}

/* One line, its top at y; what does not fit ends in an ellipsis. */
static void
draw_line (cairo_t *cr, GstMicroexprText *text, const GstMicroexprStyle *style, const char *string,
    gboolean bold, int y, guint32 argb)
{
  int room = (int)(CAPTION_WIDTH * style->small_font_px * style->x_scale) + style->pad_px;

  gst_microexpr_text_set (text, string, style->small_font_px, bold, room);
  gst_microexpr_text_draw (text, cr, style->pad_px, y, argb);
}

static void
draw_caption (
    GstMicroexprTimeline *timeline, GstMicroexprText *text, const GstMicroexprStyle *style)
{
  const GstMicroexprPlot *plot = &timeline->plot;
  GstMicroexprCanvas canvas;
  char face[32], top[32];

  gst_microexpr_canvas_init (&canvas, timeline->left - timeline->strip.x, timeline->strip.h);
  gst_microexpr_canvas_fill (&canvas, 0, 0, canvas.width, canvas.height,
      gst_microexpr_premultiply (GST_MICROEXPR_COLOUR_BACKING));
  g_snprintf (face, sizeof face, "face %" G_GINT64_FORMAT, timeline->face);
  g_snprintf (top, sizeof top, "%d %%", (int)plot->scale);
  cairo_t *cr = gst_microexpr_canvas_cairo (&canvas);
  draw_line (cr, text, style, face, TRUE, 0, GST_MICROEXPR_COLOUR_TEXT);
  draw_line (cr, text, style, top, FALSE, plot->top, GST_MICROEXPR_COLOUR_DIM_TEXT);
  draw_line (
      cr, text, style, "10 s", FALSE, plot->bottom - plot->top + 1, GST_MICROEXPR_COLOUR_DIM_TEXT);
  cairo_destroy (cr);
  gst_microexpr_sprite_set (&timeline->caption, &canvas);
}

static gboolean
touches (const GstMicroexprSpan *span, gint64 index)
{
  gint64 start = index * TILE_NS, margin = TILE_NS / 4; /* of lines and notches */

  return span->onset_ns < start + TILE_NS + margin && span->offset_ns > start - margin;
}

static guint
identify_spans (const GstMicroexprSpan *spans, guint n_spans, gint64 index)
{
  guint hash = 5381;

  for (guint i = 0; i < n_spans; i++)
    if (touches (&spans[i], index))
      hash = (hash * 33) ^ g_int64_hash (&spans[i].onset_ns) ^
             (g_int64_hash (&spans[i].offset_ns) * 3) ^ spans[i].argb;
  return hash;
}

static void
draw_tile (GstMicroexprTile *tile, const GstMicroexprTimeline *timeline, const Place *place,
    int width, const GstMicroexprSpan *spans, guint n_spans)
{
  GstMicroexprSample samples[SAMPLES_OF_TILE];
  guint n = samples_of_tile (timeline, tile->index, place->now_ns, samples);
  GstMicroexprPlot plot = timeline->plot;
  GstMicroexprCanvas canvas;

  plot.origin_ns = tile->index * TILE_NS;
  plot.left_px = tile->first_px;
  gst_microexpr_canvas_init (&canvas, width, place->height);
  gst_microexpr_trace_paint_grid (&canvas, &plot);
  for (guint i = 0; i < n_spans; i++)
    if (touches (&spans[i], tile->index))
      gst_microexpr_trace_paint_span (&canvas, &plot, &spans[i]);
  gst_microexpr_trace_paint_motion (&canvas, &plot, samples, n);
  gst_microexpr_sprite_set (&tile->sprite, &canvas);
}

/* `width` columns of this tile are visible, from first_px on. */
static GstMicroexprSprite *
update_tile (GstMicroexprTimeline *timeline, const Place *place, gint64 index, int first_px,
    int width, const GstMicroexprSpan *spans, guint n_spans)
{
  GstMicroexprTile *tile = tile_at (timeline, index);
  guint identity = identify_spans (spans, n_spans, index);

  if (tile->sprite.pixels && !tile->outdated && tile->index == index &&
      tile->first_px == first_px && tile->sprite.width == width && tile->spans == identity)
    return &tile->sprite;
  tile->index = index;
  tile->first_px = first_px;
  tile->spans = identity;
  tile->outdated = FALSE;
  draw_tile (tile, timeline, place, width, spans, n_spans);
  return &tile->sprite;
}

static void
place_tiles (GstMicroexprTimeline *timeline, const Place *place, const GstMicroexprSpan *spans,
    guint n_spans, GPtrArray *rectangles)
{
  for (int back = GST_MICROEXPR_TIMELINE_TILES - 1; back >= 0; back--) {
    int start = timeline->right - place->gone_px - back * timeline->tile_px;
    int from = MAX (start, timeline->left);
    int to = MIN (start + timeline->tile_px, timeline->right);
    if (from >= to)
      continue;
    GstMicroexprSprite *sprite = update_tile (
        timeline, place, place->newest - back, from - start, to - from, spans, n_spans);
    g_ptr_array_add (rectangles, gst_microexpr_sprite_place (sprite, from, place->y));
  }
}

static void
draw_name (
    GstMicroexprText *text, const GstMicroexprStyle *style, const GstMicroexprSpan *span, int room)
{
  GstMicroexprCanvas canvas;
  int width, height;

  gst_microexpr_text_set (text, span->name, style->small_font_px, FALSE, style->width);
  gst_microexpr_text_size (text, &width, &height);
  gst_microexpr_canvas_init (&canvas, gst_microexpr_style_ceil (style, MAX (width, 1)),
      gst_microexpr_style_ceil (style, room));
  cairo_t *cr = gst_microexpr_canvas_cairo (&canvas);
  gst_microexpr_text_draw (text, cr, 0, (room - height) / 2, GST_MICROEXPR_COLOUR_TEXT);
  cairo_destroy (cr);
  gst_microexpr_sprite_set (span->name_sprite, &canvas);
}

/* Over the span, from the newest on, unless it would run into the name of a later event. */
static void
place_names (const GstMicroexprTimeline *timeline, GstMicroexprText *text,
    const GstMicroexprStyle *style, const Place *place, const GstMicroexprSpan *spans,
    guint n_spans, GPtrArray *rectangles)
{
  int end = timeline->right - style->pad_px, limit = end;

  for (guint i = n_spans; i-- > 0;) {
    double ago_s = (double)(place->now_ns - spans[i].onset_ns) / (double)GST_SECOND;
    int x = timeline->right - (int)(ago_s * timeline->plot.px_per_s);
    GstMicroexprSprite *name = spans[i].name_sprite;
    if (x < timeline->left || x > timeline->right)
      continue;
    if (!name->pixels)
      draw_name (text, style, &spans[i], timeline->plot.top);
    if (limit == end)
      x = MIN (x, end - name->width);
    x = gst_microexpr_style_floor (style, x);
    if (x + name->width > limit || x < timeline->left)
      continue;
    g_ptr_array_add (rectangles, gst_microexpr_sprite_place (name, x, place->y));
    limit = x - style->pad_px;
  }
}

void
gst_microexpr_timeline_place (GstMicroexprTimeline *timeline, GstMicroexprText *text,
    const GstMicroexprStyle *style, const GstMicroexprSpan *spans, guint n_spans, gint64 now_ns,
    const GstVideoRectangle *strip, GPtrArray *rectangles)
{
  double scale = choose_scale (timeline, now_ns);
  Place place = { strip->y, strip->h, 0, divide (now_ns, STEP_NS) * STEP_NS, 0 };

  if (!timeline->caption.pixels || timeline->plot.scale < scale || timeline->plot.scale > scale ||
      timeline->strip.x != strip->x || timeline->strip.w != strip->w) {
    gst_microexpr_timeline_drop_pictures (timeline);
    timeline->strip = *strip;
    set_plot (timeline, style, scale);
    draw_caption (timeline, text, style);
  }
  place.newest = divide (place.now_ns, TILE_NS);
  place.gone_px = gst_microexpr_style_floor (
      style, (int)((place.now_ns - place.newest * TILE_NS) * timeline->tile_px / TILE_NS));
  g_ptr_array_add (rectangles, gst_microexpr_sprite_place (&timeline->caption, strip->x, strip->y));
  place_tiles (timeline, &place, spans, n_spans, rectangles);
  place_names (timeline, text, style, &place, spans, n_spans, rectangles);
}
