/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The faces that show the expressions: built-in composites, or the user's photographs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRAIN_FEWEST_FACES 3 /* practice and the two tests each need a face of their own */
#define TRAIN_BUILT_IN_FACES 8

typedef struct
{
  GPtrArray *paths; /* of pictures, owned strings */
  gboolean built_in;
  char *directory; /* temporary directory of the built-in ones */
} TrainFaces;

/* The first n built-in faces. NULL and `error` set: they cannot be written. Free with
 * train_faces_free(). */
TrainFaces *train_faces_new (guint n, GError **error);

/* Photographs and folders of them, sorted by name. NULL and `error` set: too few, or missing. */
TrainFaces *train_faces_new_from_photos (char **photos, GError **error);

void train_faces_free (TrainFaces *faces);

G_END_DECLS
