/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "drawn-over.h"

#include <math.h>
#include <string.h>

#define FIRST_S 2.0
#define SLOT_S 2.5 /* one appearance in each */
#define TORN_EVERY_S 0.8
#define DARK 16
#define BRIGHT 235

const char *const drawn_names[DRAWN_N_KINDS] = { "caption", "watermark", "hand", "torn" };

/* What is drawn in a slot of time. */
typedef struct
{
  guint32 hash;
  double since_s;  /* its beginning; negative before it */
  double length_s; /* from beginning to end */
} Appearance;

/* Jenkins, "4-byte integer hashing". */
static guint32
hash (guint32 x)
{
  x = (x ^ 61) ^ (x >> 16);
  x += x << 3;
  x ^= x >> 4;
  x *= 0x27d4eb2d;
  return x ^ (x >> 15);
}

/* 0..1; which: each number of a slot */
static double
draw (guint32 seed, guint which)
{
  return hash (seed * 31 + which) / 4294967296.0;
}

/* Half of them are as short as a micro-expression. */
static Appearance
appearance_at (guint seed, double time_s)
{
  guint slot = (guint)MAX (0, (time_s - FIRST_S) / SLOT_S);
  guint32 h = hash (seed * 1009 + slot);
  double length = slot % 2 ? 0.15 + 0.35 * draw (h, 1) : 0.6 + 1.2 * draw (h, 1);
  double start = FIRST_S + slot * SLOT_S + (SLOT_S - length) * draw (h, 0);

  return (Appearance){ h, time_s - start, length };
}

/* Opacity 0..1: fades within fade_s at both ends. */
static double
opacity (const Appearance *a, double fade_s)
{
  double inside = MIN (a->since_s, a->length_s - a->since_s);

  return inside < 0 ? 0 : fade_s > 0 ? CLAMP (inside / fade_s, 0, 1) : 1;
}

static guint8 *
pixel (GstVideoFrame *frame, int x, int y)
{
  if (x < 0 || y < 0 || x >= GST_VIDEO_FRAME_WIDTH (frame) || y >= GST_VIDEO_FRAME_HEIGHT (frame))
    return NULL;
  return (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (frame, 0) +
         (gsize)y * (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0) + x;
}

static void
blend (GstVideoFrame *frame, int x, int y, double value, double alpha)
{
  guint8 *p = pixel (frame, x, y);

  if (p)
    *p = (guint8)(*p + alpha * (value - *p) + 0.5);
}

/* Is there ink at (x, y)? Letters of 5 x 7 random dots, in cells of 6 x 9. */
static gboolean
has_ink (guint32 h, double x, double y, double dot)
{
  int column = (int)floor (x / dot), row = (int)floor (y / dot);
  int in_x = ((column % 6) + 6) % 6, in_y = ((row % 9) + 9) % 9;
  guint32 letter = hash (h + (guint32)(column / 6) * 7919 + (guint32)(row / 9) * 104729);

  return in_x < 5 && in_y < 7 && (hash (letter + (guint32)(in_y * 5 + in_x)) & 1);
}

/* A text of width x height px around a place; band: opacity of what lies behind the letters. */
static void
write_text (GstVideoFrame *frame, guint32 h, double cx, double cy, double width, double height,
    double dot, double ink, double band)
{
  for (int y = (int)(cy - height / 2); y < cy + height / 2; y++) {
    for (int x = (int)(cx - width / 2); x < cx + width / 2; x++) {
      double tx = x - cx + width / 2, ty = y - cy + height / 2;

      if (band > 0)
        blend (frame, x, y, DARK, band);
      if (has_ink (h, tx, ty - dot, dot))
        blend (frame, x, y, BRIGHT, ink);
    }
  }
}

static void
draw_caption (guint seed, const DrawnFace *face, double time_s, GstVideoFrame *frame)
{
  Appearance a = appearance_at (seed, time_s);
  double alpha = opacity (&a, draw (a.hash, 2) < 0.5 ? 0 : 0.15), dot = face->ipd * 0.035;
  double y = face->eyes_y + face->ipd * (0.8 + 0.9 * draw (a.hash, 3));

  if (alpha > 0)
    write_text (frame, a.hash, face->eyes_x, y, face->ipd * 3, dot * 9, dot, alpha,
        draw (a.hash, 4) < 0.5 ? 0 : 0.75 * alpha);
}

static void
draw_watermark (guint seed, const DrawnFace *face, double time_s, GstVideoFrame *frame)
{
  Appearance a = appearance_at (seed, time_s);
  double alpha = 0.35 * opacity (&a, 0.1), dot = face->ipd * 0.06;
  double x = face->eyes_x + face->ipd * (0.3 * (draw (a.hash, 2) - 0.5) + 0.1 * a.since_s);
  double y = face->eyes_y + face->ipd * (-0.5 + 1.6 * draw (a.hash, 3));

  if (alpha > 0)
    write_text (frame, a.hash, x, y, face->ipd * 1.6, dot * 18, dot, alpha, 0);
}

/* Mean of the cheeks. */
static double
skin_shade (const DrawnFace *face, GstVideoFrame *frame)
{
  double sum = 0, n = 1e-9;

  for (int side = -1; side <= 1; side += 2) {
    for (int k = 0; k < 64; k++) {
      double x = face->eyes_x + side * face->ipd * 0.5 + k % 8, y = face->eyes_y + face->ipd * 0.6;
      const guint8 *p = pixel (frame, (int)x, (int)y + k / 8);

      sum += p ? *p : 0;
      n += p != NULL;
    }
  }
  return sum / n;
}

/* Four fingers of skin with darker lines between them; it comes from below. */
static void
draw_hand (guint seed, const DrawnFace *face, double time_s, GstVideoFrame *frame)
{
  Appearance a = appearance_at (seed, time_s);
  double way = opacity (&a, MIN (0.3, a.length_s / 2)), way_up = (1 - cos (G_PI * way)) / 2;
  double rx = 0.75 * face->ipd, ry = 0.5 * face->ipd, skin = skin_shade (face, frame);
  double x0 = face->eyes_x + face->ipd * (draw (a.hash, 2) - 0.5);
  double y0 = face->eyes_y + face->ipd * (3.2 - (1.7 + 0.5 * draw (a.hash, 3)) * way_up);

  for (int y = (int)(y0 - ry); way > 0 && y <= y0 + ry; y++) {
    for (int x = (int)(x0 - rx); x <= x0 + rx; x++) {
      double u = (x - x0) / rx, v = (y - y0) / ry, edge = 1 - u * u - v * v;
      double line = fabs (v * 2 - round (v * 2));

      if (edge > 0)
        blend (frame, x, y, skin * (0.92 + 0.12 * sqrt (edge)) - (line < 0.06 ? 0.2 * skin : 0),
            MIN (1, edge * 12));
    }
  }
}

static void
shift_row (GstVideoFrame *frame, int y, int by)
{
  int width = GST_VIDEO_FRAME_WIDTH (frame), shift = CLAMP (by, -width + 1, width - 1);
  guint8 *row = pixel (frame, 0, y);

  if (row && shift > 0)
    memmove (row + shift, row, (gsize)(width - shift));
  else if (row)
    memmove (row, row - shift, (gsize)(width + shift));
}

/* Of every second tear the rows of one field, of the others all rows below a line. */
static void
draw_torn (guint seed, const DrawnFace *face, double time_s, GstVideoFrame *frame)
{
  double fps = (double)GST_VIDEO_INFO_FPS_N (&frame->info) / GST_VIDEO_INFO_FPS_D (&frame->info);
  guint n = (guint)(time_s / TORN_EVERY_S);
  guint32 h = hash (seed * 1009 + n);
  int by = (int)lround (face->ipd * (0.03 + 0.2 * draw (h, 0)) * (draw (h, 1) < 0.5 ? 1 : -1));
  int from = n % 2 ? 0 : (int)(face->eyes_y + face->ipd * (1.6 * draw (h, 2) - 0.4));

  if (time_s < FIRST_S || (time_s - n * TORN_EVERY_S) * fps >= 1)
    return;
  for (int y = from; y < GST_VIDEO_FRAME_HEIGHT (frame); y += n % 2 ? 2 : 1)
    shift_row (frame, y, by);
}

void
drawn_over (DrawnKind kind, guint seed, const DrawnFace *face, double time_s, GstVideoFrame *frame)
{
  static void (*const drawers[DRAWN_N_KINDS]) (guint seed, const DrawnFace *face, double time_s,
      GstVideoFrame *frame) = { draw_caption, draw_watermark, draw_hand, draw_torn };

  drawers[kind](seed, face, time_s, frame);
}
