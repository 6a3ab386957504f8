/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "departure.h"

#include "speech.h"
#include "common/duration.h"
#include "common/quantile.h"
#include "common/rank.h"

#include <math.h>
#include <string.h>

/* The face is away from START_NOISE times the running noise on, within these limits, % IPD. */
#define START_NOISE 2.2f
#define START_LEAST 1.5f
#define START_MOST 2.5f
#define RETURNED 0.3f /* share of the peak, along its direction, at which the face is back */
#define NOISE_QUANTILE 0.3f
#define NOISE_MEMORY_NS (8 * ME_SECOND)
#define NOISE_STEP_NS (30 * ME_MSECOND) /* least time between the measurements it compares */
/* Median distance from neutral of a face at rest over the jitter of its measurements: 4 to 8 in
 * tuning clips of the test source. Much of the noise of coded video outlasts a frame. */
#define NOISE_AT_REST 5.5f
#define NOISE_FLOOR 0.05f /* % IPD: of a perfect picture, by the interpolation alone */

void
me_departure_reset (MeDeparture *d)
{
  memset (d, 0, sizeof *d);
  d->noise = NOISE_FLOOR;
}

/* How far the newest of three measurements is from the line through the two before it: median of
 * the points, scaled to the error of one measurement. Slow motion cancels, and of a mouth that
 * talks the median takes no notice. */
static float
jitter (const MeDeparture *d)
{
  float ahead = (float)(d->now_ns - d->before_ns[0]) / (float)(d->before_ns[0] - d->before_ns[1]);
  float gain = 1 / sqrtf (1 + (1 + ahead) * (1 + ahead) + ahead * ahead), off[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint a = d->before[1].motion[i], b = d->before[0].motion[i], c = d->now.motion[i];
    float x = c.x - b.x - ahead * (b.x - a.x), y = c.y - b.y - ahead * (b.y - a.y);
    off[i] = sqrtf (x * x + y * y);
  }
  return gain * me_median (off, ME_N_POINTS);
}

static void
learn_noise (MeDeparture *d)
{
  guint64 elapsed = d->now_ns - d->before_ns[0];

  if (d->n_before && elapsed < NOISE_STEP_NS)
    return;
  if (d->n_before >= 2) {
    float memory = (float)NOISE_MEMORY_NS / (float)elapsed;
    d->noise = me_quantile_update (d->noise, MAX (NOISE_AT_REST * jitter (d), NOISE_FLOOR),
        NOISE_QUANTILE, d->n_before - 2, memory);
  }
  d->before[1] = d->before[0];
  d->before[0] = d->now;
  d->before_ns[1] = d->before_ns[0];
  d->before_ns[0] = d->now_ns;
  d->n_before++;
}

static void
note_peak (MeDeparture *d)
{
  d->peak = d->motion;
  for (int i = 0; i < ME_N_POINTS; i++) {
    d->at_peak[i].x = d->now.motion[i].x - d->neutral.now.motion[i].x;
    d->at_peak[i].y = d->now.motion[i].y - d->neutral.now.motion[i].y;
  }
}

/* The motion projected on that of the peak: 1 there, 0 at neutral. Drift across it is ignored. */
static float
course (const MeDeparture *d)
{
  float along = 0, norm = 1e-6f;

  for (int i = 0; i < ME_N_POINTS; i++) {
    if (!me_posture_has (i))
      continue;
    along += (d->now.motion[i].x - d->neutral.now.motion[i].x) * d->at_peak[i].x +
             (d->now.motion[i].y - d->neutral.now.motion[i].y) * d->at_peak[i].y;
    norm += d->at_peak[i].x * d->at_peak[i].x + d->at_peak[i].y * d->at_peak[i].y;
  }
  return along / norm;
}

/* Of a face that is away: FALSE when it is back, or rests where it is, which is neutral then.
 * start: distance from which a face is away, % IPD. */
static gboolean
stays_away (MeDeparture *d, float start)
{
  if (d->motion > d->peak)
    note_peak (d);
  return course (d) > RETURNED && !me_neutral_search (&d->neutral, &d->now, start, d->now_ns);
}

void
me_departure_add (MeDeparture *d, const MeObservation *o, const MeNeighbours *neighbours,
    float speaking, double sensitivity)
{
  guint64 elapsed = d->now_ns ? o->time_ns - d->now_ns : 0;
  float start;

  d->now.turn = o->turn;
  d->now_ns = o->time_ns;
  me_neighbours_median (neighbours, o->kept, d->now.motion);
  me_speech_leave_out (speaking, d->neutral.now.motion, d->now.motion);
  d->motion = me_posture_distance (&d->now, &d->neutral.now);
  learn_noise (d);
  start = CLAMP (START_NOISE * d->noise, START_LEAST, START_MOST) / (float)sensitivity;
  if (!d->away && d->motion > start) {
    d->away = TRUE;
    d->peak = 0;
  }
  if (d->away)
    d->away = stays_away (d, start);
  else
    me_neutral_follow (&d->neutral, &d->now, o->time_ns, elapsed);
}
