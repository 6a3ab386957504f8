/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
append_resource (GString *out, const char *path)
{
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  gconstpointer data;

  g_assert (bytes); /* linked into the program */
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

void
app_page_load (AppPage *page, const char *const *styles, const char *const *scripts)
{
  page->style = load_after ("", styles);
  page->script = load_after ("'use strict';\n", scripts);
}

void
app_page_clear (AppPage *page)
{
  g_clear_pointer (&page->style, g_free);
  g_clear_pointer (&page->script, g_free);
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
app_page_put_policy (GString *out, gconstpointer page)
{
  const AppPage *p = page;

  g_string_append_printf (out, "default-src 'none'; %s; style-src ", p->policy);
  append_hash (out, p->style);
  g_string_append (out, "; script-src ");
  append_hash (out, p->script);
  g_string_append (out, "; base-uri 'none'; form-action 'none'");
}

void
app_page_put_style (GString *out, gconstpointer page)
{
  g_string_append_printf (out, "<style>%s</style>", ((const AppPage *)page)->style);
}

void
app_page_put_script (GString *out, gconstpointer page)
{
  g_string_append_printf (out, "<script>%s</script>", ((const AppPage *)page)->script);
}

void
app_page_put_data (GString *out, gconstpointer page)
{
  app_page_append_data (out, ((const AppPage *)page)->data);
}

void
app_page_append_escaped (GString *out, const char *text)
{
  char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
  g_free (escaped);
}

static void
append_json (GString *out, const char *id, const char *json)
{
  g_string_append_printf (out, "<script type=\"application/json\" id=\"%s\">", id);
  for (const char *c = json; *c; c++) {
    if (*c == '<')
      g_string_append (out, "\\u003c");
    else
      g_string_append_c (out, *c);
  }
  g_string_append (out, "</script>");
}

void
app_page_append_data (GString *out, const char *json)
{
  append_json (out, "data", json);
}

void
app_page_append_resource (GString *out, const char *id, const char *path)
{
  const char *const paths[] = { path, NULL };
  char *json = load_after ("", paths);

  append_json (out, id, json);
  g_free (json);
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
  char *index = load_after ("", paths), *rest = index;
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

/* Why no file can be made in the folder, or NULL. As the page will be: a new file, renamed. */
static const char *
find_obstacle (const char *folder)
{
  char *trial = g_build_filename (folder, ".microexpr-XXXXXX", NULL);
  int file = g_mkstemp (trial), number = errno;

  if (file >= 0) {
    close (file);
    g_unlink (trial);
  }
  g_free (trial);
  return file < 0 ? g_strerror (number) : NULL;
}

gboolean
app_page_check_output (const char *path, GError **error)
{
  char *folder = g_path_get_dirname (path);
  char *shown = g_filename_display_name (path), *shown_folder = g_filename_display_name (folder);
  const char *obstacle = NULL;
  gboolean good = FALSE;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR,
        "--output=%s: this is a folder; name a file to write", shown);
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
        "--output=%s: there is no folder %s: create it, or choose another --output", shown,
        shown_folder);
  else if ((obstacle = find_obstacle (folder)))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES,
        "--output=%s: cannot write in the folder %s (%s): choose another --output", shown,
        shown_folder, obstacle);
  else
    good = TRUE;
  g_free (shown_folder);
  g_free (shown);
  g_free (folder);
  return good;
}
