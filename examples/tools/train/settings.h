/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *output;   /* path of the page to write */
  char **photos;  /* paths of photographs and folders; NULL: the built-in faces */
  char *language; /* "auto", "en", "de" or "tr" */
  guint n_faces;  /* of the built-in ones */
  guint32 seed;
  gboolean no_key;   /* the page shows no answer key */
  gboolean contempt; /* a seventh emotion */
  gboolean check;    /* play all items to microexpr for the answer key */
} TrainSettings;

/* FALSE and `error` set when the command line is wrong. --help and --version end the process. */
gboolean train_settings_parse (TrainSettings *settings, int *argc, char ***argv, GError **error);
void train_settings_clear (TrainSettings *settings);

G_END_DECLS
