/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A box of the canvas that is painted anew while the face moves, and the photograph's pixels in it:
 * what a displacement field cannot show, because something comes into sight or is hidden. */
#pragma once

#include "canvas.h"

G_BEGIN_DECLS

typedef struct
{
  GstMicroexprTestCanvas *canvas; /* borrowed */
  int x, y, width, height;        /* px of the canvas, all even */
  guint16 *photo[3];              /* original pixels of the box in each plane */
} GstMicroexprTestPatch;

/* Sides of the box: px of the canvas. Clear with gst_microexpr_test_patch_clear(). */
void gst_microexpr_test_patch_init (GstMicroexprTestPatch *patch, GstMicroexprTestCanvas *canvas,
    float left, float top, float right, float bottom);
void gst_microexpr_test_patch_clear (GstMicroexprTestPatch *patch);

/* The box in a plane, clipped to it; px of the plane. */
MeBox gst_microexpr_test_patch_box (
    const GstMicroexprTestPatch *patch, const GstMicroexprTestPlane *plane);

/* The original pixels at a place in the box, bilinear; edges are repeated. */
static inline float
gst_microexpr_test_patch_sample (const guint16 *photo, const MeBox *box, float x, float y)
{
  int x0, y0;
  float fx, fy;
  const guint16 *p;

  x = CLAMP (x, 0.0f, box->width - 1.001f);
  y = CLAMP (y, 0.0f, box->height - 1.001f);
  x0 = (int)x;
  y0 = (int)y;
  fx = x - x0;
  fy = y - y0;
  p = photo + (gsize)y0 * box->width + x0;
  return (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) +
         (p[box->width] * (1 - fx) + p[box->width + 1] * fx) * fy;
}

G_END_DECLS
