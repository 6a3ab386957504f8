/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The baseline of the CASME II paper on the same recordings: LBP-TOP of the coded interval, and a
 * support vector machine. */
#pragma once

#include "data-set.h"

G_BEGIN_DECLS

typedef struct
{
  const ClassSet *classes;
  Confusion by_subject; /* trained on all other subjects */
  Confusion by_video;   /* trained on all other recordings: the same person may be among them */
  guint n_left_out;     /* coded expressions without a face, or too short */
} Baseline;

/* Features are kept in `folder`. FALSE when a recording cannot be played. */
gboolean baseline_run (
    const DataSet *set, const char *folder, guint n_jobs, Baseline *baseline, GError **error);

G_END_DECLS
