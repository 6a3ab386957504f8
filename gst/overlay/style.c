/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the overlay looks. The colours are those of Okabe and Ito (Color Universal Design, 2008),
 * which people with any colour vision tell apart; no meaning rests on colour alone. */
#include "style.h"

#include <math.h>
#include <pango/pango.h>

#include "gstmicroexprenums.h"
#include "microexpr.h"

static const struct
{
  const char *name;
  guint32 argb;
} colours[GST_MICROEXPR_N_COLOURS] = {
  { "happiness", 0xfff0e442 }, /* yellow */
  { "sadness", 0xff56b4e9 },   /* sky blue */
  { "anger", 0xffd55e00 },     /* vermilion */
  { "fear", 0xffcc79a7 },      /* reddish purple */
  { "disgust", 0xff009e73 },   /* bluish green */
  { "surprise", 0xffe69f00 },  /* orange */
  { "other", 0xffbdbdbd },     /* grey */
  /* kinds, for events without an emotion */
  { "micro", 0xffe69f00 }, /* orange */
  { "macro", 0xff56b4e9 }, /* sky blue */
  { "blink", 0xff999999 }, /* grey */
  { "face", 0xfff0f0f0 },  /* nearly white */
};

#define DEFAULT_DRAW                                                                               \
  (GST_MICROEXPR_DRAW_BOXES | GST_MICROEXPR_DRAW_IDS | GST_MICROEXPR_DRAW_LABELS |                 \
      GST_MICROEXPR_DRAW_TIMELINE)
#define FONT_HEIGHT_PX 480 /* of the picture that the size of a font is for */

#define MAX_PIXEL_ASPECT 16. /* sides of a pixel: text is not drawn for more */
#define TIMELINE_LINES 3.6   /* of small text that a timeline is high at least: its captions */
#define SMALLEST_WITH_TIMELINE_PX 200 /* either side of the picture */

void
gst_microexpr_look_init (GstMicroexprLook *look)
{
  *look = (GstMicroexprLook){ .draw = DEFAULT_DRAW,
    .kinds = ME_KIND_MICRO | ME_KIND_MACRO | ME_KIND_BLINK,
    .hold_ns = GST_CLOCK_TIME_NONE };
  for (guint i = 0; i < GST_MICROEXPR_N_COLOURS; i++)
    look->colours[i] = colours[i].argb;
}

void
gst_microexpr_look_clear (GstMicroexprLook *look)
{
  g_clear_pointer (&look->font, g_free);
}

void
gst_microexpr_look_copy (GstMicroexprLook *to, const GstMicroexprLook *from)
{
  gst_microexpr_look_clear (to);
  *to = *from;
  to->font = g_strdup (from->font);
}

const char *
gst_microexpr_colour_name (guint colour)
{
  return colours[colour].name;
}

guint32
gst_microexpr_look_colour (const GstMicroexprLook *look, const char *name)
{
  for (guint i = 0; name && i < GST_MICROEXPR_N_COLOURS; i++)
    if (g_str_equal (name, colours[i].name))
      return look->colours[i];
  if (g_strcmp0 (name, me_emotion_name (ME_EMOTION_CONTEMPT)) == 0)
    return look->colours[ME_EMOTION_OTHER];
  return look->colours[GST_MICROEXPR_COLOUR_FACE];
}

guint32
gst_microexpr_premultiply (guint32 argb)
{
  guint32 a = argb >> 24;
  guint32 r = ((argb >> 16 & 255) * a + 127) / 255;
  guint32 g = ((argb >> 8 & 255) * a + 127) / 255;
  guint32 b = ((argb & 255) * a + 127) / 255;

  return a << 24 | r << 16 | g << 8 | b;
}

static int
grid_of (const GstVideoFormatInfo *finfo)
{
  int grid = 2;

  for (guint i = 0; i < finfo->n_components; i++)
    grid = MAX (grid, 1 << MAX (finfo->w_sub[i], finfo->h_sub[i]));
  return grid;
}

static int
scaled (int height, double per_px, int least)
{
  return MAX (least, (int)lround (height * per_px));
}

/* Height of label text as a part of the height of the picture. */
static double
font_part (const char *font)
{
  PangoFontDescription *description = pango_font_description_from_string (font ? font : "");
  int size = pango_font_description_get_size (description);

  pango_font_description_free (description);
  return size > 0 ? MIN ((double)size / PANGO_SCALE / FONT_HEIGHT_PX, 1) : 1 / 40.;
}

static int
line_px (const GstMicroexprStyle *style, const GstMicroexprLook *look)
{
  if (look->line_px > 0)
    return gst_microexpr_style_ceil (style, (int)look->line_px + 2 * style->outline_px);
  return gst_microexpr_style_ceil (style, scaled (style->height, 1 / 200., 4));
}

/* With their margins they share a fifth of the height. Their height does not depend on how many
 * there are now, so that none is drawn again when another comes or goes. */
static void
set_timelines (GstMicroexprStyle *style)
{
  int room = style->height / 5, margin = style->margin_px;
  int least = gst_microexpr_style_ceil (style, (int)(TIMELINE_LINES * style->small_font_px));
  int wanted = gst_microexpr_style_ceil (style, scaled (style->height, 1 / 11., 48));

  style->n_timelines = 0;
  if (MIN (style->width, style->height) >= SMALLEST_WITH_TIMELINE_PX)
    style->n_timelines = (guint)MIN (room / (least + margin), GST_MICROEXPR_MAX_TIMELINES);
  style->timeline_px = MIN (wanted, room / (int)MAX (style->n_timelines, 1) - margin);
  style->timeline_px = gst_microexpr_style_floor (style, MAX (style->timeline_px, least));
}

void
gst_microexpr_style_init (
    GstMicroexprStyle *style, const GstMicroexprLook *look, const GstVideoInfo *info)
{
  int h = GST_VIDEO_INFO_HEIGHT (info);
  double part = font_part (look->font);

  style->width = GST_VIDEO_INFO_WIDTH (info);
  style->height = h;
  style->x_scale = (double)MAX (1, info->par_d) / MAX (1, info->par_n);
  style->x_scale = CLAMP (style->x_scale, 1 / MAX_PIXEL_ASPECT, MAX_PIXEL_ASPECT);
  style->grid = grid_of (info->finfo);
  style->font_px = scaled (h, part, 12);
  style->small_font_px = scaled (h, part * 40 / 54, 10);
  style->outline_px = scaled (h, 1 / 1080., 1);
  style->line_px = line_px (style, look);
  style->pad_px = scaled (style->font_px, 0.35, 2);
  style->margin_px = gst_microexpr_style_ceil (style, scaled (h, 1 / 60., 2));
  set_timelines (style);
}

int
gst_microexpr_style_floor (const GstMicroexprStyle *style, int px)
{
  return px - (px % style->grid + style->grid) % style->grid;
}

int
gst_microexpr_style_ceil (const GstMicroexprStyle *style, int px)
{
  return gst_microexpr_style_floor (style, px + style->grid - 1);
}
