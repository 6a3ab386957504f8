/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The shape of what is drawn over a face to hide it: ellipses around its box and its landmarks. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* An ellipse in pixels of the picture; angle in radians, from x towards y. */
typedef struct
{
  double x, y; /* centre */
  double a, b; /* half axes, along and across the angle */
  double angle;
} GstMicroexprMask;

#define GST_MICROEXPR_MAX_MASKS 2 /* of a face */

/* face: a structure of the list `faces` of GstMicroexprMeta. Returns how many masks it has: one
 * for its box, and one for its landmarks. */
guint gst_microexpr_masks_of_face (
    const GstStructure *face, GstMicroexprMask masks[GST_MICROEXPR_MAX_MASKS]);

/* The part of a picture that the mask may touch; all of it where that cannot be computed. */
GstVideoRectangle gst_microexpr_mask_bounds (const GstMicroexprMask *mask, int width, int height);

/* The part of a row within the mask: dy below its centre, from and to relative to the centre, px.
 * FALSE: none. */
gboolean gst_microexpr_mask_row (const GstMicroexprMask *mask, double dy, double *from, double *to);

G_END_DECLS
