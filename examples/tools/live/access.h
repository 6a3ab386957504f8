/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which requests are answered: by whom they come, and for whom they are meant. */
#pragma once

#include "settings.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _LiveAccess LiveAccess;

/* port: the one that is listened on. */
LiveAccess *live_access_new (const LiveSettings *settings, guint port);
void live_access_free (LiveAccess *access);

/* What a request may be. */
typedef enum
{
  LIVE_PUBLIC = 1, /* answered without a token */
  LIVE_POST = 2,   /* POST instead of GET and HEAD */
} LiveRule;

/* certified: the reader has shown a certificate that lets it in. SOUP_STATUS_OK,
 * or SOUP_STATUS_NO_CONTENT for a preflight, or the status with which the request is refused. */
guint live_access_check (
    const LiveAccess *access, SoupServerMessage *message, LiveRule rule, gboolean certified);

/* Lets the pages that may read an answer do so. */
void live_access_add_origin (const LiveAccess *access, SoupServerMessage *message);

/* Whether the request only asks what a page may request; its answer has no body. */
gboolean live_access_is_preflight (const LiveAccess *access, SoupServerMessage *message);

/* Whether a token lets readers in. */
gboolean live_access_takes_token (const LiveAccess *access);

/* Whether the request brings the token itself, not the cookie made from it. */
gboolean live_access_has_token (const LiveAccess *access, SoupServerMessage *message);

/* Lets the browser that brought the token come again without it. */
void live_access_set_cookie (const LiveAccess *access, SoupServerMessage *message);

G_END_DECLS
