/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The expressions of the trainer as action units, one per row. */
#include "recipes.h"

#include <stdlib.h>

/* Full ones are prototypes and variants of the FACS Investigator's Guide (Ekman, Friesen & Hager
 * 2002), subtle ones are parts of them that coders read alike (objective classes of Davison,
 * Merghani & Yap 2018): the sources of src/reading/emotion.c. */
static const TrainRecipe recipes[] = {
  { TRAIN_HAPPINESS, TRAIN_FULL, "AU6+12", NULL, TRUE },
  { TRAIN_SADNESS, TRAIN_FULL, "AU1+4+15", NULL, TRUE },
  { TRAIN_SADNESS, TRAIN_FULL, "AU1+4+15+17", NULL, FALSE },
  { TRAIN_ANGER, TRAIN_FULL, "AU4+23", "AU5+7", FALSE },
  { TRAIN_ANGER, TRAIN_FULL, "AU4+24", "AU7", FALSE },
  { TRAIN_FEAR, TRAIN_FULL, "AU1+2+4+20", "AU5", TRUE },
  { TRAIN_DISGUST, TRAIN_FULL, "AU4+9", "AU7", TRUE },
  { TRAIN_DISGUST, TRAIN_FULL, "AU10+17", NULL, FALSE },
  { TRAIN_SURPRISE, TRAIN_FULL, "AU1+2", "AU5", TRUE },
  { TRAIN_SURPRISE, TRAIN_FULL, "AU1+2+26", "AU5", FALSE },
  { TRAIN_CONTEMPT, TRAIN_FULL, "AU12+14", NULL, TRUE },

  { TRAIN_HAPPINESS, TRAIN_SUBTLE, "AU12", NULL, TRUE },
  { TRAIN_SADNESS, TRAIN_SUBTLE, "AU1", NULL, TRUE },
  { TRAIN_SADNESS, TRAIN_SUBTLE, "AU15", NULL, TRUE },
  { TRAIN_ANGER, TRAIN_SUBTLE, "AU4", NULL, TRUE },
  { TRAIN_ANGER, TRAIN_SUBTLE, "AU17+24", NULL, FALSE },
  { TRAIN_FEAR, TRAIN_SUBTLE, "AU20", NULL, TRUE },
  { TRAIN_FEAR, TRAIN_SUBTLE, "AU1+2+4", NULL, TRUE },
  { TRAIN_DISGUST, TRAIN_SUBTLE, "AU9", NULL, TRUE },
  { TRAIN_DISGUST, TRAIN_SUBTLE, "AU10", NULL, TRUE },
  { TRAIN_SURPRISE, TRAIN_SUBTLE, "AU1+2", NULL, TRUE },
  { TRAIN_SURPRISE, TRAIN_SUBTLE, "AU2", NULL, TRUE },
  { TRAIN_CONTEMPT, TRAIN_SUBTLE, "AU14", NULL, TRUE },
};

static const char *const emotions[TRAIN_N_EMOTIONS] = { [TRAIN_HAPPINESS] = "happiness",
  [TRAIN_SADNESS] = "sadness",
  [TRAIN_ANGER] = "anger",
  [TRAIN_FEAR] = "fear",
  [TRAIN_DISGUST] = "disgust",
  [TRAIN_SURPRISE] = "surprise",
  [TRAIN_CONTEMPT] = "contempt" };

static const struct
{
  const char *name;
  double strength; /* % IPD */
} variants[TRAIN_N_VARIANTS] = {
  [TRAIN_FULL] = { "full", 7 },
  [TRAIN_SUBTLE] = { "subtle", 3.5 },
};

guint
train_n_emotions (gboolean contempt)
{
  return contempt ? TRAIN_N_EMOTIONS : TRAIN_CONTEMPT;
}

gboolean
train_recipe_is_one_sided (const TrainRecipe *recipe)
{
  return recipe->emotion == TRAIN_CONTEMPT;
}

const char *
train_emotion_name (TrainEmotion emotion)
{
  return emotions[emotion];
}

const char *
train_variant_name (TrainVariant variant)
{
  return variants[variant].name;
}

double
train_variant_strength (TrainVariant variant)
{
  return variants[variant].strength;
}

const TrainRecipe *
train_recipe_find (TrainEmotion emotion, TrainVariant variant, guint n)
{
  const TrainRecipe *of[G_N_ELEMENTS (recipes)];
  guint n_of = 0;

  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    if (recipes[i].emotion == emotion && recipes[i].variant == variant)
      of[n_of++] = &recipes[i];
  return of[n % n_of];
}

const TrainRecipe *
train_recipes_all (guint *n)
{
  *n = G_N_ELEMENTS (recipes);
  return recipes;
}

static gint
by_number (gconstpointer a, gconstpointer b)
{
  return atoi (*(char *const *)a + 2) - atoi (*(char *const *)b + 2);
}

static void
add_units (GPtrArray *all, const char *units)
{
  char **numbers = g_strsplit (units + 2, "+", -1);

  for (char **number = numbers; *number; number++)
    g_ptr_array_add (all, g_strconcat ("AU", *number, NULL));
  g_strfreev (numbers);
}

char **
train_recipe_units (const TrainRecipe *recipe)
{
  GPtrArray *all = g_ptr_array_new ();

  add_units (all, recipe->units);
  if (recipe->lids)
    add_units (all, recipe->lids);
  g_ptr_array_sort (all, by_number);
  g_ptr_array_add (all, NULL);
  return (char **)g_ptr_array_free (all, FALSE);
}
