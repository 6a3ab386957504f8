/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON-GLib reads the text and writes the strings. It lacks unsigned integers and prints NaN, so
 * numbers are written here. */
#include "event-json.h"

#include <json-glib/json-glib.h>

#include "microexpr.h"
#include "number.h"

#define BRACKETS_MOST 64 /* an event has seven, and a name may hold some */

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

/* What an event may hold. Other names are passed over: GStreamer never forgets the name of a field,
 * and this text may come from the network. */
static const struct
{
  const char *name;
  GType type;
} event_fields[] = {
  { "timestamp", G_TYPE_UINT64 },
  { "stream-time", G_TYPE_UINT64 },
  { "running-time", G_TYPE_UINT64 },
  { "duration", G_TYPE_UINT64 },
  { "onset", G_TYPE_UINT64 },
  { "apex", G_TYPE_UINT64 },
  { "offset", G_TYPE_UINT64 },
  { "age", G_TYPE_UINT64 }, /* of carried.h */
  { "id", G_TYPE_UINT64 },
  { "face", G_TYPE_UINT },
  { "kind", G_TYPE_STRING },
  { "facs", G_TYPE_STRING },
  { "emotion", G_TYPE_STRING },
  { "context", G_TYPE_STRING },
  { "source", G_TYPE_STRING },
  { "utc", G_TYPE_STRING },
  { "candidate", G_TYPE_BOOLEAN },
  { "confidence", G_TYPE_DOUBLE },
  { "emotion-confidence", G_TYPE_DOUBLE },
  { "snr", G_TYPE_DOUBLE },
  { "speaking", G_TYPE_DOUBLE },
  { "intensity", G_TYPE_DOUBLE },
  { "x", G_TYPE_UINT },
  { "y", G_TYPE_UINT },
  { "width", G_TYPE_UINT },
  { "height", G_TYPE_UINT },
};

static const char *
unit_name (guint unit)
{
  return me_au_name ((MeAu)unit);
}

static const char *
emotion_name (guint emotion)
{
  return me_emotion_name ((MeEmotion)emotion);
}

/* Structures of an event, with a number or a text for each action unit or emotion. */
static const struct
{
  const char *name;
  GType type;
  const char *(*member) (guint index);
  guint n_members;
} event_structures[] = {
  { "action-units", G_TYPE_DOUBLE, unit_name, ME_N_AUS },
  { "left", G_TYPE_DOUBLE, unit_name, ME_N_AUS },
  { "right", G_TYPE_DOUBLE, unit_name, ME_N_AUS },
  { "units-confidence", G_TYPE_DOUBLE, unit_name, ME_N_AUS },
  { "units-intensity", G_TYPE_STRING, unit_name, ME_N_AUS },
  { "emotions", G_TYPE_DOUBLE, emotion_name, ME_N_EMOTIONS },
};

/* Takes a member of that type from the object, if it has one. */
static void
read_member (JsonObject *object, const char *name, GType type, GstStructure *s)
{
  JsonNode *node = json_object_get_member (object, name);
  GType given =
      node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if ((type == G_TYPE_UINT64 || type == G_TYPE_UINT) && given == G_TYPE_INT64) {
    gint64 integer = json_node_get_int (node);

    if (integer >= 0 && type == G_TYPE_UINT64)
      gst_structure_set (s, name, type, (guint64)integer, NULL);
    else if (integer >= 0 && integer <= G_MAXUINT)
      gst_structure_set (s, name, type, (guint)integer, NULL);
  } else if (type == G_TYPE_DOUBLE && (given == G_TYPE_DOUBLE || given == G_TYPE_INT64)) {
    gst_structure_set (s, name, type, json_node_get_double (node), NULL);
  } else if (type == G_TYPE_STRING && given == G_TYPE_STRING) {
    gst_structure_set (s, name, type, json_node_get_string (node), NULL);
  } else if (type == G_TYPE_BOOLEAN && given == G_TYPE_BOOLEAN) {
    gst_structure_set (s, name, type, json_node_get_boolean (node), NULL);
  }
}

static void
read_structure (JsonObject *object, guint i, GstStructure *event)
{
  const char *name = event_structures[i].name;
  JsonNode *node = json_object_get_member (object, name);
  GstStructure *s;

  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  s = gst_structure_new_empty (name);
  for (guint k = 0; k < event_structures[i].n_members; k++)
    read_member (
        json_node_get_object (node), event_structures[i].member (k), event_structures[i].type, s);
  gst_structure_set (event, name, GST_TYPE_STRUCTURE, s, NULL);
  gst_structure_free (s);
}

/* Older JSON-GLib goes as deep as brackets open, one call for each. */
static gboolean
is_shallow (const char *text, gsize size)
{
  guint n = 0;

  for (gsize i = 0; i < size && n <= BRACKETS_MOST; i++)
    n += text[i] == '{' || text[i] == '[';
  return n <= BRACKETS_MOST;
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
    for (guint i = 0; i < G_N_ELEMENTS (event_fields); i++)
      read_member (json_node_get_object (root), event_fields[i].name, event_fields[i].type, event);
    for (guint i = 0; i < G_N_ELEMENTS (event_structures); i++)
      read_structure (json_node_get_object (root), i, event);
  }
  g_object_unref (parser);
  return event;
}
