/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The score of a prototype is the cosine between it and the strengths of the units. An emotion
 * scores as its best prototype, minus the inhibition by units that contradict it. */
#include "emotion.h"

#include "anatomy/unit-combinations.h"

#include <math.h>

#define MIN_SCORE 0.72 /* just above 0.71, the score of one unit of a two-unit prototype */

/* Subtracted from the score of an emotion, in proportion to the unit's share of the whole motion,
 * as in rule-based readers of EMFACS: a smile speaks against sadness, raised brows against anger.
 */
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

/* The cosine. `also` units count only by what they exceed the strongest one of `units`. */
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

static MeEmotion
best_emotion (const double scores[ME_N_EMOTIONS])
{
  MeEmotion best = ME_EMOTION_OTHER;

  for (MeEmotion e = 0; e < ME_N_EMOTIONS; e++)
    if (scores[e] >= MIN_SCORE && (best == ME_EMOTION_OTHER || scores[e] > scores[best]))
      best = e;
  return best;
}

MeEmotion
me_emotion_read (const double strength[ME_N_AUS], double scores[ME_N_EMOTIONS])
{
  for (int e = 0; e < ME_N_EMOTIONS; e++)
    scores[e] = 0;
  for (guint i = 0; i < me_n_unit_combinations; i++) {
    const MeUnitCombination *c = &me_unit_combinations[i];
    if (c->prototype != ME_PROTOTYPE_NONE)
      scores[c->emotion] = MAX (scores[c->emotion], likeness (strength, c->units, c->also));
  }
  for (int e = 0; e < ME_N_EMOTIONS; e++)
    scores[e] = CLAMP (scores[e] - inhibited (strength, e), 0, 1);
  return best_emotion (scores);
}

/* Only the corner of the mouth moved, and on one side. */
static gboolean
is_contempt (
    const double strength[ME_N_AUS], const double left[ME_N_AUS], const double right[ME_N_AUS])
{
  gboolean on_left = FALSE, on_right = FALSE;

  for (int au = 0; au < ME_N_AUS; au++) {
    if (strength[au] > 0 && au != ME_AU12 && au != ME_AU14)
      return FALSE;
    on_left |= left[au] > 0;
    on_right |= right[au] > 0;
  }
  return on_left != on_right;
}

MeEmotion
me_emotion_read_sides (const double strength[ME_N_AUS], const double left[ME_N_AUS],
    const double right[ME_N_AUS], gboolean contempt, double scores[ME_N_EMOTIONS])
{
  me_emotion_read (strength, scores);
  if ((left[ME_AU12] > 0) != (right[ME_AU12] > 0))
    scores[ME_HAPPINESS] = 0;
  return contempt && is_contempt (strength, left, right) ? ME_EMOTION_CONTEMPT
                                                         : best_emotion (scores);
}

double
me_emotion_probability (const MeUnitReading *reading, gboolean contempt, MeEmotion emotion)
{
  double scores[ME_N_EMOTIONS], sum = 0, total = 1e-9;

  for (guint i = 0; i < reading->n_sets; i++) {
    const MeUnitSet *set = &reading->sets[i];
    total += set->probability;
    if (me_emotion_read_sides (set->strength, set->left, set->right, contempt, scores) == emotion)
      sum += set->probability;
  }
  return sum / total;
}
