/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The faces that show the expressions. microexprtestsrc reads files, so the built-in faces are
 * written to a temporary directory, which is removed with them. */
#include "faces.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shared/hidden.h"

#define RESOURCES "/microexpr-train/faces/"

static const char *const pieces[] = { ".jpg", ".txt" };
static const char *const picture_suffixes[] = { ".jpg", ".jpeg", ".png" };

static TrainFaces *
new_faces (void)
{
  TrainFaces *faces = g_new0 (TrainFaces, 1);

  faces->paths = g_ptr_array_new_with_free_func (g_free);
  return faces;
}

/* --- built in --- */

static char *
piece_path (const TrainFaces *faces, guint face, const char *suffix)
{
  char *name = g_strdup_printf ("%c%s", 'a' + (int)face, suffix);
  char *path = g_build_filename (faces->directory, name, NULL);

  g_free (name);
  return path;
}

static gboolean
unpack_piece (const TrainFaces *faces, guint face, const char *suffix, GError **error)
{
  char *resource = g_strdup_printf (RESOURCES "%c%s", 'a' + (int)face, suffix);
  char *path = piece_path (faces, face, suffix);
  GBytes *bytes = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean good = g_file_set_contents (path, data, (gssize)size, error);

  g_bytes_unref (bytes);
  g_free (path);
  g_free (resource);
  return good;
}

TrainFaces *
train_faces_new (guint n, GError **error)
{
  TrainFaces *faces = new_faces ();
  gboolean good;

  faces->built_in = TRUE;
  faces->directory = g_dir_make_tmp ("microexpr-train-XXXXXX", error);
  good = faces->directory != NULL;
  for (guint face = 0; good && face < n; face++) {
    for (guint i = 0; good && i < G_N_ELEMENTS (pieces); i++)
      good = unpack_piece (faces, face, pieces[i], error);
    g_ptr_array_add (faces->paths, piece_path (faces, face, pieces[0]));
  }
  if (good)
    return faces;
  train_faces_free (faces);
  return NULL;
}

/* --- photographs --- */

static gboolean
is_picture (const char *name)
{
  char *lower = g_ascii_strdown (name, -1);
  gboolean picture = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (picture_suffixes); i++)
    picture = picture || g_str_has_suffix (lower, picture_suffixes[i]);
  g_free (lower);
  return picture;
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static gboolean
add_folder (GPtrArray *paths, const char *folder, GError **error)
{
  GDir *dir = g_dir_open (folder, 0, error);
  GPtrArray *found = g_ptr_array_new ();
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (!app_is_hidden (name) && is_picture (name))
      g_ptr_array_add (found, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (found, by_name);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (paths, found->pdata[i]);
  g_ptr_array_unref (found);
  if (dir)
    g_dir_close (dir);
  return dir != NULL;
}

static gboolean
add_photo (GPtrArray *paths, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return add_folder (paths, path, error);
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_ptr_array_add (paths, g_strdup (path));
    return TRUE;
  }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: no such photograph or folder", path);
  return FALSE;
}

TrainFaces *
train_faces_new_from_photos (char **photos, GError **error)
{
  TrainFaces *faces = new_faces ();
  gboolean good = TRUE;

  for (; good && *photos; photos++)
    good = add_photo (faces->paths, *photos, error);
  if (good && faces->paths->len < TRAIN_FEWEST_FACES) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "%u photographs (.jpg, .png) are too few: practice and the two tests each need a face of "
        "their own, so at least %d",
        faces->paths->len, TRAIN_FEWEST_FACES);
    good = FALSE;
  }
  if (good)
    return faces;
  train_faces_free (faces);
  return NULL;
}

void
train_faces_free (TrainFaces *faces)
{
  if (!faces)
    return;
  for (guint face = 0; faces->directory && face < faces->paths->len; face++) {
    for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
      char *path = piece_path (faces, face, pieces[i]);

      g_unlink (path);
      g_free (path);
    }
  }
  if (faces->directory)
    g_rmdir (faces->directory);
  g_free (faces->directory);
  g_ptr_array_unref (faces->paths);
  g_free (faces);
}
