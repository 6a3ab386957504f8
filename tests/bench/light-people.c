/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Skin tone is the individual typology angle (Chardon, Cretois & Hourseau 1991), which measures a
 * photograph taken under known light: 55 degrees is very light skin, -30 very dark. */
#include "light-people.h"

#include "accuracy-tiers.h"
#include "testsrc/face.h"

#include <math.h>
#include <string.h>

#define PHOTO_END "_neutral.jpg"
#define DARK_TONE 28.0  /* degrees; Chardon's "tan", "brown" and "dark" lie below it, */
#define LIGHT_TONE 41.0 /* "light" and "very light" above this */

const char *
skin_name (Skin skin)
{
  static const char *const names[N_SKINS] = { "light", "intermediate", "dark" };

  return names[skin];
}

static void
person_free (gpointer data)
{
  Person *person = data;

  g_free (person->name);
  g_free (person->photo);
  g_free (person->ethnicity);
  g_free (person->sex);
  g_free (person);
}

/* ---- skin ---- */

/* sRGB, 0..255, to linear light. */
static double
linear (double value)
{
  value /= 255;
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
lightness_root (double t)
{
  return t > 0.008856 ? cbrt (t) : 7.787 * t + 16 / 116.0;
}

/* rgb: 0..255. atan ((L* - 50) / b*) of CIELAB under D65, in degrees. */
static double
typology_angle (const double rgb[3])
{
  double r = linear (rgb[0]), g = linear (rgb[1]), b = linear (rgb[2]);
  double y = lightness_root (0.2126 * r + 0.7152 * g + 0.0722 * b);
  double z = lightness_root ((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0891);

  return atan2 (116 * y - 16 - 50, 200 * (y - z)) * 180 / G_PI;
}

/* Adds a square of the cheek below an eye. */
static void
add_cheek (const GdkPixbuf *photo, MePoint eye, float ipd, double sum[3], guint *n)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (photo);
  int channels = gdk_pixbuf_get_n_channels (photo), stride = gdk_pixbuf_get_rowstride (photo);
  int half = (int)(0.1f * ipd), x0 = (int)eye.x, y0 = (int)(eye.y + 0.55f * ipd);

  for (int y = MAX (0, y0 - half); y < MIN (gdk_pixbuf_get_height (photo), y0 + half); y++) {
    for (int x = MAX (0, x0 - half); x < MIN (gdk_pixbuf_get_width (photo), x0 + half); x++) {
      for (int c = 0; c < 3; c++)
        sum[c] += pixels[y * stride + x * channels + c];
      ++*n;
    }
  }
}

static gboolean
measure_skin (Person *person, GError **error)
{
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (person->photo, error);
  double sum[3] = { 0 };
  guint n = 0;

  if (!face)
    return FALSE;
  for (MeSide side = ME_LEFT; side <= ME_RIGHT; side++)
    add_cheek (face->photo, me_eye_center (face->landmarks, side),
        gst_microexpr_test_face_ipd (face), sum, &n);
  for (int c = 0; c < 3; c++)
    sum[c] /= MAX (n, 1);
  person->tone = typology_angle (sum);
  person->skin = person->tone < DARK_TONE    ? SKIN_DARK
                 : person->tone < LIGHT_TONE ? SKIN_INTERMEDIATE
                                             : SKIN_LIGHT;
  gst_microexpr_test_face_free (face);
  return TRUE;
}

/* ---- info.csv ---- */

/* Rows of face_id,age,gender,ethnicity. */
static void
read_info (const char *info, Person *person)
{
  g_auto (GStrv) rows = g_strsplit_set (info, "\r\n", -1);

  for (char **row = rows; *row; row++) {
    g_auto (GStrv) columns = g_strsplit (*row, ",", -1);
    if (g_strv_length (columns) < 4 || !g_str_equal (columns[0], person->name))
      continue;
    person->age = (int)g_ascii_strtoull (columns[1], NULL, 10);
    person->sex = g_strdup (columns[2]);
    person->ethnicity = g_strdup (columns[3]);
  }
}

static gint
compare_people (gconstpointer a, gconstpointer b)
{
  const Person *const *p = a, *const *q = b;

  return strcmp ((*p)->name, (*q)->name);
}

GPtrArray *
people_load (const char *folder, gboolean tuning, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (person_free);
  g_autofree char *info_path = g_build_filename (folder, "info.csv", NULL), *info = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *file;

  if (!dir || !g_file_get_contents (info_path, &info, NULL, error))
    return NULL;
  while ((file = g_dir_read_name (dir))) {
    g_autofree char *name = g_strndup (file, strcspn (file, "_"));
    Person *person;

    if (!g_str_has_suffix (file, PHOTO_END) || g_strv_contains (tuning_split.faces, name) != tuning)
      continue;
    person = g_new0 (Person, 1);
    g_ptr_array_add (people, person);
    person->name = g_steal_pointer (&name);
    person->photo = g_build_filename (folder, file, NULL);
    read_info (info, person);
    if (!measure_skin (person, error))
      return NULL;
  }
  g_ptr_array_sort (people, compare_people);
  return g_steal_pointer (&people);
}
