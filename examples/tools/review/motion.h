/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of one face over time, for the timeline: for each group of regions a byte for every 20
 * ms, the largest value in them. An hour takes a megabyte; recording stops after a day. */
#pragma once

#include <gst/gst.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define REVIEW_BIN_NS (20 * GST_MSECOND)
#define REVIEW_MOST_MOTION                                                                         \
  40.0 /* % IPD: a byte b means (b / 255)^2 of it, for fine steps near the noise */

typedef struct _ReviewMotion ReviewMotion;

ReviewMotion *review_motion_new (guint face);
void review_motion_free (ReviewMotion *motion);

/* Adds a frame: a structure `face` of GstMicroexprMeta with its regions, and the time to the next
 * frame as far as it is known. Times ascend from call to call. */
void review_motion_push (
    ReviewMotion *motion, guint64 time_ns, guint64 frame_ns, const GstStructure *face);

/* Time from the first frame to the last, without gaps. */
guint64 review_motion_seen_ns (const ReviewMotion *motion);

/* Adds the face as an object: `id`, `first` and `last` (ns), `seen` (ns), `bin` (number of the
 * first bin), and per group an array of bytes as base64. */
void review_motion_write (const ReviewMotion *motion, JsonBuilder *json);

/* Adds the scale of the bytes: an object with `bin-ns`, and `most` in % IPD. */
void review_motion_write_legend (JsonBuilder *json);

G_END_DECLS
