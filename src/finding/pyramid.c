/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib finds the place of every column anew in every row, four at a time; places are the same in
 * all rows, so here they are found once. Sums run in dlib's order, and numbers are rounded where it
 * rounds them, because other pixels would find other faces. */
#include "pyramid.h"

#include "pixel-pair.h"
#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define LANES 4     /* of dlib's vectors: their places are summed up in single precision */
#define PART_PX 256 /* columns whose places are known at once */
G_STATIC_ASSERT (PART_PX % LANES == 0);

/* Where columns lie. */
typedef struct
{
  int n;
  int left[PART_PX];    /* the pixel before it */
  float share[PART_PX]; /* of the way to the next */
} Places;

/* The rows around a new row. */
typedef struct
{
  const guint8 *upper, *lower;
  double share; /* of the way from one to the other */
} Rows;

/* Two and two pixels around places, the left one in the low bits. */
typedef struct
{
  guint16 upper[PART_PX], lower[PART_PX];
} Around;

static double
scale_of (int from, int to)
{
  return (from - 1) / (double)MAX (to - 1, 1);
}

static Rows
find_rows (const MeLevel *from, double y)
{
  int top = (int)floor (y), bottom = MIN (top + 1, from->height - 1);

  return (Rows){ from->at + (gsize)top * from->stride, from->at + (gsize)bottom * from->stride,
    y - top };
}

/* The next places, by vectors, as long as all of one have a pixel after them. at: where the last
 * ones were. */
static void
find_places (Places *places, float at[LANES], float step, int width)
{
  float next[LANES];

  for (places->n = 0; places->n < PART_PX; places->n += LANES) {
    for (int k = 0; k < LANES; k++)
      next[k] = at[k] + step;
    if ((int)next[LANES - 1] + 1 >= width)
      return;
    for (int k = 0; k < LANES; k++) {
      places->left[places->n + k] = (int)next[k];
      places->share[places->n + k] = next[k] - (float)(int)next[k];
    }
    memcpy (at, next, sizeof next);
  }
}

static inline void
read_pairs (const Rows *rows, const Places *places, Around *around)
{
#pragma GCC unroll 8
  for (int i = 0; i < places->n; i++) {
    around->upper[i] = me_pixel_pair (rows->upper + places->left[i]);
    around->lower[i] = me_pixel_pair (rows->lower + places->left[i]);
  }
}

/* dlib adds 0.5 in double precision; in single precision the sum could round up to a whole
 * number. */
static inline guint8
round_to_nearest (float value)
{
  int whole = (int)value;

  return (guint8)(whole + (value - (float)whole >= 0.5f));
}

ME_VECTORISED static void
interpolate (const Rows *rows, const Places *places, guint8 *restrict to)
{
  float down = (float)rows->share, up = (float)(1 - rows->share);
  Around around;

  read_pairs (rows, places, &around);
  for (int i = 0; i < places->n; i++) {
    float right = places->share[i], left = 1 - right;
    float sum = up * left * (float)(around.upper[i] & 255);
    sum += up * right * (float)(around.upper[i] >> 8);
    sum += down * left * (float)(around.lower[i] & 255);
    sum += down * right * (float)(around.lower[i] >> 8);
    to[i] = round_to_nearest (sum);
  }
}

/* Columns from c on, which are no whole vector: dlib sums them otherwise, and cuts off what is
 * behind the point. */
static void
interpolate_last (const Rows *rows, double step, int c, int width, const MeLevel *to, guint8 *row)
{
  double x = c * step - step;

  for (; c < to->width; c++) {
    x += step;
    int left = (int)floor (x), right = MIN (left + 1, width - 1);
    float share = (float)(x - left);
    float upper = (1 - share) * rows->upper[left] + share * rows->upper[right];
    float lower = (1 - share) * rows->lower[left] + share * rows->lower[right];
    row[c] = (guint8)(float)((1 - rows->share) * upper + rows->share * lower);
  }
}

void
me_pyramid_down (const MeLevel *from, MeLevel *to)
{
  double step_x = scale_of (from->width, to->width), step_y = scale_of (from->height, to->height);
  float at[LANES];
  Places places;
  int done = 0;

  for (int k = 0; k < LANES; k++)
    at[k] = (float)(-LANES * step_x + k * step_x);
  do {
    double y = -step_y;
    find_places (&places, at, (float)(LANES * step_x), from->width);
    for (int row = 0; row < to->height; row++) {
      y += step_y;
      Rows rows = find_rows (from, y);
      guint8 *pixels = to->at + (gsize)row * to->stride;
      interpolate (&rows, &places, pixels + done);
      if (places.n < PART_PX)
        interpolate_last (&rows, step_x, done + places.n, from->width, to, pixels);
    }
    done += places.n;
  } while (places.n == PART_PX);
}
