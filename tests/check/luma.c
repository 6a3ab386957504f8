/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Luma is the same whatever format, stride and crop rectangle it comes in: a gray pattern is
 * converted to every raw format and read back. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "luma.h"

#define HEIGHT 34
#define PADDING 5 /* px around the picture, before alignment */

/* How much luma may differ: formats of few bits round more, and the converter's way to RGB does. */
static int
tolerance (const GstVideoFormatInfo *finfo)
{
  if (GST_VIDEO_FORMAT_INFO_FORMAT (finfo) == GST_VIDEO_FORMAT_RGB8P)
    return 255 / 5; /* a palette of 6 x 6 x 6 colours */
  if (GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0) < 8)
    return 8;
  return GST_VIDEO_FORMAT_INFO_IS_RGB (finfo) ? 3 : 1;
}

static guint8
pattern (int x, int y)
{
  return (guint8)(16 + (x * 3 + y * 5) % 220);
}

/* The pattern in AYUV. */
static GstBuffer *
new_source (GstVideoInfo *info, int width)
{
  GstVideoFrame frame;
  GstBuffer *buffer;

  gst_video_info_set_format (info, GST_VIDEO_FORMAT_AYUV, width, HEIGHT);
  gst_video_colorimetry_from_string (&info->colorimetry, "bt601");
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);
  fail_unless (gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE));
  for (int y = 0; y < HEIGHT; y++) {
    guint8 *row = (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                  y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
    for (int x = 0; x < width; x++) {
      row[4 * x] = 255;
      row[4 * x + 1] = pattern (x, y);
      row[4 * x + 2] = row[4 * x + 3] = 128;
    }
  }
  gst_video_frame_unmap (&frame);
  return buffer;
}

/* A buffer of the format, padded: with strides and offsets that only its GstVideoMeta tells. */
static GstBuffer *
new_target (const GstVideoInfo *info, gboolean padded)
{
  GstVideoInfo layout = *info;
  GstVideoAlignment align;
  GstBuffer *buffer;

  if (padded) {
    gst_video_alignment_reset (&align);
    align.padding_left = align.padding_right = align.padding_top = align.padding_bottom = PADDING;
    fail_unless (gst_video_info_align (&layout, &align));
  }
  buffer = gst_buffer_new_allocate (NULL, layout.size, NULL);
  gst_buffer_memset (buffer, 0, 77, layout.size);
  if (padded)
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT (info),
        GST_VIDEO_INFO_WIDTH (info), GST_VIDEO_INFO_HEIGHT (info), GST_VIDEO_INFO_N_PLANES (info),
        layout.offset, layout.stride);
  return buffer;
}

static void
convert (GstVideoInfo *from, GstBuffer *source, GstVideoInfo *to, GstBuffer *target)
{
  GstStructure *options = gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_DITHER_METHOD,
      GST_TYPE_VIDEO_DITHER_METHOD, GST_VIDEO_DITHER_NONE, NULL);
  GstVideoConverter *converter = gst_video_converter_new (from, to, options);
  GstVideoFrame in, out;

  fail_unless (converter != NULL, "%s", GST_VIDEO_INFO_NAME (to));
  fail_unless (gst_video_frame_map (&in, from, source, GST_MAP_READ));
  fail_unless (gst_video_frame_map (&out, to, target, GST_MAP_WRITE));
  gst_video_converter_frame (converter, &in, &out);
  gst_video_frame_unmap (&in);
  gst_video_frame_unmap (&out);
  gst_video_converter_free (converter);
}

/* Compares what is read with the pattern, the first pixel being (left, top) of it. */
static void
expect_pattern (const MeFrame *frame, const GstVideoInfo *info, int left, int top, int y_step)
{
  int limit = tolerance (info->finfo);

  for (int y = 0; y < frame->height; y++) {
    const guint8 *row = me_frame_row (frame, y);
    for (int x = 0; x < frame->width; x++) {
      int is = row[x], should = pattern (left + x, top + y * y_step);
      fail_unless (ABS (is - should) <= limit, "%s %dx%d: luma %d instead of %d at %d,%d",
          GST_VIDEO_INFO_NAME (info), frame->width, frame->height, is, should, x, y);
    }
  }
}

static GstBuffer *
new_picture (GstVideoFormat format, int width, gboolean padded, GstVideoInfo *info)
{
  GstVideoInfo from;
  GstBuffer *source = new_source (&from, width), *target;

  gst_video_info_set_format (info, format, width, HEIGHT);
  if (!GST_VIDEO_INFO_IS_RGB (info))
    gst_video_colorimetry_from_string (&info->colorimetry, "bt601");
  target = new_target (info, padded);
  convert (&from, source, info, target);
  gst_buffer_unref (source);
  return target;
}

static void
check_format (GstVideoFormat format, int width, gboolean padded)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  GstVideoCropMeta *crop;
  GstVideoInfo info;
  GstBuffer *buffer = new_picture (format, width, padded, &info);
  MeFrame frame;

  fail_unless (gst_microexpr_luma_set_info (luma, &info), "%s", GST_VIDEO_INFO_NAME (&info));
  fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
  fail_unless_equals_int (frame.width, width);
  fail_unless_equals_int (frame.height, HEIGHT);
  expect_pattern (&frame, &info, 0, 0, 1);
  gst_microexpr_luma_unmap (luma);

  crop = gst_buffer_add_video_crop_meta (buffer);
  crop->x = 6;
  crop->y = 4;
  crop->width = 31;
  crop->height = 17;
  fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
  fail_unless_equals_int (frame.width, 31);
  fail_unless_equals_int (frame.height, 17);
  expect_pattern (&frame, &info, 6, 4, 1);
  gst_microexpr_luma_unmap (luma);

  gst_buffer_unref (buffer);
  gst_microexpr_luma_free (luma);
}

static const char *const formats[] = { "I420", "NV12", "GRAY8", "RGB", "BGRx", "YUY2",
  "I420_10LE" };

GST_START_TEST (test_common_formats_give_the_same_luma)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    GstVideoFormat format = gst_video_format_from_string (formats[i]);
    for (int width = 60; width <= 67; width++) {
      check_format (format, width, FALSE);
      check_format (format, width, TRUE);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_every_format_of_the_pads_gives_the_same_luma)
{
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);

  for (guint i = 0; i < n; i++) {
    /* GStreamer 1.26 itself writes MT2110R wrongly when it ends inside a tile. */
    gboolean tiled = GST_VIDEO_FORMAT_INFO_IS_TILED (gst_video_format_get_info (all[i]));
    check_format (all[i], 64, FALSE);
    check_format (all[i], tiled ? 80 : 65, FALSE);
  }
}
GST_END_TEST

/* The luma of a row as GStreamer unpacks it, from the first column. */
static void
unpack_luma (const GstVideoFrame *video, int y, int width, guint8 *luma)
{
  const GstVideoFormatInfo *finfo = video->info.finfo;
  GstVideoFormat format = finfo->unpack_format;
  gboolean wide = format == GST_VIDEO_FORMAT_AYUV64 || format == GST_VIDEO_FORMAT_ARGB64;
  gboolean rgb = GST_VIDEO_FORMAT_INFO_IS_RGB (gst_video_format_get_info (format));
  guint16 *row = g_new (guint16, 4 * (width + 16));

  finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, row, (gpointer *)video->data,
      video->info.stride, 0, y, width);
  for (int x = 0; x < width; x++) {
    int px[3];
    for (int i = 0; i < 3; i++)
      px[i] = wide ? row[4 * x + 1 + i] >> 8 : ((guint8 *)row)[4 * x + 1 + i];
    luma[x] = (guint8)(rgb ? 16 + ((66 * px[0] + 129 * px[1] + 25 * px[2] + 128) >> 8) : px[0]);
  }
  g_free (row);
}

/* Crop rectangles that begin and end inside groups of packed pixels. */
static void
expect_unpacked (
    GstMicroexprLuma *luma, const GstVideoInfo *info, GstBuffer *buffer, int left, int width)
{
  GstVideoCropMeta *crop = gst_buffer_get_video_crop_meta (buffer);
  guint8 *expected = g_new (guint8, GST_VIDEO_INFO_WIDTH (info));
  GstVideoFrame video;
  MeFrame frame;

  crop->x = (guint)left;
  crop->width = (guint)width;
  fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
  fail_unless (gst_video_frame_map (&video, info, buffer, GST_MAP_READ));
  fail_unless_equals_int (frame.width, width);
  for (int y = 0; y < frame.height; y++) {
    unpack_luma (&video, (int)crop->y + y, GST_VIDEO_INFO_WIDTH (info), expected);
    fail_unless (memcmp (me_frame_row (&frame, y), expected + left, (gsize)width) == 0,
        "%s from %d, %d wide: other luma in row %d", GST_VIDEO_INFO_NAME (info), left, width, y);
  }
  gst_video_frame_unmap (&video);
  gst_microexpr_luma_unmap (luma);
  g_free (expected);
}

static void
check_any_bytes (GstVideoFormat format, int width, gboolean padded)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  GRand *random = g_rand_new_with_seed ((guint32)width);
  GstVideoCropMeta *crop;
  GstVideoInfo info;
  GstBuffer *buffer;
  GstMapInfo map;

  gst_video_info_set_format (&info, format, (guint)width, HEIGHT);
  buffer = new_target (&info, padded);
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = (guint8)g_rand_int (random);
  gst_buffer_unmap (buffer, &map);
  crop = gst_buffer_add_video_crop_meta (buffer);
  crop->y = 3;
  crop->height = HEIGHT - 5;
  fail_unless (gst_microexpr_luma_set_info (luma, &info));
  expect_unpacked (luma, &info, buffer, 0, width);
  expect_unpacked (luma, &info, buffer, 7, width - 7);
  expect_unpacked (luma, &info, buffer, 5, 43);
  gst_buffer_unref (buffer);
  g_rand_free (random);
  gst_microexpr_luma_free (luma);
}

GST_START_TEST (test_luma_is_what_unpacking_the_picture_gives)
{
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);

  for (guint i = 0; i < n; i++) {
    const GstVideoFormatInfo *finfo = gst_video_format_get_info (all[i]);
    if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo))
      continue; /* the element unpacks them; up to which column matters to GStreamer 1.26 */
    for (int width = 64; width <= 67; width++)
      check_any_bytes (all[i], width, width & 1);
  }
}
GST_END_TEST

GST_START_TEST (test_planar_luma_is_read_where_it_lies)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  GstVideoInfo info;
  GstBuffer *buffer = new_picture (GST_VIDEO_FORMAT_NV12, 64, FALSE, &info);
  GstMapInfo map;
  MeFrame frame;

  fail_unless (gst_microexpr_luma_set_info (luma, &info));
  fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  fail_unless (frame.luma == map.data);
  gst_buffer_unmap (buffer, &map);
  gst_microexpr_luma_unmap (luma);
  gst_buffer_unref (buffer);
  gst_microexpr_luma_free (luma);
}
GST_END_TEST

static void
check_field (GstVideoFormat format)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  GstVideoInfo info;
  GstBuffer *buffer = new_picture (format, 64, FALSE, &info);
  MeFrame frame;

  GST_VIDEO_INFO_INTERLACE_MODE (&info) = GST_VIDEO_INTERLACE_MODE_INTERLEAVED;
  info.par_n = 16;
  info.par_d = 11;
  fail_unless (gst_microexpr_luma_set_info (luma, &info));
  fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
  fail_unless_equals_int (frame.height, HEIGHT / 2);
  fail_unless_equals_float (frame.pixel_aspect, 8.0 / 11);
  fail_unless_equals_int (gst_microexpr_luma_placement (luma)->y_scale, 2);
  expect_pattern (&frame, &info, 0, 0, 2);
  gst_microexpr_luma_unmap (luma);
  gst_buffer_unref (buffer);
  gst_microexpr_luma_free (luma);
}

GST_START_TEST (test_interlaced_video_gives_one_field)
{
  check_field (GST_VIDEO_FORMAT_I420);
  check_field (GST_VIDEO_FORMAT_UYVY);
  check_field (GST_VIDEO_FORMAT_RGB);
  check_field (GST_VIDEO_FORMAT_RGB16);
}
GST_END_TEST

GST_START_TEST (test_crop_rectangle_outside_is_refused)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  GstVideoCropMeta *crop;
  GstVideoInfo info;
  GstBuffer *buffer = new_picture (GST_VIDEO_FORMAT_I420, 64, FALSE, &info);
  MeFrame frame;

  crop = gst_buffer_add_video_crop_meta (buffer);
  crop->x = 64;
  crop->y = 0;
  crop->width = crop->height = 10;
  fail_unless (gst_microexpr_luma_set_info (luma, &info));
  fail_if (gst_microexpr_luma_map (luma, buffer, &frame));
  crop->x = 60;
  crop->width = G_MAXUINT;
  fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
  fail_unless_equals_int (frame.width, 4);
  gst_microexpr_luma_unmap (luma);
  gst_buffer_unref (buffer);
  gst_microexpr_luma_free (luma);
}
GST_END_TEST

GST_START_TEST (test_buffer_too_small_is_refused)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 100, NULL);
  GstVideoInfo info;
  MeFrame frame;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 64, HEIGHT);
  fail_unless (gst_microexpr_luma_set_info (luma, &info));
  fail_if (gst_microexpr_luma_map (luma, buffer, &frame));
  gst_buffer_unref (buffer);
  gst_microexpr_luma_free (luma);
}
GST_END_TEST

static Suite *
luma_suite (void)
{
  Suite *suite = suite_create ("luma");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_common_formats_give_the_same_luma);
  tcase_add_test (tcase, test_every_format_of_the_pads_gives_the_same_luma);
  tcase_add_test (tcase, test_luma_is_what_unpacking_the_picture_gives);
  tcase_add_test (tcase, test_planar_luma_is_read_where_it_lies);
  tcase_add_test (tcase, test_interlaced_video_gives_one_field);
  tcase_add_test (tcase, test_crop_rectangle_outside_is_refused);
  tcase_add_test (tcase, test_buffer_too_small_is_refused);
  return suite;
}

GST_CHECK_MAIN (luma)
