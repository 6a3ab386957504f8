/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames that arrive in bursts. A burst begins with a step between timestamps that is longer than
 * the mean; the interval between pictures is the median, over all bursts, of the time since the
 * burst before over the frames in the burst. */
#include "bursts.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_STEP GST_SECOND /* longer ones are holes */
/* Steps within a burst are shorter than half of the mean step, and than half of the frame interval
 * by caps; where caps have none, than LONGEST_SHORT, since regular steps with holes between them
 * are not bursts. */
#define SHORT_DENOM 2
#define LONGEST_SHORT (12 * GST_MSECOND)
#define MIN_PAUSES 3    /* after short steps: a change of rate has one */
#define BEGIN_SHARE 0.4 /* of steps within bursts, above which bursts begin */
#define END_SHARE 0.2   /* likewise, below which they end */
#define LEAST_DENOM 4   /* pictures are at least a quarter of the interval apart */
#define LIFT_SHARE 4    /* a burst makes up for a quarter of the slack */

/* What the newest steps say. */
typedef struct
{
  guint n_short, n_pauses;
  guint n; /* whole bursts */
  GstClockTime period[GST_MICROEXPR_N_STEPS], pace[GST_MICROEXPR_N_STEPS];
  guint64 frames; /* of all of them */
} Rhythm;

void
gst_microexpr_bursts_init (GstMicroexprBursts *b)
{
  memset (b, 0, sizeof *b);
  b->stamp = b->time = b->nominal = GST_CLOCK_TIME_NONE;
}

void
gst_microexpr_bursts_break (GstMicroexprBursts *b)
{
  b->time = GST_CLOCK_TIME_NONE;
}

/* i: from the oldest one. */
static GstClockTime
step_at (const GstMicroexprBursts *b, guint i)
{
  return b->steps[(b->next + GST_MICROEXPR_N_STEPS - b->n_steps + i) % GST_MICROEXPR_N_STEPS];
}

static GstClockTime
mean_step (const GstMicroexprBursts *b)
{
  GstClockTime sum = 0;

  for (guint i = 0; i < b->n_steps; i++)
    sum += b->steps[i];
  return b->n_steps ? sum / b->n_steps : 0;
}

/* Steps below this lie within a burst. */
static GstClockTime
short_step (const GstMicroexprBursts *b, GstClockTime mean)
{
  GstClockTime most =
      GST_CLOCK_TIME_IS_VALID (b->nominal) ? b->nominal / SHORT_DENOM : LONGEST_SHORT;

  return MIN (mean / SHORT_DENOM, most);
}

/* A burst, and the pause before it, is complete when the next pause comes. */
static void
read_rhythm (const GstMicroexprBursts *b, Rhythm *rhythm)
{
  GstClockTime mean = mean_step (b), within = short_step (b, mean), pause = 0;
  guint frames = 0;

  *rhythm = (Rhythm){ .n = 0 };
  for (guint i = 0; i < b->n_steps; i++) {
    GstClockTime step = step_at (b, i);
    gboolean is_short = step < within;
    rhythm->n_short += is_short ? 1 : 0;
    if (step > mean) {
      rhythm->n_pauses += i > 0 && step_at (b, i - 1) < within ? 1 : 0;
      if (frames > 0) {
        rhythm->period[rhythm->n] = pause;
        rhythm->pace[rhythm->n++] = pause / frames;
        rhythm->frames += frames;
      }
      pause = step;
      frames = 1;
    } else if (frames > 0) {
      frames++;
      pause += step;
    }
  }
}

static int
ascending (const void *a, const void *b)
{
  GstClockTime x = *(const GstClockTime *)a, y = *(const GstClockTime *)b;

  return (x > y) - (x < y);
}

static GstClockTime
median (GstClockTime *values, guint n)
{
  qsort (values, n, sizeof *values, ascending);
  return values[n / 2];
}

static gboolean
are_bursts (const GstMicroexprBursts *b, const Rhythm *rhythm)
{
  double share = b->active ? END_SHARE : BEGIN_SHARE;

  return rhythm->n >= 2 && rhythm->n_pauses >= MIN_PAUSES && rhythm->n_short >= share * b->n_steps;
}

static void
remember_step (GstMicroexprBursts *b, GstClockTime step)
{
  b->steps[b->next] = MIN (step, LONGEST_STEP);
  b->next = (b->next + 1) % GST_MICROEXPR_N_STEPS;
  b->n_steps = MIN (b->n_steps + 1, GST_MICROEXPR_N_STEPS);
}

gboolean
gst_microexpr_bursts_add (GstMicroexprBursts *b, GstClockTime stamp)
{
  gboolean were = b->active;
  Rhythm rhythm;

  if (GST_CLOCK_TIME_IS_VALID (b->stamp) && stamp > b->stamp)
    remember_step (b, stamp - b->stamp);
  b->stamp = stamp;
  read_rhythm (b, &rhythm);
  b->active = are_bursts (b, &rhythm);
  b->pause = 0;
  if (b->active) {
    b->interval = median (rhythm.pace, rhythm.n);
    b->pause = median (rhythm.period, rhythm.n);
    b->frames = (guint)(rhythm.frames / rhythm.n);
  }
  if (b->active != were)
    gst_microexpr_bursts_break (b);
  return b->active != were;
}

/* Of the first frame. The others of its burst arrive at the same time but were taken after it. */
static GstClockTime
first_time (const GstMicroexprBursts *b)
{
  GstClockTime behind = b->interval * (MAX (b->frames, 1) - 1);

  return b->stamp > behind ? b->stamp - behind : b->stamp;
}

/* After lost frames pictures lag behind their timestamps, even at the end of a burst. */
static void
begin_burst (GstMicroexprBursts *b)
{
  b->lift = b->slack == GST_CLOCK_TIME_NONE ? 0 : b->slack / LIFT_SHARE / MAX (b->frames, 1);
  b->slack = GST_CLOCK_TIME_NONE;
}

static gboolean
begins_burst (const GstMicroexprBursts *b)
{
  return b->n_steps > 0 && step_at (b, b->n_steps - 1) > mean_step (b);
}

GstClockTime
gst_microexpr_bursts_time (GstMicroexprBursts *b)
{
  GstClockTime next;

  if (!b->active)
    return b->stamp;
  if (!GST_CLOCK_TIME_IS_VALID (b->time)) {
    b->time = first_time (b);
    b->lift = 0;
    b->slack = GST_CLOCK_TIME_NONE;
    return b->time;
  }
  if (begins_burst (b))
    begin_burst (b);
  next = MIN (b->time + b->interval + b->lift, b->stamp);
  b->time = MAX (next, b->time + b->interval / LEAST_DENOM);
  b->slack = MIN (b->slack, b->stamp > b->time ? b->stamp - b->time : 0);
  return b->time;
}
