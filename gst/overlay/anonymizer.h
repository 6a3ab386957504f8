/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Anonymises video: covers the faces of the metas, and the whole picture while there may be one in
 * it that the metas do not list. */
#pragma once

#include <gst/video/video.h>

#include "gstmicroexprenums.h"
#include "luma.h"
#include "mask.h"
#include "microexpr.h"

G_BEGIN_DECLS

/* A face that was seen. */
typedef struct
{
  gboolean used, seen; /* seen: in the newest frame */
  guint id;
  gint64 seen_ns; /* stream time */
  GstMicroexprMask masks[GST_MICROEXPR_MAX_MASKS];
  guint n_masks;
} GstMicroexprCoveredFace;

/* Belongs to the streaming thread. */
typedef struct
{
  GstMicroexprCoveredFace faces[ME_MAX_FACES];
  gint64 now_ns;          /* stream time of the newest frame; G_MININT64: unknown */
  gboolean searching;     /* no face was found since the beginning, a gap or a cut */
  gint64 search_ns;       /* since when; G_MININT64: from the next frame on */
  GstMicroexprLuma *luma; /* owned */
  gboolean succeeded;     /* with a buffer of these caps: one that fails is damaged */
  gboolean has_picture;
  MeThumbnail picture; /* the newest frame */
} GstMicroexprAnonymizer;

void gst_microexpr_anonymizer_init (GstMicroexprAnonymizer *anonymizer);
void gst_microexpr_anonymizer_clear (GstMicroexprAnonymizer *anonymizer);

/* The stream continues elsewhere: nothing is known of the pictures to come. */
void gst_microexpr_anonymizer_reset (GstMicroexprAnonymizer *anonymizer);

/* The format of the buffers to come. */
void gst_microexpr_anonymizer_set_info (
    GstMicroexprAnonymizer *anonymizer, const GstVideoInfo *info);

/* Covers the faces in a writable buffer with its metas. stream_time in ns; GST_CLOCK_TIME_NONE:
 * that of the frame before. FALSE: the pixels cannot be read or written. */
gboolean gst_microexpr_anonymizer_apply (GstMicroexprAnonymizer *anonymizer, GstBuffer *buffer,
    const GstVideoInfo *info, GstClockTime stream_time, GstMicroexprAnonymize how,
    GstMicroexprFallback fallback);

G_END_DECLS
