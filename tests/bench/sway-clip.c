/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sway-clip.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define FACE_PX 400 /* of the photograph */
#define WALL 110
#define SWAY 900   /* 1/256 px */
#define PERIOD 300 /* frames */

struct _SwayClip
{
  guint8 face[FACE_PX][FACE_PX];
  guint8 luma[SWAY_CLIP_WIDTH * SWAY_CLIP_HEIGHT];
  guint32 noise;
};

SwayClip *
sway_clip_new (const char *photograph, GError **error)
{
  GdkPixbuf *photo = gdk_pixbuf_new_from_file_at_scale (photograph, FACE_PX, FACE_PX, FALSE, error);
  SwayClip *clip;
  const guint8 *pixels;

  if (!photo)
    return NULL;
  clip = g_new0 (SwayClip, 1);
  clip->noise = 1;
  pixels = gdk_pixbuf_read_pixels (photo);
  for (int y = 0; y < FACE_PX; y++)
    for (int x = 0; x < FACE_PX; x++)
      clip->face[y][x] =
          pixels[y * gdk_pixbuf_get_rowstride (photo) + x * gdk_pixbuf_get_n_channels (photo) + 1];
  g_object_unref (photo);
  return clip;
}

void
sway_clip_free (SwayClip *clip)
{
  g_free (clip);
}

/* Between -SWAY and SWAY and back. */
static int
sway (guint n, int period)
{
  int phase = (int)(n % (guint)period) * 4;

  return (phase < 2 * period ? phase - period : 3 * period - phase) * SWAY / period;
}

/* x, y: 1/256 px of the photograph. */
static int
seen (const SwayClip *clip, int x, int y)
{
  int column = x >> 8, row = y >> 8, fx = x & 255, fy = y & 255;

  if (column < 0 || row < 0 || column >= FACE_PX - 1 || row >= FACE_PX - 1)
    return WALL;
  const guint8 *upper = &clip->face[row][column], *lower = &clip->face[row + 1][column];
  return ((upper[0] * (256 - fx) + upper[1] * fx) * (256 - fy) +
             (lower[0] * (256 - fx) + lower[1] * fx) * fy) >>
         16;
}

const guint8 *
sway_clip_draw (SwayClip *clip, guint n)
{
  int left = (SWAY_CLIP_WIDTH - FACE_PX) / 2 * 256 + sway (n, PERIOD);
  int top = (SWAY_CLIP_HEIGHT - FACE_PX) / 2 * 256 + sway (n, PERIOD / 2) / 2;

  for (int y = 0; y < SWAY_CLIP_HEIGHT; y++)
    for (int x = 0; x < SWAY_CLIP_WIDTH; x++) {
      clip->noise = clip->noise * 1664525u + 1013904223u;
      int luma = seen (clip, x * 256 - left, y * 256 - top) + (int)(clip->noise >> 30) - 1;
      clip->luma[y * SWAY_CLIP_WIDTH + x] = (guint8)CLAMP (luma, 0, 255);
    }
  return clip->luma;
}
