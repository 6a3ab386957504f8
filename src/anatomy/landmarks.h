/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The landmarks of a face: which points there are, in which order, and how other schemes map to it.
 * docs/landmarks.md shows them. Left and right are the person's own; lines run from the person's
 * right to the left, lips clockwise in the picture from the right corner over the upper lip.
 *
 * Points 0 to 50 are the inner points 17 to 67 of the iBUG 68-point scheme. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

enum
{
  ME_LANDMARK_RIGHT_BROW = 0,   /* 5, outer end to inner end */
  ME_LANDMARK_LEFT_BROW = 5,    /* 5, inner end to outer end */
  ME_LANDMARK_NOSE_BRIDGE = 10, /* 4, root to tip */
  ME_LANDMARK_NOSE_TIP = 13,
  ME_LANDMARK_NOSE_BASE = 14,  /* 5, right wing to left wing */
  ME_LANDMARK_RIGHT_EYE = 19,  /* 6: outer corner, upper lid (2), inner corner, lower lid (2) */
  ME_LANDMARK_LEFT_EYE = 25,   /* 6: inner corner, upper lid (2), outer corner, lower lid (2) */
  ME_LANDMARK_OUTER_LIPS = 31, /* 12: right corner, upper lip (5), left corner, lower lip (5) */
  ME_LANDMARK_INNER_LIPS = 43, /* 8: right corner, upper (3), left corner, lower (3) */
  ME_LANDMARK_CHIN = 51,       /* 3, the outline below the mouth */
  ME_LANDMARK_CHIN_BOSS = 54,  /* the skin of the chin, above its outline */
  ME_LANDMARK_GLABELLA = 55,   /* between the inner ends of the brows */
  ME_LANDMARK_NASOLABIAL = 56, /* right and left, on the fold beside the upper lip */
  ME_LANDMARK_CHEEK = 58,      /* right and left, on the apple of the cheek */
};

G_STATIC_ASSERT (ME_LANDMARK_CHEEK + 2 == ME_N_LANDMARKS);

#define ME_N_IBUG 68

/* How the landmark is called, "right brow 1" ...; static. */
const char *me_landmark_name (guint landmark);

/* The landmark on the other side; itself on the midline. */
guint me_landmark_mirror (guint landmark);

/* From the iBUG scheme; points that it does not have are placed between those that it has. */
void me_landmarks_from_ibug (const MePoint ibug[ME_N_IBUG], MePoint landmarks[ME_N_LANDMARKS]);

G_END_DECLS
