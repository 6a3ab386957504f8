/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our own landmark model: a cascade of linear regressions on descriptors (supervised descent, Xiong
 * & De la Torre, CVPR 2013), each landmark from its own surroundings, and a linear check of whether
 * what was fitted is a face. Trained by examples/train-landmarks; docs/landmarks.md says on what
 * and how well it does.
 *
 * A model is read-only and may be shared by threads; a fitter belongs to one thread at a time and
 * allocates only as its cropper does (crop.h). Coordinates are square pixels of the frame. */
#pragma once

#include "landmark-features.h"

G_BEGIN_DECLS

#define ME_LANDMARK_STAGES 8 /* at most */

/* One regression: how closely it looks, and which descriptors each landmark follows. */
typedef struct
{
  guint8 size_px;       /* of the patch; 0: that of the stage before is still good */
  guint8 n_near;        /* descriptors that one landmark follows */
  float spacing;        /* of the cells, sides of the patch */
  const guint8 *near;   /* [landmark][n_near]: whose descriptors */
  const float *scale;   /* [landmark][x, y][n_near]: of the weights of a descriptor */
  const float *bias;    /* [landmark][x, y], sides of the patch */
  const gint8 *weights; /* [landmark][x, y][n_near][descriptor] */
} MeLandmarkStage;

typedef struct
{
  MePoint mean[ME_N_LANDMARKS];  /* sides of the patch */
  float box_x, box_y, box_width; /* where detectors see the mean shape: middle of the patch minus
                                    that of the box, in widths of the box; width in patch sides */
  guint n_stages;
  MeLandmarkStage stages[ME_LANDMARK_STAGES];
  float check_bias;           /* the check: 1 / (1 + exp (-(bias + weights . features))) */
  const float *check_weights; /* [features] */
} MeLandmarkModel;

/* The model built into this library; NULL when the library was built without one. Never freed. */
const MeLandmarkModel *me_landmark_model_embedded (void);

/* Reads a model as the trainer writes it. The model points into data (8-byte aligned), which has to
 * outlive it. FALSE and ME_ERROR_MODEL_DAMAGED when it is none. */
gboolean me_landmark_model_read (
    MeLandmarkModel *model, const guint8 *data, gsize size, GError **error);

typedef struct _MeLandmarkFitter MeLandmarkFitter;

/* The model is borrowed. Free with me_landmark_fitter_free(). */
MeLandmarkFitter *me_landmark_fitter_new (const MeLandmarkModel *model);
void me_landmark_fitter_free (MeLandmarkFitter *fitter);

/* The shape that a box of a face detector starts with. */
void me_landmark_start (
    const MeLandmarkModel *model, float x, float y, float width, MePoint shape[ME_N_LANDMARKS]);

/* The shape that starts a face whose landmarks were found a moment ago: the mean shape there. (To
 * start with the landmarks themselves would add up the errors of every fit.) */
void me_landmark_restart (const MeLandmarkModel *model, MePoint shape[ME_N_LANDMARKS]);

/* Moves `shape` onto the face near which it lies. score: 0..1, how much what was found looks like a
 * face that is fitted. FALSE when it misses the frame. */
gboolean me_landmark_fit (
    MeLandmarkFitter *fitter, const MeFrame *frame, MePoint shape[ME_N_LANDMARKS], float *score);

G_END_DECLS
