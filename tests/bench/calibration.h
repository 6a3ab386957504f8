/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether reports are true as often as their confidence says. */
#pragma once

#include "shared/item.h"

G_BEGIN_DECLS

#define N_BINS 5

/* Reports by their confidence, in bins of the same width. */
typedef struct
{
  guint reports[N_BINS], right[N_BINS];
  double confidence[N_BINS]; /* sum */
} Calibration;

void calibration_add (Calibration *calibration, const Item *report);

/* What the lines below mean. */
void calibration_print_head (void);
/* One line: of each bin the mean confidence, the share that is true, and how many there are. */
void calibration_print (const char *name, const Calibration *calibration);

G_END_DECLS
