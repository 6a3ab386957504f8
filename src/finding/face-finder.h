/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib's face detector behind a C header.
 *
 * Coordinates are square pixels: x of the frame times its pixel aspect ratio, y as it is.
 * A finder belongs to one thread at a time. No exception leaves. */
#pragma once

#include "common/picture.h"

#include <math.h>

G_BEGIN_DECLS

typedef struct
{
  float x, y, width, height; /* square pixels; may reach beyond the frame */
  float score;               /* of dlib's detector: 0 is its own threshold, clear faces exceed 1 */
} MeDetection;

/* Truncates a coordinate to a whole pixel and clamps it; NaN becomes `lowest`. */
static inline int
me_whole_pixel (double x, int lowest, int highest)
{
  return (int)fmin (fmax (lowest, x), highest);
}

typedef struct _MeFaceFinder MeFaceFinder;

/* NULL and `error` set when the embedded detector cannot be loaded or memory runs out. Free
 * with me_face_finder_free(), which takes NULL too. */
MeFaceFinder *me_face_finder_new (GError **error);
void me_face_finder_free (MeFaceFinder *finder);

/* How many sizes of faces a search covers, each 6/5 of the previous: all that fit, one, or those
 * around the size of a known face. */
enum
{
  ME_SIZES_ALL = 0,
  ME_SIZES_ONE = 1,
  ME_SIZES_AROUND = 5
};

/* What to search: a part of the frame, for faces of some sizes. */
typedef struct
{
  MeBox box;          /* pixels of the frame, inside it */
  double smallest_px; /* width of the smallest face (square pixels) */
  guint n_sizes;      /* ME_SIZES_... */
} MeSearchArea;

/* Frontal faces in a part of the frame, best first; returns how many. Allocates, since dlib does.
 */
guint me_face_finder_search (MeFaceFinder *finder, const MeFrame *frame, const MeSearchArea *area,
    MeDetection *found, guint max_found);

/* The same in the whole frame, for faces of min_face_px and larger. */
guint me_face_finder_detect (MeFaceFinder *finder, const MeFrame *frame, double min_face_px,
    MeDetection *found, guint max_found);

/* Scale of the picture for a search; limited, so that no search takes seconds or gigabytes. */
double me_face_finder_scale (const MeFrame *frame, const MeBox *box, double smallest_px);

G_END_DECLS
