/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Blends an overlay composition into a raw picture of any format, at a cost that depends on the
 * drawn area only and not on the size of the picture. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* Draws the composition into `frame`, mapped for reading and writing. Same result as
 * gst_video_overlay_composition_blend() but for rounding, averaged chroma, and colours that follow
 * the colorimetry of the frame; the alpha of the frame is ignored. A rectangle is converted to the
 * format of the frame once, and the result is kept with its pixels; the composition belongs to one
 * thread during the call. */
gboolean gst_microexpr_overlay_blend (
    GstVideoOverlayComposition *composition, GstVideoFrame *frame);

G_END_DECLS
