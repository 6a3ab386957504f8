/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whatever the overlay can draw, by the flags of the property `draw`: each draws something, and is
 * freed when it is not drawn any more. A new flag is tested without a change here. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "gstmicroexprenums.h"
#include "overlay/overlay.h"

#define TIME (2 * GST_SECOND)

/* A face with all that metas can hold, and an event of it. */
static const char *const meta_text =
    "GstMicroexprMeta, faces=(structure){"
    "  [ face, id=(uint)0, x=(uint)200, y=(uint)120, width=(uint)160, height=(uint)160,"
    "    ipd=(double)64, motion=(double)1.5, noise=(double)0.3,"
    "    landmarks=(double)< 220, 160, 280, 160, 250, 200 >,"
    "    regions=(structure){ [ region, x=(double)240, y=(double)220, dx=(double)-2, dy=(double)2 ],"
    "      [ region, x=(double)260, y=(double)220, dx=(double)2, dy=(double)2 ] } ] },"
    "events=(structure){"
    "  [ microexpr-event, id=(guint64)0, face=(uint)0, kind=micro, emotion=surprise,"
    "    onset=(guint64)1000000000, apex=(guint64)1080000000, offset=(guint64)1180000000 ] }";

static void
set_info (GstMicroexprOverlay *overlay, guint width)
{
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, width, 480);
  gst_microexpr_overlay_set_video_info (overlay, &info);
}

static void
set_draw (GstMicroexprOverlay *overlay, guint draw)
{
  GstMicroexprLook look = { 0 };

  gst_microexpr_look_init (&look);
  look.draw = draw;
  gst_microexpr_overlay_set_look (overlay, &look);
}

static void
count_freed (gpointer n_freed, GstMiniObject *rectangle G_GNUC_UNUSED)
{
  ++*(guint *)n_freed;
}

/* Draws two frames. Returns how many rectangles there are; n_freed counts those that go. */
static guint
draw_item (GstMicroexprOverlay *overlay, guint flag, guint *n_freed)
{
  GstStructure *meta = gst_structure_from_string (meta_text, NULL);
  GstVideoOverlayComposition *composition;
  guint n;

  fail_unless (meta != NULL);
  set_info (overlay, 640);
  set_draw (overlay, flag);
  gst_microexpr_overlay_push (overlay, meta, TIME - 20 * GST_MSECOND);
  gst_microexpr_overlay_push (overlay, meta, TIME);
  composition = gst_microexpr_overlay_compose (overlay, TIME);
  n = composition ? gst_video_overlay_composition_n_rectangles (composition) : 0;
  for (guint i = 0; i < n; i++)
    gst_mini_object_weak_ref (
        GST_MINI_OBJECT_CAST (gst_video_overlay_composition_get_rectangle (composition, i)),
        count_freed, n_freed);
  g_clear_pointer (&composition, gst_video_overlay_composition_unref);
  gst_structure_free (meta);
  return n;
}

static void
draw_nothing (GstMicroexprOverlay *overlay)
{
  set_draw (overlay, 0);
}

static void
show_another_size (GstMicroexprOverlay *overlay)
{
  set_info (overlay, 320);
}

/* What makes the overlay forget its drawing. */
static void (*const forget[]) (GstMicroexprOverlay *overlay) = { draw_nothing, show_another_size,
  gst_microexpr_overlay_reset };

GST_START_TEST (test_every_item_is_drawn_and_freed)
{
  GFlagsClass *flags = g_type_class_ref (GST_TYPE_MICROEXPR_DRAW);

  for (guint i = 0; i < flags->n_values; i++) {
    GstMicroexprOverlay *overlay = gst_microexpr_overlay_new ();
    guint n_freed = 0, n = draw_item (overlay, flags->values[i].value, &n_freed);
    fail_unless (n > 0, "%s draws nothing", flags->values[i].value_nick);
    fail_unless_equals_int (n_freed, 0);
    forget[__i__](overlay);
    fail_unless (
        n_freed == n, "%u of %u rectangles of %s freed", n_freed, n, flags->values[i].value_nick);
    gst_microexpr_overlay_free (overlay);
  }
  g_type_class_unref (flags);
}
GST_END_TEST

GST_START_TEST (test_nothing_outlives_the_overlay)
{
  GstMicroexprOverlay *overlay = gst_microexpr_overlay_new ();
  guint n_freed = 0, n = draw_item (overlay, G_MAXUINT, &n_freed);

  fail_unless (n > 0);
  gst_microexpr_overlay_free (overlay);
  fail_unless_equals_int (n_freed, n);
}
GST_END_TEST

static Suite *
overlay_items_suite (void)
{
  Suite *suite = suite_create ("overlay-items");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_every_item_is_drawn_and_freed, 0, G_N_ELEMENTS (forget));
  tcase_add_test (tcase, test_nothing_outlives_the_overlay);
  return suite;
}

GST_CHECK_MAIN (overlay_items)
