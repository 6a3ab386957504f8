/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib's 68-point landmark model behind a C header, for who prefers it to the built-in one.
 *
 * Coordinates are square pixels. Belongs to one thread at a time; the model is loaded once per
 * process and file, and shared read-only. No exception leaves. */
#pragma once

#include "face-finder.h"

G_BEGIN_DECLS

typedef struct _MeDlibLandmarks MeDlibLandmarks;

/* file: a dlib shape predictor with 68 points; slow, and large in memory. NULL and ME_ERROR when
 * there is none or it is damaged. Free with me_dlib_landmarks_free(). */
MeDlibLandmarks *me_dlib_landmarks_new (const char *file, GError **error);
void me_dlib_landmarks_free (MeDlibLandmarks *landmarks);

/* Landmarks of the face in `box`, in our scheme. FALSE when the box does not touch the frame, or
 * what was found cannot be a face. */
gboolean me_dlib_landmarks_fit (MeDlibLandmarks *landmarks, const MeFrame *frame,
    const MeDetection *box, MePoint shape[ME_N_LANDMARKS]);

G_END_DECLS
