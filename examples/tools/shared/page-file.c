/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages in one file, put together from pieces that are linked in as resources. */
#include "page-file.h"

#include <string.h>

static void
append_resource (GString *out, const char *path)
{
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  gconstpointer data;

  g_assert (bytes); /* it is linked in */
  data = g_bytes_get_data (bytes, &size);
  g_string_append_len (out, data, (gssize)size);
  g_bytes_unref (bytes);
}

static char *
load_after (const char *beginning, const char *const *paths)
{
  GString *all = g_string_new (beginning);

  for (; *paths; paths++)
    append_resource (all, *paths);
  return g_string_free (all, FALSE);
}

char *
app_page_load (const char *const *paths)
{
  return load_after ("", paths);
}

char *
app_page_load_scripts (const char *const *paths)
{
  return load_after ("'use strict';\n", paths);
}

static void
append_hash (GString *out, const char *text)
{
  GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  char *base64;

  g_checksum_update (sum, (const guchar *)text, -1);
  g_checksum_get_digest (sum, digest, &size);
  base64 = g_base64_encode (digest, size);
  g_string_append_printf (out, "'sha256-%s'", base64);
  g_free (base64);
  g_checksum_free (sum);
}

void
app_page_append_policy (GString *out, const char *more, const char *style, const char *script)
{
  g_string_append_printf (out, "default-src 'none'; %s%sstyle-src ", more, *more ? "; " : "");
  append_hash (out, style);
  g_string_append (out, "; script-src ");
  append_hash (out, script);
  g_string_append (out, "; base-uri 'none'; form-action 'none'");
}

void
app_page_append_style (GString *out, const char *style)
{
  g_string_append_printf (out, "<style>%s</style>", style);
}

void
app_page_append_script (GString *out, const char *script)
{
  g_string_append_printf (out, "<script>%s</script>", script);
}

void
app_page_append_escaped (GString *out, const char *text)
{
  char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
  g_free (escaped);
}

void
app_page_append_data (GString *out, const char *json)
{
  g_string_append (out, "<script type=\"application/json\" id=\"data\">");
  for (const char *c = json; *c; c++) {
    if (*c == '<')
      g_string_append (out, "\\u003c");
    else
      g_string_append_c (out, *c);
  }
  g_string_append (out, "</script>");
}

void
app_page_append_bytes (GString *out, const char *id, gconstpointer data, gsize size)
{
  char *base64 = g_base64_encode (data, size);

  g_string_append_printf (out, "<script type=\"text/plain\" id=\"%s\">", id);
  g_string_append (out, base64);
  g_string_append (out, "</script>\n");
  g_free (base64);
}

GString *
app_page_fill (const char *html, const AppPagePlace *places, guint n_places, gconstpointer page)
{
  const char *const paths[] = { html, NULL };
  char *index = app_page_load (paths), *rest = index;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n_places; i++) {
    char *place = strstr (rest, places[i].mark);

    g_assert (place);
    g_string_append_len (out, rest, place - rest);
    places[i].append (out, page);
    rest = place + strlen (places[i].mark);
  }
  g_string_append (out, rest);
  g_free (index);
  return out;
}
