/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A moment of a recording as WebM, which every browser plays, whatever the camera encodes. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Shown before the onset and after the offset: the onset is at this time of the clip. */
#define LIVE_CLIP_AROUND_NS GST_SECOND

/* An event in a recording. */
typedef struct
{
  char *path;
  gint64 onset_ns; /* position in the file */
  gint64 duration_ns;
} LiveMoment;

/* Decodes and encodes, in the calling thread, for a few seconds. cover: faces are covered.
 * cancelled: set from another thread to give up. NULL: failed; GST_DEBUG=3 tells why.
 * (transfer full) */
GBytes *live_clip_make (const LiveMoment *moment, gboolean cover, const gint *cancelled);

G_END_DECLS
