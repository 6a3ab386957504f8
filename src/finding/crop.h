/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The aligned crop of a face and its half-size level.
 *
 * The crop has a fixed size in which the eyes lie level at a fixed place, so that one pixel of it
 * is always the same fraction of the interpupillary distance. Square pixels of the frame: x times
 * the pixel aspect ratio. A cropper belongs to one thread at a time and allocates only when a face
 * is larger than any before. */
#pragma once

#include "anatomy/landmarks.h"

G_BEGIN_DECLS

#define ME_CROP_PX 160
#define ME_CROP_HALF_PX (ME_CROP_PX / 2)
#define ME_CROP_IPD_PX (0.38f * ME_CROP_PX) /* between the eye centres */
#define ME_CROP_EYE_Y (0.33f * ME_CROP_PX)  /* of the eye line */

/* The middle of the face, from brows to chin. */
#define ME_CROP_FACE_LEFT (ME_CROP_PX / 4)
#define ME_CROP_FACE_RIGHT (ME_CROP_PX * 3 / 4)
#define ME_CROP_FACE_TOP (ME_CROP_PX / 4)
#define ME_CROP_FACE_BOTTOM (ME_CROP_PX * 7 / 8)

/* Motion in the crop to percent of IPD. */
#define ME_CROP_PERCENT (100.0f / ME_CROP_IPD_PX)

/* From the crop to square pixels of the frame: x' = a x - b y + tx, y' = b x + a y + ty. */
typedef struct
{
  float a, b, tx, ty;
} MeSimilarity;

typedef struct
{
  float full[ME_CROP_PX * ME_CROP_PX];
  float half[ME_CROP_HALF_PX * ME_CROP_HALF_PX];
} MeCrop;

/* The pose that puts the eye centres of the landmarks where the crop wants them. */
MeSimilarity me_crop_pose (const MePoint landmarks[ME_N_LANDMARKS]);

MePoint me_similarity_apply (const MeSimilarity *s, MePoint p);
MePoint me_similarity_invert (const MeSimilarity *s, MePoint p);
MeSimilarity me_similarity_chain (const MeSimilarity *outer, const MeSimilarity *inner);

/* The similarity that maps n points `from` closest to `to` (least squares; Umeyama 1991). */
MeSimilarity me_similarity_fit (const MePoint *from, const MePoint *to, int n);

typedef struct _MeCropper MeCropper;

/* NULL when there is no memory; with it, the functions below return FALSE. */
MeCropper *me_cropper_new (void);
void me_cropper_free (MeCropper *cropper);

/* Samples a square of size_px, at most ME_CROP_PX, into pixels; pose maps it to the frame. Outside
 * the frame its border is repeated. FALSE when the square misses the frame. */
gboolean me_cropper_sample (
    MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, float *pixels, int size_px);

/* Samples the crop; outside the frame its border is repeated. FALSE when the crop misses the frame.
 */
gboolean me_cropper_crop (
    MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, MeCrop *crop);

G_END_DECLS
