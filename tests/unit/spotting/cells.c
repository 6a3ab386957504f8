/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scores of cells: which scale fits a pulse, and what lids do to the thresholds. */
#include "spotting/cells.h"

#include "unit/face.h"

#include <math.h>
#include <stdlib.h>

#define RATE 100 /* frames/s: one a cell */
#define APEX_S 5.0
#define PERCENT 2.0f

static MeCells *cells;

/* Plays six seconds of noise and a pulse of the lip corners. Returns the cell of its apex. lids:
 * they move for half a second around it. */
static gint64
play (double width_s, gboolean lids)
{
  GRand *random = g_rand_new_with_seed (7);
  MePoint points[ME_N_POINTS], motion[ME_N_POINTS];

  plain_points (points);
  me_cells_reset (cells, points);
  for (int i = 0; i < 6 * RATE; i++) {
    double t = (double)i / RATE - APEX_S;
    float pulse = fabs (t) < width_s / 2 ? (float)(0.5 + 0.5 * cos (2 * G_PI * t / width_s)) : 0;
    guint n;
    for (int k = 0; k < ME_N_POINTS; k++) {
      gboolean moved = me_facial_points[k].feature == ME_FEATURE_LIP_CORNER;
      motion[k].x = 0.04f * noise (random);
      motion[k].y = 0.04f * noise (random) - (moved ? PERCENT * pulse : 0);
    }
    n = me_cells_add (cells, (guint64)i * ME_SECOND / RATE, motion, lids && fabs (t) < 0.25);
    for (gint64 cell = cells->series.next - n; cell < cells->series.next; cell++)
      me_cells_score (cells, cell, 1, 1.0);
  }
  g_rand_free (random);
  return (gint64)(APEX_S / ME_CELL_S);
}

static float
mouth_ratio (gint64 cell)
{
  return cells->ratio[me_series_slot (cell)][ME_REGION_MOUTH];
}

static int
compare (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;

  return (x < y) - (x > y);
}

/* The plain way to the statistic of a region: all of its points, sorted. */
static float
mean_of_largest (const MePoint *height, MeRegion region, int n)
{
  float length[ME_N_POINTS], sum = 0;
  int n_points = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_region_has (region, i))
      length[n_points++] = sqrtf (height[i].x * height[i].x + height[i].y * height[i].y);
  qsort (length, (gsize)n_points, sizeof *length, compare);
  for (int i = 0; i < n; i++)
    sum += length[i];
  return sum / (float)n;
}

/* There is room for so many in regions.c. */
static void
test_no_region_has_more_than_24_points (void)
{
  for (int r = ME_REGION_FACE + 1; r < ME_N_REGIONS; r++) {
    int n = 0;
    for (int i = 0; i < ME_N_POINTS; i++)
      n += me_region_has ((MeRegion)r, i);
    g_assert_cmpint (n, >=, 8);
    g_assert_cmpint (n, <=, 24);
  }
}

static void
test_statistics_are_means_of_the_largest (void)
{
  GRand *random = g_rand_new_with_seed (3);

  for (int n = 0; n < 100; n++) {
    MePoint height[ME_N_POINTS];
    float statistic[ME_N_REGIONS];
    for (int i = 0; i < ME_N_POINTS; i++) /* whole numbers: many are as large as others */
      height[i] = (MePoint){ (float)g_rand_int_range (random, -5, 6), 0 };
    me_regions_measure (height, statistic);
    for (int r = 0; r < ME_N_REGIONS; r++)
      g_assert_cmpfloat (
          statistic[r], ==, mean_of_largest (height, (MeRegion)r, r == ME_REGION_FACE ? 8 : 5));
  }
  g_rand_free (random);
}

static void
test_pulse_heights_are_weighted_sums (void)
{
  GRand *random = g_rand_new_with_seed (5);
  MePoint height[ME_LANES / 2];
  const gint64 cell = 400;

  me_matched_filter_init (&cells->filter);
  for (int c = 0; c < ME_SERIES_CELLS; c++)
    for (int i = 0; i < ME_LANES; i++)
      cells->series.cell[c][i] = noise (random);
  for (int scale = 0; scale < ME_N_SCALES; scale++) {
    int half = cells->filter.half[scale];
    me_matched_filter_run (&cells->filter, &cells->series, cell, scale, height);
    for (int i = 0; i < ME_N_POINTS; i++) {
      float x = 0, y = 0;
      for (int j = -half; j <= half; j++) {
        const float *at = me_series_cell (&cells->series, cell + j) + 2 * i;
        x += cells->filter.taps[scale][j + half] * at[0];
        y += cells->filter.taps[scale][j + half] * at[1];
      }
      g_assert_cmpfloat_with_epsilon (height[i].x, x, 1e-5);
      g_assert_cmpfloat_with_epsilon (height[i].y, y, 1e-5);
    }
  }
  g_rand_free (random);
}

static void
test_the_scale_of_a_pulse_fits_best (void)
{
  static const int scales[] = { 1, 3, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++) {
    gint64 apex = play ((double)me_scale_s[scales[i]], FALSE);
    int best = cells->scale[me_series_slot (apex)][ME_REGION_MOUTH];
    g_assert_cmpfloat (mouth_ratio (apex), >, 1);
    g_assert_cmpint (ABS (best - scales[i]), <=, 1);
    g_assert_cmpfloat (mouth_ratio (apex), >, 2 * mouth_ratio (apex - RATE));
  }
}

/* Thresholds are 1.3 times as high. */
static void
test_moving_lids_raise_the_thresholds (void)
{
  gint64 apex = play (0.2, FALSE);
  float still = mouth_ratio (apex);

  g_assert_false (me_cells_lids_moved (cells, apex - 50, apex + 50));
  play (0.2, TRUE);
  g_assert_true (me_cells_lids_moved (cells, apex - 5, apex + 5));
  g_assert_false (me_cells_lids_moved (cells, apex - 90, apex - 40));
  g_assert_cmpfloat_with_epsilon (still / mouth_ratio (apex), 1.3, 0.15);
}

/* They move for 50 cells. */
static void
test_an_interval_may_be_that_of_the_lids (void)
{
  gint64 apex = play (0.2, TRUE);

  g_assert_cmpfloat (me_cells_lids_overlap (cells, apex - 25, apex + 25), >, 0.9);
  g_assert_cmpfloat_with_epsilon (
      me_cells_lids_overlap (cells, apex - 12, apex + 12), 0.5, 0.05); /* within them */
  g_assert_cmpfloat_with_epsilon (
      me_cells_lids_overlap (cells, apex, apex + 50), 1 / 3.0, 0.05); /* the later half */
  g_assert_cmpfloat (me_cells_lids_overlap (cells, apex - 90, apex - 40), ==, 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  cells = g_new0 (MeCells, 1);
  g_test_add_func ("/cells/pulse-heights-are-weighted-sums", test_pulse_heights_are_weighted_sums);
  g_test_add_func (
      "/cells/no-region-has-more-than-24-points", test_no_region_has_more_than_24_points);
  g_test_add_func (
      "/cells/statistics-are-means-of-the-largest", test_statistics_are_means_of_the_largest);
  g_test_add_func ("/cells/the-scale-of-a-pulse-fits-best", test_the_scale_of_a_pulse_fits_best);
  g_test_add_func (
      "/cells/moving-lids-raise-the-thresholds", test_moving_lids_raise_the_thresholds);
  g_test_add_func (
      "/cells/an-interval-may-be-that-of-the-lids", test_an_interval_may_be_that_of_the_lids);
  result = g_test_run ();
  g_free (cells);
  return result;
}
