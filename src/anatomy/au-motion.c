/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How each action unit moves the facial points, one unit per row, and the smooth field that these
 * motions spread over the skin. */
#include "au-motion.h"
#include <math.h>

/* Displacement of a feature; outward is away from the midline. Only proportions matter: motions are
 * scaled to the most moved point. */
typedef struct
{
  float outward, up; /* % IPD */
} Shift;

#define M(feature, outward, up) [ME_FEATURE_##feature] = { outward, up }
#define U(au) (1u << ME_AU##au)
/* eyeBlink; the lower lid moves inward, hardly upward */
#define LIDS_CLOSE                                                                                 \
  {                                                                                                \
    M (UPPER_LID, -1.9f, -11.9f), M (LOWER_LID, -2.8f, 0.2f)                                       \
  }

#define JAW_DROPS                                                                                  \
  {                                                                                                \
    M (LOWER_LIP, 0.0f, -10.0f), M (CHIN, 0.0f, -8.0f), M (LIP_CORNER, -0.8f, -3.8f),              \
        M (CHEEK, -0.3f, -1.5f), M (JAW, 0.0f, -4.0f)                                              \
  }

/* How reliably motion shows the unit, after the F1 of flow-based coding across data sets (CD6ME,
 * Varanka et al. 2023: 1, 2, 4 above 0.7; 7, 12, 14, 17 0.36 to 0.49; 5, 6, 9, 10, 15 below 0.25;
 * the other units of the mouth are not rated there). Lid closure, AU45 and AU43, is measured
 * separately. */
#define GOOD 1.0f
#define MIDDLING 0.8f
#define WEAK 0.6f

/* One unit per row: reliability, lookalikes, how each feature moves, and, where the row is smaller,
 * the full contraction.
 *
 * Landmark features: ICT-FaceKit (Li et al. 2020, MIT licence), blendshape at coefficient 1, except
 * where the row says otherwise; compared with Candide-3 (Ahlberg 2001) and with the AU-to-mesh
 * regression of py-feat (Cheong et al. 2023). Skin without landmarks (forehead, glabella, cheek,
 * fold) follows the course of the muscle in the FACS manual (Ekman, Friesen & Hager 2002). */
static const struct
{
  float reliability;
  guint lookalikes;
  Shift shifts[ME_N_FEATURES];
  float full; /* displacement of the most moved point, % IPD; 0: that of the row */
} units[ME_N_AUS] = {
  /* browInnerUp; all three sources agree */
  [ME_AU1] = { GOOD, U (2),
      { M (INNER_BROW, 0.7f, 8.5f), M (MID_BROW, 0.4f, 4.3f), M (OUTER_BROW, -0.3f, 1.7f),
          M (FOREHEAD, 0.0f, 4.0f), M (GLABELLA, 0.0f, 4.0f) } },
  /* browOuterUp; all three sources agree */
  [ME_AU2] = { GOOD, U (1),
      { M (INNER_BROW, 0.9f, 4.0f), M (MID_BROW, 3.5f, 11.6f), M (OUTER_BROW, 1.7f, 8.8f),
          M (FOREHEAD, 0.5f, 5.0f), M (GLABELLA, 0.0f, 1.0f), M (UPPER_LID, 0.0f, 0.8f) } },
  /* browDown is largest at mid brow, Candide-3 at the inner end (-16.7, -8.3): a compromise */
  [ME_AU4] = { GOOD, U (9),
      { M (INNER_BROW, -5.5f, -5.5f), M (MID_BROW, -5.5f, -5.6f), M (OUTER_BROW, -2.5f, -1.3f),
          M (FOREHEAD, -1.0f, -2.0f), M (GLABELLA, 0.0f, -3.5f), M (UPPER_LID, 0.0f, -0.5f) } },
  /* eyeWide; py-feat's raised brow belongs to AU1+2 */
  [ME_AU5] = { WEAK, 0, { M (UPPER_LID, 0.4f, 4.5f), M (LOWER_LID, 0.3f, 0.4f) } },
  /* cheekSquint and cheekRaiser; orbicularis oculi pulls the skin of the temple inward */
  [ME_AU6] = { WEAK, U (7) | U (12),
      { M (LOWER_LID, -0.7f, 3.2f), M (UPPER_LID, 0.0f, -0.9f), M (CHEEK, 0.8f, 7.0f),
          M (INFRAORBITAL, 0.0f, 5.0f), M (CROWS_FOOT, -1.5f, 0.8f), M (NASOLABIAL, 1.0f, 2.5f),
          M (ALA, 1.1f, 0.7f), M (LIP_CORNER, 1.1f, 1.2f) } },
  /* eyeSquint */
  [ME_AU7] = { MIDDLING, U (6) | U (45),
      { M (LOWER_LID, -1.1f, 2.9f), M (UPPER_LID, 0.0f, -0.6f), M (INFRAORBITAL, -0.3f, 1.0f) } },
  /* noseSneer; its lip corner (9.6 up) halved, since Candide-3 does not move it */
  [ME_AU9] = { WEAK, U (4) | U (10),
      { M (ALA, 0.7f, 11.5f), M (UPPER_LIP, 0.0f, 9.0f), M (LIP_CORNER, -1.0f, 4.8f),
          M (NOSE_TIP, 0.0f, 5.5f), M (NASOLABIAL, 0.5f, 9.0f), M (CHEEK, 0.5f, 4.0f),
          M (INFRAORBITAL, 0.0f, 4.5f), M (LOWER_LID, 0.0f, 1.7f), M (INNER_BROW, -0.8f, -5.5f),
          M (MID_BROW, -1.4f, -3.5f), M (GLABELLA, 0.0f, -4.0f), M (LOWER_LIP, 0.0f, 1.0f) } },
  /* mouthUpperUp; Candide-3 agrees at the lip */
  [ME_AU10] = { WEAK, U (9) | U (12),
      { M (UPPER_LIP, 0.5f, 12.2f), M (ALA, 3.0f, 9.1f), M (LIP_CORNER, 0.3f, 5.0f),
          M (NASOLABIAL, 1.5f, 8.5f), M (CHEEK, 0.5f, 4.0f), M (INFRAORBITAL, 0.0f, 2.0f),
          M (NOSE_TIP, 0.0f, 1.0f) } },
  /* mouthSmile; Candide-3 and py-feat agree in direction; its lower lip (6.2 up) and chin halved,
   * since Candide-3 does not move them */
  [ME_AU12] = { MIDDLING, U (6) | U (10) | U (14) | U (17) | U (20),
      { M (LIP_CORNER, 10.8f, 16.1f), M (LOWER_LIP, 2.5f, 3.1f), M (UPPER_LIP, 3.0f, 5.3f),
          M (CHEEK, 6.0f, 9.5f), M (NASOLABIAL, 6.0f, 9.0f), M (ALA, 3.8f, 3.5f),
          M (INFRAORBITAL, 1.0f, 3.0f), M (CHIN, 0.0f, 1.5f), M (LOWER_LID, 0.0f, 0.8f),
          M (JAW, 0.5f, 0.5f) } },
  /* sources disagree (mouthDimple 1.3, 4.2; py-feat 2.2, 7.6): lip corner between them and FACS, in
   * which corner and cheek are pulled together into the dimple */
  [ME_AU14] = { MIDDLING, U (12) | U (20),
      { M (LIP_CORNER, 3.0f, 3.0f), M (CHEEK, -2.0f, 0.5f), M (NASOLABIAL, 0.5f, 0.8f),
          M (LOWER_LIP, 1.5f, 1.2f), M (UPPER_LIP, 1.2f, -0.3f) } },
  /* mouthFrown; py-feat has no motion, Candide-3 more: direction of Candide-3, cheek from FACS */
  [ME_AU15] = { WEAK, U (17) | U (20),
      { M (LIP_CORNER, 1.5f, -7.0f), M (LOWER_LIP, 0.5f, -1.5f), M (UPPER_LIP, 0.0f, -1.2f),
          M (CHEEK, 0.3f, -2.5f), M (NASOLABIAL, 0.0f, -2.0f), M (CHIN, 0.0f, 1.2f) } },
  /* mouthShrugLower; its lip corner (outward, up) averaged with py-feat's (inward, up) */
  [ME_AU17] = { MIDDLING, U (12) | U (15) | U (24),
      { M (CHIN, 0.0f, 12.5f), M (LOWER_LIP, 0.0f, 11.7f), M (UPPER_LIP, 0.0f, 2.5f),
          M (LIP_CORNER, -1.5f, 3.0f) } },
  /* mouthStretch, with half of its downward part, since Candide-3 is purely lateral */
  [ME_AU20] = { WEAK, U (12) | U (14) | U (15),
      { M (LIP_CORNER, 10.1f, -2.5f), M (LOWER_LIP, 4.0f, -1.5f), M (UPPER_LIP, 3.0f, -0.5f),
          M (CHEEK, 4.0f, -1.5f), M (NASOLABIAL, 2.5f, -0.8f), M (ALA, 1.3f, -0.7f),
          M (JAW, 1.0f, 0.0f) } },
  /* no blendshape of its own: lip corner from py-feat, lips rolled in (FACS) */
  [ME_AU23] = { WEAK, U (18) | U (24) | U (28),
      { M (LIP_CORNER, -3.7f, 0.3f), M (LOWER_LIP, -1.5f, 1.8f), M (UPPER_LIP, -1.5f, -1.2f),
          M (CHIN, 0.0f, 1.0f), M (CHEEK, -0.8f, 0.0f) } },
  /* mouthPress, Candide-3 and py-feat averaged */
  [ME_AU24] = { WEAK, U (17) | U (23) | U (28),
      { M (LOWER_LIP, -0.5f, 5.4f), M (UPPER_LIP, -0.5f, -4.0f), M (LIP_CORNER, -1.5f, 1.0f),
          M (CHIN, 0.0f, 4.0f) } },
  /* no blendshape of its own: lips part while the chin rests (FACS); sizes of a slight opening,
   * full that of mouthLowerDown */
  [ME_AU25] = { WEAK, U (22) | U (26), { M (LOWER_LIP, 0.0f, -5.0f), M (UPPER_LIP, 0.0f, 1.5f) },
      10.2f },
  /* jawOpen, scaled down to a slight opening; all sources agree. Full as in py-feat: the 54 of
   * jawOpen are a stretch, AU27 */
  [ME_AU26] = { WEAK, U (25), JAW_DROPS, 22.0f },
  /* mouthPucker, its upward part a third, since in FACS the lips are drawn medially and forward */
  [ME_AU18] = { WEAK, U (22) | U (23),
      { M (LIP_CORNER, -9.0f, 1.0f), M (LOWER_LIP, -4.5f, 0.0f), M (UPPER_LIP, -4.0f, 1.5f),
          M (NASOLABIAL, -4.0f, 1.0f), M (CHEEK, -3.0f, 0.5f), M (ALA, -0.5f, 0.0f),
          M (CHIN, 0.0f, 1.0f) },
      8.7f },
  /* mouthFunnel, its chin (5.5 down) halved, since in FACS the lips part without the jaw */
  [ME_AU22] = { WEAK, U (18) | U (25),
      { M (LOWER_LIP, -2.0f, -4.5f), M (LIP_CORNER, -4.5f, 0.0f), M (UPPER_LIP, -1.5f, 3.5f),
          M (CHIN, 0.0f, -2.5f), M (NASOLABIAL, -1.5f, 1.5f), M (CHEEK, -1.5f, 0.5f) },
      13.6f },
  /* mouthRollLower and mouthRollUpper, whose nasolabial fold (6.2 down) is halved; FACS: the skin
   * above and below the lips is drawn into the mouth, the corners hardly */
  [ME_AU28] = { WEAK, U (23) | U (24),
      { M (LOWER_LIP, -0.3f, 5.5f), M (UPPER_LIP, -0.3f, -3.5f), M (NASOLABIAL, 0.0f, -3.0f),
          M (ALA, 0.0f, -2.0f), M (LIP_CORNER, 0.5f, 0.0f) },
      14.3f },
  [ME_AU45] = { GOOD, U (7), LIDS_CLOSE },
  [ME_AU43] = { GOOD, U (7), LIDS_CLOSE },
  /* jawOpen at its full extent; read from the strength of AU26 */
  [ME_AU27] = { WEAK, U (26), JAW_DROPS, 54.0f },
};

/* Depressor glabellae and depressor supercilii, two of the three strands of AU4 (FACS manual), pull
 * the inner end of the brow straight down; the third, corrugator, is the row above. */
static const Shift brow_depressor[ME_N_FEATURES] = { M (INNER_BROW, 0.0f, -5.5f),
  M (GLABELLA, 0.0f, -5.5f), M (FOREHEAD, 0.0f, -2.5f), M (NOSE_BRIDGE, 0.0f, -1.5f) };

#undef JAW_DROPS
#undef LIDS_CLOSE
#undef U
#undef M
#undef GOOD
#undef MIDDLING
#undef WEAK

/* Points at the rim of their feature move less: upper forehead, jaw towards the ear. */
static const struct
{
  guint8 point;
  float share;
} rims[] = {
  { ME_POINT_UPPER_FOREHEAD_MIDDLE, 0.3f },
  { ME_POINT_RIGHT_UPPER_FOREHEAD, 0.3f },
  { ME_POINT_LEFT_UPPER_FOREHEAD, 0.3f },
  { ME_POINT_RIGHT_JAW_UPPER, 0.0f },
  { ME_POINT_LEFT_JAW_UPPER, 0.0f },
  { ME_POINT_RIGHT_JAW_MID, 0.6f },
  { ME_POINT_LEFT_JAW_MID, 0.6f },
};

/* How far a point's motion spreads over the skin (sigma, in IPD): a little under half the distance
 * to the next point, so that adjacent points blend without a plateau. */
static const float reach[ME_N_FEATURES] = {
  [ME_FEATURE_INNER_BROW] = 0.11f,
  [ME_FEATURE_MID_BROW] = 0.11f,
  [ME_FEATURE_OUTER_BROW] = 0.11f,
  [ME_FEATURE_FOREHEAD] = 0.16f,
  [ME_FEATURE_GLABELLA] = 0.10f,
  [ME_FEATURE_UPPER_LID] = 0.08f,
  [ME_FEATURE_LOWER_LID] = 0.08f,
  [ME_FEATURE_EYE_CORNER] = 0.08f,
  [ME_FEATURE_CROWS_FOOT] = 0.12f,
  [ME_FEATURE_INFRAORBITAL] = 0.12f,
  [ME_FEATURE_CHEEK] = 0.17f,
  [ME_FEATURE_NOSE_BRIDGE] = 0.10f,
  [ME_FEATURE_NOSE_TIP] = 0.09f,
  [ME_FEATURE_ALA] = 0.08f,
  [ME_FEATURE_NASOLABIAL] = 0.13f,
  [ME_FEATURE_UPPER_LIP] = 0.09f,
  [ME_FEATURE_LIP_CORNER] = 0.11f,
  [ME_FEATURE_LOWER_LIP] = 0.09f,
  [ME_FEATURE_CHIN] = 0.16f,
  [ME_FEATURE_JAW] = 0.16f,
};

/* Weight of the still background, with which the field fades out away from all points. */
#define STILL_WEIGHT 0.02f

static float
rim_share (guint point)
{
  for (guint i = 0; i < G_N_ELEMENTS (rims); i++) {
    if (rims[i].point == point)
      return rims[i].share;
  }
  return 1;
}

guint
me_au_lookalikes (MeAu au)
{
  return units[au].lookalikes;
}

double
me_au_reliability (MeAu au)
{
  return units[au].reliability;
}

/* side: ME_MIDLINE moves both. Scaled to the most moved point, whose displacement is returned. */
static float
move_points (const Shift shifts[ME_N_FEATURES], MeSide side, MePoint motion[ME_N_POINTS])
{
  static const float lateral[] = { [ME_MIDLINE] = 0, [ME_LEFT] = 1, [ME_RIGHT] = -1 };
  float largest = 0;

  for (guint i = 0; i < ME_N_POINTS; i++) {
    const Shift *shift = &shifts[me_facial_points[i].feature];
    MeSide own = me_facial_points[i].side;
    float part = side == ME_MIDLINE || own == side ? 1 : own == ME_MIDLINE ? 0.5f : 0;
    float share = rim_share (i);

    largest = MAX (largest, share * hypotf (lateral[own] * shift->outward, shift->up));
    motion[i].x = part * share * shift->outward * lateral[own];
    motion[i].y = -part * share * shift->up;
  }
  for (guint i = 0; i < ME_N_POINTS; i++) {
    motion[i].x /= largest;
    motion[i].y /= largest;
  }
  return largest;
}

double
me_au_full_contraction (MeAu au)
{
  MePoint motion[ME_N_POINTS];

  return units[au].full > 0 ? units[au].full : move_points (units[au].shifts, ME_MIDLINE, motion);
}

void
me_au_point_motion (MeAu au, MeSide side, MePoint motion[ME_N_POINTS])
{
  move_points (units[au].shifts, me_au_is_sided (au) ? side : ME_MIDLINE, motion);
}

void
me_au_brow_depressor_motion (MePoint motion[ME_N_POINTS])
{
  move_points (brow_depressor, ME_MIDLINE, motion);
}

void
me_au_field_weights (
    const MePoint points[ME_N_POINTS], float ipd, MePoint at, float weights[ME_N_POINTS])
{
  float sum = STILL_WEIGHT;

  for (guint i = 0; i < ME_N_POINTS; i++) {
    float dx = (at.x - points[i].x) / ipd, dy = (at.y - points[i].y) / ipd;
    float sigma = reach[me_facial_points[i].feature];

    weights[i] = expf (-(dx * dx + dy * dy) / (2 * sigma * sigma));
    sum += weights[i];
  }
  for (guint i = 0; i < ME_N_POINTS; i++)
    weights[i] /= sum;
}

MePoint
me_au_field (
    const MePoint points[ME_N_POINTS], const MePoint motion[ME_N_POINTS], float ipd, MePoint at)
{
  float weights[ME_N_POINTS];
  MePoint value = { 0, 0 };

  me_au_field_weights (points, ipd, at, weights);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    value.x += weights[i] * motion[i].x;
    value.y += weights[i] * motion[i].y;
  }
  return value;
}
