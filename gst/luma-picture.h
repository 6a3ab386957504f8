/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture of luma beside a video frame whose format has no plane of it. It is converted where
 * the analysis looks, while it looks: of most frames that is a face and a few rows. */
#pragma once

#include <gst/video/video.h>

#include "luma-layout.h"
#include "microexpr.h"

G_BEGIN_DECLS

typedef struct
{
  MeReader reader;               /* of the frame that is handed to the analysis; first */
  GMutex lock;                   /* of what follows, while the frame is read */
  const GstVideoFrame *video;    /* not owned */
  GstMicroexprLumaLayout layout; /* of unpacked rows if it unpacks */
  gboolean unpacks;
  MeBox rect; /* the part of the video that is the picture; its rows are y_scale apart */
  int y_scale;
  int skipped;      /* px of a row before the picture, where a group of them begins */
  int row_px;       /* px of a row in all */
  int chunk_px;     /* converted at once */
  guint8 *unpacked; /* one row */
  guint8 *luma;
  guint64 *done; /* of each row: a bit for every chunk that is converted */
  gsize unpacked_size, luma_size, done_size; /* bytes */
} GstMicroexprLumaPicture;

void gst_microexpr_luma_picture_init (GstMicroexprLumaPicture *picture);
void gst_microexpr_luma_picture_clear (GstMicroexprLumaPicture *picture);

/* FALSE: luma of this format cannot be read. */
gboolean gst_microexpr_luma_picture_set_format (
    GstMicroexprLumaPicture *picture, const GstVideoFormatInfo *finfo);

/* The next picture: rows y_scale apart in a part of the video, frame->height of them. Fills in luma
 * and reader of `frame`, which are valid until the next picture; any thread may read the frame
 * while the video is mapped. */
void gst_microexpr_luma_picture_begin (GstMicroexprLumaPicture *picture, const GstVideoFrame *video,
    const MeBox *rect, int y_scale, MeFrame *frame);

G_END_DECLS
