/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of one face over time, for drawing: per group of regions the largest value in each
 * 20 ms, in one byte. An hour of it is a megabyte, and a day after its first frame it ends. */
#pragma once

#include <gst/gst.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define REVIEW_BIN_NS (20 * GST_MSECOND)
#define REVIEW_MOST_MOTION                                                                         \
  40.0 /* % IPD: a byte b stands for (b / 255)^2 of it, fine at the noise */

typedef struct _ReviewMotion ReviewMotion;

ReviewMotion *review_motion_new (guint face);
void review_motion_free (ReviewMotion *motion);

/* Takes in one frame: a structure `face` of GstMicroexprMeta with its regions, and how long until
 * the next frame, as far as that is known. Times grow from call to call. */
void review_motion_push (
    ReviewMotion *motion, guint64 time_ns, guint64 frame_ns, const GstStructure *face);

/* Between the first frame and the last, without holes. */
guint64 review_motion_seen_ns (const ReviewMotion *motion);

/* Adds the face as an object: `id`, `first` and `last` (ns), `seen` (ns), `bin` (number of the
 * first bin), and per group an array of bytes as base64. */
void review_motion_write (const ReviewMotion *motion, JsonBuilder *json);

/* Adds what the bytes mean: an object with `bin-ns`, and `most` in % IPD. */
void review_motion_write_legend (JsonBuilder *json);

G_END_DECLS
