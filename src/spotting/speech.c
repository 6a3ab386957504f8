/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Between two measurements all values run along a line, for which the filters are exact: any frame
 * rate gives the same. */
#include "speech.h"

#include "regions.h"

#include <math.h>
#include <string.h>

#define SMOOTH_S 0.025f /* time constants of the low-passes, 6 Hz, */
#define SLOW_S 0.06f    /* of the high-passes, 2.7 Hz, */
#define POWER_S 0.2f    /* and of the power, a syllable; */
#define SPEAKING_S 0.7f /* of the state: a smile or a yawn moves the lips once, speech goes on */
#define EVEN 0.3f       /* % IPD, root mean square: as likely speech as not, when the brows rest */
#define STEEPNESS 3.0f  /* of the logistic in the logarithm of that */

void
me_speech_reset (MeSpeech *s)
{
  memset (s, 0, sizeof *s);
}

/* A low-pass of first order while its input runs from `from` to `to`. */
static void
smooth (float *held, float from, float to, float elapsed_s, float time_constant_s)
{
  float behind = (to - from) / elapsed_s * time_constant_s;

  *held = to - behind + (*held - from + behind) * expf (-elapsed_s / time_constant_s);
}

static void
filter (MeSyllables *s, float value, float elapsed_s)
{
  float from = s->last, to = value, before;

  s->last = value;
  for (int i = 0; i < 2; i++) {
    before = s->smooth[i];
    smooth (&s->smooth[i], from, to, elapsed_s, SMOOTH_S);
    from = before, to = s->smooth[i];
  }
  for (int i = 0; i < 2; i++) {
    before = s->slow[i];
    smooth (&s->slow[i], from, to, elapsed_s, SLOW_S);
    from -= before, to -= s->slow[i];
  }
  s->power = to * to + (s->power - to * to) * expf (-elapsed_s / POWER_S);
}

static void
begin (MeSyllables *s, float value)
{
  s->last = s->smooth[0] = s->smooth[1] = s->slow[0] = value;
  s->slow[1] = s->power = 0;
}

/* Mean height of the points of a feature, % IPD, downwards. */
static float
height (const MePoint *motion, MeFeature feature)
{
  float sum = 0;
  int n = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature == feature) {
      sum += motion[i].y;
      n++;
    }
  return sum / (float)n;
}

/* How likely the lips move as in speech just now, 0..1. */
static float
syllables (const MeSpeech *s)
{
  float even = EVEN * EVEN + s->brows.power;

  return 1 / (1 + powf (even / MAX (s->lips.power, 1e-6f), STEEPNESS / 2));
}

void
me_speech_add (MeSpeech *s, const MeObservation *o)
{
  float lips = height (o->kept, ME_FEATURE_LOWER_LIP) - height (o->kept, ME_FEATURE_UPPER_LIP);
  float brows = height (o->kept, ME_FEATURE_MID_BROW);
  float elapsed_s = (float)(o->time_ns - s->time_ns) / 1e9f;

  if (!s->started) {
    begin (&s->lips, lips);
    begin (&s->brows, brows);
    s->started = TRUE;
    s->time_ns = o->time_ns;
    return;
  }
  filter (&s->lips, lips, elapsed_s);
  filter (&s->brows, brows, elapsed_s);
  s->speaking += (syllables (s) - s->speaking) * (1 - expf (-elapsed_s / SPEAKING_S));
  s->time_ns = o->time_ns;
  me_curve_add (&s->silence, o->time_ns, 1 - s->speaking);
}

void
me_speech_leave_out (float speaking, const MePoint rest[ME_N_POINTS], MePoint motion[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_region_has (ME_REGION_MOUTH, i)) {
      motion[i].x += speaking * (rest[i].x - motion[i].x);
      motion[i].y += speaking * (rest[i].y - motion[i].y);
    }
}

float
me_speech_between (const MeSpeech *s, guint64 from_ns, guint64 to_ns)
{
  return 1 - me_curve_least (&s->silence, from_ns, to_ns, 1);
}
