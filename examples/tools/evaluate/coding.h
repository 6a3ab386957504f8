/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What coders wrote into the sheets: expressions by frame numbers. */
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
  gint64 first;               /* of the recording; -1: not told */
  MeKind kind;                /* micro or macro */
  gboolean units[ME_N_AUS];
  gboolean left[ME_N_AUS], right[ME_N_AUS]; /* coded on that side alone */
  char label[16];                           /* emotion, else class; lower-case; "": none */
  int columns[N_COLUMNS];                   /* of the sheet; -1: none */
} Coded;

typedef struct
{
  GPtrArray *sheets;   /* Sheet */
  GPtrArray *coded;    /* Coded, in the order of the sheets */
  GPtrArray *left_out; /* char *: "FILE, row 3, column C: why": what is not scored */
} Coding;

/* Reads the sheets of these files, all of one layout. NULL and an `error` that names file, row and
 * column when a cell is not what the layout promises. */
Coding *coding_read (const Layout *layout, char **files, GError **error);
void coding_free (Coding *coding);

/* Lists that an expression is not scored, and why. */
void coding_leave_out (Coding *coding, const Coded *coded, Column column, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* The same of what is no row of a sheet. */
void coding_list (Coding *coding, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Coding, coding_free)

G_END_DECLS
