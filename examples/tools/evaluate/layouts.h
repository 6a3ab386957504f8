/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The published data sets: how their coding sheets and their recordings are laid out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  COLUMN_SUBJECT,
  COLUMN_FILE,
  COLUMN_ONSET,
  COLUMN_APEX,
  COLUMN_OFFSET,
  COLUMN_FIRST, /* number of the first frame of the recording */
  COLUMN_UNITS,
  COLUMN_EMOTION,
  COLUMN_TYPE, /* micro or macro */
  COLUMN_CLASS,
  N_COLUMNS
} Column;

/* How a cell of COLUMN_FILE names a recording. */
typedef enum
{
  FILE_IS_NAME,      /* the cell is the name */
  FILE_HAS_ROW,      /* "006_1_2": the first two parts are the name */
  FILE_NEEDS_NAMING, /* "anger1_1": sheets 2 and 3 give subject and code */
} FileRule;

typedef struct
{
  const char *name;  /* on the command line */
  const char *title; /* in tables */
  double frame_rate; /* 1/s; of folders of images */
  gboolean has_header;
  /* Possible headings of each column, only lower-case letters and digits, separated by |; or, for
   * sheets without a header, its letter "A" to "Z". NULL: no such column. */
  const char *columns[N_COLUMNS];
  FileRule file_rule;
  gboolean has_macro;
  gboolean whole_recordings; /* also score recordings without a coded expression */
  /* Matches the end of a recording's path, in lower case and without extension; groups: s, the
   * subject, and f, the file. */
  const char *path;
  const char *shape; /* the same, in words */
  const char *five;  /* set of the five classes, see classes.h; NULL: none is customary */
} Layout;

extern const Layout layouts[];
extern const guint n_layouts;

/* NULL: no such layout. */
const Layout *layout_find (const char *name);

G_END_DECLS
