/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where video comes from: what was named on the command line, and the pipeline that analyses it. */
#pragma once

#include <gst/gst.h>

#include "options.h"

typedef struct
{
  char *name;    /* in events and in the table; UTF-8 without credentials */
  char *address; /* what is opened; with credentials: never printed */
  char *shown;   /* address without credentials */
  gboolean live; /* keeps its own time and is connected anew when it ends */
  int kind;      /* row of the table of kinds */
} Source;

/* argument: [NAME=]SOURCE, see --help. taken: set of names, to which that of this source is added;
 * where it is there already, with a number. With source_clear(). */
void source_init (Source *source, const char *argument, GHashTable *taken);
void source_clear (Source *source);

/* A text as other libraries made it, without the credentials of this source. (transfer full) */
char *source_hide (const Source *source, const char *text);

/* A pipeline with elements named `microexpr` and `lines`, an appsink of JSON Lines; of what is live
 * also `drain`, through which everything passes. NULL and `error`: elements are missing, or the
 * properties are wrong. */
GstElement *source_make_pipeline (const Source *source, const Options *options, GError **error);
