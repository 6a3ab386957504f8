/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who is connected: accepts connections for a SoupServer, limits how many there are and how much
 * each computer asks for, and ends those that do not get on. Main thread. */
#pragma once

#include "settings.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _LiveConnections LiveConnections;

/* Listens. server is borrowed. NULL and `error` set: the address cannot be had. */
LiveConnections *live_connections_new (
    SoupServer *server, const LiveSettings *settings, GError **error);
void live_connections_free (LiveConnections *connections);

/* The port it listens on. */
guint live_connections_get_port (const LiveConnections *connections);

guint live_connections_count (const LiveConnections *connections);
/* Connections ended at once since the start, because there were too many. */
guint64 live_connections_n_refused (const LiveConnections *connections);

/* Whether who sent a request has shown a certificate that was asked for. */
gboolean live_connections_is_certified (SoupServerMessage *message);

/* Charges the computer that sent a request. FALSE: it has asked for too much lately. */
gboolean live_connections_charge (
    LiveConnections *connections, SoupServerMessage *message, guint requests);

G_END_DECLS
