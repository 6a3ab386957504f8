/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Photographs cut one after another: who is who, and no event over a cut. */
#include "microexpr.h"
#include "bench/sway-clip.h"

#include <string.h>

#define WIDTH SWAY_CLIP_WIDTH
#define HEIGHT SWAY_CLIP_HEIGHT
#define FRAME_NS G_GUINT64_CONSTANT (40000000)
#define PEOPLE 2

/* People in the same framing before the same wall. */
typedef struct
{
  SwayClip *people[PEOPLE];
  guint8 *luma;
  MeAnalyzer *analyzer;
  guint n_frames;
  guint n_events; /* that reach over `edge` */
  guint64 edge_ns;
} Scene;

static void
scene_open (Scene *scene)
{
  static const char *const files[PEOPLE] = { "faces/d.jpg", "faces/f.jpg" };
  MeConfig config;

  *scene = (Scene){ .luma = g_malloc (WIDTH * HEIGHT) };
  for (guint i = 0; i < PEOPLE; i++) {
    char *file = g_test_build_filename (G_TEST_DIST, "data", files[i], NULL);
    scene->people[i] = sway_clip_new (file, NULL);
    g_assert_nonnull (scene->people[i]);
    g_free (file);
  }
  me_config_default (&config);
  config.kinds = ME_KIND_MICRO | ME_KIND_MACRO;
  config.min_confidence = 0;
  scene->analyzer = me_analyzer_new (&config, NULL);
}

static void
take_events (Scene *scene)
{
  const MeEvent *event;

  while ((event = me_analyzer_pop_event (scene->analyzer)))
    if (event->onset_ns < scene->edge_ns && event->offset_ns >= scene->edge_ns)
      scene->n_events++;
}

static void
scene_close (Scene *scene)
{
  me_analyzer_free (scene->analyzer);
  for (guint i = 0; i < PEOPLE; i++)
    sway_clip_free (scene->people[i]);
  g_free (scene->luma);
}

/* Shows so many frames in which `share` of `from` is left, falling to 0, under `to`. */
static void
dissolve (Scene *scene, guint from, guint to, guint n_frames)
{
  for (guint i = 1; i <= n_frames; i++, scene->n_frames++) {
    const guint8 *a = sway_clip_draw (scene->people[from], scene->n_frames);
    const guint8 *b = sway_clip_draw (scene->people[to], scene->n_frames);
    MeFrame frame = { scene->luma, WIDTH, HEIGHT, WIDTH, 1, scene->n_frames * FRAME_NS, NULL };
    for (int k = 0; k < WIDTH * HEIGHT; k++)
      scene->luma[k] = (guint8)((a[k] * (n_frames - i) + b[k] * i) / n_frames);
    me_analyzer_process (scene->analyzer, &frame);
    take_events (scene);
  }
}

static void
show (Scene *scene, guint person, double seconds)
{
  for (guint i = 0; i < (guint)(seconds * 25); i++)
    dissolve (scene, person, person, 1);
}

/* The only face's number. */
static guint
face_of (Scene *scene)
{
  guint n;
  const MeFace *faces = me_analyzer_faces (scene->analyzer, &n);

  g_assert_cmpuint (n, ==, 1);
  return faces[0].id;
}

static void
test_another_person_has_another_number (void)
{
  guint ids[PEOPLE];
  Scene scene;

  scene_open (&scene);
  for (guint i = 0; i < PEOPLE; i++) {
    scene.edge_ns = scene.n_frames * FRAME_NS;
    show (&scene, i, 2);
    ids[i] = face_of (&scene);
    for (guint k = 0; k < i; k++)
      g_assert_cmpuint (ids[k], !=, ids[i]);
    g_assert_cmpuint (scene.n_events, ==, 0);
  }
  me_analyzer_reset (scene.analyzer, FALSE);
  take_events (&scene);
  g_assert_cmpuint (scene.n_events, ==, 0);
  scene_close (&scene);
}

static void
test_after_a_cutaway_the_same_person_goes_on (void)
{
  static const double lengths_s[] = { 0.12, 0.32, 0.52, 1.2 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths_s); i++) {
    Scene scene;
    guint id;
    scene_open (&scene);
    show (&scene, 0, 2);
    id = face_of (&scene);
    scene.edge_ns = scene.n_frames * FRAME_NS;
    show (&scene, 1, lengths_s[i]);
    show (&scene, 0, 3);
    g_assert_cmpuint (face_of (&scene), ==, id);
    me_analyzer_reset (scene.analyzer, FALSE);
    take_events (&scene);
    g_assert_cmpuint (scene.n_events, ==, 0);
    scene_close (&scene);
  }
}

static void
test_a_dissolve_leads_to_another_number (void)
{
  static const guint lengths[] = { 8, 13, 25 }; /* frames */

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    Scene scene;
    guint id;
    scene_open (&scene);
    show (&scene, 1, 2);
    id = face_of (&scene);
    scene.edge_ns = (scene.n_frames + lengths[i] / 2) * FRAME_NS;
    dissolve (&scene, 1, 0, lengths[i]);
    show (&scene, 0, 2.5);
    g_assert_cmpuint (face_of (&scene), !=, id);
    me_analyzer_reset (scene.analyzer, FALSE);
    take_events (&scene);
    g_assert_cmpuint (scene.n_events, ==, 0);
    scene_close (&scene);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/face-cuts/another-person-has-another-number", test_another_person_has_another_number);
  g_test_add_func ("/face-cuts/after-a-cutaway-the-same-person-goes-on",
      test_after_a_cutaway_the_same_person_goes_on);
  g_test_add_func (
      "/face-cuts/a-dissolve-leads-to-another-number", test_a_dissolve_leads_to_another_number);
  return g_test_run ();
}
