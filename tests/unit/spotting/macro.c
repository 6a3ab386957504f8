/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Macro-expressions on a made kept series: what turns and speech make of them, and which units go
 * together. */
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
  g_assert_false (reads_macro (3, 15));
  g_assert_true (reads_macro (8, 15));
}

/* Lips that part and meet from 4 to 11 s, and brows that rise from 7 to 8.5 s. */
static void
test_speech_is_no_macro_but_brows_are (void)
{
  static const Pulse raise = { 7, 7.7, 8.5, 4, TRUE };
  static const double rate = 30;
  guint n_macro = 0, n_away = 0;

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
    n_away += spotter->departure.away && t > 9;
    while ((spot = me_spotter_pop (spotter)))
      if (spot->kind == ME_KIND_MACRO && spot->onset_ns > 6 * ME_SECOND) {
        n_macro++;
        g_assert_cmpfloat_with_epsilon ((double)spot->apex_ns / 1e9, raise.apex_s, 0.2);
        g_assert_cmpfloat (spot->speaking, >, 0.5);
      }
  }
  g_assert_cmpint (n_macro, ==, 1);
  g_assert_cmpint (n_away, ==, 0);
}

/* Moves the face by units of its model: strengths of `brows` (1+2), % IPD, and of `smile` (12). */
static void
show_units (double t, double rate, float brows, float smile)
{
  MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
  const float strength[ME_AU45] = { [ME_AU1] = brows, [ME_AU2] = brows, [ME_AU12] = smile };

  for (MeAu au = 0; au < ME_AU45; au++)
    for (int k = 0; k < ME_N_POINTS; k++)
      for (int side = 0; side < 2; side++) {
        const MePoint *one = &me_spotter_unit_model (spotter)->motion[2 * au + side][k];
        o.kept[k].x += strength[au] * one->x;
        o.kept[k].y += strength[au] * one->y;
      }
  me_spotter_add (spotter, &o, &config, 1 / rate);
}

/* What is reported of brows and lip corners that move so within 9 s, by onset. */
static guint
watch (const Pulse *brows, const Pulse *smile, MeSpot found[ME_MAX_SPOTS])
{
  static const double rate = 30;
  guint n = 0;

  start ();
  for (int i = 0; i < 9 * rate; i++) {
    double t = i / rate;
    show_units (t, rate, brows->percent * course (brows, t), smile->percent * course (smile, t));
  }
  me_spotter_finish (spotter, &config);
  for (const MeSpot *spot; n < ME_MAX_SPOTS && (spot = me_spotter_pop (spotter));)
    found[n++] = *spot;
  if (n == 2 && found[0].onset_ns > found[1].onset_ns) {
    MeSpot first = found[1];
    found[1] = found[0];
    found[0] = first;
  }
  return n;
}

static void
assert_interval (const MeSpot *spot, const Pulse *pulse)
{
  g_assert_cmpint (spot->kind, ==, ME_KIND_MACRO);
  g_assert_cmpfloat_with_epsilon ((double)spot->onset_ns / 1e9, pulse->onset_s, 0.1);
  g_assert_cmpfloat_with_epsilon ((double)spot->apex_ns / 1e9, pulse->apex_s, 0.1);
  g_assert_cmpfloat_with_epsilon ((double)spot->offset_ns / 1e9, pulse->offset_s, 0.1);
}

static float
moved (const MeSpot *spot, int point)
{
  return hypotf (spot->motion[point].x, spot->motion[point].y);
}

static float
moved_most (const MeSpot *spot, MeRegion region)
{
  float most = 0;

  for (int k = 0; k < ME_N_POINTS; k++)
    if (me_region_has (region, k))
      most = MAX (most, moved (spot, k));
  return most;
}

/* A raise in the middle of a smile is a macro-expression of its own, and of its brows alone. */
static void
test_two_expressions_may_go_on_at_once (void)
{
  static const Pulse smile = { 2, 4, 7, 6, TRUE }, raise = { 4, 4.5, 5.2, 5, TRUE };
  MeSpot found[ME_MAX_SPOTS];

  g_assert_cmpuint (watch (&raise, &smile, found), ==, 2);
  assert_interval (&found[0], &smile);
  assert_interval (&found[1], &raise);
  g_assert_cmpfloat (moved_most (&found[0], ME_REGION_MOUTH), >, 3);
  g_assert_cmpfloat (moved_most (&found[0], ME_REGION_BROWS), <, 0.6);
  g_assert_cmpfloat (moved_most (&found[1], ME_REGION_BROWS), >, 3);
  g_assert_cmpfloat (moved_most (&found[1], ME_REGION_MOUTH), <, 0.6);
}

/* Its times are those of its strongest unit, and its motion is that of both. */
static void
test_units_that_move_together_are_one_expression (void)
{
  static const Pulse smile = { 2, 3, 4, 8, TRUE }, raise = { 2.2, 2.9, 3.6, 5, TRUE };
  MeSpot found[ME_MAX_SPOTS];

  g_assert_cmpuint (watch (&raise, &smile, found), ==, 1);
  assert_interval (&found[0], &smile);
  g_assert_cmpfloat (moved_most (&found[0], ME_REGION_MOUTH), >, 4);
  g_assert_cmpfloat (moved_most (&found[0], ME_REGION_BROWS), >, 3);
}

/* Brows that are raised for ten seconds and wait for a smile that began meanwhile: by then neutral
 * does not remember any more where they were before. */
static void
test_what_was_before_is_remembered (void)
{
  static const Pulse raise = { 3, 3.5, 13.5, 5, TRUE }, smile = { 5, 6, 25, 6, TRUE };
  static const double rate = 30;
  gboolean found = FALSE;

  start ();
  for (int i = 0; i < 30 * rate; i++) {
    double t = i / rate;
    float brows = t < raise.apex_s ? course (&raise, t)
                  : t < 12.5       ? 1
                  : t < 13.5       ? (float)(13.5 - t)
                                   : 0;
    float lips = t < smile.apex_s ? course (&smile, t) : t < 16 ? 1 : MAX (0, (float)(17 - t));
    show_units (t, rate, raise.percent * brows, smile.percent * lips);
    for (const MeSpot *spot; (spot = me_spotter_pop (spotter));)
      if (moved_most (spot, ME_REGION_BROWS) > 3) {
        g_assert_cmpfloat (spot->motion[ME_LANDMARK_RIGHT_BROW_OUTER].y, <, -2);
        found = TRUE;
      }
  }
  g_assert_true (found);
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

/* Of a clip of 12 s with a smile of that many frames, and noise: how many are found? */
static guint
finds_frames (guint n_frames, double rate, GRand *random)
{
  guint first = (guint)(6 * rate), found = 0;

  start ();
  for (guint i = 0; i < 12 * rate; i++) {
    float smile = i >= first && i < first + n_frames ? 6 : 0;
    show_units (i / rate, rate, (float)g_rand_double_range (random, 0, 0.4),
        smile + (float)g_rand_double_range (random, 0, 0.4));
  }
  me_spotter_finish (spotter, &config);
  for (const MeSpot *spot; (spot = me_spotter_pop (spotter));)
    found += spot->kind == ME_KIND_MACRO;
  return found;
}

static void
test_a_lone_frame_is_no_macro (void)
{
  static const double rates[] = { 1, 2, 4 };

  for (guint i = 0; i < 20 * G_N_ELEMENTS (rates); i++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (i);
    double rate = rates[i % G_N_ELEMENTS (rates)];
    g_assert_cmpuint (finds_frames (1, rate, random), ==, 0);
    g_assert_cmpuint (finds_frames (2, rate, random), ==, 1);
  }
}

/* A smile that comes quickly and stays a while has its apex early: what it is as a
 * micro-expression is known first nevertheless. */
static void
test_a_micro_expression_is_known_first (void)
{
  static const double rate = 30;
  guint n_both = 0;

  for (int ms = 440; ms <= 640; ms += 10) {
    guint n_micro = 0, n_macro = 0;
    start ();
    for (int i = 0; i < 8 * rate; i++) {
      double t = i / rate, since = t - 5, left = 5 + ms / 1e3 - t;
      double part = CLAMP (MIN (since / 0.1, left / 0.1), 0, 1) * (1 - 0.3 * MAX (since - 0.1, 0));
      MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
      for (int k = 0; k < ME_N_POINTS; k++)
        o.fast[k].y = o.kept[k].y = at_mouth (k) ? (float)(-5 * part) : 0;
      me_spotter_add (spotter, &o, &config, 1 / rate);
      for (const MeSpot *spot; (spot = me_spotter_pop (spotter));) {
        n_micro += spot->kind == ME_KIND_MICRO;
        n_macro += spot->kind == ME_KIND_MACRO;
        g_assert_false (spot->kind == ME_KIND_MICRO && n_macro);
      }
    }
    n_both += n_micro && n_macro;
  }
  g_assert_cmpuint (n_both, >, 0);
}

/* The face is hidden while a smile that is over is held back. */
static void
test_what_is_known_outlasts_a_reset (void)
{
  static const Pulse smile = { 3, 4, 4.2, 6, TRUE };
  static const double rate = 30;
  guint n_macro = 0;

  for (int until = 0; until < 30; until++) {
    gboolean known = FALSE;
    start ();
    for (int i = 0; i < 4.1 * rate + until && !known; i++) {
      double t = i / rate;
      show_units (t, rate, 0, smile.percent * course (&smile, t));
      known = spotter->macro.pending.added > 0;
    }
    if (!known)
      continue;
    me_macro_reset (&spotter->macro);
    me_spotter_finish (spotter, &config);
    for (const MeSpot *spot; (spot = me_spotter_pop (spotter));)
      n_macro += spot->kind == ME_KIND_MACRO;
    g_assert_cmpuint (n_macro, ==, 1);
    return;
  }
  g_assert_not_reached ();
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
  g_test_add_func (
      "/macro/two-expressions-may-go-on-at-once", test_two_expressions_may_go_on_at_once);
  g_test_add_func ("/macro/units-that-move-together-are-one-expression",
      test_units_that_move_together_are_one_expression);
  g_test_add_func ("/macro/a-lone-frame-is-no-macro", test_a_lone_frame_is_no_macro);
  g_test_add_func (
      "/macro/a-micro-expression-is-known-first", test_a_micro_expression_is_known_first);
  g_test_add_func ("/macro/what-is-known-outlasts-a-reset", test_what_is_known_outlasts_a_reset);
  g_test_add_func ("/macro/what-was-before-is-remembered", test_what_was_before_is_remembered);
  g_test_add_func (
      "/macro/speech-is-no-macro-but-brows-are", test_speech_is_no_macro_but_brows_are);
  result = g_test_run ();
  g_free (spotter);
  return result;
}
