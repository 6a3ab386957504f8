/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whatever looks at a picture asks for the parts that it reads: it finds the same where the others
 * are hidden. */
#include <string.h>

#include "bench/sway-clip.h"
#include "finding/crop.h"
#include "finding/face-finder.h"
#include "finding/repeats.h"
#include "finding/scan.h"
#include "finding/thumbnail.h"
#include "unit/hidden-picture.h"

#define FRAME_NS (G_GUINT64_CONSTANT (1000000000) / 25)
#define N_FRAMES 200

/* The clip, whole and hidden. */
typedef struct
{
  SwayClip *clip;
  HiddenPicture *picture;
  MeFrame whole, hidden;
} Pair;

static void
begin (Pair *pair)
{
  char *file = g_test_build_filename (G_TEST_DIST, "data", "face.jpg", NULL);

  pair->clip = sway_clip_new (file, NULL);
  g_assert_nonnull (pair->clip);
  pair->picture = hidden_picture_new ();
  g_free (file);
}

static void
end (Pair *pair)
{
  hidden_picture_free (pair->picture);
  sway_clip_free (pair->clip);
}

static void
draw (Pair *pair, guint n)
{
  pair->whole = (MeFrame){ sway_clip_draw (pair->clip, n), SWAY_CLIP_WIDTH, SWAY_CLIP_HEIGHT,
    SWAY_CLIP_WIDTH, 1, n * FRAME_NS, NULL };
  pair->hidden = hidden_picture_hide (pair->picture, &pair->whole, (guint8)(83 * n));
}

static void
test_thumbnails_ask_for_their_rows (void)
{
  Pair pair;

  begin (&pair);
  draw (&pair, 0);
  for (int size = 1; size <= 480; size += 53) {
    MeFrame whole = pair.whole, hidden;
    MeThumbnail a, b;
    whole.width = whole.height = size;
    hidden = hidden_picture_hide (pair.picture, &whole, 99);
    me_thumbnail_make (&a, &whole);
    me_thumbnail_make (&b, &hidden);
    g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  }
  end (&pair);
}

static void
test_repeats_ask_for_their_rows (void)
{
  MeRepeats a, b;
  Pair pair;

  begin (&pair);
  me_repeats_init (&a);
  me_repeats_init (&b);
  for (guint n = 0; n < 3; n++) {
    draw (&pair, n);
    me_repeats_add (&a, &pair.whole);
    me_repeats_add (&b, &pair.hidden);
    g_assert_cmpmem (a.samples, sizeof a.samples, b.samples, sizeof b.samples);
  }
  end (&pair);
}

/* Upright, turned, averaged, and across the border of the frame. */
static void
test_crops_ask_for_what_they_cover (void)
{
  static const MeSimilarity poses[] = { { 1, 0, 200, 100 }, { 0.3f, 0.2f, 300, 200 },
    { 2.4f, -0.4f, 40, 90 }, { 3.1f, 0.5f, -100, -50 }, { 1, 1, 500, 300 } };
  static float whole[ME_CROP_PX * ME_CROP_PX], hidden[ME_CROP_PX * ME_CROP_PX];
  MeCropper *cropper = me_cropper_new ();
  Pair pair;

  begin (&pair);
  for (guint i = 0; i < G_N_ELEMENTS (poses); i++) {
    draw (&pair, i);
    g_assert_true (me_cropper_sample (cropper, &pair.whole, &poses[i], whole, ME_CROP_PX));
    g_assert_true (me_cropper_sample (cropper, &pair.hidden, &poses[i], hidden, ME_CROP_PX));
    g_assert_cmpmem (whole, sizeof whole, hidden, sizeof hidden);
  }
  end (&pair);
  me_cropper_free (cropper);
}

static void
test_the_scan_asks_for_its_rows (void)
{
  MeScan *a = me_scan_new (), *b = me_scan_new ();
  guint n_areas = 0;
  Pair pair;

  begin (&pair);
  draw (&pair, 0);
  me_scan_begin (a, &pair.whole, 40, 80, 80);
  me_scan_begin (b, &pair.hidden, 40, 80, 80);
  for (guint n = 1; n < N_FRAMES; n++) {
    const MeSearchArea *area, *other;
    draw (&pair, n);
    do {
      area = me_scan_next (a, &pair.whole, 5 * FRAME_NS, NULL, 0);
      other = me_scan_next (b, &pair.hidden, 5 * FRAME_NS, NULL, 0);
      g_assert_true (!area == !other);
      if (area)
        g_assert_cmpmem (&area->box, sizeof area->box, &other->box, sizeof other->box);
      n_areas += area ? 1 : 0;
    } while (area);
  }
  g_assert_cmpuint (n_areas, >, 0);
  end (&pair);
  me_scan_free (a);
  me_scan_free (b);
}

static void
test_the_finder_asks_for_its_area (void)
{
  static const MeSearchArea areas[] = { { { 60, 10, 520, 460 }, 120, ME_SIZES_ALL },
    { { 60, 10, 520, 460 }, 80, ME_SIZES_ALL } };
  MeFaceFinder *finder = me_face_finder_new (NULL);
  Pair pair;

  begin (&pair);
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++) {
    MeDetection a[4], b[4];
    guint n;
    draw (&pair, i);
    n = me_face_finder_search (finder, &pair.whole, &areas[i], a, G_N_ELEMENTS (a));
    g_assert_cmpuint (n, >, 0);
    g_assert_cmpuint (
        me_face_finder_search (finder, &pair.hidden, &areas[i], b, G_N_ELEMENTS (b)), ==, n);
    g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
  }
  end (&pair);
  me_face_finder_free (finder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parts/thumbnails-ask-for-their-rows", test_thumbnails_ask_for_their_rows);
  g_test_add_func ("/parts/repeats-ask-for-their-rows", test_repeats_ask_for_their_rows);
  g_test_add_func ("/parts/crops-ask-for-what-they-cover", test_crops_ask_for_what_they_cover);
  g_test_add_func ("/parts/the-scan-asks-for-its-rows", test_the_scan_asks_for_its_rows);
  g_test_add_func ("/parts/the-finder-asks-for-its-area", test_the_finder_asks_for_its_area);
  return g_test_run ();
}
