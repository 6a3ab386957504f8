/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far the units of a fit move the skin. */
#pragma once

#include "unit-fit.h"

G_BEGIN_DECLS

/* What was fitted. */
typedef struct
{
  const MeUnitModel *model;
  const MePoint *motion; /* of the points, % IPD, head motion removed */
  gboolean lids_moved;   /* see me_unit_equations_init() */
} MeSkinMotion;

/* The units that are strong enough to count as active, a bit for each. */
guint me_unit_active (const MeUnitFit *fit);

/* Strengths of the active units, and of their sides, % IPD; 0 of the others. */
void me_unit_strengths (const MeSkinMotion *skin, const MeUnitFit *fit, double strength[ME_N_AUS],
    double left[ME_N_AUS], double right[ME_N_AUS]);

G_END_DECLS
