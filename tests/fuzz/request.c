/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Requests of any bytes to the server of the live page: it answers or cuts the connection, and
 * never tells the token. */
#include "fuzz.h"

#include "live/server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define TOKEN "0123456789abcdef-secret"
#define MOST_TURNS 1000 /* of the main loop, for an answer */

static LiveServer *server;
static GSocketAddress *address;

static void
describe (gpointer camera G_GNUC_UNUSED, LiveStatus *status)
{
  *status = (LiveStatus){ .name = "a \"camera\"\n",
    .state = "waiting",
    .retry_s = 1,
    .warnings = g_strsplit ("dark of face 0,no-face", ",", -1),
    .counters = gst_structure_new_empty ("counters") };
}

static LiveRecordingState
find_recording (gpointer camera G_GNUC_UNUSED, const LiveEvent *event,
    gint64 after_ns G_GNUC_UNUSED, char **path, gint64 *onset_ns)
{
  *path = event->number == 1 ? g_strdup ("/nothing/" TOKEN ".mkv") : NULL;
  *onset_ns = 0;
  return event->number == 1   ? LIVE_RECORDING_AVAILABLE
         : event->number == 2 ? LIVE_RECORDING_GROWING
                              : LIVE_RECORDING_NONE;
}

static const LiveCameraFunctions functions = { describe, find_recording };

static void
start (void)
{
  g_autofree char *path = NULL, *shown = NULL;
  int file = g_file_open_tmp (NULL, &path, NULL);
  LiveOptions options = { .address = (char *)"0", .token_file = path };
  LiveFeed *feed;

  g_assert_true (file >= 0 && g_file_set_contents_full (path, TOKEN, -1, 0, 0600, NULL));
  g_close (file, NULL);
  server = live_server_new (&options, 1, NULL);
  g_unlink (path);
  g_assert_nonnull (server);
  live_server_set_camera (server, 0, NULL, &functions);
  feed = live_server_get_feed (server, 0);
  for (guint i = 0; i < 5; i++)
    live_feed_add_event (feed, "{\"kind\":\"micro\"}", 16);
  shown = live_server_describe (server);
  address = live_settings_parse_address (
      g_strdelimit (shown + strlen ("http://127.0.0.1:"), "/", '\0'), NULL);
}

/* The beginning of what is answered; "" when the connection is cut. */
static void
exchange (const uint8_t *data, size_t size, char *answer, gsize room)
{
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  gssize received = -1;

  g_assert_true (g_socket_connect (socket, address, NULL, NULL));
  g_socket_set_blocking (socket, FALSE);
  g_socket_send (socket, (const char *)data, size, NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  for (guint i = 0; i < MOST_TURNS && received < 0; i++) {
    g_main_context_iteration (NULL, FALSE);
    received = g_socket_receive (socket, answer, room - 1, NULL, NULL);
    if (received < 0)
      g_usleep (100);
  }
  answer[MAX (received, 0)] = '\0';
  g_object_unref (socket);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  char answer[4096];

  if (!server)
    start ();
  exchange (data, size, answer, sizeof answer);
  g_assert_true (answer[0] == '\0' || g_str_has_prefix (answer, "HTTP/1."));
  g_assert_null (strstr (answer, TOKEN));
  return 0;
}
