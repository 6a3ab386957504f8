/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A data set: its recordings, what is coded of them, and its subjects. */
#pragma once

#include "metrics.h"
#include "results.h"

G_BEGIN_DECLS

typedef struct
{
  const Layout *layout;
  Coding *coding;
  GPtrArray *recordings; /* Recording, by subject */
  GPtrArray *truths;     /* GArray of Item, of each recording; once it has been played */
  GArray *subjects;      /* guint: their numbers, ascending */
} DataSet;

/* Which settings count, of results_get(), and the least confidence of reports that do. */
typedef struct
{
  guint settings;
  double min_confidence;
} Choice;

DataSet *data_set_open (
    const Layout *layout, const char *folder, char **sheets, gboolean partial, GError **error);
void data_set_free (DataSet *set);

/* Turns frame numbers into times, after the recordings have been played: only then is the frame
 * rate of a video known. FALSE: of no coded expression the images are there. */
gboolean data_set_time (DataSet *set, GError **error);

const ClassSet *data_set_five (const DataSet *set); /* NULL: not customary */

/* Tallies of each subject; choices[i]: of subject i. */
Tally *data_set_tally (const DataSet *set, const Results *results, const Choice *choices);
void tallies_free (Tally *tallies, guint n);
/* Their sum; clear it. */
Tally tallies_sum (const Tally *tallies, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DataSet, data_set_free)

G_END_DECLS
