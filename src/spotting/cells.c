/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A cell is scored at each scale as soon as as many cells follow it as half of the scale's kernel
 * spans. The noise is learned from the same pulse heights, outside of blinks. */
#include "cells.h"

#include "common/quantile.h"
#include "common/rank.h"
#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define NOISE_QUANTILE 0.30f
#define MEMORY_S 8.0f     /* of the noise */
#define STILL_POINT 0.08f /* % IPD: noise of a point of a still face, until it is learnt */
#define CAUTIOUS_S 3.0f   /* after the start thresholds are raised: the noise is hardly known yet */
#define LIDS_MOVE 1.3f    /* factor on the thresholds while the lids move */
#define LEAST_FRAMES 2.5f /* that the pulse of a scale must last */
#define STEPS 25          /* a scale is scored in so many cells of its width, if it has them */

void
me_cells_reset (MeCells *c, const MePoint points[ME_N_POINTS])
{
  me_matched_filter_init (&c->filter);
  me_neighbours_init (&c->neighbours, points);
  me_series_reset (&c->series);
  me_regions_reset (&c->noise);
  for (int scale = 0; scale < ME_N_SCALES; scale++)
    for (int i = 0; i < ME_N_POINTS; i++)
      c->point_noise[scale][i] = STILL_POINT;
  c->started = -1;
}

gboolean
me_cells_lids_moved (const MeCells *c, gint64 from, gint64 to)
{
  for (gint64 i = MAX (from, c->series.first); i <= MIN (to, c->series.next - 1); i++)
    if (c->lids_moved[me_series_slot (i)])
      return TRUE;
  return FALSE;
}

float
me_cells_lids_overlap (const MeCells *c, gint64 from, gint64 to)
{
  gint64 first = from, last = to;
  int both = 0;

  while (me_cells_lids_moved (c, first - 1, first - 1))
    first--;
  while (me_cells_lids_moved (c, last + 1, last + 1))
    last++;
  for (gint64 i = from; i <= to; i++)
    both += me_cells_lids_moved (c, i, i);
  return (float)both / (float)(last - first + 1);
}

static gboolean
lids_moved_around (const MeCells *c, gint64 cell, int scale)
{
  int half = c->filter.half[scale];

  return me_cells_lids_moved (c, cell - half - 2, cell + half + 2);
}

/* How much points count: less the noisier they are. */
ME_VECTORISED static void
weigh_by_noise (const float noise[ME_N_POINTS], float typical, float *restrict weight)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float relative = typical / MAX (noise[i], 1e-6f);
    weight[i] = CLAMP (relative * relative, 0.05f, 4.0f);
  }
}

/* smooth: neighbours averaged, points that say nothing set to zero. raw: as measured. */
static void
pulse_heights (const MeCells *c, gint64 cell, int scale, gboolean lids_moved, MePoint *smooth,
    MePoint raw[ME_LANES / 2])
{
  float weight[ME_N_POINTS], typical = me_median (c->point_noise[scale], ME_N_POINTS);

  me_matched_filter_run (&c->filter, &c->series, cell, scale, raw);
  weigh_by_noise (c->point_noise[scale], typical, weight);
  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature == ME_FEATURE_JAW ||
        (lids_moved && me_facial_point_is_near_eye (i)))
      weight[i] = 0;
  me_neighbours_mean (&c->neighbours, raw, weight, ME_OUTLIER, smooth);
  for (int i = 0; i < ME_N_POINTS; i++)
    if (weight[i] == 0)
      smooth[i] = (MePoint){ 0, 0 };
}

void
me_cells_pulse (const MeCells *c, gint64 cell, MeRegion region, MePoint height[ME_N_POINTS])
{
  int scale = c->scale[me_series_slot (cell)][region];
  MePoint raw[ME_LANES / 2];

  pulse_heights (c, cell, scale, lids_moved_around (c, cell, scale), height, raw);
}

static float
age_s (const MeCells *c, gint64 cell)
{
  return (float)(cell - c->started) * ME_CELL_S;
}

/* On all thresholds. */
static float
threshold_factor (const MeCells *c, gint64 cell, gboolean lids_moved, double sensitivity)
{
  float age = age_s (c, cell), factor = lids_moved ? LIDS_MOVE : 1;

  if (age < CAUTIOUS_S)
    factor *= 1 + 0.5f * (1 - age / CAUTIOUS_S);
  return factor / (float)sensitivity;
}

ME_VECTORISED static void
learn_point_noise (float *restrict noise, const MePoint *restrict raw, guint n, float memory)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float height = 0.01f + sqrtf (raw[i].x * raw[i].x + raw[i].y * raw[i].y);
    noise[i] = me_quantile_update (noise[i], height, NOISE_QUANTILE, n, memory);
  }
}

/* From one cell that is scored at a scale to the next: wide pulses change little meanwhile. */
static int
step_of (int scale)
{
  return MAX (1, (int)(me_scale_s[scale] / (STEPS * ME_CELL_S)));
}

static void
learn_noise (MeCells *c, int scale, const MePoint *raw, const float *statistic)
{
  guint n = c->noise.n_updates[scale];
  float memory = MEMORY_S / (ME_CELL_S * (float)step_of (scale));

  learn_point_noise (c->point_noise[scale], raw, n, memory);
  me_regions_learn (&c->noise, scale, statistic, memory);
}

static void
score (MeCells *c, gint64 cell, int scale, double sensitivity)
{
  gboolean lids_moved = lids_moved_around (c, cell, scale);
  guint slot = me_series_slot (cell);
  MePoint raw[ME_LANES / 2], smooth[ME_N_POINTS];
  float statistic[ME_N_REGIONS], ratio[ME_N_REGIONS], factor;

  pulse_heights (c, cell, scale, lids_moved, smooth, raw);
  me_regions_measure (smooth, statistic);
  me_regions_compare (&c->noise, scale, statistic, ratio);
  factor = threshold_factor (c, cell, lids_moved, sensitivity);
  if (!lids_moved)
    learn_noise (c, scale, raw, statistic);
  for (int r = 0; r < ME_N_REGIONS; r++) {
    if (ratio[r] / factor > c->ratio[slot][r]) {
      c->ratio[slot][r] = ratio[r] / factor;
      c->scale[slot][r] = (gint8)scale;
    }
  }
}

void
me_cells_score (MeCells *c, gint64 newest, gint64 frame_cells, double sensitivity)
{
  for (int scale = 0; scale < ME_N_SCALES; scale++) {
    gint64 cell = newest - c->filter.half[scale];
    if (cell % step_of (scale) == 0 &&
        me_scale_s[scale] / ME_CELL_S >= LEAST_FRAMES * (float)frame_cells &&
        cell - c->filter.half[scale] >= c->series.first)
      score (c, cell, scale, sensitivity);
  }
}

guint
me_cells_add (MeCells *c, guint64 time_ns, const MePoint motion[ME_N_POINTS], gboolean lids_moved)
{
  guint n = me_series_add (&c->series, time_ns, motion);

  if (c->started < 0)
    c->started = c->series.next;
  for (gint64 cell = c->series.next - n; cell < c->series.next; cell++) {
    guint slot = me_series_slot (cell);
    memset (c->ratio[slot], 0, sizeof c->ratio[0]);
    memset (c->scale[slot], 0, sizeof c->scale[0]);
    c->lids_moved[slot] = lids_moved;
  }
  return n;
}
