/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion is projected on the candidate's direction, which gives a scalar course with less
 * noise. Its edges are extrapolated from two crossings of each flank (common/curve.h). */
#include "interval.h"

#include "common/curve.h"
#include "common/rank.h"

#include <math.h>
#include <string.h>

#define MAX_REACH 72 /* cells */
#define REST 25      /* cells beyond an edge in which a single movement is at rest */
#define CENTER (MAX_REACH + REST)
#define BASE 8           /* cells beyond an edge that give its base */
#define RISE_AGAIN 0.25f /* of the depth: a valley ends where the course rises by that */
#define PASSES 3         /* since edge and base depend on each other */
#define UNSEEN 0.25f     /* unrest before an edge at which the series begins */
#define LARGEST 10       /* points whose mean is the step */

typedef struct
{
  float value[2 * CENTER + 1]; /* CENTER is the candidate */
  int first, last;             /* indices that are held, inclusive */
  int from, to;                /* of these, where edges are looked for */
} Line;

int
me_course_reach (float width_s)
{
  return MIN (MAX_REACH, (int)((0.8f * width_s + 0.12f) / ME_CELL_S) + BASE / 2);
}

static void
project (const MeSeries *series, gint64 cell, const MePoint *direction, int reach, Line *line)
{
  const float *v = &direction[0].x;
  float norm = 1e-9f;

  line->first = CENTER - (int)MIN (reach + REST, cell - series->first);
  line->last = CENTER + (int)MIN (reach + REST, series->next - 1 - cell);
  line->from = MAX (line->first, CENTER - reach);
  line->to = MIN (line->last, CENTER + reach);
  for (int i = 0; i < 2 * ME_N_POINTS; i++)
    norm += v[i] * v[i];
  for (int k = line->first; k <= line->last; k++) {
    const float *r = me_series_cell (series, cell + k - CENTER);
    float s = 0;
    for (int i = 0; i < 2 * ME_N_POINTS; i++)
      s += v[i] * r[i];
    line->value[k] = s / norm;
  }
}

static int
find_peak (const Line *line, float width_s)
{
  int span = MAX (1, (int)(0.4f * width_s / ME_CELL_S)), peak = CENTER;

  for (int k = MAX (line->from, CENTER - span); k <= MIN (line->to, CENTER + span); k++)
    if (line->value[k] > line->value[peak])
      peak = k;
  return peak;
}

/* From the peak outwards to the lowest point before the course rises again. */
static int
find_valley (const Line *line, int peak, int direction)
{
  int valley = peak, end = direction < 0 ? line->from : line->to;

  for (int k = peak; k != end + direction; k += direction) {
    float depth = line->value[peak] - line->value[valley];
    if (line->value[k] < line->value[valley])
      valley = k;
    else if (line->value[k] - line->value[valley] > RISE_AGAIN * depth && depth > 0.4f)
      break;
  }
  return valley;
}

/* Distance from the peak, outwards, at which the course crosses a level. */
static float
crossing (const Line *line, int peak, int direction, int valley, float level)
{
  for (int k = peak; k != valley; k += direction) {
    float a = line->value[k], b = line->value[k + direction];
    if (b <= level)
      return (float)ABS (k - peak) + (a - level) / MAX (a - b, 1e-6f);
  }
  return (float)ABS (valley - peak);
}

/* Median of the course just beyond an edge. */
static float
base_beyond (const Line *line, int peak, int direction, float edge, int valley)
{
  float v[BASE];
  int n = 0, k = peak + direction * (int)ceilf (edge);

  for (; n < BASE && k >= line->from && k <= line->to; k += direction)
    v[n++] = line->value[k];
  if (n < BASE / 2)
    return line->value[valley];
  return me_median (v, n);
}

/* Distance of one edge from the peak; *height: of the flank. */
static float
find_edge (const Line *line, int peak, int direction, float *height)
{
  int valley = find_valley (line, peak, direction);
  float top = line->value[peak], base = line->value[valley], edge = (float)ABS (valley - peak);

  for (int pass = 0; pass < PASSES; pass++) {
    float high = crossing (line, peak, direction, valley, base + ME_FLANK_HIGH * (top - base));
    float low = crossing (line, peak, direction, valley, base + ME_FLANK_LOW * (top - base));
    edge = MIN (low + ME_FLANK_FOOT * (low - high), (float)ABS (valley - peak) + BASE / 2);
    base = base_beyond (line, peak, direction, edge, valley);
    if (base >= top)
      base = line->value[valley];
  }
  *height = top - base;
  return edge;
}

/* Regression of every point on the course within the interval: its motion at the peak. */
static void
regress (const MeSeries *series, gint64 cell, const Line *line, int from, int to, float height,
    MePoint *motion)
{
  float mean_s = 0, ss = 1e-9f, sum[2 * ME_N_POINTS] = { 0 };

  for (int k = from; k <= to; k++)
    mean_s += line->value[k] / (float)(to - from + 1);
  for (int k = from; k <= to; k++) {
    const float *r = me_series_cell (series, cell + k - CENTER);
    float s = line->value[k] - mean_s;
    ss += s * s;
    for (int i = 0; i < 2 * ME_N_POINTS; i++)
      sum[i] += s * r[i];
  }
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x = sum[2 * i] / ss * height;
    motion[i].y = sum[2 * i + 1] / ss * height;
  }
}

static void
mean_cells (const MeSeries *series, gint64 from, gint64 to, float *mean)
{
  memset (mean, 0, 2 * ME_N_POINTS * sizeof *mean);
  from = MAX (from, series->first);
  to = MIN (to, series->next - 1);
  for (gint64 c = from; c <= to; c++)
    for (int i = 0; i < 2 * ME_N_POINTS; i++)
      mean[i] += me_series_cell (series, c)[i] / (float)(to - from + 1);
}

/* Motion that did not return: the largest changes from before the onset to after the offset, at the
 * points that moved. */
static float
net_step (const MeSeries *series, gint64 onset, gint64 offset, const MePoint *direction)
{
  float before[2 * ME_N_POINTS], after[2 * ME_N_POINTS], change[ME_N_POINTS];

  mean_cells (series, onset - BASE, onset, before);
  mean_cells (series, offset, offset + BASE, after);
  for (int i = 0; i < ME_N_POINTS; i++) {
    gboolean moved = direction[i].x != 0 || direction[i].y != 0;
    change[i] =
        moved ? hypotf (after[2 * i] - before[2 * i], after[2 * i + 1] - before[2 * i + 1]) : 0;
  }
  return me_mean_of_largest (change, ME_N_POINTS, LARGEST);
}

/* Largest departure of the course from an edge, in the cells beyond it. */
static float
unrest_beyond (const Line *line, int edge, int direction)
{
  float largest = 0;
  int k = CLAMP (edge, line->first, line->last), end = direction < 0 ? line->first : line->last;
  float base = line->value[k];

  for (int n = 0; n < REST && k != end; n++, k += direction)
    largest = MAX (largest, fabsf (line->value[k + direction] - base));
  return largest;
}

/* How much of the time in which a single movement is at rest came before the series, 0..1. */
static float
unseen_before (const Line *line, int edge)
{
  return 1 - (float)CLAMP (edge - line->first, 0, REST) / REST;
}

/* How long the course stays above half of its height. */
static float
width_at_half (const Line *line, int peak)
{
  float width = 0;

  for (int direction = -1; direction <= 1; direction += 2) {
    int valley = find_valley (line, peak, direction);
    float level = (line->value[peak] + line->value[valley]) / 2;

    width += crossing (line, peak, direction, valley, level);
  }
  return width;
}

/* The top of a parabola through the peak and its neighbours. */
static float
sub_cell (const Line *line, int peak)
{
  if (peak <= line->from || peak >= line->to)
    return 0;
  float a = line->value[peak - 1], b = line->value[peak], c = line->value[peak + 1];
  float curvature = a - 2 * b + c;

  return curvature < -1e-6f ? CLAMP ((a - c) / (2 * curvature), -0.5f, 0.5f) : 0;
}

gboolean
me_course_read (const MeSeries *series, gint64 cell, const MePoint direction[ME_N_POINTS],
    float width_s, MeCourse *course)
{
  Line line;
  int peak;

  project (series, cell, direction, me_course_reach (width_s), &line);
  peak = find_peak (&line, width_s);
  float before = find_edge (&line, peak, -1, &course->rise);
  before = MIN (before, (float)(peak - line.first)); /* the foot may lie before the series */
  float after = find_edge (&line, peak, +1, &course->fall);
  if (!(before > 0 && after > 0 && course->rise > 0 && course->fall > 0))
    return FALSE;

  course->onset = (float)(peak - CENTER) - before;
  course->offset = (float)(peak - CENTER) + after;
  course->apex = (float)(peak - CENTER) + sub_cell (&line, peak);
  course->half_width = width_at_half (&line, peak);
  int from = MAX (line.from, peak - (int)before - 2), to = MIN (line.to, peak + (int)after + 2);
  regress (series, cell, &line, from, to, (course->rise + course->fall) / 2, course->motion);
  course->step = net_step (series, cell + (gint64)floorf (course->onset),
      cell + (gint64)ceilf (course->offset), direction);
  int first = peak - (int)ceilf (before), last = peak + (int)ceilf (after);
  float largest = MAX (unrest_beyond (&line, first, -1), unrest_beyond (&line, last, +1));
  course->unrest = MAX (largest / MAX ((course->rise + course->fall) / 2, 1e-3f),
      UNSEEN * unseen_before (&line, first));
  return TRUE;
}
