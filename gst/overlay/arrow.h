/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An arrow of the overlay: the movement of a facial feature from its place at rest, enlarged. */
#pragma once

#include "sprite.h"

G_BEGIN_DECLS

/* How many times an arrow is longer than the motion: 2 % IPD is only a pixel or two. */
#define GST_MICROEXPR_ARROW_GAIN 10
#define GST_MICROEXPR_ARROW_MAX_IPD 0.6 /* longest arrow, in IPD */

typedef struct
{
  float x, y, dx, dy; /* start and length, px of the picture */
  /* As it is drawn. */
  float drawn_dx, drawn_dy;
  guint32 drawn_argb;
  int left, top; /* of the sprite from the start, px */
} GstMicroexprArrow;

/* Draws the sprite of the arrow again when it is out of date. */
void gst_microexpr_arrow_draw (GstMicroexprArrow *arrow, GstMicroexprSprite *sprite,
    const GstMicroexprStyle *style, guint32 argb);

G_END_DECLS
