/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A source named on the command line, and the pipeline that analyzes it. */
#pragma once

#include <gst/gst.h>

#include "options.h"

typedef struct
{
  char *name;    /* in events and in the log; UTF-8 without credentials */
  char *label;   /* in the table: a file by its path as it was given */
  char *address; /* what is opened; may hold credentials: never printed */
  char *shown;   /* address without credentials */
  gboolean live; /* a camera: drops frames when late, is reconnected when it ends */
  int kind;      /* row of the table of kinds */
} Source;

/* argument: [NAME=]SOURCE, see --help. taken: the set of names in use, to which this source's is
 * added, with a number if necessary. Free with source_clear(). */
void source_init (Source *source, const char *argument, GHashTable *taken);
void source_clear (Source *source);

/* A message of another library with this source's credentials removed. (transfer full) */
char *source_hide (const Source *source, const char *text);

/* A pipeline with the elements `microexpr` and `lines`, an appsink for JSON Lines; when live also
 * `drain`, which all packets pass. NULL and `error` set: elements are missing, or the properties
 * are wrong. */
GstElement *source_make_pipeline (const Source *source, const Options *options, GError **error);
