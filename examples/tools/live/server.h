/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Serves the live page, its API and /metrics over HTTP. Main thread. */
#pragma once

#include "settings.h"
#include "status.h"

G_BEGIN_DECLS

typedef struct _LiveServer LiveServer;

/* NULL and `error` set: the address or a file cannot be had, or the program was built without
 * libsoup. Free it before the cameras. */
LiveServer *live_server_new (const LiveOptions *options, guint n_cameras, GError **error);
void live_server_free (LiveServer *server);

/* Where camera number i, from 0, delivers. (transfer none) */
LiveFeed *live_server_get_feed (LiveServer *server, guint i);

/* For every camera, before the main loop runs. camera is borrowed. */
void live_server_set_camera (
    LiveServer *server, guint i, gpointer camera, const LiveCameraFunctions *functions);

/* "http://127.0.0.1:8080/", and whether a token is needed. (transfer full) */
char *live_server_describe (const LiveServer *server);

G_END_DECLS
