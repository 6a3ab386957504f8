/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small pictures of the overlay. A sprite keeps its pixel buffer when it moves, and its rectangle
 * when it does not, so that renderers downstream and our blending can cache by identity. */
#include "sprite.h"

#include <string.h>

#define MAX_TEXT_BYTES 1024

void
gst_microexpr_canvas_init (GstMicroexprCanvas *canvas, int width, int height)
{
  canvas->width = width;
  canvas->height = height;
  canvas->argb = g_new0 (guint32, (gsize)width * (gsize)height);
}

void
gst_microexpr_canvas_fill (
    GstMicroexprCanvas *canvas, int x, int y, int width, int height, guint32 premultiplied)
{
  int right = MIN (x + width, canvas->width), bottom = MIN (y + height, canvas->height);

  for (int row = MAX (y, 0); row < bottom; row++)
    for (int column = MAX (x, 0); column < right; column++)
      canvas->argb[row * canvas->width + column] = premultiplied;
}

cairo_t *
gst_microexpr_canvas_cairo (GstMicroexprCanvas *canvas)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data ((guint8 *)canvas->argb,
      CAIRO_FORMAT_ARGB32, canvas->width, canvas->height, canvas->width * 4);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface); /* cr keeps it */
  return cr;
}

void
gst_microexpr_sprites_clear (GstMicroexprSprite *sprites, guint n)
{
  for (GstMicroexprSprite *sprite = sprites; sprite < sprites + n; sprite++) {
    gst_clear_buffer (&sprite->pixels);
    g_clear_pointer (&sprite->rectangle, gst_video_overlay_rectangle_unref);
    sprite->width = sprite->height = 0;
  }
}

void
gst_microexpr_sprite_set (GstMicroexprSprite *sprite, GstMicroexprCanvas *canvas)
{
  gst_microexpr_sprites_clear (sprite, 1);
  sprite->width = canvas->width;
  sprite->height = canvas->height;
  sprite->pixels = gst_buffer_new_wrapped (
      canvas->argb, (gsize)canvas->width * (gsize)canvas->height * sizeof (guint32));
  gst_buffer_add_video_meta (sprite->pixels, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, (guint)canvas->width, (guint)canvas->height);
  canvas->argb = NULL;
}

void
gst_microexpr_sprite_share (GstMicroexprSprite *sprite, const GstMicroexprSprite *other)
{
  gst_microexpr_sprites_clear (sprite, 1);
  sprite->width = other->width;
  sprite->height = other->height;
  sprite->pixels = gst_buffer_ref (other->pixels);
}

GstVideoOverlayRectangle *
gst_microexpr_sprite_place (GstMicroexprSprite *sprite, int x, int y)
{
  if (sprite->rectangle && sprite->x == x && sprite->y == y)
    return sprite->rectangle;
  g_clear_pointer (&sprite->rectangle, gst_video_overlay_rectangle_unref);
  sprite->x = x;
  sprite->y = y;
  sprite->rectangle =
      gst_video_overlay_rectangle_new_raw (sprite->pixels, x, y, (guint)sprite->width,
          (guint)sprite->height, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  return sprite->rectangle;
}

/* A font map of our own: the default one belongs to whichever thread asked first. */
void
gst_microexpr_text_init (GstMicroexprText *text)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  text->fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (text->fonts);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  cairo_font_options_destroy (options);
  text->layout = pango_layout_new (context);
  pango_layout_set_single_paragraph_mode (text->layout, TRUE);
  g_object_unref (context);
  text->x_scale = 1;
  text->font = NULL;
  gst_microexpr_text_set_font (text, NULL);
}

void
gst_microexpr_text_set_font (GstMicroexprText *text, const char *description)
{
  g_clear_pointer (&text->font, pango_font_description_free);
  text->font = pango_font_description_from_string (description ? description : "");
  if (!(pango_font_description_get_set_fields (text->font) & PANGO_FONT_MASK_FAMILY))
    pango_font_description_set_family_static (text->font, "Sans");
}

void
gst_microexpr_text_clear (GstMicroexprText *text)
{
  g_clear_pointer (&text->font, pango_font_description_free);
  g_clear_object (&text->layout);
  g_clear_object (&text->fonts);
}

/* How many bytes of a text are laid out at all: those of metadata may be of any length. */
static gsize
shown_bytes (const char *string)
{
  gsize n = strlen (string);

  return n <= MAX_TEXT_BYTES
             ? n
             : (gsize)(g_utf8_find_prev_char (string, string + MAX_TEXT_BYTES + 1) - string);
}

void
gst_microexpr_text_set (
    GstMicroexprText *text, const char *string, int font_px, gboolean bold, int max_width)
{
  PangoFontDescription *font = pango_font_description_copy (text->font);

  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, font_px * PANGO_SCALE);
  pango_layout_set_font_description (text->layout, font);
  pango_font_description_free (font);
  pango_layout_set_ellipsize (
      text->layout, max_width < 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  pango_layout_set_width (
      text->layout, max_width < 0 ? -1 : (int)(max_width / text->x_scale * PANGO_SCALE));
  pango_layout_set_height (text->layout, -1); /* one line */
  pango_layout_set_text (text->layout, string, (int)shown_bytes (string));
}

void
gst_microexpr_text_wrap (GstMicroexprText *text, int max_height)
{
  pango_layout_set_wrap (text->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (text->layout, max_height * PANGO_SCALE);
}

void
gst_microexpr_text_size (const GstMicroexprText *text, int *width, int *height)
{
  pango_layout_get_pixel_size (text->layout, width, height);
  *width = (int)(*width * text->x_scale + 0.999);
}

void
gst_microexpr_text_draw (
    const GstMicroexprText *text, cairo_t *cr, double x, double y, guint32 argb)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, text->x_scale, 1);
  gst_microexpr_set_source (cr, argb);
  pango_cairo_show_layout (cr, text->layout);
  cairo_restore (cr);
}

void
gst_microexpr_set_source (cairo_t *cr, guint32 argb)
{
  cairo_set_source_rgba (cr, (argb >> 16 & 255) / 255., (argb >> 8 & 255) / 255.,
      (argb & 255) / 255., (argb >> 24) / 255.);
}

void
gst_microexpr_text_sprite (GstMicroexprText *text, const GstMicroexprStyle *style,
    const char *string, int font_px, guint32 bar_argb, int max_width, GstMicroexprSprite *sprite)
{
  GstMicroexprCanvas canvas;
  int pad = style->pad_px, bar = bar_argb ? style->line_px : 0, width, height;
  int limit = gst_microexpr_style_floor (style, MIN (max_width, style->width)) - 2 * pad - bar;

  gst_microexpr_text_set (text, string, font_px, FALSE, MAX (limit, 1));
  gst_microexpr_text_wrap (text, MAX (gst_microexpr_style_floor (style, style->height) - pad, 1));
  gst_microexpr_text_size (text, &width, &height);
  gst_microexpr_canvas_init (&canvas,
      MIN (gst_microexpr_style_ceil (style, width + 2 * pad + bar),
          gst_microexpr_style_floor (style, style->width)),
      gst_microexpr_style_ceil (style, height + pad));
  gst_microexpr_canvas_fill (&canvas, 0, 0, canvas.width, canvas.height,
      gst_microexpr_premultiply (GST_MICROEXPR_COLOUR_BACKING));
  gst_microexpr_canvas_fill (
      &canvas, 0, 0, bar, canvas.height, gst_microexpr_premultiply (bar_argb));
  cairo_t *cr = gst_microexpr_canvas_cairo (&canvas);
  gst_microexpr_text_draw (
      text, cr, bar + pad, (canvas.height - height) / 2, GST_MICROEXPR_COLOUR_TEXT);
  cairo_destroy (cr);
  gst_microexpr_sprite_set (sprite, &canvas);
}
