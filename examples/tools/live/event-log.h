/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The last events of all cameras, in a window of bounded size, and how many there were since the
 * start. Any thread may call any function. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 number; /* from 1, without gaps */
  guint camera;
  const char *kind;   /* one of live_event_kinds: "micro", "macro" or "blink" */
  char *json;         /* an object on one line, as the monitor writes it */
  gboolean candidate; /* not counted among the events */
  guint connection;   /* of the camera */
  gint64 onset_ns;    /* running time of that connection's pipeline */
  gint64 duration_ns;
  gint64 added_us; /* when it was added, in monotonic time */
} LiveEvent;

typedef struct _LiveEventLog LiveEventLog;

LiveEventLog *live_event_log_new (guint n_cameras);
LiveEventLog *live_event_log_ref (LiveEventLog *log);
void live_event_log_unref (LiveEventLog *log);

/* Adds an event of a camera. json: need not be terminated. What is no JSON of an event is left
 * out. */
void live_event_log_add (LiveEventLog *log, guint camera, const char *json, gsize size);

/* The first event kept that is newer than `after`; NULL: none is. (transfer full) */
LiveEvent *live_event_log_get (LiveEventLog *log, guint64 after);
void live_event_free (LiveEvent *event);

/* Numbers of the oldest event kept and of the newest: 1 and 0 before there was one. */
void live_event_log_get_range (LiveEventLog *log, guint64 *first, guint64 *last);

/* Events of a camera since the start, without candidates. kind: "micro" ... */
guint64 live_event_log_count (LiveEventLog *log, guint camera, const char *kind);

/* NULL-terminated. */
extern const char *const live_event_kinds[];

G_END_DECLS
