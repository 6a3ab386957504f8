/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines that must not get lost: each is written whole and at once; what cannot be written, as on a
 * full disk, waits in memory and is tried again. Any thread may write. */
#pragma once

#include <glib.h>

typedef struct _Writer Writer;

/* path: appended to; "-": standard output; NULL: lines go nowhere. NULL and `error`: cannot be
 * opened. */
Writer *writer_new (const char *path, GError **error);

Writer *writer_ref (Writer *writer);
void writer_unref (Writer *writer);

/* Everything was written. */
gboolean writer_is_complete (Writer *writer);

/* One line, its end included. */
void writer_add (Writer *writer, const char *line, gsize size);

/* Tries again to write what waits; to be called now and then. */
void writer_flush (Writer *writer);

/* Opens the file anew: it may have been moved away. */
void writer_reopen (Writer *writer);
