/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The drawing of faces, events and motion over a picture, from the metas of its stream. Knows no
 * element: it is fed with the structure of each GstMicroexprMeta and returns what to draw. */
#pragma once

#include <gst/video/video.h>

#include "style.h"

G_BEGIN_DECLS

/* Belongs to one thread at a time. Its memory does not grow with the length of the stream. */
typedef struct _GstMicroexprOverlay GstMicroexprOverlay;

GstMicroexprOverlay *gst_microexpr_overlay_new (void);
void gst_microexpr_overlay_free (GstMicroexprOverlay *overlay);

/* Copied. Without it, the default look. */
void gst_microexpr_overlay_set_look (GstMicroexprOverlay *overlay, const GstMicroexprLook *look);

/* The format of the pictures that follow. Faces are forgotten when the size changes. Needed before
 * anything else; loads the fonts (tens of ms the first time in a process). */
void gst_microexpr_overlay_set_video_info (GstMicroexprOverlay *overlay, const GstVideoInfo *info);

/* Remembers the faces, their motion and the events of one frame. meta: lists `faces` and `events`
 * of structures as in GstMicroexprMeta; an event whose id is known is not
 * added again. stream_time in ns; GST_CLOCK_TIME_NONE: that of the frame before. */
void gst_microexpr_overlay_push (
    GstMicroexprOverlay *overlay, const GstStructure *meta, GstClockTime stream_time);

/* What is to be drawn on the frame at stream_time; NULL: nothing. Transfer full. The same
 * composition again while nothing changes. Attach it, or draw it with
 * gst_microexpr_overlay_blend(). */
GstVideoOverlayComposition *gst_microexpr_overlay_compose (
    GstMicroexprOverlay *overlay, GstClockTime stream_time);

/* Forgets faces, events and motion: the stream continues elsewhere. */
void gst_microexpr_overlay_reset (GstMicroexprOverlay *overlay);

G_END_DECLS
