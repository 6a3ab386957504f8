/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The luma of any raw video buffer as an MeFrame: in place where the format has a plane of 8-bit
 * luma, else unpacked row by row. One luma belongs to one thread at a time. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include "microexpr.h"
#include "placement.h"

G_BEGIN_DECLS

typedef struct _GstMicroexprLuma GstMicroexprLuma;

GstMicroexprLuma *gst_microexpr_luma_new (void);
void gst_microexpr_luma_free (GstMicroexprLuma *luma);

/* The format of the buffers to come. FALSE: a format that cannot be read as luma. */
gboolean gst_microexpr_luma_set_info (GstMicroexprLuma *luma, const GstVideoInfo *info);

/* Maps the buffer for reading and fills the picture in `frame` (not its time): the rectangle of
 * GstVideoCropMeta, the field of
 * the even rows of interlaced video, or the only one there is. FALSE: the buffer cannot be mapped,
 * or its crop rectangle holds nothing. Luma is what the format holds (mostly limited range); RGB
 * becomes limited range. Valid until gst_microexpr_luma_unmap(), which a success needs before the
 * next map.
 */
gboolean gst_microexpr_luma_map (GstMicroexprLuma *luma, GstBuffer *buffer, MeFrame *frame);
void gst_microexpr_luma_unmap (GstMicroexprLuma *luma);

/* Whether the first of the two fields of a buffer is the one that is read; also of video that has
 * no fields. */
gboolean gst_microexpr_luma_top_field_leads (const GstVideoInfo *info, GstBuffer *buffer);

/* Where the picture that was mapped last lies in its buffer. */
const GstMicroexprPlacement *gst_microexpr_luma_placement (const GstMicroexprLuma *luma);

/* Whether luma of this format is read where it lies. */
gboolean gst_microexpr_luma_in_place (const GstVideoFormatInfo *finfo);

G_END_DECLS
