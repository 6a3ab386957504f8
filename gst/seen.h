/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which events have been sent: an event may be on several buffers and is sent once. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Of so many events it is known that they were sent; those before them would be sent again. */
#define GST_MICROEXPR_SEEN_SIZE 256

/* Several streams with ids of their own may pass one pad; source and onset tell their events apart.
 */
typedef struct
{
  guint64 id;
  GstClockTime onset;
  guint source; /* hash */
} GstMicroexprSeenEvent;

/* The latest events. All zeros: empty. Belongs to one thread. */
typedef struct
{
  GstMicroexprSeenEvent events[GST_MICROEXPR_SEEN_SIZE];
  guint64 n; /* events ever added */
} GstMicroexprSeen;

/* Like g_hash_table_add(): TRUE when the event was not in the set. An event without an id is always
 * new and never added. */
gboolean gst_microexpr_seen_add (GstMicroexprSeen *seen, const GstStructure *event);

G_END_DECLS
