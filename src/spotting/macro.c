/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "macro.h"

#include "common/duration.h"
#include "common/quantile.h"
#include "common/rank.h"

#include <string.h>

/* An expression starts at START_NOISE times the running noise, within these limits, % IPD. */
#define START_NOISE 2.2f
#define START_LEAST 1.5f
#define START_MOST 2.5f
#define ENDED 0.05f                /* share of the peak below which it has ended */
#define BASE_NS ME_SECOND          /* before the start, for the base of the rising flank */
#define NEUTRAL_TAU_NS 1.2e9f      /* time constant of neutral while the face is at rest */
#define LONGEST_NS (8 * ME_SECOND) /* what lasts longer is a new neutral face */
#define SEEN_NS (100 * ME_MSECOND) /* of the neutral face that must be seen before the onset */
#define LARGEST 8                  /* points whose mean distance from neutral is the motion */
#define NOISE_MEMORY 300.0f
#define NOISE_FLOOR 0.05f /* % IPD: of a perfect picture, by the interpolation alone */

/* Lids and corners of the eyes move in blinks, the jaw with the head. */
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
  float d[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++)
    d[i] = counts (i) ? hypotf (kept[i].x - m->neutral[i].x, kept[i].y - m->neutral[i].y) : 0;
  return me_mean_of_largest (d, ME_N_POINTS, LARGEST);
}

static void
follow_neutral (MeMacro *m, const MePoint *now, guint64 elapsed_ns)
{
  MePoint *kept = m->delayed[m->n_delayed % ME_MACRO_DELAYED];
  float share = MIN (1.0f, (float)elapsed_ns / NEUTRAL_TAU_NS);

  for (int i = 0; i < ME_N_POINTS && m->n_delayed >= ME_MACRO_DELAYED; i++) {
    m->neutral[i].x += share * (kept[i].x - m->neutral[i].x);
    m->neutral[i].y += share * (kept[i].y - m->neutral[i].y);
  }
  memcpy (kept, now, sizeof m->neutral);
  m->n_delayed++;
}

/* The face has stayed as it is: that is its neutral state from now on. */
static void
renew_neutral (MeMacro *m, const MePoint *kept)
{
  memcpy (m->neutral, kept, sizeof m->neutral);
  m->active = FALSE;
  m->n_delayed = 0;
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

/* FALSE: it began with the series, so its neutral face was never seen. */
static gboolean
conclude (MeMacro *m, guint64 offset_ns, MeMacroEvent *event)
{
  float base = me_curve_least (
      &m->curve, m->start_ns > BASE_NS ? m->start_ns - BASE_NS : 0, m->start_ns, m->peak);

  event->onset_ns = me_curve_foot (&m->curve, m->peak_ns, -1, base, m->peak - base);
  event->apex_ns = m->peak_ns;
  event->offset_ns = offset_ns;
  event->peak = m->peak;
  memcpy (event->motion, m->at_peak, sizeof event->motion);
  m->active = FALSE;
  m->n_delayed = 0;
  return event->onset_ns >= m->began_ns + SEEN_NS;
}

/* The motion projected on that of the peak: 1 there, 0 at neutral. Drift across it is ignored. */
static float
course (const MeMacro *m, const MePoint *kept)
{
  float along = 0, norm = 1e-6f;

  for (int i = 0; i < ME_N_POINTS; i++) {
    if (!counts (i))
      continue;
    along += (kept[i].x - m->neutral[i].x) * m->at_peak[i].x +
             (kept[i].y - m->neutral[i].y) * m->at_peak[i].y;
    norm += m->at_peak[i].x * m->at_peak[i].x + m->at_peak[i].y * m->at_peak[i].y;
  }
  return along / norm;
}

/* Has the expression ended, and when? */
static gboolean
ended (MeMacro *m, float share, guint64 time_ns, guint64 *offset_ns)
{
  if (share > ME_FLANK_HIGH)
    m->high_ns = time_ns;
  if (share > ME_FLANK_LOW) {
    m->low_ns = time_ns;
    return FALSE;
  }
  *offset_ns = m->low_ns + (guint64)(ME_FLANK_FOOT * (float)(m->low_ns - m->high_ns));
  if (share < ENDED) /* earlier than extrapolated from the flank */
    *offset_ns = MIN (*offset_ns, time_ns);
  return time_ns >= *offset_ns;
}

gboolean
me_macro_add (MeMacro *m, const MeObservation *o, const MeNeighbours *neighbours,
    double sensitivity, MeMacroEvent *event)
{
  guint64 elapsed = m->curve.n ? o->time_ns - me_curve_newest_ns (&m->curve) : 0, offset_ns;
  gboolean over = FALSE;
  MePoint kept[ME_N_POINTS];

  me_neighbours_median (neighbours, o->kept, kept);
  m->motion = distance (m, kept);
  m->noise =
      me_quantile_update (m->noise, MAX (m->motion, NOISE_FLOOR), 0.3f, m->curve.n, NOISE_MEMORY);
  if (!m->curve.n)
    m->began_ns = o->time_ns;
  me_curve_add (&m->curve, o->time_ns, m->motion);

  if (!m->active &&
      m->motion > CLAMP (START_NOISE * m->noise, START_LEAST, START_MOST) / sensitivity) {
    m->active = TRUE;
    m->peak = 0;
    m->start_ns = m->high_ns = m->low_ns = o->time_ns;
  }
  if (m->active) {
    if (m->motion > m->peak)
      note_peak (m, kept, o->time_ns);
    over = ended (m, course (m, kept), o->time_ns, &offset_ns);
    if (over)
      over = conclude (m, offset_ns, event);
    else if (o->time_ns - m->start_ns > LONGEST_NS)
      renew_neutral (m, kept);
  } else {
    follow_neutral (m, kept, elapsed);
  }
  return over;
}

gboolean
me_macro_finish (MeMacro *m, MeMacroEvent *event)
{
  if (!m->active)
    return FALSE;
  return conclude (m, me_curve_newest_ns (&m->curve), event);
}
