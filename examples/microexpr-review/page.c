/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page. Style and script are allowed by their hashes, and nothing else: no page that was
 * tampered with runs another script, and none requests anything from a network. */
#include "page.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCES "/microexpr-review/"
#define LARGEST_VIDEO (300u << 20) /* bytes: browsers hold no much longer string */

/* The script is these, one behind the other: later ones use earlier ones. */
static const char *const scripts[] = { "format.js", "data.js", "decisions.js", "elan.js",
  "export.js", "player.js", "portraits.js", "details.js", "timeline.js", "table.js", "totals.js",
  "review.js" };

typedef struct
{
  const char *title, *data, *video;
  const GArray *pictures;
  char *style, *script; /* owned */
  GError *error;
} Page;

static char *
load (const char *name)
{
  char *path = g_strconcat (RESOURCES, name, NULL);
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  char *text;

  g_assert (bytes); /* it is linked in */
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_bytes_unref (bytes);
  g_free (path);
  return text;
}

static char *
load_scripts (void)
{
  GString *all = g_string_new ("'use strict';\n");

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++) {
    char *text = load (scripts[i]);

    g_string_append (all, text);
    g_free (text);
  }
  return g_string_free (all, FALSE);
}

/* --- what stands in the places of index.html --- */

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

static void
append_policy (GString *out, Page *page)
{
  g_string_append (
      out, "default-src 'none'; img-src data:; media-src 'self' file: blob:; style-src ");
  append_hash (out, page->style);
  g_string_append (out, "; script-src ");
  append_hash (out, page->script);
  g_string_append (out, "; base-uri 'none'; form-action 'none'");
}

static void
append_title (GString *out, Page *page)
{
  char *text = g_markup_escape_text (page->title, -1);

  g_string_append (out, text);
  g_free (text);
}

static void
append_style (GString *out, Page *page)
{
  g_string_append_printf (out, "<style>%s</style>", page->style);
}

static void
append_script (GString *out, Page *page)
{
  g_string_append_printf (out, "<script>%s</script>", page->script);
}

/* No tag can begin inside. */
static void
append_data (GString *out, Page *page)
{
  g_string_append (out, "<script type=\"application/json\" id=\"data\">");
  for (const char *c = page->data; *c; c++) {
    if (*c == '<')
      g_string_append (out, "\\u003c");
    else
      g_string_append_c (out, *c);
  }
  g_string_append (out, "</script>");
}

/* A script that is none: the browser does not look into it until the page does. */
static void
append_bytes (GString *out, const char *id, gconstpointer data, gsize size)
{
  char *base64 = g_base64_encode (data, size);

  g_string_append_printf (out, "<script type=\"text/plain\" id=\"%s\">", id);
  g_string_append (out, base64);
  g_string_append (out, "</script>\n");
  g_free (base64);
}

static void
append_picture (GString *out, guint event, const char *moment, GBytes *jpeg)
{
  char *id = g_strdup_printf ("%s-%u", moment, event);

  if (jpeg)
    append_bytes (out, id, g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  g_free (id);
}

static void
append_pictures (GString *out, Page *page)
{
  for (guint i = 0; page->pictures && i < page->pictures->len; i++) {
    const ReviewPictures *p = &g_array_index (page->pictures, ReviewPictures, i);

    append_picture (out, i, "onset", p->onset);
    append_picture (out, i, "apex", p->apex);
  }
}

static void
append_video (GString *out, Page *page)
{
  GMappedFile *file;

  if (!page->video || page->error)
    return;
  file = g_mapped_file_new (page->video, FALSE, &page->error);
  if (!file)
    return;
  if (g_mapped_file_get_length (file) > LARGEST_VIDEO)
    g_set_error (&page->error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
        "%s has %.0f MB, more than browsers take in a page: --video=link, or a smaller copy by "
        "--transcode=mp4",
        page->video, (double)g_mapped_file_get_length (file) / 1e6);
  else
    append_bytes (
        out, "video-data", g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  g_mapped_file_unref (file);
}

static const struct
{
  const char *mark;
  void (*append) (GString *out, Page *page);
} places[] = {
  { "@policy@", append_policy },
  { "@title@", append_title },
  { "<link rel=\"stylesheet\" href=\"style.css\">", append_style },
  { "<!-- data -->", append_data },
  { "<!-- script -->", append_script },
  { "<!-- pictures -->", append_pictures },
  { "<!-- video -->", append_video },
};

/* Each place stands once in index.html, in the order of the table. */
static GString *
put_together (Page *page)
{
  char *index = load ("index.html"), *rest = index;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
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

gboolean
review_page_write (const char *path, const char *title, const char *data, const GArray *pictures,
    const char *video, GError **error)
{
  Page page = { title, data, video, pictures, load ("style.css"), load_scripts (), NULL };
  GString *text = put_together (&page);
  gboolean good = !page.error;

  if (good)
    good = g_file_set_contents (path, text->str, (gssize)text->len, error);
  else
    g_propagate_error (error, page.error);
  g_string_free (text, TRUE);
  g_free (page.style);
  g_free (page.script);
  return good;
}

/* --- links --- */

char *
review_page_link (const char *page, const char *file)
{
  char *from = g_canonicalize_filename (page, NULL), *to = g_canonicalize_filename (file, NULL);
  GString *link = g_string_new (NULL);
  gsize shared = 0;

  for (gsize i = 0; from[i] && from[i] == to[i]; i++)
    if (from[i] == G_DIR_SEPARATOR)
      shared = i + 1;
  for (const char *c = from + shared; *c; c++)
    if (*c == G_DIR_SEPARATOR)
      g_string_append (link, "../");
  if (link->len == 0)
    g_string_append (link, "./");
  g_string_append_uri_escaped (link, to + shared, "/", FALSE);
  g_free (from);
  g_free (to);
  return g_string_free (link, FALSE);
}
