/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexproverlay: draws what microexpr has found on the video that passes through. */
#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_MICROEXPR_OVERLAY_FILTER (gst_microexpr_overlay_filter_get_type ())
G_DECLARE_FINAL_TYPE (GstMicroexprOverlayFilter, gst_microexpr_overlay_filter, GST,
    MICROEXPR_OVERLAY_FILTER, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE (microexproverlay)

G_END_DECLS
