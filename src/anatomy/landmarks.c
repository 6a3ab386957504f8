/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The landmarks: names, mirror, and how they follow from the iBUG scheme. */
#include "landmarks.h"

typedef struct
{
  guint8 mirror;
  const char *name;
} Landmark;

#define PAIR(landmark, right, left)                                                                \
  [ME_LANDMARK_RIGHT_##landmark] = { ME_LANDMARK_LEFT_##landmark, right },                         \
  [ME_LANDMARK_LEFT_##landmark] = { ME_LANDMARK_RIGHT_##landmark, left }
#define MIDLINE(landmark, name) [ME_LANDMARK_##landmark] = { ME_LANDMARK_##landmark, name }

static const Landmark scheme[ME_N_LANDMARKS] = {
  PAIR (BROW_OUTER, "right brow 1", "left brow 5"),
  PAIR (BROW_MID_OUTER, "right brow 2", "left brow 4"),
  PAIR (BROW_MID, "right brow 3", "left brow 3"),
  PAIR (BROW_MID_INNER, "right brow 4", "left brow 2"),
  PAIR (BROW_INNER, "right brow 5", "left brow 1"),
  MIDLINE (NOSE_BRIDGE_1, "nose bridge 1"),
  MIDLINE (NOSE_BRIDGE_2, "nose bridge 2"),
  MIDLINE (NOSE_BRIDGE_3, "nose bridge 3"),
  MIDLINE (NOSE_TIP, "nose tip"),
  PAIR (NOSE_WING, "right nose wing", "left nose wing"),
  PAIR (NOSTRIL, "right nostril", "left nostril"),
  MIDLINE (NOSE_BASE_MIDDLE, "nose base"),
  PAIR (EYE_OUTER, "right eye outer corner", "left eye outer corner"),
  PAIR (UPPER_LID_OUTER, "right upper lid outer", "left upper lid outer"),
  PAIR (UPPER_LID_INNER, "right upper lid inner", "left upper lid inner"),
  PAIR (EYE_INNER, "right eye inner corner", "left eye inner corner"),
  PAIR (LOWER_LID_INNER, "right lower lid inner", "left lower lid inner"),
  PAIR (LOWER_LID_OUTER, "right lower lid outer", "left lower lid outer"),
  PAIR (LIP_CORNER, "right mouth corner", "left mouth corner"),
  PAIR (UPPER_LIP_OUTER, "upper lip right outer", "upper lip left outer"),
  PAIR (UPPER_LIP_PEAK, "upper lip right peak", "upper lip left peak"),
  MIDLINE (UPPER_LIP_MIDDLE, "upper lip middle"),
  PAIR (LOWER_LIP_OUTER, "lower lip right outer", "lower lip left outer"),
  PAIR (LOWER_LIP_INNER, "lower lip right inner", "lower lip left inner"),
  MIDLINE (LOWER_LIP_MIDDLE, "lower lip middle"),
  PAIR (INNER_LIP_CORNER, "right inner corner", "left inner corner"),
  PAIR (INNER_UPPER_LIP, "inner upper lip right", "inner upper lip left"),
  MIDLINE (INNER_UPPER_LIP_MIDDLE, "inner upper lip middle"),
  PAIR (INNER_LOWER_LIP, "inner lower lip right", "inner lower lip left"),
  MIDLINE (INNER_LOWER_LIP_MIDDLE, "inner lower lip middle"),
  PAIR (CHIN, "right chin", "left chin"),
  MIDLINE (CHIN_MIDDLE, "chin"),
  MIDLINE (CHIN_BOSS, "chin boss"),
  MIDLINE (GLABELLA, "glabella"),
  PAIR (NASOLABIAL, "right nasolabial fold", "left nasolabial fold"),
  PAIR (CHEEK, "right cheek", "left cheek"),
};

#undef PAIR
#undef MIDLINE

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

/* Numbers of the iBUG scheme: the outline of the face from ear to ear, then our first landmarks. */
#define IBUG_RIGHT_CHIN 7
#define IBUG_CHIN 8
#define IBUG_LEFT_CHIN 9
#define IBUG_N_OUTLINE 17
#define IBUG(landmark) (IBUG_N_OUTLINE + ME_LANDMARK_##landmark)
#define N_SHARED ME_LANDMARK_CHIN /* landmarks that the iBUG scheme has */
#define BETWEEN(landmark, a, b) [ME_LANDMARK_##landmark - N_SHARED] = { a, b }

/* The other landmarks: the mean of two iBUG points. */
static const struct
{
  guint8 a, b;
} from_ibug[ME_N_LANDMARKS - N_SHARED] = {
  BETWEEN (RIGHT_CHIN, IBUG_RIGHT_CHIN, IBUG_RIGHT_CHIN),
  BETWEEN (CHIN_MIDDLE, IBUG_CHIN, IBUG_CHIN),
  BETWEEN (LEFT_CHIN, IBUG_LEFT_CHIN, IBUG_LEFT_CHIN),
  BETWEEN (CHIN_BOSS, IBUG_CHIN, IBUG (LOWER_LIP_MIDDLE)),
  BETWEEN (GLABELLA, IBUG (RIGHT_BROW_INNER), IBUG (LEFT_BROW_INNER)),
  BETWEEN (RIGHT_NASOLABIAL, IBUG (RIGHT_NOSE_WING), IBUG (RIGHT_LIP_CORNER)),
  BETWEEN (LEFT_NASOLABIAL, IBUG (LEFT_NOSE_WING), IBUG (LEFT_LIP_CORNER)),
  BETWEEN (RIGHT_CHEEK, IBUG (RIGHT_EYE_OUTER), IBUG (RIGHT_LIP_CORNER)),
  BETWEEN (LEFT_CHEEK, IBUG (LEFT_EYE_OUTER), IBUG (LEFT_LIP_CORNER)),
};

void
me_landmarks_from_ibug (const MePoint ibug[ME_N_IBUG], MePoint landmarks[ME_N_LANDMARKS])
{
  for (int i = 0; i < N_SHARED; i++)
    landmarks[i] = ibug[IBUG_N_OUTLINE + i];
  for (int i = 0; i < ME_N_LANDMARKS - N_SHARED; i++) {
    const MePoint *a = &ibug[from_ibug[i].a], *b = &ibug[from_ibug[i].b];

    landmarks[N_SHARED + i] = (MePoint){ (a->x + b->x) / 2, (a->y + b->y) / 2 };
  }
}
