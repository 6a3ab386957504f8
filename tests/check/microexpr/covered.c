/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is drawn over a face is no movement of it, and does not hide one elsewhere on the face. */
#include "check/microexpr/chain-run.h"
#include "drawn-over.h"

#define FPS 30
#define SECONDS 10
#define WIDTH 480
#define HEIGHT 360
#define ELEMENTS                                                                                   \
  "capsfilter caps=video/x-raw,format=I420 ! identity name=here signal-handoffs=true ! microexpr"
#define RESTING "1000s micro AU12 1 300ms"
#define BROWS                                                                                      \
  "3s micro AU1+2 4 300ms; 5s micro AU4 4 300ms; 7s micro AU1+2 4 300ms; 9s micro AU4 4 300ms"

/* Of the built-in face at this size. */
static const DrawnFace face = { WIDTH / 2.0, 0.44 * HEIGHT, 0.21 * HEIGHT };

typedef struct
{
  DrawnKind kind;
  guint seed;
} Drawing;

static void
draw_on (GstBuffer *buffer, gpointer user_data)
{
  const Drawing *drawing = user_data;
  GstVideoInfo info;
  GstVideoFrame frame;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  info.fps_n = FPS;
  info.fps_d = 1;
  fail_unless (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE));
  drawn_over (drawing->kind, drawing->seed, &face, GST_BUFFER_PTS (buffer) / 1e9, &frame);
  gst_video_frame_unmap (&frame);
}

static Outcome
play_under (DrawnKind kind, guint seed, const char *script)
{
  Drawing drawing = { kind, seed };

  return chain_play (SECONDS * FPS, script, ELEMENTS, draw_on, &drawing);
}

/* The best report of an event, as intersection over union. */
static double
best_overlap (const GstStructure *event, GList *others)
{
  double best = 0;

  for (GList *o = others; o; o = o->next)
    best = MAX (best, chain_overlap (event, o->data));
  return best;
}

/* Every event of one list overlaps with one of the other by half. */
static void
assert_matched (DrawnKind kind, const char *what, GList *events, GList *others)
{
  for (GList *e = events; e; e = e->next) {
    g_autofree char *text = gst_structure_to_string (e->data);

    fail_unless (best_overlap (e->data, others) > 0.5, "%s, %s: %s", drawn_names[kind], what, text);
  }
}

GST_START_TEST (test_what_is_drawn_over_the_face_is_no_movement)
{
  Outcome outcome = play_under (__i__, 1, RESTING);

  assert_matched (__i__, "false", outcome.events, NULL);
  chain_forget (&outcome);
}
GST_END_TEST

GST_START_TEST (test_brows_move_while_the_mouth_is_covered)
{
  static const DrawnKind kinds[] = { DRAWN_CAPTION, DRAWN_HAND };
  Outcome outcome = play_under (kinds[__i__], 3, BROWS);

  fail_unless_equals_int (g_list_length (outcome.truth), 4);
  assert_matched (kinds[__i__], "missed", outcome.truth, outcome.events);
  assert_matched (kinds[__i__], "false", outcome.events, outcome.truth);
  chain_forget (&outcome);
}
GST_END_TEST

static Suite *
covered_suite (void)
{
  Suite *suite = suite_create ("covered");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 120);
  tcase_add_loop_test (tcase, test_what_is_drawn_over_the_face_is_no_movement, 0, DRAWN_N_KINDS);
  tcase_add_loop_test (tcase, test_brows_move_while_the_mouth_is_covered, 0, 2);
  return suite;
}

GST_CHECK_MAIN (covered)
