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
draw_face (GArray *items, guint face, guint n_emotions, guint turn, GRand *random)
{
  guint32 seed = g_rand_int (random);

  for (guint e = 0; e < n_emotions; e++) {
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

/* Whether an item of either side can be drawn. A one-sided smile is what contempt looks like. */
static gboolean
may_be_one_sided (const TrainRecipe *recipe, gboolean contempt)
{
  return recipe->variant == TRAIN_SUBTLE && recipe->sided && !train_recipe_is_one_sided (recipe) &&
         !(contempt && recipe->emotion == TRAIN_HAPPINESS);
}

/* In random order; one_sided: those that must be, otherwise those that may be. */
static GPtrArray *
items_for_sides (GArray *items, guint n_faces, TrainRole role, gboolean contempt,
    gboolean one_sided, GRand *random)
{
  GPtrArray *able = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++) {
    TrainItem *item = &g_array_index (items, TrainItem, i);

    if (train_role_of_face (item->face, n_faces) == role &&
        (one_sided ? train_recipe_is_one_sided (item->recipe)
                   : may_be_one_sided (item->recipe, contempt)))
      g_ptr_array_add (able, item);
  }
  shuffle (able, random);
  return able;
}

static void
draw_sides (GArray *items, guint n_faces, TrainRole role, gboolean contempt, GRand *random)
{
  GPtrArray *may = items_for_sides (items, n_faces, role, contempt, FALSE, random);
  GPtrArray *must = items_for_sides (items, n_faces, role, contempt, TRUE, random);
  guint pairs = (guint)(may->len * ONE_SIDED / 2);

  for (guint i = 0; i < 2 * pairs; i++)
    ((TrainItem *)may->pdata[i])->side = i < pairs ? TRAIN_LEFT : TRAIN_RIGHT;
  for (guint i = 0; i < must->len; i++)
    ((TrainItem *)must->pdata[i])->side = i % 2 == 0 ? TRAIN_LEFT : TRAIN_RIGHT;
  g_ptr_array_unref (may);
  g_ptr_array_unref (must);
}

GArray *
train_items_draw (guint n_faces, gboolean contempt, guint32 seed)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (TrainItem));
  GRand *random = g_rand_new_with_seed (seed);
  guint turns[TRAIN_N_ROLES];

  for (guint role = 0; role < TRAIN_N_ROLES; role++)
    turns[role] = (guint)g_rand_int_range (random, 0, 6);
  for (guint face = 0; face < n_faces; face++)
    draw_face (items, face, train_n_emotions (contempt),
        turns[train_role_of_face (face, n_faces)]++, random);
  for (guint role = 0; role < TRAIN_N_ROLES; role++)
    draw_sides (items, n_faces, role, contempt, random);
  g_rand_free (random);
  return items;
}
