/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib behind a C header: where the faces are, and the 68 landmarks of each.
 *
 * Coordinates are square pixels: x of the frame times its pixel aspect ratio, y as it is.
 * A finder belongs to one thread at a time; the landmark model is loaded once per process and file,
 * and shared read-only. No exception leaves. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

typedef struct
{
  float x, y, width, height; /* square pixels; may reach beyond the frame */
  float score;               /* of dlib's detector: 0 is its own threshold, clear faces exceed 1 */
} MeDetection;

typedef struct _MeFaceFinder MeFaceFinder;

/* model: file of a dlib shape predictor with 68 points. NULL or "" searches for
 * dlib/shape_predictor_68_face_landmarks.dat (as Debian's libdlib-data installs it)
 * in $XDG_DATA_HOME and $XDG_DATA_DIRS. NULL and ME_ERROR when there is none or it is damaged.
 */
MeFaceFinder *me_face_finder_new (const char *model, GError **error);
void me_face_finder_free (MeFaceFinder *finder);

/* Pixels that a search for faces of min_face_px would scan; its cost is proportional. */
double me_face_finder_scan_px (const MeFrame *frame, double min_face_px);

/* Frontal faces at least min_face_px wide (square pixels), best first. Allocates (dlib does). */
guint me_face_finder_detect (MeFaceFinder *finder, const MeFrame *frame, double min_face_px,
    MeDetection *found, guint max_found);

/* Landmarks of the face in `box`. FALSE when the box does not touch the frame. */
gboolean me_face_finder_landmarks (MeFaceFinder *finder, const MeFrame *frame,
    const MeDetection *box, MePoint landmarks[ME_N_LANDMARKS]);

G_END_DECLS
