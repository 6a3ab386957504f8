/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The analysis of a clip that never changes, without a clock: its instructions are counted by
 * tests/bench/count-instructions. Prints the faces found. */
#include <gst/video/video.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "luma.h"
#include "microexpr.h"
#include "sway-clip.h"

static int n_frames = 400, fps = 30, enlarge = 1, columns = 1;
static char *format = "GRAY8";
static const GOptionEntry options[] = {
  { "frames", 'n', 0, G_OPTION_ARG_INT, &n_frames, "Frames [400]", "N" },
  { "rate", 'r', 0, G_OPTION_ARG_INT, &fps, "Frames per second [30]", "FPS" },
  { "enlarge", 'e', 0, G_OPTION_ARG_INT, &enlarge, "Pixels for each of 640x480, each way [1]",
      "N" },
  { "columns", 'c', 0, G_OPTION_ARG_INT, &columns, "Faces side by side [1]", "N" },
  { "format", 'f', 0, G_OPTION_ARG_STRING, &format, "GRAY8, or RGB [GRAY8]", "FORMAT" },
  G_OPTION_ENTRY_NULL,
};

/* A row of the clip, larger and several times. What is not enlarged is copied at once: under
 * valgrind a call for each pixel takes long. */
static void
draw_row (const guint8 *row, int px_size, guint8 *to)
{
  int size = enlarge * px_size;

  for (int c = 0; c < columns; c++, to += SWAY_CLIP_WIDTH * size)
    if (size == 1)
      memcpy (to, row, SWAY_CLIP_WIDTH);
    else
      for (int x = 0; x < SWAY_CLIP_WIDTH; x++)
        memset (to + x * size, row[x], (gsize)size);
}

static void
draw (SwayClip *clip, guint n, const GstVideoInfo *info, GstBuffer *buffer)
{
  const guint8 *luma = sway_clip_draw (clip, n);
  gsize stride = (gsize)GST_VIDEO_INFO_PLANE_STRIDE (info, 0);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (int y = 0; y < GST_VIDEO_INFO_HEIGHT (info); y++) {
    guint8 *to = map.data + (gsize)y * stride;
    if (y % enlarge)
      memcpy (to, to - stride, stride);
    else
      draw_row (luma + y / enlarge * SWAY_CLIP_WIDTH, GST_VIDEO_INFO_COMP_PSTRIDE (info, 0), to);
  }
  gst_buffer_unmap (buffer, &map);
}

/* Returns the faces that are followed in the end. */
static guint
play (MeAnalyzer *analyzer, SwayClip *clip, const GstVideoInfo *info)
{
  GstMicroexprLuma *luma = gst_microexpr_luma_new ();
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);
  guint n_faces;

  gst_microexpr_luma_set_info (luma, info);
  for (guint n = 0; n < (guint)n_frames; n++) {
    MeFrame frame;
    draw (clip, n, info, buffer);
    gst_microexpr_luma_map (luma, buffer, &frame);
    frame.time_ns = n * GST_SECOND / (guint)fps;
    me_analyzer_process (analyzer, &frame);
    gst_microexpr_luma_unmap (luma);
  }
  me_analyzer_faces (analyzer, &n_faces);
  gst_buffer_unref (buffer);
  gst_microexpr_luma_free (luma);
  return n_faces;
}

static int
run (const char *photograph, GError **error)
{
  SwayClip *clip = sway_clip_new (photograph, error);
  MeAnalyzer *analyzer;
  MeConfig config;
  GstVideoInfo info;
  guint n_faces;

  me_config_default (&config);
  analyzer = clip ? me_analyzer_new (&config, error) : NULL;
  if (!analyzer)
    return 1;
  gst_video_info_set_format (&info, gst_video_format_from_string (format),
      (guint)(SWAY_CLIP_WIDTH * enlarge * columns), (guint)(SWAY_CLIP_HEIGHT * enlarge));
  n_faces = play (analyzer, clip, &info);
  printf ("%u faces in %d frames\n", n_faces, n_frames);
  me_analyzer_free (analyzer);
  sway_clip_free (clip);
  return n_faces != (guint)columns;
}

int
main (int argc, char **argv)
{
  GOptionContext *context = g_option_context_new ("PHOTOGRAPH");
  GError *error = NULL;
  int status = 2;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (g_option_context_parse (context, &argc, &argv, &error) && argc == 2 && fps > 0 && enlarge > 0)
    status = run (argv[1], &error);
  else
    fprintf (stderr, "%s", g_option_context_get_help (context, TRUE, NULL));
  if (error)
    fprintf (stderr, "%s\n", error->message);
  g_option_context_free (context);
  return status;
}
