/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "workers.h"

#include "microexpr.h"

typedef struct
{
  MeWorkers *workers;
  guint number;
  GThread *thread;
} Worker;

struct _MeWorkers
{
  GMutex lock; /* protects what follows */
  GCond begun, ended;
  Worker others[ME_MAX_THREADS - 1];
  guint n_others;
  guint round; /* incremented by every run */
  guint n_busy;
  gboolean over;
  MeWork work; /* of this round; written only between rounds */
  gpointer user_data;
  guint n;
  gint next; /* atomic: the next item to start */
};

/* Does items until none is left. */
static void
work_on_items (MeWorkers *w, guint number)
{
  guint i;

  while ((i = (guint)g_atomic_int_add (&w->next, 1)) < w->n)
    w->work (i, number, w->user_data);
}

static gpointer
wait_and_work (gpointer data)
{
  Worker *self = data;
  MeWorkers *w = self->workers;
  guint seen = 0;

  g_mutex_lock (&w->lock);
  while (!w->over) {
    if (seen == w->round) {
      g_cond_wait (&w->begun, &w->lock);
      continue;
    }
    seen = w->round;
    g_mutex_unlock (&w->lock);
    work_on_items (w, self->number);
    g_mutex_lock (&w->lock);
    if (--w->n_busy == 0)
      g_cond_signal (&w->ended);
  }
  g_mutex_unlock (&w->lock);
  return NULL;
}

MeWorkers *
me_workers_new (guint n_threads)
{
  MeWorkers *w = g_new0 (MeWorkers, 1);

  g_mutex_init (&w->lock);
  g_cond_init (&w->begun);
  g_cond_init (&w->ended);
  while (w->n_others + 1 < MIN (n_threads, ME_MAX_THREADS)) {
    Worker *other = &w->others[w->n_others];
    *other = (Worker){ w, w->n_others + 1, NULL };
    other->thread = g_thread_try_new ("microexpr", wait_and_work, other, NULL);
    if (!other->thread)
      break;
    w->n_others++;
  }
  return w;
}

void
me_workers_free (MeWorkers *w)
{
  if (!w)
    return;
  g_mutex_lock (&w->lock);
  w->over = TRUE;
  g_cond_broadcast (&w->begun);
  g_mutex_unlock (&w->lock);
  for (guint i = 0; i < w->n_others; i++)
    g_thread_join (w->others[i].thread);
  g_cond_clear (&w->begun);
  g_cond_clear (&w->ended);
  g_mutex_clear (&w->lock);
  g_free (w);
}

void
me_workers_run (MeWorkers *w, guint n, MeWork work, gpointer user_data)
{
  gboolean alone = w->n_others == 0 || n < 2;

  g_mutex_lock (&w->lock);
  w->work = work;
  w->user_data = user_data;
  w->n = n;
  g_atomic_int_set (&w->next, 0);
  if (!alone) {
    w->n_busy = w->n_others;
    w->round++;
    g_cond_broadcast (&w->begun);
  }
  g_mutex_unlock (&w->lock);
  work_on_items (w, 0);
  if (alone)
    return;
  g_mutex_lock (&w->lock);
  while (w->n_busy)
    g_cond_wait (&w->ended, &w->lock);
  g_mutex_unlock (&w->lock);
}
