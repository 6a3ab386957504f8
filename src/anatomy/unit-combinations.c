/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the sheets of CASME II, CAS(ME)^2, CAS(ME)^3 and SAMM, the objective classes and the EMFACS
 * prototypes. The test source draws by the order of the rows: moving one that has a frequency
 * changes what its seeds show. */
#include "unit-combinations.h"

#define U(au) (1u << ME_AU##au)
#define NONE ME_PROTOTYPE_NONE
#define FACS ME_PROTOTYPE_FACS
#define EMFACS ME_PROTOTYPE_EMFACS
#define CLASS ME_PROTOTYPE_CLASS

const MeUnitCombination me_unit_combinations[] = {
  { U (4), ME_ANGER, CLASS, U (5), 12 },
  { U (4) | U (7), ME_ANGER, CLASS, U (5) | U (6) | U (23) | U (24), 8 },
  { U (7), ME_EMOTION_OTHER, NONE, 0, 4 },
  { U (4) | U (5) | U (7) | U (23), ME_ANGER, NONE, 0, 2 },
  { U (23), ME_ANGER, CLASS, 0, 2 },
  { U (17) | U (24), ME_ANGER, CLASS, 0, 2 },
  { U (4) | U (5), ME_ANGER, NONE, 0, 0 },
  { U (4) | U (5) | U (7), ME_ANGER, NONE, 0, 0 },
  { U (4) | U (6) | U (7), ME_ANGER, NONE, 0, 0 },
  { U (4) | U (7) | U (23), ME_ANGER, FACS, U (5), 0 },
  { U (4) | U (7) | U (24), ME_ANGER, FACS, U (5), 0 },

  { U (12), ME_HAPPINESS, EMFACS, U (6) | U (7) | U (25) | U (26), 9 },
  { U (6) | U (12), ME_HAPPINESS, FACS, U (7) | U (25) | U (26), 7 },
  { U (7) | U (12), ME_HAPPINESS, NONE, 0, 2 },
  { U (6), ME_HAPPINESS, CLASS, 0, 1 },
  { U (6) | U (7) | U (12), ME_HAPPINESS, NONE, 0, 0 },
  { U (12) | U (25), ME_HAPPINESS, NONE, 0, 0 },
  { U (6) | U (12) | U (25), ME_HAPPINESS, NONE, 0, 0 },
  { U (12) | U (26), ME_HAPPINESS, NONE, 0, 0 },
  { U (6) | U (12) | U (26), ME_HAPPINESS, NONE, 0, 0 },

  { U (1) | U (2), ME_SURPRISE, FACS, U (5) | U (25) | U (26), 8 },
  { U (2), ME_SURPRISE, CLASS, U (25) | U (26), 3 },
  { U (5), ME_SURPRISE, CLASS, U (25) | U (26), 2 },
  { U (1) | U (2) | U (5), ME_SURPRISE, FACS, U (25) | U (26), 3 },
  { U (1) | U (2) | U (25), ME_SURPRISE, NONE, 0, 1 },
  { U (1) | U (2) | U (5) | U (26), ME_SURPRISE, FACS, 0, 2 },
  { U (25), ME_SURPRISE, CLASS, U (26), 0 },
  { U (26), ME_SURPRISE, NONE, 0, 0 },
  { U (25) | U (26), ME_SURPRISE, NONE, 0, 0 },
  { U (5) | U (26), ME_SURPRISE, NONE, 0, 0 },
  { U (1) | U (2) | U (26), ME_SURPRISE, NONE, 0, 0 },

  { U (1), ME_SADNESS, CLASS, U (15), 3 },
  { U (1) | U (4), ME_SADNESS, FACS, U (15) | U (17), 3 },
  { U (15), ME_SADNESS, CLASS, U (1), 3 },
  { U (15) | U (17), ME_SADNESS, CLASS, 0, 2 },
  { U (1) | U (4) | U (15), ME_SADNESS, FACS, U (17), 2 },
  { U (6) | U (15), ME_SADNESS, FACS, U (17), 0 },
  { U (1) | U (15), ME_SADNESS, NONE, 0, 0 },
  { U (1) | U (4) | U (17), ME_SADNESS, NONE, 0, 0 },

  { U (1) | U (2) | U (4), ME_FEAR, FACS, U (5) | U (7) | U (20) | U (25) | U (26), 2 },
  { U (20), ME_FEAR, EMFACS, U (5) | U (25) | U (26), 2 },
  { U (1) | U (2) | U (4) | U (5) | U (20), ME_FEAR, FACS, U (7) | U (25) | U (26), 1 },
  { U (1) | U (2) | U (4) | U (20), ME_FEAR, NONE, 0, 0 },
  { U (1) | U (2) | U (4) | U (5), ME_FEAR, NONE, 0, 0 },
  { U (20) | U (25), ME_FEAR, NONE, 0, 0 },
  { U (20) | U (26), ME_FEAR, NONE, 0, 0 },

  { U (9), ME_DISGUST, EMFACS, U (4) | U (7) | U (15) | U (17), 3 },
  { U (10), ME_DISGUST, EMFACS, U (4) | U (7) | U (17), 3 },
  { U (4) | U (9), ME_DISGUST, CLASS, U (7) | U (17), 2 },
  { U (4) | U (7) | U (9), ME_DISGUST, CLASS, U (17), 1 },
  { U (10) | U (17), ME_DISGUST, FACS, U (4), 1 },
  { U (7) | U (10), ME_DISGUST, CLASS, U (4), 0 },
  { U (4) | U (9) | U (17), ME_DISGUST, NONE, 0, 0 },
  { U (4) | U (7) | U (10), ME_DISGUST, NONE, 0, 0 },
  { U (9) | U (15), ME_DISGUST, NONE, 0, 0 },
  { U (9) | U (17), ME_DISGUST, NONE, 0, 0 },
  { U (4) | U (10) | U (17), ME_DISGUST, NONE, 0, 0 },

  { U (14), ME_EMOTION_OTHER, NONE, 0, 7 },
  { U (17), ME_EMOTION_OTHER, NONE, 0, 3 },
  { U (24), ME_EMOTION_OTHER, NONE, 0, 2 },
  { U (14) | U (17), ME_EMOTION_OTHER, NONE, 0, 0 },
  { U (18), ME_EMOTION_OTHER, NONE, 0, 0 },
  { U (22), ME_EMOTION_OTHER, NONE, 0, 0 },
  { U (28), ME_EMOTION_OTHER, NONE, 0, 0 },
};

const guint me_n_unit_combinations = G_N_ELEMENTS (me_unit_combinations);
