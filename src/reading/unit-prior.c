/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A listed combination is free; any other costs what it takes to change the nearest one into it. */
#include "unit-prior.h"

#include "anatomy/au-motion.h"
#include "anatomy/unit-combinations.h"

#define DROP_COST 3.0f /* for each unit of the combination that the set lacks */
/* For each added unit that looks like one of the combination: it rather makes up for how this
 * person's motion differs from the table, as a dimpler does for a smile that moves little cheek. */
#define ALIKE_COST 3.0f
/* For lips that press together (AU24) and part (AU25, AU26) at once. */
#define OPPOSED_COST 12.0f
#define PRESSED (1u << ME_AU24)
#define PARTED (1u << ME_AU25 | 1u << ME_AU26)

/* -log of the share of clips that contain the unit, over three coded sheets (CASME II, SAMM and
 * CAS(ME)^3, 1265 clips). 1 % for AU25, AU26 and units that the sheets do not count. */
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
  [ME_AU18] = 4.6f,
  [ME_AU22] = 4.6f,
  [ME_AU28] = 4.6f,
  [ME_AU45] = 4.6f,
};

/* The cost of changing `listed` into `units`; inexact above `most`. */
static float
change_cost (guint units, guint listed, float most)
{
  float cost = 0;

  for (guint dropped = listed & ~units; dropped; dropped &= dropped - 1)
    cost += DROP_COST;
  for (guint added = units & ~listed, au = 0; added && cost < most; added >>= 1, au++)
    if (added & 1)
      cost += rarity[au] + (me_au_lookalikes (au) & listed & units ? ALIKE_COST : 0);
  return cost;
}

float
me_unit_prior_cost (guint units)
{
  float least = G_MAXFLOAT, opposed = units & PRESSED && units & PARTED ? OPPOSED_COST : 0;

  for (guint i = 0; i < me_n_unit_combinations && least > 0; i++)
    least = MIN (least, change_cost (units, me_unit_combinations[i].units, least));
  return least + opposed;
}
