/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far each facial point of a mean head lies towards the camera. */
#pragma once

#include "facial-points.h"

G_BEGIN_DECLS

/* In IPD, from the mean of the points; of the skin that a patch averages over, the same on both
 * sides. People differ from it by 0.04 IPD (standard deviation). */
extern const float me_facial_depth[ME_N_POINTS];

G_END_DECLS
