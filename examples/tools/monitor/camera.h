/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One watched source: connects, notices when the stream ends, fails or stalls, and reconnects. Runs
 * in the main thread, except that the streaming thread writes the lines of events. */
#pragma once

#include "live/status.h"
#include "options.h"
#include "screen.h"
#include "writer.h"

typedef struct _Camera Camera;

/* argument: [NAME=]SOURCE. names: the set of names in use, to which this camera's is added. feed
 * is referenced; NULL: nobody looks. options and writer are borrowed. Free with camera_free() once
 * camera_is_over(). */
Camera *camera_new (const char *argument, GHashTable *names, const Options *options, Writer *writer,
    LiveFeed *feed);
void camera_free (Camera *camera);

/* Acts on timeouts: retries, gives up on a stalled connection. Call it a few times a second. */
void camera_tick (Camera *camera);

/* Stops the source; events that are already known are still written. */
void camera_stop (Camera *camera);

/* Whether nothing more will be written. failed: the source could not be watched to its end. */
gboolean camera_is_over (const Camera *camera, gboolean *failed);

/* TRUE: no pipeline can be built from these arguments. */
gboolean camera_is_impossible (const Camera *camera);

/* How many pipelines are still being shut down. */
guint camera_n_closing (void);

/* What the live page asks of a Camera. */
extern const LiveCameraFunctions camera_live_functions;

/* The strings in the row are valid until the next call for this camera. */
void camera_get_row (Camera *camera, ScreenRow *row);
