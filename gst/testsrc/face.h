/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The photograph that the test source animates: pixels and landmarks, built in or from files. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "anatomy/facial-points.h"

G_BEGIN_DECLS

typedef struct
{
  GdkPixbuf *photo;
  MePoint landmarks[ME_N_LANDMARKS]; /* px of the photo */
} GstMicroexprTestFace;

/* Loads a photograph; NULL or "" is the built-in face. Its landmarks come from the file of the same
 * name ending in .txt (rows of "x y": 68 in the iBUG scheme, or ours) or .tem (Psychomorph
 * template, 189 points), otherwise from the face finder. NULL and `error`, which names the file, on
 * failure. Free with gst_microexpr_test_face_free(). */
GstMicroexprTestFace *gst_microexpr_test_face_load (const char *path, GError **error);
void gst_microexpr_test_face_free (GstMicroexprTestFace *face);

/* Distance of the eye centres, px of the photo. */
float gst_microexpr_test_face_ipd (const GstMicroexprTestFace *face);

G_END_DECLS
