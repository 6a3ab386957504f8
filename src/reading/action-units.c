/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which sets of units explain a motion: the posterior probability of each, with the prior of
 * unit-prior.c, searched from the published combinations by adding, dropping and exchanging units.
 * A free fit of all units settles on any of many similar explanations (unit F1 0.3 in our
 * experiments); a choice among published combinations alone cannot read any other. */
#include "action-units.h"

#include "unit-fit.h"
#include "unit-prior.h"
#include "anatomy/unit-combinations.h"

#include <math.h>
#include <string.h>

#define PRIOR 1.1f          /* exponent of the prior */
#define UNIT_COST 1.5f      /* -log of the prior, for each unit */
#define IDLE_COST 3.4f      /* for each unit of the set that the fit leaves at rest */
#define SHARE_ACTIVE 0.39f  /* of the strongest unit; weaker ones count as at rest */
#define SHARE_SIDE 0.40     /* of the stronger side; below it a unit is one-sided */
#define LEAST_EXPLAINED 0.4 /* share of the motion; less is not taken for how people differ */
#define STEPS 6             /* of the search */
#define MAX_SETS 512        /* of units */
#define TEMPERATURE 2.0f    /* of the posterior, so that probabilities hold on tuning clips */

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

/* The units strong enough to count as active. */
static guint
active_units (const float *x)
{
  float strongest = 1e-6f;
  guint units = 0;

  for (int au = 0; au < ME_AU45; au++)
    strongest = MAX (strongest, unit_strength (x, au));
  for (int au = 0; au < ME_AU45; au++)
    if (unit_strength (x, au) >= SHARE_ACTIVE * strongest)
      units |= 1u << au;
  return units;
}

static guint
count (guint units)
{
  guint n = 0;

  for (; units; units &= units - 1)
    n++;
  return n;
}

/* The strength of one side; 0 when the other is so much stronger that the unit is one-sided. */
static double
side_strength (double side, double other)
{
  return side >= other || side > SHARE_SIDE * other ? side : 0;
}

/* The coefficient of a unit, scaled as below, at a strength of 1: less than that where other faces
 * move less skin than the templates, more where neighbours move along. Medians over tuning clips in
 * webcam and studio with the fields of the table and of ICT-FaceKit, drawn towards that of all
 * units where they are few; rare units have the latter. */
#define USUAL 1.07f
static const float read_as[ME_AU45] = {
  [ME_AU1] = 1.17f,
  [ME_AU2] = 1.02f,
  [ME_AU4] = 1.02f,
  [ME_AU5] = 1.14f,
  [ME_AU6] = 0.92f,
  [ME_AU7] = 1.09f,
  [ME_AU9] = USUAL,
  [ME_AU10] = 0.96f,
  [ME_AU12] = 1.14f,
  [ME_AU14] = 1.05f,
  [ME_AU15] = 1.23f,
  [ME_AU17] = 0.98f,
  [ME_AU20] = USUAL,
  [ME_AU23] = 1.01f,
  [ME_AU24] = 0.86f,
  [ME_AU25] = USUAL,
  [ME_AU26] = 0.97f,
  [ME_AU18] = USUAL,
  [ME_AU22] = USUAL,
  [ME_AU28] = USUAL,
};

/* A fit sees only what points move in the direction of the templates. Who moves elsewhere moves no
 * less: strengths are scaled so that the units have the energy of the whole motion. */
static double
strength_scale (const MeUnitFit *fit)
{
  return 1 / sqrt (MAX (fit->explained, LEAST_EXPLAINED));
}

/* Strengths of the units that a fit finds active; 0 of the others. */
static void
fill_strengths (
    const MeUnitFit *fit, double strength[ME_N_AUS], double left[ME_N_AUS], double right[ME_N_AUS])
{
  const float *x = fit->coefficient;
  double scale = strength_scale (fit);
  guint active = active_units (x);

  for (int au = 0; au < ME_AU45; au++) {
    gboolean sided = me_au_is_sided (au);
    double gain = active & (1u << au) ? scale / read_as[au] : 0;
    double l = gain * left_strength (x, au), r = gain * right_strength (x, au);
    strength[au] = MAX (l, r);
    left[au] = sided ? side_strength (l, r) : 0;
    right[au] = sided ? side_strength (r, l) : 0;
  }
}

/* A set of units and what its fit gives; of the strengths only which are active, since there are
 * many sets, and the stack of a thread may be small. */
typedef struct
{
  guint units, active;
  float cost; /* -log of the posterior, up to a constant */
} Set;

typedef struct
{
  MeUnitEquations equations;
  Set sets[MAX_SETS];
  guint n_sets;
  guint best;
} Search;

static gboolean
was_tried (const Search *s, guint units)
{
  for (guint i = 0; i < s->n_sets; i++)
    if (s->sets[i].units == units)
      return TRUE;
  return FALSE;
}

static void
try_units (Search *s, guint units)
{
  Set *set = &s->sets[s->n_sets];
  MeUnitFit fit;

  if (units == 0 || count (units) > ME_MAX_FIT_UNITS || s->n_sets == MAX_SETS ||
      was_tried (s, units))
    return;
  me_unit_fit (&s->equations, units, &fit);
  set->units = units;
  set->active = active_units (fit.coefficient);
  set->cost = fit.misfit + PRIOR * me_unit_prior_cost (units) + UNIT_COST * count (units) +
              IDLE_COST * count (units & ~set->active);
  if (set->cost < s->sets[s->best].cost)
    s->best = s->n_sets;
  s->n_sets++;
}

/* Toggles each unit, and exchanges each unit of the set for its lookalikes. */
static void
try_similar_sets (Search *s, guint units)
{
  for (int a = 0; a < ME_AU45; a++) {
    guint alike = me_au_lookalikes (a) & ~units;
    try_units (s, units ^ (1u << a));
    for (int b = 0; b < ME_AU45 && units & (1u << a); b++)
      if (alike & (1u << b))
        try_units (s, units ^ (1u << a) ^ (1u << b));
  }
}

static void
find_units (Search *s)
{
  guint around = G_MAXUINT;

  s->n_sets = s->best = 0;
  for (guint i = 0; i < me_n_unit_combinations; i++)
    try_units (s, me_unit_combinations[i].units);
  for (int step = 0; step < STEPS && around != s->best; step++) {
    around = s->best;
    try_similar_sets (s, s->sets[around].units);
  }
}

static double
reliability (const double strength[ME_N_AUS])
{
  double total = 1e-9, trusted = 0;

  for (int au = 0; au < ME_N_AUS; au++) {
    total += strength[au];
    trusted += strength[au] * me_au_reliability (au);
  }
  return trusted / total;
}

/* Adds a set to the posterior. */
static void
add_set (
    const MeUnitEquations *equations, const Set *set, double probability, MeUnitReading *reading)
{
  for (int au = 0; au < ME_N_AUS; au++)
    if (set->active & (1u << au))
      reading->confidence[au] = MIN (1, reading->confidence[au] + probability); /* rounding */
  if (probability >= ME_LEAST_PROBABILITY) {
    MeUnitSet *to = &reading->sets[reading->n_sets++];
    MeUnitFit fit;
    me_unit_fit (equations, set->units, &fit);
    to->probability = probability;
    fill_strengths (&fit, to->strength, to->left, to->right);
  }
}

/* The same of the best one, as it was read. */
static void
add_best (double probability, MeUnitReading *reading)
{
  MeUnitSet *to = &reading->sets[reading->n_sets++];

  to->probability = probability;
  memcpy (to->strength, reading->strength, sizeof to->strength);
  memcpy (to->left, reading->left, sizeof to->left);
  memcpy (to->right, reading->right, sizeof to->right);
  for (int au = 0; au < ME_N_AUS; au++)
    reading->confidence[au] += reading->strength[au] > 0 ? probability : 0;
}

static double
likeliness (const Search *s, guint i)
{
  return exp ((s->sets[s->best].cost - s->sets[i].cost) / TEMPERATURE);
}

static void
fill_probabilities (const Search *s, MeUnitReading *reading)
{
  double total = 0;

  for (guint i = 0; i < s->n_sets; i++)
    total += likeliness (s, i);
  add_best (1 / total, reading);
  for (guint i = 0; i < s->n_sets; i++)
    if (i != s->best)
      add_set (&s->equations, &s->sets[i], likeliness (s, i) / total, reading);
}

void
me_action_units_read (const MeUnitModel *model, const MePoint motion[ME_N_POINTS],
    const float *noise, gboolean lids_moved, MeUnitReading *reading)
{
  Search search;
  MeUnitFit even;

  memset (reading, 0, sizeof *reading);
  me_unit_equations_init (&search.equations, model, motion, noise, lids_moved);
  find_units (&search);
  me_unit_fit_evenly (&search.equations, search.sets[search.best].units, &even);
  reading->fit = even.explained;
  fill_strengths (&even, reading->strength, reading->left, reading->right);
  reading->reliability = reliability (reading->strength);
  fill_probabilities (&search, reading);
}
