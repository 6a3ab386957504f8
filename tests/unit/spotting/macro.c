/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Macro-expressions on a made kept series: what turns, speech and noise make of them, and how they
 * follow one another. */
#include "unit/spotting/made-motion.h"

/* Distances of the kept series while the head turns by `turn` (MeHeadMotion) for a second: macro?
 */
static gboolean
reads_macro (float percent, float turn)
{
  static const double rate = 30;
  gboolean macro = FALSE;

  start ();
  for (int i = 0; i < 8 * rate; i++) {
    static const Pulse pulse = { 4, 4.5, 5.5, 1, TRUE };
    float part = course (&pulse, i / rate);
    MeObservation o = {
      .time_ns = (guint64)(i / rate * 1e9), .kept_measured = TRUE, .match = 1, .turn.x = turn * part
    };
    const MeSpot *spot;
    for (int k = 0; k < ME_N_POINTS; k++)
      o.kept[k].y = at_mouth (k) ? -percent * part : 0;
    me_spotter_add (spotter, &o, &config, 1 / rate);
    while ((spot = me_spotter_pop (spotter)))
      macro |= spot->kind == ME_KIND_MACRO;
  }
  return macro;
}

static void
test_what_a_turn_may_leave_is_no_macro (void)
{
  g_assert_true (reads_macro (4, 0));
  g_assert_false (reads_macro (4, 15));
  g_assert_true (reads_macro (8, 15));
}

/* The noise of a face whose lips are `percent` away from neutral from 4 s on, at the end of 11 s.
 */
static float
noise_of (float percent, float size, float turn, double rate)
{
  GRand *random = g_rand_new_with_seed (5);

  start ();
  for (int i = 0; i < 11 * rate; i++) {
    MeObservation o = { .time_ns = (guint64)(i / rate * 1e9),
      .kept_measured = TRUE,
      .match = 1,
      .turn.x = i < 4 * rate ? 0 : turn };
    for (int k = 0; k < ME_N_POINTS; k++)
      o.kept[k].y = size * noise (random) + (at_mouth (k) && i >= 4 * rate ? percent : 0);
    me_spotter_add (spotter, &o, &config, 1 / rate);
    while (me_spotter_pop (spotter))
      ;
  }
  g_rand_free (random);
  return spotter->macro.noise;
}

/* It is that of the measurement: neither an expression nor a turn changes it. */
static void
test_noise_is_of_the_measurement (void)
{
  static const double rates[] = { 10, 30, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    float still = noise_of (0, 0.2f, 0, rates[i]);
    g_assert_cmpfloat_with_epsilon (noise_of (5, 0.2f, 0, rates[i]), still, 0.1 * still);
    g_assert_cmpfloat_with_epsilon (noise_of (5, 0.2f, 10, rates[i]), still, 0.1 * still);
    g_assert_cmpfloat (noise_of (0, 0.4f, 0, rates[i]), >, 1.6 * still);
    g_assert_cmpfloat_with_epsilon (still, noise_of (0, 0.2f, 0, 30), 0.2 * still);
  }
}

/* Lips that part and meet from 4 to 11 s, and brows that rise from 7 to 8.5 s. */
static void
test_speech_is_no_macro_but_brows_are (void)
{
  static const Pulse raise = { 7, 7.7, 8.5, 4, TRUE };
  static const double rate = 30;
  guint n_macro = 0, n_active = 0;

  start ();
  for (int i = 0; i < 11 * rate; i++) {
    double t = i / rate, syllable = t < 4 ? 0 : 5 + 3 * sin (2 * G_PI * 4 * t);
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    const MeSpot *spot;
    for (int k = 0; k < ME_N_POINTS; k++) {
      if (me_facial_points[k].feature == ME_FEATURE_LOWER_LIP)
        o.kept[k].y = (float)syllable;
      if (me_region_has (ME_REGION_BROWS, k))
        o.kept[k].y = -raise.percent * course (&raise, t);
    }
    me_spotter_add (spotter, &o, &config, 1 / rate);
    n_active += spotter->macro.active && t > 9;
    while ((spot = me_spotter_pop (spotter)))
      if (spot->kind == ME_KIND_MACRO && spot->onset_ns > 6 * ME_SECOND) {
        n_macro++;
        g_assert_cmpfloat_with_epsilon ((double)spot->apex_ns / 1e9, raise.apex_s, 0.2);
        g_assert_cmpfloat (spot->speaking, >, 0.5);
      }
  }
  g_assert_cmpint (n_macro, ==, 1);
  g_assert_cmpint (n_active, ==, 0);
}

/* Brows that rise at 5 s and stay. As soon as that has become neutral, they jump up for 1.1 s, or
 * rise and fall twice. Returns how many macro-expressions there are: none begins before the face
 * became neutral from which it moves, and no two overlap. */
static guint
raise_again (gboolean jump)
{
  static const double rate = 30;
  guint64 over_ns = 0;
  gboolean held = FALSE;
  double since = 1e9; /* when that became neutral */
  guint n = 0;

  start ();
  for (int i = 0; i < 30 * rate; i++) {
    double t = i / rate, raise = 5 * CLAMP ((t - 5) / 0.4, 0, 1);
    Pulse again[] = { { since, since + 0.5, since + 1.2, 4, TRUE },
      { since + 1, since + 1.7, since + 2.5, 4, TRUE } };
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    const MeSpot *spot;
    for (guint k = 0; k < G_N_ELEMENTS (again) && !jump; k++)
      raise += again[k].percent * course (&again[k], t);
    if (jump && t > since && t < since + 1.1)
      raise += 4;
    for (int k = 0; k < ME_N_POINTS; k++)
      if (me_region_has (ME_REGION_BROWS, k))
        o.kept[k].y = (float)-raise;
    me_spotter_add (spotter, &o, &config, 1 / rate);
    if (held && !spotter->macro.active && since > t) {
      since = t;
      over_ns = o.time_ns;
    }
    held = spotter->macro.active;
    while ((spot = me_spotter_pop (spotter)))
      if (spot->kind == ME_KIND_MACRO) {
        g_assert_cmpuint (spot->onset_ns, >=, over_ns);
        over_ns = spot->offset_ns;
        n++;
      }
  }
  return n;
}

static void
test_macros_follow_one_another (void)
{
  g_assert_cmpuint (raise_again (FALSE), ==, 2);
  g_assert_cmpuint (raise_again (TRUE), ==, 1);
}

/* A face that appears at rest and smiles at once, for longer than it was at rest. The smile begins
 * gently, so that its foot lies in the first moment. Found? */
static gboolean
finds_early_smile (double onset_s, double rate)
{
  const Pulse smile = { onset_s, onset_s + 1, onset_s + 3.5, 5, TRUE };
  gboolean macro = FALSE;

  start ();
  for (int i = 0; i < (onset_s + 3) * rate; i++) {
    float part = course (&smile, i / rate);
    MeObservation o = { .time_ns = (guint64)(i / rate * 1e9), .kept_measured = TRUE, .match = 1 };
    for (int k = 0; k < ME_N_POINTS; k++)
      o.kept[k].y = at_mouth (k) ? -smile.percent * part : 0;
    me_spotter_add (spotter, &o, &config, 1 / rate);
  }
  me_spotter_finish (spotter, &config);
  for (const MeSpot *spot; (spot = me_spotter_pop (spotter));) {
    macro |= spot->kind == ME_KIND_MACRO;
    g_assert_cmpfloat_with_epsilon ((double)spot->onset_ns / 1e9, onset_s, 0.2);
  }
  return macro;
}

static void
test_a_face_that_appears_may_smile_soon (void)
{
  static const double rates[] = { 10, 30, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_assert_true (finds_early_smile (0.1, rates[i]));
    g_assert_true (finds_early_smile (0.4, rates[i]));
    g_assert_false (finds_early_smile (-0.7, rates[i])); /* has begun before */
  }
}

int
main (int argc, char **argv)
{
  int result;

  spotter = g_new0 (MeSpotter, 1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/macro/what-a-turn-may-leave-is-no-macro", test_what_a_turn_may_leave_is_no_macro);
  g_test_add_func (
      "/macro/a-face-that-appears-may-smile-soon", test_a_face_that_appears_may_smile_soon);
  g_test_add_func ("/macro/macros-follow-one-another", test_macros_follow_one_another);
  g_test_add_func (
      "/macro/speech-is-no-macro-but-brows-are", test_speech_is_no_macro_but_brows_are);
  g_test_add_func ("/macro/noise-is-of-the-measurement", test_noise_is_of_the_measurement);
  result = g_test_run ();
  g_free (spotter);
  return result;
}
