/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The noise of a made kept series, and when the face is away from neutral. */
#include "unit/spotting/made-motion.h"

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
  return spotter->departure.noise;
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

/* Lips that rise by 5 % from 5 to 6 s, and by that again, for good, at 9 s. */
static void
test_the_face_is_away_until_it_is_back_or_rests_elsewhere (void)
{
  static const Pulse smile = { 5, 5.5, 6, 5, TRUE };
  static const double rate = 30;

  start ();
  for (int i = 0; i < 30 * rate; i++) {
    double t = i / rate;
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    for (int k = 0; k < ME_N_POINTS; k++)
      o.kept[k].y = at_mouth (k) ? -smile.percent * (t < 9 ? course (&smile, t) : 1) : 0;
    me_spotter_add (spotter, &o, &config, 1 / rate);
    while (me_spotter_pop (spotter))
      ;
    if (t < 5 || (t > 6 && t < 9) || t > 22)
      g_assert_false (spotter->departure.away);
    if ((t > 5.3 && t < 5.6) || (t > 9 && t < 12))
      g_assert_true (spotter->departure.away);
  }
  g_assert_cmpfloat (me_spotter_motion (spotter), <, 0.2);
}

int
main (int argc, char **argv)
{
  int result;

  spotter = g_new0 (MeSpotter, 1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/departure/noise-is-of-the-measurement", test_noise_is_of_the_measurement);
  g_test_add_func ("/departure/the-face-is-away-until-it-is-back-or-rests-elsewhere",
      test_the_face_is_away_until_it_is_back_or_rests_elsewhere);
  result = g_test_run ();
  g_free (spotter);
  return result;
}
