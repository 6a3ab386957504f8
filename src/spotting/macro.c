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
/* % IPD that a turn of a pixel (MeHeadMotion), about a degree, may leave in the largest distances:
 * docs/spotting.md, Turning heads. */
#define TURN_LEAVES 0.2f
#define TURNED_PX 1.0f    /* since neutral: what is left of the motion tells nothing of its noise */
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

/* Turn since neutral, px as in MeHeadMotion. */
static float
turned (const MeMacro *m, const MePosture *now)
{
  return hypotf (now->turn.x - m->neutral.turn.x, now->turn.y - m->neutral.turn.y);
}

/* Mean of the largest distances from neutral, beyond what a turn since then may have left in
 * them. */
static float
distance (const MeMacro *m, const MePosture *now, float turn)
{
  float d[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++)
    d[i] = counts (i) ? hypotf (now->motion[i].x - m->neutral.motion[i].x,
                            now->motion[i].y - m->neutral.motion[i].y)
                      : 0;
  return MAX (0, me_mean_of_largest (d, ME_N_POINTS, LARGEST) - TURN_LEAVES * turn);
}

static void
approach (MePoint *p, MePoint to, float share)
{
  p->x += share * (to.x - p->x);
  p->y += share * (to.y - p->y);
}

static void
follow_neutral (MeMacro *m, const MePosture *now, guint64 elapsed_ns)
{
  MePosture *delayed = &m->delayed[m->n_delayed % ME_MACRO_DELAYED];
  float share = MIN (1.0f, (float)elapsed_ns / NEUTRAL_TAU_NS);

  if (m->n_delayed >= ME_MACRO_DELAYED) {
    for (int i = 0; i < ME_N_POINTS; i++)
      approach (&m->neutral.motion[i], delayed->motion[i], share);
    approach (&m->neutral.turn, delayed->turn, share);
  }
  *delayed = *now;
  m->n_delayed++;
}

/* The face has stayed as it is: that is its neutral state from now on. */
static void
renew_neutral (MeMacro *m, const MePosture *now)
{
  m->neutral = *now;
  m->active = FALSE;
  m->n_delayed = 0;
}

static void
note_peak (MeMacro *m, const MePosture *now, guint64 time_ns)
{
  m->peak = m->motion;
  m->peak_ns = time_ns;
  for (int i = 0; i < ME_N_POINTS; i++) {
    m->at_peak[i].x = now->motion[i].x - m->neutral.motion[i].x;
    m->at_peak[i].y = now->motion[i].y - m->neutral.motion[i].y;
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
course (const MeMacro *m, const MePosture *now)
{
  float along = 0, norm = 1e-6f;

  for (int i = 0; i < ME_N_POINTS; i++) {
    if (!counts (i))
      continue;
    along += (now->motion[i].x - m->neutral.motion[i].x) * m->at_peak[i].x +
             (now->motion[i].y - m->neutral.motion[i].y) * m->at_peak[i].y;
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
  MePosture now = { .turn = o->turn };
  float turn;

  me_neighbours_median (neighbours, o->kept, now.motion);
  turn = turned (m, &now);
  m->motion = distance (m, &now, turn);
  if (turn < TURNED_PX)
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
      note_peak (m, &now, o->time_ns);
    over = ended (m, course (m, &now), o->time_ns, &offset_ns);
    if (over)
      over = conclude (m, offset_ns, event);
    else if (o->time_ns - m->start_ns > LONGEST_NS)
      renew_neutral (m, &now);
  } else {
    follow_neutral (m, &now, elapsed);
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
