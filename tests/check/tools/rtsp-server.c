/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An RTSP camera for tests, on the loopback: rtsp-server PORT ELEMENTS. PORT 0: any; prints the
 * port. USER:PASSWORD in the environment variable RTSP_LOGIN is asked for. SIGUSR1 sets the clock
 * of the element named `clock`, an identity, an hour ahead. */
#include <glib-unix.h>
#include <gst/rtsp-server/rtsp-server.h>
#include <signal.h>
#include <stdlib.h>

static GstElement *camera; /* of the newest media */

static void
take_media (GstRTSPMediaFactory *factory G_GNUC_UNUSED, GstRTSPMedia *media,
    gpointer user_data G_GNUC_UNUSED)
{
  gst_clear_object (&camera);
  camera = gst_rtsp_media_get_element (media);
}

static gboolean
jump (gpointer user_data G_GNUC_UNUSED)
{
  GstElement *clock = camera ? gst_bin_get_by_name (GST_BIN (camera), "clock") : NULL;

  if (clock) {
    g_object_set (clock, "ts-offset", 3600 * (gint64)GST_SECOND, NULL);
    gst_object_unref (clock);
  }
  return G_SOURCE_CONTINUE;
}

static void
ask_for_login (GstRTSPServer *server, GstRTSPMediaFactory *factory, const char *login)
{
  GstRTSPAuth *auth = gst_rtsp_auth_new ();
  GstRTSPToken *token =
      gst_rtsp_token_new (GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "viewer", NULL);
  char **parts = g_strsplit (login, ":", 2);
  char *basic = gst_rtsp_auth_make_basic (parts[0], parts[1]);

  gst_rtsp_auth_add_basic (auth, basic, token);
  gst_rtsp_server_set_auth (server, auth);
  gst_rtsp_media_factory_add_role (factory, "viewer", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS,
      G_TYPE_BOOLEAN, TRUE, GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, G_TYPE_BOOLEAN, TRUE, NULL);
  g_strfreev (parts);
  g_free (basic);
  gst_rtsp_token_unref (token);
  g_object_unref (auth);
}

int
main (int argc, char **argv)
{
  GMainLoop *loop = g_main_loop_new (NULL, FALSE);
  GstRTSPMediaFactory *factory;
  GstRTSPMountPoints *mounts;
  GstRTSPServer *server;

  gst_init (&argc, &argv);
  if (argc != 3)
    return EXIT_FAILURE;
  server = gst_rtsp_server_new ();
  factory = gst_rtsp_media_factory_new ();
  mounts = gst_rtsp_server_get_mount_points (server);
  gst_rtsp_media_factory_set_launch (factory, argv[2]);
  gst_rtsp_media_factory_set_shared (factory, TRUE);
  g_signal_connect (factory, "media-configure", G_CALLBACK (take_media), NULL);
  if (g_getenv ("RTSP_LOGIN"))
    ask_for_login (server, factory, g_getenv ("RTSP_LOGIN"));
  gst_rtsp_mount_points_add_factory (mounts, "/camera", factory);
  g_object_unref (mounts);
  gst_rtsp_server_set_address (server, "127.0.0.1");
  gst_rtsp_server_set_service (server, argv[1]);
  if (gst_rtsp_server_attach (server, NULL) == 0)
    return EXIT_FAILURE;
  g_unix_signal_add (SIGUSR1, jump, NULL);
  g_print ("%d\n", gst_rtsp_server_get_bound_port (server));
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
