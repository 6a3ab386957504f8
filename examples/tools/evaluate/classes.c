/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Classes of coded labels and of reported events, as tables. */
#include "classes.h"

#include <math.h>

enum
{
  NEGATIVE,
  POSITIVE,
  SURPRISE
};

enum
{
  HAPPINESS_5,
  DISGUST_5,
  REPRESSION_5,
  SURPRISE_5,
  OTHERS_5
};

const ClassSet three_classes = { "three classes", 3, { "negative", "positive", "surprise" } };
const ClassSet casme2_classes = { "five classes of CASME II", 5,
  { "happiness", "disgust", "repression", "surprise", "others" } };

/* Three classes as in MEGC 2019 (labels of CASME II, SAMM, SMIC; CAS(ME)^2 and MMEW likewise),
 * objective classes as in Davison, Merghani & Yap 2018. -1: left out. */
static const struct
{
  const char *label;
  int three, five;
} labels[] = {
  { "happiness", POSITIVE, HAPPINESS_5 },
  { "happy", POSITIVE, -1 },
  { "positive", POSITIVE, -1 },
  { "surprise", SURPRISE, SURPRISE_5 },
  { "negative", NEGATIVE, -1 },
  { "disgust", NEGATIVE, DISGUST_5 },
  { "repression", NEGATIVE, REPRESSION_5 },
  { "sadness", NEGATIVE, -1 },
  { "sad", NEGATIVE, -1 },
  { "fear", NEGATIVE, -1 },
  { "anger", NEGATIVE, -1 },
  { "contempt", NEGATIVE, -1 },
  { "others", -1, OTHERS_5 },
  { "other", -1, OTHERS_5 },
  { "class i", POSITIVE, -1 },
  { "class 1", POSITIVE, -1 },
  { "class ii", SURPRISE, -1 },
  { "class 2", SURPRISE, -1 },
  { "class iii", NEGATIVE, -1 },
  { "class 3", NEGATIVE, -1 },
  { "class iv", NEGATIVE, -1 },
  { "class 4", NEGATIVE, -1 },
  { "class v", NEGATIVE, -1 },
  { "class 5", NEGATIVE, -1 },
  { "class vi", NEGATIVE, -1 },
  { "class 6", NEGATIVE, -1 },
};

static const int three_of_emotion[ME_N_EMOTIONS] = {
  [ME_HAPPINESS] = POSITIVE,
  [ME_SADNESS] = NEGATIVE,
  [ME_ANGER] = NEGATIVE,
  [ME_FEAR] = NEGATIVE,
  [ME_DISGUST] = NEGATIVE,
  [ME_SURPRISE] = SURPRISE,
};

#define U(au) (1u << ME_AU##au)

/* The units by which the coders of CASME II chose a class (after Yan et al. 2014). */
static const struct
{
  int five;
  guint units; /* bits; all must be active */
} casme2_units[] = {
  { HAPPINESS_5, U (6) },
  { HAPPINESS_5, U (12) },
  { HAPPINESS_5, U (6) | U (12) },
  { SURPRISE_5, U (2) },
  { SURPRISE_5, U (25) },
  { SURPRISE_5, U (1) | U (2) },
  { DISGUST_5, U (9) },
  { DISGUST_5, U (10) },
  { DISGUST_5, U (4) | U (7) },
  { REPRESSION_5, U (15) },
  { REPRESSION_5, U (17) },
  { REPRESSION_5, U (15) | U (17) },
  { OTHERS_5, U (1) },
  { OTHERS_5, U (4) },
  { OTHERS_5, U (7) },
  { OTHERS_5, U (14) },
  { OTHERS_5, U (24) },
};

int
class_of_label (const ClassSet *set, const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    if (g_str_equal (labels[i].label, label))
      return set == &three_classes ? labels[i].three : labels[i].five;
  }
  return -1;
}

static int
three_of_report (const Item *report)
{
  double best = 0;
  int class = -1;

  for (MeEmotion e = 0; e < ME_N_EMOTIONS; e++) {
    if (report->emotions[e] > best) {
      best = report->emotions[e];
      class = three_of_emotion[e];
    }
  }
  return class;
}

/* The row whose units all moved, with the largest total strength. */
static int
five_of_report (const Item *report)
{
  double best = 0;
  int class = OTHERS_5;

  for (guint i = 0; i < G_N_ELEMENTS (casme2_units); i++) {
    double sum = 0;

    for (MeAu au = 0; au < ME_N_AUS; au++) {
      if (casme2_units[i].units & 1u << au)
        sum += report->strength[au] > 0 ? report->strength[au] : -INFINITY;
    }
    if (sum > best) {
      best = sum;
      class = casme2_units[i].five;
    }
  }
  return class;
}

int
class_of_report (const ClassSet *set, const Item *report)
{
  return set == &three_classes ? three_of_report (report) : five_of_report (report);
}
