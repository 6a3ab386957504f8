/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A part of a mapped frame as a frame of its own. */
#include "frame-window.h"

#define BLOCK_PX 4 /* px; no regular format has larger blocks of samples */

gboolean
gst_microexpr_format_is_regular (const GstVideoFormatInfo *finfo)
{
  if (GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo) || GST_VIDEO_FORMAT_INFO_IS_TILED (finfo) ||
      GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo))
    return FALSE;
  for (guint c = 0; c < finfo->n_components; c++)
    if (finfo->pixel_stride[c] <= 0)
      return FALSE;
  return finfo->n_components > 0;
}

void
gst_microexpr_frame_window (const GstVideoFrame *frame, GstVideoRectangle *r, GstVideoFrame *window)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  int x = MAX (0, r->x) / BLOCK_PX * BLOCK_PX, y = MAX (0, r->y) / BLOCK_PX * BLOCK_PX;

  *window = *frame;
  if (!gst_microexpr_format_is_regular (finfo))
    return;
  for (guint c = 0; c < finfo->n_components; c++) {
    guint p = finfo->plane[c];
    window->data[p] = (guint8 *)frame->data[p] +
                      (y >> finfo->h_sub[c]) * GST_VIDEO_FRAME_PLANE_STRIDE (frame, p) +
                      (x >> finfo->w_sub[c]) * finfo->pixel_stride[c];
  }
  window->info.width = MIN (GST_VIDEO_FRAME_WIDTH (frame), r->x + r->w) - x;
  window->info.height = MIN (GST_VIDEO_FRAME_HEIGHT (frame), r->y + r->h) - y;
  r->x -= x;
  r->y -= y;
}
