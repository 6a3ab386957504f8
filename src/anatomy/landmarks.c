/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The scheme of the landmarks: names, mirror, and the way from the iBUG scheme. */
#include "landmarks.h"

typedef struct
{
  guint8 mirror;
  const char *name;
} Landmark;

static const Landmark scheme[ME_N_LANDMARKS] = {
  { 9, "right brow 1" },
  { 8, "right brow 2" },
  { 7, "right brow 3" },
  { 6, "right brow 4" },
  { 5, "right brow 5" },
  { 4, "left brow 1" },
  { 3, "left brow 2" },
  { 2, "left brow 3" },
  { 1, "left brow 4" },
  { 0, "left brow 5" },
  { 10, "nose bridge 1" },
  { 11, "nose bridge 2" },
  { 12, "nose bridge 3" },
  { 13, "nose tip" },
  { 18, "right nose wing" },
  { 17, "right nostril" },
  { 16, "nose base" },
  { 15, "left nostril" },
  { 14, "left nose wing" },
  { 28, "right eye outer corner" },
  { 27, "right upper lid outer" },
  { 26, "right upper lid inner" },
  { 25, "right eye inner corner" },
  { 30, "right lower lid inner" },
  { 29, "right lower lid outer" },
  { 22, "left eye inner corner" },
  { 21, "left upper lid inner" },
  { 20, "left upper lid outer" },
  { 19, "left eye outer corner" },
  { 24, "left lower lid outer" },
  { 23, "left lower lid inner" },
  { 37, "right mouth corner" },
  { 36, "upper lip right outer" },
  { 35, "upper lip right peak" },
  { 34, "upper lip middle" },
  { 33, "upper lip left peak" },
  { 32, "upper lip left outer" },
  { 31, "left mouth corner" },
  { 42, "lower lip left outer" },
  { 41, "lower lip left inner" },
  { 40, "lower lip middle" },
  { 39, "lower lip right inner" },
  { 38, "lower lip right outer" },
  { 47, "right inner corner" },
  { 46, "inner upper lip right" },
  { 45, "inner upper lip middle" },
  { 44, "inner upper lip left" },
  { 43, "left inner corner" },
  { 50, "inner lower lip left" },
  { 49, "inner lower lip middle" },
  { 48, "inner lower lip right" },
  { 53, "right chin" },
  { 52, "chin" },
  { 51, "left chin" },
  { 54, "chin boss" },
  { 55, "glabella" },
  { 57, "right nasolabial fold" },
  { 56, "left nasolabial fold" },
  { 59, "right cheek" },
  { 58, "left cheek" },
};

const char *
me_landmark_name (guint landmark)
{
  g_return_val_if_fail (landmark < ME_N_LANDMARKS, NULL);
  return scheme[landmark].name;
}

guint
me_landmark_mirror (guint landmark)
{
  g_return_val_if_fail (landmark < ME_N_LANDMARKS, landmark);
  return scheme[landmark].mirror;
}

/* A landmark from 51 on: the mean of two iBUG points. */
static const struct
{
  guint8 a, b;
} from_ibug[ME_N_LANDMARKS - ME_LANDMARK_CHIN] = {
  { 7, 7 },
  { 8, 8 },
  { 9, 9 },
  { 8, 57 },
  { 21, 22 },
  { 31, 48 },
  { 35, 54 },
  { 36, 48 },
  { 45, 54 },
};

void
me_landmarks_from_ibug (const MePoint ibug[ME_N_IBUG], MePoint landmarks[ME_N_LANDMARKS])
{
  for (int i = 0; i < ME_LANDMARK_CHIN; i++)
    landmarks[i] = ibug[17 + i];
  for (int i = 0; i < ME_N_LANDMARKS - ME_LANDMARK_CHIN; i++) {
    const MePoint *a = &ibug[from_ibug[i].a], *b = &ibug[from_ibug[i].b];

    landmarks[ME_LANDMARK_CHIN + i] = (MePoint){ (a->x + b->x) / 2, (a->y + b->y) / 2 };
  }
}
