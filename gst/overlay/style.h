/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the overlay looks: what the user may choose, and every size, derived from the height of the
 * picture so that a drawing looks the same at any resolution. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* Colours: 0xAARRGGBB, not premultiplied. */
#define GST_MICROEXPR_COLOUR_TEXT 0xffffffffu
#define GST_MICROEXPR_COLOUR_DIM_TEXT 0xffc8c8c8u
#define GST_MICROEXPR_COLOUR_BACKING 0xc4101418u
#define GST_MICROEXPR_COLOUR_OUTLINE 0xb0000000u
#define GST_MICROEXPR_COLOUR_GRID 0x30ffffffu
#define GST_MICROEXPR_COLOUR_MOTION 0xffffffffu
#define GST_MICROEXPR_COLOUR_NOISE 0x58ffffffu
#define GST_MICROEXPR_COLOUR_SPEECH 0xe0ffb020u

/* What may be chosen. The colours: emotions first, then kinds, for events without an emotion, then
 * the box of a face without an event. */
#define GST_MICROEXPR_N_COLOURS 11
#define GST_MICROEXPR_COLOUR_FACE (GST_MICROEXPR_N_COLOURS - 1)

typedef struct
{
  guint draw;      /* GstMicroexprDraw */
  guint kinds;     /* MeKind: events of others are not shown */
  char *font;      /* Pango description, a size in it is for a picture 480 px high; NULL: default */
  guint line_px;   /* coloured part of a line; 0: by the height of the picture */
  guint64 hold_ns; /* a label stays after its event was last heard of; GST_CLOCK_TIME_NONE: 2 s
                      where events come late, 0 where they are on their own frames */
  guint32 colours[GST_MICROEXPR_N_COLOURS];
} GstMicroexprLook;

void gst_microexpr_look_init (GstMicroexprLook *look);
void gst_microexpr_look_clear (GstMicroexprLook *look);
/* Makes `to`, initialised, the same as `from`. */
void gst_microexpr_look_copy (GstMicroexprLook *to, const GstMicroexprLook *from);

/* What a colour is for: `happiness` ... `other`, `micro`, `macro`, `blink`, `face`. */
const char *gst_microexpr_colour_name (guint colour);
/* The colour of an emotion, or of a kind; contempt has that of other emotions, an unknown name and
 * NULL that of a face. */
guint32 gst_microexpr_look_colour (const GstMicroexprLook *look, const char *name);

#define GST_MICROEXPR_MAX_TIMELINES 3

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
  int timeline_px;   /* height of one timeline */
  guint n_timelines; /* as many as a fifth of the picture holds; 0: it is too small for any */
} GstMicroexprStyle;

void gst_microexpr_style_init (
    GstMicroexprStyle *style, const GstMicroexprLook *look, const GstVideoInfo *info);

/* Rounded down and up to the grid. */
int gst_microexpr_style_floor (const GstMicroexprStyle *style, int px);
int gst_microexpr_style_ceil (const GstMicroexprStyle *style, int px);

/* Premultiplied, as overlay rectangles hold it. */
guint32 gst_microexpr_premultiply (guint32 argb);

G_END_DECLS
