/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LEAST_TOKEN 16 /* characters: about 80 bits of a random one */
#define MOST_TOKEN 512

void
live_options_clear (LiveOptions *o)
{
  g_clear_pointer (&o->address, g_free);
  g_clear_pointer (&o->token_file, g_free);
  g_clear_pointer (&o->certificate, g_free);
  g_clear_pointer (&o->key, g_free);
  g_clear_pointer (&o->client_ca, g_free);
  g_clear_pointer (&o->hosts, g_strfreev);
  g_clear_pointer (&o->peers, g_strfreev);
  g_clear_pointer (&o->origins, g_strfreev);
}

GSocketAddress *
live_settings_parse_address (const char *text, GError **error)
{
  const char *colon = strrchr (text, ':'), *port_text = colon ? colon + 1 : text;
  g_autofree char *host = colon ? g_strndup (text, (gsize)(colon - text)) : g_strdup ("127.0.0.1");
  gsize length = strlen (host);
  GSocketAddress *address = NULL;
  guint64 port;

  if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
    memmove (host, host + 1, length - 2);
    host[length - 2] = '\0';
  } else if (strchr (host, ':'))
    host[0] = '\0'; /* ::1:8080 could be read in two ways */
  if (g_ascii_string_to_unsigned (port_text, 10, 0, G_MAXUINT16, &port, NULL))
    address = g_inet_socket_address_new_from_string (
        g_str_equal (host, "localhost") ? "127.0.0.1" : host, (guint)port);
  if (!address)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--http=%s: must be a port, or an IP address and a port, such as 8080, 192.0.2.1:8080 or "
        "[::1]:8080",
        text);
  return address;
}

static gboolean
is_loopback (GSocketAddress *address)
{
  return g_inet_address_get_is_loopback (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* What is wrong with an open file that is to hold the token, or NULL. */
static const char *
fault_of_file (int file)
{
  struct stat status;

  if (fstat (file, &status) != 0)
    return g_strerror (errno);
  if (!S_ISREG (status.st_mode))
    return "is no regular file";
  if (status.st_mode & (S_IRWXG | S_IRWXO))
    return "others can read or write it; chmod 600";
  return NULL;
}

static gboolean
is_token (const char *text)
{
  gsize length = strlen (text);

  for (const char *c = text; *c; c++)
    if (!g_ascii_isgraph (*c) || *c == ';' || *c == ',' || *c == '"')
      return FALSE;
  return length >= LEAST_TOKEN && length <= MOST_TOKEN;
}

/* (transfer full) */
static char *
read_token (const char *path, GError **error)
{
  char text[MOST_TOKEN + 3] = ""; /* and a line break */
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const char *fault = file < 0 ? g_strerror (errno) : fault_of_file (file);

  if (!fault && read (file, text, sizeof text - 1) < 0)
    fault = g_strerror (errno);
  if (!fault && !is_token (g_strchomp (text)))
    fault = "must hold one line of 16 to 512 letters, digits and signs other than , ; and \"";
  if (file >= 0)
    close (file);
  if (fault)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "--http-token-file=%s: %s", path, fault);
  return fault ? NULL : g_strdup (text);
}

static gboolean
read_certificate (LiveSettings *s, const LiveOptions *o, GError **error)
{
  if (!o->certificate && !o->key)
    return TRUE;
  if (!o->certificate || !o->key) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
        "--http-certificate and --http-key belong together");
    return FALSE;
  }
  s->certificate = g_tls_certificate_new_from_files (o->certificate, o->key, error);
  if (!s->certificate)
    g_prefix_error (error, "--http-certificate=%s: ", o->certificate);
  return s->certificate != NULL;
}

/* GIO wants an absolute path. */
static gboolean
read_client_ca (LiveSettings *s, const LiveOptions *o, GError **error)
{
  g_autofree char *path = o->client_ca ? g_canonicalize_filename (o->client_ca, NULL) : NULL;

  if (!path)
    return TRUE;
  if (!s->certificate) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
        "--http-client-ca needs --http-certificate and --http-key");
    return FALSE;
  }
  s->client_ca = g_tls_file_database_new (path, error);
  if (!s->client_ca)
    g_prefix_error (error, "--http-client-ca=%s: ", o->client_ca);
  return s->client_ca != NULL;
}

static gboolean
is_origin (GUri *uri, const char *scheme, const char *host)
{
  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https")) && host && *host &&
         strspn (host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".-:") == strlen (host) &&
         !g_uri_get_userinfo (uri) && !g_uri_get_query (uri) && !g_uri_get_fragment (uri) &&
         strlen (g_uri_get_path (uri)) <= 1;
}

/* The scheme, host and port of an address as browsers write them; NULL: it is none of a monitor.
 * Nothing that could end a directive of the page's policy is left. (transfer full) */
static char *
print_origin (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";
  const char *host = uri ? g_uri_get_host (uri) : NULL;
  g_autoptr (GString) origin = g_string_new (scheme);
  int port = uri ? g_uri_get_port (uri) : -1;

  if (!uri || !is_origin (uri, scheme, host))
    return NULL;
  g_string_append_printf (origin, strchr (host, ':') ? "://[%s]" : "://%s", host);
  if (port > 0 && port != (g_str_equal (scheme, "https") ? 443 : 80))
    g_string_append_printf (origin, ":%d", port);
  return g_ascii_strdown (origin->str, -1);
}

/* NULL and `error` set: one is wrong. (transfer full) */
static char **
read_origins (const char *option, char **addresses, GError **error)
{
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();

  for (; addresses && *addresses; addresses++) {
    g_autofree char *origin = print_origin (*addresses);

    if (!origin) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
          "%s=%s: must be the address of a monitor, such as https://watch.example.org:8080", option,
          *addresses);
      return NULL;
    }
    g_strv_builder_add (origins, origin);
  }
  return g_strv_builder_end (origins);
}

gboolean
live_settings_read (LiveSettings *s, const LiveOptions *o, GError **error)
{
  *s = (LiveSettings){ .hosts = g_strdupv (o->hosts) };
  s->address = live_settings_parse_address (o->address, error);
  if (!s->address)
    return FALSE;
  if (o->token_file && !(s->token = read_token (o->token_file, error)))
    return FALSE;
  s->peers = read_origins ("--http-peer", o->peers, error);
  s->origins = s->peers ? read_origins ("--http-origin", o->origins, error) : NULL;
  if (!s->origins)
    return FALSE;
  if (!read_certificate (s, o, error) || !read_client_ca (s, o, error))
    return FALSE;
  if (!s->token && !s->client_ca && !is_loopback (s->address)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
        "--http=%s: other computers can reach this address, so that it needs --http-token-file or "
        "--http-client-ca",
        o->address);
    return FALSE;
  }
  return TRUE;
}

void
live_settings_clear (LiveSettings *s)
{
  g_clear_object (&s->address);
  g_clear_pointer (&s->token, g_free);
  g_clear_object (&s->certificate);
  g_clear_object (&s->client_ca);
  g_clear_pointer (&s->hosts, g_strfreev);
  g_clear_pointer (&s->peers, g_strfreev);
  g_clear_pointer (&s->origins, g_strfreev);
}
