/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the landmarks of a detected face, with the built-in model or one of dlib's.
 *
 * Coordinates are square pixels. A landmarker belongs to one thread at a time. */
#pragma once

#include "face-finder.h"
#include "anatomy/landmarks.h"

G_BEGIN_DECLS

typedef struct _MeLandmarker MeLandmarker;

/* model: path of a dlib shape predictor with 68 points; NULL or "": the built-in model. NULL and
 * ME_ERROR when it is missing or damaged. Free with me_landmarker_free(). */
MeLandmarker *me_landmarker_new (const char *model, GError **error);
void me_landmarker_free (MeLandmarker *landmarker);

/* Landmarks of the face in `box`: the mean of several fits, weighted by score. score: that of the
 * best fit, 0..1, how much it looks like a well-fitted frontal face; 1 with dlib's model, which has
 * no score. FALSE when the box lies outside the frame. */
gboolean me_landmarker_find (MeLandmarker *landmarker, const MeFrame *frame, const MeDetection *box,
    MePoint landmarks[ME_N_LANDMARKS], float *score);

/* Refits landmarks that were right a moment ago, and scores the result. FALSE and unchanged
 * landmarks when they miss the frame, and always with dlib's model. */
gboolean me_landmarker_improve (MeLandmarker *landmarker, const MeFrame *frame,
    MePoint landmarks[ME_N_LANDMARKS], float *score);

G_END_DECLS
