/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copies of pictures are told from new ones, at any pattern and with what a lossy encoder leaves,
 * and still or slow video is not taken for copies. */
#include "finding/repeats.h"

#include <string.h>

#define WIDTH 320
#define HEIGHT 240
#define FRAME_NS 33333333u

/* A textured picture that moves on with each new one. */
typedef struct
{
  guint8 luma[HEIGHT][WIDTH];
  guint32 random;
  int x;       /* how far it has moved, 1/16 px */
  int speed;   /* 1/16 px a new picture */
  int noise;   /* of the sensor: +- luma of a new picture */
  int residue; /* +- luma, that an encoder leaves of a copy, in one pixel of eight */
} Clip;

static guint
next_random (Clip *clip)
{
  return (clip->random = clip->random * 1664525u + 1013904223u) >> 16;
}

static int
jitter (Clip *clip, int size)
{
  return size ? (int)(next_random (clip) % (guint)(2 * size + 1)) - size : 0;
}

static void
draw (Clip *clip)
{
  clip->x += clip->speed;
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      int wave = ((16 * x + clip->x) / 16 + 2 * y) % 64;
      clip->luma[y][x] = (guint8)(80 + (wave < 32 ? wave : 64 - wave) + jitter (clip, clip->noise));
    }
}

static void
spoil (Clip *clip)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (next_random (clip) % 8 == 0)
        clip->luma[y][x] = (guint8)(clip->luma[y][x] + jitter (clip, clip->residue));
}

/* pattern: of n frames over and over, whether each shows a new picture. Returns the copies found.
 */
static guint
play (MeRepeats *repeats, Clip *clip, const char *pattern, guint n_frames)
{
  guint n = (guint)strlen (pattern), found = 0;

  for (guint i = 0; i < n_frames; i++) {
    MeFrame frame = { clip->luma[0], WIDTH, HEIGHT, WIDTH, 1, repeats->newest_ns + FRAME_NS, NULL };
    if (pattern[i % n] == 'n')
      draw (clip);
    else
      spoil (clip);
    found += me_repeats_add (repeats, &frame) ? 1 : 0;
  }
  return found;
}

static void
expect_rate (const MeRepeats *repeats, double rate)
{
  g_assert_cmpfloat (repeats->new_s, >, 0);
  g_assert_cmpfloat_with_epsilon (1 / repeats->new_s, rate, 0.06 * rate);
}

static void
test_copies_are_passed_over (void)
{
  static const struct
  {
    const char *pattern;
    double rate;
    guint copies; /* of 120 frames */
  } cases[] = {
    { "nc", 15, 60 },
    { "ncc", 10, 80 },
    { "nccccc", 5, 100 },
    { "nnc", 20, 40 },
    { "nnnnc", 24, 24 },
    { "ncncc", 12, 72 },
    { "ncnnccncccnc", 12.5, 70 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int residue = 0; residue <= 2; residue++) {
      Clip clip = { .random = i + 1, .speed = 4, .noise = 2, .residue = residue };
      MeRepeats repeats;
      me_repeats_init (&repeats);
      play (&repeats, &clip, cases[i].pattern, 120);
      g_assert_cmpuint (play (&repeats, &clip, cases[i].pattern, 120), ==, cases[i].copies);
      expect_rate (&repeats, cases[i].rate);
    }
}

static void
test_every_picture_that_is_new_is_used (void)
{
  static const Clip clips[] = {
    { .random = 1, .speed = 0, .noise = 0 },  /* a still: nothing ever moves */
    { .random = 2, .speed = 0, .noise = 1 },  /* a man who keeps still */
    { .random = 3, .speed = 1, .noise = 0 },  /* drawn, and slow */
    { .random = 4, .speed = 16, .noise = 3 }, /* fast */
  };

  for (guint i = 0; i < G_N_ELEMENTS (clips); i++) {
    Clip clip = clips[i];
    MeRepeats repeats;
    me_repeats_init (&repeats);
    g_assert_cmpuint (play (&repeats, &clip, "n", 300), ==, 0);
    g_assert_cmpfloat (repeats.new_s, ==, 0);
  }
}

/* Drawn faces rest without noise, move for a third of a second, and rest again. */
static void
test_rests_are_no_copies (void)
{
  Clip clip = { .random = 5, .speed = 8 };
  MeRepeats repeats;

  me_repeats_init (&repeats);
  g_assert_cmpuint (
      play (&repeats, &clip, "nnnnnnnnnncccccccccccccccccccccccccccccccccccccc", 480), ==, 0);
  g_assert_cmpfloat (repeats.new_s, ==, 0);
}

/* An encoder at a low bit rate leaves most of a still scene as it was: now nearly all of it, now a
 * part, without a pattern. */
static void
test_what_an_encoder_leaves_out_is_no_copy (void)
{
  Clip clip = { .random = 8 };
  MeRepeats repeats;
  guint found = 0;

  me_repeats_init (&repeats);
  draw (&clip);
  for (guint i = 0; i < 2000; i++) {
    MeFrame frame = { clip.luma[0], WIDTH, HEIGHT, WIDTH, 1, (i + 1) * FRAME_NS, NULL };
    guint one_in = 1u << next_random (&clip) % 6;
    for (int y = 0; y < HEIGHT; y++)
      for (int x = 0; x < WIDTH; x++)
        if (next_random (&clip) % one_in == 0)
          clip.luma[y][x] ^= 2;
    found += me_repeats_add (&repeats, &frame) ? 1 : 0;
  }
  g_assert_cmpuint (found, ==, 0);
  g_assert_cmpfloat (repeats.new_s, ==, 0);
}

/* At 30, 60 or 150 pictures a second, lamps on mains of 50 Hz light two of three alike. */
static void
test_flicker_is_no_copy (void)
{
  static const int light[] = { 100, 80, 80 }; /* percent */

  for (int noise = 1; noise <= 3; noise++) {
    Clip clip = { .random = 9, .speed = 1, .noise = noise };
    guint8 *luma = clip.luma[0];
    MeRepeats repeats;
    me_repeats_init (&repeats);
    for (guint i = 0; i < 300; i++) {
      MeFrame frame = { luma, WIDTH, HEIGHT, WIDTH, 1, (i + 1) * (guint64)FRAME_NS, NULL };
      draw (&clip);
      for (int k = 0; k < WIDTH * HEIGHT; k++)
        luma[k] = (guint8)(luma[k] * light[i % 3] / 100);
      g_assert_false (me_repeats_add (&repeats, &frame));
    }
    g_assert_cmpfloat (repeats.new_s, ==, 0);
  }
}

static void
test_a_camera_that_is_fast_again_is_believed (void)
{
  Clip clip = { .random = 6, .speed = 4, .noise = 2 };
  MeRepeats repeats;

  me_repeats_init (&repeats);
  play (&repeats, &clip, "nc", 120);
  expect_rate (&repeats, 15);
  g_assert_cmpuint (play (&repeats, &clip, "n", 400), ==, 0);
  g_assert_cmpfloat (repeats.new_s, ==, 0);
}

static void
test_pictures_of_any_size_are_compared (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 3, 2 }, { 15, 70 }, { 17, 31 }, { 320, 240 } };
  Clip clip = { .random = 7 };
  MeRepeats repeats;

  me_repeats_init (&repeats);
  for (guint i = 0; i < 10 * G_N_ELEMENTS (sizes); i++) {
    const int *size = sizes[i % G_N_ELEMENTS (sizes)];
    MeFrame frame = { clip.luma[0], size[0], size[1], WIDTH, 1, (i + 1) * FRAME_NS, NULL };
    g_assert_false (me_repeats_add (&repeats, &frame));
    g_assert_false (me_repeats_add (&repeats, &frame));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repeats/copies-are-passed-over", test_copies_are_passed_over);
  g_test_add_func (
      "/repeats/every-picture-that-is-new-is-used", test_every_picture_that_is_new_is_used);
  g_test_add_func ("/repeats/rests-are-no-copies", test_rests_are_no_copies);
  g_test_add_func (
      "/repeats/what-an-encoder-leaves-out-is-no-copy", test_what_an_encoder_leaves_out_is_no_copy);
  g_test_add_func ("/repeats/flicker-is-no-copy", test_flicker_is_no_copy);
  g_test_add_func ("/repeats/a-camera-that-is-fast-again-is-believed",
      test_a_camera_that_is_fast_again_is_believed);
  g_test_add_func (
      "/repeats/pictures-of-any-size-are-compared", test_pictures_of_any_size_are_compared);
  return g_test_run ();
}
