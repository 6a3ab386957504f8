/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Glances downwards and smiles lower the lids as well, so a blink is what rises from the closure of
 * a moment ago, comes close to meeting lids, and goes down again. */
#include "blink.h"

#include "common/duration.h"
#include "common/quantile.h"

#define START 0.28f     /* above the open level */
#define END_SHARE 0.25f /* of the peak, at onset and offset */
#define END_FLOOR 0.05f
#define RECENT_NS (400 * ME_MSECOND)   /* a blink rises within it */
#define SETTLED_NS (350 * ME_MSECOND)  /* below half of the peak: open eyes that look elsewhere */
#define AGAIN 0.43f                    /* of the peak: lids that open and fall by it blink twice */
#define APART_NS (150 * ME_MSECOND)    /* from peak to peak, when there are two */
#define REOPENED_NS (150 * ME_MSECOND) /* below half of the peak: as open as the eyes will be */
/* An eye counts as more closed than the other only up to this, and so many times the detail that it
 * has lost. */
#define LONE_CLOSURE 0.2f
#define CLOSURE_OF_DETAIL 6.0f
#define WINK_DETAIL 0.5f /* of an eye: its lids hide it, whatever the other eye does */
#define ACTIVE 0.2f
#define OPEN_QUANTILE 0.25f
#define OPEN_MEMORY 60.0f /* measurements */
#define MIN_NS (50 * ME_MSECOND)
#define LEAST_PEAK 0.46f             /* closure: less is a glance, or a smile; */
#define GLANCE_NS (400 * ME_MSECOND) /* and so is what stays below NEARLY_SHUT for longer */
#define SLOW_START 0.4f /* above the open level, with little detail: lids that close slowly */
#define NEARLY_SHUT 0.65f
#define SHUT 0.85f /* closure of lids that meet, at least */

void
me_blink_reset (MeBlink *b)
{
  b->curve.n = 0;
  b->open = 0;
  b->free_ns = 0;
  b->closed = FALSE;
}

gboolean
me_blink_active (const MeBlink *b)
{
  return b->closed || me_curve_newest (&b->curve) - b->before > ACTIVE;
}

static float
mean (const float eyes[3])
{
  return (eyes[ME_LEFT] + eyes[ME_RIGHT]) / 2;
}

static void
begin (MeBlink *b, float base, guint64 time_ns)
{
  b->closed = TRUE;
  b->base = base;
  b->start_ns = b->trough_ns = time_ns;
  b->trough = b->peak = b->side[ME_LEFT] = b->side[ME_RIGHT] = 0;
  b->height = b->detail[ME_LEFT] = b->detail[ME_RIGHT] = b->n = 0;
  b->shut = FALSE;
}

static float
share_closed (float closure)
{
  return CLAMP (closure / SHUT, 0.0f, 1.0f);
}

/* How far the eyes are closed: the mean, since shut eyes flutter. */
static float
mean_height (const MeBlink *b)
{
  return b->height / MAX (b->n, 1);
}

static gboolean
looks_shut (const MeBlink *b)
{
  return mean (b->detail) < ME_LID_DETAIL * b->n;
}

/* How far the lids came down, those of one eye if they hid it by themselves: a wink. */
static float
lowest_lids (const MeBlink *b)
{
  float top = b->base + b->peak;

  for (int side = ME_LEFT; side <= ME_RIGHT; side++)
    if (b->detail[side] < WINK_DETAIL * b->n)
      top = MAX (top, b->base + b->side[side]);
  return top;
}

static void
note_peak (MeBlink *b, const MeObservation *o, float y)
{
  if (y > b->peak) {
    b->peak = b->trough = y;
    b->peak_ns = o->time_ns;
  }
  if (y <= b->trough) {
    b->trough = y;
    b->trough_ns = o->time_ns;
  }
  if (y > (b->shut ? mean_height (b) : b->peak) / 2) {
    b->half_ns = o->time_ns;
    b->detail[ME_LEFT] += o->eye_detail[ME_LEFT];
    b->detail[ME_RIGHT] += o->eye_detail[ME_RIGHT];
    b->height += y;
    b->n++;
    if (y > ME_FLANK_HIGH * mean_height (b))
      b->high_ns = o->time_ns;
  }
  for (int side = ME_LEFT; side <= ME_RIGHT; side++)
    b->side[side] = MAX (b->side[side], b->closure[side] - b->base);
}

static void
describe (const MeBlink *b, MeBlinkEvent *event)
{
  event->apex_ns = b->peak_ns;
  event->closure[ME_MIDLINE] = share_closed (b->peak);
  event->closure[ME_LEFT] = share_closed (b->side[ME_LEFT]);
  event->closure[ME_RIGHT] = share_closed (b->side[ME_RIGHT]);
}

/* base: closure that the eyes returned to; a shift of the gaze may have changed it, and after lids
 * have opened they often go on rising slowly. FALSE: it was no blink. */
static gboolean
conclude_blink (MeBlink *b, float base, MeBlinkEvent *event)
{
  float top = b->base + b->peak;
  guint64 duration;

  base = MAX (base, me_curve_least (&b->curve, b->peak_ns, b->half_ns + REOPENED_NS, top));
  event->onset_ns = MAX (b->free_ns, me_curve_foot (&b->curve, b->peak_ns, -1, b->base, b->peak));
  event->offset_ns = me_curve_foot (&b->curve, b->peak_ns, +1, base, top - base);
  duration = event->offset_ns - event->onset_ns;
  return duration >= MIN_NS &&
         lowest_lids (b) >= (duration > GLANCE_NS ? NEARLY_SHUT : LEAST_PEAK) &&
         (duration <= ME_LONGEST_BLINK_NS || looks_shut (b));
}

/* Lids may twitch and then rest somewhere: they are shut if they look it, and cover most of the
 * interval. */
static gboolean
stayed_shut (const MeBlink *b, const MeBlinkEvent *event)
{
  guint64 duration = event->offset_ns - event->onset_ns;

  return duration >= ME_EYES_CLOSED_NS && looks_shut (b) &&
         b->half_ns - b->start_ns >= duration / 2;
}

static gboolean
conclude (MeBlink *b, float base, MeBlinkEvent *event)
{
  gboolean is_blink = TRUE;

  b->closed = FALSE;
  describe (b, event);
  if (b->shut) {
    event->onset_ns = b->onset_ns;
    event->offset_ns =
        me_curve_foot (&b->curve, b->high_ns, +1, base, b->base + mean_height (b) - base);
  } else {
    is_blink = conclude_blink (b, base, event);
  }
  event->shut = stayed_shut (b, event);
  return is_blink;
}

/* It lasts longer than a blink: are the eyes shut? The onset is stored, since the curve may not
 * reach back to it later. */
static void
judge_shut (MeBlink *b)
{
  b->closed = b->shut = looks_shut (b);
  if (b->shut)
    b->onset_ns = me_curve_foot (&b->curve, b->peak_ns, -1, b->base, b->peak);
}

/* Least closure of the last moments, from which a blink rises. */
static float
recent_base (const MeBlink *b, guint64 time_ns)
{
  float least =
      me_curve_least (&b->curve, time_ns > RECENT_NS ? time_ns - RECENT_NS : 0, time_ns, 1.0f);

  return MAX (least, b->open);
}

/* Have the lids opened, at least in part, and fall again? */
static gboolean
fall_again (const MeBlink *b, float y, guint64 time_ns)
{
  float share = MAX (START, AGAIN * b->peak);

  return !b->shut && b->peak - b->trough > share && y - b->trough > share &&
         time_ns - b->peak_ns > APART_NS;
}

/* Ends a blink where the next one begins. */
static gboolean
divide (MeBlink *b, const MeObservation *o, float closure, MeBlinkEvent *event)
{
  float base = b->base + b->trough;
  gboolean is_blink = conclude (b, base, event);

  b->free_ns = b->trough_ns;
  event->offset_ns = MIN (event->offset_ns, b->free_ns);
  begin (b, base, b->free_ns);
  note_peak (b, o, closure - base);
  return is_blink;
}

/* Follows the current blink. TRUE: it ended here, and `event` is filled. */
static gboolean
follow (MeBlink *b, const MeObservation *o, float closure, MeBlinkEvent *event)
{
  float y = closure - b->base;

  if (fall_again (b, y, o->time_ns))
    return divide (b, o, closure, event);
  note_peak (b, o, y);
  if (y < MAX (END_FLOOR, END_SHARE * b->peak))
    return conclude (b, b->base, event);
  if (o->time_ns - b->half_ns > SETTLED_NS)
    return conclude (b, me_curve_least (&b->curve, b->peak_ns, o->time_ns, closure), event);
  if (!b->shut && o->time_ns - b->start_ns > ME_LONGEST_BLINK_NS)
    judge_shut (b);
  return FALSE;
}

/* The fit sometimes takes the iris or a shadow for lids, mostly in one eye; true lids hide what is
 * behind them. */
static float
closure_of (const MeObservation *o, MeSide side)
{
  float other = o->closure[side == ME_LEFT ? ME_RIGHT : ME_LEFT];
  float hidden = MAX (1 - o->eye_detail[side], 0);

  return MIN (o->closure[side], MAX (other, LONE_CLOSURE + CLOSURE_OF_DETAIL * hidden));
}

/* base: see recent_base(). */
static void
begin_when_closing (MeBlink *b, const MeObservation *o, float closure, float base)
{
  if (closure - base > START)
    begin (b, base, o->time_ns);
  else if (closure - b->open > SLOW_START && mean (o->eye_detail) < ME_LID_DETAIL)
    begin (b, b->open, o->time_ns);
}

gboolean
me_blink_add (MeBlink *b, const MeObservation *o, MeBlinkEvent *event)
{
  float closure, base;

  b->closure[ME_LEFT] = closure_of (o, ME_LEFT);
  b->closure[ME_RIGHT] = closure_of (o, ME_RIGHT);
  closure = mean (b->closure);
  if (!b->closed)
    b->open =
        me_quantile_update (b->open, MAX (closure, 1e-3f), OPEN_QUANTILE, b->curve.n, OPEN_MEMORY);
  b->before = base = recent_base (b, o->time_ns);
  me_curve_add (&b->curve, o->time_ns, closure);
  if (!b->closed)
    begin_when_closing (b, o, closure, base);
  return b->closed && follow (b, o, closure, event);
}

gboolean
me_blink_finish (MeBlink *b, MeBlinkEvent *event)
{
  if (!b->closed || !b->shut)
    return FALSE;
  b->closed = FALSE;
  describe (b, event);
  event->onset_ns = b->onset_ns;
  event->offset_ns = me_curve_newest_ns (&b->curve);
  event->shut = stayed_shut (b, event);
  return TRUE;
}

float
me_blink_closure (const MeBlink *b)
{
  return share_closed (me_curve_newest (&b->curve) - (b->closed ? b->base : b->open));
}
