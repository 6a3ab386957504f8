/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events as KLV packets (SMPTE ST 336): a key of 16 bytes, the length in BER, an event as JSON. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* The key: 06 0e 2b 34 01 01 01 01 0f and "microex". 0f are experimental keys, which need not be
 * registered. */
#define GST_MICROEXPR_KLV_KEY "\x06\x0e\x2b\x34\x01\x01\x01\x01\x0fmicroex"

/* Appends the events of all packets in a buffer to the list (GST_TYPE_LIST of GstStructure), on the
 * clocks of the segment; position: of the buffer. Packets with other keys are skipped. */
void gst_microexpr_klv_read (
    GstBuffer *buffer, const GstSegment *segment, GstClockTime position, GValue *events);

G_END_DECLS
