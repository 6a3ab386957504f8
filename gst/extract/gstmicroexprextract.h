/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprextract: writes the events of a video stream as lines, subtitles or packets. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_MICROEXPR_EXTRACT (gst_microexpr_extract_get_type ())
G_DECLARE_FINAL_TYPE (
    GstMicroexprExtract, gst_microexpr_extract, GST, MICROEXPR_EXTRACT, GstElement)

GST_ELEMENT_REGISTER_DECLARE (microexprextract)

G_END_DECLS
