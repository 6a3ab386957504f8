/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a pipeline ended. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef void (*AppMessageFunc) (GstMessage *message, gpointer user_data);

/* Waits until a playing pipeline reaches its end or fails, then sets it to NULL. take: gets every
 * element message meanwhile, in the calling thread; NULL: they stay unread. FALSE and `error` set:
 * it failed. */
gboolean app_pipeline_wait (
    GstElement *pipeline, AppMessageFunc take, gpointer user_data, GError **error);

/* For a pipeline that is known to have ended. FALSE and `error` set: by an error. */
gboolean app_pipeline_check (GstElement *pipeline, GError **error);

G_END_DECLS
