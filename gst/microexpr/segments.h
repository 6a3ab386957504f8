/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The segments of the newest frames. An event is known only after its offset; by then another
 * segment may be in force, in which its buffer times mean something else. Belongs to the streaming
 * thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  GstSegment now, before;
  GstClockTime since; /* buffer time of the first frame in `now`; NONE: `before` is not needed */
} GstMicroexprSegments;

void gst_microexpr_segments_init (GstMicroexprSegments *segments);

/* Adds a frame at a buffer time. follows: the analysis continues from the frame before. */
void gst_microexpr_segments_add (
    GstMicroexprSegments *segments, const GstSegment *segment, GstClockTime time, gboolean follows);

/* The segment of the frame that was shown at a buffer time. */
const GstSegment *gst_microexpr_segments_at (
    const GstMicroexprSegments *segments, GstClockTime time);

G_END_DECLS
