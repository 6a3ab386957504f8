/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A photograph that moves toward a second one of the same person: the dense motion between the
 * two is measured, and any part of it can be shown. OpenCV behind a C header. */
#pragma once

#include "anatomy/facial-points.h"

G_BEGIN_DECLS

/* Gray pixels, row after row, and the facial points in them. The pixels stay with the caller. */
typedef struct
{
  guint8 *pixels;
  int width, height;
  MePoint points[ME_N_POINTS];
} MorphPhoto;

/* What is drawn of it. */
typedef struct
{
  int width, height;
  float ipd_px;
  float part;         /* of the motion, 0..1 */
  float dx, dy, turn; /* of the head: pixels of the frame, radians */
  float gain;         /* of the light */
  float noise;        /* standard deviation, levels of 255 */
} MorphView;

typedef struct _Morph Morph;

/* Registers the two, the head's own motion aside. seed: of the noise. With morph_free(). */
Morph *morph_new (const MorphPhoto *from, const MorphPhoto *to, guint seed);
void morph_free (Morph *morph);

/* Largest displacement of a facial point when all of the motion shows, % IPD. */
float morph_strength (const Morph *morph);

/* Displacement of the facial points when all of the motion shows, % IPD along the axes of the face:
 * to the right and down. */
void morph_motion (const Morph *morph, MePoint motion[ME_N_POINTS]);

/* luma: width * height bytes. */
void morph_render (Morph *morph, const MorphView *view, guint8 *luma);

G_END_DECLS
