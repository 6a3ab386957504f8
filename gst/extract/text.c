/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Timed text: an event is the label that the overlay draws, shown from onset to offset. */
#include "format.h"
#include "event-label.h"

const GstMicroexprFormat gst_microexpr_format_text = {
  .media_type = "text/x-raw",
  .timed = TRUE,
  .event = gst_microexpr_event_label,
};
