/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Comma-separated values, RFC 4180: a header, then one event per line. The columns are fixed; a
 * field that an event lacks is empty. */
#include "format.h"
#include "number.h"
#include "microexpr.h"

#include <string.h>

#define LINE_END "\r\n"

static const char *const columns[] = { "id", "source", "face", "kind", "onset", "apex", "offset",
  "duration", "utc", "emotion", "confidence", "intensity", "snr", "x", "y", "width", "height" };

/* After those of the units, so that older columns keep their place. */
static const char *const later_columns[] = { "facs", "candidate", "emotion-confidence",
  "speaking" };
static const char *const last_columns[] = { "context" };

/* Units that were added since, after those in turn. */
static const MeAu later_units[] = { ME_AU18, ME_AU22, ME_AU28, ME_AU27 };

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

/* The field `name` of the structure in the event's field `part`. */
static void
append_nested (GString *text, const GstStructure *event, const char *part, const char *name)
{
  const GValue *nested = gst_structure_get_value (event, part);

  g_string_append_c (text, ',');
  if (nested && GST_VALUE_HOLDS_STRUCTURE (nested))
    append_value (text, gst_structure_get_value (gst_value_get_structure (nested), name));
}

static void
append_fields (GString *text, const GstStructure *event, const char *const *names, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_string_append_c (text, ',');
    append_value (text, gst_structure_get_value (event, names[i]));
  }
}

static gboolean
is_later (MeAu au)
{
  for (guint i = 0; i < G_N_ELEMENTS (later_units); i++)
    if (later_units[i] == au)
      return TRUE;
  return FALSE;
}

static void
append_unit (GString *text, const GstStructure *event, MeAu au)
{
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    append_nested (text, event, sides[side].field, me_au_name (au));
}

static void
append_unit_names (GString *text, MeAu au)
{
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    g_string_append_printf (text, ",%s%s", me_au_name (au), sides[side].suffix);
}

static GBytes *
format_event (const GstMicroexprFormat *self G_GNUC_UNUSED, const GstStructure *event)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    append_value (text, gst_structure_get_value (event, columns[i]));
  }
  for (guint i = 0; i < ME_N_EMOTIONS; i++)
    append_nested (text, event, "emotions", me_emotion_name (i));
  for (guint au = 0; au < ME_N_AUS; au++)
    if (!is_later (au))
      append_unit (text, event, au);
  append_fields (text, event, later_columns, G_N_ELEMENTS (later_columns));
  for (guint au = 0; au < ME_AU45; au++)
    if (!is_later (au))
      append_nested (text, event, "units-confidence", me_au_name (au));
  for (guint i = 0; i < G_N_ELEMENTS (later_units); i++) {
    append_unit (text, event, later_units[i]);
    append_nested (text, event, "units-confidence", me_au_name (later_units[i]));
  }
  append_fields (text, event, last_columns, G_N_ELEMENTS (last_columns));
  g_string_append (text, LINE_END);
  return g_string_free_to_bytes (text);
}

static GBytes *
format_header (const GstMicroexprFormat *self G_GNUC_UNUSED)
{
  GString *text = g_string_new (columns[0]);

  for (guint i = 1; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (text, ",%s", columns[i]);
  for (guint i = 0; i < ME_N_EMOTIONS; i++)
    g_string_append_printf (text, ",%s", me_emotion_name (i));
  for (guint au = 0; au < ME_N_AUS; au++)
    if (!is_later (au))
      append_unit_names (text, au);
  for (guint i = 0; i < G_N_ELEMENTS (later_columns); i++)
    g_string_append_printf (text, ",%s", later_columns[i]);
  for (guint au = 0; au < ME_AU45; au++) /* of the units that motion shows */
    if (!is_later (au))
      g_string_append_printf (text, ",%s_confidence", me_au_name (au));
  for (guint i = 0; i < G_N_ELEMENTS (later_units); i++) {
    append_unit_names (text, later_units[i]);
    g_string_append_printf (text, ",%s_confidence", me_au_name (later_units[i]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (last_columns); i++)
    g_string_append_printf (text, ",%s", last_columns[i]);
  g_string_append (text, LINE_END);
  return g_string_free_to_bytes (text);
}

const GstMicroexprFormat gst_microexpr_format_csv = {
  .caps = "text/csv",
  .header = format_header,
  .event = format_event,
};
