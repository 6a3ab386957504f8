/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <math.h>

void
app_json_string (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, value);
}

void
app_json_boolean (JsonBuilder *json, const char *name, gboolean value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

void
app_json_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

void
app_json_double (JsonBuilder *json, const char *name, double value)
{
  if (isnan (value))
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, value);
}

void
app_json_rounded (JsonBuilder *json, const char *name, double value)
{
  app_json_double (json, name, round (value * 1000) / 1000);
}

void
app_json_begin_object (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
}

void
app_json_begin_array (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
}

char *
app_json_to_text (JsonBuilder *json, gboolean pretty)
{
  JsonNode *root = json_builder_get_root (json);
  char *text = json_to_string (root, pretty);

  json_node_unref (root);
  return text;
}
