/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which events have been taken: an event may be on several buffers and is taken once. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* More than the buffers of any lookahead hold at once. */
#define GST_MICROEXPR_SEEN_SIZE 256

/* Several streams may come through one pad, each with its own numbers: source and onset tell their
 * events apart. */
typedef struct
{
  guint64 id;
  GstClockTime onset;
  guint source; /* hash */
} GstMicroexprSeenEvent;

/* The newest ones. All 0: none. Belongs to one thread. */
typedef struct
{
  GstMicroexprSeenEvent events[GST_MICROEXPR_SEEN_SIZE];
  guint64 n; /* events ever taken */
} GstMicroexprSeen;

/* TRUE: this event has not been taken before; from now on it has. An event without a number is
 * always new. */
gboolean gst_microexpr_seen_take (GstMicroexprSeen *seen, const GstStructure *event);

G_END_DECLS
