/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The faces that make the expressions: composites that are linked in, or photographs of the user.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRAIN_FEWEST_FACES 3 /* practice, test before, test after: each needs one of its own */
#define TRAIN_BUILT_IN_FACES 8

typedef struct
{
  GPtrArray *paths; /* of pictures, owned strings */
  gboolean built_in;
  char *directory; /* of the built-in ones, while they are needed */
} TrainFaces;

/* The first n of the built-in ones. NULL and `error` set: there is no place for them. Free with
 * train_faces_free(). */
TrainFaces *train_faces_new (guint n, GError **error);

/* Photographs, and those in folders, by name. NULL and `error` set: too few, or not there. */
TrainFaces *train_faces_new_from_photos (char **photos, GError **error);

void train_faces_free (TrainFaces *faces);

G_END_DECLS
