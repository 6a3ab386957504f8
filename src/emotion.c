/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Weighted prototypes with inhibition, one emotion a row. Sources: EMFACS core units and the
 * prototypes of the FACS Investigator's Guide (Ekman, Friesen & Hager 2002); where a unit is read
 * alone, the objective classes of SAMM (Davison et al. 2018). A score is the mean weight of the
 * active units, each counted by its strength. */
#include "emotion.h"

#define MIN_SCORE 0.4 /* below it no prototype fits */

static const double weights[ME_N_EMOTIONS][ME_N_AUS] = {
  [ME_HAPPINESS] = { [ME_AU12] = 1,
      [ME_AU6] = 0.7,
      [ME_AU25] = 0.3,
      [ME_AU7] = 0.2,
      [ME_AU15] = -0.6 },
  [ME_SADNESS] = { [ME_AU1] = 1,
      [ME_AU15] = 1,
      [ME_AU4] = 0.6,
      [ME_AU17] = 0.5,
      [ME_AU6] = 0.2,
      [ME_AU2] = -0.4,
      [ME_AU12] = -0.8 },
  [ME_ANGER] = { [ME_AU4] = 1,
      [ME_AU23] = 1,
      [ME_AU24] = 0.9,
      [ME_AU7] = 0.9,
      [ME_AU5] = 0.6,
      [ME_AU17] = 0.3,
      [ME_AU1] = -0.5,
      [ME_AU2] = -0.5,
      [ME_AU9] = -0.8,
      [ME_AU10] = -0.8,
      [ME_AU12] = -0.5,
      [ME_AU15] = -0.4 },
  [ME_FEAR] = { [ME_AU20] = 1,
      [ME_AU5] = 0.9,
      [ME_AU1] = 0.7,
      [ME_AU4] = 0.6,
      [ME_AU2] = 0.6,
      [ME_AU26] = 0.4,
      [ME_AU25] = 0.4,
      [ME_AU7] = 0.3,
      [ME_AU12] = -0.5 },
  [ME_DISGUST] = { [ME_AU9] = 1,
      [ME_AU10] = 1,
      [ME_AU4] = 0.5,
      [ME_AU7] = 0.5,
      [ME_AU15] = 0.4,
      [ME_AU17] = 0.4,
      [ME_AU6] = 0.2,
      [ME_AU12] = -0.5 },
  [ME_SURPRISE] = { [ME_AU1] = 0.8,
      [ME_AU2] = 0.9,
      [ME_AU5] = 1,
      [ME_AU26] = 1,
      [ME_AU25] = 0.6,
      [ME_AU4] = -0.8,
      [ME_AU20] = -0.6 },
};

MeEmotion
me_emotion_read (const double strength[ME_N_AUS], double scores[ME_N_EMOTIONS])
{
  double total = 1e-9;
  MeEmotion best = ME_EMOTION_OTHER;

  for (int au = 0; au < ME_N_AUS; au++)
    total += strength[au];
  for (int e = 0; e < ME_N_EMOTIONS; e++) {
    double score = 0;
    for (int au = 0; au < ME_N_AUS; au++)
      score += weights[e][au] * strength[au] / total;
    scores[e] = CLAMP (score, 0, 1);
    if (scores[e] >= MIN_SCORE && (best == ME_EMOTION_OTHER || scores[e] > scores[best]))
      best = e;
  }
  return best;
}
