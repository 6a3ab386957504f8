/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The built-in landmark models: a cascade of linear regressions on descriptors (supervised descent,
 * Xiong & De la Torre, CVPR 2013), each landmark from descriptors around some landmarks. That of
 * the face moves all landmarks and has a linear check of whether the result is a face; that of the
 * lids moves those of the eyes. Trained by data/train-landmarks; docs/landmarks.md describes the
 * training and its accuracy.
 *
 * A model is read-only and may be shared by threads; a fitter belongs to one thread at a time and
 * allocates only as its cropper does (crop.h). Coordinates are square pixels of the frame. */
#pragma once

#include "landmark-features.h"

G_BEGIN_DECLS

#define ME_LANDMARK_STAGES 8 /* at most */

/* One regression: the resolution of its patch, and the descriptors that each landmark depends on.
 */
typedef struct
{
  guint8 size_px;       /* of the patch; 0: reuse the patch of the previous stage */
  guint8 n_inputs;      /* landmarks whose descriptors one landmark depends on */
  float spacing;        /* of the cells, sides of the patch */
  const guint8 *inputs; /* [moved landmark][n_inputs]: those landmarks */
  const float *scale;   /* [moved landmark][x, y][n_inputs]: of the weights of a descriptor */
  const float *bias;    /* [moved landmark][x, y], sides of the patch */
  const gint8 *weights; /* [moved landmark][x, y][n_inputs][descriptor] */
} MeLandmarkStage;

typedef struct
{
  MePoint mean[ME_N_LANDMARKS];  /* sides of the patch */
  float box_x, box_y, box_width; /* typical box of the detector: centre of the patch minus centre of
                                    the box, in box widths; box width in sides of the patch */
  guint first, end;              /* the landmarks that it moves: first .. end - 1 */
  guint n_stages;
  MeLandmarkStage stages[ME_LANDMARK_STAGES];
  float check_bias;           /* the check: 1 / (1 + exp (-(bias + weights . features))) */
  const float *check_weights; /* [features]; NULL: it does not move all landmarks */
} MeLandmarkModel;

/* The models embedded in the library; NULL when one cannot be read. Never freed. */
const MeLandmarkModel *me_landmark_model_embedded (void);
const MeLandmarkModel *me_lid_model_embedded (void);

/* Reads a model as the trainer writes it. The model points into `data`, which must be 8-byte
 * aligned and outlive it. FALSE and ME_ERROR_MODEL_DAMAGED when the data are not a valid model. */
gboolean me_landmark_model_read (
    MeLandmarkModel *model, const guint8 *data, gsize size, GError **error);

typedef struct _MeLandmarkFitter MeLandmarkFitter;

/* The model is borrowed. Free with me_landmark_fitter_free(). */
MeLandmarkFitter *me_landmark_fitter_new (const MeLandmarkModel *model);
void me_landmark_fitter_free (MeLandmarkFitter *fitter);

/* The initial shape for a face detector's box with its middle at (x, y). */
void me_landmark_start (
    const MeLandmarkModel *model, float x, float y, float width, MePoint shape[ME_N_LANDMARKS]);

/* The initial shape for a face whose landmarks were found a moment ago: the mean shape fitted to
 * them. (Starting from the landmarks themselves would accumulate the errors of every fit.) */
void me_landmark_restart (const MeLandmarkModel *model, MePoint shape[ME_N_LANDMARKS]);

/* Moves `shape` onto the face close to it, by a model of all landmarks. score: 0..1, how much the
 * result looks like a well-fitted face. FALSE when the patch misses the frame or the result is not
 * finite. */
gboolean me_landmark_fit (
    MeLandmarkFitter *fitter, const MeFrame *frame, MePoint shape[ME_N_LANDMARKS], float *score);

/* Moves the landmarks of the model in a crop: with few of them cheap enough for every frame. shape:
 * of the whole face, pixels of crop->half. FALSE when the model has other patches than one
 * of that size, or the result is not finite. */
gboolean me_landmark_fit_in_crop (
    MeLandmarkFitter *fitter, const MeCrop *crop, MePoint shape[ME_N_LANDMARKS]);

G_END_DECLS
