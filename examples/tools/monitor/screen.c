/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "screen.h"

#include <glib/gprintf.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NAME_COLUMNS 20
#define REPLACEMENT 0xfffd

static gboolean has_table;
static guint n_drawn; /* lines of the table, above the cursor */

void
screen_init (gboolean table)
{
  has_table = table && isatty (STDERR_FILENO);
}

/* Moves the cursor to the start of the table and clears from there. */
static void
erase (void)
{
  if (n_drawn > 0)
    g_fprintf (stderr, "\033[%uA\033[J", n_drawn);
  n_drawn = 0;
}

static guint
width_of (gunichar character)
{
  return g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
}

/* Appends as much of the text as fits, and returns its width in columns. Control characters are
 * replaced: the text may come from the network. */
static guint
append_text (GString *line, const char *text, guint columns)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  guint taken = 0;

  for (const char *c = valid; *c; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (!g_unichar_isprint (character))
      character = REPLACEMENT;
    if (width_of (character) > columns - taken)
      break;
    g_string_append_unichar (line, character);
    taken += width_of (character);
  }
  return taken;
}

static void
print_line (const char *text, guint columns)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_text (line, text, columns);
  g_fprintf (stderr, "%s\n", line->str);
}

void
screen_log (const char *name, const char *format, ...)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%FT%TZ");
  g_autoptr (GString) line = g_string_new (time);
  va_list arguments;

  g_string_append_printf (line, " %s: ", name);
  va_start (arguments, format);
  g_string_append_vprintf (line, format, arguments);
  va_end (arguments);
  erase ();
  print_line (line->str, G_MAXUINT);
}

/* Empty when unknown. */
static const char *
number (char *text, gsize size, double value, const char *format)
{
  text[0] = '\0';
  if (value > 0)
    g_snprintf (text, size, format, value);
  return text;
}

/* Size of the terminal, 80 x 24 when unknown. */
static struct winsize
get_size (void)
{
  struct winsize size = { 0 };

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return (struct winsize){ .ws_col = 80, .ws_row = 24 };
  return size;
}

static void
draw_row (const ScreenRow *row, guint columns)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint taken = append_text (line, row->name, NAME_COLUMNS);
  char rate[32], latency[32];

  g_string_append_printf (line, "%*s  %-10s  %5s  %7s  %5u  %6" G_GUINT64_FORMAT "  %8u  %s",
      (int)(NAME_COLUMNS - taken), "", row->state,
      number (rate, sizeof rate, row->frame_rate, "%.1f"),
      number (latency, sizeof latency, row->latency_ms, "%.0f ms"), row->faces, row->events,
      row->restarts, row->warnings);
  print_line (line->str, columns);
}

/* No line may wrap or scroll out of view: erase() counts lines back to the first one. */
void
screen_draw (const ScreenRow *rows, guint n)
{
  struct winsize size = get_size ();
  guint columns = size.ws_col - 1u;
  guint most = MAX (size.ws_row, 4u) - 2; /* a line for the header, one for the cursor */
  guint shown = n <= most ? n : most - 1;
  g_autofree char *more = g_strdup_printf ("... and %u more", n - shown);

  if (!has_table)
    return;
  erase ();
  print_line ("source                state         fps  latency  faces  events  restarts  warnings",
      columns);
  for (guint i = 0; i < shown; i++)
    draw_row (&rows[i], columns);
  if (shown < n)
    print_line (more, columns);
  n_drawn = 1 + MIN (n, most);
}
