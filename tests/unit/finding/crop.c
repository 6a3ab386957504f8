/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The crop against the same in double precision, pixel by pixel: turned, averaged down, over the
 * edge, of frames that are small or have narrow pixels. */
#include "finding/crop.h"

#include <math.h>

#define PADDING 7 /* bytes after each row */
#define CLOSE 0.8 /* luma: what averages in 8 bits and places in 1/65536 px cost */
#define SMALL_PX 24
#define NO_STEP 1.7 /* frame pixels that a pixel of the crop may hold before any are averaged */

typedef struct
{
  int width, height;
  double pixel_aspect;
} Size;

/* Luma that differs from pixel to pixel; what is no pixel is far from all. */
static MeFrame
picture (const Size *size)
{
  gsize stride = (gsize)size->width + PADDING;
  guint8 *luma = g_malloc (stride * (gsize)size->height);
  guint32 noise = 1;

  for (gsize i = 0; i < stride * (gsize)size->height; i++) {
    noise = noise * 1664525u + 1013904223u;
    luma[i] = i % stride < (gsize)size->width ? (guint8)(noise >> 26) + 64 : 255;
  }
  return (MeFrame){ luma, size->width, size->height, stride, size->pixel_aspect, 0, NULL };
}

/* ---- the reference ---- */

/* Mean of cell x, y of step x step pixels; beyond the last whole cell that one is repeated. */
static double
cell (const MeFrame *frame, int step, double x, double y)
{
  int column = (int)CLAMP (x, 0, frame->width / step - 1) * step;
  int row = (int)CLAMP (y, 0, frame->height / step - 1) * step;
  double sum = 0;

  for (int j = row; j < row + step; j++)
    for (int i = column; i < column + step; i++)
      sum += frame->luma[(gsize)j * frame->stride + (gsize)i];
  return sum / (step * step);
}

static double
seen (const MeFrame *frame, const MeSimilarity *pose, int step, int i, int j)
{
  double x = ((double)pose->a * i - (double)pose->b * j + pose->tx) / frame->pixel_aspect;
  double y = (double)pose->b * i + (double)pose->a * j + pose->ty;
  x = (x - (step - 1) / 2.0) / step, y = (y - (step - 1) / 2.0) / step;
  double left = floor (x), upper = floor (y), fx = x - left, fy = y - upper;
  double top =
      (1 - fx) * cell (frame, step, left, upper) + fx * cell (frame, step, left + 1, upper);
  double bottom =
      (1 - fx) * cell (frame, step, left, upper + 1) + fx * cell (frame, step, left + 1, upper + 1);

  return (1 - fy) * top + fy * bottom;
}

static int
step_of (const MeSimilarity *pose)
{
  double scale = hypot (pose->a, pose->b);

  return scale < NO_STEP ? 1 : (int)(scale + 2 - NO_STEP);
}

/* The square of that size, turned and scaled, with its middle there (shares of the frame). */
static MeSimilarity
pose_at (const MeFrame *frame, int size_px, double scale, double degrees, double x, double y)
{
  double turn = degrees * G_PI / 180, a = scale * cos (turn), b = scale * sin (turn);
  double middle = size_px / 2.0;

  return (MeSimilarity){ (float)a, (float)b,
    (float)(x * frame->width * frame->pixel_aspect - (a - b) * middle),
    (float)(y * frame->height - (a + b) * middle) };
}

static void
assert_as_in_double_precision (
    MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, int size_px)
{
  static float pixels[ME_CROP_PX * ME_CROP_PX];
  int step = step_of (pose);
  double worst = 0;

  g_assert_true (me_cropper_sample (cropper, frame, pose, pixels, size_px));
  for (int j = 0; j < size_px; j++)
    for (int i = 0; i < size_px; i++)
      worst = fmax (worst, fabs (pixels[j * size_px + i] - seen (frame, pose, step, i, j)));
  g_assert_cmpfloat (worst, <, CLOSE);
}

/* ---- tests ---- */

static void
test_every_pixel_is_as_in_double_precision (void)
{
  static const Size sizes[] = { { 640, 480, 1 }, { 321, 243, 16 / 15. }, { 97, 301, 2 },
    { 1301, 67, 1 / 16. }, { 67, 1301, 16 }, { 23, 17, 1 } };
  static const double scales[] = { 0.1, 0.7, 1, 1.65, 1.75, 2.65, 2.75, 3.8, 5.2 };
  static const double turns[] = { 0, 17, 90, 180, -133 };
  static const double places[][2] = { { 0.5, 0.5 }, { 0, 0 }, { 1, 0.9 }, { 0.03, 1 }, { 1, 0 } };
  MeCropper *cropper = me_cropper_new ();

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    MeFrame frame = picture (&sizes[s]);
    for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
      for (guint k = 0; k < G_N_ELEMENTS (turns); k++) {
        const double *place = places[(i + k) % G_N_ELEMENTS (places)];
        int size_px = (i + k) % 3 ? 41 : ME_CROP_PX;
        MeSimilarity pose = pose_at (&frame, size_px, scales[i], turns[k], place[0], place[1]);
        assert_as_in_double_precision (cropper, &frame, &pose, size_px);
      }
    g_free ((guint8 *)frame.luma);
  }
  me_cropper_free (cropper);
}

static void
test_what_misses_the_frame_is_refused (void)
{
  static const double places[][2] = { { -3, 0.5 }, { 4, 0.5 }, { 0.5, -3 }, { 0.5, 4 },
    { 1e30, 0.5 }, { NAN, 0.5 }, { 0.5, INFINITY } };
  MeFrame frame = picture (&(Size){ 160, 120, 1 });
  MeCropper *cropper = me_cropper_new ();
  MeCrop crop;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    MeSimilarity pose = pose_at (&frame, ME_CROP_PX, 1, 0, places[i][0], places[i][1]);
    g_assert_false (me_cropper_crop (cropper, &frame, &pose, &crop));
  }
  g_assert_false (me_cropper_crop (NULL, &frame, &(MeSimilarity){ 1, 0, 0, 0 }, &crop));
  me_cropper_free (cropper);
  g_free ((guint8 *)frame.luma);
}

/* Frames of a few pixels, poses from nothing to beyond all measure: luma of the frame or FALSE. */
static void
test_no_pose_reads_outside_the_frame (void)
{
  static const int sides[] = { 1, 2, 3, 9, 300 };
  static const double aspects[] = { 1 / 16., 1, 16 };
  static const double scales[] = { 0, 1e-30, 1, 100, 255.6, 300, 1e5, 1e30, 3e38 };
  static const double places[] = { -0.5, 0, 0.5, 1, 1.5 };
  MeCropper *cropper = me_cropper_new ();
  float pixels[SMALL_PX * SMALL_PX];

  for (guint n = 0; n < 25 * 3; n++) {
    MeFrame frame = picture (&(Size){ sides[n % 5], sides[n / 5 % 5], aspects[n / 25] });
    for (guint k = 0; k < G_N_ELEMENTS (scales) * 25; k++) {
      MeSimilarity pose = pose_at (
          &frame, SMALL_PX, scales[k / 25], 30 * (k % 7), places[k % 5], places[k / 5 % 5]);
      if (!me_cropper_sample (cropper, &frame, &pose, pixels, SMALL_PX))
        continue;
      for (int i = 0; i < SMALL_PX * SMALL_PX; i++)
        g_assert_true (pixels[i] >= 63.9f && pixels[i] <= 127.6f);
    }
    g_free ((guint8 *)frame.luma);
  }
  me_cropper_free (cropper);
}

static void
test_the_half_level_is_half_as_large (void)
{
  MeFrame frame = picture (&(Size){ ME_CROP_PX, ME_CROP_PX, 1 });
  MeCropper *cropper = me_cropper_new ();
  static MeCrop crop;

  for (int y = 0; y < ME_CROP_PX; y++)
    for (int x = 0; x < ME_CROP_PX; x++)
      ((guint8 *)frame.luma)[(gsize)y * frame.stride + (gsize)x] = (guint8)(30 + (x + y) / 2);
  g_assert_true (me_cropper_crop (cropper, &frame, &(MeSimilarity){ 1, 0, 0, 0 }, &crop));
  for (int y = 1; y < ME_CROP_HALF_PX - 1; y++)
    for (int x = 1; x < ME_CROP_HALF_PX - 1; x++)
      g_assert_cmpfloat_with_epsilon (crop.half[y * ME_CROP_HALF_PX + x], 30 + x + y, 0.5);
  me_cropper_free (cropper);
  g_free ((guint8 *)frame.luma);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/crop/every-pixel-is-as-in-double-precision", test_every_pixel_is_as_in_double_precision);
  g_test_add_func ("/crop/what-misses-the-frame-is-refused", test_what_misses_the_frame_is_refused);
  g_test_add_func ("/crop/no-pose-reads-outside-the-frame", test_no_pose_reads_outside_the_frame);
  g_test_add_func ("/crop/the-half-level-is-half-as-large", test_the_half_level_is_half_as_large);
  return g_test_run ();
}
