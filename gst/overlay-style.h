/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the overlay looks: a colour per emotion and kind, and every size, derived from the height of
 * the picture so that a drawing looks the same at any resolution. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* Colours: 0xAARRGGBB, not premultiplied. */
#define GST_MICROEXPR_COLOUR_TEXT 0xffffffffu
#define GST_MICROEXPR_COLOUR_DIM_TEXT 0xffc8c8c8u
#define GST_MICROEXPR_COLOUR_BACKING 0xc4101418u
#define GST_MICROEXPR_COLOUR_OUTLINE 0xb0000000u
#define GST_MICROEXPR_COLOUR_FACE 0xfff0f0f0u
#define GST_MICROEXPR_COLOUR_GRID 0x30ffffffu
#define GST_MICROEXPR_COLOUR_MOTION 0xffffffffu
#define GST_MICROEXPR_COLOUR_NOISE 0x58ffffffu

typedef struct
{
  int width, height; /* of the picture, px */
  double x_scale;    /* width of a square / its height in px: < 1 where pixels are wide */
  int grid;          /* rectangles start and end on multiples of this, px: whole chroma samples */
  int font_px;       /* height of label text */
  int small_font_px; /* height of text in the timeline */
  int line_px;       /* thickness of a face box, with its outline */
  int outline_px;    /* dark part of it, on each side */
  int pad_px;        /* space around text */
  int margin_px;     /* of the timeline from the edge of the picture */
  int lane_px;       /* height of one timeline; 0: the picture is too small for any */
} GstMicroexprStyle;

void gst_microexpr_style_init (GstMicroexprStyle *style, const GstVideoInfo *info);

/* Rounded down and up to the grid. */
int gst_microexpr_style_floor (const GstMicroexprStyle *style, int px);
int gst_microexpr_style_ceil (const GstMicroexprStyle *style, int px);

/* The colour of an emotion, or of a kind (GST_MICROEXPR_COLOUR_FACE for an unknown name or NULL).
 */
guint32 gst_microexpr_colour (const char *name);

/* Premultiplied, as overlay rectangles hold it. */
guint32 gst_microexpr_premultiply (guint32 argb);

G_END_DECLS
