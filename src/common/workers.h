/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that share the items of one job at a time. Only me_workers_new() allocates. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MeWorkers MeWorkers;

/* Does item i. worker: 0 .. n_threads - 1; no two calls that run at once have the same. */
typedef void (*MeWork) (guint i, guint worker, gpointer user_data);

/* n_threads: 1 .. ME_MAX_THREADS, including the caller of me_workers_run(). Uses fewer when the
 * system cannot start as many. Free with me_workers_free(). */
MeWorkers *me_workers_new (guint n_threads);
void me_workers_free (MeWorkers *workers);

/* Runs `work` on items 0 .. n - 1, in any order and on any of the threads; returns when all are
 * done. One call at a time. */
void me_workers_run (MeWorkers *workers, guint n, MeWork work, gpointer user_data);

G_END_DECLS
