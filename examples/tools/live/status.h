/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a camera is doing, as the monitor tells it. */
#pragma once

#include "feed.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name, *state; /* borrowed */
  gboolean watching;
  double state_s;         /* since when in this state */
  char *reason;           /* why it is not watched; NULL: none is known */
  double retry_s;         /* until the next attempt; negative: none is planned */
  guint connections;      /* so far */
  guint faces;            /* in the newest frame */
  char **warnings;        /* active ones, "dark of face 0" */
  GstStructure *counters; /* `stats`, summed over all connections */
} LiveStatus;

void live_status_clear (LiveStatus *status);

/* Tells how a camera is doing; main thread. */
typedef void (*LiveDescribe) (gpointer camera, LiveStatus *status);

/* A camera on the page. */
typedef struct
{
  LiveFeed *feed;
  gpointer camera;
  LiveDescribe describe;
} LiveCamera;

/* A counter; 0: unknown. */
guint64 live_status_count (const LiveStatus *status, const char *name);
/* A measurement; 0: unknown. */
double live_status_measure (const LiveStatus *status, const char *name);

G_END_DECLS
