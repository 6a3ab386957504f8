/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What sets of action units coders report: a prior for whoever has to choose between explanations
 * that fit alike. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

/* Published combinations, as sets: bit n is MeAu n. */
extern const guint me_unit_combinations[];
extern const guint me_n_unit_combinations;

/* -log of the prior of a set, up to a constant: 0 for a published combination, else what it takes
 * to change the nearest one into it; rare units cost more to add. */
float me_unit_prior_cost (guint units);

G_END_DECLS
