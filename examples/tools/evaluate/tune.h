/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tunes sensitivity, max-duration and min-confidence, leaving one subject out. */
#pragma once

#include "data-set.h"

G_BEGIN_DECLS

/* The grid; its first entry is the defaults of microexpr. */
const Settings *tune_settings (guint *n_settings);

/* For each subject the choice that is best for all others, so that no subject influences its own;
 * then, as the last, the best for all. */
Choice *tune_choose (const DataSet *set, const Results *results);

/* Saves the choice as a preset of microexpr. */
gboolean tune_save (const Choice *choice, const char *preset, GError **error);

G_END_DECLS
