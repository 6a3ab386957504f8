/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Motion on a grid of equal cells of time: frames of any rate become means over 10 ms, so that all
 * filters are written in seconds. A line between two frames is averaged exactly; many frames in a
 * cell lower its noise. Holds the last 2.56 s. */
#pragma once

#include "common/duration.h"
#include "anatomy/facial-points.h"

G_BEGIN_DECLS

#define ME_CELL_NS (10 * ME_MSECOND)
#define ME_CELL_S 0.01f
#define ME_SERIES_CELLS 256 /* a power of two */

typedef struct
{
  float cell[ME_SERIES_CELLS][ME_LANES]; /* x and y of each point in turn, % IPD */
  float sum[ME_LANES], last[ME_LANES];   /* of the cell that is filling; of the last frame */
  gint64 first, next;                    /* whole cells held: first <= cell < next */
  guint64 last_ns;
  gboolean started; /* there is a last frame */
  gboolean filling; /* the cell `next` is covered from its beginning */
} MeSeries;

void me_series_reset (MeSeries *series);

/* Adds a frame; time grows. Returns how many cells became whole. */
guint me_series_add (MeSeries *series, guint64 time_ns, const MePoint motion[ME_N_POINTS]);

/* Where a cell stands in arrays of ME_SERIES_CELLS. */
static inline guint
me_series_slot (gint64 cell)
{
  return (guint)(cell & (ME_SERIES_CELLS - 1));
}

static inline const float *
me_series_cell (const MeSeries *series, gint64 cell)
{
  return series->cell[me_series_slot (cell)];
}

/* The middle of a cell. */
static inline guint64
me_cell_time (gint64 cell)
{
  return (guint64)cell * ME_CELL_NS + ME_CELL_NS / 2;
}

G_END_DECLS
