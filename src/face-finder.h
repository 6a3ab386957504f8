/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib behind a C header: where the faces are.
 *
 * Coordinates are square pixels: x of the frame times its pixel aspect ratio, y as it is.
 * A finder belongs to one thread at a time. No exception leaves. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

typedef struct
{
  float x, y, width, height; /* square pixels; may reach beyond the frame */
  float score;               /* of dlib's detector: 0 is its own threshold, clear faces exceed 1 */
} MeDetection;

typedef struct _MeFaceFinder MeFaceFinder;

/* NULL when the detector inside the library cannot be read. Free with me_face_finder_free(). */
MeFaceFinder *me_face_finder_new (void);
void me_face_finder_free (MeFaceFinder *finder);

/* Pixels that a search for faces of min_face_px would scan; its cost is proportional. */
double me_face_finder_scan_px (const MeFrame *frame, double min_face_px);

/* Frontal faces at least min_face_px wide (square pixels), best first. Allocates (dlib does). */
guint me_face_finder_detect (MeFaceFinder *finder, const MeFrame *frame, double min_face_px,
    MeDetection *found, guint max_found);

G_END_DECLS
