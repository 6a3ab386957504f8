/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that was measured on a data set, and its two forms: tables and JSON. */
#pragma once

#include "baseline.h"
#include "tune.h"

G_BEGIN_DECLS

/* One way of choosing the settings. */
typedef struct
{
  const char *title;
  const Settings *settings; /* of which the choices are */
  Choice *choices;          /* of each subject; all the same unless tuned */
  Tally *subjects, sum;
  double low[N_METRICS], high[N_METRICS]; /* 95 % intervals */
} Scores;

typedef struct
{
  const DataSet *set;
  const Scores *scores;
  guint n_scores;           /* 1; 2: also tuned */
  const Baseline *baseline; /* NULL: not asked for */
} Report;

void report_print (const Report *report);

/* Writes one JSON object to the standard output. */
void report_print_json (const Report *report);

G_END_DECLS
