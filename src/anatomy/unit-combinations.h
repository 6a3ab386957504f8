/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Combinations of action units that coders report. One table serves the prior of the unit reading
 * (all rows), the emotion reading (the prototypes) and the test source (rows with a frequency). */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

/* Where the reading as an emotion comes from. FACS: prototypes and their variants, FACS
 * Investigator's Guide (Ekman, Friesen & Hager 2002). EMFACS: its core units. CLASS: the objective
 * classes of Davison, Merghani & Yap (2018), from CASME II and SAMM. */
typedef enum
{
  ME_PROTOTYPE_NONE,
  ME_PROTOTYPE_FACS,
  ME_PROTOTYPE_EMFACS,
  ME_PROTOTYPE_CLASS,
} MePrototype;

typedef struct
{
  guint units;           /* bit n: MeAu n */
  MeEmotion emotion;     /* conventional reading; ME_EMOTION_OTHER: none of the six */
  MePrototype prototype; /* whether the emotion reading uses the row, and its source */
  guint also;            /* units that may join a prototype, up to its strongest unit */
  guint frequency;       /* relative, in the coded sheets; 0: the test source does not draw it */
} MeUnitCombination;

/* No two rows have the same units. */
extern const MeUnitCombination me_unit_combinations[];
extern const guint me_n_unit_combinations;

G_END_DECLS
