/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Spotting on made motion: pulses, steps, blinks and long expressions in noise, at any rate. The
 * kept series has tests of its own, macro.c. */
#include "unit/spotting/made-motion.h"

#include <math.h>
#include <string.h>

/* How frames come. */
typedef enum
{
  PACE_STEADY,
  PACE_DUPLICATED, /* every third one shows the picture before it */
  PACE_DROPPED,    /* every fourth one is missing */
  PACE_VARIABLE,   /* intervals alternate between two thirds and four thirds */
  N_PACES
} Pace;

static double
frame_time (Pace pace, int i, double rate)
{
  return (pace == PACE_VARIABLE && i % 2 ? i - 1.0 / 3 : i) / rate;
}

/* Time of what a frame shows. */
static double
shown_time (Pace pace, int i, double rate)
{
  return frame_time (pace, pace == PACE_DUPLICATED && i % 3 == 2 ? i - 1 : i, rate);
}

/* Plays `seconds` of a pulse in noise; spots[]: what came out, how many is returned. */
static guint
play_paced (const Pulse *pulse, double rate, Pace pace, double seconds, MeSpot *spots, guint max)
{
  GRand *random = g_rand_new_with_seed (11);
  guint n = 0;

  start ();
  for (int i = 0; i < rate * seconds; i++) {
    MeObservation o = {
      .time_ns = (guint64)(frame_time (pace, i, rate) * 1e9), .kept_measured = TRUE, .match = 1
    };
    float s = pulse ? pulse->percent * course (pulse, shown_time (pace, i, rate)) : 0;
    const MeSpot *spot;
    for (int k = 0; k < ME_N_POINTS; k++) {
      o.fast[k].x = 0.04f * noise (random);
      o.fast[k].y = 0.04f * noise (random) - (at_mouth (k) ? s : 0);
      o.kept[k] = o.fast[k];
    }
    if (pace == PACE_DROPPED && i % 4 == 3)
      continue;
    me_spotter_add (spotter, &o, &config, 1 / rate);
    while ((spot = me_spotter_pop (spotter)) && n < max)
      spots[n++] = *spot;
  }
  g_rand_free (random);
  return n;
}

static guint
play (const Pulse *pulse, double rate, double seconds, MeSpot *spots, guint max)
{
  return play_paced (pulse, rate, PACE_STEADY, seconds, spots, max);
}

static void
assert_micro (const MeSpot *spot, const Pulse *pulse, double tolerance_s)
{
  g_assert_cmpint (spot->kind, ==, ME_KIND_MICRO);
  g_assert_cmpfloat_with_epsilon ((double)spot->onset_ns / 1e9, pulse->onset_s, tolerance_s);
  g_assert_cmpfloat_with_epsilon ((double)spot->apex_ns / 1e9, pulse->apex_s, tolerance_s);
  g_assert_cmpfloat_with_epsilon ((double)spot->offset_ns / 1e9, pulse->offset_s, tolerance_s);
  g_assert_cmpfloat_with_epsilon (
      spot->motion[ME_LANDMARK_RIGHT_LIP_CORNER].y, -pulse->percent, 0.2 * pulse->percent);
}

static void
test_a_pulse_is_found_at_any_rate (void)
{
  static const Pulse pulse = { 5.03, 5.18, 5.36, 2, TRUE };
  static const double rates[] = { 12, 25, 30, 50, 60, 100, 200, 240 };
  MeSpot spots[4];

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_assert_cmpuint (play (&pulse, rates[i], 8, spots, 4), ==, 1);
    assert_micro (&spots[0], &pulse, rates[i] < 20 ? 0.09 : rates[i] < 40 ? 0.05 : 0.035);
  }
}

/* What came before it nobody saw, which counts against it. */
static void
test_a_pulse_is_found_just_after_the_start (void)
{
  static const Pulse first = { 0.12, 0.27, 0.45, 2, TRUE }, later = { 5.12, 5.27, 5.45, 2, TRUE };
  static const double rates[] = { 25, 30, 60, 200 };
  MeSpot spots[4];

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_assert_cmpuint (play (&first, rates[i], 8, spots, 4), ==, 1);
    assert_micro (&spots[0], &first, 0.05);
    g_assert_cmpfloat (spots[0].unrest, >, 0.1);
    g_assert_cmpuint (play (&later, rates[i], 8, spots, 4), ==, 1);
    g_assert_cmpfloat (spots[0].unrest, <, 0.1);
  }
}

/* A third of its rise came before the first frame. */
static void
test_no_event_begins_before_the_series (void)
{
  static const Pulse cut = { -0.05, 0.1, 0.28, 3, TRUE };
  MeSpot spots[4];

  g_assert_cmpuint (play (&cut, 100, 3, spots, 4), ==, 1);
  g_assert_cmpuint (spots[0].onset_ns, <=, 20 * ME_MSECOND);
  g_assert_cmpfloat_with_epsilon ((double)spots[0].apex_ns / 1e9, cut.apex_s, 0.03);
}

static void
test_duplicates_drops_and_changing_rates_do_not_move_a_pulse (void)
{
  static const Pulse pulse = { 5.03, 5.18, 5.36, 2, TRUE };
  MeSpot spots[4];

  for (int pace = PACE_STEADY; pace < N_PACES; pace++) {
    g_assert_cmpuint (play_paced (&pulse, 60, (Pace)pace, 8, spots, 4), ==, 1);
    assert_micro (&spots[0], &pulse, 0.05);
  }
}

/* A mouth that talks and a pulse of another region, of which the mouth is no part. */
static void
assert_found_beside_speech (MeRegion region, int point)
{
  static const Pulse raise = { 12.03, 12.18, 12.36, 2, TRUE };
  const MeSpot *spot;
  guint n = 0;

  start ();
  for (int i = 0; i < 60 * 15; i++) {
    double t = i / 60.0;
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    for (int k = 0; k < ME_N_POINTS; k++) {
      if (me_region_has (ME_REGION_MOUTH, k))
        o.fast[k].y = (float)(1.5 - 1.5 * cos (2 * G_PI * 3.1 * t));
      else if (me_region_has (region, k))
        o.fast[k].y = -raise.percent * course (&raise, t);
      if (me_facial_points[k].feature == ME_FEATURE_LOWER_LIP)
        o.kept[k].y = o.fast[k].y;
    }
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
    while ((spot = me_spotter_pop (spotter))) {
      n++;
      g_assert_cmpfloat_with_epsilon ((double)spot->onset_ns / 1e9, raise.onset_s, 0.05);
      g_assert_cmpfloat_with_epsilon ((double)spot->offset_ns / 1e9, raise.offset_s, 0.05);
      g_assert_cmpfloat (spot->speaking, >, 0.7);
      g_assert_cmpfloat (fabsf (spot->motion[point].y), >, 1.7);
      g_assert_cmpfloat (fabsf (spot->motion[ME_LANDMARK_LOWER_LIP_MIDDLE].y), <, 0.3);
      g_assert_cmpfloat (spot->point_noise[ME_LANDMARK_LOWER_LIP_MIDDLE], >, 0.4);
    }
  }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_a_mouth_that_talks_does_not_hide_the_rest (void)
{
  assert_found_beside_speech (ME_REGION_BROWS, ME_LANDMARK_RIGHT_BROW_INNER);
  assert_found_beside_speech (ME_REGION_EYES, ME_POINT_RIGHT_INFRAORBITAL_LATERAL);
}

static void
test_a_short_pulse_is_found_at_a_high_rate (void)
{
  static const Pulse pulse = { 5.00, 5.04, 5.09, 2, TRUE };
  MeSpot spots[4];

  g_assert_cmpuint (play (&pulse, 200, 8, spots, 4), ==, 1);
  assert_micro (&spots[0], &pulse, 0.025);
}

static void
test_what_a_single_frame_shows_is_no_micro (void)
{
  static const double rates[] = { 25, 30, 50, 60 };
  MeSpot spots[4];

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    double frame = 1 / rates[i], apex = 5;
    const Pulse torn = { apex - 0.9 * frame, apex, apex + 0.9 * frame, 6, TRUE };

    g_assert_cmpuint (play (&torn, rates[i], 8, spots, 4), ==, 0);
  }
}

static void
test_noise_alone_is_silent (void)
{
  MeSpot spots[4];

  g_assert_cmpuint (play (NULL, 30, 60, spots, 4), ==, 0);
  g_assert_cmpuint (play (NULL, 200, 20, spots, 4), ==, 0);
}

static void
test_a_step_is_no_micro (void)
{
  static const Pulse step = { 5.0, 5.2, 0, 1.2f, FALSE };
  MeSpot spots[4];

  g_assert_cmpuint (play (&step, 60, 8, spots, 4), ==, 0);
}

static void
test_speech_is_no_micro (void)
{
  guint n = 0;

  start ();
  for (int i = 0; i < 60 * 20; i++) {
    double t = i / 60.0;
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    float mouth = t > 5 ? (float)(0.9 - 0.9 * cos (2 * G_PI * 3.1 * t)) : 0;
    for (int k = 0; k < ME_N_POINTS; k++)
      o.fast[k].y = o.kept[k].y = at_mouth (k) ? mouth : 0;
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
    for (const MeSpot *spot; (spot = me_spotter_pop (spotter));)
      n += spot->kind == ME_KIND_MICRO;
  }
  g_assert_cmpuint (n, ==, 0);
}

static void
test_what_lasts_longer_is_macro (void)
{
  static const Pulse smile = { 5.0, 5.6, 6.4, 4, TRUE };
  MeSpot spots[4];

  g_assert_cmpuint (play (&smile, 60, 9, spots, 4), ==, 1);
  g_assert_cmpint (spots[0].kind, ==, ME_KIND_MACRO);
  g_assert_cmpfloat_with_epsilon ((double)spots[0].onset_ns / 1e9, 5.0, 0.2);
  g_assert_cmpfloat_with_epsilon ((double)spots[0].offset_ns / 1e9, 6.4, 0.2);
}

static void
test_no_duration_lies_between_micro_and_macro (void)
{
  for (double duration_s = 0.40; duration_s < 0.80; duration_s += 0.02) {
    Pulse pulse = { 5.0, 5.0 + 0.45 * duration_s, 5.0 + duration_s, 4, TRUE };
    MeSpot spots[4];
    guint n = play (&pulse, 60, 8, spots, 4);

    g_assert_cmpuint (n, >=, 1);
    if (duration_s <= 0.5 || duration_s > 0.6) {
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpint (spots[0].kind, ==, duration_s <= 0.5 ? ME_KIND_MICRO : ME_KIND_MACRO);
    }
  }
}

/* A smile that fades for two seconds and then ends at once. */
static float
fading (double t)
{
  return t < 5 ? 0 : t < 5.3 ? (float)((t - 5) / 0.3) : t < 7.3 ? (float)(1 - (t - 5.3) / 3) : 0;
}

static void
test_no_event_ends_in_the_future (void)
{
  guint n = 0;

  start ();
  for (int i = 0; i < 60 * 10; i++) {
    MeObservation o = { .time_ns = (guint64)(i / 60.0 * 1e9), .kept_measured = TRUE, .match = 1 };
    for (int k = 0; k < ME_N_POINTS; k++)
      o.fast[k].y = o.kept[k].y = at_mouth (k) ? -4 * fading (i / 60.0) : 0;
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
    for (const MeSpot *spot; (spot = me_spotter_pop (spotter)); n++)
      g_assert_cmpuint (spot->offset_ns, <=, o.time_ns);
  }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_an_unfinished_smile_is_concluded_at_the_end (void)
{
  static const Pulse smile = { 2.0, 2.5, 0, 4, FALSE };
  const MeSpot *spot;
  MeSpot spots[4];

  g_assert_cmpuint (play (&smile, 30, 4, spots, 4), ==, 0);
  me_spotter_finish (spotter, &config);
  spot = me_spotter_pop (spotter);
  g_assert_nonnull (spot);
  g_assert_cmpint (spot->kind, ==, ME_KIND_MACRO);
  g_assert_null (me_spotter_pop (spotter));
}

static void
test_lower_sensitivity_finds_less (void)
{
  static const Pulse faint = { 5.0, 5.15, 5.3, 0.9f, TRUE };
  MeSpot spots[4];
  guint n = 0;

  g_assert_cmpuint (play (&faint, 60, 8, spots, 4), ==, 1);
  start ();
  config.sensitivity = 0.25;
  for (int i = 0; i < 480; i++) {
    MeObservation o = { .time_ns = (guint64)(i / 60.0 * 1e9), .kept_measured = TRUE, .match = 1 };
    for (int k = 0; k < ME_N_POINTS; k++)
      o.fast[k].y = at_mouth (k) ? -0.9f * course (&faint, i / 60.0) : 0;
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
    n += me_spotter_pop (spotter) != NULL;
  }
  g_assert_cmpuint (n, ==, 0);
}

static void
test_a_blink_is_a_blink (void)
{
  static const Pulse lids = { 4.0, 4.1, 4.3, 1, TRUE };
  const MeSpot *spot = NULL, *next;

  start ();
  for (int i = 0; i < 360; i++) {
    MeObservation o = { .time_ns = (guint64)(i / 60.0 * 1e9),
      .kept_measured = TRUE,
      .match = 1,
      .eye_detail = { 1, 1, 1 } };
    o.closure[ME_LEFT] = o.closure[ME_RIGHT] = 0.02f + 0.8f * course (&lids, i / 60.0);
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
    if ((next = me_spotter_pop (spotter))) {
      g_assert_null (spot);
      spot = next;
      g_assert_cmpint (spot->kind, ==, ME_KIND_BLINK);
      g_assert_cmpfloat_with_epsilon ((double)spot->onset_ns / 1e9, 4.0, 0.05);
      g_assert_cmpfloat_with_epsilon ((double)spot->offset_ns / 1e9, 4.3, 0.08);
    }
  }
  g_assert_nonnull (spot);
}

/* Of brows that sink by 2 % IPD, how far that is the interval of the blink around 4.15 s. */
static float
blink_of_brows (const Pulse *brows)
{
  static const Pulse lids = { 4.0, 4.1, 4.3, 1, TRUE };
  const MeSpot *spot;
  float blink = -1;

  start ();
  for (int i = 0; i < 400; i++) {
    double t = i / 60.0;
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    o.eye_detail[ME_LEFT] = o.eye_detail[ME_RIGHT] = 1;
    o.closure[ME_LEFT] = o.closure[ME_RIGHT] = 0.02f + 0.8f * course (&lids, t);
    for (int k = 0; k < ME_N_POINTS; k++)
      o.fast[k].y = me_region_has (ME_REGION_BROWS, k) ? 2 * course (brows, t) : 0;
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
    while ((spot = me_spotter_pop (spotter)))
      if (spot->kind == ME_KIND_MICRO)
        blink = spot->blink;
  }
  return blink;
}

static void
test_brows_may_go_with_a_blink (void)
{
  g_assert_cmpfloat (blink_of_brows (&(Pulse){ 4.0, 4.12, 4.3, 2, TRUE }), >, 0.6);
  g_assert_cmpfloat (blink_of_brows (&(Pulse){ 4.2, 4.35, 4.55, 2, TRUE }), <, 0.3);
  g_assert_cmpfloat (blink_of_brows (&(Pulse){ 5.0, 5.12, 5.3, 2, TRUE }), ==, 0);
}

/* Plays lids that close within 0.1 s, stay as they are and open within 0.2 s, up to `seconds`; the
 * only event is returned. detail: of the closed eyes, see MeObservation. */
static MeSpot
close_eyes (double onset_s, double offset_s, double seconds, float detail, guint *n)
{
  const Pulse lids = { onset_s, onset_s + 0.1, onset_s + 0.3, 1, TRUE };
  MeSpot only = { .kind = ME_KIND_MICRO };
  const MeSpot *spot;

  start ();
  *n = 0;
  for (int i = 0; i < seconds * 30; i++) {
    double t = i / 30.0, held = t - CLAMP (t - lids.apex_s, 0, offset_s - onset_s - 0.3);
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    float closed = course (&lids, held), flutter = 0.1f * (float)sin (7 * t);
    o.closure[ME_LEFT] = o.closure[ME_RIGHT] = 0.02f + closed * (0.8f + flutter);
    o.eye_detail[ME_LEFT] = o.eye_detail[ME_RIGHT] = 1 - closed * (1 - detail);
    me_spotter_add (spotter, &o, &config, 1 / 30.0);
    for (; (spot = me_spotter_pop (spotter)); ++*n)
      only = *spot;
  }
  return only;
}

static void
test_eyes_that_stay_shut_are_one_blink (void)
{
  static const double offsets[] = { 5.2, 6, 9, 14, 34, 124 };
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++) {
    MeSpot spot = close_eyes (4, offsets[i], offsets[i] + 2, 0.55f, &n);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmpint (spot.kind, ==, ME_KIND_BLINK);
    g_assert_cmpfloat_with_epsilon ((double)spot.onset_ns / 1e9, 4, 0.05);
    g_assert_cmpfloat_with_epsilon ((double)spot.offset_ns / 1e9, offsets[i], 0.08);
    g_assert_cmpfloat (spot.closure[ME_MIDLINE], >, 0.9f);
    g_assert_true (spot.shut);
  }
}

/* Lids that close, spring half open and then open slowly hide the eyes for a moment only: the blink
 * ends where they spring open. */
static void
test_lids_that_open_slowly_are_not_shut (void)
{
  static const struct
  {
    double s;
    float closed;
  } lids[] = { { 0, 0 }, { 4, 0 }, { 4.1, 0.9f }, { 4.2, 0.42f }, { 4.62, 0 }, { 7, 0 } };
  const MeSpot *spot;

  start ();
  for (int i = 0, k = 0; i < 200; i++) {
    double t = i / 30.0;
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    while (t >= lids[k + 1].s)
      k++;
    float part = (float)((t - lids[k].s) / (lids[k + 1].s - lids[k].s));
    float closed = lids[k].closed + part * (lids[k + 1].closed - lids[k].closed);
    o.closure[ME_LEFT] = o.closure[ME_RIGHT] = 0.02f + closed;
    o.eye_detail[ME_LEFT] = o.eye_detail[ME_RIGHT] = closed > 0.3f ? 0.5f : 1;
    me_spotter_add (spotter, &o, &config, 1 / 30.0);
  }
  spot = me_spotter_pop (spotter);
  g_assert_nonnull (spot);
  g_assert_cmpint (spot->kind, ==, ME_KIND_BLINK);
  g_assert_cmpuint (spot->offset_ns - spot->onset_ns, <, ME_EYES_CLOSED_NS);
  g_assert_false (spot->shut);
}

static void
test_eyes_that_look_elsewhere_are_not_shut (void)
{
  guint n;

  close_eyes (4, 9, 12, 0.9f, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_eyes_that_are_shut_at_the_end_are_told (void)
{
  const MeSpot *spot;
  guint n;

  close_eyes (4, 20, 9, 0.55f, &n);
  g_assert_cmpuint (n, ==, 0);
  me_spotter_finish (spotter, &config);
  spot = me_spotter_pop (spotter);
  g_assert_nonnull (spot);
  g_assert_cmpint (spot->kind, ==, ME_KIND_BLINK);
  g_assert_cmpfloat_with_epsilon ((double)spot->onset_ns / 1e9, 4, 0.05);
  g_assert_cmpfloat_with_epsilon ((double)spot->offset_ns / 1e9, 9, 0.05);
  g_assert_true (spot->shut);
}

static void
test_what_goes_on_at_a_cut_ends_with_it (void)
{
  static const struct
  {
    MeKind kind;
    guint64 apex_ms, offset_ms, until_ms;
    gboolean told;
  } cases[] = {
    { ME_KIND_BLINK, 1500, 9000, 8900, TRUE },
    { ME_KIND_BLINK, 8990, 9000, 8900, TRUE },  /* shut eyes flutter */
    { ME_KIND_BLINK, 1100, 1400, 1300, FALSE }, /* an ordinary one */
    { ME_KIND_MACRO, 1500, 9000, 8900, TRUE }, { ME_KIND_MACRO, 8950, 9000, 8900, FALSE },
    { ME_KIND_MICRO, 1100, 1400, 1300, FALSE },
    { ME_KIND_MACRO, 1100, 9000, 900, FALSE }, /* began after it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MeSpot spot = { .kind = cases[i].kind, .onset_ns = ME_SECOND };
    guint64 until_ns = cases[i].until_ms * ME_MSECOND;
    spot.apex_ns = cases[i].apex_ms * ME_MSECOND;
    spot.offset_ns = cases[i].offset_ms * ME_MSECOND;
    g_assert_cmpint (me_spot_end (&spot, until_ns, 500 * ME_MSECOND), ==, cases[i].told);
    g_assert_true (!cases[i].told || (spot.apex_ns <= until_ns && spot.offset_ns == until_ns));
  }
}

/* A patch that lost its place goes on and on; its neighbours know better. */
static void
test_a_patch_that_drifts_moves_no_region (void)
{
  GRand *random = g_rand_new_with_seed (7);
  MePoint motion[ME_N_POINTS];
  MeObservation o;

  start ();
  for (int i = 0; i < 60 * 60; i++) {
    memset (&o, 0, sizeof o);
    o.time_ns = (guint64)(i / 60.0 * 1e9);
    o.kept_measured = TRUE;
    o.match = 1;
    for (int k = 0; k < ME_N_POINTS; k++)
      o.kept[k].y = o.fast[k].y = 0.04f * noise (random);
    for (int k = 0; k < ME_N_POINTS; k += 20)
      o.kept[k].y += 0.005f * (float)i;
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
  }
  me_spotter_displacement (spotter, &o, motion);
  for (int k = 0; k < ME_N_POINTS; k++)
    g_assert_cmpfloat (fabsf (motion[k].y), <, 1);
  g_rand_free (random);
}

/* Brows that rise at 5 s while the head pitches by `degrees`, from 5.1 to 5.3 s. */
static float
nod_of (float degrees)
{
  static const Pulse raise = { 5.03, 5.18, 5.36, 2, TRUE };
  const MeSpot *spot;
  float nod = -1;

  start ();
  for (int i = 0; i < 60 * 8; i++) {
    double t = i / 60.0, way = CLAMP ((t - 5.1) / 0.2, 0, 1);
    MeObservation o = { .time_ns = (guint64)(t * 1e9), .kept_measured = TRUE, .match = 1 };
    o.turn.y = ME_CROP_IPD_PX * sinf (degrees * (float)(way * G_PI / 180));
    for (int k = 0; k < ME_N_POINTS; k++)
      if (me_region_has (ME_REGION_BROWS, k))
        o.fast[k].y = -raise.percent * course (&raise, t);
    me_spotter_add (spotter, &o, &config, 1 / 60.0);
    while ((spot = me_spotter_pop (spotter)))
      nod = spot->nod;
  }
  return nod;
}

static void
test_a_nod_is_told_with_what_it_goes_with (void)
{
  g_assert_cmpfloat (nod_of (0), ==, 0);
  g_assert_cmpfloat_with_epsilon (nod_of (5), 5, 0.1);
}

int
main (int argc, char **argv)
{
  int result;

  spotter = g_new0 (MeSpotter, 1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spotter/a-pulse-is-found-at-any-rate", test_a_pulse_is_found_at_any_rate);
  g_test_add_func (
      "/spotter/a-pulse-is-found-just-after-the-start", test_a_pulse_is_found_just_after_the_start);
  g_test_add_func (
      "/spotter/a-nod-is-told-with-what-it-goes-with", test_a_nod_is_told_with_what_it_goes_with);
  g_test_add_func (
      "/spotter/no-event-begins-before-the-series", test_no_event_begins_before_the_series);
  g_test_add_func ("/spotter/duplicates-drops-and-changing-rates-do-not-move-a-pulse",
      test_duplicates_drops_and_changing_rates_do_not_move_a_pulse);
  g_test_add_func ("/spotter/a-mouth-that-talks-does-not-hide-the-rest",
      test_a_mouth_that_talks_does_not_hide_the_rest);
  g_test_add_func (
      "/spotter/a-short-pulse-is-found-at-a-high-rate", test_a_short_pulse_is_found_at_a_high_rate);
  g_test_add_func (
      "/spotter/what-a-single-frame-shows-is-no-micro", test_what_a_single_frame_shows_is_no_micro);
  g_test_add_func ("/spotter/noise-alone-is-silent", test_noise_alone_is_silent);
  g_test_add_func ("/spotter/a-step-is-no-micro", test_a_step_is_no_micro);
  g_test_add_func ("/spotter/speech-is-no-micro", test_speech_is_no_micro);
  g_test_add_func ("/spotter/what-lasts-longer-is-macro", test_what_lasts_longer_is_macro);
  g_test_add_func ("/spotter/no-duration-lies-between-micro-and-macro",
      test_no_duration_lies_between_micro_and_macro);
  g_test_add_func ("/spotter/no-event-ends-in-the-future", test_no_event_ends_in_the_future);
  g_test_add_func ("/spotter/an-unfinished-smile-is-concluded-at-the-end",
      test_an_unfinished_smile_is_concluded_at_the_end);
  g_test_add_func ("/spotter/lower-sensitivity-finds-less", test_lower_sensitivity_finds_less);
  g_test_add_func ("/spotter/a-blink-is-a-blink", test_a_blink_is_a_blink);
  g_test_add_func ("/spotter/brows-may-go-with-a-blink", test_brows_may_go_with_a_blink);
  g_test_add_func (
      "/spotter/eyes-that-stay-shut-are-one-blink", test_eyes_that_stay_shut_are_one_blink);
  g_test_add_func (
      "/spotter/lids-that-open-slowly-are-not-shut", test_lids_that_open_slowly_are_not_shut);
  g_test_add_func (
      "/spotter/eyes-that-look-elsewhere-are-not-shut", test_eyes_that_look_elsewhere_are_not_shut);
  g_test_add_func ("/spotter/eyes-that-are-shut-at-the-end-are-told",
      test_eyes_that_are_shut_at_the_end_are_told);
  g_test_add_func (
      "/spotter/what-goes-on-at-a-cut-ends-with-it", test_what_goes_on_at_a_cut_ends_with_it);
  g_test_add_func (
      "/spotter/a-patch-that-drifts-moves-no-region", test_a_patch_that_drifts_moves_no_region);
  result = g_test_run ();
  g_free (spotter);
  return result;
}
