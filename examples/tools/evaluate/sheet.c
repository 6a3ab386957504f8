/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sheets as text. Debian 12 and 13 share no C library that reads .xlsx; xlsx2csv does. */
#include "sheet.h"

#include <string.h>

#define CONVERTER "xlsx2csv"

/* Reads one field of CSV (RFC 4180) and advances *at past it. */
static char *
read_field (const char **at)
{
  GString *field = g_string_new (NULL);
  gboolean quoted = **at == '"';
  const char *p = *at + quoted;

  for (; *p; p++) {
    if (quoted && p[0] == '"' && p[1] == '"')
      p++;
    else if (*p == '"' && quoted) {
      quoted = FALSE;
      continue;
    } else if (!quoted && strchr (",\r\n", *p))
      break;
    g_string_append_c (field, *p);
  }
  *at = p;
  return g_strstrip (g_string_free (field, FALSE));
}

static GStrv
read_row (const char **at)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  g_ptr_array_add (cells, read_field (at));
  while (**at == ',') {
    ++*at;
    g_ptr_array_add (cells, read_field (at));
  }
  while (**at == '\r')
    ++*at;
  if (**at == '\n')
    ++*at;
  g_ptr_array_add (cells, NULL);
  return (GStrv)g_ptr_array_steal (cells, NULL);
}

static char *
convert (const char *path, int number, GError **error)
{
  g_autofree char *sheet = g_strdup_printf ("%d", number);
  g_autofree char *messages = NULL;
  g_autofree char *absolute = g_canonicalize_filename (path, NULL); /* never begins with a dash */
  const char *argv[] = { CONVERTER, "-s", sheet, absolute, NULL };
  char *text = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, &messages,
          &status, NULL)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
        "%s: %s, which reads .xlsx files, is not installed (apt install %s); or use a .csv file",
        path, CONVERTER, CONVERTER);
    return NULL;
  }
  if (!g_spawn_check_wait_status (status, NULL) || !*text) {
    const char *why = strrchr (g_strchomp (messages), '\n');

    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot read sheet %d: %s", path,
        number, why ? why + 1 : messages);
    g_clear_pointer (&text, g_free);
  }
  return text;
}

static char *
read_csv (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize size;

  if (!g_file_get_contents (path, &bytes, &size, error))
    return NULL;
  if (strlen (bytes) == size)
    return g_utf8_make_valid (bytes, -1);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
      "%s: not UTF-8: choose that encoding when saving as .csv", path);
  return NULL;
}

static char *
read_text (const char *path, int number, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: no such file", path);
    return NULL;
  }
  if (g_str_has_suffix (lower, ".xlsx"))
    return convert (path, number, error);
  if (!g_str_has_suffix (lower, ".csv") || number != 1) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "%s: sheet %d must come from an .xlsx file%s", path, number,
        number == 1 ? ", or a .csv file" : "");
    return NULL;
  }
  return read_csv (path, error);
}

Sheet *
sheet_read (const char *path, int number, GError **error)
{
  g_autofree char *text = read_text (path, number, error),
                  *base = g_filename_display_basename (path);
  const char *at = text;
  Sheet *sheet;

  if (!text)
    return NULL;
  if (g_str_has_prefix (at, "\xef\xbb\xbf"))
    at += 3;
  sheet = g_new0 (Sheet, 1);
  sheet->name = number == 1 ? g_strdup (base) : g_strdup_printf ("%s, sheet %d", base, number);
  sheet->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  while (*at)
    g_ptr_array_add (sheet->rows, read_row (&at));
  return sheet;
}

void
sheet_free (Sheet *sheet)
{
  g_free (sheet->name);
  g_ptr_array_unref (sheet->rows);
  g_free (sheet);
}

const char *
sheet_cell (const Sheet *sheet, guint row, int column)
{
  GStrv cells = row < sheet->rows->len ? g_ptr_array_index (sheet->rows, row) : NULL;

  return cells && column >= 0 && (guint)column < g_strv_length (cells) ? cells[column] : "";
}

char *
sheet_place (const Sheet *sheet, guint row, int column)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    g_string_prepend_c (letters, (char)('A' + (rest - 1) % 26));
  return g_strdup_printf ("%s, row %u, column %s", sheet->name, row + 1, letters->str);
}

void
sheet_error (GError **error, const Sheet *sheet, guint row, int column, const char *format, ...)
{
  g_autofree char *place = sheet_place (sheet, row, column), *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", place, what);
}
