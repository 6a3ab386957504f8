/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sheet of a workbook as text: rows of cells. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;      /* of the file, and of the sheet when it is not the first; for messages */
  GPtrArray *rows; /* GStrv; NULL-terminated cells without white space around them */
} Sheet;

/* Reads sheet `number`, from 1, of an .xlsx file (with the program xlsx2csv), or a .csv file, which
 * has one sheet only. NULL and `error`, which names the file and the cure, when that fails. */
Sheet *sheet_read (const char *path, int number, GError **error);
void sheet_free (Sheet *sheet);

/* Rows and columns count from 0 here, and as in a spreadsheet (row 1, column A) in messages. "" for
 * a cell that is not there. */
const char *sheet_cell (const Sheet *sheet, guint row, int column);

/* "FILE, row 14, column D: " and what is wrong. */
void sheet_error (GError **error, const Sheet *sheet, guint row, int column, const char *format,
    ...) G_GNUC_PRINTF (5, 6);
/* The place alone; newly allocated. */
char *sheet_place (const Sheet *sheet, guint row, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

G_END_DECLS
