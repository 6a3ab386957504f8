/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Units are read back from the motion they make, with their sides; emotions from units. */
#include "reading/action-units.h"

#include "reading/emotion.h"
#include "anatomy/facial-depth.h"
#include "following/head-motion.h"
#include "reading/unit-prior.h"
#include "unit/face.h"

#include <math.h>

static MePoint points[ME_N_POINTS];
static MeUnitModel *model;

/* What a patch around a point sees of a field: its mean over a few places. */
static MePoint
patch_mean (const MePoint *motion, MePoint at)
{
  MePoint mean = { 0, 0 };

  for (int k = 0; k < 25; k++) {
    float step = 0.05f * ME_CROP_IPD_PX;
    MePoint place = { at.x + step * (float)(k % 5 - 2), at.y + step * (float)(k / 5 - 2) };
    MePoint v = me_au_field (points, motion, ME_CROP_IPD_PX, place);
    mean.x += v.x / 25;
    mean.y += v.y / 25;
  }
  return mean;
}

/* What the patches see when the unit's most moved point moves by `percent`. */
static void
add_unit (MePoint *motion, MeAu au, MeSide side, float percent)
{
  MePoint one[ME_N_POINTS];
  float largest = 0;

  me_au_point_motion (au, side, one);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint v = me_au_field (points, one, ME_CROP_IPD_PX, points[i]);
    largest = MAX (largest, hypotf (v.x, v.y));
  }
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint v = patch_mean (one, points[i]);
    motion[i].x += percent * v.x / largest;
    motion[i].y += percent * v.y / largest;
  }
}

/* Takes off the head's share, as the analysis would. */
static void
see (MePoint *motion)
{
  MePoint u[ME_N_POINTS];
  float match[ME_N_POINTS];
  MeHeadMotion head;

  for (int i = 0; i < ME_N_POINTS; i++) {
    u[i].x = motion[i].x / ME_CROP_PERCENT;
    u[i].y = motion[i].y / ME_CROP_PERCENT;
    match[i] = 1;
  }
  me_head_motion_fit (points, me_facial_depth, u, match, &me_turn_unknown, &head);
  me_head_motion_remove (points, me_facial_depth, u, &head, motion);
}

/* All of the units, and nothing else that is half as strong as the weakest of them. */
static void
assert_units (const MeUnitReading *r, guint units)
{
  double weakest = G_MAXDOUBLE;

  for (int au = 0; au < ME_N_AUS; au++)
    if (units & (1u << au))
      weakest = MIN (weakest, r->strength[au]);
  g_test_message ("units %x: weakest %.2f", units, weakest);
  g_assert_cmpfloat (weakest, >, 0);
  for (int au = 0; au < ME_N_AUS; au++)
    if (!(units & (1u << au)))
      g_assert_cmpfloat (r->strength[au], <, weakest / 2);
}

static void
test_single_units_are_read_back (void)
{
  /* 6, 9, 14, 15, 23, 24 and 25 have neighbours that move alike: they are tested in company. */
  static const MeAu clear[] = { ME_AU1, ME_AU2, ME_AU4, ME_AU5, ME_AU7, ME_AU10, ME_AU12, ME_AU17,
    ME_AU20, ME_AU26, ME_AU18, ME_AU22, ME_AU28 };

  for (guint i = 0; i < G_N_ELEMENTS (clear); i++) {
    MePoint motion[ME_N_POINTS] = { { 0, 0 } };
    MeUnitReading reading;

    add_unit (motion, clear[i], ME_MIDLINE, 2);
    see (motion);
    me_action_units_read (model, motion, NULL, FALSE, &reading);
    assert_units (&reading, 1u << clear[i]);
    /* Of a lower lid alignment measures 0.6 of the motion, here all: AU7 reads high. */
    g_assert_cmpfloat_with_epsilon (reading.strength[clear[i]], 2, clear[i] == ME_AU7 ? 0.7 : 0.4);
  }
}

/* Each feature moves as far as in the template, every other one 34 degrees to the left of its
 * direction, the rest to the right. */
static void
test_strength_is_that_of_the_motion_whatever_its_direction (void)
{
  MePoint straight[ME_N_POINTS] = { { 0, 0 } }, turned[ME_N_POINTS];
  MeUnitReading as_table, as_person;

  add_unit (straight, ME_AU12, ME_MIDLINE, 2);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float angle = me_facial_points[i].feature % 2 ? 0.6f : -0.6f;
    MePoint m = straight[i];
    turned[i] = (MePoint){ cosf (angle) * m.x - sinf (angle) * m.y,
      sinf (angle) * m.x + cosf (angle) * m.y };
  }
  me_action_units_read (model, straight, NULL, FALSE, &as_table);
  me_action_units_read (model, turned, NULL, FALSE, &as_person);
  g_test_message ("%.2f, turned %.2f", as_table.strength[ME_AU12], as_person.strength[ME_AU12]);
  g_assert_cmpfloat_with_epsilon (
      as_person.strength[ME_AU12] / as_table.strength[ME_AU12], 1, 0.13);
}

/* Of somebody who moves the inner brow farther than the rest of AU1 says. */
static void
test_strength_follows_the_point_that_moves_most (void)
{
  MePoint as_table[ME_N_POINTS] = { { 0, 0 } }, as_person[ME_N_POINTS];
  MeUnitReading table, person;

  add_unit (as_table, ME_AU1, ME_MIDLINE, 2);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float gain = me_facial_points[i].feature == ME_FEATURE_INNER_BROW ? 1.4f : 1;
    as_person[i] = (MePoint){ gain * as_table[i].x, gain * as_table[i].y };
  }
  me_action_units_read (model, as_table, NULL, FALSE, &table);
  me_action_units_read (model, as_person, NULL, FALSE, &person);
  g_test_message ("%.2f, farther %.2f", table.strength[ME_AU1], person.strength[ME_AU1]);
  g_assert_cmpfloat (person.strength[ME_AU1] / table.strength[ME_AU1], >, 1.18);
}

/* A point that the unit hardly moves says nothing of its strength, whatever else moves it. */
static void
test_strength_heeds_no_distant_point (void)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint motion[ME_N_POINTS] = { { 0, 0 } };
    MeUnitReading alone, beside;

    if (me_facial_points[i].feature != ME_FEATURE_CHIN)
      continue;
    add_unit (motion, ME_AU1, ME_MIDLINE, 2);
    me_action_units_read (model, motion, NULL, FALSE, &alone);
    motion[i].x += 2.5f;
    me_action_units_read (model, motion, NULL, FALSE, &beside);
    g_test_message ("%.2f, beside %.2f", alone.strength[ME_AU1], beside.strength[ME_AU1]);
    g_assert_cmpfloat_with_epsilon (beside.strength[ME_AU1] / alone.strength[ME_AU1], 1, 0.15);
  }
}

static void
test_combinations_are_read_back (void)
{
  static const struct
  {
    guint units;
    MeEmotion emotion;
  } rows[] = {
    { 1u << ME_AU6 | 1u << ME_AU12, ME_HAPPINESS },
    { 1u << ME_AU1 | 1u << ME_AU2, ME_SURPRISE },
    { 1u << ME_AU4 | 1u << ME_AU7, ME_ANGER },
    { 1u << ME_AU1 | 1u << ME_AU2 | 1u << ME_AU4, ME_FEAR },
    { 1u << ME_AU1 | 1u << ME_AU4, ME_SADNESS },
    { 1u << ME_AU4 | 1u << ME_AU9, ME_DISGUST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    MePoint motion[ME_N_POINTS] = { { 0, 0 } };
    double scores[ME_N_EMOTIONS];
    MeUnitReading reading;

    for (int au = 0; au < ME_N_AUS; au++)
      if (rows[i].units & (1u << au))
        add_unit (motion, au, ME_MIDLINE, 2);
    see (motion);
    me_action_units_read (model, motion, NULL, FALSE, &reading);
    assert_units (&reading, rows[i].units);
    g_assert_cmpint (me_emotion_read (reading.strength, scores), ==, rows[i].emotion);
  }
}

static void
test_combinations_that_nobody_lists_are_read_back (void)
{
  static const guint sets[] = { 1u << ME_AU1 | 1u << ME_AU2 | 1u << ME_AU12,
    1u << ME_AU4 | 1u << ME_AU14, 1u << ME_AU2 | 1u << ME_AU17, 1u << ME_AU5 | 1u << ME_AU12,
    1u << ME_AU4 | 1u << ME_AU7 | 1u << ME_AU12, 1u << ME_AU2 | 1u << ME_AU10 };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    MePoint motion[ME_N_POINTS] = { { 0, 0 } };
    MeUnitReading reading;

    g_assert_cmpfloat (me_unit_prior_cost (sets[i]), >, 1);
    for (int au = 0; au < ME_N_AUS; au++)
      if (sets[i] & (1u << au))
        add_unit (motion, au, ME_MIDLINE, 2);
    see (motion);
    me_action_units_read (model, motion, NULL, FALSE, &reading);
    assert_units (&reading, sets[i]);
  }
}

static void
test_brow_drawn_straight_down_is_AU4 (void)
{
  MePoint motion[ME_N_POINTS];
  MeUnitReading reading;

  me_au_brow_depressor_motion (motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x *= 2;
    motion[i].y *= 2;
  }
  see (motion);
  me_action_units_read (model, motion, NULL, FALSE, &reading);
  assert_units (&reading, 1u << ME_AU4);
  g_assert_cmpfloat (reading.left[ME_AU4], >, 1);
  g_assert_cmpfloat (reading.right[ME_AU4], >, 1);
}

/* What a dimpler would make up for. */
static void
test_smile_that_moves_little_cheek_is_AU12_alone (void)
{
  MePoint motion[ME_N_POINTS] = { { 0, 0 } };
  MeUnitReading reading;

  add_unit (motion, ME_AU12, ME_MIDLINE, 2);
  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature == ME_FEATURE_CHEEK) {
      motion[i].x *= 0.2f;
      motion[i].y = 0;
    }
  see (motion);
  me_action_units_read (model, motion, NULL, FALSE, &reading);
  assert_units (&reading, 1u << ME_AU12);
}

/* Of AU12, in a motion that is as strong as the noise of the points, or far stronger. */
static double
confidence_in_smile (float point_noise)
{
  MePoint motion[ME_N_POINTS] = { { 0, 0 } };
  float noise[ME_N_POINTS];
  MeUnitReading reading;
  double total = 0;

  add_unit (motion, ME_AU12, ME_MIDLINE, 2);
  see (motion);
  for (int i = 0; i < ME_N_POINTS; i++)
    noise[i] = point_noise;
  me_action_units_read (model, motion, noise, FALSE, &reading);
  for (guint i = 0; i < reading.n_sets; i++)
    total += reading.sets[i].probability;
  g_assert_cmpuint (reading.n_sets, >, 0);
  for (int au = 0; au < ME_N_AUS; au++) /* the first is what was read */
    g_assert_cmpfloat (reading.sets[0].strength[au], ==, reading.strength[au]);
  g_assert_cmpfloat (total, <=, 1.0001);
  for (int au = 0; au < ME_N_AUS; au++)
    g_assert_cmpfloat (reading.confidence[au], <=, 1.0001);
  return reading.confidence[ME_AU12];
}

static void
test_noise_makes_a_reading_unsure (void)
{
  double clear = confidence_in_smile (0.05f), noisy = confidence_in_smile (2);

  g_assert_cmpfloat (clear, >, 0.9);
  g_assert_cmpfloat (noisy, <, 0.6);
}

static void
test_head_motion_that_was_left_over_is_no_unit (void)
{
  MePoint motion[ME_N_POINTS] = { { 0, 0 } };
  MeUnitReading reading;

  add_unit (motion, ME_AU12, ME_MIDLINE, 2);
  see (motion);
  for (int i = 0; i < ME_N_POINTS; i++) { /* the head nods a little: 0.3 % at the chin */
    motion[i].x += 0.1f;
    motion[i].y += 0.2f * (points[i].y - ME_CROP_EYE_Y) / ME_CROP_IPD_PX;
  }
  me_action_units_read (model, motion, NULL, FALSE, &reading);
  assert_units (&reading, 1u << ME_AU12);
}

static void
test_noise_of_a_point_takes_its_say (void)
{
  MePoint motion[ME_N_POINTS] = { { 0, 0 } };
  float noise[ME_N_POINTS];
  MeUnitReading reading;

  add_unit (motion, ME_AU4, ME_MIDLINE, 2);
  see (motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    gboolean chin = me_facial_points[i].feature == ME_FEATURE_CHIN;
    noise[i] = chin ? 3 : 0.05f;
    motion[i].y -= chin ? 1.5f : 0;
  }
  me_action_units_read (model, motion, noise, FALSE, &reading);
  assert_units (&reading, 1u << ME_AU4);
}

static void
test_reliability_is_that_of_the_units (void)
{
  static const MeAu units[] = { ME_AU4, ME_AU12, ME_AU10 };
  double last = 2;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    MePoint motion[ME_N_POINTS] = { { 0, 0 } };
    MeUnitReading reading;

    add_unit (motion, units[i], ME_MIDLINE, 2);
    see (motion);
    me_action_units_read (model, motion, NULL, FALSE, &reading);
    g_assert_cmpfloat (reading.reliability, <, last);
    last = reading.reliability;
  }
}

static void
test_one_side_is_one_side (void)
{
  static const MeAu units[] = { ME_AU2, ME_AU4, ME_AU12, ME_AU10 };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (MeSide side = ME_LEFT; side <= ME_RIGHT; side++) {
      MePoint motion[ME_N_POINTS] = { { 0, 0 } };
      MeUnitReading r;
      add_unit (motion, units[i], side, 2);
      see (motion);
      me_action_units_read (model, motion, NULL, FALSE, &r);
      g_assert_cmpfloat ((side == ME_LEFT ? r.left : r.right)[units[i]], >, 1.4);
      g_assert_cmpfloat ((side == ME_LEFT ? r.right : r.left)[units[i]], ==, 0);
    }
}

/* As SAMM's objective classes and the EMFACS prototypes have it. */
static void
test_sets_are_labelled_as_coders_do (void)
{
#define U(au) (1u << ME_AU##au)
  static const struct
  {
    guint units;
    MeEmotion emotion;
  } rows[] = {
    { U (12), ME_HAPPINESS }, { U (6) | U (12), ME_HAPPINESS }, { U (12) | U (26), ME_HAPPINESS },
    { U (6) | U (12) | U (25), ME_HAPPINESS }, { U (1), ME_SADNESS },
    { U (15) | U (17), ME_SADNESS }, { U (1) | U (4) | U (15), ME_SADNESS }, { U (4), ME_ANGER },
    { U (4) | U (5) | U (7) | U (23), ME_ANGER }, { U (17) | U (24), ME_ANGER },
    { U (20), ME_FEAR }, { U (1) | U (2) | U (4) | U (5) | U (20) | U (26), ME_FEAR },
    { U (9), ME_DISGUST }, { U (10) | U (17), ME_DISGUST }, { U (4) | U (7) | U (9), ME_DISGUST },
    { U (1) | U (2), ME_SURPRISE }, { U (1) | U (2) | U (5) | U (26), ME_SURPRISE },
    { U (7), ME_EMOTION_OTHER }, { U (14), ME_EMOTION_OTHER }, { U (17), ME_EMOTION_OTHER },
    { U (24), ME_EMOTION_OTHER }, { U (12) | U (14), ME_EMOTION_OTHER },
    { U (4) | U (12), ME_EMOTION_OTHER }, /* says two things at once */
  };
#undef U

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    double strength[ME_N_AUS] = { 0 }, scores[ME_N_EMOTIONS];

    for (int au = 0; au < ME_N_AUS; au++)
      strength[au] = rows[i].units & (1u << au) ? 2 : 0;
    g_test_message ("row %u", i);
    g_assert_cmpint (me_emotion_read (strength, scores), ==, rows[i].emotion);
    for (int e = 0; e < ME_N_EMOTIONS; e++) {
      g_assert_cmpfloat (scores[e], >=, 0);
      g_assert_cmpfloat (scores[e], <=, 1);
      if (rows[i].emotion != ME_EMOTION_OTHER)
        g_assert_cmpfloat (scores[e], <=, scores[rows[i].emotion]);
    }
  }
}

static void
test_emotion_is_as_probable_as_its_units (void)
{
  MeUnitReading reading = { .n_sets = 3,
    .sets = { { 0.5, { [ME_AU12] = 2 }, { [ME_AU12] = 2 }, { [ME_AU12] = 2 } },
        { 0.2, { [ME_AU6] = 1, [ME_AU12] = 2 }, { [ME_AU12] = 2 }, { [ME_AU12] = 1 } },
        { 0.3, { [ME_AU12] = 2 }, { [ME_AU12] = 2 } } } };

  g_assert_cmpfloat_with_epsilon (
      me_emotion_probability (&reading, FALSE, ME_HAPPINESS), 0.7, 1e-6);
  g_assert_cmpfloat_with_epsilon (
      me_emotion_probability (&reading, FALSE, ME_EMOTION_OTHER), 0.3, 1e-6);
  g_assert_cmpfloat (me_emotion_probability (&reading, FALSE, ME_ANGER), ==, 0);
  g_assert_cmpfloat_with_epsilon (
      me_emotion_probability (&reading, TRUE, ME_EMOTION_CONTEMPT), 0.3, 1e-6);
}

static void
test_no_unit_is_other (void)
{
  double strength[ME_N_AUS] = { 0 }, scores[ME_N_EMOTIONS];

  g_assert_cmpint (me_emotion_read (strength, scores), ==, ME_EMOTION_OTHER);
}

/* Leaves numbers that are none where the next call has its variables. */
static G_GNUC_NO_INLINE void
soil_stack (void)
{
  volatile float waste[1 << 13];

  for (guint i = 0; i < G_N_ELEMENTS (waste); i++)
    waste[i] = NAN;
}

static void
test_what_lay_on_the_stack_has_no_say (void)
{
  MePoint motion[ME_N_POINTS] = { { 0, 0 } };
  MeUnitReading reading;

  add_unit (motion, ME_AU12, ME_MIDLINE, 4);
  see (motion);
  soil_stack ();
  me_action_units_read (model, motion, NULL, FALSE, &reading);
  assert_units (&reading, 1u << ME_AU12);
}

int
main (int argc, char **argv)
{
  int result;

  plain_points (points);
  model = g_new0 (MeUnitModel, 1);
  me_unit_model_init (model, points);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/action-units/single-units-are-read-back", test_single_units_are_read_back);
  g_test_add_func ("/action-units/strength-whatever-the-direction",
      test_strength_is_that_of_the_motion_whatever_its_direction);
  g_test_add_func ("/action-units/strength-follows-the-point-that-moves-most",
      test_strength_follows_the_point_that_moves_most);
  g_test_add_func (
      "/action-units/strength-heeds-no-distant-point", test_strength_heeds_no_distant_point);
  g_test_add_func ("/action-units/combinations-are-read-back", test_combinations_are_read_back);
  g_test_add_func ("/action-units/combinations-that-nobody-lists-are-read-back",
      test_combinations_that_nobody_lists_are_read_back);
  g_test_add_func (
      "/action-units/brow-drawn-straight-down-is-AU4", test_brow_drawn_straight_down_is_AU4);
  g_test_add_func ("/action-units/smile-that-moves-little-cheek-is-AU12-alone",
      test_smile_that_moves_little_cheek_is_AU12_alone);
  g_test_add_func ("/action-units/noise-makes-a-reading-unsure", test_noise_makes_a_reading_unsure);
  g_test_add_func ("/action-units/head-motion-that-was-left-over-is-no-unit",
      test_head_motion_that_was_left_over_is_no_unit);
  g_test_add_func (
      "/action-units/noise-of-a-point-takes-its-say", test_noise_of_a_point_takes_its_say);
  g_test_add_func (
      "/action-units/reliability-is-that-of-the-units", test_reliability_is_that_of_the_units);
  g_test_add_func ("/action-units/one-side-is-one-side", test_one_side_is_one_side);
  g_test_add_func (
      "/action-units/what-lay-on-the-stack-has-no-say", test_what_lay_on_the_stack_has_no_say);
  g_test_add_func ("/emotion/sets-are-labelled-as-coders-do", test_sets_are_labelled_as_coders_do);
  g_test_add_func (
      "/emotion/emotion-is-as-probable-as-its-units", test_emotion_is_as_probable_as_its_units);
  g_test_add_func ("/emotion/no-unit-is-other", test_no_unit_is_other);
  result = g_test_run ();
  g_free (model);
  return result;
}
