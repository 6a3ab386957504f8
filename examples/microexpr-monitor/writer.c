/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MOST_WAITING (64 * 1024 * 1024) /* bytes; what comes after is dropped, and said so */

struct _Writer
{
  gatomicrefcount ref_count;
  char *path;
  GMutex lock;
  int fd;              /* -1: not open; lock */
  GByteArray *waiting; /* lock */
  gboolean failing, dropped;
};

static int
open_output (const char *path)
{
  return g_str_equal (path, "-") ? STDOUT_FILENO
                                 : open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

Writer *
writer_new (const char *path, GError **error)
{
  int fd = path ? open_output (path) : -1;
  Writer *writer;

  if (path && fd < 0) {
    g_set_error (
        error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  writer = g_new0 (Writer, 1);
  g_atomic_ref_count_init (&writer->ref_count);
  g_mutex_init (&writer->lock);
  writer->path = g_strdup (path);
  writer->fd = fd;
  writer->waiting = g_byte_array_new ();
  return writer;
}

/* Said once when it starts and once when it is over. */
static void
set_failing (Writer *writer, gboolean failing, int error)
{
  if (failing && !writer->failing)
    g_printerr ("microexpr-monitor: %s cannot be written, events wait in memory: %s\n",
        writer->path, g_strerror (error));
  else if (!failing && writer->failing)
    g_printerr ("microexpr-monitor: %s is written again\n", writer->path);
  writer->failing = failing;
}

/* Lock held. */
static void
flush (Writer *writer)
{
  if (writer->fd < 0)
    writer->fd = open_output (writer->path);
  while (writer->waiting->len > 0) {
    gssize n = write (writer->fd, writer->waiting->data, writer->waiting->len);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      set_failing (writer, TRUE, errno);
      return;
    }
    g_byte_array_remove_range (writer->waiting, 0, (guint)n);
  }
  set_failing (writer, FALSE, 0);
}

void
writer_add (Writer *writer, const char *line, gsize size)
{
  if (!writer->path)
    return;
  g_mutex_lock (&writer->lock);
  if (writer->waiting->len + size > MOST_WAITING) {
    writer->dropped = TRUE;
  } else {
    g_byte_array_append (writer->waiting, (const guint8 *)line, (guint)size);
    flush (writer);
  }
  g_mutex_unlock (&writer->lock);
}

void
writer_flush (Writer *writer)
{
  if (!writer->path)
    return;
  g_mutex_lock (&writer->lock);
  flush (writer);
  g_mutex_unlock (&writer->lock);
}

void
writer_reopen (Writer *writer)
{
  if (!writer->path || g_str_equal (writer->path, "-"))
    return;
  g_mutex_lock (&writer->lock);
  flush (writer);
  if (writer->fd >= 0)
    close (writer->fd);
  writer->fd = -1;
  flush (writer);
  g_mutex_unlock (&writer->lock);
}

gboolean
writer_is_complete (Writer *writer)
{
  gboolean complete;

  writer_flush (writer);
  g_mutex_lock (&writer->lock);
  complete = writer->waiting->len == 0 && !writer->dropped;
  g_mutex_unlock (&writer->lock);
  return complete;
}

Writer *
writer_ref (Writer *writer)
{
  g_atomic_ref_count_inc (&writer->ref_count);
  return writer;
}

void
writer_unref (Writer *writer)
{
  if (!g_atomic_ref_count_dec (&writer->ref_count))
    return;
  if (writer->fd > STDERR_FILENO)
    close (writer->fd);
  g_byte_array_unref (writer->waiting);
  g_mutex_clear (&writer->lock);
  g_free (writer->path);
  g_free (writer);
}
