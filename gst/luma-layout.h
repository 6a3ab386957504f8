/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the luma of a pixel lies in rows of a raw video format, and loops that read it. RGB becomes
 * limited-range luma of ITU-R BT.601; of more than 8 bits the 8 most significant are kept. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

typedef struct _GstMicroexprLumaLayout GstMicroexprLumaLayout;

struct _GstMicroexprLumaLayout
{
  void (*read) (const GstMicroexprLumaLayout *layout, const guint8 *const at[3],
      guint8 *restrict luma, int width);
  int n_samples;             /* of a pixel: 1 luma, or 3 red, green and blue */
  int plane[3], offset[3];   /* of each sample; bytes from the begin of a row */
  int group_px, group_bytes; /* pixels that are packed together */
  int shift[3];              /* to the 8 most significant bits of a sample */
};

/* FALSE: there is no loop for this format. Its unpack_format always has one. */
gboolean gst_microexpr_luma_layout_find (
    GstMicroexprLumaLayout *layout, const GstVideoFormatInfo *finfo);

/* Luma of `width` pixels from column x of row y; both x and width are multiples of
 * layout->group_px. planes, strides: as in GstVideoFrame. */
void gst_microexpr_luma_layout_read (const GstMicroexprLumaLayout *layout, gpointer const *planes,
    const gint *strides, int x, int y, guint8 *luma, int width);

G_END_DECLS
