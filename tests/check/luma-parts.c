/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture that is converted where it is looked at is the same as one that is converted at once,
 * whatever parts are asked for, in whatever order and by however many threads. */
#include <gst/check/gstcheck.h>
#include <gst/video/video.h>
#include <string.h>

#include "luma.h"

#define HEIGHT 40
#define LEFT 7 /* of the crop rectangle: inside a group of packed pixels */
#define N_PARTS 60
#define N_READERS 4
#define N_PICTURES 50

typedef struct
{
  const MeFrame *frame; /* to be read in parts */
  const guint8 *whole;  /* its luma, without gaps */
  guint32 seed;
} Reader;

/* Of random bytes. */
static GstBuffer *
new_picture (GstVideoFormat format, int width, guint32 seed, GstVideoInfo *info)
{
  GRand *random = g_rand_new_with_seed (seed);
  GstVideoCropMeta *crop;
  GstBuffer *buffer;
  GstMapInfo map;

  gst_video_info_set_format (info, format, (guint)width, HEIGHT);
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = (guint8)g_rand_int (random);
  gst_buffer_unmap (buffer, &map);
  crop = gst_buffer_add_video_crop_meta (buffer);
  crop->x = LEFT;
  crop->y = 1;
  crop->width = (guint)width - LEFT;
  crop->height = HEIGHT - 1;
  g_rand_free (random);
  return buffer;
}

/* All luma, asked for at once. */
static guint8 *
read_whole (const GstVideoInfo *info, GstBuffer *buffer)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  guint8 *whole;
  MeFrame frame;

  fail_unless (gst_microexpr_luma_set_info (luma, info));
  fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
  me_frame_part (&frame, &(MeBox){ 0, 0, frame.width, frame.height });
  whole = g_malloc ((gsize)frame.width * (gsize)frame.height);
  for (int y = 0; y < frame.height; y++)
    memcpy (whole + y * frame.width, frame.luma + (gsize)y * frame.stride, (gsize)frame.width);
  gst_microexpr_luma_unmap (luma);
  gst_microexpr_luma_free (luma);
  return whole;
}

static void
expect_part (const MeFrame *frame, const MeBox *part, const guint8 *whole)
{
  const guint8 *luma = me_frame_part (frame, part);

  whole += part->y * frame->width + part->x;
  for (int y = 0; y < part->height; y++, luma += frame->stride, whole += frame->width)
    fail_unless (memcmp (luma, whole, (gsize)part->width) == 0,
        "other luma in row %d of %dx%d at %d,%d", y, part->width, part->height, part->x, part->y);
}

/* Many parts are small, so that most of the picture is read in pieces. */
static gpointer
read_parts (gpointer data)
{
  const Reader *reader = data;
  const MeFrame *frame = reader->frame;
  GRand *random = g_rand_new_with_seed (reader->seed);

  for (guint i = 0; i < N_PARTS; i++) {
    MeBox part = { g_rand_int_range (random, 0, frame->width),
      g_rand_int_range (random, 0, frame->height), 0, 0 };
    int most = frame->width - part.x;
    part.width = g_rand_int_range (random, 1, (i % 4 ? (most + 9) / 10 : most) + 1);
    part.height = g_rand_int_range (random, 1, frame->height - part.y + 1);
    expect_part (frame, &part, reader->whole);
  }
  g_rand_free (random);
  return NULL;
}

/* The same luma reads one picture after the other. */
static void
check_pictures (GstVideoFormat format, int width, guint n_pictures, guint n_readers)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();

  for (guint32 n = 0; n < n_pictures; n++) {
    GThread *threads[N_READERS];
    Reader readers[N_READERS];
    GstVideoInfo info;
    GstBuffer *buffer = new_picture (format, width, n, &info);
    guint8 *whole = read_whole (&info, buffer);
    MeFrame frame;
    fail_unless (gst_microexpr_luma_set_info (luma, &info));
    fail_unless (gst_microexpr_luma_map (luma, buffer, &frame));
    for (guint32 i = 0; i < n_readers; i++) {
      readers[i] = (Reader){ &frame, whole, n * N_READERS + i };
      threads[i] = g_thread_new ("reader", read_parts, &readers[i]);
    }
    for (guint i = 0; i < n_readers; i++)
      g_thread_join (threads[i]);
    gst_microexpr_luma_unmap (luma);
    gst_buffer_unref (buffer);
    g_free (whole);
  }
  gst_microexpr_luma_free (luma);
}

GST_START_TEST (test_parts_are_those_of_the_whole_picture)
{
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);

  for (guint i = 0; i < n; i++)
    if (!GST_VIDEO_FORMAT_INFO_IS_TILED (gst_video_format_get_info (all[i])))
      check_pictures (all[i], 403, 2, 1);
}
GST_END_TEST

/* From less than a chunk in a row to more of the smallest ones than fit. */
GST_START_TEST (test_parts_of_any_width_are_read)
{
  static const int widths[] = { LEFT + 1, 40, LEFT + 32, LEFT + 33, LEFT + 2048, LEFT + 2049, 2070,
    5000 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    check_pictures (GST_VIDEO_FORMAT_RGB, widths[i], 2, 1);
    check_pictures (GST_VIDEO_FORMAT_v210, widths[i], 2, 1);
    check_pictures (GST_VIDEO_FORMAT_RGB16, widths[i], 2, 1);
  }
}
GST_END_TEST

GST_START_TEST (test_threads_read_one_picture_together)
{
  check_pictures (GST_VIDEO_FORMAT_RGB, 640, N_PICTURES, N_READERS);
  check_pictures (GST_VIDEO_FORMAT_v210, 640, N_PICTURES, N_READERS);
  check_pictures (GST_VIDEO_FORMAT_RGB16, 640, N_PICTURES, N_READERS);
}
GST_END_TEST

static Suite *
luma_parts_suite (void)
{
  Suite *suite = suite_create ("luma-parts");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_parts_are_those_of_the_whole_picture);
  tcase_add_test (tcase, test_parts_of_any_width_are_read);
  tcase_add_test (tcase, test_threads_read_one_picture_together);
  return suite;
}

GST_CHECK_MAIN (luma_parts)
