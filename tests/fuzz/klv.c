/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bytes from the network as KLV packets: whatever is read from them can be written. */
#include "fuzz.h"

#include "event-json.h"
#include "extract/format.h"
#include "extract/klv.h"
#include "structure-list.h"

#include <string.h>

static const GstMicroexprFormat *const formats[] = { GST_MICROEXPR_FORMATS };

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GstBuffer) buffer = NULL;
  GValue events = G_VALUE_INIT;
  GstSegment segment;

  gst_init (NULL, NULL);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  buffer = gst_buffer_new_wrapped (g_memdup2 (data, size), size);
  gst_microexpr_list_init (&events);
  gst_microexpr_klv_read (buffer, &segment, GST_SECOND, &events);
  for (guint i = 0; i < gst_value_list_get_size (&events); i++) {
    const GstStructure *event = gst_microexpr_list_get (&events, i);
    g_autofree char *json = gst_microexpr_event_to_json (event);
    g_autoptr (GstStructure) again = gst_microexpr_event_from_json (json, strlen (json));

    g_assert_nonnull (again);
    for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
      g_bytes_unref (formats[k]->event (formats[k], event));
  }
  g_value_unset (&events);
  return 0;
}
