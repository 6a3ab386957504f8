/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A part of a mapped frame as a frame of its own, so that functions that work on whole rows, as the
 * pack and unpack functions of GStreamer do, cost by the part and not by the picture. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* Whether the samples of each component lie pixel_stride bytes apart, in rows: formats that are not
 * like this, tiled ones or those whose pixels share bytes, have no window but the whole frame. */
gboolean gst_microexpr_format_is_regular (const GstVideoFormatInfo *finfo);

/* Makes `window` the part of `frame` that holds the rectangle r, from the start of a block of
 * samples on, and moves the rectangle into it. Its size is not positive for one outside the frame.
 * It borrows the memory of the frame: not to be unmapped. */
void gst_microexpr_frame_window (
    const GstVideoFrame *frame, GstVideoRectangle *r, GstVideoFrame *window);

G_END_DECLS
