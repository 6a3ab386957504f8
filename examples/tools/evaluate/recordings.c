/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds recordings below a folder, and maps frame numbers of the sheets to their frames. */
#include "recordings.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared/hidden.h"

#define DEEPEST 10       /* folders in folders */
#define MOST_FRAMES 1e9  /* larger numbers in names of images are dates */
#define LEAST_IMAGES 0.5 /* share of an expression's images that must exist */

static const char *const image_endings[] = { ".jpg", ".jpeg", ".png", ".bmp", NULL };
static const char *const video_endings[] = { ".avi", ".mp4", ".mov", ".mkv", ".webm", ".mpg",
  ".wmv", NULL };

/* State of the search. */
typedef struct
{
  const char *root;
  GRegex *path;
  double frame_rate;
  GPtrArray *recordings;
  GHashTable *by_key;
  GError *error; /* of two recordings with the same name */
} Search;

static void
free_recording (gpointer data)
{
  Recording *recording = data;

  g_free (recording->name);
  g_free (recording->path);
  g_free (recording->stamp);
  g_free (recording->file);
  g_clear_pointer (&recording->images, g_ptr_array_unref);
  g_clear_pointer (&recording->positions, g_array_unref);
  g_ptr_array_unref (recording->coded);
  g_free (recording);
}

static char *
key_of (guint subject, const char *file)
{
  return g_strdup_printf ("%u/%s", subject, file);
}

static gboolean
ends_with_one_of (const char *lower, const char *const *endings)
{
  for (; *endings; endings++) {
    if (g_str_has_suffix (lower, *endings))
      return TRUE;
  }
  return FALSE;
}

/* The last number in the name, before its ending; -1: none. */
static gint64
number_of (const char *name)
{
  const char *dot = strrchr (name, '.'), *end = dot ? dot : name + strlen (name), *start;

  while (end > name && !g_ascii_isdigit (end[-1]))
    end--;
  for (start = end; start > name && g_ascii_isdigit (start[-1]);)
    start--;
  return start < end ? g_ascii_strtoll (start, NULL, 10) : -1;
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  gint64 m = number_of (x), n = number_of (y);

  return m != n ? (m > n) - (m < n) : strcmp (x, y);
}

/* Positions from the numbers of the images, so that missing images leave gaps. Images whose numbers
 * do not ascend are taken as consecutive. */
static void
place_images (Recording *recording)
{
  const GPtrArray *images = recording->images;
  gint64 before = -1;
  gboolean ascend = TRUE;

  recording->first_number = images->len > 0 ? number_of (g_ptr_array_index (images, 0)) : -1;
  for (guint i = 0; i < images->len; i++) {
    gint64 number = number_of (g_ptr_array_index (images, i));

    ascend = ascend && number > before && number <= MOST_FRAMES;
    before = number;
  }
  if (!ascend)
    recording->first_number = -1;
  for (guint i = 0; i < images->len; i++) {
    gint64 position =
        ascend ? number_of (g_ptr_array_index (images, i)) - recording->first_number : i;

    g_array_append_val (recording->positions, position);
  }
}

/* A hash of path, size, modification time, number and span of the images. */
static char *
make_stamp (const Recording *recording)
{
  const GArray *positions = recording->positions;
  g_autofree char *absolute = g_canonicalize_filename (recording->path, NULL), *text = NULL,
                  *sum = NULL, *name = g_strdup (recording->name);
  GStatBuf info = { 0 };

  g_stat (recording->path, &info);
  text = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %" G_GINT64_FORMAT,
      absolute, (gint64)info.st_size, (gint64)info.st_mtime, positions->len,
      positions->len > 0 ? g_array_index (positions, gint64, positions->len - 1) : 0);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strdup_printf ("%s-%.12s", g_strdelimit (name, G_DIR_SEPARATOR_S, '_'), sum);
}

/* images: takes ownership; NULL for a video file. below: the path below the root. */
static void
add_recording (Search *search, const char *below, GPtrArray *images)
{
  g_autofree char *lower = g_ascii_strdown (below, -1), *key = NULL, *subject = NULL, *file = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  Recording *recording, *other;
  char *dot = strrchr (lower, '.');

  if (!images && dot)
    *dot = 0;
  if (!g_regex_match (search->path, lower, 0, &match)) {
    g_clear_pointer (&images, g_ptr_array_unref);
    return;
  }
  subject = g_match_info_fetch_named (match, "s");
  file = g_match_info_fetch_named (match, "f");
  recording = g_new0 (Recording, 1);
  recording->name = g_strdup (below);
  recording->path = g_build_filename (search->root, below, NULL);
  recording->subject = (guint)atoi (subject);
  recording->file = g_steal_pointer (&file);
  recording->first = -1;
  recording->frame_rate = search->frame_rate;
  recording->coded = g_ptr_array_new ();
  recording->images = images;
  recording->positions = g_array_new (FALSE, FALSE, sizeof (gint64));
  recording->first_number = -1;
  if (images)
    place_images (recording);
  recording->stamp = make_stamp (recording);
  g_ptr_array_add (search->recordings, recording);
  key = key_of (recording->subject, recording->file);
  other = g_hash_table_lookup (search->by_key, key);
  if (other && !search->error)
    g_set_error (&search->error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
        "%s: both %s and %s are recordings of subject %u, %s: give the folder above one of them",
        search->root, other->name, below, recording->subject, recording->file);
  g_hash_table_insert (search->by_key, g_steal_pointer (&key), recording);
}

/* below: the folder, "" for the root. */
static void
search_folder (Search *search, const char *below, int depth)
{
  g_autofree char *path = g_build_filename (search->root, below, NULL);
  GDir *folder = depth < DEEPEST ? g_dir_open (path, 0, NULL) : NULL;
  GPtrArray *images;
  const char *name;

  if (!folder)
    return;
  images = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder))) {
    g_autofree char *lower = g_ascii_strdown (name, -1);
    g_autofree char *entry = *below ? g_build_filename (below, name, NULL) : g_strdup (name);
    g_autofree char *full = NULL;

    if (app_is_hidden (name))
      continue;
    if (ends_with_one_of (lower, image_endings)) {
      g_ptr_array_add (images, g_strdup (name));
      continue;
    }
    full = g_build_filename (path, name, NULL);
    if (g_file_test (full, G_FILE_TEST_IS_DIR))
      search_folder (search, entry, depth + 1);
    else if (ends_with_one_of (lower, video_endings))
      add_recording (search, entry, NULL);
  }
  g_dir_close (folder);
  g_ptr_array_sort (images, compare_numbers);
  if (images->len > 0)
    add_recording (search, below, images);
  else
    g_ptr_array_unref (images);
}

/* Assigns every coded expression to its recording. */
static gboolean
share_out (const Layout *layout, Search *search, Coding *coding, gboolean partial, GError **error)
{
  for (guint i = 0; i < coding->coded->len; i++) {
    const Coded *coded = g_ptr_array_index (coding->coded, i);
    g_autofree char *key = key_of (coded->subject, coded->file);
    Recording *recording = g_hash_table_lookup (search->by_key, key);

    if (recording) {
      g_ptr_array_add (recording->coded, (gpointer)coded);
      recording->first = coded->first;
    } else if (partial) {
      coding_leave_out (coding, coded, COLUMN_FILE, "there is no recording of subject %u, %s",
          coded->subject, coded->file);
    } else {
      sheet_error (error, coded->sheet, coded->row, coded->columns[COLUMN_FILE],
          "subject %u, %s: no such recording below %s: no folder of images and no video has a path "
          "that ends like %s (--partial leaves the expression out)",
          coded->subject, coded->file, search->root, layout->shape);
      return FALSE;
    }
  }
  return TRUE;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  const Recording *x = *(const Recording *const *)a, *y = *(const Recording *const *)b;

  return x->subject != y->subject ? (x->subject > y->subject) - (x->subject < y->subject)
                                  : strcmp (x->name, y->name);
}

GPtrArray *
recordings_find (
    const Layout *layout, const char *folder, Coding *coding, gboolean partial, GError **error)
{
  Search search = { .root = folder, .frame_rate = layout->frame_rate };

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR, "%s: no such folder", folder);
    return NULL;
  }
  search.path = g_regex_new (layout->path, G_REGEX_RAW, 0, NULL); /* paths need not be UTF-8 */
  search.recordings = g_ptr_array_new_with_free_func (free_recording);
  search.by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  search_folder (&search, "", 0);
  if (search.error)
    g_propagate_error (error, search.error);
  else if (search.recordings->len == 0)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
        "%s: no recording of %s below it: no folder of images and no video has a path that ends "
        "like %s",
        folder, layout->title, layout->shape);
  if (search.error || search.recordings->len == 0 ||
      !share_out (layout, &search, coding, partial, error))
    g_clear_pointer (&search.recordings, g_ptr_array_unref);
  g_regex_unref (search.path);
  g_hash_table_unref (search.by_key);
  if (!search.recordings)
    return NULL;
  for (guint i = search.recordings->len; i > 0 && !layout->whole_recordings; i--) {
    const Recording *recording = g_ptr_array_index (search.recordings, i - 1);

    if (recording->coded->len == 0)
      g_ptr_array_remove_index (search.recordings, i - 1);
  }
  g_ptr_array_sort (search.recordings, compare_names);
  return search.recordings;
}

/* The number of the first image in the sheet. SMIC's sheet gives the number of the first frame,
 * while its images may be numbered from 1. */
static gint64
first_of_sheet (const Recording *recording)
{
  gboolean numbered = recording->first_number >= 0;

  if (recording->first < 0)
    return numbered ? recording->first_number : 1;
  if (!numbered || recording->first_number >= recording->first)
    return numbered ? recording->first_number : recording->first;
  return recording->first + MAX (recording->first_number - 1, 0);
}

gint64
recording_position (const Recording *recording, gint64 number)
{
  return number - first_of_sheet (recording);
}

/* The number of images in this inclusive range of positions. */
static guint
count_images (const Recording *recording, gint64 begin, gint64 end)
{
  const GArray *positions = recording->positions;
  guint n = 0;

  if (!recording->images)
    return (guint)CLAMP (MIN (end + 1, recording->n_frames) - MAX (begin, 0), 0, G_MAXINT);
  for (guint i = 0; i < positions->len; i++) {
    gint64 position = g_array_index (positions, gint64, i);

    n += position >= begin && position <= end;
  }
  return n;
}

/* Whether enough of its images exist; otherwise notes it as left out. */
static gboolean
has_images (const Recording *recording, const Coded *coded, Coding *coding)
{
  gint64 begin = recording_position (recording, coded->onset),
         end = recording_position (recording, coded->offset), wanted = end - begin + 1;
  guint n = count_images (recording, begin, end);

  if (n >= LEAST_IMAGES * (double)wanted)
    return TRUE;
  coding_leave_out (coding, coded, COLUMN_ONSET,
      "of %s, frames %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", only %u of %" G_GINT64_FORMAT
      " exist",
      recording->name, coded->onset, coded->offset, n, wanted);
  return FALSE;
}

static Item
item_of (const Recording *recording, const Coded *coded)
{
  Item item = { .kind = coded->kind, .confidence = 1, .match = -1 };

  item.onset = (double)recording_position (recording, coded->onset) / recording->frame_rate;
  item.offset = (double)recording_position (recording, coded->offset) / recording->frame_rate;
  for (MeAu unit = 0; unit < ME_N_AUS; unit++) {
    item.strength[unit] = coded->units[unit];
    item.left[unit] = coded->units[unit] && !coded->right[unit];
    item.right[unit] = coded->units[unit] && !coded->left[unit];
  }
  g_strlcpy (item.emotion, coded->label, sizeof item.emotion);
  return item;
}

GArray *
recording_truths (Recording *recording, Coding *coding)
{
  GArray *truths = g_array_new (FALSE, TRUE, sizeof (Item));
  GPtrArray *kept = g_ptr_array_new ();

  for (guint i = 0; i < recording->coded->len; i++) {
    const Coded *coded = g_ptr_array_index (recording->coded, i);

    if (has_images (recording, coded, coding)) {
      Item item = item_of (recording, coded);

      g_array_append_val (truths, item);
      g_ptr_array_add (kept, (gpointer)coded);
    }
  }
  g_ptr_array_unref (recording->coded);
  recording->coded = kept;
  return truths;
}

void
recording_list_damage (const Recording *recording, Coding *coding)
{
  guint n_images = recording->images ? recording->images->len : 0;

  if (n_images > recording->n_frames)
    coding_list (coding, "%s: %u of its %u images are missing or damaged", recording->name,
        n_images - recording->n_frames, n_images);
}

double
recording_duration (const Recording *recording)
{
  const GArray *positions = recording->positions;
  gint64 n_frames = recording->n_frames;

  if (positions && positions->len > 0)
    n_frames = g_array_index (positions, gint64, positions->len - 1) + 1;
  return (double)n_frames / recording->frame_rate;
}
