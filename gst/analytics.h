/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faces and events as the analysis metadata of GStreamer 1.24 and newer: what its own overlay,
 * ONVIF and tensor elements read. Does nothing where that library is missing. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#ifdef HAVE_ANALYTICS
/* Adds to the GstAnalyticsRelationMeta of a writable buffer: per face an object detection `face`
 * and a tracking, per event of that face a classification, related to the detection; in place of
 * those of another microexpr upstream, whose GstMicroexprMeta the buffer still has. events, faces:
 * GST_TYPE_LIST of the structures of GstMicroexprMeta. time: of the buffer. */
void gst_microexpr_analytics_attach (
    GstBuffer *buffer, const GValue *events, const GValue *faces, GstClockTime time);
#else
static inline void
gst_microexpr_analytics_attach (
    GstBuffer *buffer, const GValue *events, const GValue *faces, GstClockTime time)
{
  (void)buffer;
  (void)events;
  (void)faces;
  (void)time;
}
#endif

G_END_DECLS
