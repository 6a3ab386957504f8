/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib's 68-point landmark model behind a C header, as an alternative to the built-in one.
 *
 * Coordinates are square pixels. An object belongs to one thread at a time; the model is loaded
 * once per process and file, and shared read-only. No exception leaves. */
#pragma once

#include "face-finder.h"
#include "anatomy/landmarks.h"

G_BEGIN_DECLS

typedef struct _MeDlibLandmarks MeDlibLandmarks;

/* file: a dlib shape predictor with 68 points. Slow to load, large in memory. NULL and ME_ERROR
 * when the file is missing or damaged. Free with me_dlib_landmarks_free(). */
MeDlibLandmarks *me_dlib_landmarks_new (const char *file, GError **error);
void me_dlib_landmarks_free (MeDlibLandmarks *landmarks);

/* Landmarks of the face in `box`, in the scheme of landmarks.h. FALSE when the box lies outside the
 * frame, or the result cannot be a face. */
gboolean me_dlib_landmarks_fit (MeDlibLandmarks *landmarks, const MeFrame *frame,
    const MeDetection *box, MePoint shape[ME_N_LANDMARKS]);

G_END_DECLS
