/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that share work: every item is done once, and the analysis finds the same with any number
 * of them, also in a picture of which they read parts. */
#include "common/workers.h"

#include <string.h>

#include "microexpr.h"
#include "bench/sway-clip.h"
#include "unit/hidden-picture.h"

#define N_ITEMS 1000
#define N_ROUNDS 200
#define WIDTH (2 * SWAY_CLIP_WIDTH) /* the clip twice, side by side */
#define FPS 50
#define N_FRAMES (4 * FPS)

typedef struct
{
  gint done[N_ITEMS];
  gint active[ME_MAX_THREADS]; /* on this worker, now */
} Tally;

static void
count (guint i, guint worker, gpointer data)
{
  Tally *tally = data;

  g_assert_cmpint (g_atomic_int_add (&tally->active[worker], 1), ==, 0);
  g_atomic_int_inc (&tally->done[i]);
  g_atomic_int_add (&tally->active[worker], -1);
}

static void
test_every_item_is_done_once (void)
{
  for (guint n_threads = 1; n_threads <= ME_MAX_THREADS; n_threads += 5) {
    MeWorkers *workers = me_workers_new (n_threads);
    Tally *tally = g_new0 (Tally, 1);
    gint64 total = 0;

    for (guint round = 0; round < N_ROUNDS; round++)
      me_workers_run (workers, N_ITEMS - round, count, tally);
    me_workers_run (workers, 0, count, tally);
    for (guint i = 0; i < N_ITEMS; i++)
      total += tally->done[i];
    g_assert_cmpint (tally->done[0], ==, N_ROUNDS);
    g_assert_cmpint (total, ==, N_ROUNDS * N_ITEMS - N_ROUNDS * (N_ROUNDS - 1) / 2);
    g_free (tally);
    me_workers_free (workers);
  }
}

static void
draw (SwayClip *clip, guint n, guint8 *luma)
{
  const guint8 *once = sway_clip_draw (clip, n);

  for (int y = 0; y < SWAY_CLIP_HEIGHT; y++, once += SWAY_CLIP_WIDTH) {
    memcpy (luma + y * WIDTH, once, SWAY_CLIP_WIDTH);
    memcpy (luma + y * WIDTH + SWAY_CLIP_WIDTH, once, SWAY_CLIP_WIDTH);
  }
}

/* Every event down to the least one. */
static MeAnalyzer *
open_analyzer (guint n_threads)
{
  MeConfig config;

  me_config_default (&config);
  config.kinds = ME_KIND_MICRO | ME_KIND_MACRO | ME_KIND_BLINK;
  config.sensitivity = 10;
  config.min_confidence = 0;
  config.n_threads = n_threads;
  return me_analyzer_new (&config, NULL);
}

static guint
assert_same_faces (const MeAnalyzer *a, const MeAnalyzer *b)
{
  guint n_a, n_b;
  const MeFace *faces_a = me_analyzer_faces (a, &n_a), *faces_b = me_analyzer_faces (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++) {
    g_assert_cmpuint (faces_a[i].id, ==, faces_b[i].id);
    g_assert_cmpfloat (faces_a[i].motion, ==, faces_b[i].motion);
    g_assert_cmpfloat (faces_a[i].noise, ==, faces_b[i].noise);
    g_assert_cmpmem (faces_a[i].landmarks, sizeof faces_a[i].landmarks, faces_b[i].landmarks,
        sizeof faces_b[i].landmarks);
  }
  return n_a;
}

static guint
assert_same_events (MeAnalyzer *a, MeAnalyzer *b)
{
  const MeEvent *event, *other;
  guint n = 0;

  for (; (event = me_analyzer_pop_event (a)); n++) {
    other = me_analyzer_pop_event (b);
    g_assert_nonnull (other);
    g_assert_cmpuint (event->id, ==, other->id);
    g_assert_cmpuint (event->face, ==, other->face);
    g_assert_cmpuint (event->onset_ns, ==, other->onset_ns);
    g_assert_cmpuint (event->offset_ns, ==, other->offset_ns);
    g_assert_cmpfloat (event->intensity, ==, other->intensity);
  }
  g_assert_null (me_analyzer_pop_event (b));
  return n;
}

/* Plays the clip to one analyzer with one thread and one with four, which sees what it asks for
 * alone. */
static void
play (gboolean hides)
{
  char *file = g_test_build_filename (G_TEST_DIST, "data", "face.jpg", NULL);
  SwayClip *clip = sway_clip_new (file, NULL);
  guint8 *luma = g_malloc (WIDTH * SWAY_CLIP_HEIGHT);
  MeAnalyzer *one = open_analyzer (1), *four = open_analyzer (4);
  HiddenPicture *hidden = hidden_picture_new ();
  guint n_events = 0;

  for (guint n = 0; n < N_FRAMES; n++) {
    MeFrame frame = { luma, WIDTH, SWAY_CLIP_HEIGHT, WIDTH, 1,
      n * G_GUINT64_CONSTANT (1000000000) / FPS, NULL };
    draw (clip, n, luma);
    me_analyzer_process (one, &frame);
    if (hides)
      frame = hidden_picture_hide (hidden, &frame, (guint8)(83 * n));
    me_analyzer_process (four, &frame);
    g_assert_cmpuint (assert_same_faces (one, four), ==, 2);
    n_events += assert_same_events (one, four);
  }
  g_assert_cmpuint (n_events, >, 0);
  me_analyzer_free (one);
  me_analyzer_free (four);
  sway_clip_free (clip);
  hidden_picture_free (hidden);
  g_free (luma);
  g_free (file);
}

static void
test_the_same_is_found_with_any_number_of_threads (void)
{
  play (FALSE);
}

static void
test_the_same_is_found_where_only_parts_are_read (void)
{
  play (TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workers/every-item-is-done-once", test_every_item_is_done_once);
  g_test_add_func ("/workers/the-same-is-found-with-any-number-of-threads",
      test_the_same_is_found_with_any_number_of_threads);
  g_test_add_func ("/workers/the-same-is-found-where-only-parts-are-read",
      test_the_same_is_found_where_only_parts_are_read);
  return g_test_run ();
}
