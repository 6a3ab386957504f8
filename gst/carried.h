/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events inside the stream, as JSON in KLV packets or SEI messages. Containers and networks replace
 * the clock of a stream, so an event says how old it was when it was sent: its onset was that long
 * before the time of the packet, whatever that time is called where it arrives. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* The field that carried events have in addition: ns from the onset to the packet, guint64. */
#define GST_MICROEXPR_AGE "age"

/* running_time: of the packet. An event without a running time gets no age. (transfer full) */
GstStructure *gst_microexpr_carried_new (const GstStructure *event, GstClockTime running_time);

/* Reads the event of a packet at `position` of the segment (its PTS, also NONE or outside), on the
 * clocks of that segment: an event whose onset was before it has none of these times. Without an
 * age they stay as they were sent. NULL: no event. (transfer full) */
GstStructure *gst_microexpr_carried_read (
    const void *json, gsize size, const GstSegment *segment, GstClockTime position);

G_END_DECLS
