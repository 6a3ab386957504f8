/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "screen.h"

#include <glib/gprintf.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <string.h>
#include <unistd.h>

#define LEAST_NAME 20 /* columns */
#define LEAST_NEWS 30
#define REPLACEMENT 0xfffd
#define ELLIPSIS 0x2026

static gboolean has_table;
static GPtrArray *table; /* owned: its lines as they stand above the cursor; NULL: none */

void
screen_init (gboolean wanted)
{
  const char *terminal = g_getenv ("TERM");

  has_table = wanted && isatty (STDERR_FILENO) && g_strcmp0 (terminal, "dumb") != 0;
}

static guint
width_of (gunichar character)
{
  return g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
}

/* Control characters are replaced: text may come from the network. (transfer full) */
static gunichar *
to_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gunichar *characters = g_utf8_to_ucs4_fast (valid, -1, NULL);

  for (gunichar *c = characters; *c; c++)
    if (!g_unichar_isprint (*c))
      *c = REPLACEMENT;
  return characters;
}

static guint
columns_of (const gunichar *characters)
{
  guint columns = 0;

  for (; *characters; characters++)
    columns += width_of (*characters);
  return columns;
}

/* As much of the text as fits. Returns its width. */
static guint
append_start (GString *line, const gunichar *characters, guint columns)
{
  guint taken = 0;

  for (; *characters && taken + width_of (*characters) <= columns; characters++) {
    g_string_append_unichar (line, *characters);
    taken += width_of (*characters);
  }
  return taken;
}

/* Where the last part of the text begins that fits. */
static const gunichar *
find_end (const gunichar *characters, guint columns)
{
  guint left = columns_of (characters);

  for (; left > columns; characters++)
    left -= width_of (*characters);
  while (*characters && width_of (*characters) == 0) /* belongs to what was left out */
    characters++;
  return characters;
}

/* The whole text, or its beginning and the longer end of it: that tells files apart. Returns its
 * width. */
static guint
append_text (GString *line, const char *text, guint columns)
{
  g_autofree gunichar *characters = to_printable (text);
  guint taken;

  if (columns_of (characters) <= columns)
    return append_start (line, characters, columns);
  taken = append_start (line, characters, columns / 3);
  g_string_append_unichar (line, ELLIPSIS);
  taken++;
  return taken + append_start (line, find_end (characters, columns - taken), columns);
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

/* Lines of the terminal that the table takes: it may have become narrower since. */
static guint
height_of_table (void)
{
  guint columns = get_size ().ws_col, height = 0;

  for (guint i = 0; i < table->len; i++) {
    g_autofree gunichar *characters = to_printable (table->pdata[i]);
    height += MAX (1, (columns_of (characters) + columns - 1) / columns);
  }
  return height;
}

/* Moves the cursor to the start of the table and clears from there. */
static void
erase (void)
{
  if (table)
    g_fprintf (stderr, "\033[%uA\033[J", height_of_table ());
}

static void
print_table (void)
{
  for (guint i = 0; table && i < table->len; i++)
    g_fprintf (stderr, "%s\n", (const char *)table->pdata[i]);
}

void
screen_log (const char *name, const char *format, ...)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%FT%TZ");
  g_autoptr (GString) line = g_string_new (time);
  g_autofree gunichar *printable = NULL;
  va_list arguments;

  g_string_append_printf (line, " %s: ", name);
  va_start (arguments, format);
  g_string_append_vprintf (line, format, arguments);
  va_end (arguments);
  erase ();
  printable = to_printable (line->str);
  g_string_truncate (line, 0);
  append_start (line, printable, G_MAXUINT);
  g_fprintf (stderr, "%s\n", line->str);
  print_table ();
}

/* --- the table --- */

typedef enum
{
  NAME,
  STATE,
  FRAME_RATE,
  LATENCY,
  FACES,
  EVENTS,
  RESTARTS,
  NEWS,
  N_COLUMNS,
} Column;

/* width: of the name at least, of the news what remains. In a narrow terminal those with the
 * largest `spare` go first; 0: it stays. */
static const struct
{
  const char *title;
  guint width, spare;
  gboolean is_number;
} columns[N_COLUMNS] = {
  [NAME] = { "source", LEAST_NAME, 0, FALSE },
  [STATE] = { "state", 10, 0, FALSE },
  [FRAME_RATE] = { "fps", 5, 2, TRUE },
  [LATENCY] = { "latency", 7, 3, TRUE },
  [FACES] = { "faces", 5, 1, TRUE },
  [EVENTS] = { "events", 6, 0, TRUE },
  [RESTARTS] = { "restarts", 8, 4, TRUE },
  [NEWS] = { "last event", LEAST_NEWS, 0, FALSE },
};

/* In columns of the terminal; 0: left out. */
typedef struct
{
  guint widths[N_COLUMNS];
} Layout;

static guint
total_of (const Layout *layout)
{
  guint total = 0;

  for (Column c = 0; c < N_COLUMNS; c++)
    total += layout->widths[c] > 0 ? layout->widths[c] + 2 : 0;
  return total - 2;
}

/* The name is as wide as the longest, where there is room. */
static Layout
lay_out (const ScreenRow *rows, guint n, guint available)
{
  guint longest = LEAST_NAME, total;
  Layout layout;

  for (Column c = 0; c < N_COLUMNS; c++)
    layout.widths[c] = columns[c].width;
  for (guint i = 0; i < n; i++) {
    g_autofree gunichar *name = to_printable (rows[i].name);
    longest = MAX (longest, columns_of (name));
  }
  for (guint spare = N_COLUMNS; spare > 0 && total_of (&layout) > available; spare--)
    for (Column c = 0; c < N_COLUMNS; c++)
      if (columns[c].spare == spare)
        layout.widths[c] = 0;
  total = total_of (&layout);
  if (total < available)
    layout.widths[NAME] += MIN (longest - LEAST_NAME, available - total);
  layout.widths[NEWS] = 0;
  total = total_of (&layout) + 2;
  layout.widths[NEWS] = available > total ? available - total : 0;
  return layout;
}

/* (transfer full) */
static char *
line_of (const Layout *layout, const char *const cells[N_COLUMNS])
{
  GString *line = g_string_new (NULL);
  guint pending = 0; /* spaces, none at the end */

  for (Column c = 0; c < N_COLUMNS; c++) {
    guint width = layout->widths[c], taken;
    g_autoptr (GString) cell = g_string_new (NULL);
    if (width == 0)
      continue;
    taken = append_text (cell, cells[c], width);
    if (columns[c].is_number)
      pending += width - taken;
    if (cell->len > 0)
      g_string_append_printf (line, "%*s%s", (int)pending, "", cell->str);
    pending =
        (cell->len > 0 ? 0 : pending + taken) + (columns[c].is_number ? 0 : width - taken) + 2;
  }
  return g_string_free (line, FALSE);
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

static char *
draw_row (const Layout *layout, const ScreenRow *row)
{
  char rate[32], latency[32], faces[32], events[32], restarts[32];
  const char *cells[N_COLUMNS] = {
    [NAME] = row->name,
    [STATE] = row->state,
    [FRAME_RATE] = number (rate, sizeof rate, row->frame_rate, "%.1f"),
    [LATENCY] = number (latency, sizeof latency, row->latency_ms, "%.0f ms"),
    [FACES] = faces,
    [EVENTS] = events,
    [RESTARTS] = restarts,
    [NEWS] = row->news,
  };

  g_snprintf (faces, sizeof faces, "%u", row->faces);
  g_snprintf (events, sizeof events, "%" G_GUINT64_FORMAT, row->events);
  g_snprintf (restarts, sizeof restarts, "%u", row->restarts);
  return line_of (layout, cells);
}

/* No line may wrap or scroll out of view: erase() counts lines back to the first one. */
void
screen_draw (const ScreenRow *rows, guint n)
{
  struct winsize size = get_size ();
  guint most = MAX (size.ws_row, 4u) - 2; /* a line for the header, one for the cursor */
  guint shown = n <= most ? n : most - 1;
  Layout layout = lay_out (rows, n, size.ws_col - 1u);
  const char *titles[N_COLUMNS];

  if (!has_table)
    return;
  erase ();
  g_clear_pointer (&table, g_ptr_array_unref);
  table = g_ptr_array_new_with_free_func (g_free);
  for (Column c = 0; c < N_COLUMNS; c++)
    titles[c] = columns[c].title;
  g_ptr_array_add (table, line_of (&layout, titles));
  for (guint i = 0; i < shown; i++)
    g_ptr_array_add (table, draw_row (&layout, &rows[i]));
  if (shown < n)
    g_ptr_array_add (table, g_strdup_printf ("... and %u more", n - shown));
  print_table ();
}

void
screen_finish (void)
{
  g_clear_pointer (&table, g_ptr_array_unref);
  has_table = FALSE;
}
