/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes lines that must not get lost. A thread writes each line whole and at once; what cannot be
 * written, because the disk is full or the reader is stuck, waits in memory and is retried. Only
 * this thread blocks on the output, and writer_finish() for a limited time. */
#pragma once

#include <glib.h>

typedef struct _Writer Writer;

/* path: appended to; "-": standard output; NULL: lines are discarded. Returns NULL and sets `error`
 * when it cannot be opened. Main thread, like all functions that do not say otherwise. */
Writer *writer_new (const char *path, GError **error);

/* Any thread. */
Writer *writer_ref (Writer *writer);
void writer_unref (Writer *writer);

/* line: with its line break. Any thread. */
void writer_add (Writer *writer, const char *line, gsize size);

/* Retries waiting lines, and logs problems when they start and end. Call it now and then. */
void writer_tick (Writer *writer);

/* Reopens the file, which may have been moved away. */
void writer_reopen (Writer *writer);

/* Writes waiting lines, for a few seconds at most. TRUE: all were written. No more lines are
 * written afterwards. */
gboolean writer_finish (Writer *writer);
