/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "writer.h"

#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_WAITING (64 * 1024 * 1024) /* bytes; further lines are dropped, and this is logged */
#define BLOCKED_US (3 * G_USEC_PER_SEC) /* a write that blocks this long is logged */
#define FINISH_US (3 * G_USEC_PER_SEC)  /* for writer_finish() */

struct _Writer
{
  gatomicrefcount ref_count; /* the thread holds one: it may outlive the others when blocked */
  char *path;
  GThread *thread; /* NULL: lines are discarded */

  GMutex lock; /* guards the fields below; never held while writing */
  GCond changed;
  GQueue lines;                    /* GBytes; the thread writes the first and alone removes it */
  gsize n_bytes;                   /* of them */
  guint n_dropped;                 /* lines */
  gboolean wanted, reopen, ending; /* requests to the thread */
  gboolean ended;                  /* the thread has ended */
  gint64 since_us;                 /* when it began to open or write; 0: idle */
  int error;                       /* errno of the last attempt; 0: success */

  /* Used by the thread only. */
  int fd;            /* -1: not open */
  gsize n_written;   /* of the first line, so far */
  gboolean mid_line; /* the file ends inside a line of an earlier run */

  /* Used by the main thread only. */
  gboolean said_failing, said_dropped;
  guint n_told; /* dropped lines already logged */
};

/* ---- the output ---- */

/* As after a crash or on a full disk. */
static gboolean
ends_in_mid_line (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;
  char last = '\n';

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_size > 0 &&
      pread (fd, &last, 1, status.st_size - 1) != 1)
    last = '\n';
  close (fd);
  return last != '\n';
}

/* FALSE and errno set: cannot be opened. Does not wait for a reader of a FIFO. */
static gboolean
open_output (Writer *writer)
{
  if (g_str_equal (writer->path, "-")) {
    writer->fd = STDOUT_FILENO;
    return TRUE;
  }
  writer->fd = open (writer->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0640);
  if (writer->fd < 0)
    return FALSE;
  fcntl (writer->fd, F_SETFL, O_APPEND); /* blocking from here on */
  writer->mid_line = ends_in_mid_line (writer->path);
  return TRUE;
}

/* A partly written line is repeated in the next file. */
static void
close_output (Writer *writer)
{
  if (writer->fd > STDERR_FILENO)
    close (writer->fd);
  writer->fd = -1;
  writer->n_written = 0;
}

/* ---- the thread ---- */

/* 0, or an errno; *n_written counts the bytes written so far. */
static int
write_rest (int fd, const char *data, gsize size, gsize *n_written)
{
  while (*n_written < size) {
    gssize n = write (fd, data + *n_written, size - *n_written);

    if (n > 0)
      *n_written += (gsize)n;
    else if (n == 0 || errno != EINTR)
      return n == 0 ? ENOSPC : errno;
  }
  return 0;
}

static int
end_line (Writer *writer)
{
  gsize n_written = 0;
  int error = writer->mid_line ? write_rest (writer->fd, "\n", 1, &n_written) : 0;

  writer->mid_line = error != 0;
  return error;
}

/* NULL: no line waits. (transfer none): it stays in the queue. */
static GBytes *
first_line (Writer *writer)
{
  GBytes *line;

  g_mutex_lock (&writer->lock);
  line = g_queue_peek_head (&writer->lines);
  writer->since_us = g_get_monotonic_time ();
  g_mutex_unlock (&writer->lock);
  return line;
}

static void
remove_first_line (Writer *writer)
{
  GBytes *line;

  g_mutex_lock (&writer->lock);
  line = g_queue_pop_head (&writer->lines);
  writer->n_bytes -= g_bytes_get_size (line);
  g_mutex_unlock (&writer->lock);
  g_bytes_unref (line);
  writer->n_written = 0;
}

/* 0, or the errno that keeps lines waiting. */
static int
write_lines (Writer *writer)
{
  GBytes *line;
  int error = 0;

  if (writer->fd < 0 && !open_output (writer))
    return errno;
  error = end_line (writer);
  while (error == 0 && (line = first_line (writer))) {
    gsize size;
    const char *data = g_bytes_get_data (line, &size);

    error = write_rest (writer->fd, data, size, &writer->n_written);
    if (error == 0)
      remove_first_line (writer);
  }
  return error;
}

static gpointer
work (gpointer user_data)
{
  Writer *writer = user_data;
  gboolean reopen, ending = FALSE;
  int error;

  while (!ending) {
    g_mutex_lock (&writer->lock);
    while (!writer->wanted)
      g_cond_wait (&writer->changed, &writer->lock);
    reopen = writer->reopen;
    ending = writer->ending;
    writer->wanted = writer->reopen = FALSE;
    writer->since_us = g_get_monotonic_time ();
    g_mutex_unlock (&writer->lock);

    error = write_lines (writer);
    if (reopen) {
      close_output (writer);
      error = write_lines (writer);
    }

    g_mutex_lock (&writer->lock);
    writer->error = error;
    writer->since_us = 0;
    writer->ended = ending;
    g_cond_broadcast (&writer->changed);
    g_mutex_unlock (&writer->lock);
  }
  writer_unref (writer);
  return NULL;
}

/* ---- for other threads ---- */

/* Lock held. */
static void
wake (Writer *writer)
{
  writer->wanted = TRUE;
  g_cond_broadcast (&writer->changed);
}

Writer *
writer_new (const char *path, GError **error)
{
  Writer *writer = g_new0 (Writer, 1);

  g_atomic_ref_count_init (&writer->ref_count);
  g_mutex_init (&writer->lock);
  g_cond_init (&writer->changed);
  g_queue_init (&writer->lines);
  writer->path = g_strdup (path);
  writer->fd = -1;
  if (!path)
    return writer;
  if (!open_output (writer) && errno != ENXIO) { /* a FIFO may get a reader later */
    g_set_error (
        error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
    writer_unref (writer);
    return NULL;
  }
  writer->thread = g_thread_new ("writer", work, writer_ref (writer));
  return writer;
}

void
writer_add (Writer *writer, const char *line, gsize size)
{
  if (!writer->thread)
    return;
  g_mutex_lock (&writer->lock);
  if (writer->n_bytes + size > MOST_WAITING) {
    writer->n_dropped++;
  } else {
    g_queue_push_tail (&writer->lines, g_bytes_new (line, size));
    writer->n_bytes += size;
    wake (writer);
  }
  g_mutex_unlock (&writer->lock);
}

/* Logs each problem when it starts and when it is over. */
static void
say (Writer *writer)
{
  gboolean blocked, failing;
  guint n_dropped;
  int error;

  g_mutex_lock (&writer->lock);
  blocked = writer->since_us && g_get_monotonic_time () - writer->since_us > BLOCKED_US;
  error = writer->error;
  failing = blocked || error != 0;
  n_dropped = writer->n_dropped;
  g_mutex_unlock (&writer->lock);

  if (failing && !writer->said_failing)
    screen_log (writer->path, "cannot write, events wait in memory: %s",
        blocked ? "the reader is stuck" : g_strerror (error));
  if (n_dropped > writer->n_told && !writer->said_dropped)
    screen_log (writer->path, "too many events wait, further ones are lost");
  writer->said_dropped = n_dropped > writer->n_told && failing;
  if (!failing && writer->said_failing) {
    screen_log (writer->path, "writing again, events lost: %u", n_dropped - writer->n_told);
    writer->n_told = n_dropped;
  }
  writer->said_failing = failing;
}

void
writer_tick (Writer *writer)
{
  if (!writer->thread)
    return;
  say (writer);
  g_mutex_lock (&writer->lock);
  wake (writer);
  g_mutex_unlock (&writer->lock);
}

void
writer_reopen (Writer *writer)
{
  if (!writer->thread || g_str_equal (writer->path, "-"))
    return;
  g_mutex_lock (&writer->lock);
  writer->reopen = TRUE;
  wake (writer);
  g_mutex_unlock (&writer->lock);
}

gboolean
writer_finish (Writer *writer)
{
  gint64 end_us = g_get_monotonic_time () + FINISH_US;
  gboolean complete;

  if (!writer->thread)
    return TRUE;
  g_mutex_lock (&writer->lock);
  writer->ending = TRUE;
  wake (writer);
  while (!writer->ended && g_cond_wait_until (&writer->changed, &writer->lock, end_us))
    ;
  complete = g_queue_is_empty (&writer->lines) && writer->n_dropped == 0;
  g_mutex_unlock (&writer->lock);
  say (writer);
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
  close_output (writer);
  g_clear_pointer (&writer->thread, g_thread_unref);
  g_queue_clear_full (&writer->lines, (GDestroyNotify)g_bytes_unref);
  g_cond_clear (&writer->changed);
  g_mutex_clear (&writer->lock);
  g_free (writer->path);
  g_free (writer);
}
