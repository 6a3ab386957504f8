/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The luma of any raw video buffer as an MeFrame: in place where the format has a plane of 8-bit
 * luma, else converted where the frame is looked at. One luma belongs to one thread at a time; the
 * frame may be looked at by any number of them. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include "microexpr.h"
#include "placement.h"

G_BEGIN_DECLS

typedef struct _GstMicroexprLuma GstMicroexprLuma;

GstMicroexprLuma *gst_microexpr_luma_new (void);
void gst_microexpr_luma_free (GstMicroexprLuma *luma);

/* Sets the format of the buffers to come. FALSE: its luma cannot be read. */
gboolean gst_microexpr_luma_set_info (GstMicroexprLuma *luma, const GstVideoInfo *info);

/* Maps the buffer for reading and fills in `frame`, except its time. The picture is that in the
 * rectangle of the GstVideoCropMeta; of interlaced video the field with the even rows, or the only
 * one there is. Luma keeps the range of the format (mostly limited); RGB becomes limited range.
 * FALSE: the buffer cannot be mapped, or its crop rectangle is empty. After TRUE call
 * gst_microexpr_luma_unmap() before the next map; until then `frame` and its reader are valid. */
gboolean gst_microexpr_luma_map (GstMicroexprLuma *luma, GstBuffer *buffer, MeFrame *frame);
void gst_microexpr_luma_unmap (GstMicroexprLuma *luma);

/* Whether the field that is read is the first of the buffer, or the only one; TRUE without fields.
 */
gboolean gst_microexpr_luma_top_field_leads (const GstVideoInfo *info, GstBuffer *buffer);

/* Where the picture that was mapped last lies in its buffer. */
const GstMicroexprPlacement *gst_microexpr_luma_placement (const GstMicroexprLuma *luma);

/* Whether luma of this format is read where it lies. */
gboolean gst_microexpr_luma_in_place (const GstVideoFormatInfo *finfo);

G_END_DECLS
