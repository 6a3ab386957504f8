/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one camera delivers to the live page while its pipelines come and go: events, pictures and
 * latencies. Any thread may call any function, unless stated otherwise. */
#pragma once

#include "event-log.h"
#include "latency.h"

G_BEGIN_DECLS

/* The elements that make pictures, to put between the analysis and what follows it. properties: of
 * the overlay. (transfer full) */
char *live_feed_print_elements (const char *properties);

typedef struct _LiveFeed LiveFeed;

/* camera: its number on the page, from 0. */
LiveFeed *live_feed_new (LiveEventLog *log, guint camera);
LiveFeed *live_feed_ref (LiveFeed *feed);
void live_feed_unref (LiveFeed *feed);

/* Watches a pipeline with the element `microexpr` before it is started, until it ends. live: its
 * latency is measured. */
void live_feed_attach (LiveFeed *feed, GstElement *pipeline, gboolean live);

/* json: an event as the monitor writes it; need not be terminated. */
void live_feed_add_event (LiveFeed *feed, const char *json, gsize size);

/* The newest JPEG, if it is newer than picture number `*number`, which is updated. NULL: there is
 * none yet. Pictures are only made, 5 a second at most, while somebody asked within the last
 * LIVE_FEED_WANTED_S seconds. (transfer full) */
#define LIVE_FEED_WANTED_S 3
GBytes *live_feed_get_picture (LiveFeed *feed, guint64 *number);

/* Asks for pictures without taking one. */
void live_feed_want_pictures (LiveFeed *feed);

/* Pictures made since the start. */
guint64 live_feed_n_pictures (LiveFeed *feed);

void live_feed_get_latency (LiveFeed *feed, LiveLatency *latency);

G_END_DECLS
