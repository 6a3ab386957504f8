/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Progress on stderr, and Ctrl-C. */
#include "progress.h"

#include <glib-unix.h>
#include <glib/gprintf.h>
#include <signal.h>
#include <unistd.h>

#define BAR_COLUMNS 24
#define SHOW_EVERY_US 200000
#define TRUST_AFTER_US 1000000 /* the estimate of the time left jumps before */

struct _AppProgress
{
  gboolean on_terminal;
  guint on_int, on_term; /* source ids */
  guint n_stops;
  const char *step;
  gint64 begin_us, shown_us; /* monotonic */
  int tenth;                 /* last one printed */
};

static gboolean
on_signal (gpointer user_data)
{
  AppProgress *progress = user_data;

  progress->n_stops++;
  return G_SOURCE_CONTINUE;
}

AppProgress *
app_progress_new (void)
{
  AppProgress *progress = g_new0 (AppProgress, 1);

  progress->on_terminal = isatty (STDERR_FILENO);
  progress->on_int = g_unix_signal_add (SIGINT, on_signal, progress);
  progress->on_term = g_unix_signal_add (SIGTERM, on_signal, progress);
  return progress;
}

void
app_progress_free (AppProgress *progress)
{
  g_source_remove (progress->on_term);
  g_source_remove (progress->on_int);
  g_free (progress);
}

guint
app_progress_stops (AppProgress *progress)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return progress->n_stops;
}

void
app_progress_begin (AppProgress *progress, const char *step)
{
  progress->step = step;
  progress->begin_us = g_get_monotonic_time ();
  progress->shown_us = 0;
  progress->tenth = 0;
}

/* "2:05 left", or "" while unknown. */
static void
format_left (char *text, gsize size, gint64 elapsed_us, double done)
{
  double left_s = (double)elapsed_us / 1e6 * (1 - done) / done;
  guint s = (guint)(left_s + 0.5);

  text[0] = '\0';
  if (elapsed_us < TRUST_AFTER_US || done <= 0)
    return;
  if (s >= 3600)
    g_snprintf (text, size, "%u:%02u:%02u left", s / 3600, s / 60 % 60, s % 60);
  else
    g_snprintf (text, size, "%u:%02u left", s / 60, s % 60);
}

static void
show_bar (AppProgress *progress, double done, const char *detail)
{
  gint64 now_us = g_get_monotonic_time ();
  char bar[BAR_COLUMNS + 1], left[32];

  if (now_us - progress->shown_us < SHOW_EVERY_US)
    return;
  progress->shown_us = now_us;
  for (int i = 0; i < BAR_COLUMNS; i++)
    bar[i] = i < done * BAR_COLUMNS ? '#' : '.';
  bar[BAR_COLUMNS] = '\0';
  format_left (left, sizeof left, now_us - progress->begin_us, done);
  g_fprintf (stderr, "\r\033[K%-9s [%s] %3.0f %%  %s  %s", progress->step, bar, 100 * done,
      detail ? detail : "", left);
}

void
app_progress_show (AppProgress *progress, double done, const char *detail)
{
  int tenth;

  done = CLAMP (done, 0, 1);
  tenth = (int)(10 * done);
  if (progress->on_terminal) {
    show_bar (progress, done, detail);
  } else if (tenth > progress->tenth) {
    progress->tenth = tenth;
    g_fprintf (stderr, "%s: %d %%%s%s\n", progress->step, 10 * tenth, detail ? ", " : "",
        detail ? detail : "");
  }
}

void
app_progress_print (AppProgress *progress, const char *format, ...)
{
  va_list arguments;

  app_progress_end (progress);
  va_start (arguments, format);
  g_vfprintf (stderr, format, arguments);
  va_end (arguments);
  g_fprintf (stderr, "\n");
}

void
app_progress_end (AppProgress *progress)
{
  if (progress->on_terminal)
    g_fprintf (stderr, "\r\033[K");
}
