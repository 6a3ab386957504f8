/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines that must not get lost: a thread writes each whole and at once; what cannot be written, as
 * on a full disk or to somebody who does not read, waits in memory and is tried again. Nobody ever
 * waits for the output but this thread, and writer_finish() for a while. */
#pragma once

#include <glib.h>

typedef struct _Writer Writer;

/* path: appended to; "-": standard output; NULL: lines go nowhere. NULL and `error`: cannot be
 * opened. Main thread, as all that does not say otherwise. */
Writer *writer_new (const char *path, GError **error);

/* Any thread. */
Writer *writer_ref (Writer *writer);
void writer_unref (Writer *writer);

/* One line, its end included. Any thread. */
void writer_add (Writer *writer, const char *line, gsize size);

/* Tries again to write what waits, and says what hinders it; to be called now and then. */
void writer_tick (Writer *writer);

/* Opens the file anew: it may have been moved away. */
void writer_reopen (Writer *writer);

/* Writes what waits, for a few seconds at most. TRUE: everything was written. Nothing is
 * afterwards.
 */
gboolean writer_finish (Writer *writer);
