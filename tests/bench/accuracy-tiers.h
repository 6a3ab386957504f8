/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The streams on which accuracy is measured, and which seeds and faces serve tuning and which
 * reporting. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *pattern; /* of microexprtestsrc */
  int width, height, fps;
  double ipd_px; /* 0: the pattern's */
  int quantizer; /* of H.264; 0: not coded */
  double target; /* micro F1 that the tier must reach; 0: none, no movement is made */
} Tier;

extern const Tier tiers[];
extern const guint n_tiers;

/* Whoever changes constants looks at tuning results only; reports come from the others. */
typedef struct
{
  const char *name;
  guint first_seed, n_seeds;
  const char *const *faces; /* photographs of the London Set by number; NULL-terminated */
} Split;

extern const Split tuning_split;    /* seeds 1 to 20 */
extern const Split reporting_split; /* seeds from 101 on */

G_END_DECLS
