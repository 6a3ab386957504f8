/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A structure from outside, as metas may bring it, in every text format: always valid UTF-8, and
 * JSON that a JSON parser takes. */
#include "fuzz.h"

#include "extract/format.h"

#include <json-glib/json-glib.h>
#include <string.h>

static char *
write_as (const GstMicroexprFormat *format, const GstStructure *event)
{
  g_autoptr (GBytes) bytes = format->event (format, event);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
check_json (const GstStructure *event)
{
  g_autofree char *line = write_as (&gst_microexpr_format_json, event);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  g_assert_true (strchr (line, '\n') == line + strlen (line) - 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree char *csv = NULL, *label = NULL;
  g_autoptr (GstStructure) event = NULL;

  gst_init (NULL, NULL);
  event = gst_structure_new_from_string (text);
  if (!event)
    event = gst_structure_new ("event", "source", G_TYPE_STRING, text, NULL);
  check_json (event);
  csv = write_as (&gst_microexpr_format_csv, event);
  label = write_as (&gst_microexpr_format_text, event);
  g_assert_true (g_utf8_validate (csv, -1, NULL));
  g_assert_true (g_utf8_validate (label, -1, NULL));
  return 0;
}
