/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder of recordings. */
#include "folder.h"

#include <string.h>

#include "page.h"
#include "report.h"
#include "shared/json.h"

/* Of files with video; not by content, since a broken recording is to be reported, not skipped. */
static const char *const suffixes[] = { "3gp", "asf", "avi", "flv", "m2ts", "m4v", "mkv", "mov",
  "mp4", "mpeg", "mpg", "mts", "mxf", "ogg", "ogv", "ts", "webm", "wmv", NULL };

static gboolean
is_recording (const char *name)
{
  const char *dot = strrchr (name, '.');
  char *suffix;
  gboolean known;

  if (!dot || dot == name || name[0] == '.')
    return FALSE;
  suffix = g_ascii_strdown (dot + 1, -1);
  known = g_strv_contains (suffixes, suffix);
  g_free (suffix);
  /* A copy made by --transcode. */
  return known && !(dot - name > 7 && strncmp (dot - 7, ".review", 7) == 0);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char **
review_folder_list (const char *path, GError **error)
{
  GDir *dir = g_dir_open (path, 0, error);
  GPtrArray *found;
  const char *name;

  if (!dir)
    return NULL;
  found = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir))) {
    char *file = g_build_filename (path, name, NULL);

    if (is_recording (name) && g_file_test (file, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (found, file);
    else
      g_free (file);
  }
  g_dir_close (dir);
  if (found->len == 0) {
    char *known = g_strjoinv (", ", (char **)suffixes);

    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
        "%s: no recording in this folder; the names of recordings end in one of %s", path, known);
    g_free (known);
    g_ptr_array_unref (found);
    return NULL;
  }
  g_ptr_array_sort (found, by_name);
  g_ptr_array_add (found, NULL);
  g_ptr_array_set_free_func (found, NULL);
  return (char **)g_ptr_array_free (found, FALSE);
}

static char *
stem_of (const char *recording)
{
  char *name = g_path_get_basename (recording);

  *strrchr (name, '.') = '\0';
  return name;
}

char **
review_folder_name_pages (const char *folder, char *const *recordings)
{
  GHashTable *uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *pages = g_ptr_array_new ();

  for (guint i = 0; recordings[i]; i++) {
    char *stem = stem_of (recordings[i]);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (uses, stem));

    g_hash_table_insert (uses, stem, GUINT_TO_POINTER (n + 1));
  }
  for (guint i = 0; recordings[i]; i++) {
    char *stem = stem_of (recordings[i]), *whole = g_path_get_basename (recordings[i]);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (uses, stem));
    char *name = g_strconcat (n > 1 ? whole : stem, ".review.html", NULL);

    g_ptr_array_add (pages, g_build_filename (folder, name, NULL));
    g_free (name);
    g_free (whole);
    g_free (stem);
  }
  g_hash_table_unref (uses);
  g_ptr_array_add (pages, NULL);
  return (char **)g_ptr_array_free (pages, FALSE);
}

/* --- the index page --- */

struct _ReviewIndex
{
  char *path, *title; /* owned */
  JsonBuilder *json;
};

ReviewIndex *
review_index_new (const char *folder, const char *path)
{
  ReviewIndex *index = g_new0 (ReviewIndex, 1);
  char *whole = g_canonicalize_filename (folder, NULL);

  index->path = g_strdup (path);
  index->title = g_filename_display_basename (whole);
  index->json = json_builder_new_immutable ();
  json_builder_begin_object (index->json);
  app_json_string (index->json, "folder", index->title);
  review_report_write_origin (index->json);
  app_json_begin_array (index->json, "recordings");
  g_free (whole);
  return index;
}

gboolean
review_index_write (ReviewIndex *index, GError **error)
{
  char *data;
  gboolean good;

  json_builder_end_array (index->json);
  json_builder_end_object (index->json);
  data = app_json_to_text (index->json, FALSE);
  good = review_page_write_index (index->path, index->title, data, error);
  g_free (data);
  g_object_unref (index->json);
  g_free (index->title);
  g_free (index->path);
  g_free (index);
  return good;
}

void
review_index_add (ReviewIndex *index, const ReviewSettings *settings,
    const ReviewAnalysis *analysis, const char *problem)
{
  char *link = review_page_link (index->path, settings->output);

  json_builder_begin_object (index->json);
  app_json_string (index->json, "page", link);
  if (problem)
    app_json_string (index->json, "problem", problem);
  review_report_summarize (analysis, settings, index->json);
  json_builder_end_object (index->json);
  g_free (link);
}

void
review_index_add_failed (ReviewIndex *index, const ReviewSettings *settings, const char *problem)
{
  char *name = g_filename_display_basename (settings->recording);

  json_builder_begin_object (index->json);
  app_json_string (index->json, "problem", problem);
  app_json_begin_object (index->json, "recording");
  app_json_string (index->json, "name", name);
  json_builder_end_object (index->json);
  json_builder_end_object (index->json);
  g_free (name);
}
