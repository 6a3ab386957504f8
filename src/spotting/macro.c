/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "macro.h"

#include "speech.h"
#include "common/duration.h"
#include "common/quantile.h"
#include "common/rank.h"

#include <math.h>
#include <string.h>

/* An expression starts at START_NOISE times the running noise, within these limits, % IPD. */
#define START_NOISE 2.2f
#define START_LEAST 1.5f
#define START_MOST 2.5f
#define ENDED 0.05f       /* share of the peak below which it has ended */
#define BASE_NS ME_SECOND /* before the start, for the base of the rising flank */
/* What starts so soon after the first measurement may have been there before it. */
#define SEEN_NS (300 * ME_MSECOND)
#define NOISE_QUANTILE 0.3f
#define NOISE_MEMORY_NS (8 * ME_SECOND)
#define NOISE_STEP_NS (30 * ME_MSECOND) /* least time between the measurements it compares */
/* Median distance from neutral of a face at rest over the jitter of its measurements: 4 to 8 in
 * tuning clips of the test source. Much of the noise of coded video outlasts a frame. */
#define NOISE_AT_REST 5.5f
#define NOISE_FLOOR 0.05f /* % IPD: of a perfect picture, by the interpolation alone */

void
me_macro_reset (MeMacro *m)
{
  memset (m, 0, sizeof *m);
  m->noise = NOISE_FLOOR;
}

/* How far the newest of three measurements is from the line through the two before it: median of
 * the points, scaled to the error of one measurement. Slow motion cancels, and of a mouth that
 * talks the median takes no notice. */
static float
jitter (const MeMacro *m, const MePosture *now, guint64 time_ns)
{
  float ahead = (float)(time_ns - m->before_ns[0]) / (float)(m->before_ns[0] - m->before_ns[1]);
  float gain = 1 / sqrtf (1 + (1 + ahead) * (1 + ahead) + ahead * ahead), d[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint a = m->before[1].motion[i], b = m->before[0].motion[i], c = now->motion[i];
    float x = c.x - b.x - ahead * (b.x - a.x), y = c.y - b.y - ahead * (b.y - a.y);
    d[i] = sqrtf (x * x + y * y);
  }
  return gain * me_median (d, ME_N_POINTS);
}

static void
learn_noise (MeMacro *m, const MePosture *now, guint64 time_ns)
{
  guint64 elapsed = time_ns - m->before_ns[0];

  if (m->n_before && elapsed < NOISE_STEP_NS)
    return;
  if (m->n_before >= 2) {
    float memory = (float)NOISE_MEMORY_NS / (float)elapsed;
    m->noise =
        me_quantile_update (m->noise, MAX (NOISE_AT_REST * jitter (m, now, time_ns), NOISE_FLOOR),
            NOISE_QUANTILE, m->n_before - 2, memory);
  }
  m->before[1] = m->before[0];
  m->before[0] = *now;
  m->before_ns[1] = m->before_ns[0];
  m->before_ns[0] = time_ns;
  m->n_before++;
}

static void
note_peak (MeMacro *m, const MePosture *now, guint64 time_ns)
{
  m->peak = m->motion;
  m->peak_ns = time_ns;
  for (int i = 0; i < ME_N_POINTS; i++) {
    m->at_peak[i].x = now->motion[i].x - m->neutral.now.motion[i].x;
    m->at_peak[i].y = now->motion[i].y - m->neutral.now.motion[i].y;
  }
}

/* FALSE: it started with the series, so its neutral face was never seen. */
static gboolean
conclude (MeMacro *m, guint64 offset_ns, MeMacroEvent *event)
{
  float base = me_curve_least (
      &m->curve, m->start_ns > BASE_NS ? m->start_ns - BASE_NS : 0, m->start_ns, m->peak);

  event->onset_ns =
      MAX (m->free_ns, me_curve_foot (&m->curve, m->peak_ns, -1, base, m->peak - base));
  event->apex_ns = m->peak_ns;
  event->offset_ns = offset_ns;
  event->peak = m->peak;
  memcpy (event->motion, m->at_peak, sizeof event->motion);
  m->active = FALSE;
  m->free_ns = offset_ns;
  return m->start_ns >= m->began_ns + SEEN_NS;
}

/* The motion projected on that of the peak: 1 there, 0 at neutral. Drift across it is ignored. */
static float
course (const MeMacro *m, const MePosture *now)
{
  float along = 0, norm = 1e-6f;

  for (int i = 0; i < ME_N_POINTS; i++) {
    if (!me_posture_has (i))
      continue;
    along += (now->motion[i].x - m->neutral.now.motion[i].x) * m->at_peak[i].x +
             (now->motion[i].y - m->neutral.now.motion[i].y) * m->at_peak[i].y;
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
me_macro_add (MeMacro *m, const MeObservation *o, const MeNeighbours *neighbours, float speaking,
    double sensitivity, MeMacroEvent *event)
{
  guint64 elapsed = m->curve.n ? o->time_ns - me_curve_newest_ns (&m->curve) : 0, offset_ns;
  gboolean over = FALSE;
  MePosture now = { .turn = o->turn };
  float start;

  me_neighbours_median (neighbours, o->kept, now.motion);
  me_speech_leave_out (speaking, m->neutral.now.motion, now.motion);
  m->motion = me_posture_distance (&now, &m->neutral.now);
  learn_noise (m, &now, o->time_ns);
  if (!m->curve.n)
    m->began_ns = o->time_ns;
  me_curve_add (&m->curve, o->time_ns, m->motion);

  start = CLAMP (START_NOISE * m->noise, START_LEAST, START_MOST) / (float)sensitivity;
  if (!m->active && m->motion > start) {
    m->active = TRUE;
    m->peak = 0;
    m->start_ns = m->high_ns = m->low_ns = o->time_ns;
  }
  if (m->active) {
    if (m->motion > m->peak)
      note_peak (m, &now, o->time_ns);
    over = ended (m, course (m, &now), o->time_ns, &offset_ns);
    if (over) {
      over = conclude (m, offset_ns, event);
    } else if (me_neutral_search (&m->neutral, &now, start, o->time_ns)) {
      m->active = FALSE;
      m->free_ns = o->time_ns;
    }
  } else {
    me_neutral_follow (&m->neutral, &now, o->time_ns, elapsed);
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
