/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON-GLib reads the text and writes the strings. It lacks unsigned integers and prints NaN, so
 * numbers are written here. */
#include "event-json.h"

#include <json-glib/json-glib.h>

#include "number.h"

#define NESTED_MOST 2 /* an event, and its units */

/* --- writing --- */

/* Appends a value; FALSE and nothing appended when it is missing or JSON cannot hold it. */
typedef gboolean (*WriteFunc) (GString *text, const GValue *value);

static gboolean write_value (GString *text, const GValue *value);

static void
append_string (GString *text, const char *string)
{
  char *valid = g_utf8_make_valid (string, -1), *quoted;
  JsonNode *node = json_node_init_string (json_node_alloc (), valid);

  quoted = json_to_string (node, FALSE);
  g_string_append (text, quoted);
  g_free (quoted);
  json_node_unref (node);
  g_free (valid);
}

static gboolean
write_string (GString *text, const GValue *value)
{
  const char *string = g_value_get_string (value);

  if (string)
    append_string (text, string);
  return string != NULL;
}

static gboolean
write_uint64 (GString *text, const GValue *value)
{
  return gst_microexpr_append_uint64 (text, g_value_get_uint64 (value));
}

static gboolean
write_int64 (GString *text, const GValue *value)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT, g_value_get_int64 (value));
  return TRUE;
}

static gboolean
write_uint (GString *text, const GValue *value)
{
  g_string_append_printf (text, "%u", g_value_get_uint (value));
  return TRUE;
}

static gboolean
write_int (GString *text, const GValue *value)
{
  g_string_append_printf (text, "%d", g_value_get_int (value));
  return TRUE;
}

static gboolean
write_double (GString *text, const GValue *value)
{
  return gst_microexpr_append_double (text, g_value_get_double (value));
}

static gboolean
write_boolean (GString *text, const GValue *value)
{
  g_string_append (text, g_value_get_boolean (value) ? "true" : "false");
  return TRUE;
}

/* Removes the name again when the field has no value. */
static gboolean
write_field (GQuark field, const GValue *value, gpointer user_data)
{
  GString *text = user_data;
  gsize start = text->len;

  if (text->str[start - 1] != '{')
    g_string_append_c (text, ',');
  append_string (text, g_quark_to_string (field));
  g_string_append_c (text, ':');
  if (!write_value (text, value))
    g_string_truncate (text, start);
  return TRUE;
}

static gboolean
write_structure (GString *text, const GValue *value)
{
  g_string_append_c (text, '{');
  gst_structure_foreach (gst_value_get_structure (value), write_field, text);
  g_string_append_c (text, '}');
  return TRUE;
}

/* An item without a value becomes null, so that the others keep their index. */
static gboolean
write_items (GString *text, const GValue *list, guint n,
    const GValue *(*get_item) (const GValue *list, guint index))
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    if (!write_value (text, get_item (list, i)))
      g_string_append (text, "null");
  }
  g_string_append_c (text, ']');
  return TRUE;
}

static gboolean
write_list (GString *text, const GValue *value)
{
  return write_items (text, value, gst_value_list_get_size (value), gst_value_list_get_value);
}

static gboolean
write_array (GString *text, const GValue *value)
{
  return write_items (text, value, gst_value_array_get_size (value), gst_value_array_get_value);
}

static WriteFunc
find_writer (GType type)
{
  const struct
  {
    GType type;
    WriteFunc write;
  } writers[] = {
    { G_TYPE_UINT64, write_uint64 },
    { G_TYPE_DOUBLE, write_double },
    { G_TYPE_STRING, write_string },
    { G_TYPE_UINT, write_uint },
    { G_TYPE_INT, write_int },
    { G_TYPE_INT64, write_int64 },
    { G_TYPE_BOOLEAN, write_boolean },
    { GST_TYPE_STRUCTURE, write_structure },
    { GST_TYPE_LIST, write_list },
    { GST_TYPE_ARRAY, write_array },
  };

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++) {
    if (writers[i].type == type)
      return writers[i].write;
  }
  return NULL;
}

static gboolean
write_value (GString *text, const GValue *value)
{
  WriteFunc write = find_writer (G_VALUE_TYPE (value));

  return write && write (text, value);
}

char *
gst_microexpr_event_to_json (const GstStructure *event)
{
  GString *text = g_string_new ("{");

  gst_structure_foreach (event, write_field, text);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* --- reading --- */

/* The integers of an event that are no guint64. */
static const char *const uint_fields[] = { "face", "x", "y", "width", "height", NULL };

static gboolean
read_integer (const char *name, gint64 integer, GValue *value)
{
  if (integer < 0)
    return FALSE;
  if (!g_strv_contains (uint_fields, name)) {
    g_value_init (value, G_TYPE_UINT64);
    g_value_set_uint64 (value, (guint64)integer);
    return TRUE;
  }
  g_value_init (value, G_TYPE_UINT);
  g_value_set_uint (value, (guint)MIN (integer, G_MAXUINT));
  return TRUE;
}

/* A number, text or truth value; FALSE: anything else. value: zeroed. */
static gboolean
read_scalar (const char *name, JsonNode *node, GValue *value)
{
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return read_integer (name, json_node_get_int (node), value);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  json_node_get_value (node, value);
  return TRUE;
}

static void
read_member (JsonObject *object G_GNUC_UNUSED, const char *name, JsonNode *node, gpointer user_data)
{
  GstStructure *s = user_data;
  GValue value = G_VALUE_INIT;

  if (read_scalar (name, node, &value))
    gst_structure_take_value (s, name, &value);
}

/* Also structures of scalars, one level deep: units and emotions. */
static void
read_field (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  GstStructure *event = user_data, *nested;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    read_member (object, name, node, event);
    return;
  }
  nested = gst_structure_new_empty ("fields");
  json_object_foreach_member (json_node_get_object (node), read_member, nested);
  gst_structure_set (event, name, GST_TYPE_STRUCTURE, nested, NULL);
  gst_structure_free (nested);
}

/* Older JSON-GLib follows any number of brackets, one call deeper for each. */
static gboolean
is_shallow (const char *text, gsize size)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < size && depth <= NESTED_MOST; i++) {
    if (quoted && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && (text[i] == '{' || text[i] == '['))
      depth++;
    else if (!quoted && (text[i] == '}' || text[i] == ']'))
      depth--;
  }
  return depth <= NESTED_MOST;
}

GstStructure *
gst_microexpr_event_from_json (const char *text, gsize size)
{
  JsonParser *parser = json_parser_new_immutable ();
  GstStructure *event = NULL;
  JsonNode *root;

  if (size <= G_MAXSSIZE && is_shallow (text, size) &&
      json_parser_load_from_data (parser, text, (gssize)size, NULL) &&
      (root = json_parser_get_root (parser)) && JSON_NODE_HOLDS_OBJECT (root)) {
    event = gst_structure_new_empty ("microexpr-event");
    json_object_foreach_member (json_node_get_object (root), read_field, event);
  }
  g_object_unref (parser);
  return event;
}
