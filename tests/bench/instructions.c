/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The analysis of a fixed clip, for instruction counts (tests/bench/count-instructions): 400 frames
 * of a photograph that sways before a grey wall, 640x480. Whole numbers only, so that every machine
 * draws the same. Arguments: the photograph, frames/s. Prints the faces found. */
#include <gdk-pixbuf/gdk-pixbuf.h>

#include "microexpr.h"

#define WIDTH 640
#define HEIGHT 480
#define N_FRAMES 400
#define FACE_PX 400 /* of the photograph */
#define WALL 110
#define SWAY 900 /* 1/256 px */
#define PERIOD 300 /* frames */

static guint8 face[FACE_PX][FACE_PX];

static void
load_face (const char *file)
{
  GError *error = NULL;
  GdkPixbuf *photo = gdk_pixbuf_new_from_file_at_scale (file, FACE_PX, FACE_PX, FALSE, &error);
  const guint8 *pixels;

  if (!photo)
    g_error ("%s", error->message);
  pixels = gdk_pixbuf_read_pixels (photo);
  for (int y = 0; y < FACE_PX; y++)
    for (int x = 0; x < FACE_PX; x++)
      face[y][x] = pixels[y * gdk_pixbuf_get_rowstride (photo) +
                          x * gdk_pixbuf_get_n_channels (photo) + 1];
  g_object_unref (photo);
}

/* Between -SWAY and SWAY and back. */
static int
sway (int n, int period)
{
  int phase = n % period * 4;

  return (phase < 2 * period ? phase - period : 3 * period - phase) * SWAY / period;
}

static int
seen (int x, int y) /* 1/256 px of the photograph */
{
  int column = x >> 8, row = y >> 8, fx = x & 255, fy = y & 255;

  if (column < 0 || row < 0 || column >= FACE_PX - 1 || row >= FACE_PX - 1)
    return WALL;
  return ((face[row][column] * (256 - fx) + face[row][column + 1] * fx) * (256 - fy) +
             (face[row + 1][column] * (256 - fx) + face[row + 1][column + 1] * fx) * fy) >>
         16;
}

static void
draw (guint8 *luma, int n)
{
  static guint32 noise = 1;
  int left = (WIDTH - FACE_PX) / 2 * 256 + sway (n, PERIOD);
  int top = (HEIGHT - FACE_PX) / 2 * 256 + sway (n, PERIOD / 2) / 2;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      noise = noise * 1664525u + 1013904223u;
      luma[y * WIDTH + x] =
          (guint8)CLAMP (seen (x * 256 - left, y * 256 - top) + (int)(noise >> 30) - 1, 0, 255);
    }
}

int
main (int argc, char **argv)
{
  guint8 *luma = g_malloc (WIDTH * HEIGHT);
  MeConfig config;
  MeAnalyzer *analyzer;
  guint n_faces = 0;
  guint64 fps;

  if (argc != 3)
    g_error ("usage: %s PHOTOGRAPH FRAMES_PER_SECOND", argv[0]);
  fps = g_ascii_strtoull (argv[2], NULL, 10);
  load_face (argv[1]);
  me_config_default (&config);
  analyzer = me_analyzer_new (&config, NULL);
  for (int n = 0; n < N_FRAMES; n++) {
    MeFrame frame = { luma, WIDTH, HEIGHT, WIDTH, 1, (guint64)n * 1000000000u / fps };
    draw (luma, n);
    me_analyzer_process (analyzer, &frame);
  }
  me_analyzer_faces (analyzer, &n_faces);
  g_print ("%u face in %d frames\n", n_faces, N_FRAMES);
  me_analyzer_free (analyzer);
  g_free (luma);
  return n_faces != 1;
}
