/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page, and its links to files. */
#include "page.h"

#include <string.h>

#include "shared/page-file.h"

#define RESOURCES "/microexpr-review/"
#define SHARED "/microexpr-shared/"
#define TEXTS RESOURCES "en.js", RESOURCES "de.js", RESOURCES "tr.js", SHARED "language.js"
#define LARGEST_VIDEO (300u << 20) /* bytes: browsers limit the length of a string */

static const char *const styles[] = { SHARED "base.css", RESOURCES "page.css",
  RESOURCES "watch.css", RESOURCES "event.css", RESOURCES "found.css", RESOURCES "narrow.css",
  RESOURCES "print.css", NULL };
static const char *const scripts[] = { SHARED "dom.js", SHARED "theme.js", SHARED "arrow.js", TEXTS,
  RESOURCES "preferences.js", RESOURCES "format.js", RESOURCES "facs.js", RESOURCES "data.js",
  RESOURCES "schema.js", RESOURCES "matching.js", RESOURCES "store.js", RESOURCES "codings.js",
  RESOURCES "agreement.js", RESOURCES "elan.js", RESOURCES "export.js", RESOURCES "player.js",
  RESOURCES "view.js", RESOURCES "portraits.js", RESOURCES "chips.js", RESOURCES "details.js",
  RESOURCES "timeline.js", RESOURCES "table.js", RESOURCES "totals.js", RESOURCES "unplaced.js",
  RESOURCES "compare.js", RESOURCES "print.js", RESOURCES "review.js", NULL };

/* The index page of a folder has what it counts with in common with the page of a recording. */
static const char *const index_scripts[] = { SHARED "dom.js", SHARED "theme.js", TEXTS,
  RESOURCES "preferences.js", RESOURCES "format.js", RESOURCES "facs.js", RESOURCES "data.js",
  RESOURCES "schema.js", RESOURCES "matching.js", RESOURCES "store.js", RESOURCES "codings.js",
  RESOURCES "elan.js", RESOURCES "export.js", RESOURCES "table.js", RESOURCES "totals.js",
  RESOURCES "folder.js", NULL };

typedef struct
{
  AppPage page;
  const char *title;
  GMappedFile *video; /* NULL: not embedded */
  const GArray *pictures;
} Page;

/* --- the marks of index.html --- */

static void
append_title (GString *out, gconstpointer page)
{
  app_page_append_escaped (out, ((const Page *)page)->title);
}

static void
append_schema (GString *out, gconstpointer page)
{
  (void)page;
  app_page_append_resource (out, "schema", RESOURCES "microexpr-review.schema.json");
}

static void
append_picture (GString *out, guint event, const char *moment, GBytes *jpeg)
{
  char *id = g_strdup_printf ("%s-%u", moment, event);

  if (jpeg)
    app_page_append_bytes (out, id, g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  g_free (id);
}

static void
append_pictures (GString *out, gconstpointer page)
{
  const GArray *pictures = ((const Page *)page)->pictures;

  for (guint i = 0; pictures && i < pictures->len; i++) {
    const ReviewPictures *p = &g_array_index (pictures, ReviewPictures, i);

    append_picture (out, i, "onset", p->onset);
    append_picture (out, i, "apex", p->apex);
  }
}

static void
append_video (GString *out, gconstpointer page)
{
  GMappedFile *file = ((const Page *)page)->video;

  if (file)
    app_page_append_bytes (
        out, "video-data", g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
}

static const AppPagePlace places[] = {
  { "@policy@", app_page_put_policy },
  { "@title@", append_title },
  { "<link rel=\"stylesheet\" href=\"style.css\">", app_page_put_style },
  { "<!-- data -->", app_page_put_data },
  { "<!-- schema -->", append_schema },
  { "<!-- script -->", app_page_put_script },
  { "<!-- pictures -->", append_pictures },
  { "<!-- video -->", append_video },
};

static const AppPagePlace index_places[] = {
  { "@policy@", app_page_put_policy },
  { "@title@", append_title },
  { "<link rel=\"stylesheet\" href=\"style.css\">", app_page_put_style },
  { "<!-- data -->", app_page_put_data },
  { "<!-- schema -->", append_schema },
  { "<!-- script -->", app_page_put_script },
};

/* NULL and `error` set: it cannot be read, or is too large. */
static GMappedFile *
map_video (const char *path, GError **error)
{
  GMappedFile *file = g_mapped_file_new (path, FALSE, error);

  if (!file || g_mapped_file_get_length (file) <= LARGEST_VIDEO)
    return file;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
      "%s is %.0f MB, more than browsers can open in a page: use --video=link, or make a smaller "
      "copy with --transcode=mp4",
      path, (double)g_mapped_file_get_length (file) / 1e6);
  g_mapped_file_unref (file);
  return NULL;
}

/* Fills the template with the page, and clears the page. */
static gboolean
write_file (const char *path, const char *html, const AppPagePlace *marks, guint n_marks,
    Page *page, GError **error)
{
  GString *text = app_page_fill (html, marks, n_marks, page);
  gboolean good = g_file_set_contents (path, text->str, (gssize)text->len, error);

  g_string_free (text, TRUE);
  app_page_clear (&page->page);
  g_clear_pointer (&page->video, g_mapped_file_unref);
  return good;
}

gboolean
review_page_write (const char *path, const char *title, const char *data, const GArray *pictures,
    const char *video, GError **error)
{
  Page page = { .page.policy = "img-src data:; media-src 'self' file: blob:",
    .page.data = data,
    .title = title,
    .pictures = pictures };

  if (video) {
    page.video = map_video (video, error);
    if (!page.video)
      return FALSE;
  }
  app_page_load (&page.page, styles, scripts);
  return write_file (path, RESOURCES "index.html", places, G_N_ELEMENTS (places), &page, error);
}

gboolean
review_page_write_index (const char *path, const char *title, const char *data, GError **error)
{
  Page page = { .page.policy = "img-src data:", .page.data = data, .title = title };

  app_page_load (&page.page, styles, index_scripts);
  return write_file (
      path, RESOURCES "folder.html", index_places, G_N_ELEMENTS (index_places), &page, error);
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
