/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faces are found, though they keep still, when what is looked for or the picture changes. */
#include "microexpr.h"
#include "bench/sway-clip.h"

#include <string.h>

#define WIDTH (2 * SWAY_CLIP_WIDTH) /* the clip twice, side by side */
#define HEIGHT SWAY_CLIP_HEIGHT
#define FRAME_NS G_GUINT64_CONSTANT (100000000)
#define WALL 110

typedef struct
{
  guint8 *luma;
  MeAnalyzer *analyzer;
  MeConfig config;
  guint64 time_ns;
} Scene;

/* Two faces that keep still. */
static void
scene_open (Scene *scene)
{
  char *file = g_test_build_filename (G_TEST_DIST, "data", "face.jpg", NULL);
  SwayClip *clip = sway_clip_new (file, NULL);
  const guint8 *once;

  g_assert_nonnull (clip);
  once = sway_clip_draw (clip, 0);
  scene->luma = g_malloc (WIDTH * HEIGHT);
  for (int y = 0; y < HEIGHT; y++, once += SWAY_CLIP_WIDTH) {
    memcpy (scene->luma + y * WIDTH, once, SWAY_CLIP_WIDTH);
    memcpy (scene->luma + y * WIDTH + SWAY_CLIP_WIDTH, once, SWAY_CLIP_WIDTH);
  }
  sway_clip_free (clip);
  g_free (file);
  me_config_default (&scene->config);
  scene->time_ns = 0;
}

static void
scene_close (Scene *scene)
{
  me_analyzer_free (scene->analyzer);
  g_free (scene->luma);
}

/* How many faces there are after so many seconds more. */
static guint
faces_after (Scene *scene, guint seconds)
{
  guint n = 0;

  for (guint64 end_ns = scene->time_ns + seconds * 10 * FRAME_NS; scene->time_ns < end_ns;
       scene->time_ns += FRAME_NS) {
    MeFrame frame = { scene->luma, WIDTH, HEIGHT, WIDTH, 1, scene->time_ns, NULL };
    me_analyzer_process (scene->analyzer, &frame);
  }
  me_analyzer_faces (scene->analyzer, &n);
  return n;
}

static void
test_smaller_faces_are_found_when_they_are_asked_for (void)
{
  Scene scene;

  scene_open (&scene);
  scene.config.min_face_size_px = 420;
  scene.analyzer = me_analyzer_new (&scene.config, NULL);
  g_assert_cmpuint (faces_after (&scene, 2), ==, 0);
  scene.config.min_face_size_px = 80;
  me_analyzer_configure (scene.analyzer, &scene.config);
  g_assert_cmpuint (faces_after (&scene, 2), ==, 2);
  scene_close (&scene);
}

static void
test_more_faces_are_found_when_they_are_asked_for (void)
{
  Scene scene;

  scene_open (&scene);
  scene.config.max_faces = 1;
  scene.analyzer = me_analyzer_new (&scene.config, NULL);
  g_assert_cmpuint (faces_after (&scene, 3), ==, 1);
  scene.config.max_faces = 8;
  me_analyzer_configure (scene.analyzer, &scene.config);
  g_assert_cmpuint (faces_after (&scene, 2), ==, 2);
  scene_close (&scene);
}

static void
test_a_face_that_leaves_makes_room_for_one_that_stayed (void)
{
  const MeFace *face;
  Scene scene;
  guint n;
  int left;

  scene_open (&scene);
  scene.config.max_faces = 1;
  scene.analyzer = me_analyzer_new (&scene.config, NULL);
  g_assert_cmpuint (faces_after (&scene, 3), ==, 1);
  face = me_analyzer_faces (scene.analyzer, &n);
  left = face->box.x < SWAY_CLIP_WIDTH ? 0 : SWAY_CLIP_WIDTH;
  for (int y = 0; y < HEIGHT; y++)
    memset (scene.luma + y * WIDTH + left, WALL, SWAY_CLIP_WIDTH);
  g_assert_cmpuint (faces_after (&scene, 4), ==, 1);
  face = me_analyzer_faces (scene.analyzer, &n);
  g_assert_true ((face->box.x < SWAY_CLIP_WIDTH) == (left > 0));
  scene_close (&scene);
}

static void
test_fewer_faces_are_kept_when_no_more_are_asked_for (void)
{
  Scene scene;

  scene_open (&scene);
  scene.analyzer = me_analyzer_new (&scene.config, NULL);
  g_assert_cmpuint (faces_after (&scene, 1), ==, 2);
  scene.config.max_faces = 1;
  me_analyzer_configure (scene.analyzer, &scene.config);
  me_analyzer_reset (scene.analyzer, FALSE);
  g_assert_cmpuint (faces_after (&scene, 2), ==, 1);
  scene_close (&scene);
}

/* Warnings about faces that are left out: how many started, and the newest one. */
static guint
count_left_out (Scene *scene, MeWarning *newest)
{
  const MeWarning *warning;
  guint n = 0;

  while ((warning = me_analyzer_pop_warning (scene->analyzer)))
    if (warning->reason == ME_WARNING_MAX_FACES) {
      n += warning->active;
      *newest = *warning;
    }
  return n;
}

static void
test_a_face_that_is_left_out_is_said_once (void)
{
  MeWarning warning = { .active = FALSE };
  Scene scene;

  scene_open (&scene);
  scene.config.max_faces = 1;
  scene.analyzer = me_analyzer_new (&scene.config, NULL);
  g_assert_cmpuint (faces_after (&scene, 20), ==, 1);
  g_assert_cmpuint (count_left_out (&scene, &warning), ==, 1);
  g_assert_true (warning.active);
  g_assert_cmpint (warning.face, ==, -1);
  g_assert_cmpfloat (warning.value, ==, 1);
  scene.config.max_faces = 2;
  me_analyzer_configure (scene.analyzer, &scene.config);
  g_assert_cmpuint (faces_after (&scene, 2), ==, 2);
  g_assert_cmpuint (count_left_out (&scene, &warning), ==, 0);
  g_assert_false (warning.active);
  scene_close (&scene);
}

static void
test_the_largest_face_is_kept_when_fewer_are_asked_for_meanwhile (void)
{
  Scene scene;

  scene_open (&scene);
  scene.analyzer = me_analyzer_new (&scene.config, NULL);
  g_assert_cmpuint (faces_after (&scene, 1), ==, 2);
  scene.config.max_faces = 1;
  me_analyzer_configure (scene.analyzer, &scene.config);
  g_assert_cmpuint (faces_after (&scene, 1), ==, 1);
  scene_close (&scene);
}

/* A picture that is smaller than the one before, without a reset: nothing outside it is read. */
static void
test_pictures_may_change_their_size (void)
{
  static const int sizes[][2] = { { 640, 480 }, { 64, 48 }, { 1, 1 }, { 200, 900 }, { 320, 240 } };
  MeConfig config;
  MeAnalyzer *analyzer;
  guint64 time_ns = 0;

  me_config_default (&config);
  analyzer = me_analyzer_new (&config, NULL);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
    const int *size = sizes[i % G_N_ELEMENTS (sizes)];
    guint8 *luma = g_malloc0 ((gsize)size[0] * (gsize)size[1]);
    for (guint n = 0; n < 8; n++, time_ns += FRAME_NS)
      me_analyzer_process (
          analyzer, &(MeFrame){ luma, size[0], size[1], (gsize)size[0], 1, time_ns, NULL });
    g_free (luma);
  }
  me_analyzer_free (analyzer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face-search/smaller-faces-are-found-when-they-are-asked-for",
      test_smaller_faces_are_found_when_they_are_asked_for);
  g_test_add_func ("/face-search/more-faces-are-found-when-they-are-asked-for",
      test_more_faces_are_found_when_they_are_asked_for);
  g_test_add_func ("/face-search/a-face-that-leaves-makes-room-for-one-that-stayed",
      test_a_face_that_leaves_makes_room_for_one_that_stayed);
  g_test_add_func ("/face-search/fewer-faces-are-kept-when-no-more-are-asked-for",
      test_fewer_faces_are_kept_when_no_more_are_asked_for);
  g_test_add_func ("/face-search/a-face-that-is-left-out-is-said-once",
      test_a_face_that_is_left_out_is_said_once);
  g_test_add_func ("/face-search/the-largest-face-is-kept-when-fewer-are-asked-for-meanwhile",
      test_the_largest_face_is_kept_when_fewer_are_asked_for_meanwhile);
  g_test_add_func (
      "/face-search/pictures-may-change-their-size", test_pictures_may_change_their_size);
  return g_test_run ();
}
