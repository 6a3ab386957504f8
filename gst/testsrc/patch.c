/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "patch.h"

#include <math.h>
#include <string.h>

MeBox
gst_microexpr_test_patch_box (
    const GstMicroexprTestPatch *patch, const GstMicroexprTestPlane *plane)
{
  int x = CLAMP (patch->x >> plane->shift, 0, plane->width);
  int y = CLAMP (patch->y >> plane->shift, 0, plane->height);

  return (MeBox){ x, y, CLAMP ((patch->x + patch->width) >> plane->shift, x, plane->width) - x,
    CLAMP ((patch->y + patch->height) >> plane->shift, y, plane->height) - y };
}

void
gst_microexpr_test_patch_init (GstMicroexprTestPatch *patch, GstMicroexprTestCanvas *canvas,
    float left, float top, float right, float bottom)
{
  patch->canvas = canvas;
  patch->x = (int)floorf (left / 2) * 2;
  patch->y = (int)floorf (top / 2) * 2;
  patch->width = (int)ceilf ((right - patch->x) / 2) * 2;
  patch->height = (int)ceilf ((bottom - patch->y) / 2) * 2;
  for (guint i = 0; i < canvas->n_planes; i++) {
    const GstMicroexprTestPlane *plane = &canvas->planes[i];
    MeBox box = gst_microexpr_test_patch_box (patch, plane);

    patch->photo[i] = g_new (guint16, (gsize)box.width * box.height + 1);
    for (int y = 0; y < box.height; y++)
      memcpy (patch->photo[i] + (gsize)y * box.width,
          plane->values + (gsize)(box.y + y) * plane->width + box.x,
          (gsize)box.width * sizeof (guint16));
  }
}

void
gst_microexpr_test_patch_clear (GstMicroexprTestPatch *patch)
{
  for (int plane = 0; plane < 3; plane++)
    g_free (patch->photo[plane]);
}
