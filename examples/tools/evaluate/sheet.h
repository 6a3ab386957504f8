/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sheet of a workbook as text: rows of cells. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;      /* file, and sheet unless it is the first; for messages */
  GPtrArray *rows; /* GStrv of cells, stripped of surrounding white space */
} Sheet;

/* Reads sheet `number`, from 1, of an .xlsx file (with the program xlsx2csv), or a .csv file, which
 * has only one. NULL and an `error` with the file and advice when that fails. */
Sheet *sheet_read (const char *path, int number, GError **error);
void sheet_free (Sheet *sheet);

/* A cell, "" when missing. Rows and columns count from 0; messages name them as spreadsheets do
 * (row 1, column A). */
const char *sheet_cell (const Sheet *sheet, guint row, int column);

/* Sets the error "FILE, row 14, column D: " and the message. */
void sheet_error (GError **error, const Sheet *sheet, guint row, int column, const char *format,
    ...) G_GNUC_PRINTF (5, 6);
/* "FILE, row 14, column D"; newly allocated. */
char *sheet_place (const Sheet *sheet, guint row, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

G_END_DECLS
