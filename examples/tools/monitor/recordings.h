/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files recorded of one camera, over all its connections, and what each of them shows. Times
 * are running times of the connection's pipeline. Any thread may call any function. */
#pragma once

#include <gst/gst.h>

typedef struct _Recordings Recordings;

Recordings *recordings_new (void);
Recordings *recordings_ref (Recordings *recordings);
void recordings_unref (Recordings *recordings);

/* What is added from now on belongs to this connection. */
void recordings_set_connection (Recordings *recordings, guint connection);

/* A file that begins at `first_ns`. Returns its number. */
guint64 recordings_add (Recordings *recordings, const char *path, gint64 first_ns);

/* It holds what was sent up to `last_ns`. */
void recordings_extend (Recordings *recordings, guint64 number, gint64 last_ns);

/* Nothing more comes. */
void recordings_complete (Recordings *recordings, guint64 number);

/* The file that shows this time of a connection; NULL: there is none. first_ns: its beginning.
 * available: whether it also shows what was sent up to `until_ns`, or all it ever will.
 * (transfer full) */
char *recordings_find (Recordings *recordings, guint connection, gint64 time_ns, gint64 until_ns,
    gint64 *first_ns, gboolean *available);
