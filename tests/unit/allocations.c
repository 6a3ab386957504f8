/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The analysis takes nothing from the heap for a frame, but for those in which dlib looks for new
 * faces. */
#include "bench/allocations.h"
#include "microexpr.h"
#include "bench/sway-clip.h"

#define FPS 200
#define SETTLED FPS /* frames until nothing more is allocated */
#define N_FRAMES (6 * FPS)

typedef struct
{
  guint n_searched; /* frames in which dlib looked for faces, */
  guint n_quiet;    /* and others */
  guint64 searching, other;
} Count;

static void
process (MeAnalyzer *analyzer, SwayClip *clip, guint n, Count *count)
{
  MeFrame frame = { sway_clip_draw (clip, n), SWAY_CLIP_WIDTH, SWAY_CLIP_HEIGHT, SWAY_CLIP_WIDTH, 1,
    n * G_GUINT64_CONSTANT (1000000000) / FPS, NULL };
  guint64 before = allocations_so_far (), searches;
  MeStats stats;

  me_analyzer_get_stats (analyzer, &stats);
  searches = stats.stage_runs[ME_STAGE_DETECT];
  me_analyzer_process (analyzer, &frame);
  me_analyzer_get_stats (analyzer, &stats);
  if (n < SETTLED)
    return;
  if (stats.stage_runs[ME_STAGE_DETECT] > searches) {
    count->n_searched++;
    count->searching += allocations_so_far () - before;
  } else {
    count->n_quiet++;
    count->other += allocations_so_far () - before;
  }
}

static void
test_no_frame_allocates_but_those_that_are_searched (void)
{
  char *file = g_test_build_filename (G_TEST_DIST, "data", "face.jpg", NULL);
  SwayClip *clip = sway_clip_new (file, NULL);
  Count count = { 0, 0, 0, 0 };
  MeAnalyzer *analyzer;
  MeConfig config;
  guint n_faces;

  g_assert_nonnull (clip);
  me_config_default (&config);
  config.kinds = ME_KIND_MICRO | ME_KIND_MACRO | ME_KIND_BLINK;
  config.units = config.movements = TRUE;
  analyzer = me_analyzer_new (&config, NULL);
  g_assert_nonnull (analyzer);
  g_assert_cmpuint (allocations_so_far (), >, 0);
  for (guint n = 0; n < N_FRAMES; n++)
    process (analyzer, clip, n, &count);
  me_analyzer_faces (analyzer, &n_faces);
  g_assert_cmpuint (n_faces, ==, 1);
  g_test_message ("%" G_GUINT64_FORMAT " allocations in %u frames that were searched",
      count.searching, count.n_searched);
  g_assert_cmpuint (count.n_quiet, >, N_FRAMES / 2);
  g_assert_cmpuint (count.other, ==, 0);
  me_analyzer_free (analyzer);
  sway_clip_free (clip);
  g_free (file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/allocations/no-frame-allocates-but-those-that-are-searched",
      test_no_frame_allocates_but_those_that_are_searched);
  return g_test_run ();
}
