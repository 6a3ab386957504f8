/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib behind a C header: a support vector machine of several classes, for the baseline.
 *
 * Linear kernel, one against one, C as given. No exception leaves. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Trains on n_samples rows of n_features values, classes[i] being the class of samples[i], and sets
 * predicted[i] to the class of others[i]: -1 when there is no sample, the only class when all
 * samples are of one, and the first class when memory is short. Thread safe. */
void me_svm_predict (const float *const *samples, const int *classes, guint n_samples,
    guint n_features, double c, const float *const *others, guint n_others, int *predicted);

G_END_DECLS
