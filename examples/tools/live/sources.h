/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What streams send: events as server-sent events, pictures as multipart JPEG. */
#pragma once

#include "status.h"
#include "stream.h"

G_BEGIN_DECLS

#define LIVE_EVENTS_TYPE "text/event-stream"
#define LIVE_PICTURES_TYPE "multipart/x-mixed-replace; boundary=picture"

extern const LiveStreamSource live_events_source, live_pictures_source;

/* run: as in live_api_print_events(). after: events newer than this number. n_skipped: counts
 * those that the reader missed. All are borrowed. */
gpointer live_events_source_new (
    LiveEventLog *log, const char *run, guint64 after, guint64 *n_skipped);

/* Of n cameras, the first of which is number `first`; borrowed. */
gpointer live_pictures_source_new (const LiveCamera *cameras, guint first, guint n);

G_END_DECLS
