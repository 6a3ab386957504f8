/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The displacement field of au-motion.h on a grid, inverted: for each place, where its pixel came
 * from. */
#pragma once

#include "anatomy/facial-points.h"

G_BEGIN_DECLS

typedef struct
{
  float x, y;        /* of the first node, px of the canvas */
  float step;        /* between nodes, px of the canvas */
  int width, height; /* nodes */
  MePoint *source;   /* from each node to where its pixel came from, px; row by row */
  gboolean still;    /* all sources are 0 */
} GstMicroexprTestGrid;

typedef struct _GstMicroexprTestField GstMicroexprTestField;

/* landmarks: px of the canvas. Free with gst_microexpr_test_field_free(). */
GstMicroexprTestField *gst_microexpr_test_field_new (const MePoint landmarks[ME_N_LANDMARKS]);
void gst_microexpr_test_field_free (GstMicroexprTestField *field);

/* The grid for these motions of the points, % IPD along the axes of the face. Valid until the next
 * call. */
const GstMicroexprTestGrid *gst_microexpr_test_field_update (
    GstMicroexprTestField *field, const MePoint motion[ME_N_POINTS]);

/* How far these motions move the skin whose resting place is `x, y`: px of the canvas, as of the
 * last update. */
MePoint gst_microexpr_test_field_at (const GstMicroexprTestField *field, float x, float y);

G_END_DECLS
