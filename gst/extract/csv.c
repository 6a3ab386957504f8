/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Comma-separated values, RFC 4180: a header, then one event per line. The columns are fixed; a
 * field that an event lacks is empty. */
#include "format.h"
#include "number.h"
#include "microexpr.h"

#include <string.h>

#define LINE_END "\r\n"

/* Columns never move, so what came later is behind what was there: docs/stability.md. */
static const char *const first_fields[] = { "id", "source", "face", "kind", "onset", "apex",
  "offset", "duration", "utc", "emotion", "confidence", "intensity", "snr", "x", "y", "width",
  "height" };
static const char *const fields_behind_units[] = { "facs", "candidate", "emotion-confidence",
  "speaking" };
static const MeAu later_units[] = { ME_AU18, ME_AU22, ME_AU28, ME_AU27 };
static const char *const fields_behind_later_units[] = { "context" };

/* The three columns of an action unit: the field that holds its strength, and the column's suffix.
 */
static const struct
{
  const char *field, *suffix;
} sides[] = {
  { "action-units", "" },
  { "left", "_left" },
  { "right", "_right" },
};

/* Quotes strings that contain separators or quotes. */
static void
append_string (GString *text, const char *string)
{
  char *valid = g_utf8_make_valid (string, -1);

  if (strpbrk (valid, ",\"\r\n")) {
    g_string_append_c (text, '"');
    for (const char *c = valid; *c; c++) {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
    g_string_append_c (text, '"');
  } else {
    g_string_append (text, valid);
  }
  g_free (valid);
}

/* NULL, or a type that CSV does not hold: the field stays empty. */
static void
append_value (GString *text, const GValue *value)
{
  if (!value)
    return;
  if (G_VALUE_HOLDS_UINT64 (value))
    gst_microexpr_append_uint64 (text, g_value_get_uint64 (value));
  else if (G_VALUE_HOLDS_UINT (value))
    g_string_append_printf (text, "%u", g_value_get_uint (value));
  else if (G_VALUE_HOLDS_DOUBLE (value))
    gst_microexpr_append_double (text, g_value_get_double (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_string_append (text, g_value_get_boolean (value) ? "true" : "false");
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value))
    append_string (text, g_value_get_string (value));
}

static gboolean
is_later (MeAu au)
{
  for (guint i = 0; i < G_N_ELEMENTS (later_units); i++)
    if (later_units[i] == au)
      return TRUE;
  return FALSE;
}

/* A line that is written. */
typedef struct
{
  GString *text;
  const GstStructure *event; /* NULL: the header */
  guint n_cells;
} Line;

/* The field of the event, or with `part` that of the structure in this field of the event. Its
 * column has its name and the suffix. */
static void
add_cell (Line *line, const char *part, const char *field, const char *suffix)
{
  const GstStructure *s = line->event;
  const GValue *nested;

  if (line->n_cells++ > 0)
    g_string_append_c (line->text, ',');
  if (!line->event) {
    g_string_append (line->text, field);
    g_string_append (line->text, suffix);
    return;
  }
  if (part) {
    nested = gst_structure_get_value (line->event, part);
    s = nested && GST_VALUE_HOLDS_STRUCTURE (nested) ? gst_value_get_structure (nested) : NULL;
  }
  if (s)
    append_value (line->text, gst_structure_get_value (s, field));
}

static void
add_fields (Line *line, const char *const *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    add_cell (line, NULL, fields[i], "");
}

static void
add_unit (Line *line, MeAu au)
{
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    add_cell (line, sides[side].field, me_au_name (au), sides[side].suffix);
}

static void
add_unit_confidence (Line *line, MeAu au)
{
  add_cell (line, "units-confidence", me_au_name (au), "_confidence");
}

/* event: NULL for the header, which so has the same columns. */
static GBytes *
write_line (const GstStructure *event)
{
  Line line = { g_string_new (NULL), event, 0 };

  add_fields (&line, first_fields, G_N_ELEMENTS (first_fields));
  for (guint i = 0; i < ME_N_EMOTIONS; i++)
    add_cell (&line, "emotions", me_emotion_name (i), "");
  for (guint au = 0; au < ME_N_AUS; au++)
    if (!is_later (au))
      add_unit (&line, au);
  add_fields (&line, fields_behind_units, G_N_ELEMENTS (fields_behind_units));
  for (guint au = 0; au < ME_AU45; au++) /* those that motion shows */
    if (!is_later (au))
      add_unit_confidence (&line, au);
  for (guint i = 0; i < G_N_ELEMENTS (later_units); i++) {
    add_unit (&line, later_units[i]);
    add_unit_confidence (&line, later_units[i]);
  }
  add_fields (&line, fields_behind_later_units, G_N_ELEMENTS (fields_behind_later_units));
  g_string_append (line.text, LINE_END);
  return g_string_free_to_bytes (line.text);
}

static GBytes *
format_event (const GstMicroexprFormat *self G_GNUC_UNUSED, const GstStructure *event)
{
  return write_line (event);
}

static GBytes *
format_header (const GstMicroexprFormat *self G_GNUC_UNUSED)
{
  return write_line (NULL);
}

const GstMicroexprFormat gst_microexpr_format_csv = {
  .caps = "text/csv",
  .header = format_header,
  .event = format_event,
};
