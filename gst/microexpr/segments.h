/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The segments in which the newest frames came. An event is known only after its offset: by then
 * another segment may be in force, which gives its times another meaning. Belongs to the streaming
 * thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  GstSegment now, before;
  GstClockTime since; /* buffer time of the first frame under `now`; NONE: `before` has passed */
} GstMicroexprSegments;

void gst_microexpr_segments_init (GstMicroexprSegments *segments);

/* A frame at a buffer time came in this segment. follows: it goes on from the frame before it. */
void gst_microexpr_segments_add (
    GstMicroexprSegments *segments, const GstSegment *segment, GstClockTime time, gboolean follows);

/* The segment of the frame that was shown at a buffer time. */
const GstSegment *gst_microexpr_segments_at (
    const GstMicroexprSegments *segments, GstClockTime time);

G_END_DECLS
