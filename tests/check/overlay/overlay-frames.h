/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames with hand-made metas for the element microexproverlay, and what can be seen on them. */
#pragma once

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#define WIDTH 640
#define HEIGHT 480
#define FRAME (GST_SECOND / 30)
#define PLAIN 120 /* luma or gray level of an empty frame */

/* The face of every frame that has one. */
extern const GstVideoRectangle face_box;

/* An event on it, as on a command line; id 0, stream time 1.0 to 1.18 s. */
extern const char *const surprise;

/* Caps of a frame, with more appended to them ("" for none); with g_free(). */
char *frame_caps (const char *format, const char *features);

/* A harness of the element with these properties, or NULL, on frames of a format. */
GstHarness *overlay_harness (const char *properties, const char *format);

/* An evenly gray frame, without metas. (transfer full) */
GstBuffer *plain_frame (const char *format, GstClockTime time);

/* Attaches the meta: n_faces beside each other from face_box on; event may be NULL. */
void add_meta (GstBuffer *buffer, guint n_faces, const char *event);

/* The first frame of a source, WIDTH x HEIGHT, in a format; source: as on a command line. (transfer
 * full) */
GstBuffer *source_frame (const char *source, const char *format);

/* Attaches the meta with a face and an event (or NULL), both as on a command line. */
void add_meta_of_one (GstBuffer *buffer, const char *face, const char *event);

/* A frame with one face. (transfer full) */
GstBuffer *face_frame (const char *format, GstClockTime time, const char *event);

/* The frame as 8-bit ARGB, WIDTH x HEIGHT, rows without gaps. (transfer full) */
guint8 *to_argb (GstBuffer *buffer, const char *format);

/* How many pixels of the rectangle are not as in an empty frame; takes the buffer's place only for
 * reading. */
guint n_drawn (GstBuffer *buffer, const char *format, GstVideoRectangle where);

extern const GstVideoRectangle whole, label_area, timeline_area, inside_face;
