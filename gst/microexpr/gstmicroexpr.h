/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexpr: finds facial micro-expressions in the video that passes through it. */
#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_MICROEXPR (gst_microexpr_get_type ())
G_DECLARE_FINAL_TYPE (GstMicroexpr, gst_microexpr, GST, MICROEXPR, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE (microexpr)

G_END_DECLS
