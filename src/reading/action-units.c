/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which set of units explains a motion best: a maximum a posteriori choice with the prior of
 * unit-prior.c, searched from the published combinations by adding, dropping and exchanging units.
 * A free fit of all units settles on any of many similar explanations (unit F1 0.3 in our
 * experiments); a choice among published combinations alone cannot read any other.
 *
 * People move differently from any table, so the uncertainty of a point's motion includes a share
 * of its own length. A point at rest is certain, and says which units are not active. */
#include "action-units.h"

#include "unit-prior.h"
#include "anatomy/unit-combinations.h"

#include <math.h>
#include <string.h>

/* Uncertainty of a point's motion */
#define LEAST_NOISE 0.03f /* % IPD */
#define PERSON 0.30f      /* of its own length: how differently people move */
#define FIELD 0.08f       /* of the largest length: skin follows its surroundings */
#define FIELD_PLAIN 0.1f  /* the same when only strengths are fitted */
#define HEAD 0.30f        /* of the largest length: error of the head fit */
#define REPEATS 4.0f      /* points whose errors are alike, since their patches overlap */

#define ALL_UNITS ((1u << ME_AU45) - 1) /* that the motion shows: all but AU45 */
#define MAX_UNITS 6
#define UNIT_COST 0.7f     /* -log of the prior, for each unit */
#define IDLE_COST 4.0f     /* for each unit of the set that the fit leaves at rest */
#define SHARE_ACTIVE 0.35f /* of the strongest unit; weaker ones count as at rest */
#define SHARE_SIDE 0.40    /* of the stronger side; below it a unit is one-sided */
#define SWEEPS 40
#define SETTLED 1e-3f /* of a coefficient, % IPD: the fit has converged */
#define STEPS 6       /* of the search */

/* The normal equations of one fit: weighted inner products of the templates with each other and
 * with the motion. */
typedef struct
{
  float gram[ME_N_TEMPLATES][ME_N_TEMPLATES];
  float product[ME_N_TEMPLATES];
  float energy; /* of the motion */
} Equations;

typedef struct
{
  guint units;
  float coefficient[ME_N_TEMPLATES];
  float left_over; /* energy that the units do not explain */
  float cost;      /* -log of the posterior, up to a constant */
} Fit;

typedef struct
{
  Equations equations;
  Fit best;
  float second; /* cost of the best other set */
} Search;

/* How far a point's motion is trusted. Patches on the jaw outline see background; after a blink,
 * those around the eyes see lids. */
static float
point_weight (int point, gboolean lids_moved)
{
  switch (me_facial_points[point].feature) {
  case ME_FEATURE_JAW:
    return 0;
  case ME_FEATURE_EYE_CORNER:
    return lids_moved ? 0 : 0.5f;
  default:
    return lids_moved && me_facial_point_is_near_eye (point) ? 0 : 1;
  }
}

static float
inner (const float *weight, const MePoint *a, const MePoint *b)
{
  float sum = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    sum += weight[i] * (a[i].x * b[i].x + a[i].y * b[i].y);
  return sum;
}

static float
largest_motion (const MePoint *motion, gboolean lids_moved)
{
  float largest = LEAST_NOISE;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (point_weight (i, lids_moved) > 0)
      largest = MAX (largest, hypotf (motion[i].x, motion[i].y));
  return largest;
}

/* Weights of the points: 1 / variance. person, field: PERSON and FIELD, or what replaces them. */
static void
weigh_points (const MePoint *motion, const float *noise, gboolean lids_moved, float person,
    float field, float *weight)
{
  float shared = field * largest_motion (motion, lids_moved);

  for (int i = 0; i < ME_N_POINTS; i++) {
    float random = noise ? MAX (LEAST_NOISE, noise[i]) : LEAST_NOISE;
    float own = person * hypotf (motion[i].x, motion[i].y);
    float variance = random * random + own * own + shared * shared;
    weight[i] = point_weight (i, lids_moved) / (REPEATS * variance);
  }
}

/* Whether a template belongs to one of the units. */
static gboolean
is_of (int t, guint units)
{
  return units & (1u << (t / 2)) && (t % 2 == 0 || me_au_is_sided (t / 2));
}

/* ---- the error of the head fit ---- */

/* Any measurement may contain a small affine motion: three parameters each for x and y, with a
 * normal prior, which are integrated out. That subtracts from every inner product the part that
 * they explain. */
typedef struct
{
  float basis[ME_N_POINTS][3]; /* weighted */
  float l[3][3];               /* lower triangle of the Cholesky factor of their precision */
} HeadError;

/* A motion projected onto the parameters: the inner product of two of these is the part of the
 * motions' inner product that the parameters explain. */
typedef struct
{
  float x[3], y[3];
} HeadPart;

static void
head_error_init (HeadError *h, const MePoint *place, const float *weight, float size)
{
  float m[3][3] = { { 0 } };

  for (int i = 0; i < ME_N_POINTS; i++) {
    float b[3] = { 1, place[i].x, place[i].y };
    for (int j = 0; j < 3; j++) {
      h->basis[i][j] = weight[i] * b[j];
      for (int k = 0; k <= j; k++)
        m[j][k] += weight[i] * b[j] * b[k];
    }
  }
  for (int j = 0; j < 3; j++) {
    m[j][j] += 1 / (size * size);
    for (int k = 0; k <= j; k++) {
      float sum = m[j][k];
      for (int n = 0; n < k; n++)
        sum -= h->l[j][n] * h->l[k][n];
      h->l[j][k] = j == k ? sqrtf (sum) : sum / h->l[k][k];
    }
  }
}

static void
head_part (const HeadError *h, const MePoint *motion, HeadPart *part)
{
  memset (part, 0, sizeof *part);
  for (int i = 0; i < ME_N_POINTS; i++)
    for (int j = 0; j < 3; j++) {
      part->x[j] += h->basis[i][j] * motion[i].x;
      part->y[j] += h->basis[i][j] * motion[i].y;
    }
  for (int j = 0; j < 3; j++) { /* forward substitution */
    for (int k = 0; k < j; k++) {
      part->x[j] -= h->l[j][k] * part->x[k];
      part->y[j] -= h->l[j][k] * part->y[k];
    }
    part->x[j] /= h->l[j][j];
    part->y[j] /= h->l[j][j];
  }
}

static float
shared_part (const HeadPart *a, const HeadPart *b)
{
  float sum = 0;

  for (int j = 0; j < 3; j++)
    sum += a->x[j] * b->x[j] + a->y[j] * b->y[j];
  return sum;
}

/* ---- the fit ---- */

static void
equations_init (Equations *e, const MeUnitModel *model, guint units, const MePoint *motion,
    const float *weight, float head_size)
{
  HeadPart of[ME_N_TEMPLATES], all;
  HeadError head;

  head_error_init (&head, model->place, weight, head_size);
  head_part (&head, motion, &all);
  for (int a = 0; a < ME_N_TEMPLATES; a++) {
    if (!is_of (a, units))
      continue;
    head_part (&head, model->motion[a], &of[a]);
    for (int b = 0; b <= a; b++)
      if (is_of (b, units))
        e->gram[a][b] = e->gram[b][a] =
            inner (weight, model->motion[a], model->motion[b]) - shared_part (&of[a], &of[b]);
    e->product[a] = inner (weight, motion, model->motion[a]) - shared_part (&of[a], &all);
  }
  e->energy = MAX (inner (weight, motion, motion) - shared_part (&all, &all), 1e-6f);
}

/* Non-negative least squares by coordinate descent on the templates of `units`. */
static void
solve (const Equations *e, guint units, float *x)
{
  int active[2 * MAX_UNITS], n = 0;
  float change = G_MAXFLOAT;

  for (int t = 0; t < ME_N_TEMPLATES && n < 2 * MAX_UNITS; t++)
    if (is_of (t, units))
      active[n++] = t;
  memset (x, 0, ME_N_TEMPLATES * sizeof *x);
  for (int sweep = 0; sweep < SWEEPS && change > SETTLED; sweep++) {
    change = 0;
    for (int i = 0; i < n; i++) {
      int t = active[i];
      float gradient = e->product[t], before = x[t];
      for (int j = 0; j < n; j++)
        if (j != i)
          gradient -= e->gram[t][active[j]] * x[active[j]];
      x[t] = MAX (0, gradient / MAX (e->gram[t][t], 1e-6f));
      change = MAX (change, fabsf (x[t] - before));
    }
  }
}

static float
unit_strength (const float *x, int au)
{
  return MAX (x[2 * au], x[2 * au + 1]);
}

/* The units strong enough to count as active. */
static guint
active_units (const float *x)
{
  float strongest = 1e-6f;
  guint units = 0;

  for (int au = 0; au < ME_N_AUS; au++)
    strongest = MAX (strongest, unit_strength (x, au));
  for (int au = 0; au < ME_N_AUS; au++)
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

static void
fit_units (const Equations *e, guint units, Fit *fit)
{
  float explained = 0;

  solve (e, units, fit->coefficient);
  for (int t = 0; t < ME_N_TEMPLATES; t++)
    if (is_of (t, units)) /* the equations hold no others */
      explained += fit->coefficient[t] * e->product[t];
  fit->units = units;
  fit->left_over = MAX (0, e->energy - explained);
  fit->cost = fit->left_over / 2 + me_unit_prior_cost (units) + UNIT_COST * count (units) +
              IDLE_COST * count (units & ~active_units (fit->coefficient));
}

/* Keeps the best fit, and the cost of the best other one. */
static void
try_units (Search *s, guint units)
{
  Fit fit;

  if (units == 0 || units == s->best.units || count (units) > MAX_UNITS)
    return;
  fit_units (&s->equations, units, &fit);
  if (fit.cost < s->best.cost) {
    s->second = s->best.cost;
    s->best = fit;
  } else {
    s->second = MIN (s->second, fit.cost);
  }
}

/* Toggles each unit, and exchanges each unit of the set for its lookalikes. */
static void
try_similar_sets (Search *s)
{
  guint units = s->best.units;

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
  guint before = 0;

  s->best.units = 0;
  s->best.cost = s->second = G_MAXFLOAT;
  for (guint i = 0; i < me_n_unit_combinations; i++)
    try_units (s, me_unit_combinations[i].units);
  for (int step = 0; step < STEPS && before != s->best.units; step++) {
    before = s->best.units;
    try_similar_sets (s);
  }
}

/* The strength of one side; 0 when the other is so much stronger that the unit is one-sided. */
static double
side_strength (double side, double other)
{
  return side >= other || side > SHARE_SIDE * other ? side : 0;
}

static void
fill (const Fit *fit, MeUnitReading *reading)
{
  guint active = active_units (fit->coefficient);
  double total = 1e-9, trusted = 0;

  for (int au = 0; au < ME_N_AUS; au++) {
    double left = fit->coefficient[2 * au], right = fit->coefficient[2 * au + 1];
    if (!(active & (1u << au)) || MAX (left, right) <= 0)
      continue;
    reading->strength[au] = MAX (left, right);
    if (me_au_is_sided (au)) {
      reading->left[au] = side_strength (left, right);
      reading->right[au] = side_strength (right, left);
    }
    total += reading->strength[au];
    trusted += reading->strength[au] * me_au_reliability (au);
  }
  reading->reliability = trusted / total;
}

void
me_action_units_read (const MeUnitModel *model, const MePoint motion[ME_N_POINTS],
    const float *noise, gboolean lids_moved, MeUnitReading *reading)
{
  float weight[ME_N_POINTS], head_size = HEAD * largest_motion (motion, lids_moved);
  Search search;
  guint units;
  Fit plain;

  memset (reading, 0, sizeof *reading);
  weigh_points (motion, noise, lids_moved, PERSON, FIELD, weight);
  equations_init (&search.equations, model, ALL_UNITS, motion, weight, head_size);
  find_units (&search);
  reading->margin = 1 - exp (search.best.cost - search.second);
  /* Weights that fall with a point's own motion bias strengths low: fit them again without. */
  weigh_points (motion, noise, lids_moved, 0, FIELD_PLAIN, weight);
  units = active_units (search.best.coefficient);
  equations_init (&search.equations, model, units, motion, weight, head_size);
  fit_units (&search.equations, units, &plain);
  reading->fit = 1 - CLAMP (plain.left_over / search.equations.energy, 0, 1);
  fill (&plain, reading);
}
