/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Combinations that coders publish (CASME II, SAMM and CAS(ME)^3 sheets and the objective classes
 * of Davison, Merghani & Yap 2018; EMFACS prototypes), and how often they see each unit. */
#include "unit-prior.h"

#define DROP_COST 3.0f /* a unit of a combination that is absent */

#define U(au) (1u << ME_AU##au)

const guint me_unit_combinations[] = {
  /* happiness; the lips often part */
  U (12), U (6), U (6) | U (12), U (7) | U (12), U (6) | U (7) | U (12), U (12) | U (25),
  U (6) | U (12) | U (25), U (12) | U (26), U (6) | U (12) | U (26),
  /* surprise */
  U (1) | U (2), U (2), U (5), U (1) | U (2) | U (5), U (1) | U (2) | U (25), U (25), U (26),
  U (25) | U (26), U (5) | U (26), U (1) | U (2) | U (26), U (1) | U (2) | U (5) | U (26),
  /* anger */
  U (4), U (7), U (4) | U (7), U (4) | U (5), U (4) | U (5) | U (7), U (4) | U (6) | U (7), U (23),
  U (24), U (17) | U (24), U (4) | U (7) | U (23), U (4) | U (5) | U (7) | U (23),
  U (4) | U (7) | U (24),
  /* disgust */
  U (9), U (10), U (4) | U (9), U (4) | U (7) | U (9), U (4) | U (9) | U (17),
  U (4) | U (7) | U (10), U (7) | U (10), U (10) | U (17), U (9) | U (15), U (9) | U (17),
  U (4) | U (10) | U (17),
  /* sadness */
  U (1), U (15), U (17), U (1) | U (4), U (1) | U (4) | U (15), U (6) | U (15), U (15) | U (17),
  U (1) | U (15), U (1) | U (4) | U (17),
  /* fear */
  U (20), U (1) | U (2) | U (4), U (1) | U (2) | U (4) | U (20), U (1) | U (2) | U (4) | U (5),
  U (1) | U (2) | U (4) | U (5) | U (20), U (20) | U (25), U (20) | U (26),
  /* none of the six */
  U (14), U (12) | U (14), U (14) | U (17)
};

#undef U

const guint me_n_unit_combinations = G_N_ELEMENTS (me_unit_combinations);

/* -log of the share of clips that hold the unit, from the three sheets together (1265 clips; units
 * that they do not count, and those of the mouth's opening, 1 %). */
static const float rarity[ME_N_AUS] = {
  [ME_AU1] = 2.0f,
  [ME_AU2] = 2.0f,
  [ME_AU4] = 1.1f,
  [ME_AU5] = 3.1f,
  [ME_AU6] = 3.5f,
  [ME_AU7] = 2.5f,
  [ME_AU9] = 3.0f,
  [ME_AU10] = 3.5f,
  [ME_AU12] = 2.7f,
  [ME_AU14] = 1.7f,
  [ME_AU15] = 3.5f,
  [ME_AU17] = 3.2f,
  [ME_AU20] = 4.6f,
  [ME_AU23] = 4.6f,
  [ME_AU24] = 2.9f,
  [ME_AU25] = 4.6f,
  [ME_AU26] = 4.6f,
  [ME_AU45] = 4.6f,
};

/* What it takes to make `units` of a listed set; more than `most` need not be exact. */
static float
change_cost (guint units, guint listed, float most)
{
  float cost = 0;

  for (guint dropped = listed & ~units; dropped; dropped &= dropped - 1)
    cost += DROP_COST;
  for (guint added = units & ~listed, au = 0; added && cost < most; added >>= 1, au++)
    if (added & 1)
      cost += rarity[au];
  return cost;
}

float
me_unit_prior_cost (guint units)
{
  float least = G_MAXFLOAT;

  for (guint i = 0; i < me_n_unit_combinations && least > 0; i++)
    least = MIN (least, change_cost (units, me_unit_combinations[i], least));
  return least;
}
