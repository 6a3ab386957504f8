/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Logistic models, fitted to candidates of tuning clips: that of micro-expressions by
 * tests/bench/fit-confidence, on displacement fields of three origins and on people who talk
 * (docs/spotting.md, Confidence), but for speech and blinks, which were chosen on people who talk;
 * that of macro-expressions to candidates of faces that are still, turn and talk. How far the eyes
 * closed is the confidence of a blink. */
#include "confidence.h"

#include "anatomy/au-motion.h"

#include <math.h>

#define MOST 0.99 /* nothing is certain */
/* Share of a motion that units explain. Most captions, watermarks and torn frames over a face stay
 * below 0.09, movements of all origins of displacement fields above 0.14 (docs/spotting.md). */
#define OVERLAID 0.08
#define SKIN 0.14
/* Units explain a part of what a nod leaves in the motion, too: for each degree of it they must
 * explain more. */
#define NOD_SHARE 0.02
/* Smaller ones tell no more. */
#define LEAST_FIT 0.02f    /* see MeUnitReading */
#define LEAST_UNREST 0.08f /* see MeSpot */
#define MOST_HEIGHT 3.5f   /* % IPD: micro-expressions reach 7 to 9 % of a full contraction */
#define MOST_EXCESS 2      /* times MOST_HEIGHT: what is larger still says no more against one */

/* Of micro-expressions; evidence that is not named here did not improve the fit, or would hold
 * against short expressions and moving heads what only tuning clips do. */
static const double constant = -3.10;
static const double weights[ME_N_EVIDENCE] = {
  [ME_EVIDENCE_FIT] = 1.92,
  [ME_EVIDENCE_EXCESS] = -4.39,
  [ME_EVIDENCE_SYMMETRY] = 2.62,
  [ME_EVIDENCE_UNREST] = -2.00,
  [ME_EVIDENCE_STEP] = -0.91,
  [ME_EVIDENCE_SPEECH] = -4,
  [ME_EVIDENCE_BLINK] = -3,
};

/* Macro-expressions: a larger motion says no more, heads that turn and mouths that talk make the
 * largest; motion that units explain less says no less. The weights were fitted to motions of the
 * whole face, the constant was chosen on excursions of units. */
#define MACRO_HEIGHT 4.0 /* % IPD */
#define MACRO_FIT 0.05
#define MACRO_CONSTANT 1.2
#define MACRO_WEIGHT_HEIGHT 2.4 /* of the logarithms */
#define MACRO_WEIGHT_FIT 3.2
/* The weights come from few candidates and are too sure: the logarithm of the odds is divided by
 * this, so that probabilities hold on other tuning clips (docs/spotting.md, Confidence). What was
 * more likely true than false stays so, but for other factors that follow. */
#define MACRO_TEMPERATURE 1.95
/* Speech moves mouth and midface. Lip corners that it raises move them by so much, % IPD: what
 * moves them farther may be a smile. Chosen on macro-expressions of people who talk, each looked at
 * (docs/spotting.md). */
#define ARTICULATION 10.0
#define MACRO_WEIGHT_SPEECH (-5.0)
/* A head that looked up or down by so many degrees around the end of the expression shows nose and
 * brows from elsewhere: up to the first the depth of the face explains that, beyond the second the
 * motion says nothing. */
#define NODDED 12.0
#define TOO_NODDED 20.0
/* Strongest unit of brows, cheeks and nose over its full contraction. Of real faces it reaches 2.4;
 * what is beyond is a head that turned, or hair. A mouth that opens wide may be read as much of a
 * small unit, and moves all the same. */
#define STRONG 2.5
#define TOO_STRONG 4.0

/* Of the motion, by its squares, without the skin that a blink moves. */
static double
share_of_region (const MeSpot *spot, MeRegion region)
{
  double sum = 0, total = 1e-9;

  for (int i = 0; i < ME_N_POINTS; i++) {
    const MePoint *motion = &spot->motion[i];
    double square = (double)(motion->x * motion->x + motion->y * motion->y);

    if (!me_region_has (ME_REGION_FACE, i) || (spot->lids_moved && me_facial_point_is_near_eye (i)))
      continue;
    total += square;
    sum += me_region_has (region, i) ? square : 0;
  }
  return sum / total;
}

static double
logistic (double x)
{
  return MOST / (1 + exp (-x));
}

void
me_evidence (const MeSpot *spot, const MeUnitReading *reading, double evidence[ME_N_EVIDENCE])
{
  evidence[ME_EVIDENCE_RATIO] = log (MAX (spot->ratio, 1e-3));
  evidence[ME_EVIDENCE_FIT] = log (MAX (reading->fit, LEAST_FIT));
  evidence[ME_EVIDENCE_EXCESS] = log (CLAMP (spot->height / MOST_HEIGHT, 1, MOST_EXCESS));
  evidence[ME_EVIDENCE_SYMMETRY] = spot->symmetry;
  evidence[ME_EVIDENCE_UNREST] = log (MAX (spot->unrest, LEAST_UNREST));
  evidence[ME_EVIDENCE_STEP] = spot->step;
  evidence[ME_EVIDENCE_HEAD] = log1p (MAX (spot->head, 0));
  evidence[ME_EVIDENCE_NOISE] = log (MAX (spot->noise, 1e-2));
  evidence[ME_EVIDENCE_LIDS] = spot->lids_moved;
  evidence[ME_EVIDENCE_SPEECH] = (double)spot->speaking * share_of_region (spot, ME_REGION_MOUTH);
  evidence[ME_EVIDENCE_BLINK] = (double)spot->blink * share_of_region (spot, ME_REGION_BROWS);
  evidence[ME_EVIDENCE_DURATION] = (double)(spot->offset_ns - spot->onset_ns) / 1e9;
}

static double
micro_confidence (const MeSpot *spot, const MeUnitReading *reading)
{
  double evidence[ME_N_EVIDENCE], sum = constant;
  double least = OVERLAID + NOD_SHARE * spot->nod;

  me_evidence (spot, reading, evidence);
  for (int i = 0; i < ME_N_EVIDENCE; i++)
    sum += weights[i] * evidence[i];
  return logistic (sum) * CLAMP ((reading->fit - least) / (SKIN - OVERLAID), 0, 1);
}

static double
overdone (const MeUnitReading *reading)
{
  double most = 0;

  for (int au = 0; au <= ME_AU9; au++)
    if (au != ME_AU5 && au != ME_AU7)
      most = MAX (most, reading->strength[au] / me_au_full_contraction ((MeAu)au));
  return most;
}

/* How far speech explains a macro-expression, 0..1. */
static double
articulation (const MeSpot *spot, const MeUnitReading *reading)
{
  double lower =
      share_of_region (spot, ME_REGION_MOUTH) + share_of_region (spot, ME_REGION_MIDFACE);
  double height = MAX ((double)spot->ratio, 1e-3);
  double weak = log (ARTICULATION / height) / log (ARTICULATION / MACRO_HEIGHT);

  return (double)spot->speaking * lower * (reading->strength[ME_AU12] > 0 ? CLAMP (weak, 0, 1) : 1);
}

/* Draws a probability towards 0.5. */
static double
temper (double probability, double temperature)
{
  double odds = pow (probability / (1 - probability), 1 / temperature);

  return odds / (1 + odds);
}

static double
macro_confidence (const MeSpot *spot, const MeUnitReading *reading)
{
  double height = CLAMP ((double)spot->ratio, 1e-3, MACRO_HEIGHT), probability;

  probability = logistic (MACRO_CONSTANT + MACRO_WEIGHT_HEIGHT * log (height) +
                          MACRO_WEIGHT_FIT * log (MAX (reading->fit, MACRO_FIT)) +
                          MACRO_WEIGHT_SPEECH * articulation (spot, reading)) *
                CLAMP ((TOO_STRONG - overdone (reading)) / (TOO_STRONG - STRONG), 0, 1) *
                CLAMP ((TOO_NODDED - (double)spot->nod) / (TOO_NODDED - NODDED), 0, 1);
  return temper (probability, MACRO_TEMPERATURE);
}

double
me_confidence (const MeSpot *spot, const MeUnitReading *reading)
{
  switch (spot->kind) {
  case ME_KIND_MICRO:
    return micro_confidence (spot, reading);
  case ME_KIND_MACRO:
    return macro_confidence (spot, reading);
  default:
    return CLAMP (0.5 + 0.5 * spot->closure[ME_MIDLINE], 0, MOST);
  }
}
