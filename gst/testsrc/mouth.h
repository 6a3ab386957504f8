/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lips of the test source, painted onto the canvas: they part along their line, and the mouth
 * between them is dark. A displacement field could only stretch them. */
#pragma once

#include "field.h"
#include "patch.h"

G_BEGIN_DECLS

typedef struct _GstMicroexprTestMouth GstMicroexprTestMouth;

/* The canvas is borrowed and must outlive the mouth. Free with gst_microexpr_test_mouth_free(). */
GstMicroexprTestMouth *gst_microexpr_test_mouth_new (GstMicroexprTestCanvas *canvas);
void gst_microexpr_test_mouth_free (GstMicroexprTestMouth *mouth);

/* Paints the lips so that the field, which is applied to the canvas afterwards, moves each as a
 * whole. parted: 0, lips stretch with the field, as on the photo ... 1, they part. Cheap while it
 * is 0. */
void gst_microexpr_test_mouth_paint (
    GstMicroexprTestMouth *mouth, const GstMicroexprTestField *field, float parted);

G_END_DECLS
