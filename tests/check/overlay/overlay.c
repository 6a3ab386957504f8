/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the overlay draws, where, and for how long: fed with the structures of GstMicroexprMeta, as
 * the elements feed it, and blended into real frames. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "gstmicroexprenums.h"
#include "overlay/blend.h"
#include "overlay/overlay.h"
#include "overlay/sprite.h"

#define WIDTH 640
#define HEIGHT 480

/* A face as in the metas; a quarter of the picture. */
static const GstVideoRectangle face_box = { 200, 120, 160, 160 };

static const char *const micro = "microexpr-event, id=(guint64)0, face=(uint)0, kind=micro,"
                                 "emotion=surprise, confidence=0.82, onset=(guint64)1000000000,"
                                 "apex=(guint64)1080000000, offset=(guint64)1180000000";

static void
append (GValue *list, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_list_append_and_take_value (list, &value);
}

/* event: taken, may be NULL. */
static void
push (GstMicroexprOverlay *overlay, gboolean with_face, GstStructure *event, GstClockTime time)
{
  GstStructure *meta = gst_structure_new_empty ("GstMicroexprMeta");
  GValue faces = G_VALUE_INIT, events = G_VALUE_INIT;

  g_value_init (&faces, GST_TYPE_LIST);
  g_value_init (&events, GST_TYPE_LIST);
  if (with_face)
    append (&faces,
        gst_structure_new ("face", "id", G_TYPE_UINT, 0, "x", G_TYPE_UINT, face_box.x, "y",
            G_TYPE_UINT, face_box.y, "width", G_TYPE_UINT, face_box.w, "height", G_TYPE_UINT,
            face_box.h, "motion", G_TYPE_DOUBLE, 1.5, "noise", G_TYPE_DOUBLE, 0.3, NULL));
  if (event)
    append (&events, event);
  gst_structure_take_value (meta, "faces", &faces);
  gst_structure_take_value (meta, "events", &events);
  gst_microexpr_overlay_push (overlay, meta, time);
  gst_structure_free (meta);
}

static GstMicroexprOverlay *
new_overlay (GstVideoFormat format, int width, int height, GstVideoInfo *info)
{
  GstMicroexprOverlay *overlay = gst_microexpr_overlay_new ();

  fail_unless (gst_video_info_set_format (info, format, (guint)width, (guint)height));
  gst_microexpr_overlay_set_video_info (overlay, info);
  return overlay;
}

/* Draws that and nothing else. */
static void
draw_only (GstMicroexprOverlay *overlay, guint draw)
{
  GstMicroexprLook look = { 0 };

  gst_microexpr_look_init (&look);
  look.draw = draw;
  gst_microexpr_overlay_set_look (overlay, &look);
}

static guint
n_rectangles (GstMicroexprOverlay *overlay, GstClockTime time)
{
  GstVideoOverlayComposition *composition = gst_microexpr_overlay_compose (overlay, time);
  guint n = composition ? gst_video_overlay_composition_n_rectangles (composition) : 0;

  g_clear_pointer (&composition, gst_video_overlay_composition_unref);
  return n;
}

GST_START_TEST (test_nothing_to_draw_is_null)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = gst_microexpr_overlay_new ();

  fail_unless (gst_microexpr_overlay_compose (overlay, 0) == NULL); /* no picture known yet */
  gst_microexpr_overlay_free (overlay);
  overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);
  fail_unless (gst_microexpr_overlay_compose (overlay, 0) == NULL);
  push (overlay, FALSE, NULL, 0);
  fail_unless (gst_microexpr_overlay_compose (overlay, 0) == NULL);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

GST_START_TEST (test_reset_forgets)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);

  push (overlay, TRUE, gst_structure_from_string (micro, NULL), 0);
  fail_unless (n_rectangles (overlay, 0) > 0);
  gst_microexpr_overlay_reset (overlay);
  fail_unless_equals_int (n_rectangles (overlay, 0), 0);
  push (overlay, FALSE, NULL, 0);
  fail_unless_equals_int (n_rectangles (overlay, 0), 0);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

GST_START_TEST (test_label_goes_after_its_hold)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);
  GstClockTime known = 1300 * GST_MSECOND;

  draw_only (overlay, GST_MICROEXPR_DRAW_BOXES | GST_MICROEXPR_DRAW_LABELS);
  push (overlay, TRUE, NULL, 0);
  guint without = n_rectangles (overlay, 0);
  push (overlay, TRUE, gst_structure_from_string (micro, NULL), known);
  fail_unless_equals_int (n_rectangles (overlay, known), without + 1);
  push (overlay, TRUE, NULL, known + 1900 * GST_MSECOND);
  fail_unless_equals_int (n_rectangles (overlay, known + 1900 * GST_MSECOND), without + 1);
  push (overlay, TRUE, NULL, known + 2100 * GST_MSECOND);
  fail_unless_equals_int (n_rectangles (overlay, known + 2100 * GST_MSECOND), without);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

GST_START_TEST (test_an_event_that_comes_twice_has_one_label)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);

  draw_only (overlay, GST_MICROEXPR_DRAW_BOXES | GST_MICROEXPR_DRAW_LABELS);
  push (overlay, TRUE, NULL, 0);
  guint without = n_rectangles (overlay, 0);
  for (guint i = 0; i < 5; i++)
    push (overlay, TRUE, gst_structure_from_string (micro, NULL), i * 40 * GST_MSECOND);
  fail_unless_equals_int (n_rectangles (overlay, 160 * GST_MSECOND), without + 1);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* Renderers downstream upload a rectangle again when it is another one. */
GST_START_TEST (test_what_does_not_change_is_not_drawn_again)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);

  push (overlay, TRUE, NULL, 0);
  GstVideoOverlayComposition *first = gst_microexpr_overlay_compose (overlay, 0);
  push (overlay, TRUE, NULL, 5 * GST_MSECOND);
  GstVideoOverlayComposition *second = gst_microexpr_overlay_compose (overlay, 5 * GST_MSECOND);
  fail_unless (first == second);
  gst_video_overlay_composition_unref (second);
  push (overlay, TRUE, NULL, GST_SECOND);
  second = gst_microexpr_overlay_compose (overlay, GST_SECOND);
  fail_unless (gst_video_overlay_composition_get_rectangle (first, 0) ==
               gst_video_overlay_composition_get_rectangle (second, 0)); /* the box stood still */
  gst_video_overlay_composition_unref (first);
  gst_video_overlay_composition_unref (second);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* Of a face with that distance between the eyes, px. */
static guint
n_arrows_at (const char *region, double ipd)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);
  GstStructure *meta = gst_structure_new_empty ("GstMicroexprMeta");
  GstStructure *face = gst_structure_new ("face", "id", G_TYPE_UINT, 0, "x", G_TYPE_UINT,
      face_box.x, "y", G_TYPE_UINT, face_box.y, "width", G_TYPE_UINT, face_box.w, "height",
      G_TYPE_UINT, face_box.h, "ipd", G_TYPE_DOUBLE, ipd, NULL);
  GValue faces = G_VALUE_INIT, regions = G_VALUE_INIT;

  g_value_init (&faces, GST_TYPE_LIST);
  g_value_init (&regions, GST_TYPE_LIST);
  append (&regions, gst_structure_from_string (region, NULL));
  gst_structure_take_value (face, "regions", &regions);
  append (&faces, face);
  gst_structure_take_value (meta, "faces", &faces);
  draw_only (overlay, GST_MICROEXPR_DRAW_ARROWS);
  gst_microexpr_overlay_push (overlay, meta, 0);
  guint n = n_rectangles (overlay, 0);
  gst_structure_free (meta);
  gst_microexpr_overlay_free (overlay);
  return n;
}

static guint
n_arrows (const char *region)
{
  return n_arrows_at (region, 64);
}

GST_START_TEST (test_region_that_moves_has_an_arrow)
{
  fail_unless_equals_int (n_arrows ("region, x=240.0, y=220.0, dx=-2.0, dy=1.5"), 1);
  fail_unless_equals_int (n_arrows ("region, x=240.0, y=220.0, dx=1e30, dy=0.0"), 1); /* short */
  fail_unless_equals_int (n_arrows ("region, x=240.0, y=220.0, dx=0.0, dy=0.0"), 0);
  fail_unless_equals_int (n_arrows ("region, x=240.0, y=220.0, dx=nan, dy=0.0"), 0);
  fail_unless_equals_int (n_arrows ("region, x=nan, y=220.0, dx=2.0, dy=0.0"), 0);
  fail_unless_equals_int (n_arrows ("region, x=1e9, y=220.0, dx=2.0, dy=0.0"), 0);
  fail_unless_equals_int (n_arrows ("region, x=240.0, y=220.0, dx=2.0"), 0);
}
GST_END_TEST

/* Such a face would need a terabyte. */
GST_START_TEST (test_no_arrow_is_longer_than_the_picture)
{
  fail_unless_equals_int (
      n_arrows_at ("region, x=240.0, y=220.0, dx=2000.0, dy=2000.0", 999999), 0);
  fail_unless_equals_int (n_arrows_at ("region, x=240.0, y=220.0, dx=2000.0, dy=2000.0", 1e308), 0);
  fail_unless_equals_int (n_arrows_at ("region, x=240.0, y=220.0, dx=2e-320, dy=0.0", 64), 0);
  fail_unless_equals_int (n_arrows_at ("region, x=240.0, y=220.0, dx=2.0, dy=0.0", 0.0 / 0.0), 0);
}
GST_END_TEST

GST_START_TEST (test_filling_stays_on_the_canvas)
{
  enum
  {
    SIDE = 4
  };
  guint32 pixels[3 * SIDE * SIDE] = { 0 };
  GstMicroexprCanvas canvas = { pixels + SIDE * SIDE, SIDE, SIDE };

  gst_microexpr_canvas_fill (&canvas, -2, -3, 100, 100, 1);
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    fail_unless (pixels[i] == (i / (SIDE * SIDE) == 1), "%u", i);
  gst_microexpr_canvas_fill (&canvas, 2, 0, 66, SIDE, 2);
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    fail_unless (pixels[i] == (i / (SIDE * SIDE) != 1 ? 0u : i % SIDE < 2 ? 1u : 2u), "%u", i);
}
GST_END_TEST

/* Lines and text as thick as they may be. */
GST_START_TEST (test_nothing_is_larger_than_a_small_picture)
{
  static const int sizes[][2] = { { 1, 1 }, { 2, 2 }, { 24, 240 }, { 66, 64 }, { 320, 200 } };
  GstMicroexprLook look = { 0 };

  gst_microexpr_look_init (&look);
  look.draw = G_MAXUINT;
  look.line_px = 64;
  look.font = g_strdup ("Sans 100000");
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
    GstVideoInfo info;
    GstMicroexprOverlay *overlay =
        new_overlay (GST_VIDEO_FORMAT_I420, sizes[i / 2][0], sizes[i / 2][1], &info);
    GstVideoOverlayComposition *composition;

    gst_microexpr_overlay_set_look (overlay, &look);
    push (overlay, TRUE, gst_structure_from_string (micro, NULL), 0);
    composition = gst_microexpr_overlay_compose (overlay, 0);
    for (guint k = 0; composition && k < gst_video_overlay_composition_n_rectangles (composition);
         k++) {
      GstVideoOverlayRectangle *rectangle =
          gst_video_overlay_composition_get_rectangle (composition, k);
      guint width, height;
      gint x, y;
      gst_video_overlay_rectangle_get_render_rectangle (rectangle, &x, &y, &width, &height);
      fail_unless ((int)width <= sizes[i / 2][0] && (int)height <= sizes[i / 2][1]);
    }
    g_clear_pointer (&composition, gst_video_overlay_composition_unref);
    gst_microexpr_overlay_free (overlay);
    g_free (look.font);
    look.font = g_strdup (i % 2 ? "Sans 100000" : NULL);
  }
  gst_microexpr_look_clear (&look);
}
GST_END_TEST

/* An event stays on the buffers for a while; that does not prolong its label. */
GST_START_TEST (test_an_event_that_stays_on_buffers_is_shown_as_long_as_one_that_does_not)
{
  const GstClockTime known = 1300 * GST_MSECOND;
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);
  GstClockTime time, last_shown = 0;

  draw_only (overlay, GST_MICROEXPR_DRAW_LABELS);
  for (time = known; time <= known + 4 * GST_SECOND; time += 20 * GST_MSECOND) {
    gboolean carried = time <= known + 1200 * GST_MSECOND;
    push (overlay, TRUE, carried ? gst_structure_from_string (micro, NULL) : NULL, time);
    if (n_rectangles (overlay, time) > 0)
      last_shown = time;
  }
  fail_unless_equals_uint64 (last_shown, known + 2 * GST_SECOND);
  gst_microexpr_overlay_reset (overlay);
  for (time = 960 * GST_MSECOND; time <= 4 * GST_SECOND; time += 40 * GST_MSECOND) {
    gboolean carried = 1000 * GST_MSECOND <= time && time <= 2200 * GST_MSECOND;
    push (overlay, TRUE, carried ? gst_structure_from_string (micro, NULL) : NULL, time);
    if (n_rectangles (overlay, time) > 0)
      last_shown = time;
  }
  fail_unless_equals_uint64 (last_shown, 1160 * GST_MSECOND); /* on its own frames */
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

GST_START_TEST (test_absurd_metas_draw_nothing)
{
  static const char *const faces[] = { "face", "face, id=(uint)1",
    "face, id=(uint)1, x=(uint)4294967295, y=(uint)0, width=(uint)4294967295, height=(uint)9",
    "face, id=(uint)1, x=(uint)4294967290, y=(uint)10, width=(uint)100, height=(uint)100",
    "face, id=(uint)1, x=(uint)10, y=(uint)4294967290, width=(uint)100, height=(uint)100",
    "face, id=(uint)1, x=(uint)639, y=(uint)479, width=(uint)100, height=(uint)100",
    "face, id=(uint)1, x=(int)-5, y=(uint)0, width=(uint)100, height=(uint)100" };
  GstVideoInfo info;
  GstMicroexprOverlay *overlay = new_overlay (GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT, &info);

  for (guint i = 0; i < G_N_ELEMENTS (faces); i++) {
    GstStructure *meta = gst_structure_new_empty ("GstMicroexprMeta");
    GValue list = G_VALUE_INIT;
    g_value_init (&list, GST_TYPE_LIST);
    append (&list, gst_structure_from_string (faces[i], NULL));
    gst_structure_take_value (meta, "faces", &list);
    gst_microexpr_overlay_push (overlay, meta, GST_CLOCK_TIME_NONE);
    fail_unless_equals_int (n_rectangles (overlay, GST_CLOCK_TIME_NONE), 0);
    gst_structure_free (meta);
  }
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* --- in pictures --- */

/* The byte of a pixel that is alpha or padding is 255: an opaque picture. */
static void
make_opaque (GstBuffer *buffer, const GstVideoFormatInfo *finfo)
{
  int spare = 0 + 1 + 2 + 3 - finfo->poffset[0] - finfo->poffset[1] - finfo->poffset[2];
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = (gsize)spare; i < map.size; i += 4)
    map.data[i] = 255;
  gst_buffer_unmap (buffer, &map);
}

static GstBuffer *
gray_picture (const GstVideoInfo *info)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);

  guint8 byte = info->finfo->depth[0] > 8 && info->finfo->shift[0] == 0 ? 0x01 : 0x60;

  gst_buffer_memset (buffer, 0, byte, GST_VIDEO_INFO_SIZE (info)); /* 0x0101: a quarter of 10 bit */
  if (GST_VIDEO_INFO_IS_RGB (info) && info->finfo->pixel_stride[0] == 4)
    make_opaque (buffer, info->finfo);
  return buffer;
}

static void
blend (GstVideoOverlayComposition *composition, GstBuffer *buffer, const GstVideoInfo *info,
    gboolean (*with) (GstVideoOverlayComposition *, GstVideoFrame *))
{
  GstVideoFrame frame;

  fail_unless (gst_video_frame_map (&frame, info, buffer, GST_MAP_READWRITE));
  fail_unless (with (composition, &frame));
  gst_video_frame_unmap (&frame);
}

/* One row of any format, four 16-bit components a pixel. */
static void
unpack_row (const GstVideoFrame *frame, int y, guint16 *row)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  const GstVideoFormatInfo *unpacked = gst_video_format_get_info (finfo->unpack_format);
  guint8 *bytes = (guint8 *)row;

  finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, row, frame->data, frame->info.stride, 0, y,
      frame->info.width);
  if (GST_VIDEO_FORMAT_INFO_DEPTH (unpacked, 0) == 8)
    for (int i = 4 * frame->info.width; i-- > 0;)
      row[i] = (guint16)(bytes[i] << 8);
}

typedef struct
{
  guint inside, outside, on_box; /* pixels that differ; of the rectangles, of the face box */
  int largest, largest_luma;     /* difference, of 65536; luma or red alone */
} Difference;

static gboolean
in_composition (GstVideoOverlayComposition *composition, int x, int y)
{
  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles (composition); i++) {
    int rx, ry;
    guint w, h;
    gst_video_overlay_rectangle_get_render_rectangle (
        gst_video_overlay_composition_get_rectangle (composition, i), &rx, &ry, &w, &h);
    if (x >= rx && y >= ry && x < rx + (int)w && y < ry + (int)h)
      return TRUE;
  }
  return FALSE;
}

static gboolean
on_face_box (int x, int y)
{
  return (x == face_box.x + 2 || x == face_box.x + face_box.w - 3) && y >= face_box.y &&
         y < face_box.y + face_box.h;
}

static Difference
compare (GstBuffer *a, GstBuffer *b, const GstVideoInfo *info, GstVideoOverlayComposition *drawn)
{
  GstVideoFrame frames[2];
  guint16 *rows[2] = { g_new0 (guint16, 4 * info->width + 64),
    g_new0 (guint16, 4 * info->width + 64) };
  Difference d = { 0 };

  fail_unless (gst_video_frame_map (&frames[0], info, a, GST_MAP_READ));
  fail_unless (gst_video_frame_map (&frames[1], info, b, GST_MAP_READ));
  for (int y = 0; y < info->height; y++) {
    unpack_row (&frames[0], y, rows[0]);
    unpack_row (&frames[1], y, rows[1]);
    for (int x = 0; x < info->width; x++) {
      int most = 0;
      for (int c = 4 * x; c < 4 * x + 4; c++)
        most = MAX (most, ABS (rows[0][c] - rows[1][c]));
      d.largest = MAX (d.largest, most);
      d.largest_luma = MAX (d.largest_luma, ABS (rows[0][4 * x + 1] - rows[1][4 * x + 1]));
      if (most == 0)
        continue;
      d.inside += in_composition (drawn, x, y);
      d.outside += !in_composition (drawn, x, y);
      d.on_box += on_face_box (x, y);
    }
  }
  for (guint i = 0; i < 2; i++) {
    gst_video_frame_unmap (&frames[i]);
    g_free (rows[i]);
  }
  return d;
}

static const struct
{
  GstVideoFormat format;
  int width, height;
} pictures[] = {
  { GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_I420, WIDTH + 1, HEIGHT + 1 },
  { GST_VIDEO_FORMAT_NV12, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_RGB, WIDTH + 3, HEIGHT },
  { GST_VIDEO_FORMAT_GRAY8, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_BGRA, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_xRGB, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_YUY2, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_Y41B, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_Y444, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_I420_10LE, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_P010_10LE, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_RGB16, WIDTH, HEIGHT },
  { GST_VIDEO_FORMAT_v210, WIDTH, HEIGHT },
};

GST_START_TEST (test_drawing_stays_in_its_rectangles)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay =
      new_overlay (pictures[__i__].format, pictures[__i__].width, pictures[__i__].height, &info);
  GstBuffer *before = gray_picture (&info), *after = gray_picture (&info);

  push (overlay, TRUE, gst_structure_from_string (micro, NULL), 0);
  GstVideoOverlayComposition *composition = gst_microexpr_overlay_compose (overlay, 0);
  blend (composition, after, &info, gst_microexpr_overlay_blend);
  Difference d = compare (before, after, &info, composition);
  fail_unless (d.inside > 10000, "%u pixels drawn", d.inside);
  fail_unless_equals_int (d.outside, 0);
  fail_unless (d.on_box >= (guint)face_box.h, "%u pixels of the box", d.on_box);
  gst_video_overlay_composition_unref (composition);
  gst_buffer_unref (before);
  gst_buffer_unref (after);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* The reference is slow but right, but for the chroma of blocks, which ours averages, and gray,
 * which it takes to be of limited range. */
GST_START_TEST (test_blends_like_the_reference)
{
  GstVideoInfo info;
  GstMicroexprOverlay *overlay =
      new_overlay (pictures[__i__].format, pictures[__i__].width, pictures[__i__].height, &info);
  GstBuffer *ours = gray_picture (&info), *reference = gray_picture (&info);

  push (overlay, TRUE, gst_structure_from_string (micro, NULL), 0);
  GstVideoOverlayComposition *composition = gst_microexpr_overlay_compose (overlay, 0);
  blend (composition, ours, &info, gst_microexpr_overlay_blend);
  blend (composition, reference, &info, gst_video_overlay_composition_blend);
  Difference d = compare (ours, reference, &info, composition);
  int largest = GST_VIDEO_INFO_IS_RGB (&info) ? d.largest : d.largest_luma;
  if (!GST_VIDEO_INFO_IS_GRAY (&info))
    fail_unless (largest <= 3 * 256, "differs by %d / 256", largest / 256);
  gst_video_overlay_composition_unref (composition);
  gst_buffer_unref (ours);
  gst_buffer_unref (reference);
  gst_microexpr_overlay_free (overlay);
}
GST_END_TEST

/* At a size that has half chroma samples. */
GST_START_TEST (test_every_format_can_be_drawn_on)
{
  guint n;
  const GstVideoFormat *formats = gst_video_formats_raw (&n);

  for (guint i = 0; i < n; i++) {
    GstVideoInfo info;
    GstMicroexprOverlay *overlay = new_overlay (formats[i], WIDTH / 2 + 1, HEIGHT / 2 + 1, &info);
    GstBuffer *buffer = gray_picture (&info);
    push (overlay, TRUE, gst_structure_from_string (micro, NULL), 0);
    GstVideoOverlayComposition *composition = gst_microexpr_overlay_compose (overlay, 0);
    blend (composition, buffer, &info, gst_microexpr_overlay_blend);
    gst_video_overlay_composition_unref (composition);
    gst_buffer_unref (buffer);
    gst_microexpr_overlay_free (overlay);
  }
}
GST_END_TEST

static Suite *
overlay_suite (void)
{
  Suite *suite = suite_create ("overlay");
  TCase *memory = tcase_create ("memory"), *drawing = tcase_create ("drawing");

  suite_add_tcase (suite, memory);
  tcase_add_test (memory, test_nothing_to_draw_is_null);
  tcase_add_test (memory, test_reset_forgets);
  tcase_add_test (memory, test_label_goes_after_its_hold);
  tcase_add_test (memory, test_an_event_that_comes_twice_has_one_label);
  tcase_add_test (memory, test_region_that_moves_has_an_arrow);
  tcase_add_test (memory, test_what_does_not_change_is_not_drawn_again);
  tcase_add_test (memory, test_absurd_metas_draw_nothing);
  tcase_add_test (memory, test_no_arrow_is_longer_than_the_picture);
  tcase_add_test (memory, test_filling_stays_on_the_canvas);
  tcase_add_test (memory, test_nothing_is_larger_than_a_small_picture);
  tcase_add_test (
      memory, test_an_event_that_stays_on_buffers_is_shown_as_long_as_one_that_does_not);
  suite_add_tcase (suite, drawing);
  tcase_add_loop_test (drawing, test_drawing_stays_in_its_rectangles, 0, G_N_ELEMENTS (pictures));
  tcase_add_loop_test (drawing, test_blends_like_the_reference, 0, G_N_ELEMENTS (pictures));
  tcase_add_test (drawing, test_every_format_can_be_drawn_on);
  return suite;
}

GST_CHECK_MAIN (overlay)
