/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An arrow of the overlay. */
#include "arrow.h"

#include <math.h>

#define STEP_PX 1.0f /* arrows that differ by less look the same */

/* A shaft and two strokes of the head, around a start at 0, 0. */
static void
trace_arrow (cairo_t *cr, double dx, double dy, double head)
{
  double length = hypot (dx, dy), ux = dx / length, uy = dy / length;

  head = MIN (head, 0.6 * length);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, dx, dy);
  cairo_move_to (cr, dx - head * (ux + 0.7 * uy), dy - head * (uy - 0.7 * ux));
  cairo_line_to (cr, dx, dy);
  cairo_line_to (cr, dx - head * (ux - 0.7 * uy), dy - head * (uy + 0.7 * ux));
}

void
gst_microexpr_arrow_draw (GstMicroexprArrow *arrow, GstMicroexprSprite *sprite,
    const GstMicroexprStyle *style, guint32 argb)
{
  double line = MAX (2, style->line_px - 2 * style->outline_px), head = 3 * line;
  double dx = (double)arrow->dx, dy = (double)arrow->dy;
  int margin = (int)ceil (head) + style->outline_px + 2;
  GstMicroexprCanvas canvas;

  if (sprite->pixels && arrow->drawn_argb == argb &&
      fabsf (arrow->drawn_dx - arrow->dx) < STEP_PX &&
      fabsf (arrow->drawn_dy - arrow->dy) < STEP_PX)
    return;
  arrow->left = (int)floor (MIN (0, dx)) - margin;
  arrow->top = (int)floor (MIN (0, dy)) - margin;
  gst_microexpr_canvas_init (&canvas,
      gst_microexpr_style_ceil (style, (int)ceil (fabs (dx)) + 2 * margin),
      gst_microexpr_style_ceil (style, (int)ceil (fabs (dy)) + 2 * margin));
  cairo_t *cr = gst_microexpr_canvas_cairo (&canvas);
  cairo_translate (cr, -arrow->left, -arrow->top);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_arrow (cr, dx, dy, head);
  gst_microexpr_set_source (cr, GST_MICROEXPR_COLOUR_OUTLINE);
  cairo_set_line_width (cr, line + 2 * style->outline_px);
  cairo_stroke_preserve (cr);
  gst_microexpr_set_source (cr, argb);
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
  cairo_destroy (cr);
  gst_microexpr_sprite_set (sprite, &canvas);
  arrow->drawn_dx = arrow->dx;
  arrow->drawn_dy = arrow->dy;
  arrow->drawn_argb = argb;
}
