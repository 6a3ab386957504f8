/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which expressions there are, on which faces: drawn by a seed, balanced. */
#pragma once

#include "recipes.h"

G_BEGIN_DECLS

/* What a face is for. One of the forms is the test before, the other the test after the training,
 * on faces that were never practised. */
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
  guint32 seed; /* of how the items of its face vary from the table of action units */
} TrainItem;

/* "practice", "A", "B"; static. */
const char *train_role_name (TrainRole role);
/* "both", "left", "right", as the script of microexprtestsrc has it; static. */
const char *train_side_name (TrainSide side);

/* Of the faces, 3 at least: women and men of the built-in ones stand in turn, so that from 6 on
 * each form gets one of each. */
TrainRole train_role_of_face (guint face, guint n_faces);

/* TrainItem: every face has each emotion once in full and once subtle. Within a role recipes take
 * turns, and among subtle items as many are on the left as on the right. The same seed draws the
 * same. Free with g_array_unref(). */
GArray *train_items_draw (guint n_faces, guint32 seed);

G_END_DECLS
