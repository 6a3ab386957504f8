/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The search for new faces: where and when it looks. Pictures are one row that is repeated. */
#include "finding/scan.h"

#include <math.h>
#include <string.h>

#define ROUND_NS G_GUINT64_CONSTANT (500000000)
#define FRAME_NS G_GUINT64_CONSTANT (40000000)
#define PATIENCE 8 /* rounds */
#define WALL 100
#define OTHER 160
#define SIZE_STEP 1.2 /* between the sizes of faces */
#define BIG 1e9       /* faces of no size were searched already */

/* A picture in which nothing moves: one row, which is all there is to see. */
static MeFrame
still (int width, int height, double pixel_aspect)
{
  guint8 *row = g_malloc ((gsize)width);

  memset (row, WALL, (gsize)width);
  return (MeFrame){ row, width, height, 0, pixel_aspect, 0, NULL };
}

static void
still_free (MeFrame *frame)
{
  g_free ((guint8 *)frame->luma);
}

/* How many areas are searched in the frames until then, by a round of so long. */
static guint
search_until (MeScan *scan, MeFrame *frame, guint64 until_ns, const MeBox *known, guint n_known)
{
  guint n = 0;

  for (; frame->time_ns < until_ns; frame->time_ns += FRAME_NS)
    while (me_scan_next (scan, frame, ROUND_NS, known, n_known))
      n++;
  return n;
}

/* ---- what is searched ---- */

static gboolean
same_area (const MeSearchArea *a, const MeSearchArea *b)
{
  return memcmp (&a->box, &b->box, sizeof a->box) == 0 && a->smallest_px == b->smallest_px;
}

static void
note_area (GArray *areas, const MeSearchArea *area)
{
  for (guint i = 0; i < areas->len; i++)
    if (same_area (&g_array_index (areas, MeSearchArea, i), area))
      return;
  g_array_append_val (areas, *area);
}

/* All areas of the plan. Free with g_array_unref(). */
static GArray *
whole_plan (MeScan *scan, MeFrame *frame, double smallest_px, double coarse_px)
{
  GArray *areas = g_array_new (FALSE, FALSE, sizeof (MeSearchArea));
  const MeSearchArea *area;

  me_scan_begin (scan, frame, smallest_px, coarse_px, BIG);
  for (guint quiet = 0; quiet < 3; frame->time_ns += ROUND_NS) {
    guint before = areas->len;
    while ((area = me_scan_next (scan, frame, ROUND_NS, NULL, 0)))
      note_area (areas, area);
    quiet = areas->len == before ? quiet + 1 : 0;
  }
  return areas;
}

static gboolean
contains (const MeBox *outer, double x, double y, double width, double height)
{
  return x >= outer->x - 1 && y >= outer->y - 1 && x + width <= outer->x + outer->width + 1 &&
         y + height <= outer->y + outer->height + 1;
}

/* Whether some area for faces of that size holds all of the box (pixels of the frame). */
static gboolean
is_covered (const GArray *areas, double face_px, double x, double y, double width, double height)
{
  for (guint i = 0; i < areas->len; i++) {
    const MeSearchArea *area = &g_array_index (areas, MeSearchArea, i);
    double largest = area->n_sizes == ME_SIZES_ALL ? BIG : area->smallest_px * SIZE_STEP;
    if (face_px >= area->smallest_px * 0.999 && face_px <= largest * 1.001 &&
        contains (&area->box, x, y, width, height))
      return TRUE;
  }
  return FALSE;
}

#define N_PLACES 23

static void
assert_faces_are_covered (const MeFrame *frame, const GArray *areas, double face_px)
{
  double width = face_px / frame->pixel_aspect, height = face_px;

  for (int i = 0; i < N_PLACES * N_PLACES; i++) {
    double x = (frame->width - width) * (i % N_PLACES) / (N_PLACES - 1);
    double y = (frame->height - height) * (i / N_PLACES) / (N_PLACES - 1);
    if (!is_covered (areas, face_px, x, y, width, height))
      g_error ("a face of %g px at %g %g is not covered", face_px, x, y);
  }
}

static void
test_faces_of_every_size_lie_within_an_area (void)
{
  static const struct
  {
    int width, height;
    double pixel_aspect, smallest_px;
  } pictures[] = { { 640, 480, 1, 80 }, { 1280, 720, 1, 80 }, { 1920, 1080, 1, 40 },
    { 720, 576, 16 / 15., 80 }, { 480, 640, 1, 20 }, { 4000, 90, 1, 80 }, { 90, 4000, 1, 80 },
    { 640, 480, 16, 80 }, { 640, 480, 1 / 16., 33 } };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    MeFrame frame = still (pictures[i].width, pictures[i].height, pictures[i].pixel_aspect);
    double most = MIN (frame.width * frame.pixel_aspect, frame.height);
    MeScan *scan = me_scan_new ();
    GArray *areas = whole_plan (scan, &frame, pictures[i].smallest_px, most / 6);

    for (double face = pictures[i].smallest_px * SIZE_STEP; face < most; face *= 1.13)
      assert_faces_are_covered (&frame, areas, face);
    g_array_unref (areas);
    me_scan_free (scan);
    still_free (&frame);
  }
}

static void
test_areas_lie_within_frames_of_any_size (void)
{
  static const struct
  {
    int width, height;
    double pixel_aspect;
  } pictures[] = { { 1, 1, 1 }, { 1, 1, 16 }, { 2, 3, 1 / 16. }, { 1, 5000, 1 }, { 5000, 1, 16 },
    { 17, 9, 1 }, { 185, 185, 1 }, { 3840, 2160, 1 }, { 8192, 8192, 1 }, { 100000, 3, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    MeFrame frame = still (pictures[i].width, pictures[i].height, pictures[i].pixel_aspect);
    MeScan *scan = me_scan_new ();
    GArray *areas = whole_plan (scan, &frame, 80, 80);

    g_assert_cmpuint (areas->len, >, 0);
    for (guint k = 0; k < areas->len; k++) {
      const MeSearchArea *area = &g_array_index (areas, MeSearchArea, k);
      g_assert_cmpint (area->box.x, >=, 0);
      g_assert_cmpint (area->box.y, >=, 0);
      g_assert_cmpint (area->box.width, >, 0);
      g_assert_cmpint (area->box.height, >, 0);
      g_assert_cmpint (area->box.x + area->box.width, <=, frame.width);
      g_assert_cmpint (area->box.y + area->box.height, <=, frame.height);
      g_assert_cmpfloat (area->smallest_px, >=, 79);
    }
    g_array_unref (areas);
    me_scan_free (scan);
    still_free (&frame);
  }
}

/* ---- when ---- */

static void
test_a_still_picture_is_searched_again_after_patience (void)
{
  MeFrame frame = still (640, 480, 1);
  MeScan *scan = me_scan_new ();
  guint n;

  me_scan_begin (scan, &frame, 80, 80, BIG);
  n = search_until (scan, &frame, 2 * ROUND_NS, NULL, 0);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (search_until (scan, &frame, PATIENCE * ROUND_NS, NULL, 0), ==, 0);
  g_assert_cmpuint (search_until (scan, &frame, (PATIENCE + 2) * ROUND_NS, NULL, 0), ==, n);
  g_assert_cmpuint (search_until (scan, &frame, (2 * PATIENCE) * ROUND_NS, NULL, 0), ==, 0);
  me_scan_again (scan);
  g_assert_cmpuint (search_until (scan, &frame, (2 * PATIENCE + 2) * ROUND_NS, NULL, 0), ==, n);
  me_scan_free (scan);
  still_free (&frame);
}

#define WIDTH 640
#define HEIGHT 480

/* A picture with a square in it. */
static void
draw_square (guint8 *luma, int left, int top, int size)
{
  memset (luma, WALL, WIDTH * HEIGHT);
  for (int y = top; y < top + size; y++)
    memset (luma + y * WIDTH + left, OTHER, (gsize)size);
}

/* Whether an area that holds the square, for faces of its size, is searched in one round. */
static gboolean
is_noticed (MeScan *scan, MeFrame *frame, const MeBox *square, guint64 round_ns, const MeBox *known)
{
  guint64 end_ns = frame->time_ns + round_ns + FRAME_NS;
  gboolean noticed = FALSE;

  for (; frame->time_ns <= end_ns; frame->time_ns += FRAME_NS) {
    const MeSearchArea *area;
    while ((area = me_scan_next (scan, frame, ROUND_NS, known, known ? 1 : 0)))
      noticed |= area->smallest_px <= square->width &&
                 contains (&area->box, square->x, square->y, square->width, square->height);
  }
  return noticed;
}

/* After two rounds in which nothing happened. */
static MeScan *
settled (MeFrame *frame, guint8 *luma, double smallest_px)
{
  MeScan *scan = me_scan_new ();

  memset (luma, WALL, WIDTH * HEIGHT);
  *frame = (MeFrame){ luma, WIDTH, HEIGHT, WIDTH, 1, 0, NULL };
  me_scan_begin (scan, frame, smallest_px, smallest_px, BIG);
  search_until (scan, frame, 2 * ROUND_NS, NULL, 0);
  return scan;
}

static void
test_what_changes_is_searched_within_a_round (void)
{
  static const int sizes[] = { 96, 130, 200, 330 };
  guint8 *luma = g_malloc (WIDTH * HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int place = 0; place < 25; place++) {
      MeBox square = { (WIDTH - sizes[i]) * (place % 5) / 4, (HEIGHT - sizes[i]) * (place / 5) / 4,
        sizes[i], sizes[i] };
      MeFrame frame;
      MeScan *scan = settled (&frame, luma, 80);
      draw_square (luma, square.x, square.y, square.width);
      g_assert_true (is_noticed (scan, &frame, &square, ROUND_NS, NULL));
      me_scan_free (scan);
    }
  g_free (luma);
}

static void
test_what_is_much_smaller_than_a_face_is_not_searched (void)
{
  guint8 *luma = g_malloc (WIDTH * HEIGHT);
  MeFrame frame;
  MeScan *scan = settled (&frame, luma, 80);

  draw_square (luma, 300, 200, 40);
  g_assert_cmpuint (search_until (scan, &frame, 6 * ROUND_NS, NULL, 0), ==, 0);
  me_scan_free (scan);
  g_free (luma);
}

static void
test_a_known_head_is_not_searched_but_what_else_changes (void)
{
  MeBox known = { 250, 150, 200, 220 }, head = { 270, 170, 150, 150 }, other = { 20, 30, 150, 150 };
  guint8 *luma = g_malloc (WIDTH * HEIGHT);
  MeFrame frame;
  MeScan *scan = settled (&frame, luma, 80);

  draw_square (luma, head.x, head.y, head.width);
  g_assert_cmpuint (search_until (scan, &frame, 6 * ROUND_NS, &known, 1), ==, 0);
  for (int y = other.y; y < other.y + other.height; y++)
    memset (luma + y * WIDTH + other.x, OTHER, (gsize)other.width);
  g_assert_true (is_noticed (scan, &frame, &other, 2 * ROUND_NS, &known));
  g_assert_true (is_noticed (scan, &frame, &head, ROUND_NS, NULL));
  me_scan_free (scan);
  g_free (luma);
}

/* What was searched in the whole frame is not searched at once again. */
static void
test_sizes_that_were_searched_at_the_start_wait (void)
{
  MeFrame frame = still (640, 480, 1);
  MeScan *scan = me_scan_new ();
  const MeSearchArea *area;
  guint n = 0;

  me_scan_begin (scan, &frame, 80, 80, 120);
  for (; frame.time_ns < 2 * ROUND_NS; frame.time_ns += FRAME_NS)
    while ((area = me_scan_next (scan, &frame, ROUND_NS, NULL, 0))) {
      g_assert_cmpfloat (area->smallest_px, <, 120);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
  me_scan_free (scan);
  still_free (&frame);
}

/* The areas of a round are spread over its frames. */
static void
test_no_frame_is_searched_in_many_areas (void)
{
  MeFrame frame = still (1920, 1080, 1);
  MeScan *scan = me_scan_new ();

  me_scan_begin (scan, &frame, 40, 180, BIG);
  for (; frame.time_ns < 20 * ROUND_NS; frame.time_ns += ROUND_NS / 40) {
    guint n = 0;
    while (me_scan_next (scan, &frame, ROUND_NS, NULL, 0))
      n++;
    g_assert_cmpuint (n, <=, 2);
  }
  me_scan_free (scan);
  still_free (&frame);
}

/* No more than what was left of one round and all of the next, however long it was. */
static void
test_a_hole_in_time_costs_no_more_than_two_rounds (void)
{
  static const guint64 holes[] = { ROUND_NS, 3600 * 2 * ROUND_NS,
    G_GUINT64_CONSTANT (1000000000000000000) };
  MeFrame frame = still (640, 480, 1);
  MeScan *scan = me_scan_new ();
  guint all;

  me_scan_begin (scan, &frame, 80, 80, BIG);
  all = search_until (scan, &frame, ROUND_NS, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (holes); i++) {
    guint n = 0;
    me_scan_again (scan);
    frame.time_ns += holes[i];
    while (me_scan_next (scan, &frame, ROUND_NS, NULL, 0))
      n++;
    g_assert_cmpuint (n, <=, 2 * all);
    n += search_until (scan, &frame, frame.time_ns + 2 * ROUND_NS, NULL, 0);
    g_assert_cmpuint (n, ==, all);
  }
  me_scan_free (scan);
  still_free (&frame);
}

static void
test_another_picture_is_planned_anew (void)
{
  MeScan *scan = me_scan_new ();

  for (int width = 1280; width >= 1; width /= 2) {
    MeFrame frame = still (width, width, 1);
    GArray *areas = whole_plan (scan, &frame, 80, 80);
    for (guint i = 0; i < areas->len; i++)
      g_assert_cmpint (g_array_index (areas, MeSearchArea, i).box.width, <=, width);
    g_array_unref (areas);
    still_free (&frame);
  }
  me_scan_free (scan);
}

/* ---- around a face ---- */

static void
test_around_a_face_is_within_the_frame_or_nowhere (void)
{
  static const struct
  {
    MeDetection box;
    gboolean inside;
  } boxes[] = { { { 300, 200, 100, 100, 0 }, TRUE }, { { -80, -80, 100, 100, 0 }, TRUE },
    { { 620, 460, 100, 100, 0 }, TRUE }, { { -500, 10, 100, 100, 0 }, FALSE },
    { { 10, 900, 100, 100, 0 }, FALSE }, { { NAN, 10, 100, 100, 0 }, FALSE },
    { { 10, 10, NAN, 100, 0 }, FALSE }, { { 10, 10, -100, 100, 0 }, FALSE },
    { { 1e30f, 10, 100, 100, 0 }, FALSE }, { { -1e30f, -1e30f, 2e30f, 2e30f, 0 }, TRUE } };
  MeFrame frame = still (640, 480, 1);

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    MeSearchArea area;
    g_assert_cmpint (me_scan_around (&frame, &boxes[i].box, &area), ==, boxes[i].inside);
    if (!boxes[i].inside)
      continue;
    g_assert_cmpint (area.box.x, >=, 0);
    g_assert_cmpint (area.box.y, >=, 0);
    g_assert_cmpint (area.box.x + area.box.width, <=, frame.width);
    g_assert_cmpint (area.box.y + area.box.height, <=, frame.height);
    g_assert_cmpfloat (area.smallest_px, <, boxes[i].box.width);
  }
  still_free (&frame);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/scan/faces-of-every-size-lie-within-an-area", test_faces_of_every_size_lie_within_an_area);
  g_test_add_func (
      "/scan/areas-lie-within-frames-of-any-size", test_areas_lie_within_frames_of_any_size);
  g_test_add_func ("/scan/a-still-picture-is-searched-again-after-patience",
      test_a_still_picture_is_searched_again_after_patience);
  g_test_add_func ("/scan/what-changes-is-searched-within-a-round",
      test_what_changes_is_searched_within_a_round);
  g_test_add_func ("/scan/what-is-much-smaller-than-a-face-is-not-searched",
      test_what_is_much_smaller_than_a_face_is_not_searched);
  g_test_add_func ("/scan/a-known-head-is-not-searched-but-what-else-changes",
      test_a_known_head_is_not_searched_but_what_else_changes);
  g_test_add_func ("/scan/sizes-that-were-searched-at-the-start-wait",
      test_sizes_that_were_searched_at_the_start_wait);
  g_test_add_func (
      "/scan/no-frame-is-searched-in-many-areas", test_no_frame_is_searched_in_many_areas);
  g_test_add_func ("/scan/a-hole-in-time-costs-no-more-than-two-rounds",
      test_a_hole_in_time_costs_no_more_than_two_rounds);
  g_test_add_func ("/scan/another-picture-is-planned-anew", test_another_picture_is_planned_anew);
  g_test_add_func ("/scan/around-a-face-is-within-the-frame-or-nowhere",
      test_around_a_face_is_within_the_frame_or_nowhere);
  return g_test_run ();
}
