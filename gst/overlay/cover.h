/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is drawn over a face to hide it, in any raw format: the mean colours of a few blocks, or
 * black. The face cannot be computed back from it. */
#pragma once

#include <gst/video/video.h>

#include "gstmicroexprenums.h"
#include "mask.h"

G_BEGIN_DECLS

/* Covers what the mask holds of a frame mapped for reading and writing; NULL: all of the frame. */
void gst_microexpr_cover_draw (
    GstVideoFrame *frame, const GstMicroexprMask *mask, GstMicroexprAnonymize how);

G_END_DECLS
