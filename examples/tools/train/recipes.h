/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The expressions of the trainer: action units that are conventionally read as one of the six
 * emotions, or as contempt. The answer key is this convention, not what anyone feels:
 * docs/limits.md. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TRAIN_HAPPINESS,
  TRAIN_SADNESS,
  TRAIN_ANGER,
  TRAIN_FEAR,
  TRAIN_DISGUST,
  TRAIN_SURPRISE,
  TRAIN_CONTEMPT, /* only when asked for */
  TRAIN_N_EMOTIONS
} TrainEmotion;

typedef enum
{
  TRAIN_FULL,   /* the whole prototype, strong */
  TRAIN_SUBTLE, /* one part of the face, weak, sometimes on one side only */
  TRAIN_N_VARIANTS
} TrainVariant;

typedef struct
{
  TrainEmotion emotion;
  TrainVariant variant;
  const char *units; /* "AU1+2", all of the same strength */
  const char *lids;  /* units of the eyelids, half as strong since the eyes are small; NULL: none */
  gboolean sided;    /* may be one-sided: none of its units is on the midline */
} TrainRecipe;

/* The six without contempt, all with it: they come first. */
guint train_n_emotions (gboolean contempt);

/* Contempt is one-sided: on both sides, its units are read as something else. */
gboolean train_recipe_is_one_sided (const TrainRecipe *recipe);

/* "happiness", and so on; static. */
const char *train_emotion_name (TrainEmotion emotion);
/* "full", "subtle"; static. */
const char *train_variant_name (TrainVariant variant);
/* Of `units`: displacement of the most moved facial point at the apex, % IPD. */
double train_variant_strength (TrainVariant variant);

/* Recipe n of that emotion and variant, modulo their number. Static. */
const TrainRecipe *train_recipe_find (TrainEmotion emotion, TrainVariant variant, guint n);

/* All of them, for tests. */
const TrainRecipe *train_recipes_all (guint *n);

/* "AU1", "AU2" of units and lids, in the order of their numbers. With g_strfreev(). */
char **train_recipe_units (const TrainRecipe *recipe);

G_END_DECLS
