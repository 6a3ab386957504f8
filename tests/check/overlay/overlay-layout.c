/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the overlay draws labels and timelines when there is little room: small and portrait
 * pictures, several people, people who leave. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "gstmicroexprenums.h"
#include "overlay/overlay.h"
#include "overlay/sprite.h"

#define SECOND_NS ((GstClockTime)GST_SECOND)
#define LABEL "macro happiness 96 % AU6+12+25 left 11.4 % 1097 ms"

/* The people of a picture. */
typedef struct
{
  const char *name;
  int width, height;
  guint n_faces;
  GstVideoRectangle faces[8];
} Crowd;

static const Crowd crowds[] = {
  { "two at 300 px", 533, 300, 2, { { 60, 96, 150, 150 }, { 330, 98, 150, 150 } } },
  { "two that leave only the top", 640, 300, 2, { { 60, 110, 180, 180 }, { 380, 110, 180, 180 } } },
  { "one beside free space", 640, 360, 1, { { 20, 20, 240, 330 } } },
  { "portrait", 360, 640, 1, { { 80, 346, 200, 200 } } },
  { "small portrait", 240, 426, 1, { { 60, 150, 120, 120 } } },
  { "six", 960, 540, 6,
      { { 86, 70, 140, 140 }, { 416, 72, 140, 140 }, { 730, 74, 140, 140 }, { 88, 352, 140, 140 },
          { 424, 358, 114, 114 }, { 724, 350, 140, 140 } } },
  { "a row of close heads", 640, 360, 4,
      { { 4, 100, 150, 150 }, { 162, 96, 150, 150 }, { 320, 104, 150, 150 },
          { 480, 100, 150, 150 } } },
};

static void
append (GValue *list, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_list_append_and_take_value (list, &value);
}

static GstStructure *
new_face (guint id, const GstVideoRectangle *box)
{
  return gst_structure_new ("face", "id", G_TYPE_UINT, id, "x", G_TYPE_UINT, box->x, "y",
      G_TYPE_UINT, box->y, "width", G_TYPE_UINT, box->w, "height", G_TYPE_UINT, box->h, "motion",
      G_TYPE_DOUBLE, 1.5, "noise", G_TYPE_DOUBLE, 0.3, NULL);
}

static GstStructure *
new_event (guint face, guint64 id, GstClockTime now)
{
  GstStructure *units = gst_structure_new ("action-units", "AU6", G_TYPE_DOUBLE, 6.0, "AU12",
      G_TYPE_DOUBLE, 11.4, "AU25", G_TYPE_DOUBLE, 3.0, NULL);
  GstStructure *event = gst_structure_new ("microexpr-event", "id", G_TYPE_UINT64, id, "face",
      G_TYPE_UINT, face, "kind", G_TYPE_STRING, "macro", "emotion", G_TYPE_STRING, "happiness",
      "confidence", G_TYPE_DOUBLE, 0.96, "onset", G_TYPE_UINT64, now - 1200 * GST_MSECOND, "apex",
      G_TYPE_UINT64, now - 600 * GST_MSECOND, "offset", G_TYPE_UINT64, now - 100 * GST_MSECOND,
      "duration", G_TYPE_UINT64, 1097 * GST_MSECOND, "intensity", G_TYPE_DOUBLE, 11.4,
      "action-units", GST_TYPE_STRUCTURE, units, NULL);

  gst_structure_free (units);
  return event;
}

/* The faces from `first` on, each with n_events that have just become known. */
static void
push (
    GstMicroexprOverlay *overlay, const Crowd *crowd, guint first, guint n_events, GstClockTime now)
{
  GstStructure *meta = gst_structure_new_empty ("GstMicroexprMeta");
  GValue faces = G_VALUE_INIT, events = G_VALUE_INIT;

  g_value_init (&faces, GST_TYPE_LIST);
  g_value_init (&events, GST_TYPE_LIST);
  for (guint i = first; i < crowd->n_faces; i++) {
    append (&faces, new_face (i, &crowd->faces[i]));
    for (guint k = 0; k < n_events; k++)
      append (&events, new_event (i, i * n_events + k, now));
  }
  gst_structure_take_value (meta, "faces", &faces);
  gst_structure_take_value (meta, "events", &events);
  gst_microexpr_overlay_push (overlay, meta, now);
  gst_structure_free (meta);
}

static GstMicroexprOverlay *
new_overlay (int width, int height, guint draw)
{
  GstMicroexprOverlay *overlay = gst_microexpr_overlay_new ();
  GstMicroexprLook look = { 0 };
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, (guint)width, (guint)height);
  gst_microexpr_look_init (&look);
  look.draw = draw;
  gst_microexpr_overlay_set_look (overlay, &look);
  gst_microexpr_overlay_set_video_info (overlay, &info);
  gst_microexpr_look_clear (&look);
  return overlay;
}

/* What is drawn, at most n. Returns how many. */
static guint
drawn (GstMicroexprOverlay *overlay, GstClockTime now, GstVideoRectangle *places, guint n)
{
  GstVideoOverlayComposition *composition = gst_microexpr_overlay_compose (overlay, now);
  guint count = composition ? gst_video_overlay_composition_n_rectangles (composition) : 0;

  count = MIN (count, n);
  for (guint i = 0; i < count; i++) {
    guint width, height;
    gst_video_overlay_rectangle_get_render_rectangle (
        gst_video_overlay_composition_get_rectangle (composition, i), &places[i].x, &places[i].y,
        &width, &height);
    places[i].w = (int)width;
    places[i].h = (int)height;
  }
  g_clear_pointer (&composition, gst_video_overlay_composition_unref);
  return count;
}

static gboolean
overlap (const GstVideoRectangle *a, const GstVideoRectangle *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static gboolean
touch (const GstVideoRectangle *a, const GstVideoRectangle *b)
{
  GstVideoRectangle wider = { a->x - 2, a->y - 2, a->w + 4, a->h + 4 };

  return overlap (&wider, b);
}

GST_START_TEST (test_neither_label_nor_timeline_covers_a_face)
{
  const Crowd *crowd = &crowds[__i__];
  GstMicroexprOverlay *overlay = new_overlay (
      crowd->width, crowd->height, GST_MICROEXPR_DRAW_LABELS | GST_MICROEXPR_DRAW_TIMELINE);
  GstVideoRectangle places[512];

  push (overlay, crowd, 0, 0, SECOND_NS);
  push (overlay, crowd, 0, 2, 2 * SECOND_NS);
  guint n = drawn (overlay, 2 * SECOND_NS, places, G_N_ELEMENTS (places));
  fail_unless (n > 0);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < crowd->n_faces; k++)
      fail_if (overlap (&places[i], &crowd->faces[k]), "%s: %dx%d at %d,%d is on face %u",
          crowd->name, places[i].w, places[i].h, places[i].x, places[i].y, k);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

GST_START_TEST (test_every_face_has_its_labels_beside_it)
{
  const Crowd *crowd = &crowds[__i__];
  GstMicroexprOverlay *overlay =
      new_overlay (crowd->width, crowd->height, GST_MICROEXPR_DRAW_LABELS);
  GstVideoRectangle places[32];

  push (overlay, crowd, 0, 1, 2 * SECOND_NS);
  guint n = drawn (overlay, 2 * SECOND_NS, places, G_N_ELEMENTS (places));
  fail_unless_equals_int (n, crowd->n_faces);
  for (guint i = 0; i < n; i++) {
    gboolean beside = FALSE;
    for (guint k = 0; k < n; k++) {
      beside |= touch (&places[i], &crowd->faces[k]);
      fail_if (
          i != k && overlap (&places[i], &places[k]), "%s: labels over each other", crowd->name);
    }
    fail_unless (beside, "%s: a label beside no face", crowd->name);
  }
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

GST_START_TEST (test_timelines_take_at_most_a_fifth_of_the_height)
{
  const Crowd *crowd = &crowds[__i__];
  GstMicroexprOverlay *overlay =
      new_overlay (crowd->width, crowd->height, GST_MICROEXPR_DRAW_TIMELINE);
  GstVideoRectangle places[256];
  int top = G_MAXINT, bottom = 0;

  push (overlay, crowd, 0, 0, SECOND_NS);
  guint n = drawn (overlay, SECOND_NS, places, G_N_ELEMENTS (places));
  for (guint i = 0; i < n; i++) {
    top = MIN (top, places[i].y);
    bottom = MAX (bottom, places[i].y + places[i].h);
  }
  fail_unless (n == 0 || 5 * (bottom - top) <= crowd->height, "%s: %d px of timelines", crowd->name,
      bottom - top);
  fail_unless (n > 0 || crowd->n_faces > 2, "%s: no timeline", crowd->name);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* Six people have been there: those who stay have the timelines. */
GST_START_TEST (test_who_left_leaves_nothing)
{
  static const Crowd six = { "six", 960, 540, 6,
    { { 40, 20, 140, 140 }, { 240, 20, 140, 140 }, { 440, 20, 140, 140 }, { 640, 20, 130, 130 },
        { 40, 240, 120, 120 }, { 240, 240, 120, 120 } } };
  GstMicroexprOverlay *overlay =
      new_overlay (six.width, six.height, GST_MICROEXPR_DRAW_LABELS | GST_MICROEXPR_DRAW_TIMELINE);
  GstVideoRectangle places[256];
  guint with_all, with_one;

  push (overlay, &six, 0, 0, SECOND_NS);
  push (overlay, &six, 0, 1, 2 * SECOND_NS);
  with_all = drawn (overlay, 2 * SECOND_NS, places, G_N_ELEMENTS (places));
  push (overlay, &six, 5, 0, 2 * SECOND_NS + 20 * GST_MSECOND); /* the label is held */
  with_one = drawn (overlay, 2 * SECOND_NS + 20 * GST_MSECOND, places, G_N_ELEMENTS (places));
  fail_unless (with_one > 1 && with_one < with_all, "%u of %u", with_one, with_all);
  push (overlay, &six, 6, 0, 2 * SECOND_NS + 40 * GST_MSECOND);
  fail_unless_equals_int (
      drawn (overlay, 2 * SECOND_NS + 40 * GST_MSECOND, places, G_N_ELEMENTS (places)), 0);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* Of the tiles, the caption and the names only the caption starts at the margin. */
static int
top_of_timeline (GstMicroexprOverlay *overlay, GstClockTime now)
{
  GstVideoRectangle places[256];
  guint n = drawn (overlay, now, places, G_N_ELEMENTS (places));
  int top = G_MAXINT;

  for (guint i = 0; i < n; i++)
    top = MIN (top, places[i].y);
  return top;
}

GST_START_TEST (test_timeline_stays_where_it_is_while_it_covers_nobody)
{
  Crowd one = { "one", 640, 480, 1, { { 240, 300, 150, 150 } } };
  GstMicroexprOverlay *overlay = new_overlay (one.width, one.height, GST_MICROEXPR_DRAW_TIMELINE);

  push (overlay, &one, 0, 0, SECOND_NS);
  int at_top = top_of_timeline (overlay, SECOND_NS);
  fail_unless (at_top < 100);
  one.faces[0].y = 200; /* the bottom is free again */
  push (overlay, &one, 0, 0, 2 * SECOND_NS);
  fail_unless_equals_int (top_of_timeline (overlay, 2 * SECOND_NS), at_top);
  one.faces[0].y = 0;
  push (overlay, &one, 0, 0, 3 * SECOND_NS);
  fail_unless (top_of_timeline (overlay, 3 * SECOND_NS) > 300);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

GST_START_TEST (test_a_close_up_has_its_label_and_no_timeline)
{
  static const Crowd close = { "close", 320, 240, 1, { { 20, 0, 280, 240 } } };
  GstMicroexprOverlay *overlay = new_overlay (
      close.width, close.height, GST_MICROEXPR_DRAW_LABELS | GST_MICROEXPR_DRAW_TIMELINE);
  GstVideoRectangle places[64];

  push (overlay, &close, 0, 1, 2 * SECOND_NS);
  fail_unless_equals_int (drawn (overlay, 2 * SECOND_NS, places, G_N_ELEMENTS (places)), 1);
  fail_unless (places[0].y + places[0].h < 120, "the label is over the mouth");
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* On any picture that is wide enough for a word, and in a narrow block. */
GST_START_TEST (test_labels_are_whole)
{
  static const int sizes[][2] = { { 360, 640 }, { 240, 426 }, { 480, 854 }, { 1080, 1920 } };
  GstMicroexprLook look = { 0 };

  gst_microexpr_look_init (&look);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
    GstMicroexprSprite sprite = { 0 };
    GstMicroexprStyle style;
    GstMicroexprText text;
    GstVideoInfo info;

    gst_video_info_set_format (
        &info, GST_VIDEO_FORMAT_I420, (guint)sizes[i / 2][0], (guint)sizes[i / 2][1]);
    gst_microexpr_style_init (&style, &look, &info);
    gst_microexpr_text_init (&text);
    gst_microexpr_text_sprite (&text, &style, LABEL, style.font_px, 0xffffffff,
        i % 2 ? style.width : 11 * style.font_px, &sprite);
    fail_if (pango_layout_is_ellipsized (text.layout), "%dx%d", style.width, style.height);
    fail_unless (sprite.width <= style.width && sprite.height <= style.height);
    gst_microexpr_sprites_clear (&sprite, 1);
    gst_microexpr_text_clear (&text);
  }
  gst_microexpr_look_clear (&look);
}
GST_END_TEST

static Suite *
overlay_layout_suite (void)
{
  Suite *suite = suite_create ("overlay-layout");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (
      tcase, test_neither_label_nor_timeline_covers_a_face, 0, G_N_ELEMENTS (crowds));
  tcase_add_loop_test (tcase, test_every_face_has_its_labels_beside_it, 0, G_N_ELEMENTS (crowds));
  tcase_add_loop_test (
      tcase, test_timelines_take_at_most_a_fifth_of_the_height, 0, G_N_ELEMENTS (crowds));
  tcase_add_test (tcase, test_who_left_leaves_nothing);
  tcase_add_test (tcase, test_timeline_stays_where_it_is_while_it_covers_nobody);
  tcase_add_test (tcase, test_a_close_up_has_its_label_and_no_timeline);
  tcase_add_test (tcase, test_labels_are_whole);
  return suite;
}

GST_CHECK_MAIN (overlay_layout)
