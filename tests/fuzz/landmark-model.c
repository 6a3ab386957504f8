/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A landmark model: refused, or harmless however it is damaged. */
#include "fuzz.h"

#include "finding/landmark-model.h"

#include <math.h>
#include <string.h>

/* Moves no landmark but those of the model. */
static void
fit_in_crop (const MeLandmarkModel *model, MeLandmarkFitter *fitter, MePoint shape[ME_N_LANDMARKS])
{
  static MeCrop crop;
  MePoint before[ME_N_LANDMARKS];

  memcpy (before, shape, sizeof before);
  for (int i = 0; i < ME_CROP_HALF_PX * ME_CROP_HALF_PX; i++)
    crop.half[i] = (float)((guint)i * 2654435761u >> 24);
  me_landmark_fit_in_crop (fitter, &crop, shape);
  g_assert_cmpmem (shape, model->first * sizeof *shape, before, model->first * sizeof *shape);
  g_assert_cmpmem (shape + model->end, (ME_N_LANDMARKS - model->end) * sizeof *shape,
      before + model->end, (ME_N_LANDMARKS - model->end) * sizeof *shape);
}

static void
fit (const MeLandmarkModel *model)
{
  guint8 luma[64 * 64];
  MeFrame frame = { .luma = luma, .width = 64, .height = 64, .stride = 64, .pixel_aspect = 1 };
  MeLandmarkFitter *fitter = me_landmark_fitter_new (model);
  MePoint shape[ME_N_LANDMARKS];
  float score;

  for (guint i = 0; i < sizeof luma; i++)
    luma[i] = (guint8)(i * 2654435761u >> 24);
  me_landmark_start (model, 32, 32, 40, shape);
  if (me_landmark_fit (fitter, &frame, shape, &score))
    g_assert_true (score >= 0 && score <= 1 && isfinite (shape[0].x));
  fit_in_crop (model, fitter, shape);
  me_landmark_fitter_free (fitter);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint64 *aligned = g_malloc (size + 8);
  MeLandmarkModel model;

  memcpy (aligned, data, size);
  if (me_landmark_model_read (&model, (const guint8 *)aligned, size, NULL))
    fit (&model);
  return 0;
}
