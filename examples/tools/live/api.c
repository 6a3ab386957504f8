/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "api.h"

#include "shared/json.h"

#include <math.h>

static gboolean
add_counter (GQuark field, const GValue *value, gpointer json)
{
  if (G_VALUE_HOLDS_UINT64 (value))
    app_json_int (json, g_quark_to_string (field), (gint64)g_value_get_uint64 (value));
  return TRUE;
}

static void
add_camera (JsonBuilder *json, guint number, const LiveStatus *s)
{
  json_builder_begin_object (json);
  app_json_int (json, "camera", number);
  app_json_string (json, "name", s->name);
  app_json_string (json, "state", s->state);
  app_json_boolean (json, "watching", s->watching);
  app_json_rounded (json, "state-s", s->state_s);
  if (s->reason)
    app_json_string (json, "reason", s->reason);
  if (s->retry_s >= 0)
    app_json_rounded (json, "retry-s", s->retry_s);
  app_json_int (json, "connections", s->connections);
  app_json_int (json, "faces", s->faces);
  app_json_boolean (json, "recorded", s->recorded);
  app_json_rounded (json, "frame-rate", live_status_measure (s, "frame-rate"));
  app_json_rounded (json, "latency-ms", live_status_measure (s, "latency-ms"));
  app_json_begin_array (json, "warnings");
  for (char **warning = s->warnings; *warning; warning++)
    json_builder_add_string_value (json, *warning);
  json_builder_end_array (json);
  app_json_begin_object (json, "counters");
  gst_structure_foreach (s->counters, add_counter, json);
  json_builder_end_object (json);
  json_builder_end_object (json);
}

char *
live_api_print_cameras (const LiveCamera *cameras, guint n, const char *const *peers)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();

  json_builder_begin_object (json);
  app_json_string (json, "version", VERSION);
  app_json_begin_array (json, "cameras");
  for (guint i = 0; i < n; i++) {
    LiveStatus status = { 0 };

    cameras[i].functions->describe (cameras[i].camera, &status);
    add_camera (json, i, &status);
    live_status_clear (&status);
  }
  json_builder_end_array (json);
  app_json_begin_array (json, "peers");
  for (; *peers; peers++)
    json_builder_add_string_value (json, *peers);
  json_builder_end_array (json);
  json_builder_end_object (json);
  return app_json_to_text (json, FALSE);
}

static gboolean
matches (const LiveEvent *event, const LiveApiQuery *query)
{
  return (query->camera < 0 || event->camera == (guint)query->camera) &&
         (!query->kind || g_str_equal (event->kind, query->kind));
}

static void
print_event (GString *out, const char *run, const LiveEvent *event)
{
  g_string_append_printf (out, "{\"id\":\"%s-%" G_GUINT64_FORMAT "\",\"camera\":%u,\"event\":%s}",
      run, event->number, event->camera, event->json);
}

/* The wanted events, oldest first. */
static GQueue *
collect (LiveEventLog *log, const LiveApiQuery *query)
{
  GQueue *events = g_queue_new ();
  LiveEvent *event;

  for (guint64 after = query->after; (event = live_event_log_get (log, after));) {
    after = event->number;
    if (matches (event, query))
      g_queue_push_tail (events, event);
    else
      live_event_free (event);
    if (events->length > query->most)
      live_event_free (g_queue_pop_head (events));
  }
  return events;
}

GString *
live_api_print_events (LiveEventLog *log, const char *run, const LiveApiQuery *query)
{
  GString *out = g_string_new (NULL);
  guint64 first, last;
  GQueue *events;
  LiveEvent *event;

  live_event_log_get_range (log, &first, &last);
  events = collect (log, query);
  g_string_append_printf (out,
      "{\"first\":\"%s-%" G_GUINT64_FORMAT "\",\"last\":\"%s-%" G_GUINT64_FORMAT "\",\"events\":[",
      run, first, run, last);
  for (gboolean comma = FALSE; (event = g_queue_pop_head (events)); comma = TRUE) {
    if (comma)
      g_string_append_c (out, ',');
    print_event (out, run, event);
    live_event_free (event);
  }
  g_string_append (out, "]}");
  g_queue_free (events);
  return out;
}
