/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Members of a JSON object, one call each. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void app_json_string (JsonBuilder *json, const char *name, const char *value);
void app_json_boolean (JsonBuilder *json, const char *name, gboolean value);
void app_json_int (JsonBuilder *json, const char *name, gint64 value);
/* Nothing when it is NaN. */
void app_json_double (JsonBuilder *json, const char *name, double value);
/* Rounded to a thousandth, which keeps pages small. */
void app_json_rounded (JsonBuilder *json, const char *name, double value);

/* End them with json_builder_end_object() and json_builder_end_array(). */
void app_json_begin_object (JsonBuilder *json, const char *name);
void app_json_begin_array (JsonBuilder *json, const char *name);

/* What was built, for g_free(). pretty: indented. */
char *app_json_to_text (JsonBuilder *json, gboolean pretty);

G_END_DECLS
