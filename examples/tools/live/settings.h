/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the live page is served, and to whom. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As on the command line; what is not given is NULL. Owned by whoever reads the command line. */
typedef struct
{
  char *address; /* [ADDRESS:]PORT; NULL: nothing is served */
  char *token_file, *certificate, *key, *client_ca;
  char **hosts;       /* more names under which the page may be asked for */
  char **peers;       /* addresses of other monitors, whose cameras the page shows, too */
  char **origins;     /* of pages of other monitors that may read this one */
  gboolean anonymize; /* faces in pictures are covered */
} LiveOptions;

void live_options_clear (LiveOptions *options);

typedef struct
{
  GSocketAddress *address;
  char *token;                  /* NULL: none lets anybody in */
  GTlsCertificate *certificate; /* NULL: no TLS */
  GTlsDatabase *client_ca;      /* of readers' certificates; NULL: none lets anybody in */
  char **hosts;                 /* as in LiveOptions */
  char **peers, **origins;      /* origins: "https://watch.example.org:8080" */
} LiveSettings;

/* FALSE and `error` set: a file cannot be read, or what is asked for is not safe. Free with
 * live_settings_clear(), also after an error. */
gboolean live_settings_read (LiveSettings *settings, const LiveOptions *options, GError **error);
void live_settings_clear (LiveSettings *settings);

/* "8080", "192.0.2.1:8080" or "[::1]:8080"; without an address, of the loopback. NULL and `error`
 * set: it is none. (transfer full) */
GSocketAddress *live_settings_parse_address (const char *text, GError **error);

G_END_DECLS
