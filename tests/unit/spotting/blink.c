/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Closures of lids and what becomes of them. */
#include "spotting/blink.h"

#define MOST_EVENTS 8

/* Closure goes from where it is to `to` within fall_s, stays for hold_s, and goes to `back` within
 * rise_s. Detail goes to `detail` and to `shown` at the same times. lone: of the left eye alone. */
typedef struct
{
  double begin_s, fall_s, hold_s, rise_s;
  float to, back, detail, shown;
  gboolean lone;
} Move;

static float
between (double t, double from_s, double length_s, float from, float to)
{
  double share = CLAMP ((t - from_s) / length_s, 0, 1);

  return from + (to - from) * (float)share;
}

/* Plays moves for four seconds at 30 frames/s. Returns how many blinks there were. */
static guint
play (const Move *moves, guint n, MeBlinkEvent events[MOST_EVENTS])
{
  MeBlink *blink = g_new0 (MeBlink, 1);
  guint found = 0;

  me_blink_reset (blink);
  for (guint frame = 0; frame < 120; frame++) {
    double t = frame / 30.0;
    MeObservation o = { .time_ns = (guint64)(t * 1e9) };
    float closure = 0, detail = 1;
    gboolean lone = FALSE;

    for (guint i = 0; i < n && t >= moves[i].begin_s; i++) {
      const Move *m = &moves[i];
      double rise = m->begin_s + m->fall_s + m->hold_s;
      float start = closure, before = detail;

      closure = t < rise ? between (t, m->begin_s, m->fall_s, start, m->to)
                         : between (t, rise, m->rise_s, m->to, m->back);
      detail = t < rise ? between (t, m->begin_s, m->fall_s, before, m->detail)
                        : between (t, rise, m->rise_s, m->detail, m->shown);
      lone = m->lone;
    }
    o.closure[ME_LEFT] = closure;
    o.eye_detail[ME_LEFT] = detail;
    o.closure[ME_RIGHT] = lone ? 0 : closure;
    o.eye_detail[ME_RIGHT] = lone ? 1 : detail;
    if (found < MOST_EVENTS && me_blink_add (blink, &o, &events[found]))
      found++;
  }
  g_free (blink);
  return found;
}

static void
assert_times (const MeBlinkEvent *event, double onset_s, double offset_s)
{
  g_assert_cmpfloat_with_epsilon (event->onset_ns / 1e9, onset_s, 0.06);
  g_assert_cmpfloat_with_epsilon (event->offset_ns / 1e9, offset_s, 0.06);
}

static void
test_lids_that_fall_and_rise_blink (void)
{
  static const Move blink = { 2, 0.1, 0.05, 0.15, 1, 0, 0.5f, 1, FALSE };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (&blink, 1, events), ==, 1);
  assert_times (&events[0], 2, 2.3);
  g_assert_cmpfloat (events[0].closure[ME_MIDLINE], ==, 1);
  g_assert_false (events[0].shut);
}

/* A small picture of an eye has no detail to lose. */
static void
test_a_blink_need_not_hide_detail (void)
{
  static const Move blink = { 2, 0.1, 0.05, 0.15, 1, 0, 1, 1, FALSE };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (&blink, 1, events), ==, 1);
}

static void
test_glances_down_are_no_blinks (void)
{
  static const Move shallow = { 2, 0.1, 0.05, 0.15, 0.4f, 0, 1, 1, FALSE };
  static const Move lasting = { 2, 0.1, 0.4, 0.15, 0.55f, 0, 1, 1, FALSE };
  static const Move brief = { 2, 0.1, 0.05, 0.15, 0.55f, 0, 1, 1, FALSE };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (&shallow, 1, events), ==, 0);
  g_assert_cmpuint (play (&lasting, 1, events), ==, 0);
  g_assert_cmpuint (play (&brief, 1, events), ==, 1); /* a blink whose lids do not meet */
}

static void
test_lids_that_fall_twice_blink_twice (void)
{
  static const Move twice[] = { { 2, 0.1, 0, 0.1, 1, 0.3f, 0.5f, 0.9f, FALSE },
    { 2.2, 0.1, 0, 0.15, 1, 0, 0.5f, 1, FALSE } };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (twice, 2, events), ==, 2);
  assert_times (&events[0], 2, 2.2);
  assert_times (&events[1], 2.2, 2.45);
}

/* In a frame or two on their way the fit may lose the lids. */
static void
test_one_closure_is_one_blink (void)
{
  static const Move lost[] = { { 2, 0.06, 0, 0.03, 0.8f, 0.3f, 0.6f, 0.6f, FALSE },
    { 2.09, 0.03, 0.06, 0.15, 0.75f, 0, 0.5f, 1, FALSE } };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (lost, 2, events), ==, 1);
}

/* The fit may take an iris or a shadow for lids. */
static void
test_one_eye_closes_by_what_it_hides (void)
{
  static const Move wink = { 2, 0.1, 0.05, 0.15, 1, 0, 0.6f, 1, TRUE };
  static const Move in_view = { 2, 0.1, 0.05, 0.15, 1, 0, 1, 1, TRUE };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (&wink, 1, events), ==, 1);
  g_assert_cmpfloat (events[0].closure[ME_LEFT], ==, 1);
  g_assert_cmpfloat (events[0].closure[ME_RIGHT], ==, 0);
  g_assert_cmpuint (play (&in_view, 1, events), ==, 0);
}

/* The mean of both eyes is that of a glance; the eye that is hidden tells. */
static void
test_a_long_wink_is_no_glance (void)
{
  static const Move wink = { 2, 0.1, 0.35, 0.15, 1, 0, 0.3f, 1, TRUE };
  static const Move in_part = { 2, 0.1, 0.35, 0.15, 1, 0, 0.7f, 1, TRUE };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (&wink, 1, events), ==, 1);
  assert_times (&events[0], 2, 2.6);
  g_assert_cmpuint (play (&in_part, 1, events), ==, 0);
}

/* After the lids opened quickly they rise a little for a long time. */
static void
test_a_slow_rest_of_opening_is_no_blink (void)
{
  static const Move slow[] = { { 2, 0.1, 0.05, 0.1, 1, 0.35f, 0.5f, 1, FALSE },
    { 2.25, 0.01, 0, 0.8, 0.35f, 0, 1, 1, FALSE } };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (slow, 2, events), ==, 1);
  assert_times (&events[0], 2, 2.25);
}

static void
test_lids_stay_shut_while_they_hide_the_eyes (void)
{
  static const Move shut = { 1, 0.1, 1.2, 0.2, 1, 0, 0.5f, 1, FALSE };
  static const Move lowered = { 1, 0.1, 1.2, 0.2, 1, 0, 0.9f, 1, FALSE };
  MeBlinkEvent events[MOST_EVENTS];

  g_assert_cmpuint (play (&shut, 1, events), ==, 1);
  assert_times (&events[0], 1, 2.5);
  g_assert_true (events[0].shut);
  g_assert_cmpuint (play (&lowered, 1, events), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blink/lids-that-fall-and-rise-blink", test_lids_that_fall_and_rise_blink);
  g_test_add_func ("/blink/need-not-hide-detail", test_a_blink_need_not_hide_detail);
  g_test_add_func ("/blink/glances-down-are-none", test_glances_down_are_no_blinks);
  g_test_add_func (
      "/blink/lids-that-fall-twice-blink-twice", test_lids_that_fall_twice_blink_twice);
  g_test_add_func ("/blink/one-closure-is-one-blink", test_one_closure_is_one_blink);
  g_test_add_func ("/blink/one-eye-closes-by-what-it-hides", test_one_eye_closes_by_what_it_hides);
  g_test_add_func ("/blink/a-long-wink-is-no-glance", test_a_long_wink_is_no_glance);
  g_test_add_func (
      "/blink/a-slow-rest-of-opening-is-none", test_a_slow_rest_of_opening_is_no_blink);
  g_test_add_func ("/blink/lids-stay-shut-while-they-hide-the-eyes",
      test_lids_stay_shut_while_they_hide_the_eyes);
  return g_test_run ();
}
