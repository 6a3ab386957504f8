/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The property overlay of microexpr: drawn into the pixels, or handed to a sink that draws; never
 * into memory that others hold. */
#include "check/microexpr/scripted-stream.h"

#define SIZE "format=GRAY8,width=320,height=240,framerate=25/1"
#define PLAIN_CAPS "video/x-raw," SIZE
#define DRAWING_CAPS "video/x-raw(memory:SystemMemory,meta:GstVideoOverlayComposition)," SIZE

static void
start (Stream *stream, const char *properties, const char *caps)
{
  stream_start (stream, properties);
  script.zoom = 8;
  gst_harness_set_src_caps_str (stream->harness, caps);
}

static GstBuffer *
new_black_frame (GstClockTime time)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 320 * 240, NULL);

  gst_buffer_memset (buffer, 0, 0, 320 * 240);
  GST_BUFFER_PTS (buffer) = time;
  return buffer;
}

static gboolean
is_black (GstBuffer *buffer)
{
  GstMapInfo map;
  gboolean black = TRUE;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (gsize i = 0; i < map.size; i++)
    black = black && map.data[i] == 0;
  gst_buffer_unmap (buffer, &map);
  return black;
}

GST_START_TEST (test_overlay_is_drawn_only_while_switched_on)
{
  GstBuffer *buffer;
  Stream stream;

  start (&stream, "overlay=false", PLAIN_CAPS);
  for (guint i = 0; i < 6; i++) {
    gboolean on = i % 2;
    g_object_set (stream.element, "overlay", on, NULL);
    buffer = stream_push (&stream, new_black_frame (i * FRAME));
    fail_unless (is_black (buffer) == !on);
    gst_buffer_unref (buffer);
  }
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_memory_of_others_is_not_drawn_into)
{
  GstBuffer *in = new_black_frame (0), *other = gst_buffer_ref (in), *out;
  Stream stream;

  start (&stream, "overlay=true", PLAIN_CAPS);
  out = stream_push (&stream, in);
  fail_if (is_black (out));
  fail_unless (is_black (other));
  gst_buffer_unref (out);
  gst_buffer_unref (other);
  stream_stop (&stream);
}
GST_END_TEST

GST_START_TEST (test_sink_that_draws_gets_the_drawing)
{
  GstVideoOverlayCompositionMeta *meta;
  GstBuffer *out;
  Stream stream;

  start (&stream, "overlay=true", DRAWING_CAPS);
  out = stream_push (&stream, new_black_frame (0));
  fail_unless (is_black (out));
  meta = gst_buffer_get_video_overlay_composition_meta (out);
  fail_unless (meta && gst_video_overlay_composition_n_rectangles (meta->overlay) > 0);
  gst_buffer_unref (out);
  stream_stop (&stream);
}
GST_END_TEST

static GstVideoOverlayComposition *
new_composition (void)
{
  GstBuffer *pixels = gst_buffer_new_allocate (NULL, 4 * 4 * 4, NULL);
  GstVideoOverlayRectangle *rectangle;
  GstVideoOverlayComposition *composition;

  gst_buffer_add_video_meta (
      pixels, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 4, 4);
  rectangle =
      gst_video_overlay_rectangle_new_raw (pixels, 0, 0, 4, 4, GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  composition = gst_video_overlay_composition_new (rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (pixels);
  return composition;
}

GST_START_TEST (test_drawing_of_others_is_kept)
{
  GstVideoOverlayComposition *theirs = new_composition ();
  GstVideoOverlayCompositionMeta *meta;
  GstBuffer *in = new_black_frame (0), *out;
  guint width, height;
  Stream stream;
  gint x, y;

  start (&stream, "overlay=true", DRAWING_CAPS);
  gst_buffer_add_video_overlay_composition_meta (in, theirs);
  out = stream_push (&stream, in);
  meta = gst_buffer_get_video_overlay_composition_meta (out);
  fail_unless (gst_video_overlay_composition_n_rectangles (meta->overlay) > 1);
  fail_unless (gst_video_overlay_rectangle_get_render_rectangle (
      gst_video_overlay_composition_get_rectangle (meta->overlay, 0), &x, &y, &width, &height));
  fail_unless (x == 0 && y == 0 && width == 4 && height == 4);
  gst_buffer_unref (out);
  gst_video_overlay_composition_unref (theirs);
  stream_stop (&stream);
}
GST_END_TEST

static Suite *
drawer_suite (void)
{
  Suite *suite = suite_create ("drawer");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_overlay_is_drawn_only_while_switched_on);
  tcase_add_test (tcase, test_memory_of_others_is_not_drawn_into);
  tcase_add_test (tcase, test_sink_that_draws_gets_the_drawing);
  tcase_add_test (tcase, test_drawing_of_others_is_kept);
  return suite;
}

GST_CHECK_MAIN (drawer)
