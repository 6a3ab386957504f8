/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event-log.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define MOST_EVENTS 2000
#define MOST_BYTES (8 * 1024 * 1024)

const char *const live_event_kinds[] = { "micro", "macro", "blink", NULL };
#define N_KINDS (G_N_ELEMENTS (live_event_kinds) - 1)

struct _LiveEventLog
{
  gatomicrefcount ref_count;
  guint n_cameras;

  GMutex lock;                  /* guards the fields below */
  LiveEvent *kept[MOST_EVENTS]; /* each at its number modulo MOST_EVENTS; owned */
  gsize n_bytes;                /* of their JSON */
  guint64 first, last;          /* numbers of the oldest and of the newest */
  guint64 *counts;              /* by camera and kind */
};

LiveEventLog *
live_event_log_new (guint n_cameras)
{
  LiveEventLog *log = g_new0 (LiveEventLog, 1);

  g_atomic_ref_count_init (&log->ref_count);
  g_mutex_init (&log->lock);
  log->n_cameras = n_cameras;
  log->first = 1;
  log->counts = g_new0 (guint64, n_cameras * N_KINDS);
  return log;
}

LiveEventLog *
live_event_log_ref (LiveEventLog *log)
{
  g_atomic_ref_count_inc (&log->ref_count);
  return log;
}

static LiveEvent **
place_of (LiveEventLog *log, guint64 number)
{
  return &log->kept[number % MOST_EVENTS];
}

void
live_event_free (LiveEvent *event)
{
  g_free (event->json);
  g_free (event);
}

/* Lock held, and an event is kept. */
static void
drop_first (LiveEventLog *log)
{
  LiveEvent **event = place_of (log, log->first++);

  log->n_bytes -= strlen ((*event)->json);
  g_clear_pointer (event, live_event_free);
}

void
live_event_log_unref (LiveEventLog *log)
{
  if (!g_atomic_ref_count_dec (&log->ref_count))
    return;
  while (log->first <= log->last)
    drop_first (log);
  g_mutex_clear (&log->lock);
  g_free (log->counts);
  g_free (log);
}

/* -1: no kind. */
static int
index_of (const char *kind)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (g_strcmp0 (kind, live_event_kinds[i]) == 0)
      return (int)i;
  return -1;
}

/* NULL: it is no event. (transfer full) */
static LiveEvent *
parse (const char *json, gsize size)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gboolean good = json_parser_load_from_data (parser, json, (gssize)size, NULL);
  JsonNode *root = good ? json_parser_get_root (parser) : NULL; /* none of an empty text */
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  LiveEvent *event;
  int kind;

  kind = object ? index_of (json_object_get_string_member_with_default (object, "kind", NULL)) : -1;
  if (kind < 0)
    return NULL;
  event = g_new0 (LiveEvent, 1);
  event->kind = live_event_kinds[kind];
  event->candidate = json_object_get_boolean_member_with_default (object, "candidate", FALSE);
  event->connection = (guint)json_object_get_int_member_with_default (object, "connection", 0);
  event->onset_ns = json_object_get_int_member_with_default (object, "running-time", 0);
  event->duration_ns = json_object_get_int_member_with_default (object, "duration", 0);
  event->added_us = g_get_monotonic_time ();
  event->json = g_strdelimit (g_strchomp (g_strndup (json, size)), "\r\n", ' ');
  return event;
}

/* Lock held. The event fits, whatever its size: at least one is kept. */
static void
make_room (LiveEventLog *log, gsize size)
{
  while (log->first <= log->last &&
         (log->last - log->first + 1 == MOST_EVENTS || log->n_bytes + size > MOST_BYTES))
    drop_first (log);
}

void
live_event_log_add (LiveEventLog *log, guint camera, const char *json, gsize size)
{
  LiveEvent *event = parse (json, size);

  if (!event)
    return;
  event->camera = camera;
  size = strlen (event->json);
  g_mutex_lock (&log->lock);
  make_room (log, size);
  event->number = ++log->last;
  *place_of (log, event->number) = event;
  log->n_bytes += size;
  if (!event->candidate)
    log->counts[camera * N_KINDS + (guint)index_of (event->kind)]++;
  g_mutex_unlock (&log->lock);
}

LiveEvent *
live_event_log_get (LiveEventLog *log, guint64 after)
{
  LiveEvent *copy = NULL;

  g_mutex_lock (&log->lock);
  if (after < log->last) {
    const LiveEvent *event = *place_of (log, MAX (after + 1, log->first));

    copy = g_new (LiveEvent, 1);
    *copy = *event;
    copy->json = g_strdup (event->json);
  }
  g_mutex_unlock (&log->lock);
  return copy;
}

void
live_event_log_get_range (LiveEventLog *log, guint64 *first, guint64 *last)
{
  g_mutex_lock (&log->lock);
  *first = log->first;
  *last = log->last;
  g_mutex_unlock (&log->lock);
}

guint64
live_event_log_count (LiveEventLog *log, guint camera, const char *kind)
{
  int index = index_of (kind);
  guint64 count;

  g_mutex_lock (&log->lock);
  count = index < 0 || camera >= log->n_cameras ? 0 : log->counts[camera * N_KINDS + (guint)index];
  g_mutex_unlock (&log->lock);
  return count;
}
