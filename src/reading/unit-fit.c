/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-fit.h"

#include <math.h>
#include <string.h>

/* Standard deviations of the difference between a motion and the table; the comment says of what
 * they are a share. */
#define LEAST_NOISE 0.03f /* % IPD: of a point, at least */
#define PERSON 0.31f      /* of a feature's predicted motion: how differently people move */
#define SPILL 0.06f       /* of the largest motion: of a feature that its surroundings drag along */
#define WITHIN 0.23f      /* of a feature's motion: of each point about the mean of the feature */
#define FIELD 0.05f       /* of the largest motion: the same, of a point dragged along */
#define HEAD 0.20f        /* of the largest motion: error of the head fit */
#define REPEATS 3.0f      /* points whose errors are alike, since their patches overlap */

#define MAX_ACTIVE (2 * ME_MAX_FIT_UNITS + 1) /* templates */
#define SWEEPS 40
#define SETTLED 1e-3f /* of a coefficient, % IPD: the fit has converged */

static float
square (float x)
{
  return x * x;
}

static float
dot (MePoint a, MePoint b)
{
  return a.x * b.x + a.y * b.y;
}

/* ---- the equations ---- */

typedef struct
{
  MePoint of[ME_N_UNIT_COLUMNS];
  float place[ME_N_AFFINE];
  float weight, noise; /* noise: variance, (% IPD)^2 */
} Point;

static void
point_init (Point *p, int i, const MeUnitModel *model, const MePoint *motion, const float *noise,
    gboolean lids_moved)
{
  for (int t = 0; t < ME_N_TEMPLATES; t++)
    p->of[t] = model->motion[t][i];
  p->of[ME_UNIT_MOTION] = motion[i];
  p->place[0] = 1;
  p->place[1] = model->place[i].x;
  p->place[2] = model->place[i].y;
  p->weight = me_unit_point_weight (i, lids_moved);
  p->noise = square (noise ? MAX (LEAST_NOISE, noise[i]) : LEAST_NOISE);
}

static void
average_points (const Point *points, int n, float largest, MeFeatureMotion *f)
{
  float noise = 0;

  memset (f, 0, sizeof *f);
  for (int i = 0; i < n; i++) {
    const Point *p = &points[i];
    f->n += p->weight;
    noise += p->weight * p->noise;
    for (int j = 0; j < ME_N_AFFINE; j++)
      f->place[j] += p->weight * p->place[j];
    for (int c = 0; c < ME_N_UNIT_COLUMNS; c++) {
      f->of[c].x += p->weight * p->of[c].x;
      f->of[c].y += p->weight * p->of[c].y;
    }
  }
  for (int j = 0; j < ME_N_AFFINE; j++)
    f->place[j] /= f->n;
  for (int c = 0; c < ME_N_UNIT_COLUMNS; c++) {
    f->of[c].x /= f->n;
    f->of[c].y /= f->n;
  }
  f->within = REPEATS * (noise / f->n + square (FIELD * largest) +
                            square (WITHIN) * dot (f->of[ME_UNIT_MOTION], f->of[ME_UNIT_MOTION]));
}

static void
subtract_mean (Point *p, const MeFeatureMotion *f)
{
  for (int j = 0; j < ME_N_AFFINE; j++)
    p->place[j] -= f->place[j];
  for (int c = 0; c < ME_N_UNIT_COLUMNS; c++) {
    p->of[c].x -= f->of[c].x;
    p->of[c].y -= f->of[c].y;
  }
}

static void
add_products (MeUnitProducts *p, float weight, const MePoint *of, int n, const float *place)
{
  for (int a = 0; a < n; a++) {
    MePoint u = { weight * of[a].x, weight * of[a].y };
    for (int b = 0; b <= a; b++)
      p->of[a][b] += dot (u, of[b]);
    for (int j = 0; j < ME_N_AFFINE; j++) {
      p->affine[a][j].x += place[j] * u.x;
      p->affine[a][j].y += place[j] * u.y;
    }
  }
  for (int j = 0; j < ME_N_AFFINE; j++)
    for (int k = 0; k <= j; k++)
      p->place[j][k] += weight * place[j] * place[k];
}

static void
add_feature (MeUnitEquations *e, Point *points, int n)
{
  MeFeatureMotion *f = &e->features[e->n_features];

  if (n == 0)
    return;
  e->n_features++;
  average_points (points, n, e->largest, f);
  for (int i = 0; i < n; i++) {
    subtract_mean (&points[i], f);
    add_products (
        &e->within, points[i].weight / f->within, points[i].of, ME_N_UNIT_COLUMNS, points[i].place);
  }
}

/* ---- the fit of one set of units ---- */

/* Whether a template belongs to one of the units. */
static gboolean
is_of (int t, guint units)
{
  if (t == ME_TEMPLATE_BROW_DEPRESSOR)
    return units & (1u << ME_AU4);
  return units & (1u << (t / 2)) && (t % 2 == 0 || me_au_is_sided (t / 2));
}

/* The columns of a set, the motion last; returns how many. */
static int
list_columns (guint units, int *columns)
{
  int n = 0;

  for (int t = 0; t < ME_N_TEMPLATES && n < MAX_ACTIVE; t++)
    if (is_of (t, units))
      columns[n++] = t;
  columns[n++] = ME_UNIT_MOTION;
  return n;
}

static void
select_columns (const MeUnitProducts *from, const int *columns, int n, MeUnitProducts *to)
{
  for (int a = 0; a < n; a++) {
    for (int b = 0; b <= a; b++)
      to->of[a][b] = from->of[columns[a]][columns[b]];
    memcpy (to->affine[a], from->affine[columns[a]], sizeof to->affine[a]);
  }
  memcpy (to->place, from->place, sizeof to->place);
}

/* Any measurement may contain a small affine motion: three parameters each for x and y, with a
 * normal prior, which are integrated out. That subtracts from every inner product the part that
 * they explain. Returns the logarithm of the determinant of their precision. */
static float
integrate_head_error (MeUnitProducts *p, int n, float size)
{
  float l[ME_N_AFFINE][ME_N_AFFINE], det = 1; /* Cholesky factor */

  for (int j = 0; j < ME_N_AFFINE; j++) {
    p->place[j][j] += 1 / square (size);
    for (int k = 0; k <= j; k++) {
      float sum = p->place[j][k];
      for (int m = 0; m < k; m++)
        sum -= l[j][m] * l[k][m];
      l[j][k] = j == k ? sqrtf (sum) : sum / l[k][k];
    }
    det *= l[j][j];
  }
  for (int a = 0; a < n; a++) {
    for (int j = 0; j < ME_N_AFFINE; j++) { /* forward substitution */
      for (int k = 0; k < j; k++) {
        p->affine[a][j].x -= l[j][k] * p->affine[a][k].x;
        p->affine[a][j].y -= l[j][k] * p->affine[a][k].y;
      }
      p->affine[a][j].x /= l[j][j];
      p->affine[a][j].y /= l[j][j];
    }
    for (int b = 0; b <= a; b++)
      for (int j = 0; j < ME_N_AFFINE; j++)
        p->of[a][b] -= dot (p->affine[a][j], p->affine[b][j]);
  }
  return 4 * logf (det); /* squared, for x and for y */
}

/* Variance of a feature that is predicted to rest. */
static float
rest_variance (const MeUnitEquations *e, const MeFeatureMotion *f)
{
  return square (SPILL * e->largest) + f->within / f->n;
}

/* The inner products when the features err in proportion to what `x` predicts. Returns the
 * logarithm of the determinant of the covariance. */
static float
weigh_features (
    const MeUnitEquations *e, const int *columns, int n, const float *x, MeUnitProducts *p)
{
  double det = 1; /* of doubles, since that of floats would underflow */

  select_columns (&e->within, columns, n, p);
  for (int i = 0; i < e->n_features; i++) {
    const MeFeatureMotion *f = &e->features[i];
    MePoint of[MAX_ACTIVE + 1];
    float variance = rest_variance (e, f);
    for (int a = 0; a < n; a++) {
      of[a] = f->of[columns[a]];
      if (columns[a] != ME_UNIT_MOTION)
        variance += square (PERSON * x[a]) * dot (of[a], of[a]);
    }
    det *= variance;
    add_products (p, 1 / variance, of, n, f->place);
  }
  return 2 * (float)log (det) + integrate_head_error (p, n, HEAD * e->largest);
}

/* The inner products of all columns when the features err alike. */
static void
weigh_evenly (MeUnitEquations *e)
{
  e->even = e->within;
  for (int i = 0; i < e->n_features; i++) {
    const MeFeatureMotion *f = &e->features[i];
    add_products (&e->even, 1 / rest_variance (e, f), f->of, ME_N_UNIT_COLUMNS, f->place);
  }
  integrate_head_error (&e->even, ME_N_UNIT_COLUMNS, HEAD * e->largest);
}

void
me_unit_equations_init (MeUnitEquations *e, const MeUnitModel *model,
    const MePoint motion[ME_N_POINTS], const float *noise, gboolean lids_moved)
{
  Point points[ME_N_POINTS];

  memset (e, 0, sizeof *e);
  e->largest = LEAST_NOISE;
  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_unit_point_weight (i, lids_moved) > 0)
      e->largest = MAX (e->largest, hypotf (motion[i].x, motion[i].y));
  for (int feature = 0; feature < ME_N_FEATURES; feature++)
    for (MeSide side = ME_MIDLINE; side <= ME_RIGHT; side++) {
      int n = 0;
      for (int i = 0; i < ME_N_POINTS; i++)
        if ((int)me_facial_points[i].feature == feature && me_facial_points[i].side == side &&
            me_unit_point_weight (i, lids_moved) > 0)
          point_init (&points[n++], i, model, motion, noise, lids_moved);
      add_feature (e, points, n);
    }
  weigh_evenly (e);
}

static float
inner_product (const MeUnitProducts *p, int a, int b)
{
  return a > b ? p->of[a][b] : p->of[b][a];
}

/* Non-negative least squares by coordinate descent. motion: its column, the last one. */
static void
solve (const MeUnitProducts *p, int motion, float *x)
{
  float change = G_MAXFLOAT;

  for (int sweep = 0; sweep < SWEEPS && change > SETTLED; sweep++) {
    change = 0;
    for (int a = 0; a < motion; a++) {
      float gradient = p->of[motion][a], before = x[a];
      for (int b = 0; b < motion; b++)
        if (b != a)
          gradient -= inner_product (p, a, b) * x[b];
      x[a] = MAX (0, gradient / MAX (p->of[a][a], 1e-6f));
      change = MAX (change, fabsf (x[a] - before));
    }
  }
}

static void
fill_fit (const MeUnitProducts *p, const int *columns, int motion, const float *x, float log_det,
    MeUnitFit *fit)
{
  float energy = MAX (p->of[motion][motion], 1e-6f), explained = 0;

  memset (fit->coefficient, 0, sizeof fit->coefficient);
  for (int a = 0; a < motion; a++) {
    fit->coefficient[columns[a]] = x[a];
    explained += x[a] * p->of[motion][a];
  }
  fit->explained = CLAMP (explained / energy, 0, 1);
  fit->misfit = (MAX (0, energy - explained) + log_det) / 2;
}

/* The even fit says how much each feature is predicted to move, and so how much it may err. */
void
me_unit_fit (const MeUnitEquations *e, guint units, MeUnitFit *fit)
{
  int columns[MAX_ACTIVE + 1], n = list_columns (units, columns), motion = n - 1;
  float x[MAX_ACTIVE] = { 0 }, log_det;
  MeUnitProducts p;

  select_columns (&e->even, columns, n, &p);
  solve (&p, motion, x);
  log_det = weigh_features (e, columns, n, x, &p);
  solve (&p, motion, x);
  fill_fit (&p, columns, motion, x, log_det, fit);
}

void
me_unit_fit_evenly (const MeUnitEquations *e, guint units, MeUnitFit *fit)
{
  int columns[MAX_ACTIVE + 1], n = list_columns (units, columns), motion = n - 1;
  float x[MAX_ACTIVE] = { 0 };
  MeUnitProducts p;

  select_columns (&e->even, columns, n, &p);
  solve (&p, motion, x);
  fill_fit (&p, columns, motion, x, 0, fit);
}
