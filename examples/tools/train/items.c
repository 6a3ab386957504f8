/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which expressions there are, on which faces. */
#include "items.h"

#define ONE_SIDED 0.5 /* share of the subtle items that allow it */

static const char *const roles[TRAIN_N_ROLES] = {
  [TRAIN_PRACTICE] = "practice", [TRAIN_FORM_A] = "A", [TRAIN_FORM_B] = "B"
};
static const char *const sides[] = {
  [TRAIN_BOTH] = "both", [TRAIN_LEFT] = "left", [TRAIN_RIGHT] = "right"
};

const char *
train_role_name (TrainRole role)
{
  return roles[role];
}

const char *
train_side_name (TrainSide side)
{
  return sides[side];
}

TrainRole
train_role_of_face (guint face, guint n_faces)
{
  static const TrainRole turns[] = { TRAIN_PRACTICE, TRAIN_FORM_A, TRAIN_FORM_B, TRAIN_PRACTICE };
  guint turn = n_faces >= 6 ? face / 2 : face;

  return turns[turn % G_N_ELEMENTS (turns)];
}

static void
draw_face (GArray *items, guint face, guint turn, GRand *random)
{
  guint32 seed = g_rand_int (random);

  for (guint e = 0; e < TRAIN_N_EMOTIONS; e++) {
    for (guint v = 0; v < TRAIN_N_VARIANTS; v++) {
      const TrainItem item = {
        .face = face, .recipe = train_recipe_find (e, v, turn + e), .seed = seed
      };

      g_array_append_val (items, item);
    }
  }
}

/* Shuffles them. */
static void
shuffle (GPtrArray *items, GRand *random)
{
  for (guint i = items->len; i > 1; i--) {
    guint j = (guint)g_rand_int_range (random, 0, (gint32)i);
    gpointer other = items->pdata[j];

    items->pdata[j] = items->pdata[i - 1];
    items->pdata[i - 1] = other;
  }
}

static void
draw_sides (GArray *items, guint n_faces, TrainRole role, GRand *random)
{
  GPtrArray *able = g_ptr_array_new ();
  guint pairs;

  for (guint i = 0; i < items->len; i++) {
    TrainItem *item = &g_array_index (items, TrainItem, i);

    if (train_role_of_face (item->face, n_faces) == role && item->recipe->variant == TRAIN_SUBTLE &&
        item->recipe->sided)
      g_ptr_array_add (able, item);
  }
  shuffle (able, random);
  pairs = (guint)(able->len * ONE_SIDED / 2);
  for (guint i = 0; i < 2 * pairs; i++)
    ((TrainItem *)able->pdata[i])->side = i < pairs ? TRAIN_LEFT : TRAIN_RIGHT;
  g_ptr_array_unref (able);
}

GArray *
train_items_draw (guint n_faces, guint32 seed)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (TrainItem));
  GRand *random = g_rand_new_with_seed (seed);
  guint turns[TRAIN_N_ROLES];

  for (guint role = 0; role < TRAIN_N_ROLES; role++)
    turns[role] = (guint)g_rand_int_range (random, 0, 6);
  for (guint face = 0; face < n_faces; face++)
    draw_face (items, face, turns[train_role_of_face (face, n_faces)]++, random);
  for (guint role = 0; role < TRAIN_N_ROLES; role++)
    draw_sides (items, n_faces, role, random);
  g_rand_free (random);
  return items;
}
