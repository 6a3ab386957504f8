/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "screen.h"

#include <glib/gprintf.h>
#include <stdio.h>
#include <unistd.h>

static gboolean has_table;
static guint n_drawn; /* lines of the table, above the cursor */

void
screen_init (gboolean table)
{
  has_table = table && isatty (STDERR_FILENO);
}

/* The cursor goes to where the table began; what is below is cleared. */
static void
erase (void)
{
  if (n_drawn > 0)
    g_fprintf (stderr, "\033[%uA\033[J", n_drawn);
  n_drawn = 0;
}

void
screen_log (const char *name, const char *format, ...)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%FT%TZ");
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  erase ();
  g_fprintf (stderr, "%s %s: %s\n", time, name, text);
}

/* Empty where nothing is known. */
static const char *
number (char *text, gsize size, double value, const char *format)
{
  text[0] = '\0';
  if (value > 0)
    g_snprintf (text, size, format, value);
  return text;
}

void
screen_draw (const ScreenRow *rows, guint n)
{
  if (!has_table)
    return;
  erase ();
  g_fprintf (stderr, "%-20s  %-10s  %5s  %7s  %5s  %6s  %8s  %s\n", "source", "state", "fps",
      "latency", "faces", "events", "restarts", "warnings");
  for (guint i = 0; i < n; i++) {
    const ScreenRow *row = &rows[i];
    char rate[32], latency[32];

    g_fprintf (stderr, "%-20.20s  %-10s  %5s  %7s  %5u  %6" G_GUINT64_FORMAT "  %8u  %.60s\n",
        row->name, row->state, number (rate, sizeof rate, row->frame_rate, "%.1f"),
        number (latency, sizeof latency, row->latency_ms, "%.0f ms"), row->faces, row->events,
        row->restarts, row->warnings);
  }
  n_drawn = n + 1;
}
