/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* C interface to dlib's multiclass support vector machine, for the baseline.
 *
 * Linear kernel, one against one, C as given. Exceptions do not escape. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Trains on n_samples rows of n_features values, with classes[i] the class of samples[i], and sets
 * predicted[i] to the class of others[i]: -1 without samples, the only class when all samples share
 * it, and the first class when memory is short. Thread safe. */
void me_svm_predict (const float *const *samples, const int *classes, guint n_samples,
    guint n_features, double c, const float *const *others, guint n_others, int *predicted);

G_END_DECLS
