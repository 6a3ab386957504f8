/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A prior over sets of action units, to choose between explanations that fit equally well. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

/* -log of the prior of a set (bit n: MeAu n), up to a constant: 0 for a published combination, else
 * what it takes to change the nearest one into it; rare units cost more to add. */
float me_unit_prior_cost (guint units);

G_END_DECLS
