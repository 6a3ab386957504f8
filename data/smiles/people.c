/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "people.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "finding/landmarker.h"

#define SMILING "_smiling.jpg"

struct _People
{
  char *folder;
  MeFaceFinder *finder;
  MeLandmarker *landmarker;
};

People *
people_new (const char *folder, GError **error)
{
  People *people = g_new0 (People, 1);

  people->folder = g_strdup (folder);
  people->finder = me_face_finder_new (error);
  people->landmarker = people->finder ? me_landmarker_new (NULL, error) : NULL;
  if (!people->landmarker)
    g_clear_pointer (&people, people_free);
  return people;
}

void
people_free (People *people)
{
  if (!people)
    return;
  me_landmarker_free (people->landmarker);
  me_face_finder_free (people->finder);
  g_free (people->folder);
  g_free (people);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
people_list (const People *people)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (people->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (name[0] != '.' && g_str_has_suffix (name, SMILING))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (SMILING)));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
load_photo (const People *people, const char *path, MorphPhoto *photo)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, NULL);
  MePoint landmarks[ME_N_LANDMARKS];
  MeDetection found;
  const guint8 *row;
  int channels;
  float score;

  if (!pixbuf)
    return FALSE;
  photo->width = gdk_pixbuf_get_width (pixbuf);
  photo->height = gdk_pixbuf_get_height (pixbuf);
  photo->pixels = g_malloc ((gsize)photo->width * photo->height);
  channels = gdk_pixbuf_get_n_channels (pixbuf);
  for (int y = 0; y < photo->height; y++) {
    row = gdk_pixbuf_read_pixels (pixbuf) + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf);
    for (int x = 0; x < photo->width; x++, row += channels)
      photo->pixels[y * photo->width + x] =
          (guint8)((77 * row[0] + 150 * row[1] + 29 * row[2]) >> 8);
  }
  MeFrame frame = { photo->pixels, photo->width, photo->height, photo->width, 1, 0, NULL };
  if (me_face_finder_detect (people->finder, &frame, photo->height / 4.0, &found, 1) == 0 ||
      !me_landmarker_find (people->landmarker, &frame, &found, landmarks, &score)) {
    g_free (photo->pixels);
    return FALSE;
  }
  me_facial_points_place (landmarks, photo->points);
  return TRUE;
}

Morph *
people_load (const People *people, const char *name)
{
  g_autofree char *neutral = g_strdup_printf ("%s/%s_neutral.jpg", people->folder, name);
  g_autofree char *smiling = g_strdup_printf ("%s/%s" SMILING, people->folder, name);
  MorphPhoto from, to;
  Morph *morph;

  if (!load_photo (people, neutral, &from))
    return NULL;
  if (!load_photo (people, smiling, &to)) {
    g_free (from.pixels);
    return NULL;
  }
  morph = morph_new (&from, &to, (guint)g_ascii_strtoull (name, NULL, 10));
  g_free (from.pixels);
  g_free (to.pixels);
  return morph;
}
