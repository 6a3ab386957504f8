/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The cells of one face's series and their scores: how far short motion around each cell stands out
 * of the noise, in each region and at the scale that suits it best. Causal, constant memory. */
#pragma once

#include "matched-filter.h"
#include "neighbours.h"
#include "regions.h"

G_BEGIN_DECLS

typedef struct
{
  MeSeries series;
  MeMatchedFilter filter;
  MeNeighbours neighbours;
  float point_noise[ME_N_SCALES][ME_N_POINTS]; /* running quantiles of the pulse heights, % IPD */
  MeRegionNoise noise;
  /* Of each cell and region: largest ratio of motion to threshold so far, and its scale. */
  float ratio[ME_SERIES_CELLS][ME_N_REGIONS];
  gint8 scale[ME_SERIES_CELLS][ME_N_REGIONS];
  gboolean lids_moved[ME_SERIES_CELLS];
  gint64 started; /* first cell; -1: none yet */
} MeCells;

/* Motion that differs from its neighbours' by more is pulled back, % IPD. */
#define ME_OUTLIER 0.6f

/* points: pixels of the crop, for the neighbourhoods. */
void me_cells_reset (MeCells *cells, const MePoint points[ME_N_POINTS]);

/* Adds a frame. lids_moved: the lids move in it. Returns how many cells became whole. */
guint me_cells_add (
    MeCells *cells, guint64 time_ns, const MePoint motion[ME_N_POINTS], gboolean lids_moved);

/* Whole cells were added up to `newest`: scores those that now have enough of them on either side,
 * at most one at each scale. frame_cells: a frame lasts so many cells; pulses that are too short to
 * be seen at that rate are not looked for. */
void me_cells_score (MeCells *cells, gint64 newest, gint64 frame_cells, double sensitivity);

/* Pulse heights around a cell at its best scale in that region, % IPD: of each point, averaged with
 * its neighbours; 0 where it says nothing. */
void me_cells_pulse (
    const MeCells *cells, gint64 cell, MeRegion region, MePoint height[ME_N_POINTS]);

/* Whether the lids moved in one of the cells from .. to. */
gboolean me_cells_lids_moved (const MeCells *cells, gint64 from, gint64 to);

/* How far these cells are those in which the lids move: intersection over union, 0..1. */
float me_cells_lids_overlap (const MeCells *cells, gint64 from, gint64 to);

G_END_DECLS
