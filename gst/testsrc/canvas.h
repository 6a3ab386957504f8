/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The photograph prepared for sampling: converted to the components of a video format, band-limited
 * to the sharpness of the output, and stored at a higher resolution, so that bilinear samples are
 * displaced accurately to a hundredth of a pixel. */
#pragma once

#include <gst/video/video.h>

#include "face.h"

G_BEGIN_DECLS

#define GST_MICROEXPR_TEST_FRACTION_BITS 6 /* of a canvas value: white is 255 << 6 */

/* One component: 16-bit values, row by row. */
typedef struct
{
  guint16 *values;
  int width, height;
  int shift;       /* 1: half the resolution of the canvas in both directions */
  gboolean chroma; /* colour difference, neutral at 128 */
} GstMicroexprTestPlane;

typedef struct
{
  guint n_planes; /* 1 gray, else 3: components of the format, in its order */
  GstMicroexprTestPlane planes[3];
  float ipd;                         /* px of the canvas */
  MePoint landmarks[ME_N_LANDMARKS]; /* px of the canvas */
} GstMicroexprTestCanvas;

/* ipd: of the face in the output, px. Free with gst_microexpr_test_canvas_free(). */
GstMicroexprTestCanvas *gst_microexpr_test_canvas_new (
    const GstMicroexprTestFace *face, const GstVideoInfo *info, float ipd);
void gst_microexpr_test_canvas_free (GstMicroexprTestCanvas *canvas);

G_END_DECLS
