/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Speech seen from lips that part and meet, at any rate of frames, and what else the lips do. */
#include "spotting/speech.h"

#include "common/duration.h"
#include "unit/face.h"

#include <math.h>

static MeSpeech *speech;

/* How far the lips are apart at a time in s, % IPD. */
typedef double (*Lips) (double time);

/* Syllables of 3 to 6 a second from 2 to 6 s. */
static double
talks (double t)
{
  double size = 2 + sin (2 * G_PI * 0.7 * t);

  return t < 2 || t > 6 ? 0 : size * sin (2 * G_PI * (4.5 * t + 0.3 * sin (2 * G_PI * 0.8 * t)));
}

/* A raised cosine that rises within `rise` s, holds, and falls within `fall` s. */
static double
opens (double t, double percent, double rise, double hold, double fall)
{
  t -= 2;
  if (t <= 0 || t >= rise + hold + fall)
    return 0;
  if (t < rise)
    return percent * (0.5 - 0.5 * cos (G_PI * t / rise));
  return t < rise + hold ? percent : percent * (0.5 + 0.5 * cos (G_PI * (t - rise - hold) / fall));
}

static double
smiles (double t)
{
  return opens (t, 8, 0.4, 2, 0.8);
}

static double
yawns (double t)
{
  return opens (t, 30, 1.5, 1.5, 1);
}

static double
parts_briefly (double t)
{
  return opens (t, 4, 0.1, 0.05, 0.15);
}

static double
rests (double t)
{
  (void)t;
  return 0;
}

static void
show (double time, double lips, GRand *random)
{
  MeObservation o = { .time_ns = (guint64)(time * 1e9), .kept_measured = TRUE };

  for (int i = 0; i < ME_N_POINTS; i++) {
    o.kept[i].y = 0.1f * noise (random);
    if (me_facial_points[i].feature == ME_FEATURE_LOWER_LIP)
      o.kept[i].y += (float)lips;
  }
  me_speech_add (speech, &o);
}

/* Plays up to `end` s; pace: share of the interval by which every second frame comes early. */
static float
play (Lips lips, double rate, double pace, double end)
{
  GRand *random = g_rand_new_with_seed (3);

  me_speech_reset (speech);
  for (int i = 0; i < rate * end; i++) {
    double time = (i - (i % 2 ? pace : 0)) / rate;
    show (time, lips (time), random);
  }
  g_rand_free (random);
  return speech->speaking;
}

static float
most (Lips lips, double rate)
{
  play (lips, rate, 0, 8);
  return me_speech_between (speech, 0, 8 * ME_SECOND);
}

static void
test_speech_is_seen_at_any_rate (void)
{
  static const double rates[] = { 25, 30, 50, 66, 100, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_assert_cmpfloat (play (talks, rates[i], 0, 1.9), <, 0.1);
    g_assert_cmpfloat (play (talks, rates[i], 0, 5), >, 0.7);
    g_assert_cmpfloat_with_epsilon (play (talks, rates[i], 0, 5), play (talks, 200, 0, 5), 0.1);
    g_assert_cmpfloat_with_epsilon (play (talks, rates[i], 0.4, 5), play (talks, 200, 0, 5), 0.15);
    g_assert_cmpfloat (play (talks, rates[i], 0, 7.5), <, 0.3);
  }
}

static void
test_what_moves_the_lips_once_is_no_speech (void)
{
  static const Lips once[] = { rests, smiles, yawns, parts_briefly };

  for (guint i = 0; i < G_N_ELEMENTS (once); i++) {
    g_assert_cmpfloat (most (once[i], 25), <, 0.5);
    g_assert_cmpfloat (most (once[i], 200), <, 0.5);
  }
}

static void
test_a_gap_is_no_speech (void)
{
  GRand *random = g_rand_new_with_seed (4);

  me_speech_reset (speech);
  for (int i = 0; i < 300; i++) {
    double time = i / 30.0;
    if (fmod (time, 2) < 0.5)
      show (time, 3 * (int)(time / 2), random);
  }
  g_assert_cmpfloat (me_speech_between (speech, 0, 10 * ME_SECOND), <, 0.5);
  g_rand_free (random);
}

static void
test_an_interval_has_its_most_likely_speech (void)
{
  play (talks, 30, 0, 6);
  g_assert_cmpfloat (me_speech_between (speech, 3 * ME_SECOND, 4 * ME_SECOND), >, 0.5);
  g_assert_cmpfloat (me_speech_between (speech, 0, ME_SECOND), <, 0.1);
}

int
main (int argc, char **argv)
{
  int result;

  speech = g_new0 (MeSpeech, 1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/speech/speech-is-seen-at-any-rate", test_speech_is_seen_at_any_rate);
  g_test_add_func (
      "/speech/what-moves-the-lips-once-is-no-speech", test_what_moves_the_lips_once_is_no_speech);
  g_test_add_func ("/speech/a-gap-is-no-speech", test_a_gap_is_no_speech);
  g_test_add_func ("/speech/an-interval-has-its-most-likely-speech",
      test_an_interval_has_its_most_likely_speech);
  result = g_test_run ();
  g_free (speech);
  return result;
}
