/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The strength of a unit is how far it moves the point that it moves most. The fit takes that from
 * the template, while people move this point farther, or less far, than the template predicts;
 * the motion of one point alone contains its noise, and what other units do there. The errors of
 * the two have little in common, so their geometric mean is nearer to the truth than either. */
#include "unit-strength.h"

#include "anatomy/au-motion.h"

#include <math.h>
#include <string.h>

#define SHARE_ACTIVE 0.39f  /* of the strongest unit; weaker ones count as at rest */
#define SHARE_SIDE 0.40     /* of the stronger side; below it a unit is one-sided */
#define LEAST_EXPLAINED 0.4 /* share of the motion; less is not taken for how people differ */
#define MOVED 0.5           /* of the largest motion of a unit: points that tell its strength */

/* Strength of a unit on its left side, or on the midline: motions of one unit add up. */
static float
left_strength (const float *x, int au)
{
  return x[2 * au] + (au == ME_AU4 ? x[ME_TEMPLATE_BROW_DEPRESSOR] : 0);
}

static float
right_strength (const float *x, int au)
{
  return x[2 * au + 1] + (au == ME_AU4 ? x[ME_TEMPLATE_BROW_DEPRESSOR] : 0);
}

static float
unit_strength (const float *x, int au)
{
  return MAX (left_strength (x, au), right_strength (x, au));
}

guint
me_unit_active (const MeUnitFit *fit)
{
  const float *x = fit->coefficient;
  float strongest = 1e-6f;
  guint units = 0;

  for (int au = 0; au < ME_AU45; au++)
    strongest = MAX (strongest, unit_strength (x, au));
  for (int au = 0; au < ME_AU45; au++)
    if (unit_strength (x, au) >= SHARE_ACTIVE * strongest)
      units |= 1u << au;
  return units;
}

/* The strength of one side; 0 when the other is so much stronger that the unit is one-sided. */
static double
side_strength (double side, double other)
{
  return side >= other || side > SHARE_SIDE * other ? side : 0;
}

/* A fit sees only what points move in the direction of the templates. Who moves elsewhere moves no
 * less: strengths are scaled so that the units have the energy of the whole motion. */
static double
energy_scale (const MeUnitFit *fit)
{
  return 1 / sqrt (MAX (fit->explained, LEAST_EXPLAINED));
}

/* Adds what a unit does according to the fit. */
static void
add_unit (const MeUnitModel *model, const float *x, int au, MePoint sum[ME_N_POINTS])
{
  const int templates[] = { 2 * au, 2 * au + 1, ME_TEMPLATE_BROW_DEPRESSOR };

  for (int k = 0; k < (au == ME_AU4 ? 3 : 2); k++)
    for (int i = 0; i < ME_N_POINTS; i++) {
      const MePoint *one = &model->motion[templates[k]][i];
      sum[i].x += x[templates[k]] * one->x;
      sum[i].y += x[templates[k]] * one->y;
    }
}

static double
length (MePoint p)
{
  return hypot (p.x, p.y);
}

/* What the fit makes of a motion. */
typedef struct
{
  MePoint rest[ME_N_POINTS]; /* that no unit explains */
  double total[ME_N_POINTS]; /* lengths of what the units do, summed */
} Account;

static void
account_init (Account *account, const MeSkinMotion *skin, const float *x)
{
  memcpy (account->rest, skin->motion, sizeof account->rest);
  memset (account->total, 0, sizeof account->total);
  for (int au = 0; au < ME_AU45; au++) {
    MePoint own[ME_N_POINTS] = { { 0, 0 } };

    if (unit_strength (x, au) <= 0)
      continue;
    add_unit (skin->model, x, au, own);
    for (int i = 0; i < ME_N_POINTS; i++) {
      account->rest[i].x -= own[i].x;
      account->rest[i].y -= own[i].y;
      account->total[i] += length (own[i]);
    }
  }
}

/* The largest motion of a point that the unit moves, divided by the largest that the fit predicts;
 * 1 if none of these points counts. Of what the fit leaves of the motion of a point, each unit has
 * the share that it has in the rest of it. */
static double
surplus (const Account *account, const MeSkinMotion *skin, const float *x, int au)
{
  MePoint own[ME_N_POINTS] = { { 0, 0 } };
  double farthest = 1e-6, predicted = 0, seen = 0;

  add_unit (skin->model, x, au, own);
  for (int i = 0; i < ME_N_POINTS; i++)
    farthest = MAX (farthest, length (own[i]));
  for (int i = 0; i < ME_N_POINTS; i++) {
    if (length (own[i]) < MOVED * farthest || me_unit_point_weight (i, skin->lids_moved) <= 0)
      continue;
    float share = (float)(length (own[i]) / MAX (account->total[i], 1e-6));
    MePoint with_rest = { own[i].x + share * account->rest[i].x,
      own[i].y + share * account->rest[i].y };
    predicted = MAX (predicted, length (own[i]));
    seen = MAX (seen, length (with_rest));
  }
  return predicted > 0 ? seen / predicted : 1;
}

void
me_unit_strengths (const MeSkinMotion *skin, const MeUnitFit *fit, double strength[ME_N_AUS],
    double left[ME_N_AUS], double right[ME_N_AUS])
{
  const float *x = fit->coefficient;
  guint active = me_unit_active (fit);
  Account account;

  account_init (&account, skin, x);
  for (int au = 0; au < ME_AU45; au++) {
    gboolean sided = me_au_is_sided (au), is = active & (1u << au);
    double gain = is ? sqrt (energy_scale (fit) * surplus (&account, skin, x, au)) : 0;
    double l = gain * left_strength (x, au), r = gain * right_strength (x, au);

    strength[au] = MAX (l, r);
    left[au] = sided ? side_strength (l, r) : 0;
    right[au] = sided ? side_strength (r, l) : 0;
  }
}
