/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON Lines: one event per line. */
#include "format.h"
#include "event-json.h"

#include <string.h>

static GBytes *
format_event (const GstMicroexprFormat *self G_GNUC_UNUSED, const GstStructure *event)
{
  char *json = gst_microexpr_event_to_json (event), *line = g_strconcat (json, "\n", NULL);

  g_free (json);
  return g_bytes_new_take (line, strlen (line));
}

const GstMicroexprFormat gst_microexpr_format_json = {
  .caps = "application/x-ndjson",
  .event = format_event,
};
