/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Coded expressions from the sheets, by frame numbers. */
#pragma once

#include "shared/item.h"
#include "layouts.h"
#include "sheet.h"

G_BEGIN_DECLS

typedef struct
{
  const Sheet *sheet;
  guint row;
  guint subject;              /* its number */
  char *file;                 /* lower-case */
  gint64 onset, apex, offset; /* frame numbers as coded, from 1; apex -1: not coded */
  gint64 first;               /* of the recording; -1: not given */
  MeKind kind;                /* micro or macro */
  gboolean units[ME_N_AUS];
  gboolean left[ME_N_AUS], right[ME_N_AUS]; /* coded on that side only */
  char label[16];                           /* emotion, or else class; lower case; "": none */
  int columns[N_COLUMNS];                   /* positions in the sheet; -1: none */
} Coded;

typedef struct
{
  GPtrArray *sheets;   /* Sheet */
  GPtrArray *coded;    /* Coded, in the order of the sheets */
  GPtrArray *left_out; /* char *, what is not scored: "FILE, row 3, column C: why" */
} Coding;

/* Reads the sheets of these files, all of one layout. NULL and an `error` with file, row and column
 * when a cell does not fit the layout. */
Coding *coding_read (const Layout *layout, char **files, GError **error);
void coding_free (Coding *coding);

/* Notes that an expression is not scored, and why. */
void coding_leave_out (Coding *coding, const Coded *coded, Column column, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* The same for anything that is not a row of a sheet. */
void coding_list (Coding *coding, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Coding, coding_free)

G_END_DECLS
