/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The eyes of the test source: closing lids and turning eyeballs, painted onto the canvas. A blink
 * is an occlusion, which a displacement field cannot show. */
#pragma once

#include "canvas.h"
#include "field.h"

G_BEGIN_DECLS

typedef struct
{
  float closure[3]; /* by MeSide, of the left and the right eye: 0 as on the photo ... 1 closed */
  float gaze_x, gaze_y; /* shift of the eyeball, px of the canvas */
  float parted;         /* 0: the field carries the eyeball along ... 1: the eyeball stays */
} GstMicroexprTestEye;

typedef struct _GstMicroexprTestLids GstMicroexprTestLids;

/* The canvas is borrowed and must outlive the lids. Free with gst_microexpr_test_lids_free(). */
GstMicroexprTestLids *gst_microexpr_test_lids_new (GstMicroexprTestCanvas *canvas);
void gst_microexpr_test_lids_free (GstMicroexprTestLids *lids);

/* Paints both eyes; cheap when nothing changed since the last call. field: is applied to the canvas
 * afterwards. */
void gst_microexpr_test_lids_paint (
    GstMicroexprTestLids *lids, const GstMicroexprTestEye *eye, const GstMicroexprTestField *field);

/* How far the middle of the upper lid travels to close the eye, % IPD. */
float gst_microexpr_test_lid_travel (const MePoint landmarks[ME_N_LANDMARKS], MeSide side);

G_END_DECLS
