/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Removes credentials from URIs: `user:password@` before the host, and the values of parameters in
 * which cameras take them (`rtsp://host/?user=admin&password=x`). */
#include "credentials.h"

#include <string.h>

#define SECRET_PARAMETERS                                                                          \
  "([/?&;](?:user|username|usr|login|pass|password|passwd|pwd|token|secret|key|api[_-]?key|auth|"  \
  "signature|sig)=)[^&;/#]*"

/* A password may contain `/` unescaped: then what looks like a port is not a number. */
static gboolean
port_is_no_number (const char *host, const char *host_end)
{
  const char *colon = g_strrstr_len (host, host_end - host, ":");

  if (!colon || memchr (host, ']', host_end - host))
    return FALSE;
  for (const char *c = colon + 1; c < host_end; c++) {
    if (!g_ascii_isdigit (*c))
      return TRUE;
  }
  return FALSE;
}

/* Where the host starts in `authority`, the text after `://`. */
static const char *
skip_user_info (const char *authority)
{
  const char *end = authority + strcspn (authority, "/?#");
  const char *at = g_strrstr_len (authority, end - authority, "@");

  if (!at && port_is_no_number (authority, end))
    at = strrchr (authority, '@');
  return at ? at + 1 : authority;
}

char *
gst_microexpr_strip_credentials (const char *text)
{
  const char *separator = text ? strstr (text, "://") : NULL;
  GRegex *parameters;
  GString *uri;
  char *stripped;

  if (!separator)
    return g_strdup (text);
  uri = g_string_new_len (text, separator + strlen ("://") - text);
  g_string_append (uri, skip_user_info (separator + strlen ("://")));
  parameters = g_regex_new (SECRET_PARAMETERS, G_REGEX_CASELESS | G_REGEX_RAW, 0, NULL);
  stripped = g_regex_replace (parameters, uri->str, -1, 0, "\\1***", 0, NULL);
  g_regex_unref (parameters);
  return stripped ? (g_string_free (uri, TRUE), stripped) : g_string_free (uri, FALSE);
}
