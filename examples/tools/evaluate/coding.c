/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads coded expressions from cells, coping with the known defects of the published sheets. */
#include "coding.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_ROWS 30  /* where the header is searched */
#define MOST_FRAMES 1e9 /* no recording is longer */

static const char *const column_names[N_COLUMNS] = { "subject", "file", "onset", "apex", "offset",
  "first frame", "action units", "emotion", "type", "class" };

/* One file while it is read. */
typedef struct
{
  const Layout *layout;
  const char *path;
  const Sheet *sheet;
  int columns[N_COLUMNS];
  GHashTable *subjects, *codes; /* of FILE_NEEDS_NAMING: index -> "15", name -> "0101" */
  Coding *coding;
} Reader;

static void
free_coded (gpointer data)
{
  Coded *coded = data;

  g_free (coded->file);
  g_free (coded);
}

/* Only the letters and digits, in lower case. */
static char *
simplify (const char *text)
{
  GString *simple = g_string_new (NULL);

  for (; *text; text++) {
    if (g_ascii_isalnum (*text))
      g_string_append_c (simple, g_ascii_tolower (*text));
  }
  return g_string_free (simple, FALSE);
}

/* The column of that row with one of these headings; -1: none. */
static int
find_heading (const Sheet *sheet, guint row, const char *headings)
{
  g_auto (GStrv) choices = g_strsplit (headings, "|", -1);
  const GStrv cells = g_ptr_array_index (sheet->rows, row);

  for (int i = 0; cells[i]; i++) {
    g_autofree char *heading = simplify (cells[i]);

    if (g_strv_contains ((const char *const *)choices, heading))
      return i;
  }
  return -1;
}

/* The number of required columns whose heading is in this row. */
static guint
find_columns (const Reader *r, guint row, int columns[N_COLUMNS])
{
  guint n = 0;

  for (Column c = 0; c < N_COLUMNS; c++) {
    const char *headings = r->layout->columns[c];

    columns[c] = headings ? find_heading (r->sheet, row, headings) : -1;
    n += columns[c] >= 0;
  }
  return n;
}

static gboolean
is_needed (Column c)
{
  return c == COLUMN_SUBJECT || c == COLUMN_FILE || c == COLUMN_ONSET || c == COLUMN_OFFSET;
}

/* Finds the row with most headings, to skip a preamble. */
static gboolean
find_header (Reader *r, guint *header, GError **error)
{
  guint most = 0;

  for (guint row = 0; row < MIN (r->sheet->rows->len, HEADER_ROWS); row++) {
    int columns[N_COLUMNS];
    guint n = find_columns (r, row, columns);

    if (n > most) {
      most = n;
      *header = row;
      memcpy (r->columns, columns, sizeof columns);
    }
  }
  for (Column c = 0; c < N_COLUMNS; c++) {
    if (is_needed (c) && (most == 0 || r->columns[c] < 0)) {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
          "%s, row %u: no column of the %s with the heading \"%s\": is this a sheet of %s?",
          r->sheet->name, most ? *header + 1 : 1, column_names[c], r->layout->columns[c],
          r->layout->title);
      return FALSE;
    }
  }
  return TRUE;
}

static const char *
cell (const Reader *r, guint row, Column c)
{
  return sheet_cell (r->sheet, row, r->columns[c]);
}

/* A frame number; -1, which means none, becomes 0. FALSE: the cell holds anything else. */
static gboolean
read_number (const Reader *r, guint row, Column c, gint64 *number, GError **error)
{
  const char *text = cell (r, row, c);
  char *end;
  double value = g_ascii_strtod (text, &end);

  *number = value >= 0 && value <= MOST_FRAMES ? (gint64)value : 0;
  if (end != text && *end == 0 && ((double)*number == value || value == -1))
    return TRUE;
  sheet_error (error, r->sheet, row, r->columns[c], "\"%s\" is not a frame number (%s)", text,
      column_names[c]);
  return FALSE;
}

/* The first number in the text; FALSE: none. */
static gboolean
find_number (const char *text, guint *number)
{
  text += strcspn (text, "0123456789");
  *number = (guint)strtoul (text, NULL, 10);
  return *text != 0;
}

static gboolean
read_subject (const Reader *r, guint row, Coded *coded, GError **error)
{
  const char *text = cell (r, row, COLUMN_SUBJECT);

  if (r->subjects) {
    g_autofree char *index = simplify (text);
    const char *named = g_hash_table_lookup (r->subjects, index);

    if (named && find_number (named, &coded->subject))
      return TRUE;
    sheet_error (error, r->sheet, row, r->columns[COLUMN_SUBJECT],
        "subject \"%s\" is not in column C of sheet 2", text);
    return FALSE;
  }
  if (find_number (text, &coded->subject))
    return TRUE;
  sheet_error (error, r->sheet, row, r->columns[COLUMN_SUBJECT], "\"%s\" is not a subject", text);
  return FALSE;
}

static gboolean
read_file (const Reader *r, guint row, Coded *coded, GError **error)
{
  g_autofree char *text = g_ascii_strdown (cell (r, row, COLUMN_FILE), -1);
  g_auto (GStrv) parts = g_strsplit (text, "_", 3);
  const char *code;

  switch (r->layout->file_rule) {
  case FILE_IS_NAME:
    coded->file = g_strdup (text);
    break;
  case FILE_HAS_ROW:
    if (g_strv_length (parts) >= 2)
      coded->file = g_strdup_printf ("%s_%s", parts[0], parts[1]);
    break;
  case FILE_NEEDS_NAMING:
    code = parts[0] ? g_hash_table_lookup (r->codes, parts[0]) : NULL;
    coded->file = g_strdup (code);
    break;
  }
  if (coded->file && *coded->file)
    return TRUE;
  sheet_error (error, r->sheet, row, r->columns[COLUMN_FILE], "\"%s\" names no recording%s", text,
      r->codes ? " of column B of sheet 3" : "");
  return FALSE;
}

void
coding_leave_out (Coding *coding, const Coded *coded, Column column, const char *format, ...)
{
  g_autofree char *place = sheet_place (coded->sheet, coded->row, coded->columns[column]);
  g_autofree char *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  coding_list (coding, "%s: %s", place, why);
}

void
coding_list (Coding *coding, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (coding->left_out, g_utf8_make_valid (text, -1));
}

/* keep: set to FALSE when a known defect leaves nothing to score. */
static gboolean
read_frames (Reader *r, guint row, Coded *coded, gboolean *keep, GError **error)
{
  const char *apex = cell (r, row, COLUMN_APEX);

  *keep = FALSE;
  coded->apex = coded->first = -1;
  if (!read_number (r, row, COLUMN_ONSET, &coded->onset, error) ||
      !read_number (r, row, COLUMN_OFFSET, &coded->offset, error))
    return FALSE;
  if (*apex && !g_str_equal (apex, "/") && !read_number (r, row, COLUMN_APEX, &coded->apex, error))
    return FALSE;
  if (r->columns[COLUMN_FIRST] >= 0 && !read_number (r, row, COLUMN_FIRST, &coded->first, error))
    return FALSE;
  if (coded->apex == 0)
    coded->apex = -1;
  if (coded->offset == 0) /* CAS(ME)^2: not coded; like SOFTNet and others, end at the apex */
    coded->offset = coded->apex;
  if (coded->onset == 0)
    coding_leave_out (r->coding, coded, COLUMN_ONSET, "the onset is not coded");
  else if (coded->offset <= coded->onset)
    coding_leave_out (r->coding, coded, COLUMN_OFFSET, "the offset is not after the onset");
  else
    *keep = TRUE;
  return TRUE;
}

static gboolean
read_type (const Reader *r, guint row, Coded *coded, GError **error)
{
  g_autofree char *type = simplify (cell (r, row, COLUMN_TYPE));

  coded->kind = ME_KIND_MICRO;
  if (r->columns[COLUMN_TYPE] < 0 || g_str_has_prefix (type, "micro"))
    return TRUE;
  coded->kind = ME_KIND_MACRO;
  if (g_str_has_prefix (type, "macro"))
    return TRUE;
  sheet_error (error, r->sheet, row, r->columns[COLUMN_TYPE], "\"%s\" is neither micro nor macro",
      cell (r, row, COLUMN_TYPE));
  return FALSE;
}

static gboolean
find_unit (guint number, MeAu *unit)
{
  g_autofree char *name = g_strdup_printf ("AU%u", number);

  for (*unit = 0; *unit < ME_N_AUS; ++*unit) {
    if (g_str_equal (me_au_name (*unit), name))
      return TRUE;
  }
  return FALSE;
}

/* "4+L12", "AU12A + R14": every number is a unit, an L or R before it its side. Units that
 * microexpr does not measure are skipped, and AU43, which it measures of blinks only. */
static void
read_units (const char *text, Coded *coded)
{
  while (*text) {
    gsize skip = strcspn (text, "0123456789");
    char side = skip ? text[skip - 1] : 0;
    char *end;
    guint number;
    MeAu unit;

    if (!text[skip])
      return;
    number = (guint)strtoul (text + skip, &end, 10);
    text = end;
    if (!find_unit (number, &unit) || unit == ME_AU43)
      continue;
    coded->units[unit] = TRUE;
    coded->left[unit] = side == 'L' || side == 'l';
    coded->right[unit] = side == 'R' || side == 'r';
  }
}

static void
read_label (const Reader *r, guint row, Coded *coded)
{
  g_autofree char *emotion = simplify (cell (r, row, COLUMN_EMOTION));
  g_autofree char *class = simplify (cell (r, row, COLUMN_CLASS));

  if (*emotion)
    g_strlcpy (coded->label, emotion, sizeof coded->label);
  else if (*class)
    g_snprintf (coded->label, sizeof coded->label, "class %s", class);
}

static gboolean
read_row (Reader *r, guint row, GError **error)
{
  Coded *coded;
  gboolean keep;

  if (!*cell (r, row, COLUMN_SUBJECT) && !*cell (r, row, COLUMN_FILE))
    return TRUE;
  coded = g_new0 (Coded, 1);
  coded->sheet = r->sheet;
  coded->row = row;
  memcpy (coded->columns, r->columns, sizeof r->columns);
  if (!read_subject (r, row, coded, error) || !read_file (r, row, coded, error) ||
      !read_frames (r, row, coded, &keep, error) || !read_type (r, row, coded, error)) {
    free_coded (coded);
    return FALSE;
  }
  read_units (cell (r, row, COLUMN_UNITS), coded);
  read_label (r, row, coded);
  if (keep)
    g_ptr_array_add (r->coding->coded, coded);
  else
    free_coded (coded);
  return TRUE;
}

static Sheet *
add_sheet (Reader *r, int number, GError **error)
{
  Sheet *sheet = sheet_read (r->path, number, error);

  if (sheet)
    g_ptr_array_add (r->coding->sheets, sheet);
  return sheet;
}

/* Maps one column of a naming sheet to another. */
static GHashTable *
read_naming (Reader *r, int number, int from, int to, GError **error)
{
  const Sheet *sheet = add_sheet (r, number, error);
  GHashTable *names;

  if (!sheet)
    return NULL;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint row = 0; row < sheet->rows->len; row++) {
    char *code = g_strdup (sheet_cell (sheet, row, to));

    if (number == 3 && strlen (code) == 3) { /* a number that lost its leading 0 */
      char *padded = g_strconcat ("0", code, NULL);

      g_free (code);
      code = padded;
    }
    g_hash_table_replace (names, simplify (sheet_cell (sheet, row, from)), code);
  }
  return names;
}

static gboolean
read_rows (Reader *r, GError **error)
{
  guint header = 0;

  if (!(r->sheet = add_sheet (r, 1, error)))
    return FALSE;
  if (r->layout->file_rule == FILE_NEEDS_NAMING &&
      (!(r->subjects = read_naming (r, 2, 2, 1, error)) ||
          !(r->codes = read_naming (r, 3, 1, 0, error))))
    return FALSE;
  if (r->layout->has_header && !find_header (r, &header, error))
    return FALSE;
  for (Column c = 0; !r->layout->has_header && c < N_COLUMNS; c++)
    r->columns[c] = r->layout->columns[c] ? r->layout->columns[c][0] - 'A' : -1;
  for (guint row = r->layout->has_header ? header + 1 : 0; row < r->sheet->rows->len; row++) {
    if (!read_row (r, row, error))
      return FALSE;
  }
  return TRUE;
}

Coding *
coding_read (const Layout *layout, char **files, GError **error)
{
  Coding *coding = g_new0 (Coding, 1);
  gboolean ok = TRUE;

  coding->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)sheet_free);
  coding->coded = g_ptr_array_new_with_free_func (free_coded);
  coding->left_out = g_ptr_array_new_with_free_func (g_free);
  for (; ok && *files; files++) {
    Reader r = { .layout = layout, .path = *files, .coding = coding };

    ok = read_rows (&r, error);
    g_clear_pointer (&r.subjects, g_hash_table_unref);
    g_clear_pointer (&r.codes, g_hash_table_unref);
  }
  if (!ok)
    g_clear_pointer (&coding, coding_free);
  return coding;
}

void
coding_free (Coding *coding)
{
  g_ptr_array_unref (coding->coded);
  g_ptr_array_unref (coding->sheets);
  g_ptr_array_unref (coding->left_out);
  g_free (coding);
}
