/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One source that is watched: connects, notices when it ends, fails or stalls, and connects anew.
 * Main thread, but for the lines of events, which are written where they come. */
#pragma once

#include "options.h"
#include "screen.h"
#include "writer.h"

typedef struct _Camera Camera;

/* argument: [NAME=]SOURCE. names: set of those of other cameras, to which that of this one is
 * added. options and writer are borrowed. Free with camera_free() when it is over. */
Camera *camera_new (
    const char *argument, GHashTable *names, const Options *options, Writer *writer);
void camera_free (Camera *camera);

/* Connects, waits, gives up: to be called a few times a second. */
void camera_tick (Camera *camera);

/* No more frames: what is known is written, then it is over. */
void camera_stop (Camera *camera);

/* Nothing will be written any more. failed: it could not be watched to its end. */
gboolean camera_is_over (const Camera *camera, gboolean *failed);

/* TRUE: it ended, or never began, because of how the program was called. */
gboolean camera_is_impossible (const Camera *camera);

/* Pipelines that are being taken down. */
guint camera_n_closing (void);

/* Texts in the row are valid until the next call for this camera. */
void camera_get_row (Camera *camera, ScreenRow *row);
