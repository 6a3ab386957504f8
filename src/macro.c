/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "macro.h"

#include "quantile.h"

#include <string.h>

#define START 1.5f       /* % IPD */
#define HOLD 0.30f       /* of the peak */
#define FOOT 0.12f       /* of the peak, at onset and offset */
#define FOOT_FLOOR 0.35f /* % IPD */
#define QUIET 0.8f       /* % IPD: neutral follows below it */
#define NEUTRAL_TAU_NS 1e9f
#define FORCED_NS 6000000000u /* after it the new state is the neutral one, not an expression */
#define TAIL_NS 500000000u    /* longest wait below HOLD for the foot */
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

static void
note_peak (MeMacro *m, const MeObservation *o)
{
  m->peak = m->motion;
  m->peak_ns = o->time_ns;
  for (int i = 0; i < ME_N_POINTS; i++) {
    m->at_peak[i].x = o->kept[i].x - m->neutral[i].x;
    m->at_peak[i].y = o->kept[i].y - m->neutral[i].y;
  }
}

/* From the peak back to the last sample below the foot. */
static guint64
find_onset (const MeMacro *m, float foot)
{
  guint oldest = m->n_samples > ME_MACRO_SAMPLES ? m->n_samples - ME_MACRO_SAMPLES : 0;
  guint64 onset = m->peak_ns;

  for (guint i = m->n_samples; i-- > oldest;) {
    guint k = i % ME_MACRO_SAMPLES;
    if (m->sample[k].time_ns > m->peak_ns)
      continue;
    onset = m->sample[k].time_ns;
    if (m->sample[k].motion < foot)
      break;
  }
  return onset;
}

static void
conclude (MeMacro *m, guint64 offset_ns, MeMacroEvent *event)
{
  event->onset_ns = find_onset (m, MAX (FOOT_FLOOR, FOOT * m->peak));
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
  if (m->motion > HOLD * m->peak) {
    m->last_ns = time_ns;
    return FALSE;
  }
  *offset_ns = time_ns;
  return m->motion < MAX (FOOT_FLOOR, FOOT * m->peak) || time_ns - m->last_ns > TAIL_NS;
}

gboolean
me_macro_add (MeMacro *m, const MeObservation *o, double sensitivity, MeMacroEvent *event)
{
  guint previous = m->n_samples ? (m->n_samples - 1) % ME_MACRO_SAMPLES : 0;
  guint64 elapsed = m->n_samples ? o->time_ns - m->sample[previous].time_ns : 0, offset_ns;
  gboolean over = FALSE;

  m->motion = distance (m, o->kept);
  m->noise =
      me_quantile_update (m->noise, MAX (m->motion, NOISE_FLOOR), 0.3f, m->n_samples, NOISE_MEMORY);
  m->sample[m->n_samples % ME_MACRO_SAMPLES].time_ns = o->time_ns;
  m->sample[m->n_samples % ME_MACRO_SAMPLES].motion = m->motion;
  m->n_samples++;

  if (m->motion < QUIET || m->n_samples == 1)
    m->quiet_ns = o->time_ns;
  if (!m->active && m->motion > START / sensitivity) {
    m->active = TRUE;
    m->peak = 0;
    m->last_ns = o->time_ns;
  }
  if (m->active) {
    if (m->motion > m->peak)
      note_peak (m, o);
    over = ended (m, o->time_ns, &offset_ns);
    if (over)
      conclude (m, offset_ns, event);
  }
  if (o->time_ns - m->quiet_ns > FORCED_NS) {
    m->active = FALSE;
    memcpy (m->neutral, o->kept, sizeof m->neutral);
    m->quiet_ns = o->time_ns;
  } else if (m->motion < QUIET) {
    follow_neutral (m, o->kept, elapsed);
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
