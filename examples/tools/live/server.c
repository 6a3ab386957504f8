/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "server.h"

#include "access.h"
#include "api.h"
#include "clips.h"
#include "connections.h"
#include "metrics.h"
#include "page.h"
#include "sources.h"

#include <string.h>

#define PUMP_MS 50          /* how often new events and pictures are looked for */
#define MOST_STREAMS 100    /* readers of events and pictures */
#define MOST_LISTED 1000    /* events of one answer */
#define WRONG_TOKEN_COST 20 /* requests: a computer may guess five times a second */
#define LONGEST_URI 2048    /* bytes */

#define TOO_MANY_REQUESTS 429 /* which libsoup has no name for */

struct _LiveServer
{
  SoupServer *soup;
  LiveConnections *connections;
  LiveAccess *access;
  LiveCamera *cameras; /* their feeds are referenced */
  guint n_cameras;
  char **peers;
  LiveEventLog *log;
  LiveClips *clips;
  char *run; /* tells events of this run from those of earlier ones */
  char *address;
  char *page, *policy;
  GHashTable *streams; /* SoupServerMessage -> LiveStream */
  guint pump;          /* the timer; 0: nobody reads a stream */
  guint64 n_requests, n_refused, n_skipped;
};

/* ---- answers ---- */

static void
answer (SoupServerMessage *message, const char *type, const char *text, gsize size)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, size);
}

static void
answer_and_free (SoupServerMessage *message, const char *type, GString *text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_TAKE, text->str, text->len);
  g_string_free (text, FALSE);
}

static const char *
phrase_of (guint status)
{
  return status == TOO_MANY_REQUESTS                 ? "Too Many Requests"
         : status == SOUP_STATUS_MISDIRECTED_REQUEST ? "Misdirected Request"
                                                     : soup_status_get_phrase (status);
}

static void
refuse (LiveServer *server, SoupServerMessage *message, guint status)
{
  g_autofree char *text = g_strdup_printf ("%u %s\n", status, phrase_of (status));
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  server->n_refused++;
  soup_server_message_set_status (message, status, phrase_of (status));
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, text, strlen (text));
  if (status == SOUP_STATUS_UNAUTHORIZED && live_access_takes_token (server->access))
    soup_message_headers_append (headers, "WWW-Authenticate", "Bearer");
  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_append (headers, "Allow", "GET, HEAD");
  if (status == TOO_MANY_REQUESTS)
    soup_message_headers_append (headers, "Retry-After", "1");
}

/* ---- streams ---- */

static gboolean
pump (gpointer user_data)
{
  LiveServer *server = user_data;
  g_autoptr (GList) streams = g_hash_table_get_values (server->streams);

  for (GList *stream = streams; stream; stream = stream->next)
    live_stream_pump (stream->data);
  if (g_hash_table_size (server->streams) > 0)
    return G_SOURCE_CONTINUE;
  server->pump = 0;
  return G_SOURCE_REMOVE;
}

static void
begin_stream (LiveServer *server, SoupServerMessage *message, const char *type,
    const LiveStreamSource *functions, gpointer source)
{
  g_hash_table_insert (
      server->streams, message, live_stream_new (message, type, functions, source));
  if (server->pump == 0)
    server->pump = g_timeout_add (PUMP_MS, pump, server);
}

static gboolean
has_room (LiveServer *server, SoupServerMessage *message)
{
  if (g_hash_table_size (server->streams) < MOST_STREAMS)
    return TRUE;
  refuse (server, message, SOUP_STATUS_SERVICE_UNAVAILABLE);
  return FALSE;
}

/* ---- the routes ---- */

typedef struct
{
  LiveServer *server;
  SoupServerMessage *message;
  GHashTable *query; /* NULL: none */
  const char *rest;  /* of the path, behind that of the route */
} Request;

static const char *
get_query (const Request *r, const char *name)
{
  return r->query ? g_hash_table_lookup (r->query, name) : NULL;
}

/* FALSE: it is there and is no number in this range. */
static gboolean
read_number (const Request *r, const char *name, guint64 most, guint64 *value)
{
  const char *text = get_query (r, name);

  return !text || g_ascii_string_to_unsigned (text, 10, 0, most, value, NULL);
}

/* The number in the id of an event: 0, if it is of another run or none. */
static guint64
number_of (const LiveServer *server, const char *id)
{
  gsize length = strlen (server->run);
  guint64 number;

  return id && g_str_has_prefix (id, server->run) && id[length] == '-' &&
                 g_ascii_string_to_unsigned (id + length + 1, 10, 0, G_MAXINT64, &number, NULL)
             ? number
             : 0;
}

static void
show_page (const Request *r)
{
  LiveServer *s = r->server;

  soup_message_headers_replace (
      soup_server_message_get_response_headers (r->message), "Content-Security-Policy", s->policy);
  answer (r->message, "text/html; charset=utf-8", s->page, strlen (s->page));
}

static void
show_health (const Request *r)
{
  answer (r->message, "text/plain", "ok\n", 3);
}

static void
show_metrics (const Request *r)
{
  LiveServer *s = r->server;
  LiveServerCounts counts = { live_connections_count (s->connections),
    g_hash_table_size (s->streams), s->n_requests,
    s->n_refused + live_connections_n_refused (s->connections), s->n_skipped };

  answer_and_free (r->message, "text/plain; version=0.0.4; charset=utf-8",
      live_metrics_print (s->cameras, s->n_cameras, s->log, &counts));
}

static void
list_cameras (const Request *r)
{
  g_autofree char *text = live_api_print_cameras (
      r->server->cameras, r->server->n_cameras, (const char *const *)r->server->peers);

  answer (r->message, "application/json", text, strlen (text));
}

static void
list_events (const Request *r)
{
  LiveServer *s = r->server;
  guint64 camera = G_MAXUINT64, most = MOST_LISTED;
  LiveApiQuery query = {
    .after = number_of (s, get_query (r, "after")), .camera = -1, .kind = get_query (r, "kind")
  };

  if (!read_number (r, "camera", s->n_cameras - 1, &camera) ||
      !read_number (r, "most", MOST_LISTED, &most) ||
      (query.kind && !g_strv_contains (live_event_kinds, query.kind))) {
    refuse (s, r->message, SOUP_STATUS_BAD_REQUEST);
    return;
  }
  if (camera < s->n_cameras)
    query.camera = (int)camera;
  query.most = (guint)most;
  answer_and_free (r->message, "application/json", live_api_print_events (s->log, s->run, &query));
}

/* Goes on after the event named by Last-Event-ID or ?after=; without either, with those to come. */
static void
stream_events (const Request *r)
{
  LiveServer *s = r->server;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (r->message);
  const char *id = soup_message_headers_get_one (headers, "Last-Event-ID");
  guint64 first, last;

  if (!has_room (s, r->message))
    return;
  live_event_log_get_range (s->log, &first, &last);
  if (!id)
    id = get_query (r, "after");
  begin_stream (s, r->message, LIVE_EVENTS_TYPE, &live_events_source,
      live_events_source_new (
          s->log, s->run, id ? MIN (number_of (s, id), last) : last, &s->n_skipped));
}

/* The event of /api/events/ID/recording; NULL: it is not kept. (transfer full) */
static LiveEvent *
find_event (const Request *r)
{
  g_auto (GStrv) parts = g_strsplit (r->rest, "/", 3);
  guint64 number = number_of (r->server, parts[0]);
  LiveEvent *event = number > 0 && g_strv_length (parts) == 2 && g_str_equal (parts[1], "recording")
                         ? live_event_log_get (r->server->log, number - 1)
                         : NULL;

  if (event && event->number != number) /* that one is gone; this is the oldest */
    g_clear_pointer (&event, live_event_free);
  return event;
}

static LiveClipState
get_clip (LiveServer *s, const LiveEvent *event, GBytes **clip)
{
  const LiveCamera *camera = &s->cameras[event->camera];
  g_autofree char *path = NULL;
  gint64 onset_ns = 0;

  switch (camera->functions->find_recording (
      camera->camera, event, LIVE_CLIP_AROUND_NS + GST_SECOND, &path, &onset_ns)) {
  case LIVE_RECORDING_AVAILABLE:
    return live_clips_get (
        s->clips, event->number, &(LiveMoment){ path, onset_ns, event->duration_ns }, clip);
  case LIVE_RECORDING_GROWING:
    return LIVE_CLIP_PENDING;
  default:
    return LIVE_CLIP_NONE;
  }
}

/* libsoup answers requests for a part of it. */
static void
show_recording (const Request *r)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (r->message);
  LiveEvent *event = find_event (r);
  g_autoptr (GBytes) clip = NULL;

  switch (event ? get_clip (r->server, event, &clip) : LIVE_CLIP_NONE) {
  case LIVE_CLIP_READY:
    soup_server_message_set_status (r->message, SOUP_STATUS_OK, NULL);
    soup_message_headers_set_content_type (headers, "video/webm", NULL);
    soup_message_headers_append (headers, "Accept-Ranges", "bytes");
    soup_message_body_append_bytes (soup_server_message_get_response_body (r->message), clip);
    break;
  case LIVE_CLIP_PENDING:
    soup_server_message_set_status (r->message, SOUP_STATUS_ACCEPTED, NULL);
    soup_message_headers_append (headers, "Retry-After", "1");
    break;
  default:
    refuse (r->server, r->message, SOUP_STATUS_NOT_FOUND);
    break;
  }
  g_clear_pointer (&event, live_event_free);
}

static void
stream_pictures (const Request *r)
{
  LiveServer *s = r->server;

  if (has_room (s, r->message))
    begin_stream (s, r->message, LIVE_PICTURES_TYPE, &live_pictures_source,
        live_pictures_source_new (s->cameras, 0, s->n_cameras));
}

/* /api/cameras/N/picture */
static void
stream_picture (const Request *r)
{
  LiveServer *s = r->server;
  g_auto (GStrv) parts = g_strsplit (r->rest, "/", 3);
  guint64 camera;

  if (g_strv_length (parts) != 2 || !g_str_equal (parts[1], "picture") ||
      !g_ascii_string_to_unsigned (parts[0], 10, 0, s->n_cameras - 1, &camera, NULL))
    refuse (s, r->message, SOUP_STATUS_NOT_FOUND);
  else if (has_room (s, r->message))
    begin_stream (s, r->message, LIVE_PICTURES_TYPE, &live_pictures_source,
        live_pictures_source_new (s->cameras, (guint)camera, 1));
}

/* The token was checked; the browser need not bring it again. */
static void
begin_session (const Request *r)
{
  if (live_access_has_token (r->server->access, r->message))
    live_access_set_cookie (r->server->access, r->message);
  soup_server_message_set_status (r->message, SOUP_STATUS_NO_CONTENT, NULL);
}

/* A path that ends with `/` stands for all below it, except the shortest. */
static const struct
{
  const char *path;
  LiveRule rule;
  void (*show) (const Request *request);
} routes[] = {
  { "/", LIVE_PUBLIC, show_page },
  { "/healthz", LIVE_PUBLIC, show_health },
  { "/metrics", 0, show_metrics },
  { "/events", 0, stream_events },
  { "/api/cameras", 0, list_cameras },
  { "/api/cameras/", 0, stream_picture },
  { "/api/events", 0, list_events },
  { "/api/events/", 0, show_recording },
  { "/api/pictures", 0, stream_pictures },
  { "/api/session", LIVE_POST, begin_session },
};

/* -1: none. */
static int
find_route (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (path, routes[i].path) || (i > 0 && g_str_has_suffix (routes[i].path, "/") &&
                                                  g_str_has_prefix (path, routes[i].path)))
      return (int)i;
  return -1;
}

/* ---- requests ---- */

static void
set_headers (const LiveAccess *access, SoupServerMessage *message)
{
  static const char *const always[][2] = {
    { "Connection", "close" }, /* libsoup keeps none open that it has not accepted itself */
    { "Cache-Control", "no-store" },
    { "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
  };
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    soup_message_headers_append (headers, always[i][0], always[i][1]);
  live_access_add_origin (access, message);
}

/* SOUP_STATUS_OK: the request is answered. */
static guint
check (LiveServer *server, SoupServerMessage *message, int route)
{
  g_autofree char *uri = g_uri_to_string (soup_server_message_get_uri (message));
  guint status = live_access_check (server->access, message, route < 0 ? 0 : routes[route].rule,
      live_connections_is_certified (message));

  if (!live_connections_charge (
          server->connections, message, status == SOUP_STATUS_UNAUTHORIZED ? WRONG_TOKEN_COST : 1))
    return TOO_MANY_REQUESTS;
  if (strlen (uri) > LONGEST_URI)
    return SOUP_STATUS_REQUEST_URI_TOO_LONG;
  return status == SOUP_STATUS_OK && route < 0 ? SOUP_STATUS_NOT_FOUND : status;
}

/* As soon as the headers are read: a body is neither wanted nor kept. */
static void
handle_headers (SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *message, const char *path,
    GHashTable *query G_GNUC_UNUSED, gpointer user_data)
{
  LiveServer *server = user_data;
  guint status = check (server, message, find_route (path));

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  set_headers (server->access, message);
  server->n_requests++;
  if (status == SOUP_STATUS_NO_CONTENT)
    soup_server_message_set_status (message, status, NULL);
  else if (status != SOUP_STATUS_OK)
    refuse (server, message, status);
}

/* Of those that handle_headers() has not refused. */
static void
handle_request (SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *message, const char *path,
    GHashTable *query, gpointer user_data)
{
  int route = find_route (path);
  Request request = { user_data, message, query, path + strlen (routes[route].path) };

  routes[route].show (&request);
}

static void
forget_message (SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *message, gpointer user_data)
{
  g_hash_table_remove (((LiveServer *)user_data)->streams, message);
}

/* ---- life ---- */

static const char *
describe_access (const LiveSettings *s)
{
  return s->token && s->client_ca     ? ", with a token or a certificate"
         : s->client_ca               ? ", with a certificate"
         : s->token && s->certificate ? ", with a token"
         : s->token ? ", with a token; without TLS, it and all pictures can be read on the way"
                    : "";
}

static char *
print_address (const LiveSettings *settings, guint port)
{
  GInetAddress *address =
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (settings->address));
  gboolean v6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *host = g_inet_address_to_string (address);

  return g_strdup_printf ("%s://%s%s%s:%u/%s", settings->certificate ? "https" : "http",
      v6 ? "[" : "", host, v6 ? "]" : "", port, describe_access (settings));
}

static gboolean
start (LiveServer *server, const LiveSettings *settings, GError **error)
{
  guint port;

  server->connections = live_connections_new (server->soup, settings, error);
  if (!server->connections)
    return FALSE;
  port = live_connections_get_port (server->connections);
  server->access = live_access_new (settings, port);
  server->peers = g_strdupv (settings->peers);
  server->page = live_page_print (server->peers, &server->policy);
  server->address = print_address (settings, port);
  soup_server_add_early_handler (server->soup, NULL, handle_headers, server, NULL);
  soup_server_add_handler (server->soup, NULL, handle_request, server, NULL);
  g_signal_connect (server->soup, "request-finished", G_CALLBACK (forget_message), server);
  g_signal_connect (server->soup, "request-aborted", G_CALLBACK (forget_message), server);
  return TRUE;
}

LiveServer *
live_server_new (const LiveOptions *options, guint n_cameras, GError **error)
{
  LiveServer *server = g_new0 (LiveServer, 1);
  LiveSettings settings;
  gboolean good;

  server->soup = soup_server_new (NULL, NULL);
  server->log = live_event_log_new (n_cameras);
  server->clips = live_clips_new (options->anonymize);
  server->n_cameras = n_cameras;
  server->cameras = g_new0 (LiveCamera, n_cameras);
  for (guint i = 0; i < n_cameras; i++)
    server->cameras[i].feed = live_feed_new (server->log, i);
  server->run = g_strdup_printf ("%" G_GINT64_MODIFIER "x", g_get_real_time ());
  server->streams = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)live_stream_free);
  good = live_settings_read (&settings, options, error) && start (server, &settings, error);
  live_settings_clear (&settings);
  if (good)
    return server;
  live_server_free (server);
  return NULL;
}

void
live_server_free (LiveServer *server)
{
  g_clear_handle_id (&server->pump, g_source_remove);
  soup_server_disconnect (server->soup);
  g_clear_pointer (&server->connections, live_connections_free);
  g_object_unref (server->soup);
  g_hash_table_unref (server->streams);
  g_clear_pointer (&server->access, live_access_free);
  for (guint i = 0; i < server->n_cameras; i++)
    live_feed_unref (server->cameras[i].feed);
  g_free (server->cameras);
  g_strfreev (server->peers);
  live_clips_free (server->clips);
  live_event_log_unref (server->log);
  g_free (server->address);
  g_free (server->page);
  g_free (server->policy);
  g_free (server->run);
  g_free (server);
}

LiveFeed *
live_server_get_feed (LiveServer *server, guint i)
{
  return server->cameras[i].feed;
}

void
live_server_set_camera (
    LiveServer *server, guint i, gpointer camera, const LiveCameraFunctions *functions)
{
  server->cameras[i].camera = camera;
  server->cameras[i].functions = functions;
}

char *
live_server_describe (const LiveServer *server)
{
  return g_strdup (server->address);
}
