/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "svm.h"

#include <dlib/any.h>
#include <dlib/svm/one_vs_one_trainer.h>
#include <dlib/svm/svm_c_trainer.h>

namespace {
typedef dlib::matrix<double, 0, 1> Sample;
typedef dlib::linear_kernel<Sample> Kernel;

Sample
to_sample (const float *features, guint n)
{
  Sample sample (n);

  for (guint i = 0; i < n; i++)
    sample (i) = features[i];
  return sample;
}

void
predict (const float *const *samples, const int *classes, guint n_samples, guint n_features,
    double c, const float *const *others, guint n_others, int *predicted)
{
  std::vector<Sample> rows;
  std::vector<double> labels (classes, classes + n_samples);
  dlib::one_vs_one_trainer<dlib::any_trainer<Sample> > several;
  dlib::svm_c_trainer<Kernel> two (Kernel (), c);

  for (guint i = 0; i < n_samples; i++)
    rows.push_back (to_sample (samples[i], n_features));
  several.set_num_threads (1);
  several.set_trainer (two);
  auto decide = several.train (rows, labels);
  for (guint i = 0; i < n_others; i++)
    predicted[i] = static_cast<int> (decide (to_sample (others[i], n_features)));
}
} // namespace

void
me_svm_predict (const float *const *samples, const int *classes, guint n_samples, guint n_features,
    double c, const float *const *others, guint n_others, int *predicted)
{
  bool several = false;

  for (guint i = 1; i < n_samples; i++)
    several = several || classes[i] != classes[0];
  for (guint i = 0; i < n_others; i++)
    predicted[i] = n_samples > 0 ? classes[0] : -1;
  if (!several)
    return;
  try {
    predict (samples, classes, n_samples, n_features, c, others, n_others, predicted);
  } catch (const std::exception &) {
    /* dlib throws when memory is short: keep the first class. */
  }
}
