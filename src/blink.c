/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Closure is 1 - correlation of the eye region with the open eye. Its level when open wanders with
 * pose and gaze, so the threshold stands on a running low quantile of it. */
#include "blink.h"

#include "quantile.h"

#define START 0.28f     /* above the open level */
#define END_SHARE 0.15f /* of the peak, at onset and offset */
#define END_FLOOR 0.05f
#define ACTIVE 0.12f
#define OPEN_QUANTILE 0.25f
#define OPEN_MEMORY 60.0f /* measurements */
#define MIN_NS 50000000u
#define MAX_NS 900000000u /* longer is a closed eye, or a reference that no longer fits */
#define FULL 0.7f         /* closure of a shut eye */

void
me_blink_reset (MeBlink *b)
{
  *b = (MeBlink){ .n_samples = 0 };
}

gboolean
me_blink_active (const MeBlink *b)
{
  float newest = b->n_samples ? b->sample[(b->n_samples - 1) % ME_BLINK_SAMPLES].closure : 0;

  return newest - b->open > ACTIVE;
}

static void
begin (MeBlink *b, guint64 time_ns)
{
  b->closed = TRUE;
  b->start_ns = time_ns;
  b->peak = b->side[ME_LEFT] = b->side[ME_RIGHT] = 0;
}

/* Back from the peak to where the closure was still at the foot; a line between the samples. */
static guint64
find_onset (const MeBlink *b, float foot)
{
  guint oldest = b->n_samples > ME_BLINK_SAMPLES ? b->n_samples - ME_BLINK_SAMPLES : 0;
  guint64 onset = b->peak_ns;
  float above = b->peak;

  for (guint i = b->n_samples; i-- > oldest;) {
    guint64 t = b->sample[i % ME_BLINK_SAMPLES].time_ns;
    float y = b->sample[i % ME_BLINK_SAMPLES].closure - b->open;
    if (t >= b->peak_ns)
      continue;
    if (y <= foot)
      return t + (guint64)((float)(onset - t) * (foot - y) / MAX (above - y, 1e-3f));
    onset = t;
    above = y;
  }
  return onset;
}

static float
share_closed (float closure)
{
  return CLAMP (closure / FULL, 0.0f, 1.0f);
}

gboolean
me_blink_add (MeBlink *b, const MeObservation *o, MeBlinkEvent *event)
{
  float closure = (o->closure[ME_LEFT] + o->closure[ME_RIGHT]) / 2, y;
  float before = b->n_samples ? b->sample[(b->n_samples - 1) % ME_BLINK_SAMPLES].closure : closure;
  guint64 before_ns =
      b->n_samples ? b->sample[(b->n_samples - 1) % ME_BLINK_SAMPLES].time_ns : o->time_ns;

  b->sample[b->n_samples % ME_BLINK_SAMPLES].time_ns = o->time_ns;
  b->sample[b->n_samples % ME_BLINK_SAMPLES].closure = closure;
  if (!b->closed || o->time_ns - b->start_ns > MAX_NS)
    b->open = me_quantile_update (
        b->open, MAX (closure, 1e-3f), OPEN_QUANTILE, b->n_samples, OPEN_MEMORY);
  b->n_samples++;
  y = closure - b->open;

  if (!b->closed && y > START)
    begin (b, o->time_ns);
  if (!b->closed)
    return FALSE;
  if (y > b->peak) {
    b->peak = y;
    b->peak_ns = o->time_ns;
  }
  for (int side = ME_LEFT; side <= ME_RIGHT; side++)
    b->side[side] = MAX (b->side[side], o->closure[side] - b->open);

  float foot = MAX (END_FLOOR, END_SHARE * b->peak);
  if (y > foot)
    return FALSE;
  b->closed = FALSE;
  event->onset_ns = find_onset (b, foot);
  event->apex_ns = b->peak_ns;
  event->offset_ns = o->time_ns - (guint64)((float)(o->time_ns - before_ns) * (foot - y) /
                                            MAX (before - closure, 1e-3f));
  for (int side = 0; side < 3; side++)
    event->closure[side] = share_closed (side == ME_MIDLINE ? b->peak : b->side[side]);
  return event->offset_ns - event->onset_ns >= MIN_NS &&
         event->offset_ns - event->onset_ns <= MAX_NS;
}
