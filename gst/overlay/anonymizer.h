/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decides what of a picture is covered so that nobody can be recognised: the faces of the metas,
 * and the whole picture while a face may be in it that the metas do not tell of. */
#pragma once

#include <gst/video/video.h>

#include "gstmicroexprenums.h"
#include "luma.h"
#include "cover.h"
#include "microexpr.h"

G_BEGIN_DECLS

#define GST_MICROEXPR_COVER_FACES ME_MAX_FACES

/* A face that was seen. */
typedef struct
{
  gboolean used, seen; /* seen: in the newest frame */
  guint id;
  gint64 seen_ns;                  /* stream time */
  GstMicroexprEllipse ellipses[2]; /* by its box, and by its landmarks */
  guint n_ellipses;
} GstMicroexprCoveredFace;

/* Belongs to the streaming thread. */
typedef struct
{
  GstMicroexprCoveredFace faces[GST_MICROEXPR_COVER_FACES];
  gint64 now_ns;          /* stream time of the newest frame; G_MININT64: unknown */
  gboolean unsure;        /* nobody was found since the beginning, a break or a cut */
  gint64 unsure_ns;       /* since when; G_MININT64: the next frame tells */
  GstMicroexprLuma *luma; /* owned */
  gboolean able;          /* a buffer could be covered: what cannot be is damaged */
  gboolean has_picture;
  MeThumbnail picture; /* the newest frame */
} GstMicroexprCover;

void gst_microexpr_cover_init (GstMicroexprCover *cover);
void gst_microexpr_cover_clear (GstMicroexprCover *cover);

/* The stream continues elsewhere: nothing is known of the pictures to come. */
void gst_microexpr_cover_reset (GstMicroexprCover *cover);

/* The pictures to come. */
void gst_microexpr_cover_set_info (GstMicroexprCover *cover, const GstVideoInfo *info);

/* Covers what is to be covered in a writable buffer with its metas. stream_time in ns;
 * GST_CLOCK_TIME_NONE: that of the frame before. FALSE: the pixels cannot be read, or not
 * be written. */
gboolean gst_microexpr_cover_apply (GstMicroexprCover *cover, GstBuffer *buffer,
    const GstVideoInfo *info, GstClockTime stream_time, GstMicroexprAnonymize how,
    GstMicroexprFallback fallback);

G_END_DECLS
