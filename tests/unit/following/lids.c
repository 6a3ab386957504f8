/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lids of a photograph, as they are and with skin drawn over the eyes. */
#include "following/track.h"

#include <string.h>

#include "bench/sway-clip.h"
#include "common/duration.h"
#include "finding/landmarker.h"

#define WIDTH SWAY_CLIP_WIDTH
#define HEIGHT SWAY_CLIP_HEIGHT
#define FRAME_NS (33 * ME_MSECOND)
#define OPEN 0.15f /* closure below it */
#define SHUT 0.5f  /* and above it */

typedef struct
{
  guint8 open[WIDTH * HEIGHT], luma[WIDTH * HEIGHT];
  MePoint landmarks[ME_N_LANDMARKS]; /* of the photograph */
  MeSimilarity pose;
  MeCropper *cropper;
  MeLandmarkFitter *fitter;
  MeCrop crop;
  MeLids lids;
  float depth[ME_N_POINTS];
  guint64 time_ns;
} Scene;

static MeFrame
frame_of (const Scene *s)
{
  return (MeFrame){ s->luma, WIDTH, HEIGHT, WIDTH, 1, 0, NULL };
}

static void
crop (Scene *s)
{
  MeFrame frame = frame_of (s);

  g_assert_true (me_cropper_crop (s->cropper, &frame, &s->pose, &s->crop));
}

/* The lids begin with the eyes open. */
static Scene *
scene_new (void)
{
  g_autofree char *photograph = g_test_build_filename (G_TEST_DIST, "data", "face.jpg", NULL);
  SwayClip *clip = sway_clip_new (photograph, NULL);
  MeFaceFinder *finder = me_face_finder_new (NULL);
  MeLandmarker *landmarker = me_landmarker_new (NULL, NULL);
  Scene *s = g_new0 (Scene, 1);
  MePoint in_crop[ME_N_LANDMARKS];
  MeDetection box;
  MeFrame frame;
  float score;

  memcpy (s->open, sway_clip_draw (clip, 0), sizeof s->open);
  memcpy (s->luma, s->open, sizeof s->luma);
  frame = frame_of (s);
  g_assert_cmpuint (me_face_finder_detect (finder, &frame, 80, &box, 1), ==, 1);
  g_assert_true (me_landmarker_find (landmarker, &frame, &box, s->landmarks, &score));
  s->pose = me_crop_pose (s->landmarks);
  s->cropper = me_cropper_new ();
  s->fitter = me_landmark_fitter_new (me_lid_model_embedded ());
  crop (s);
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    in_crop[i] = me_similarity_invert (&s->pose, s->landmarks[i]);
  me_lids_begin (&s->lids, in_crop, 0);
  me_landmarker_free (landmarker);
  me_face_finder_free (finder);
  sway_clip_free (clip);
  return s;
}

static void
scene_free (Scene *s)
{
  me_landmark_fitter_free (s->fitter);
  me_cropper_free (s->cropper);
  g_free (s);
}

/* Skin from above the eye down to the lower lid, and lashes there. */
static void
draw_lid (Scene *s, MeSide side)
{
  const MePoint *eye = me_eye_landmarks (s->landmarks, side);
  int left = (int)eye[ME_EYE_CORNER_1].x, right = (int)eye[ME_EYE_CORNER_2].x;
  int top = (int)MIN (eye[ME_EYE_UPPER_LID_1].y, eye[ME_EYE_UPPER_LID_2].y);
  int bottom = (int)MAX (eye[ME_EYE_LOWER_LID_1].y, eye[ME_EYE_LOWER_LID_2].y);
  int height = bottom - top;

  for (int x = left; x <= right; x++) {
    guint8 skin = s->open[(top - height / 2) * WIDTH + x];
    for (int y = top - height / 2; y <= bottom; y++)
      s->luma[y * WIDTH + x] = y > bottom - 3 ? skin / 3 : skin;
  }
}

/* Measures for duration_s; the mean closure of both eyes afterwards. */
static float
look (Scene *s, const MeHeadMotion *head, double duration_s)
{
  crop (s);
  for (guint64 end_ns = s->time_ns + (guint64)(duration_s * 1e9); s->time_ns < end_ns;) {
    s->time_ns += FRAME_NS;
    g_assert_true (me_lids_measure (&s->lids, s->fitter, &s->crop, s->depth, head, s->time_ns));
  }
  return (s->lids.closure[ME_LEFT] + s->lids.closure[ME_RIGHT]) / 2;
}

static float
least_detail (const Scene *s)
{
  return MIN (s->lids.detail[ME_LEFT], s->lids.detail[ME_RIGHT]);
}

static float
most_detail (const Scene *s)
{
  return MAX (s->lids.detail[ME_LEFT], s->lids.detail[ME_RIGHT]);
}

static const MeHeadMotion still;

static void
test_lids_that_meet_are_closed (void)
{
  Scene *s = scene_new ();

  g_assert_cmpfloat (look (s, &still, 1), <, OPEN);
  g_assert_cmpfloat (least_detail (s), >, 0.9);
  draw_lid (s, ME_LEFT);
  draw_lid (s, ME_RIGHT);
  g_assert_cmpfloat (look (s, &still, 0.1), >, SHUT);
  g_assert_cmpfloat (most_detail (s), <, ME_LID_DETAIL);
  g_assert_cmpfloat (look (s, &still, 20), >, SHUT); /* asleep */
  g_assert_cmpfloat (most_detail (s), <, ME_LID_DETAIL);
  memcpy (s->luma, s->open, sizeof s->luma);
  g_assert_cmpfloat (look (s, &still, 0.1), <, OPEN);
  scene_free (s);
}

static void
test_each_eye_closes_by_itself (void)
{
  Scene *s = scene_new ();

  look (s, &still, 1);
  draw_lid (s, ME_LEFT);
  look (s, &still, 0.1);
  g_assert_cmpfloat (s->lids.closure[ME_LEFT], >, SHUT);
  g_assert_cmpfloat (s->lids.closure[ME_RIGHT], <, 2 * OPEN);
  scene_free (s);
}

/* What is usual for one person's eyes says nothing about another's. */
static void
test_eyes_of_another_face_begin_anew (void)
{
  Scene *s = scene_new ();
  MePoint landmarks[ME_N_LANDMARKS];

  look (s, &still, 1);
  s->lids.open[ME_LEFT] = s->lids.open[ME_RIGHT] = 40;
  g_assert_cmpfloat (look (s, &still, 0.1), >, SHUT);
  memcpy (landmarks, s->lids.start, sizeof landmarks);
  me_lids_forget (&s->lids);
  me_lids_begin (&s->lids, landmarks, s->time_ns);
  g_assert_cmpfloat (look (s, &still, 0.1), <, OPEN);
  scene_free (s);
}

/* Less light, or a head that has moved since its landmarks were found. */
static void
test_light_and_motion_close_no_lids (void)
{
  const MeHeadMotion aside = { .tx = 4, .ty = -3 };
  MePoint moved = { aside.tx, aside.ty };
  Scene *s = scene_new ();
  MePoint corner;

  look (s, &still, 1);
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    s->luma[i] = s->open[i] / 2;
  g_assert_cmpfloat (look (s, &still, 0.1), <, OPEN);
  g_assert_cmpfloat (least_detail (s), >, 0.9);
  memcpy (s->luma, s->open, sizeof s->luma);
  corner = me_similarity_apply (&s->pose, (MePoint){ 0, 0 });
  moved = me_similarity_apply (&s->pose, moved);
  s->pose.tx -= moved.x - corner.x;
  s->pose.ty -= moved.y - corner.y;
  g_assert_cmpfloat (look (s, &aside, 0.1), <, OPEN);
  scene_free (s);
}

/* A fitter serves many faces: nothing of the one before may be left in the next. */
static void
test_a_fit_depends_on_its_picture_alone (void)
{
  Scene *s = scene_new ();
  MePoint shape[ME_N_LANDMARKS], first[ME_N_LANDMARKS], second[ME_N_LANDMARKS];
  MeCrop *other = g_memdup2 (&s->crop, sizeof s->crop);

  for (guint i = 0; i < G_N_ELEMENTS (other->half); i++)
    other->half[i] = 255 - other->half[i];
  for (int i = 0; i < ME_N_LANDMARKS; i++) /* near the edge, so that the fit may leave its area */
    shape[i] = (MePoint){ s->lids.start[i].x / 2 - 12, s->lids.start[i].y / 2 - 14 };
  memcpy (first, shape, sizeof first);
  memcpy (second, shape, sizeof second);
  g_assert_true (me_landmark_fit_in_crop (s->fitter, &s->crop, first));
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    shape[i] = (MePoint){ shape[i].x + 20, shape[i].y + 20 };
  g_assert_true (me_landmark_fit_in_crop (s->fitter, other, shape));
  g_assert_true (me_landmark_fit_in_crop (s->fitter, &s->crop, second));
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
  g_free (other);
  scene_free (s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lids/that-meet-are-closed", test_lids_that_meet_are_closed);
  g_test_add_func ("/lids/each-eye-by-itself", test_each_eye_closes_by_itself);
  g_test_add_func ("/lids/another-face-begins-anew", test_eyes_of_another_face_begin_anew);
  g_test_add_func ("/lids/light-and-motion-close-none", test_light_and_motion_close_no_lids);
  g_test_add_func ("/lids/a-fit-depends-on-its-picture", test_a_fit_depends_on_its_picture_alone);
  return g_test_run ();
}
