/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events as user data of H.264 and H.265 (SEI message user_data_unregistered), on the meta that
 * encoders, inserters and parsers of GStreamer exchange. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A GstVideoSEIUserDataUnregisteredMeta with the event on a writable buffer of this running time.
 */
void gst_microexpr_sei_attach (
    GstBuffer *buffer, const GstStructure *event, GstClockTime running_time);

/* Appends the events of such metas to the list, on the clocks of the segment; position: of the
 * buffer. User data of others is left alone. */
void gst_microexpr_sei_read (
    GstBuffer *buffer, const GstSegment *segment, GstClockTime position, GValue *events);

G_END_DECLS
