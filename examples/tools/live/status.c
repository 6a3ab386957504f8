/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "status.h"

void
live_status_clear (LiveStatus *s)
{
  g_clear_pointer (&s->reason, g_free);
  g_clear_pointer (&s->warnings, g_strfreev);
  g_clear_pointer (&s->counters, gst_structure_free);
}

guint64
live_status_count (const LiveStatus *s, const char *name)
{
  guint64 value = 0;

  gst_structure_get_uint64 (s->counters, name, &value);
  return value;
}

double
live_status_measure (const LiveStatus *s, const char *name)
{
  double value = 0;

  gst_structure_get_double (s->counters, name, &value);
  return value;
}
