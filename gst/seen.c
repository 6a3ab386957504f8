/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which events have been sent: an event may be on several buffers and is sent once. */
#include "seen.h"

/* FALSE: the event has no id. */
static gboolean
describe (const GstStructure *event, GstMicroexprSeenEvent *key)
{
  const char *source = gst_structure_get_string (event, "source");

  key->source = source ? g_str_hash (source) : 0;
  key->onset = GST_CLOCK_TIME_NONE;
  gst_structure_get_uint64 (event, "onset", &key->onset);
  return gst_structure_get_uint64 (event, "id", &key->id);
}

gboolean
gst_microexpr_seen_add (GstMicroexprSeen *seen, const GstStructure *event)
{
  guint filled = (guint)MIN (seen->n, GST_MICROEXPR_SEEN_SIZE);
  GstMicroexprSeenEvent key;

  if (!describe (event, &key))
    return TRUE;
  for (guint i = 0; i < filled; i++) {
    const GstMicroexprSeenEvent *old = &seen->events[i];
    if (old->id == key.id && old->onset == key.onset && old->source == key.source)
      return FALSE;
  }
  seen->events[seen->n++ % GST_MICROEXPR_SEEN_SIZE] = key;
  return TRUE;
}
