/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prototypes, one a row, with what each emotion does not go with. The score of a prototype is the
 * cosine between it and the strengths of the units; an emotion has that of its best prototype, less
 * its inhibition. */
#include "emotion.h"

#include <math.h>

#define MIN_SCORE 0.72 /* below it nothing fits: half a prototype of two units has 0.71 */

#define U(au) (1u << ME_AU##au)

/* Where a row comes from. FACS: prototypes and their variants, FACS Investigator's Guide (Ekman,
 * Friesen & Hager 2002). EMFACS: its core units. CLASS: objective classes (Davison, Merghani & Yap
 * 2018), from CASME II and SAMM. */
typedef enum
{
  FACS,
  EMFACS,
  CLASS,
} Source;

static const struct
{
  MeEmotion emotion;
  guint units;
  guint also; /* may join in, up to the strength of the strongest */
  Source source;
} prototypes[] = {
  { ME_HAPPINESS, U (12), U (6) | U (7) | U (25) | U (26), EMFACS },
  { ME_HAPPINESS, U (6) | U (12), U (7) | U (25) | U (26), FACS },
  { ME_HAPPINESS, U (6), 0, CLASS },

  { ME_SADNESS, U (1) | U (4) | U (15), U (17), FACS },
  { ME_SADNESS, U (6) | U (15), U (17), FACS },
  { ME_SADNESS, U (1) | U (4), U (15) | U (17), FACS },
  { ME_SADNESS, U (15) | U (17), 0, CLASS },
  { ME_SADNESS, U (15), U (1), CLASS },
  { ME_SADNESS, U (1), U (15), CLASS },

  { ME_ANGER, U (4) | U (7) | U (23), U (5), FACS },
  { ME_ANGER, U (4) | U (7) | U (24), U (5), FACS },
  { ME_ANGER, U (4) | U (7), U (5) | U (6) | U (23) | U (24), CLASS },
  { ME_ANGER, U (4), U (5), CLASS },
  { ME_ANGER, U (23), 0, CLASS },
  { ME_ANGER, U (17) | U (24), 0, CLASS },

  { ME_FEAR, U (1) | U (2) | U (4), U (5) | U (7) | U (20) | U (25) | U (26), FACS },
  { ME_FEAR, U (1) | U (2) | U (4) | U (5) | U (20), U (7) | U (25) | U (26), FACS },
  { ME_FEAR, U (20), U (5) | U (25) | U (26), EMFACS },

  { ME_DISGUST, U (9), U (4) | U (7) | U (15) | U (17), EMFACS },
  { ME_DISGUST, U (4) | U (9), U (7) | U (17), CLASS },
  { ME_DISGUST, U (4) | U (7) | U (9), U (17), CLASS },
  { ME_DISGUST, U (10), U (4) | U (7) | U (17), EMFACS },
  { ME_DISGUST, U (10) | U (17), U (4), FACS },
  { ME_DISGUST, U (7) | U (10), U (4), CLASS },

  { ME_SURPRISE, U (1) | U (2), U (5) | U (25) | U (26), FACS },
  { ME_SURPRISE, U (1) | U (2) | U (5), U (25) | U (26), FACS },
  { ME_SURPRISE, U (1) | U (2) | U (5) | U (26), 0, FACS },
  { ME_SURPRISE, U (2), U (25) | U (26), CLASS },
  { ME_SURPRISE, U (5), U (25) | U (26), CLASS },
  { ME_SURPRISE, U (25), U (26), CLASS },
};

#undef U

/* What a unit takes from the score of an emotion, for each part of the whole that it makes up: the
 * inhibition of rule-based readers of EMFACS. A smile is no grief, raised brows are no anger. */
static const double inhibition[ME_N_EMOTIONS][ME_N_AUS] = {
  [ME_HAPPINESS] = { [ME_AU15] = 0.6 },
  [ME_SADNESS] = { [ME_AU2] = 0.4, [ME_AU12] = 0.8 },
  [ME_ANGER] = { [ME_AU1] = 0.5,
      [ME_AU2] = 0.5,
      [ME_AU9] = 0.8,
      [ME_AU10] = 0.8,
      [ME_AU12] = 0.5,
      [ME_AU15] = 0.4 },
  [ME_FEAR] = { [ME_AU6] = 0.5, [ME_AU12] = 0.5 },
  [ME_DISGUST] = { [ME_AU12] = 0.5 },
  [ME_SURPRISE] = { [ME_AU4] = 0.6, [ME_AU12] = 0.5, [ME_AU20] = 0.6 },
};

/* The cosine, as if `also` units were absent up to the strongest one of `units`. */
static double
likeness (const double strength[ME_N_AUS], guint units, guint also)
{
  double sum = 0, energy = 1e-9, strongest = 0;
  int n = 0;

  for (int au = 0; au < ME_N_AUS; au++)
    if (units & (1u << au))
      strongest = MAX (strongest, strength[au]);
  for (int au = 0; au < ME_N_AUS; au++) {
    double s = also & (1u << au) ? MAX (0, strength[au] - strongest) : strength[au];
    gboolean belongs = (units >> au) & 1;
    n += belongs;
    sum += belongs ? s : 0;
    energy += s * s;
  }
  return sum / sqrt (n * energy);
}

static double
inhibited (const double strength[ME_N_AUS], MeEmotion emotion)
{
  double sum = 0, energy = 1e-9;

  for (int au = 0; au < ME_N_AUS; au++) {
    sum += inhibition[emotion][au] * strength[au];
    energy += strength[au] * strength[au];
  }
  return sum / sqrt (energy);
}

MeEmotion
me_emotion_read (const double strength[ME_N_AUS], double scores[ME_N_EMOTIONS])
{
  MeEmotion best = ME_EMOTION_OTHER;

  for (int e = 0; e < ME_N_EMOTIONS; e++)
    scores[e] = 0;
  for (guint i = 0; i < G_N_ELEMENTS (prototypes); i++)
    scores[prototypes[i].emotion] = MAX (scores[prototypes[i].emotion],
        likeness (strength, prototypes[i].units, prototypes[i].also));
  for (int e = 0; e < ME_N_EMOTIONS; e++) {
    scores[e] = CLAMP (scores[e] - inhibited (strength, e), 0, 1);
    if (scores[e] >= MIN_SCORE && (best == ME_EMOTION_OTHER || scores[e] > scores[best]))
      best = e;
  }
  return best;
}
