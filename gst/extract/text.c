/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Timed text: the label of the event, shown from onset to offset. */
#include "format.h"
#include "event-label.h"

#include <string.h>

static GBytes *
format_event (const GstMicroexprFormat *self G_GNUC_UNUSED, const GstStructure *event)
{
  char *label = gst_microexpr_event_label (event);

  return g_bytes_new_take (label, strlen (label));
}

const GstMicroexprFormat gst_microexpr_format_text = {
  .caps = "text/x-raw, format = (string) utf8",
  .timed = TRUE,
  .event = format_event,
};
