/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A data set: recordings, their coding, and subjects. */
#pragma once

#include "metrics.h"
#include "results.h"

G_BEGIN_DECLS

typedef struct
{
  const Layout *layout;
  Coding *coding;
  GPtrArray *recordings; /* Recording, by subject */
  GPtrArray *truths;     /* GArray of Item for each recording; set by data_set_time() */
  GArray *subjects;      /* guint: their numbers, ascending */
} DataSet;

/* An index into the settings of results_get(), and the lowest confidence of reports that count. */
typedef struct
{
  guint settings;
  double min_confidence;
} Choice;

DataSet *data_set_open (
    const Layout *layout, const char *folder, char **sheets, gboolean partial, GError **error);
void data_set_free (DataSet *set);

/* Converts frame numbers to times. Call it after playing, when the frame rate of videos is known.
 * FALSE: no coded expression has its images. */
gboolean data_set_time (DataSet *set, GError **error);

const ClassSet *data_set_five (const DataSet *set); /* NULL: not customary */

/* Tallies per subject; choices[i] applies to subject i. */
Tally *data_set_tally (const DataSet *set, const Results *results, const Choice *choices);
void tallies_free (Tally *tallies, guint n);
/* Their sum; free it with tally_clear(). */
Tally tallies_sum (const Tally *tallies, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DataSet, data_set_free)

G_END_DECLS
