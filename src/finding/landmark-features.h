/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The input of the landmark model: oriented gradients around every landmark in an upright patch of
 * the face, as in SIFT and DAISY descriptors (Lowe 2004; Tola, Lepetit & Fua 2010), normalised per
 * landmark to cancel light and contrast.
 *
 * The patch is a square in which the mean shape has a fixed place. Positions on it are fractions of
 * its side, 0..1; the IPD of the mean shape is ME_LANDMARK_IPD. */
#pragma once

#include "crop.h"

G_BEGIN_DECLS

#define ME_LANDMARK_PATCH_PX 80 /* largest patch */
#define ME_LANDMARK_IPD 0.38f
#define ME_LANDMARK_ORIENTATIONS 8
#define ME_LANDMARK_CELLS 9 /* 3 x 3 around a landmark */
#define ME_LANDMARK_DESCRIPTOR (ME_LANDMARK_CELLS * ME_LANDMARK_ORIENTATIONS)
#define ME_N_LANDMARK_FEATURES (ME_N_LANDMARKS * ME_LANDMARK_DESCRIPTOR)
#define ME_ALL_LANDMARKS (~G_GUINT64_CONSTANT (0)) /* as bits */

/* Gradients of a patch, split by orientation and blurred: [y][x][orientation], rows of size_px. */
typedef struct
{
  int size_px;
  MeBox area; /* of the patch, where they are known: there alone they are sampled */
  float values[ME_LANDMARK_PATCH_PX * ME_LANDMARK_PATCH_PX * ME_LANDMARK_ORIENTATIONS];
} MeLandmarkMaps;

/* Working memory of one thread at a time: about 0.4 MB, without pointers. */
typedef struct
{
  float patch[ME_LANDMARK_PATCH_PX * ME_LANDMARK_PATCH_PX];
  MeLandmarkMaps maps, scratch;
} MeLandmarkRoom;

/* The similarity from a patch of size_px to the frame that brings the mean shape (fractions of the
 * side) closest to `shape` (square px of the frame). */
MeSimilarity me_landmark_pose (
    const MePoint mean[ME_N_LANDMARKS], const MePoint shape[ME_N_LANDMARKS], int size_px);

/* Samples the patch at the pose and computes its maps. FALSE when it misses the frame. */
gboolean me_landmark_look (MeLandmarkRoom *room, MeCropper *cropper, const MeFrame *frame,
    const MeSimilarity *pose, int size_px);

/* The maps of a patch that is there already, only of the area: at least 2 pixels each way. */
void me_landmark_look_at (MeLandmarkRoom *room, const float *patch, int size_px, const MeBox *area);

/* Descriptors in the maps computed at `pose`, around the landmarks of `shape` whose bits (1 <<
 * landmark) are set. spacing: of the cells, in sides of the patch. Each value is 0..1. */
void me_landmark_describe (const MeLandmarkRoom *room, const MeSimilarity *pose,
    const MePoint shape[ME_N_LANDMARKS], guint64 which, float spacing,
    float features[ME_N_LANDMARK_FEATURES]);

G_END_DECLS
