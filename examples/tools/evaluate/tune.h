/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Searches sensitivity, max-duration and min-confidence, leaving one subject out. */
#pragma once

#include "data-set.h"

G_BEGIN_DECLS

/* The first are the defaults of microexpr. */
const Settings *tune_settings (guint *n_settings);

/* One choice more than there are subjects: for each subject that which is best for all others, so
 * that no subject has a say in its own; last that which is best for all. */
Choice *tune_choose (const DataSet *set, const Results *results);

/* Stores it as a preset of microexpr. */
gboolean tune_save (const Choice *choice, const char *preset, GError **error);

G_END_DECLS
