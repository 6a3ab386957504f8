/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A free non-negative fit of all units takes any of many alike explanations (unit F1 0.3 in our
 * experiments), so the fit is over combinations: those that coders publish (CASME II and SAMM
 * sheets and their objective classes, EMFACS prototypes), and, at a price, any one or two units. */
#include "action-units.h"

#include "crop.h"
#include "motion.h"

#include <math.h>
#include <string.h>

#define MAX_UNITS 5
#define UNIT_PRICE 0.012 /* of the energy, for each unit of a combination */
#define IDLE_PRICE 0.05  /* for a unit of it that the fit leaves at rest */
#define UNLISTED_PRICE 0.03
#define SHARE_ACTIVE 0.3f /* of the strongest unit: weaker ones are at rest */
#define SHARE_SIDE 0.40   /* of the stronger side: below it a unit is one-sided */
#define SWEEPS 40
#define PATCH_SIGMA 0.075f   /* IPD: what a patch averages over */
#define TYPICAL_PERCENT 2.0f /* strength at which the head fit is imitated */

#define U(au) (1u << ME_AU##au)

/* Combinations that coders publish. */
static const guint combinations[] = {
  U (12), U (6), U (6) | U (12), U (7) | U (12), U (6) | U (7) | U (12), U (12) | U (25),
  U (6) | U (12) | U (25), /* happiness */
  U (1) | U (2), U (2), U (5), U (1) | U (2) | U (5), U (1) | U (2) | U (25), U (25), U (26),
  U (25) | U (26), U (5) | U (26), U (1) | U (2) | U (26),
  U (1) | U (2) | U (5) | U (26), /* surprise */
  U (4), U (7), U (4) | U (7), U (4) | U (5), U (4) | U (5) | U (7), U (4) | U (6) | U (7), U (23),
  U (24), U (17) | U (24), U (4) | U (7) | U (23), U (4) | U (5) | U (7) | U (23),
  U (4) | U (7) | U (24), /* anger */
  U (9), U (10), U (4) | U (9), U (4) | U (7) | U (9), U (4) | U (9) | U (17),
  U (4) | U (7) | U (10), U (7) | U (10), U (10) | U (17), U (9) | U (15), U (9) | U (17),
  U (4) | U (10) | U (17), /* disgust */
  U (1), U (15), U (17), U (1) | U (4), U (1) | U (4) | U (15), U (6) | U (15), U (15) | U (17),
  U (1) | U (15), U (1) | U (4) | U (17), /* sadness */
  U (20), U (1) | U (2) | U (4), U (1) | U (2) | U (4) | U (20), U (1) | U (2) | U (4) | U (5),
  U (1) | U (2) | U (4) | U (5) | U (20), U (20) | U (25), U (20) | U (26), /* fear */
  U (14), U (12) | U (14), U (14) | U (17),                                 /* none of the six */
};

#undef U

static gboolean
is_listed (guint units)
{
  for (guint i = 0; i < G_N_ELEMENTS (combinations); i++)
    if (combinations[i] == units)
      return TRUE;
  return FALSE;
}

/* The equations of one fit: weighted inner products of the templates, and with the motion. */
typedef struct
{
  float gram[ME_N_TEMPLATES][ME_N_TEMPLATES];
  float product[ME_N_TEMPLATES];
  float energy; /* of the motion */
} Equations;

/* How far a point's motion is to be believed: the jaw outline is background. */
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

static void
equations_init (Equations *e, const MeUnitModel *model, const MePoint *motion, gboolean lids_moved)
{
  float weight[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++)
    weight[i] = point_weight (i, lids_moved);
  for (int a = 0; a < ME_N_TEMPLATES; a++) {
    for (int b = a; b < ME_N_TEMPLATES; b++)
      e->gram[a][b] = e->gram[b][a] = inner (weight, model->motion[a], model->motion[b]);
    e->product[a] = inner (weight, motion, model->motion[a]);
  }
  e->energy = MAX (inner (weight, motion, motion), 1e-6f);
}

/* What is left of a unit's motion when the head fit has taken its part. */
static void
remove_head (const MePoint *points, MePoint *motion)
{
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head;

  for (int i = 0; i < ME_N_POINTS; i++) {
    u[i].x = motion[i].x * TYPICAL_PERCENT / ME_CROP_PERCENT;
    u[i].y = motion[i].y * TYPICAL_PERCENT / ME_CROP_PERCENT;
    match[i] = 1;
  }
  me_head_motion_fit (points, u, match, &head);
  me_head_motion_remove (points, u, &head, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x /= TYPICAL_PERCENT;
    motion[i].y /= TYPICAL_PERCENT;
  }
}

/* What the patches see of the field that point motions spread: rows of weights on the points. */
typedef struct
{
  float at_point[ME_N_POINTS][ME_N_POINTS];
  float over_patch[ME_N_POINTS][ME_N_POINTS]; /* mean over the patch, three by three nodes */
} Spread;

static void
spread_init (Spread *spread, const MePoint *points)
{
  static const float node[3] = { -1.7320508f, 0, 1.7320508f },
                     share[3] = { 1 / 6.0f, 2 / 3.0f, 1 / 6.0f }; /* Gauss-Hermite */
  float sigma = PATCH_SIGMA * ME_CROP_IPD_PX;

  memset (spread, 0, sizeof *spread);
  for (int i = 0; i < ME_N_POINTS; i++) {
    me_au_field_weights (points, ME_CROP_IPD_PX, points[i], spread->at_point[i]);
    for (int k = 0; k < 9; k++) {
      MePoint at = { points[i].x + sigma * node[k % 3], points[i].y + sigma * node[k / 3] };
      float w[ME_N_POINTS];
      me_au_field_weights (points, ME_CROP_IPD_PX, at, w);
      for (int j = 0; j < ME_N_POINTS; j++)
        spread->over_patch[i][j] += share[k % 3] * share[k / 3] * w[j];
    }
  }
}

static MePoint
spread_motion (const float *weights, const MePoint *motion)
{
  MePoint sum = { 0, 0 };

  for (int j = 0; j < ME_N_POINTS; j++) {
    sum.x += weights[j] * motion[j].x;
    sum.y += weights[j] * motion[j].y;
  }
  return sum;
}

/* One unit as the patches see it, when the field moves its most moved point by 1. */
static void
template_init (const Spread *spread, int t, MePoint *seen)
{
  MeSide side = !me_au_is_sided (t / 2) ? ME_MIDLINE : t % 2 ? ME_RIGHT : ME_LEFT;
  MePoint motion[ME_N_POINTS];
  float largest = 1e-6f;

  me_au_point_motion (t / 2, side, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint p = spread_motion (spread->at_point[i], motion);
    largest = MAX (largest, hypotf (p.x, p.y));
    seen[i] = spread_motion (spread->over_patch[i], motion);
  }
  for (int i = 0; i < ME_N_POINTS; i++) {
    seen[i].x /= largest;
    seen[i].y /= largest;
  }
}

void
me_unit_model_init (MeUnitModel *model, const MePoint points[ME_N_POINTS])
{
  Spread *spread = g_new (Spread, 1);

  spread_init (spread, points);
  for (int t = 0; t < ME_N_TEMPLATES; t++) {
    template_init (spread, t, model->motion[t]);
    remove_head (points, model->motion[t]);
  }
  g_free (spread);
}

typedef struct
{
  float coefficient[ME_N_TEMPLATES];
  double residual; /* share of the energy */
  double cost;
} Fit;

/* Non-negative least squares by coordinate descent on the templates of `units`. */
static void
solve (const Equations *e, guint units, float *x)
{
  int active[2 * MAX_UNITS], n = 0;

  for (int t = 0; t < ME_N_TEMPLATES && n < 2 * MAX_UNITS; t++)
    if (units & (1u << (t / 2)) && (me_au_is_sided (t / 2) || t % 2 == 0))
      active[n++] = t;
  memset (x, 0, ME_N_TEMPLATES * sizeof *x);
  for (int sweep = 0; sweep < SWEEPS; sweep++) {
    for (int i = 0; i < n; i++) {
      int t = active[i];
      float gradient = e->product[t];
      for (int j = 0; j < n; j++)
        if (j != i)
          gradient -= e->gram[t][active[j]] * x[active[j]];
      x[t] = MAX (0, gradient / MAX (e->gram[t][t], 1e-6f));
    }
  }
}

static float
unit_strength (const float *x, int au)
{
  return MAX (x[2 * au], x[2 * au + 1]);
}

static void
evaluate (const Equations *e, guint units, Fit *fit)
{
  float explained = 0, strongest = 0;

  solve (e, units, fit->coefficient);
  for (int t = 0; t < ME_N_TEMPLATES; t++)
    explained += fit->coefficient[t] * e->product[t];
  for (int au = 0; au < ME_N_AUS; au++)
    strongest = MAX (strongest, unit_strength (fit->coefficient, au));
  fit->residual = CLAMP (1 - explained / e->energy, 0, 1);
  fit->cost = fit->residual + (is_listed (units) ? 0 : UNLISTED_PRICE);
  for (int au = 0; au < ME_N_AUS; au++)
    if (units & (1u << au))
      fit->cost +=
          UNIT_PRICE +
          (unit_strength (fit->coefficient, au) < SHARE_ACTIVE * strongest ? IDLE_PRICE : 0);
}

/* Keeps the best fit, and the cost of the best other one. */
static void
try_units (const Equations *e, guint units, Fit *best, double *second)
{
  Fit fit;

  evaluate (e, units, &fit);
  if (fit.cost < best->cost) {
    *second = best->cost;
    *best = fit;
  } else if (fit.cost < *second) {
    *second = fit.cost;
  }
}

/* The weaker side of a unit, or 0 when it is too weak to be one. */
static double
weaker_side (double side, double other)
{
  return side >= other || side > SHARE_SIDE * other ? side : 0;
}

static void
fill (const Fit *fit, MeUnitReading *reading)
{
  double strongest = 0;

  for (int au = 0; au < ME_N_AUS; au++)
    strongest = MAX (strongest, unit_strength (fit->coefficient, au));
  for (int au = 0; au < ME_N_AUS; au++) {
    double left = fit->coefficient[2 * au], right = fit->coefficient[2 * au + 1];
    if (MAX (left, right) < SHARE_ACTIVE * strongest)
      continue;
    reading->strength[au] = MAX (left, right);
    if (me_au_is_sided (au)) {
      reading->left[au] = weaker_side (left, right);
      reading->right[au] = weaker_side (right, left);
    }
  }
}

void
me_action_units_read (const MeUnitModel *model, const MePoint motion[ME_N_POINTS],
    gboolean lids_moved, MeUnitReading *reading)
{
  Fit best = { .cost = G_MAXDOUBLE };
  double second = G_MAXDOUBLE;
  Equations e;

  memset (reading, 0, sizeof *reading);
  equations_init (&e, model, motion, lids_moved);
  for (guint i = 0; i < G_N_ELEMENTS (combinations); i++)
    try_units (&e, combinations[i], &best, &second);
  for (int a = 0; a < ME_AU45; a++)
    for (int b = a + 1; b < ME_AU45; b++)
      if (!is_listed (1u << a | 1u << b))
        try_units (&e, 1u << a | 1u << b, &best, &second);
  fill (&best, reading);
  reading->fit = 1 - best.residual;
  reading->margin = CLAMP (second - best.cost, 0, 1);
}
