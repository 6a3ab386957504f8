/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One face over time: its motion for the timeline, for each group of regions and each action unit a
 * byte for every 20 ms, the largest value in them; and its box every 100 ms. An hour takes a
 * megabyte; recording stops after a day. */
#pragma once

#include <gst/gst.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define REVIEW_BIN_NS (20 * GST_MSECOND)
#define REVIEW_BOX_NS (100 * GST_MSECOND)
#define REVIEW_MOST_MOTION                                                                         \
  40.0 /* % IPD: a byte b means (b / 255)^2 of it, for fine steps near the noise */

typedef struct _ReviewMotion ReviewMotion;

ReviewMotion *review_motion_new (guint face);
void review_motion_free (ReviewMotion *motion);

/* Adds a frame: a structure `face` of GstMicroexprMeta with its regions and units, and the time to
 * the next frame as far as it is known. Times ascend from call to call. */
void review_motion_push (
    ReviewMotion *motion, guint64 time_ns, guint64 frame_ns, const GstStructure *face);

/* Time from the first frame to the last, without gaps. */
guint64 review_motion_seen_ns (const ReviewMotion *motion);

/* Adds the face as an object: `id`, `first` and `last` (ns), `seen` (ns), `bin` and `first-box`
 * (numbers of the first ones), and per group an array of bytes as base64; `units`, the same per
 * unit, where a zero stands for as many as the LEB128 number after it; `unit-noise`, per unit the
 * standard deviation of its strength as a share of the face's noise, where frames in a row tell it;
 * `boxes`, x y width height as 16 bits each, little endian, px of the upright picture, all zero
 * where the face was not seen. */
void review_motion_write (const ReviewMotion *motion, JsonBuilder *json);

/* Adds the scale of the bytes: an object with `bin-ns`, `box-ns`, and `most` in % IPD. */
void review_motion_write_legend (JsonBuilder *json);

G_END_DECLS
