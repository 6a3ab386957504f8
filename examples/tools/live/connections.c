/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "connections.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define MOST_CONNECTIONS 256
#define MOST_OF_PEER 128
#define MOST_PEERS 1024
#define REQUESTS_PER_S 100.0 /* of a computer */
#define MOST_SAVED 200.0     /* requests it may send at once */
#define REQUEST_S 20         /* time for a handshake and a whole request */
#define PROGRESS_S 30        /* time for the next piece of an answer to be taken */

/* A computer that is or was connected. */
typedef struct
{
  guint n_connections;
  double saved; /* requests it may send now */
  gint64 at_us; /* when that was so */
} Peer;

struct _LiveConnections
{
  SoupServer *server;
  GSocketService *service;
  GTlsCertificate *certificate; /* NULL: no TLS */
  GTlsDatabase *client_ca;      /* NULL: readers need no certificate */
  guint sweep;                  /* the timer */
  GQueue all;                   /* Connection */
  GHashTable *peers;            /* address -> Peer */
  guint64 n_refused;
  guint port;
};

typedef struct
{
  LiveConnections *owner; /* NULL: it is gone */
  GSocket *socket;
  char *address;              /* key of the peer */
  SoupServerMessage *message; /* being answered; NULL: a request is awaited. Borrowed */
  gint64 since_us;            /* last progress */
  gboolean certified;         /* the reader's certificate is one of client_ca */
} Connection;

static const char key[] = "live-connection";

/* ---- peers ---- */

static void
save (Peer *peer)
{
  gint64 now = g_get_monotonic_time ();

  peer->saved += REQUESTS_PER_S * (double)(now - peer->at_us) / G_TIME_SPAN_SECOND;
  peer->saved = MIN (peer->saved, MOST_SAVED);
  peer->at_us = now;
}

static gboolean
is_forgotten (gpointer address G_GNUC_UNUSED, gpointer value, gpointer user_data G_GNUC_UNUSED)
{
  Peer *peer = value;

  save (peer);
  return peer->n_connections == 0 && peer->saved >= MOST_SAVED;
}

/* NULL: too many computers are connected. */
static Peer *
find_peer (LiveConnections *c, const char *address)
{
  Peer *peer = g_hash_table_lookup (c->peers, address);

  if (peer)
    return peer;
  if (g_hash_table_size (c->peers) >= MOST_PEERS)
    g_hash_table_foreach_remove (c->peers, is_forgotten, NULL);
  if (g_hash_table_size (c->peers) >= MOST_PEERS)
    return NULL;
  peer = g_new (Peer, 1);
  *peer = (Peer){ .saved = MOST_SAVED, .at_us = g_get_monotonic_time () };
  g_hash_table_insert (c->peers, g_strdup (address), peer);
  return peer;
}

static Connection *
connection_of (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote ? g_object_get_data (G_OBJECT (remote), key) : NULL;
}

gboolean
live_connections_is_certified (SoupServerMessage *message)
{
  const Connection *connection = connection_of (message);

  return connection && connection->certified;
}

gboolean
live_connections_charge (LiveConnections *c, SoupServerMessage *message, guint requests)
{
  Connection *connection = connection_of (message);
  Peer *peer = connection ? g_hash_table_lookup (c->peers, connection->address) : NULL;

  if (!peer)
    return FALSE;
  save (peer);
  if (peer->saved < requests)
    return FALSE;
  peer->saved -= requests;
  return TRUE;
}

/* ---- the life of a connection ---- */

static void
note_progress (SoupServerMessage *message G_GNUC_UNUSED, gpointer connection)
{
  ((Connection *)connection)->since_us = g_get_monotonic_time ();
}

static void
note_body_progress (SoupServerMessage *message, guint size G_GNUC_UNUSED, gpointer connection)
{
  note_progress (message, connection);
}

/* The request is complete. */
static void
begin_answer (
    SoupServer *server G_GNUC_UNUSED, SoupServerMessage *message, gpointer user_data G_GNUC_UNUSED)
{
  Connection *connection = connection_of (message);

  if (!connection)
    return;
  connection->message = message;
  note_progress (message, connection);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (note_progress), connection);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (note_body_progress), connection);
}

static void
end_answer (
    SoupServer *server G_GNUC_UNUSED, SoupServerMessage *message, gpointer user_data G_GNUC_UNUSED)
{
  Connection *connection = connection_of (message);

  if (!connection)
    return;
  g_signal_handlers_disconnect_by_data (message, connection);
  connection->message = NULL;
  note_progress (message, connection);
}

/* What waits for the socket notices at once; what is paused, when it continues. */
static void
end (Connection *connection)
{
  g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
  if (connection->message)
    soup_server_message_unpause (connection->message);
}

static gboolean
was_left (const Connection *connection)
{
  char byte;

  return connection->message &&
         recv (g_socket_get_fd (connection->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static gboolean
sweep (gpointer user_data)
{
  LiveConnections *c = user_data;
  gint64 now = g_get_monotonic_time ();

  for (GList *item = c->all.head, *next; item; item = next) {
    Connection *connection = item->data;
    gint64 limit_s = connection->message ? PROGRESS_S : REQUEST_S;

    next = item->next;
    if (now - connection->since_us > limit_s * G_TIME_SPAN_SECOND || was_left (connection))
      end (connection);
  }
  return G_SOURCE_CONTINUE;
}

/* When the stream is finalized. */
static void
forget (gpointer user_data, GObject *stream G_GNUC_UNUSED)
{
  Connection *connection = user_data;
  LiveConnections *c = connection->owner;

  if (c) {
    Peer *peer = g_hash_table_lookup (c->peers, connection->address);

    if (peer)
      peer->n_connections--;
    g_queue_remove (&c->all, connection);
  }
  g_object_unref (connection->socket);
  g_free (connection->address);
  g_free (connection);
}

/* ---- accepting ---- */

/* NULL: it is refused. */
static Connection *
admit (LiveConnections *c, GSocketConnection *stream, GSocketAddress *remote)
{
  g_autofree char *address =
      g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  Peer *peer = find_peer (c, address);
  Connection *connection;

  if (!peer || peer->n_connections >= MOST_OF_PEER || c->all.length >= MOST_CONNECTIONS) {
    c->n_refused++;
    return NULL;
  }
  peer->n_connections++;
  connection = g_new0 (Connection, 1);
  connection->owner = c;
  connection->socket = g_object_ref (g_socket_connection_get_socket (stream));
  connection->address = g_steal_pointer (&address);
  connection->since_us = g_get_monotonic_time ();
  g_queue_push_tail (&c->all, connection);
  g_object_weak_ref (G_OBJECT (stream), forget, connection);
  g_object_set_data (G_OBJECT (remote), key, connection);
  return connection;
}

static void
serve (SoupServer *server, GSocketConnection *base, GIOStream *stream)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (base, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (base, NULL);

  if (local && remote)
    soup_server_accept_iostream (server, stream, local, remote, NULL);
}

/* A handshake with a certificate that does not verify fails. */
static void
note_certificate (GSocketConnection *base, GTlsConnection *tls)
{
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (base, NULL);
  Connection *connection = remote ? g_object_get_data (G_OBJECT (remote), key) : NULL;

  if (connection)
    connection->certified = g_tls_connection_get_peer_certificate (tls) != NULL;
}

/* server: referenced, since it is not known when a handshake ends. */
static void
finish_handshake (GObject *tls, GAsyncResult *result, gpointer server)
{
  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (tls), result, NULL)) {
    g_autoptr (GIOStream) base = NULL;

    g_object_get (tls, "base-io-stream", &base, NULL);
    note_certificate (G_SOCKET_CONNECTION (base), G_TLS_CONNECTION (tls));
    serve (server, G_SOCKET_CONNECTION (base), G_IO_STREAM (tls));
  }
  g_object_unref (server);
}

/* GIO asks of every certificate of a client, also of good ones. */
static gboolean
accept_certificate (GTlsConnection *tls G_GNUC_UNUSED, GTlsCertificate *certificate G_GNUC_UNUSED,
    GTlsCertificateFlags errors, gpointer user_data G_GNUC_UNUSED)
{
  return errors == 0;
}

static void
begin_tls (LiveConnections *c, GSocketConnection *base)
{
  g_autoptr (GIOStream) tls =
      g_tls_server_connection_new (G_IO_STREAM (base), c->certificate, NULL);

  if (!tls)
    return;
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  if (c->client_ca) {
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), c->client_ca);
    g_object_set (tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUESTED, NULL);
    g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate), NULL);
  }
  g_tls_connection_handshake_async (
      G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, finish_handshake, g_object_ref (c->server));
}

static gboolean
accept_connection (GSocketService *service G_GNUC_UNUSED, GSocketConnection *stream,
    GObject *source G_GNUC_UNUSED, gpointer user_data)
{
  LiveConnections *c = user_data;
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (stream, NULL);

  if (!remote || !admit (c, stream, remote))
    return TRUE;
  g_socket_set_option (
      g_socket_connection_get_socket (stream), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  if (c->certificate)
    begin_tls (c, stream);
  else
    serve (c->server, stream, G_IO_STREAM (stream));
  return TRUE;
}

/* ---- life ---- */

guint
live_connections_get_port (const LiveConnections *c)
{
  return c->port;
}

guint
live_connections_count (const LiveConnections *c)
{
  return c->all.length;
}

guint64
live_connections_n_refused (const LiveConnections *c)
{
  return c->n_refused;
}

static gboolean
listen_at (LiveConnections *c, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocketAddress) bound = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (c->service), address, G_SOCKET_TYPE_STREAM,
          G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  c->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

LiveConnections *
live_connections_new (SoupServer *server, const LiveSettings *settings, GError **error)
{
  LiveConnections *c = g_new0 (LiveConnections, 1);

  c->server = server;
  c->service = g_socket_service_new ();
  c->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_set_object (&c->certificate, settings->certificate);
  g_set_object (&c->client_ca, settings->client_ca);
  if (!listen_at (c, settings->address, error)) {
    live_connections_free (c);
    return NULL;
  }
  g_signal_connect (c->service, "incoming", G_CALLBACK (accept_connection), c);
  g_signal_connect (server, "request-read", G_CALLBACK (begin_answer), NULL);
  g_signal_connect (server, "request-finished", G_CALLBACK (end_answer), NULL);
  g_signal_connect (server, "request-aborted", G_CALLBACK (end_answer), NULL);
  c->sweep = g_timeout_add_seconds (1, sweep, c);
  return c;
}

void
live_connections_free (LiveConnections *c)
{
  Connection *connection;

  g_clear_handle_id (&c->sweep, g_source_remove);
  g_socket_service_stop (c->service);
  g_socket_listener_close (G_SOCKET_LISTENER (c->service));
  g_object_unref (c->service);
  while ((connection = g_queue_pop_head (&c->all)))
    connection->owner = NULL;
  g_hash_table_unref (c->peers);
  g_clear_object (&c->certificate);
  g_clear_object (&c->client_ca);
  g_free (c);
}
