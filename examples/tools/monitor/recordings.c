/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordings.h"

#define MOST_FILES 2000 /* remembered: as many as events are kept for the live page */

typedef struct
{
  guint64 number;
  guint connection;
  char *path;
  gint64 first_ns, last_ns;
  gboolean complete;
} File;

struct _Recordings
{
  gatomicrefcount ref_count; /* the camera, its recorder, and files that are being written */

  GMutex lock;  /* guards the fields below */
  GQueue files; /* File, the newest first */
  guint64 n_added;
  guint connection;
};

static void
free_file (File *file)
{
  g_free (file->path);
  g_free (file);
}

Recordings *
recordings_new (void)
{
  Recordings *recordings = g_new0 (Recordings, 1);

  g_atomic_ref_count_init (&recordings->ref_count);
  g_mutex_init (&recordings->lock);
  return recordings;
}

Recordings *
recordings_ref (Recordings *recordings)
{
  g_atomic_ref_count_inc (&recordings->ref_count);
  return recordings;
}

void
recordings_unref (Recordings *recordings)
{
  if (!g_atomic_ref_count_dec (&recordings->ref_count))
    return;
  g_queue_clear_full (&recordings->files, (GDestroyNotify)free_file);
  g_mutex_clear (&recordings->lock);
  g_free (recordings);
}

void
recordings_set_connection (Recordings *recordings, guint connection)
{
  g_mutex_lock (&recordings->lock);
  recordings->connection = connection;
  g_mutex_unlock (&recordings->lock);
}

guint64
recordings_add (Recordings *recordings, const char *path, gint64 first_ns)
{
  File *file = g_new (File, 1);
  guint64 number;

  g_mutex_lock (&recordings->lock);
  number = recordings->n_added++;
  *file = (File){ number, recordings->connection, g_strdup (path), first_ns, first_ns, FALSE };
  g_queue_push_head (&recordings->files, file);
  if (recordings->files.length > MOST_FILES)
    free_file (g_queue_pop_tail (&recordings->files));
  g_mutex_unlock (&recordings->lock);
  return number;
}

/* Lock held. NULL: forgotten. */
static File *
find (const Recordings *recordings, guint64 number)
{
  for (GList *item = recordings->files.head; item; item = item->next)
    if (((File *)item->data)->number == number)
      return item->data;
  return NULL;
}

void
recordings_extend (Recordings *recordings, guint64 number, gint64 last_ns)
{
  File *file;

  g_mutex_lock (&recordings->lock);
  file = find (recordings, number);
  if (file)
    file->last_ns = MAX (file->last_ns, last_ns);
  g_mutex_unlock (&recordings->lock);
}

void
recordings_complete (Recordings *recordings, guint64 number)
{
  File *file;

  g_mutex_lock (&recordings->lock);
  file = find (recordings, number);
  if (file)
    file->complete = TRUE;
  g_mutex_unlock (&recordings->lock);
}

static gboolean
shows (const File *file, guint connection, gint64 time_ns)
{
  return file->connection == connection && file->first_ns <= time_ns &&
         (time_ns <= file->last_ns || !file->complete);
}

char *
recordings_find (Recordings *recordings, guint connection, gint64 time_ns, gint64 until_ns,
    gint64 *first_ns, gboolean *available)
{
  char *path = NULL;

  *available = FALSE;
  g_mutex_lock (&recordings->lock);
  for (GList *item = recordings->files.head; item && !*available; item = item->next) {
    const File *file = item->data;

    if (!shows (file, connection, time_ns))
      continue;
    g_free (path); /* of the next event, which begins before that one and still grows */
    path = g_strdup (file->path);
    *first_ns = file->first_ns;
    *available = file->complete || file->last_ns >= until_ns;
  }
  g_mutex_unlock (&recordings->lock);
  return path;
}
