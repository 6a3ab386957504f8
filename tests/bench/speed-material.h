/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames to measure on: the face of the test source, or several beside each other, or the noise of
 * a camera that sees nobody. Kept in memory and played to and fro, so that there is no cut. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  const char *format; /* 8-bit */
  int width, height, fps;
  guint n_faces; /* 0, 1, 2, 4 or 8 */
} MaterialKind;

typedef struct _Material Material;

Material *material_new (const MaterialKind *kind);
void material_free (Material *material);

/* (transfer full) */
GstCaps *material_caps (const Material *material);

/* Frame n of an endless recording. (transfer full) */
GstBuffer *material_frame (const Material *material, guint n);

G_END_DECLS
