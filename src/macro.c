/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "macro.h"

#include "quantile.h"

#include <string.h>

#define START 1.5f       /* % IPD */
#define START_NOISE 2.2f /* on the running noise */
/* Shares of the peak, between which a flank is extrapolated to its foot as a raised cosine. */
#define HIGH 0.75f
#define LOW 0.30f
#define EXTRAPOLATE 1.24f
#define QUIET 0.25f           /* % IPD: certainly over below it */
#define NEUTRAL_TAU_NS 1.2e9f /* how neutral follows a face that shows no expression */
#define FORCED_NS 8000000000u /* what has not ended by then is the new neutral, not an expression  \
                               */
#define LARGEST 8
#define NOISE_MEMORY 300.0f
#define NOISE_FLOOR 0.05f /* % IPD: of a perfect picture, by the interpolation alone */

static gboolean
counts (int point)
{
  switch (me_facial_points[point].feature) {
  case ME_FEATURE_UPPER_LID:
  case ME_FEATURE_LOWER_LID:
  case ME_FEATURE_EYE_CORNER:
  case ME_FEATURE_JAW:
    return FALSE;
  default:
    return TRUE;
  }
}

void
me_macro_reset (MeMacro *m)
{
  memset (m, 0, sizeof *m);
}

/* Mean of the largest distances from neutral. */
static float
distance (const MeMacro *m, const MePoint *kept)
{
  float largest[LARGEST] = { 0 }, sum = 0;

  for (int i = 0; i < ME_N_POINTS; i++) {
    float d = hypotf (kept[i].x - m->neutral[i].x, kept[i].y - m->neutral[i].y);
    int j = LARGEST - 1;
    if (!counts (i) || d <= largest[j])
      continue;
    for (; j > 0 && largest[j - 1] < d; j--)
      largest[j] = largest[j - 1];
    largest[j] = d;
  }
  for (int j = 0; j < LARGEST; j++)
    sum += largest[j];
  return sum / LARGEST;
}

static void
follow_neutral (MeMacro *m, const MePoint *kept, guint64 elapsed_ns)
{
  float share = MIN (1.0f, (float)elapsed_ns / NEUTRAL_TAU_NS);

  for (int i = 0; i < ME_N_POINTS; i++) {
    m->neutral[i].x += share * (kept[i].x - m->neutral[i].x);
    m->neutral[i].y += share * (kept[i].y - m->neutral[i].y);
  }
}

/* The face stays as it is: that is its neutral state from now on. */
static void
give_up (MeMacro *m, const MePoint *kept)
{
  memcpy (m->neutral, kept, sizeof m->neutral);
  m->active = FALSE;
}

static void
note_peak (MeMacro *m, const MePoint *kept, guint64 time_ns)
{
  m->peak = m->motion;
  m->peak_ns = time_ns;
  for (int i = 0; i < ME_N_POINTS; i++) {
    m->at_peak[i].x = kept[i].x - m->neutral[i].x;
    m->at_peak[i].y = kept[i].y - m->neutral[i].y;
  }
}

/* From the peak back to the 75 % and 30 % crossings of the rise, and on to its foot. */
static guint64
find_onset (const MeMacro *m)
{
  guint oldest = m->n_samples > ME_MACRO_SAMPLES ? m->n_samples - ME_MACRO_SAMPLES : 0;
  guint64 high = m->peak_ns, low = m->peak_ns, first = m->sample[oldest % ME_MACRO_SAMPLES].time_ns;
  gboolean above_high = TRUE;

  for (guint i = m->n_samples; i-- > oldest;) {
    guint k = i % ME_MACRO_SAMPLES;
    if (m->sample[k].time_ns > m->peak_ns)
      continue;
    low = m->sample[k].time_ns;
    above_high = above_high && m->sample[k].motion > HIGH * m->peak;
    if (above_high)
      high = low;
    if (m->sample[k].motion < LOW * m->peak)
      break;
  }
  guint64 rest = (guint64)(EXTRAPOLATE * (float)(high - low));
  return MAX (first, low > rest ? low - rest : 0);
}

static void
conclude (MeMacro *m, guint64 offset_ns, MeMacroEvent *event)
{
  event->onset_ns = find_onset (m);
  event->apex_ns = m->peak_ns;
  event->offset_ns = offset_ns;
  event->peak = m->peak;
  memcpy (event->motion, m->at_peak, sizeof event->motion);
  m->active = FALSE;
}

/* Has the expression ended, and when? */
static gboolean
ended (MeMacro *m, guint64 time_ns, guint64 *offset_ns)
{
  if (m->motion > HIGH * m->peak)
    m->high_ns = time_ns;
  if (m->motion > LOW * m->peak) {
    m->low_ns = time_ns;
    return FALSE;
  }
  *offset_ns = m->low_ns + (guint64)(EXTRAPOLATE * (float)(m->low_ns - m->high_ns));
  return time_ns >= *offset_ns || m->motion < QUIET;
}

gboolean
me_macro_add (MeMacro *m, const MeObservation *o, const MeNeighbours *neighbours,
    double sensitivity, MeMacroEvent *event)
{
  guint previous = m->n_samples ? (m->n_samples - 1) % ME_MACRO_SAMPLES : 0;
  guint64 elapsed = m->n_samples ? o->time_ns - m->sample[previous].time_ns : 0, offset_ns;
  gboolean over = FALSE;
  MePoint kept[ME_N_POINTS];

  me_neighbours_median (neighbours, o->kept, kept);
  m->motion = distance (m, kept);
  m->noise =
      me_quantile_update (m->noise, MAX (m->motion, NOISE_FLOOR), 0.3f, m->n_samples, NOISE_MEMORY);
  m->sample[m->n_samples % ME_MACRO_SAMPLES].time_ns = o->time_ns;
  m->sample[m->n_samples % ME_MACRO_SAMPLES].motion = m->motion;
  m->n_samples++;

  if (!m->active && m->motion > MAX (START, START_NOISE * m->noise) / sensitivity) {
    m->active = TRUE;
    m->peak = 0;
    m->start_ns = m->high_ns = m->low_ns = o->time_ns;
  }
  if (m->active) {
    if (m->motion > m->peak)
      note_peak (m, kept, o->time_ns);
    over = ended (m, o->time_ns, &offset_ns);
    if (over)
      conclude (m, offset_ns, event);
    else if (o->time_ns - m->start_ns > FORCED_NS)
      give_up (m, kept);
  } else {
    follow_neutral (m, kept, elapsed);
  }
  return over;
}

gboolean
me_macro_finish (MeMacro *m, MeMacroEvent *event)
{
  if (!m->active || !m->n_samples)
    return FALSE;
  conclude (m, m->sample[(m->n_samples - 1) % ME_MACRO_SAMPLES].time_ns, event);
  return TRUE;
}
