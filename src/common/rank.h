/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Order statistics of a handful of values. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_MAX_RANKED 128

/* 1 <= n <= ME_MAX_RANKED; of an even number the mean of the two in the middle. */
float me_median (const float *values, int n);

/* Mean of the `count` largest values, none of them negative; fewer count as 0. */
float me_mean_of_largest (const float *values, int n, int count);

G_END_DECLS
