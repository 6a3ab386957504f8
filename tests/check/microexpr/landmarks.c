/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The built-in landmark model on the built-in face. */
#include <gst/check/gstcheck.h>
#include <math.h>

#include "finding/landmarker.h"
#include "testsrc/face.h"

/* The face in gray, reduced by a whole number, its luma times gain plus lift. */
typedef struct
{
  guint8 *luma;
  MeFrame frame;
  MePoint truth[ME_N_LANDMARKS];
  float ipd;
  MeDetection box;
} Picture;

static guint8
mean_luma (const GdkPixbuf *photo, int x0, int y0, int step)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (photo);
  int channels = gdk_pixbuf_get_n_channels (photo), sum = 0;

  for (int y = y0; y < y0 + step; y++)
    for (int x = x0; x < x0 + step; x++) {
      const guint8 *rgb = pixels + y * gdk_pixbuf_get_rowstride (photo) + x * channels;
      sum += (77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2]) >> 8;
    }
  return (guint8)(sum / (step * step));
}

static void
picture_init (Picture *p, int step, double gain, double lift)
{
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (NULL, NULL);
  int width = gdk_pixbuf_get_width (face->photo) / step;
  int height = gdk_pixbuf_get_height (face->photo) / step;
  MeFaceFinder *finder = me_face_finder_new (NULL);

  fail_unless (finder != NULL);
  p->luma = g_malloc ((gsize)width * (gsize)height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      double value = gain * mean_luma (face->photo, x * step, y * step, step) + lift;
      p->luma[y * width + x] = (guint8)CLAMP (value, 0, 255);
    }
  p->frame = (MeFrame){ .luma = p->luma, width, height, (gsize)width, 1, 0, NULL };
  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    p->truth[i].x = (face->landmarks[i].x + 0.5f) / (float)step - 0.5f;
    p->truth[i].y = (face->landmarks[i].y + 0.5f) / (float)step - 0.5f;
  }
  p->ipd = gst_microexpr_test_face_ipd (face) / (float)step;
  fail_unless_equals_int (me_face_finder_detect (finder, &p->frame, 80, &p->box, 1), 1);
  me_face_finder_free (finder);
  gst_microexpr_test_face_free (face);
}

/* Mean distance, % IPD. */
static float
distance (const Picture *p, const MePoint a[ME_N_LANDMARKS], const MePoint b[ME_N_LANDMARKS])
{
  float sum = 0;

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    sum += hypotf (a[i].x - b[i].x, a[i].y - b[i].y) / (float)ME_N_LANDMARKS;
  return 100 * sum / p->ipd;
}

static const struct
{
  int step;
  double gain, lift;
} pictures[] = { { 1, 1, 0 }, { 2, 1, 0 }, { 3, 1, 0 }, { 2, 0.3, 10 }, { 2, 1.2, 30 } };

GST_START_TEST (test_landmarks_lie_on_the_face)
{
  MeLandmarker *landmarker = me_landmarker_new (NULL, NULL);
  MePoint found[ME_N_LANDMARKS];
  Picture p;
  float score;

  picture_init (&p, pictures[__i__].step, pictures[__i__].gain, pictures[__i__].lift);
  fail_unless (me_landmarker_find (landmarker, &p.frame, &p.box, found, &score));
  fail_unless (distance (&p, found, p.truth) < 3, "%.2f %% IPD", distance (&p, found, p.truth));
  fail_unless (score > 0.9, "score %.2f", score);
  g_free (p.luma);
  me_landmarker_free (landmarker);
}
GST_END_TEST

GST_START_TEST (test_what_is_no_face_gets_a_low_score)
{
  MeLandmarker *landmarker = me_landmarker_new (NULL, NULL);
  MePoint found[ME_N_LANDMARKS];
  Picture p;
  float score;

  picture_init (&p, 2, 1, 0);
  for (int i = 0; i < 4; i++) { /* the corners of the picture: wall, hair, shirt */
    MeDetection box = p.box;
    box.x = i % 2 ? (float)p.frame.width - box.width : 0;
    box.y = i / 2 ? (float)p.frame.height - box.height / 2 : -box.height / 2;
    if (me_landmarker_find (landmarker, &p.frame, &box, found, &score))
      fail_unless (score < 0.5 || distance (&p, found, p.truth) < 5, "score %.2f", score);
  }
  for (int i = 0; i < p.frame.width * p.frame.height; i++)
    p.luma[i] = (guint8)(128 + 100 * sin (i * 0.37) * sin (i / p.frame.width * 0.21));
  fail_unless (me_landmarker_find (landmarker, &p.frame, &p.box, found, &score));
  fail_unless (score < 0.1, "score %.2f", score);
  g_free (p.luma);
  me_landmarker_free (landmarker);
}
GST_END_TEST

GST_START_TEST (test_followed_landmarks_do_not_drift)
{
  MeLandmarker *landmarker = me_landmarker_new (NULL, NULL);
  MePoint first[ME_N_LANDMARKS], now[ME_N_LANDMARKS];
  Picture p;
  float score;

  picture_init (&p, 2, 1, 0);
  fail_unless (me_landmarker_find (landmarker, &p.frame, &p.box, first, &score));
  memcpy (now, first, sizeof now);
  for (int i = 0; i < 50; i++)
    fail_unless (me_landmarker_improve (landmarker, &p.frame, now, &score) && score > 0.9);
  fail_unless (distance (&p, now, first) < 1, "%.2f %% IPD", distance (&p, now, first));
  g_free (p.luma);
  me_landmarker_free (landmarker);
}
GST_END_TEST

GST_START_TEST (test_a_box_beside_the_picture_finds_nothing)
{
  MeLandmarker *landmarker = me_landmarker_new (NULL, NULL);
  MePoint found[ME_N_LANDMARKS];
  Picture p;
  MeDetection far = { 1e6f, 1e6f, 100, 100, 1 }, none = { 10, 10, 0, 0, 1 };
  float score;

  picture_init (&p, 2, 1, 0);
  fail_if (me_landmarker_find (landmarker, &p.frame, &far, found, &score));
  fail_if (me_landmarker_find (landmarker, &p.frame, &none, found, &score));
  g_free (p.luma);
  me_landmarker_free (landmarker);
}
GST_END_TEST

static Suite *
landmarks_suite (void)
{
  Suite *s = suite_create ("landmarks");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_landmarks_lie_on_the_face, 0, G_N_ELEMENTS (pictures));
  tcase_add_test (tc, test_what_is_no_face_gets_a_low_score);
  tcase_add_test (tc, test_followed_landmarks_do_not_drift);
  tcase_add_test (tc, test_a_box_beside_the_picture_finds_nothing);
  return s;
}

GST_CHECK_MAIN (landmarks)
