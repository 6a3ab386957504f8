/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GLib's locks, which are made of futexes, as POSIX ones that ThreadSanitizer sees. Linked into the
 * tests with -Db_sanitize=thread, where these functions win over those of the library; what GLib
 * calls inside itself stays its own and never meets these. */
#include <errno.h>
#include <glib.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* What a lock points at is made when it is first used: zeroed memory is a lock, too. */
static gpointer
get (gpointer *p, gpointer (*make) (void), void (*drop) (gpointer))
{
  gpointer here = __atomic_load_n (p, __ATOMIC_ACQUIRE), made;

  if (here)
    return here;
  made = make ();
  if (__atomic_compare_exchange_n (p, &here, made, FALSE, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    return made;
  drop (made);
  return here;
}

static gpointer
make_mutex (int type)
{
  pthread_mutex_t *mutex = malloc (sizeof *mutex);
  pthread_mutexattr_t attr;

  pthread_mutexattr_init (&attr);
  pthread_mutexattr_settype (&attr, type);
  pthread_mutex_init (mutex, &attr);
  pthread_mutexattr_destroy (&attr);
  return mutex;
}

static gpointer
make_plain (void)
{
  return make_mutex (PTHREAD_MUTEX_NORMAL);
}

static gpointer
make_recursive (void)
{
  return make_mutex (PTHREAD_MUTEX_RECURSIVE);
}

static void
drop_mutex (gpointer mutex)
{
  if (mutex)
    pthread_mutex_destroy (mutex);
  free (mutex);
}

static gpointer
make_cond (void)
{
  pthread_cond_t *cond = malloc (sizeof *cond);
  pthread_condattr_t attr;

  pthread_condattr_init (&attr);
  pthread_condattr_setclock (&attr, CLOCK_MONOTONIC);
  pthread_cond_init (cond, &attr);
  pthread_condattr_destroy (&attr);
  return cond;
}

static void
drop_cond (gpointer cond)
{
  if (cond)
    pthread_cond_destroy (cond);
  free (cond);
}

/* ---- GMutex ---- */

void
g_mutex_init (GMutex *mutex)
{
  mutex->p = NULL;
}

void
g_mutex_clear (GMutex *mutex)
{
  drop_mutex (mutex->p);
  mutex->p = NULL;
}

void
g_mutex_lock (GMutex *mutex)
{
  pthread_mutex_lock (get (&mutex->p, make_plain, drop_mutex));
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  return pthread_mutex_trylock (get (&mutex->p, make_plain, drop_mutex)) == 0;
}

void
g_mutex_unlock (GMutex *mutex)
{
  pthread_mutex_unlock (get (&mutex->p, make_plain, drop_mutex));
}

/* ---- GRecMutex ---- */

void
g_rec_mutex_init (GRecMutex *mutex)
{
  mutex->p = NULL;
}

void
g_rec_mutex_clear (GRecMutex *mutex)
{
  drop_mutex (mutex->p);
  mutex->p = NULL;
}

void
g_rec_mutex_lock (GRecMutex *mutex)
{
  pthread_mutex_lock (get (&mutex->p, make_recursive, drop_mutex));
}

gboolean
g_rec_mutex_trylock (GRecMutex *mutex)
{
  return pthread_mutex_trylock (get (&mutex->p, make_recursive, drop_mutex)) == 0;
}

void
g_rec_mutex_unlock (GRecMutex *mutex)
{
  pthread_mutex_unlock (get (&mutex->p, make_recursive, drop_mutex));
}

/* ---- GCond ---- */

void
g_cond_init (GCond *cond)
{
  cond->p = NULL;
}

void
g_cond_clear (GCond *cond)
{
  drop_cond (cond->p);
  cond->p = NULL;
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  pthread_cond_wait (get (&cond->p, make_cond, drop_cond), get (&mutex->p, make_plain, drop_mutex));
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_us)
{
  struct timespec end = { end_us / G_USEC_PER_SEC, end_us % G_USEC_PER_SEC * 1000 };

  return pthread_cond_timedwait (get (&cond->p, make_cond, drop_cond),
             get (&mutex->p, make_plain, drop_mutex), &end) != ETIMEDOUT;
}

void
g_cond_signal (GCond *cond)
{
  pthread_cond_signal (get (&cond->p, make_cond, drop_cond));
}

void
g_cond_broadcast (GCond *cond)
{
  pthread_cond_broadcast (get (&cond->p, make_cond, drop_cond));
}

/* ---- GOnce ---- */

static pthread_mutex_t once_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t once_done = PTHREAD_COND_INITIALIZER;

gpointer
g_once_impl (GOnce *once, GThreadFunc function, gpointer argument)
{
  pthread_mutex_lock (&once_lock);
  while (once->status == G_ONCE_STATUS_PROGRESS)
    pthread_cond_wait (&once_done, &once_lock);
  if (once->status != G_ONCE_STATUS_READY) {
    once->status = G_ONCE_STATUS_PROGRESS;
    pthread_mutex_unlock (&once_lock);
    gpointer value = function (argument);
    pthread_mutex_lock (&once_lock);
    once->retval = value;
    __atomic_store_n (&once->status, G_ONCE_STATUS_READY, __ATOMIC_RELEASE);
    pthread_cond_broadcast (&once_done);
  }
  pthread_mutex_unlock (&once_lock);
  return once->retval;
}
