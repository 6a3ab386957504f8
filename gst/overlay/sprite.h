/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small pictures of the overlay: drawn once with Cairo, Pango or by hand, then placed anywhere
 * until their content changes. */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include "style.h"

G_BEGIN_DECLS

/* Pixels being drawn: premultiplied native-endian ARGB, rows without gaps, transparent at first. */
typedef struct
{
  guint32 *argb; /* owned until handed to a sprite */
  int width, height;
} GstMicroexprCanvas;

/* A drawn picture and the rectangle at its last place. All zero: empty. */
typedef struct
{
  GstBuffer *pixels;                   /* owned; never written again */
  GstVideoOverlayRectangle *rectangle; /* owned; NULL until placed */
  int width, height, x, y;             /* px */
} GstMicroexprSprite;

void gst_microexpr_canvas_init (GstMicroexprCanvas *canvas, int width, int height);
/* The part of the rectangle that lies on the canvas. */
void gst_microexpr_canvas_fill (
    GstMicroexprCanvas *canvas, int x, int y, int width, int height, guint32 premultiplied);
/* Draws into the canvas; destroy it before the canvas is used again. */
cairo_t *gst_microexpr_canvas_cairo (GstMicroexprCanvas *canvas);

/* Takes the pixels of the canvas. */
void gst_microexpr_sprite_set (GstMicroexprSprite *sprite, GstMicroexprCanvas *canvas);
/* The same pixels as `other`. */
void gst_microexpr_sprite_share (GstMicroexprSprite *sprite, const GstMicroexprSprite *other);
void gst_microexpr_sprites_clear (GstMicroexprSprite *sprites, guint n);
/* Transfer none; the same rectangle as long as neither place nor pixels change. */
GstVideoOverlayRectangle *gst_microexpr_sprite_place (GstMicroexprSprite *sprite, int x, int y);

/* Text of one overlay. Belongs to one thread at a time, like everything made from it. */
typedef struct
{
  PangoFontMap *fonts;        /* owned */
  PangoLayout *layout;        /* owned */
  PangoFontDescription *font; /* owned; without size */
  double x_scale;             /* see GstMicroexprStyle */
} GstMicroexprText;

void gst_microexpr_text_init (GstMicroexprText *text);
void gst_microexpr_text_clear (GstMicroexprText *text);
/* description: as of Pango, its size does not matter; NULL: a plain sans-serif font. */
void gst_microexpr_text_set_font (GstMicroexprText *text, const char *description);
/* Sets what is measured and drawn next; at most max_width px, with an ellipsis (-1: no limit). */
void gst_microexpr_text_set (
    GstMicroexprText *text, const char *string, int font_px, gboolean bold, int max_width);
/* Breaks what was set into lines instead, with an ellipsis only where they would be more than
 * max_height px high. */
void gst_microexpr_text_wrap (GstMicroexprText *text, int max_height);
void gst_microexpr_text_size (const GstMicroexprText *text, int *width, int *height);
/* Top left corner of the line at x, y. */
void gst_microexpr_text_draw (
    const GstMicroexprText *text, cairo_t *cr, double x, double y, guint32 argb);

/* Text on a dark backing of its own size, with a coloured bar on its left (0: none), in lines of at
 * most max_width px; no larger than the picture. */
void gst_microexpr_text_sprite (GstMicroexprText *text, const GstMicroexprStyle *style,
    const char *string, int font_px, guint32 bar_argb, int max_width, GstMicroexprSprite *sprite);

void gst_microexpr_set_source (cairo_t *cr, guint32 argb);

G_END_DECLS
