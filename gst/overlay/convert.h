/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A rectangle of the overlay in the byte layout of the frame it is drawn on: pairs (colour x alpha,
 * 255 - alpha) for every sample, so that blending any format of whole bytes or words is one short
 * loop. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* One plane of a rectangle, laid out as the rows of the plane of the frame. A sample of the frame
 * becomes add + sample * keep / 255. */
typedef struct
{
  guint8 *add, *keep; /* height rows of row_bytes; owned */
  gsize row_bytes;
  int height;
} GstMicroexprConvertedPlane;

/* A rectangle converted for one format and colorimetry; lives as long as its pixel buffer. */
typedef struct
{
  GstVideoFormat format;
  GstVideoColorimetry colorimetry;
  gsize sample_bytes; /* 1 or 2, native order */
  GstMicroexprConvertedPlane planes[GST_VIDEO_MAX_PLANES];
} GstMicroexprConverted;

/* Bytes of each sample when all have the same and none shares its bytes with another, else 0: not
 * to be converted for. */
gsize gst_microexpr_format_sample_bytes (const GstVideoFormatInfo *finfo);

/* pixels: of a rectangle, premultiplied ARGB, mapped as `source`; remembers what it was last
 * converted to. (transfer none) */
const GstMicroexprConverted *gst_microexpr_converted_for (
    GstBuffer *pixels, const GstVideoFrame *source, const GstVideoInfo *info);

G_END_DECLS
