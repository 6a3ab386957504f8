/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that share a piece of work and wait for the next. Allocates when made only. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

typedef struct _MeWorkers MeWorkers;

/* Does item i; worker: 0 .. n_threads - 1, of which no two are the same at a time. */
typedef void (*MeWork) (guint i, guint worker, gpointer user_data);

/* n_threads: with the one that calls me_workers_run(), 1 .. ME_MAX_THREADS. Fewer when the system
 * gives no more. */
MeWorkers *me_workers_new (guint n_threads);
void me_workers_free (MeWorkers *workers);

/* Returns when all n items are done, in any order and on any of the threads. One call at a time. */
void me_workers_run (MeWorkers *workers, guint n, MeWork work, gpointer user_data);

G_END_DECLS
