/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib behind a C header: where the faces are.
 *
 * Coordinates are square pixels: x of the frame times its pixel aspect ratio, y as it is.
 * A finder belongs to one thread at a time. No exception leaves. */
#pragma once

#include "microexpr.h"

#include <math.h>

G_BEGIN_DECLS

typedef struct
{
  float x, y, width, height; /* square pixels; may reach beyond the frame */
  float score;               /* of dlib's detector: 0 is its own threshold, clear faces exceed 1 */
} MeDetection;

/* A coordinate as a whole pixel, whatever it is: what is no number at all is the lowest. */
static inline int
me_whole_pixel (double x, int lowest, int highest)
{
  return (int)fmin (fmax (lowest, x), highest);
}

typedef struct _MeFaceFinder MeFaceFinder;

/* NULL and `error` set when the detector inside the library cannot be read or memory runs out. Free
 * with me_face_finder_free(), which takes NULL too. */
MeFaceFinder *me_face_finder_new (GError **error);
void me_face_finder_free (MeFaceFinder *finder);

/* Sizes of faces, each 6/5 of the one before, that a search is for: all that fit, one, or those
 * around the size of a face that was there. */
enum
{
  ME_SIZES_ALL = 0,
  ME_SIZES_ONE = 1,
  ME_SIZES_AROUND = 5
};

/* What to search: a part of the frame, and for faces of which size. */
typedef struct
{
  MeBox box;          /* pixels of the frame, inside it */
  double smallest_px; /* width of the smallest face (square pixels) */
  guint n_sizes;      /* one of those above */
} MeSearchArea;

/* Frontal faces in a part of the frame, best first. Allocates (dlib does). */
guint me_face_finder_search (MeFaceFinder *finder, const MeFrame *frame, const MeSearchArea *area,
    MeDetection *found, guint max_found);

/* The same in the whole frame: faces of every size from min_face_px on. */
guint me_face_finder_detect (MeFaceFinder *finder, const MeFrame *frame, double min_face_px,
    MeDetection *found, guint max_found);

/* How the picture is scaled for a search, so that no search takes seconds or gigabytes. */
double me_face_finder_scale (const MeFrame *frame, const MeBox *box, double smallest_px);

G_END_DECLS
