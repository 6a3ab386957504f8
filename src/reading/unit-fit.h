/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well one set of action units explains a motion.
 *
 * People move differently from any table, and they do so feature by feature: one raises the inner
 * brow more than the outer one, another draws the lip corner further up. So the points of a feature
 * share an error, whose size follows the motion that the set of units predicts there, and which is
 * integrated out (generalised least squares). A feature at rest is certain, and says which units
 * are not active. */
#pragma once

#include "following/unit-model.h"

G_BEGIN_DECLS

/* The columns of the equations: the templates, and the motion itself. */
enum
{
  ME_UNIT_MOTION = ME_N_TEMPLATES,
  ME_N_UNIT_COLUMNS
};

#define ME_N_AFFINE 3 /* parameters of a small head motion, for x and for y */
#define ME_N_SIDED_FEATURES (3 * ME_N_FEATURES) /* on the midline, left and right */
#define ME_MAX_FIT_UNITS 6

/* The points of one feature on one side, taken together. */
typedef struct
{
  float n;                       /* points, by weight */
  MePoint of[ME_N_UNIT_COLUMNS]; /* mean motion */
  float place[ME_N_AFFINE];      /* mean of 1, x and y */
  float within;                  /* variance of a point about the mean */
} MeFeatureMotion;

/* Inner products of columns, and of columns with the affine parameters. Lower triangles. */
typedef struct
{
  float of[ME_N_UNIT_COLUMNS][ME_N_UNIT_COLUMNS];
  MePoint affine[ME_N_UNIT_COLUMNS][ME_N_AFFINE]; /* with the parameter for x, and for y */
  float place[ME_N_AFFINE][ME_N_AFFINE];
} MeUnitProducts;

/* A motion, ready for the fit of any set. */
typedef struct
{
  MeFeatureMotion features[ME_N_SIDED_FEATURES];
  int n_features;
  MeUnitProducts within; /* of motions about the mean of their feature */
  MeUnitProducts even;   /* of whole motions, head error integrated out, when features err alike */
  float largest;         /* motion of a point, % IPD */
} MeUnitEquations;

typedef struct
{
  float coefficient[ME_N_TEMPLATES]; /* % IPD, 0 or more; 0 of units that are not in the set */
  float explained;                   /* 0..1: share of the motion's energy */
  float misfit;                      /* -log of the likelihood, up to a constant */
} MeUnitFit;

/* motion: % IPD, head motion removed. noise: of each point, % IPD; NULL: unknown. lids_moved: a
 * blink moved the skin around the eyes, which is then left out. */
void me_unit_equations_init (MeUnitEquations *equations, const MeUnitModel *model,
    const MePoint motion[ME_N_POINTS], const float *noise, gboolean lids_moved);

/* units: a bit for each, at most ME_MAX_FIT_UNITS of them. */
void me_unit_fit (const MeUnitEquations *equations, guint units, MeUnitFit *fit);

/* The same when all features err alike, without a likelihood. The features that move most count
 * less in the fit above, which makes its strengths vary: these are better. */
void me_unit_fit_evenly (const MeUnitEquations *equations, guint units, MeUnitFit *fit);

G_END_DECLS
