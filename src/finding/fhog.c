/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib computes gradients four pixels at a time, and each votes for four histograms one by one.
 * Here, a vector holds as many pixels as fit, their directions need whole numbers only, and the
 * four votes of a pixel lie together. Sums run in dlib's order, because others would find other
 * faces. */
#include "fhog.h"

#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define CELL ME_FHOG_CELL_PX
#define DIRECTIONS 18
#define AXES (DIRECTIONS / 2)
#define SUMS (ME_FHOG_PLANES - 4) /* the planes of sums follow the others */
#define CLIP 0.2f                 /* of a block's norm, which a part of a histogram is clipped at */
#define SCALE 0.1f
#define SCALE_SUMS (2 * 0.2357f)
#define LEAST_ENERGY 1e-4f

typedef struct
{
  int columns, rows; /* cells */
  /* Two rows of histograms that are being filled, with a column to spare on each side: of each
   * direction, the upper and the lower cell of every column. The last direction is the first. */
  float *votes[DIRECTIONS + 1];
  gsize n_votes;    /* numbers of a direction */
  float *magnitude; /* of the gradients of a row of pixels */
  guint8 *direction;
  float *histograms; /* of all cells: rows, directions, columns */
  float *energy;     /* of all cells */
  float *limit;      /* of the blocks of 2 x 2 cells that begin at each cell */
  float *factor;     /* likewise */
  float *features;   /* planes of a row */
} Work;

int
me_fhog_cells (int size_px)
{
  return (size_px + CELL / 2) / CELL;
}

gsize
me_fhog_scratch (int width, int height)
{
  gsize columns = (gsize)me_fhog_cells (width), rows = (gsize)me_fhog_cells (height);

  return 2 * DIRECTIONS * (columns + 2) + 2 * (gsize)width + DIRECTIONS * columns * rows +
         3 * columns * rows + ME_FHOG_PLANES * columns;
}

static void
lay_out (Work *work, int width, int height, float *scratch)
{
  gsize columns = (gsize)me_fhog_cells (width), rows = (gsize)me_fhog_cells (height);

  work->columns = (int)columns;
  work->rows = (int)rows;
  work->n_votes = 2 * (columns + 2);
  for (int i = 0; i < DIRECTIONS; i++, scratch += work->n_votes)
    work->votes[i] = scratch;
  work->votes[DIRECTIONS] = work->votes[0];
  memset (work->votes[0], 0, DIRECTIONS * work->n_votes * sizeof *scratch);
  work->magnitude = scratch;
  work->direction = (guint8 *)(scratch += width);
  work->histograms = scratch += width;
  work->energy = scratch += DIRECTIONS * columns * rows;
  work->limit = scratch += columns * rows;
  work->factor = scratch += columns * rows;
  work->features = scratch + columns * rows;
}

/* ---- gradients ---- */

/* The nearest of 18 directions. Between a gradient of bytes and the x-axis lie as many of the
 * angles 10, 30, 50 and 70 degrees as of these fractions: none of bytes lies between a fraction and
 * the tangent of its angle. */
ME_INLINE guint8
nearest_direction (gint16 x, gint16 y)
{
  guint16 along = (guint16)ABS (x), across = (guint16)ABS (y);
  guint8 steps = (guint8)(((guint16)(across * 244) > (guint16)(along * 43)) +
                          ((guint16)(across * 239) > (guint16)(along * 138)) +
                          ((guint16)(across * 193) > (guint16)(along * 230)) +
                          ((guint16)(across * 91) > (guint16)(along * 250)));
  gboolean down = y < 0, left = x - down < 0;
  guint8 from = left ? AXES : down ? DIRECTIONS : 0;

  return (guint8)(left == down ? from + steps : from - steps);
}

ME_VECTORISED static void
measure_gradients (
    const guint8 *restrict row, gsize stride, int n, float *restrict magnitude, guint8 *direction)
{
  const guint8 *above = row - stride, *below = row + stride;

  for (int i = 0; i < n; i++) {
    gint16 x = (gint16)(row[i + 1] - row[i - 1]), y = (gint16)(below[i] - above[i]);
    direction[i] = nearest_direction (x, y);
    magnitude[i] = sqrtf ((float)(x * x + y * y));
  }
}

/* ---- histograms ---- */

/* Weights of the upper left, lower left, upper right and lower right cell. */
typedef struct
{
  float of[4];
} Weights;

/* How far pixel n of those between the centres of two cells is from the first, in cells. */
static inline float
distance (int n)
{
  return ((float)n + 0.5f) / CELL;
}

ME_INLINE void
vote (float *votes, const Weights *row, const Weights *column, float magnitude)
{
  Weights sum; /* a vector */

  memcpy (&sum, votes, sizeof sum);
  for (int k = 0; k < 4; k++)
    sum.of[k] += row->of[k] * (column->of[k] * magnitude);
  memcpy (votes, &sum, sizeof sum);
}

/* Of the pixels `from` to `to` of a row, whose first one is pixel 1. column: by the place in a
 * cell.
 */
ME_VECTORISED static void
vote_between (const Work *work, int from, int to, const Weights *row, const Weights column[CELL])
{
  const guint8 *direction = work->direction; /* in registers: votes might change what is read */
  const float *magnitude = work->magnitude;
  const Weights by = *row;

  for (int i = from; i < to; i++) {
    guint at = (guint)i + 1 + CELL / 2;
    float *votes = work->votes[direction[i]] + 2 * (at / CELL);
    vote (votes, &by, &column[at % CELL], magnitude[i]);
  }
}

/* Of n pixels of row y. Of the last ones, which make no eight, dlib multiplies the weights with
 * each other first. */
static void
vote_row (const Work *work, int y, int n)
{
  static const Weights alone = { { 1, 1, 1, 1 } };
  float lower = distance ((y + CELL / 2) % CELL), upper = 1 - lower;
  Weights row = { { upper, lower, upper, lower } }, column[CELL], both[CELL];

  for (int i = 0; i < CELL; i++) {
    float right = distance (i), left = 1 - right;
    column[i] = (Weights){ { left, left, right, right } };
    for (int k = 0; k < 4; k++)
      both[i].of[k] = row.of[k] * column[i].of[k];
  }
  vote_between (work, 0, n / 8 * 8, &row, column);
  vote_between (work, n / 8 * 8, n, &alone, both);
}

/* The upper row of histograms is complete and the lower one becomes the upper one. to: NULL: drop
 * it. */
static void
finish_row (const Work *work, float *to)
{
  for (int i = 0; i < DIRECTIONS; i++) {
    float *votes = work->votes[i];
    for (int x = 0; to && x < work->columns; x++)
      *to++ = votes[2 * (x + 1)];
    for (gsize k = 0; k < work->n_votes; k += 2) {
      votes[k] = votes[k + 1];
      votes[k + 1] = 0;
    }
  }
}

static void
fill_histograms (const Work *work, const guint8 *pixels, gsize stride, int width, int height)
{
  int n = MIN (work->columns * CELL, width) - 2, end = MIN (work->rows * CELL, height) - 1;
  gsize row = DIRECTIONS * (gsize)work->columns;

  for (int y = 1, cell = -1; cell < work->rows; cell++) {
    for (; y < MIN (cell * CELL + CELL + CELL / 2, end); y++) {
      measure_gradients (
          pixels + (gsize)y * stride + 1, stride, n, work->magnitude, work->direction);
      vote_row (work, y, n);
    }
    finish_row (work, cell < 0 ? NULL : work->histograms + (gsize)cell * row);
  }
}

/* ---- features ---- */

/* Of n cells. */
ME_VECTORISED static void
measure_energy (const float *restrict histograms, float *restrict energy, int n)
{
  memset (energy, 0, (gsize)n * sizeof *energy);
  for (int i = 0; i < AXES; i++)
    for (int x = 0; x < n; x++) {
      float both = histograms[i * n + x] + histograms[(i + AXES) * n + x];
      energy[x] += both * both;
    }
}

/* Of the blocks that begin in a row of n cells. */
ME_VECTORISED static void
measure_blocks (const float *restrict energy, float *restrict limit, float *restrict factor, int n)
{
  for (int x = 0; x + 1 < n; x++) {
    float sum = energy[x] + energy[x + 1] + energy[n + x] + energy[n + x + 1];
    limit[x] = CLIP * sqrtf (sum + LEAST_ENERGY);
    factor[x] = SCALE / limit[x];
  }
}

/* A part of a histogram by the norms of the four blocks that share its cell. Returns their sum. */
ME_INLINE float
normalize (float part, const float *limit, const float *factor, int n, float by[4])
{
  by[0] = MIN (part, limit[n + 1]) * factor[n + 1];
  by[1] = MIN (part, limit[1]) * factor[1];
  by[2] = MIN (part, limit[n]) * factor[n];
  by[3] = MIN (part, limit[0]) * factor[0];
  return (by[0] + by[2]) + (by[1] + by[3]);
}

/* The features of a row of n cells but the first and the last. histograms, features: of the first
 * of them. limit, factor: of the block above and left of it. */
ME_VECTORISED static void
describe_row (const float *restrict histograms, const float *restrict limit,
    const float *restrict factor, float *restrict features, int n)
{
  float *sums = features + SUMS * n;

  memset (sums, 0, 4 * (gsize)n * sizeof *sums);
  for (int i = 0; i < DIRECTIONS; i += 3)
    for (int x = 0; x < n - 2; x++) {
      const float *part = histograms + i * n + x;
      float a[4], b[4], c[4];
      features[i * n + x] = normalize (part[0], limit + x, factor + x, n, a);
      features[(i + 1) * n + x] = normalize (part[n], limit + x, factor + x, n, b);
      features[(i + 2) * n + x] = normalize (part[2 * n], limit + x, factor + x, n, c);
      for (int k = 0; k < 4; k++)
        sums[k * n + x] += a[k] + b[k] + c[k];
    }
  for (int i = 0; i < AXES; i++)
    for (int x = 0; x < n - 2; x++) {
      float both = histograms[i * n + x] + histograms[(i + AXES) * n + x], by[4];
      features[(DIRECTIONS + i) * n + x] = normalize (both, limit + x, factor + x, n, by);
    }
  for (int x = 0; x < 4 * n; x++)
    sums[x] *= SCALE_SUMS;
}

void
me_fhog_extract (const guint8 *pixels, gsize pixel_stride, int width, int height, float *scratch,
    float *const planes[ME_FHOG_PLANES], gsize stride)
{
  Work work;

  lay_out (&work, width, height, scratch);
  gsize n = (gsize)work.columns, n_described = (n - 2) * sizeof *scratch;
  fill_histograms (&work, pixels, pixel_stride, width, height);
  for (gsize y = 0; y < (gsize)work.rows; y++)
    measure_energy (work.histograms + y * DIRECTIONS * n, work.energy + y * n, work.columns);
  for (gsize y = 0; y + 1 < (gsize)work.rows; y++)
    measure_blocks (work.energy + y * n, work.limit + y * n, work.factor + y * n, work.columns);
  for (gsize y = 0; y + 2 < (gsize)work.rows; y++) {
    describe_row (work.histograms + (y + 1) * DIRECTIONS * n + 1, work.limit + y * n,
        work.factor + y * n, work.features, work.columns);
    for (gsize i = 0; i < ME_FHOG_PLANES; i++)
      memcpy (planes[i] + y * stride, work.features + i * n, n_described);
  }
}
