/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "landmarker.h"

#include "dlib-landmarks.h"
#include "landmark-model.h"
#include "microexpr.h"

#include <string.h>

/* Boxes that the fits start from, relative to the detected one: offset in box widths, scale. */
static const struct
{
  float x, y, scale;
} starts[] = { { 0, 0, 1 }, { 0.04f, 0.03f, 0.95f }, { -0.04f, 0.03f, 1.05f } };

#define LEAST_WEIGHT 1e-4f /* of a fit in the mean, for when none looks like a face */

struct _MeLandmarker
{
  const MeLandmarkModel *model;
  MeLandmarkFitter *fitter; /* built-in model; NULL with dlib's */
  MeDlibLandmarks *dlib;    /* dlib's model; NULL with the built-in one */
};

MeLandmarker *
me_landmarker_new (const char *model, GError **error)
{
  const MeLandmarkModel *built_in = me_landmark_model_embedded ();
  gboolean foreign = model && *model;
  MeDlibLandmarks *dlib = foreign ? me_dlib_landmarks_new (model, error) : NULL;
  MeLandmarker *landmarker;

  if (foreign && !dlib)
    return NULL;
  if (!foreign && !built_in) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED,
        "The built-in landmark model cannot be read here: name dlib's "
        "shape_predictor_68_face_landmarks.dat with the property landmark-model");
    return NULL;
  }
  landmarker = g_new0 (MeLandmarker, 1);
  landmarker->dlib = dlib;
  landmarker->model = built_in;
  if (!dlib)
    landmarker->fitter = me_landmark_fitter_new (built_in);
  return landmarker;
}

void
me_landmarker_free (MeLandmarker *landmarker)
{
  if (!landmarker)
    return;
  me_landmark_fitter_free (landmarker->fitter);
  me_dlib_landmarks_free (landmarker->dlib);
  g_free (landmarker);
}

gboolean
me_landmarker_find (MeLandmarker *l, const MeFrame *frame, const MeDetection *box,
    MePoint landmarks[ME_N_LANDMARKS], float *score)
{
  float x = box->x + box->width / 2, y = box->y + box->height / 2, total = 0;

  *score = l->dlib ? 1 : 0;
  if (l->dlib)
    return me_dlib_landmarks_fit (l->dlib, frame, box, landmarks);
  if (!(box->width >= 1))
    return FALSE;
  memset (landmarks, 0, ME_N_LANDMARKS * sizeof (MePoint));
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    MePoint shape[ME_N_LANDMARKS];
    float own, weight;

    me_landmark_start (l->model, x + starts[i].x * box->width, y + starts[i].y * box->width,
        starts[i].scale * box->width, shape);
    if (!me_landmark_fit (l->fitter, frame, shape, &own))
      continue;
    weight = own + LEAST_WEIGHT;
    total += weight;
    *score = MAX (*score, own);
    for (int k = 0; k < ME_N_LANDMARKS; k++) {
      landmarks[k].x += (shape[k].x - landmarks[k].x) * weight / total;
      landmarks[k].y += (shape[k].y - landmarks[k].y) * weight / total;
    }
  }
  return total > 0;
}

gboolean
me_landmarker_improve (
    MeLandmarker *l, const MeFrame *frame, MePoint landmarks[ME_N_LANDMARKS], float *score)
{
  MePoint shape[ME_N_LANDMARKS];

  if (l->dlib)
    return FALSE;
  memcpy (shape, landmarks, sizeof shape);
  me_landmark_restart (l->model, shape);
  if (!me_landmark_fit (l->fitter, frame, shape, score))
    return FALSE;
  memcpy (landmarks, shape, sizeof shape);
  return TRUE;
}
