/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "access.h"

#include <string.h>

#define COOKIE_AGE_S (30 * 24 * 3600)
#define BEARER "Bearer "

struct _LiveAccess
{
  char *token;                /* NULL: none lets anybody in */
  char *cookie_name, *cookie; /* value: made from the token, which it does not give away */
  gboolean secure;
  gboolean open; /* neither token nor certificate is needed */
  char **hosts;
  char **origins; /* of pages of other monitors */
  guint32 key[8]; /* random */
};

LiveAccess *
live_access_new (const LiveSettings *settings, guint port)
{
  LiveAccess *access = g_new0 (LiveAccess, 1);

  access->token = g_strdup (settings->token);
  access->open = !settings->token && !settings->client_ca;
  access->secure = settings->certificate != NULL;
  access->hosts = g_strdupv (settings->hosts);
  access->origins = g_strdupv (settings->origins);
  access->cookie_name =
      g_strdup_printf ("microexpr-%u", port); /* cookies do not tell ports apart */
  for (guint i = 0; i < G_N_ELEMENTS (access->key); i++)
    access->key[i] = g_random_int ();
  if (access->token)
    access->cookie = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)access->token,
        strlen (access->token), "microexpr live page", -1);
  return access;
}

void
live_access_free (LiveAccess *access)
{
  g_free (access->token);
  g_free (access->cookie_name);
  g_free (access->cookie);
  g_strfreev (access->hosts);
  g_strfreev (access->origins);
  g_free (access);
}

/* ---- for whom a request is meant ---- */

/* Pages of other sites can make a browser ask this server under a name of their own that they let
 * point here. They have no name that is an IP address, or this computer's. */
static gboolean
is_host (const LiveAccess *access, const char *host)
{
  if (g_hostname_is_ip_address (host) || g_ascii_strcasecmp (host, "localhost") == 0 ||
      g_ascii_strcasecmp (host, g_get_host_name ()) == 0)
    return TRUE;
  for (char **name = access->hosts; name && *name; name++)
    if (g_ascii_strcasecmp (host, *name) == 0)
      return TRUE;
  return FALSE;
}

/* The origin of the page of another monitor that may read this one; NULL: it is none. */
static const char *
find_origin (const LiveAccess *access, SoupServerMessage *message)
{
  const char *origin =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Origin");

  return origin && access->origins && g_strv_contains ((const char *const *)access->origins, origin)
             ? origin
             : NULL;
}

/* Without cookies: what else the browser holds for this monitor is no other page's. */
void
live_access_add_origin (const LiveAccess *access, SoupServerMessage *message)
{
  const char *origin = find_origin (access, message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_append (headers, "Vary", "Origin");
  if (!origin)
    return;
  soup_message_headers_append (headers, "Access-Control-Allow-Origin", origin);
  soup_message_headers_append (headers, "Access-Control-Allow-Headers", "Authorization");
  soup_message_headers_append (headers, "Access-Control-Expose-Headers", "WWW-Authenticate");
  soup_message_headers_append (headers, "Access-Control-Max-Age", "600");
}

gboolean
live_access_is_preflight (const LiveAccess *access, SoupServerMessage *message)
{
  return soup_server_message_get_method (message) == SOUP_METHOD_OPTIONS &&
         find_origin (access, message) &&
         soup_message_headers_get_one (
             soup_server_message_get_request_headers (message), "Access-Control-Request-Method");
}

/* Other sites may link to the page, but neither show nor read anything of it. */
static gboolean
is_from_elsewhere (SoupMessageHeaders *headers)
{
  const char *site = soup_message_headers_get_one (headers, "Sec-Fetch-Site");
  const char *destination = soup_message_headers_get_one (headers, "Sec-Fetch-Dest");

  return site && !g_str_equal (site, "same-origin") && !g_str_equal (site, "none") &&
         g_strcmp0 (destination, "document") != 0;
}

/* ---- by whom it comes ---- */

static char *
hash (const LiveAccess *access, const char *text)
{
  return g_compute_hmac_for_string (
      G_CHECKSUM_SHA256, (const guchar *)access->key, sizeof access->key, text, -1);
}

/* In a time that does not tell how much of `given` is right: what is compared are hashes whose key
 * nobody knows. */
static gboolean
is_same (const LiveAccess *access, const char *given, const char *wanted)
{
  g_autofree char *a = hash (access, given), *b = hash (access, wanted);

  return g_str_equal (a, b);
}

gboolean
live_access_has_token (const LiveAccess *access, SoupServerMessage *message)
{
  const char *given = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");

  return access->token && given && g_str_has_prefix (given, BEARER) &&
         is_same (access, given + strlen (BEARER), access->token);
}

static gboolean
has_cookie (const LiveAccess *access, SoupServerMessage *message)
{
  const char *text =
      soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie");
  GHashTable *cookies = text ? soup_header_parse_semi_param_list (text) : NULL;
  const char *value = cookies ? g_hash_table_lookup (cookies, access->cookie_name) : NULL;
  gboolean good = value && is_same (access, value, access->cookie);

  if (cookies)
    soup_header_free_param_list (cookies);
  return good;
}

void
live_access_set_cookie (const LiveAccess *access, SoupServerMessage *message)
{
  g_autofree char *cookie =
      g_strdup_printf ("%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s",
          access->cookie_name, access->cookie, COOKIE_AGE_S, access->secure ? "; Secure" : "");

  soup_message_headers_append (
      soup_server_message_get_response_headers (message), "Set-Cookie", cookie);
}

/* ---- the decision ---- */

static gboolean
is_method (SoupServerMessage *message, LiveRule rule)
{
  const char *method = soup_server_message_get_method (message);

  if (rule & LIVE_POST)
    return method == SOUP_METHOD_POST;
  return method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD;
}

static gboolean
has_body (SoupMessageHeaders *headers)
{
  return soup_message_headers_get_content_length (headers) > 0 ||
         soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED;
}

gboolean
live_access_takes_token (const LiveAccess *access)
{
  return access->token != NULL;
}

static gboolean
may_look (const LiveAccess *access, SoupServerMessage *message, gboolean certified)
{
  return access->open || certified || live_access_has_token (access, message) ||
         (access->token && has_cookie (access, message));
}

guint
live_access_check (
    const LiveAccess *access, SoupServerMessage *message, LiveRule rule, gboolean certified)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (!is_host (access, g_uri_get_host (soup_server_message_get_uri (message))))
    return SOUP_STATUS_MISDIRECTED_REQUEST;
  if (is_from_elsewhere (headers) && !find_origin (access, message))
    return SOUP_STATUS_FORBIDDEN;
  if (live_access_is_preflight (access, message))
    return SOUP_STATUS_NO_CONTENT;
  if (!is_method (message, rule))
    return SOUP_STATUS_METHOD_NOT_ALLOWED;
  if (has_body (headers))
    return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  if (!(rule & LIVE_PUBLIC) && !may_look (access, message, certified))
    return SOUP_STATUS_UNAUTHORIZED;
  return SOUP_STATUS_OK;
}
