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
  gboolean recorded;      /* around each event */
  char **warnings;        /* active ones, "dark of face 0" */
  GstStructure *counters; /* `stats`, summed over all connections */
} LiveStatus;

void live_status_clear (LiveStatus *status);

typedef enum
{
  LIVE_RECORDING_NONE,
  LIVE_RECORDING_GROWING, /* there will be one */
  LIVE_RECORDING_AVAILABLE,
} LiveRecordingState;

/* What a camera is asked; main thread. */
typedef struct
{
  void (*describe) (gpointer camera, LiveStatus *status);

  /* Finds the file that shows an event of this camera until `after_ns` behind its offset. path:
   * (transfer full); NULL while there is none. onset_ns: the position of the onset in it. */
  LiveRecordingState (*find_recording) (
      gpointer camera, const LiveEvent *event, gint64 after_ns, char **path, gint64 *onset_ns);
} LiveCameraFunctions;

/* A camera on the page. */
typedef struct
{
  LiveFeed *feed;
  gpointer camera;
  const LiveCameraFunctions *functions;
} LiveCamera;

/* A counter; 0: unknown. */
guint64 live_status_count (const LiveStatus *status, const char *name);
/* A measurement; 0: unknown. */
double live_status_measure (const LiveStatus *status, const char *name);

G_END_DECLS
