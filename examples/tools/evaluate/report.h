/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All results on a data set, printed as tables or JSON. */
#pragma once

#include "baseline.h"
#include "tune.h"

G_BEGIN_DECLS

/* One way of choosing the settings. */
typedef struct
{
  const char *title;
  const Settings *settings; /* that the choices index */
  Choice *choices;          /* per subject; all the same unless tuned */
  Tally *subjects, sum;
  double low[N_METRICS], high[N_METRICS]; /* 95 % intervals */
} Scores;

typedef struct
{
  const DataSet *set;
  const Scores *scores;
  guint n_scores;           /* 1, or 2 with tuning */
  const Baseline *baseline; /* NULL: not requested */
} Report;

void report_print (const Report *report);

/* Writes one JSON object to the standard output. */
void report_print_json (const Report *report);

/* What a page may show that identifies people. */
typedef enum
{
  PAGE_NAMES = 1 << 0, /* numbers of subjects, names of recordings, times: to whoever has the set */
  PAGE_PICTURES = 1 << 1, /* film strips of the worst misses and false reports: to anybody */
} PageFlags;

/* Writes a page with curves, confusions, calibration, and results by subject, length and strength.
 * reports: what the scores were counted from. */
gboolean report_write_page (
    const Report *report, const Results *results, PageFlags show, const char *path, GError **error);

G_END_DECLS
