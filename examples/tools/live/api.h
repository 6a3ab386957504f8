/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* /api as JSON; docs/microexpr-live.schema.json. */
#pragma once

#include "status.h"

G_BEGIN_DECLS

/* peers: origins of other monitors, NULL-terminated. (transfer full) */
char *live_api_print_cameras (const LiveCamera *cameras, guint n, const char *const *peers);

/* Which events are wanted. */
typedef struct
{
  guint64 after;    /* newer than this number */
  int camera;       /* -1: of all */
  const char *kind; /* NULL: of every kind */
  guint most;       /* the newest so many */
} LiveApiQuery;

/* run: the part of an event's id that tells runs of the program apart. (transfer full) */
GString *live_api_print_events (LiveEventLog *log, const char *run, const LiveApiQuery *query);

G_END_DECLS
