/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In place of server.c without libsoup. */
#include "server.h"

LiveServer *
live_server_new (
    const LiveOptions *options G_GNUC_UNUSED, guint n_cameras G_GNUC_UNUSED, GError **error)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
      "--http: this program was built without libsoup-3.0");
  return NULL;
}

void
live_server_free (LiveServer *server G_GNUC_UNUSED)
{
}

LiveFeed *
live_server_get_feed (LiveServer *server G_GNUC_UNUSED, guint i G_GNUC_UNUSED)
{
  return NULL;
}

void
live_server_set_camera (LiveServer *server G_GNUC_UNUSED, guint i G_GNUC_UNUSED,
    gpointer camera G_GNUC_UNUSED, const LiveCameraFunctions *functions G_GNUC_UNUSED)
{
}

char *
live_server_describe (const LiveServer *server G_GNUC_UNUSED)
{
  return NULL;
}
