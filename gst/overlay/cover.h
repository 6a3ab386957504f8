/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes a part of a picture unrecognisable, in any raw format. What is left of it is the mean
 * colour of a few blocks, or nothing: it cannot be computed back. */
#pragma once

#include <gst/video/video.h>

#include "gstmicroexprenums.h"

G_BEGIN_DECLS

/* In pixels of the picture; angle in radians, from x towards y. */
typedef struct
{
  double x, y; /* centre */
  double a, b; /* half axes, along and across the angle */
  double angle;
} GstMicroexprEllipse;

/* Covers the ellipse in a frame mapped for reading and writing; NULL: all of the frame. */
void gst_microexpr_mask_cover (
    GstVideoFrame *frame, const GstMicroexprEllipse *ellipse, GstMicroexprAnonymize how);

G_END_DECLS
