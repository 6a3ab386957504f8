/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which expressions are shown on which faces: drawn at random from a seed, balanced. */
#pragma once

#include "recipes.h"

G_BEGIN_DECLS

/* The use of a face. One form is the test before training, the other the test after it, on faces
 * that are never practiced. */
typedef enum
{
  TRAIN_PRACTICE,
  TRAIN_FORM_A,
  TRAIN_FORM_B,
  TRAIN_N_ROLES
} TrainRole;

typedef enum
{
  TRAIN_BOTH,
  TRAIN_LEFT, /* the person's own */
  TRAIN_RIGHT
} TrainSide;

typedef struct
{
  guint face;
  const TrainRecipe *recipe;
  TrainSide side;
  guint32 seed; /* of the variation of its face from the table of action units */
} TrainItem;

/* "practice", "A", "B"; static. */
const char *train_role_name (TrainRole role);
/* "both", "left", "right", as in scripts of microexprtestsrc; static. */
const char *train_side_name (TrainSide side);

/* n_faces: at least 3. Built-in women and men alternate, so that with 6 or more each form gets one
 * of each. */
TrainRole train_role_of_face (guint face, guint n_faces);

/* Array of TrainItem: each face shows each emotion once in full and once subtly. Within a role
 * recipes rotate, and subtle items are on the left as often as on the right. With contempt, whose
 * items are all one-sided, a smile never is. Deterministic for a seed. Free with g_array_unref().
 */
GArray *train_items_draw (guint n_faces, gboolean contempt, guint32 seed);

G_END_DECLS
