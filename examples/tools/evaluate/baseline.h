/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The baseline of the CASME II paper on the same recordings: LBP-TOP features of the coded
 * interval, classified by a support vector machine. */
#pragma once

#include "data-set.h"

G_BEGIN_DECLS

typedef struct
{
  const ClassSet *classes;
  Confusion by_subject; /* trained on all other subjects */
  Confusion by_video;   /* trained on all other recordings, also of the same person */
  guint n_left_out;     /* coded expressions without a detected face, or with too few frames */
} Baseline;

/* Caches features in `folder`. FALSE when a recording cannot be played. */
gboolean baseline_run (
    const DataSet *set, const char *folder, guint n_jobs, Baseline *baseline, GError **error);

G_END_DECLS
