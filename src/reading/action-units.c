/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which sets of units explain a motion: the posterior probability of each, with the prior of
 * unit-prior.c, searched from the published combinations by adding, dropping and exchanging units.
 * A free fit of all units settles on any of many similar explanations (unit F1 0.3 in our
 * experiments); a choice among published combinations alone cannot read any other. */
#include "action-units.h"

#include "unit-fit.h"
#include "unit-prior.h"
#include "unit-strength.h"
#include "anatomy/unit-combinations.h"

#include <math.h>
#include <string.h>

#define PRIOR 1.1f       /* exponent of the prior */
#define UNIT_COST 1.5f   /* -log of the prior, for each unit */
#define IDLE_COST 3.4f   /* for each unit of the set that the fit leaves at rest */
#define STEPS 6          /* of the search */
#define MAX_SETS 512     /* of units */
#define TEMPERATURE 2.0f /* of the posterior, so that probabilities hold on tuning clips */

static guint
count (guint units)
{
  guint n = 0;

  for (; units; units &= units - 1)
    n++;
  return n;
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
  const MeSkinMotion *skin;
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
  set->active = me_unit_active (&fit);
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
add_set (const Search *s, const Set *set, double probability, MeUnitReading *reading)
{
  for (int au = 0; au < ME_N_AUS; au++)
    if (set->active & (1u << au))
      reading->confidence[au] = MIN (1, reading->confidence[au] + probability); /* rounding */
  if (probability >= ME_LEAST_PROBABILITY) {
    MeUnitSet *to = &reading->sets[reading->n_sets++];
    MeUnitFit fit;
    me_unit_fit (&s->equations, set->units, &fit);
    to->probability = probability;
    me_unit_strengths (s->skin, &fit, to->strength, to->left, to->right);
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
      add_set (s, &s->sets[i], likeliness (s, i) / total, reading);
}

void
me_action_units_read (const MeUnitModel *model, const MePoint motion[ME_N_POINTS],
    const float *noise, gboolean lids_moved, MeUnitReading *reading)
{
  const MeSkinMotion skin = { model, motion, lids_moved };
  Search search;
  MeUnitFit even;

  memset (reading, 0, sizeof *reading);
  search.skin = &skin;
  me_unit_equations_init (&search.equations, model, motion, noise, lids_moved);
  find_units (&search);
  me_unit_fit_evenly (&search.equations, search.sets[search.best].units, &even);
  reading->fit = even.explained;
  me_unit_strengths (&skin, &even, reading->strength, reading->left, reading->right);
  reading->reliability = reliability (reading->strength);
  fill_probabilities (&search, reading);
}
