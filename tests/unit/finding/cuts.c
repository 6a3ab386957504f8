/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is a cut and what is not, at any frame rate, in painted pictures. */
#include "finding/cuts.h"

#include <math.h>
#include <string.h>

/* Of the scenes; they are painted a quarter as large. */
#define WIDTH 320
#define HEIGHT 180
#define COLUMNS (WIDTH / 4)
#define ROWS (HEIGHT / 4)
#define WHEN_S 1.0 /* the cut, the flash, ... */
#define END_S 2.9
#define MS G_GINT64_CONSTANT (1000000)

static const double rates[] = { 10, 25, 29.97, 120 };

/* Four scenes without anything in common. x, y: pixels. */
static double
scene (int n, double x, double y)
{
  static const double waves[][4] = { { 0.031, 0.011, 0.023, -0.017 },
    { 0.013, -0.041, 0.009, 0.028 }, { 0.052, 0.006, -0.012, 0.037 },
    { 0.008, 0.019, 0.044, 0.003 } };
  const double *w = waves[n];

  return 110 + 40 * sin (w[0] * x + w[1] * y + n) + 30 * cos (w[2] * x + w[3] * y) +
         20 * sin (0.21 * x * (n + 1) / 3 + 0.17 * y);
}

/* The picture at a time, s: luma of a pixel. */
typedef double (*Clip) (double t, double x, double y, double length_s);

static double
clip_cut (double t, double x, double y, double length_s G_GNUC_UNUSED)
{
  return scene (t >= WHEN_S, x, y);
}

static double
clip_cutaway (double t, double x, double y, double length_s)
{
  return scene (t >= WHEN_S && t < WHEN_S + length_s ? 2 : 0, x, y);
}

static double
clip_punch_in (double t, double x, double y, double length_s G_GNUC_UNUSED)
{
  double zoom = t >= WHEN_S ? 1.12 : 1;

  return scene (0, WIDTH / 2 + (x - WIDTH / 2) / zoom, HEIGHT / 2 + (y - HEIGHT / 2) / zoom);
}

static double
clip_slate (double t, double x, double y, double length_s)
{
  return t >= WHEN_S && t < WHEN_S + length_s ? 16 : scene (0, x, y);
}

/* length_s: from pure to pure. */
static double
clip_dissolve (double t, double x, double y, double length_s)
{
  double share = CLAMP ((t - WHEN_S) / length_s, 0, 1);

  return (1 - share) * scene (0, x, y) + share * scene (3, x, y);
}

static double
clip_fade (double t, double x, double y, double length_s)
{
  double light = CLAMP (fabs (t - WHEN_S) / length_s, 0.1, 1);

  return 16 + light * (scene (0, x, y) - 16);
}

static double
clip_exposure (double t, double x, double y, double length_s)
{
  return (t >= WHEN_S ? length_s : 1) * (scene (0, x, y) - 60) + 80;
}

/* One after another, 0.4 s apart. */
static double
clip_flashes (double t, double x, double y, double length_s)
{
  double light = scene (0, x, y);

  return fmod (t, 0.4) < length_s && t > WHEN_S ? 200 + light / 8 + 0.2 * x : light;
}

/* From rest, in px/s. */
static double
clip_pan (double t, double x, double y, double length_s)
{
  return scene (0, x - length_s * MAX (t - WHEN_S, 0), y);
}

/* Something before the picture, for a second. */
static double
clip_hand (double t, double x, double y, double length_s)
{
  double edge = (t - WHEN_S) * length_s;

  return x > edge - WIDTH / 2.0 && x < edge ? 170 + 10 * sin (y / 9) : scene (0, x, y);
}

/* Plays a clip at a rate and counts cuts; the newest one's time and when it was known, ns. */
static guint
count_cuts (Clip clip, double length_s, double rate, gint64 *last_ns, gint64 *known_ns)
{
  MePictures *pictures = g_new0 (MePictures, 1);
  MeCutWatch *watch = g_new0 (MeCutWatch, 1);
  MeBox all = { 0, 0, ME_THUMBNAIL_COLUMNS, ME_THUMBNAIL_ROWS };
  guint8 *luma = g_malloc (COLUMNS * ROWS);
  guint32 noise = 7;
  guint n_cuts = 0;

  for (guint n = 0; n < END_S * rate; n++) {
    double t = n / rate;
    MeFrame frame = { luma, COLUMNS, ROWS, COLUMNS, 1, (guint64)(t * 1e9), NULL };
    guint64 last = 0;
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      double light = clip (t, 4 * (i % COLUMNS), 4 * (i / COLUMNS), length_s);
      noise = noise * 1664525u + 1013904223u;
      luma[i] = (guint8)CLAMP (light + (noise >> 29) - 3.5, 0, 255);
    }
    me_pictures_add (pictures, &frame, 1 / rate);
    if (me_cut_watch_add (watch, pictures, &all, &last)) {
      n_cuts++;
      *last_ns = (gint64)last;
      *known_ns = (gint64)frame.time_ns;
    }
  }
  g_free (luma);
  g_free (watch);
  g_free (pictures);
  return n_cuts;
}

/* Cuts, and how many: length_s as the clip means it. */
static const struct
{
  const char *name;
  Clip clip;
  double length_s;
  guint n_cuts;
} cuts[] = { { "cut", clip_cut, 0, 1 }, { "punch-in", clip_punch_in, 0, 1 },
  { "cutaway of 0.5 s", clip_cutaway, 0.5, 2 }, { "slate", clip_slate, 0.5, 2 } };

static void
test_cuts_are_known_within_a_fifth_of_a_second (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    for (guint r = 0; r < G_N_ELEMENTS (rates); r++) {
      gint64 last_ns = 0, known_ns = 0, frame_ns = (gint64)(1e9 / rates[r]);
      g_test_message ("%s at %g frames/s", cuts[i].name, rates[r]);
      g_assert_cmpuint (count_cuts (cuts[i].clip, cuts[i].length_s, rates[r], &last_ns, &known_ns),
          ==, cuts[i].n_cuts);
      if (cuts[i].n_cuts > 1)
        last_ns -= (gint64)(cuts[i].length_s * 1e9);
      g_assert_cmpint (ABS (last_ns - (gint64)(WHEN_S * 1e9)), <=, frame_ns + MS);
      if (cuts[i].n_cuts == 1)
        g_assert_cmpint (known_ns - last_ns, <=, MAX (200 * MS, 3 * frame_ns + MS));
    }
}

/* Its two cuts are one where the picture has no time to rest between them. */
static void
test_short_cutaways_are_cuts (void)
{
  static const double lengths_s[] = { 0.081, 0.13, 0.2, 0.3 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths_s); i++)
    for (guint r = 1; r < G_N_ELEMENTS (rates); r++) { /* at 10 a short one is one frame */
      gint64 last_ns = 0, known_ns = 0;
      g_test_message ("%g s at %g frames/s", lengths_s[i], rates[r]);
      g_assert_cmpuint (
          count_cuts (clip_cutaway, lengths_s[i], rates[r], &last_ns, &known_ns), >=, 1);
      g_assert_cmpint (known_ns, >=, (gint64)((WHEN_S + lengths_s[i]) * 1e9));
    }
}

static void
test_a_dissolve_ends_what_was_before_it (void)
{
  static const double lengths_s[] = { 0.3, 0.5, 0.7, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths_s); i++)
    for (guint r = 0; r < G_N_ELEMENTS (rates); r++) {
      gint64 last_ns = 0, known_ns = 0;
      g_test_message ("%g s at %g frames/s", lengths_s[i], rates[r]);
      g_assert_cmpuint (
          count_cuts (clip_dissolve, lengths_s[i], rates[r], &last_ns, &known_ns), ==, 1);
      g_assert_cmpint (last_ns, <=, (gint64)((WHEN_S + 0.25 * lengths_s[i]) * 1e9));
      g_assert_cmpint (known_ns, >=, (gint64)((WHEN_S + 0.7 * lengths_s[i]) * 1e9));
      g_assert_cmpint (known_ns, <=, (gint64)((WHEN_S + lengths_s[i] + 1.2) * 1e9));
    }
}

static void
test_what_goes_on_is_no_cut (void)
{
  static const struct
  {
    const char *name;
    Clip clip;
    double length_s;
  } clips[] = { { "still", clip_cutaway, 0 }, { "exposure", clip_exposure, 0.6 },
    { "exposure", clip_exposure, 1.5 }, { "fade and back", clip_fade, 0.5 },
    { "flashes", clip_flashes, 0.03 }, { "slow pan", clip_pan, 30 }, { "pan", clip_pan, 200 },
    { "fast pan", clip_pan, 800 }, { "hand", clip_hand, 300 }, { "fast hand", clip_hand, 900 } };

  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    for (guint r = 0; r < G_N_ELEMENTS (rates); r++) {
      gint64 last_ns = 0, known_ns = 0;
      g_test_message ("%s %g at %g frames/s", clips[i].name, clips[i].length_s, rates[r]);
      g_assert_cmpuint (
          count_cuts (clips[i].clip, clips[i].length_s, rates[r], &last_ns, &known_ns), ==, 0);
    }
}

/* Pictures of every size have a thumbnail, and every box a part of it. */
static void
test_thumbnails_of_any_size (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 3, 2 }, { 1, 900 }, { 900, 1 }, { 79, 46 } };
  static const MeBox boxes[] = { { 0, 0, 1, 1 }, { -900, -900, 10, 10 }, { 2000, 2000, 10, 10 },
    { -9, -9, 2000, 2000 }, { G_MININT / 2, 0, G_MAXINT / 2, G_MAXINT / 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree guint8 *luma = g_malloc ((gsize)(sizes[i][0] * sizes[i][1]));
    MeFrame frame = { luma, sizes[i][0], sizes[i][1], (gsize)sizes[i][0], 1, 0, NULL };
    MeThumbnail thumbnail;
    memset (luma, 77, (gsize)(sizes[i][0] * sizes[i][1]));
    me_thumbnail_make (&thumbnail, &frame);
    for (guint k = 0; k < sizeof thumbnail.luma; k++)
      g_assert_cmpuint (thumbnail.luma[k], ==, 77);
    for (guint k = 0; k < G_N_ELEMENTS (boxes); k++) {
      MeBox part = me_thumbnail_part (&frame, &boxes[k]);
      g_assert_cmpint (MIN (MIN (part.x, part.y), MIN (part.width, part.height)), >=, 0);
      g_assert_cmpint (part.x + part.width, <=, ME_THUMBNAIL_COLUMNS);
      g_assert_cmpint (part.y + part.height, <=, ME_THUMBNAIL_ROWS);
      g_assert_cmpfloat (fabsf (me_thumbnail_change (&thumbnail, &thumbnail, &part)), <, 1e-3f);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cuts/cuts-are-known-within-a-fifth-of-a-second",
      test_cuts_are_known_within_a_fifth_of_a_second);
  g_test_add_func ("/cuts/short-cutaways-are-cuts", test_short_cutaways_are_cuts);
  g_test_add_func (
      "/cuts/a-dissolve-ends-what-was-before-it", test_a_dissolve_ends_what_was_before_it);
  g_test_add_func ("/cuts/what-goes-on-is-no-cut", test_what_goes_on_is_no_cut);
  g_test_add_func ("/cuts/thumbnails-of-any-size", test_thumbnails_of_any_size);
  return g_test_run ();
}
