/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a spotted interval to an event: emotions only where they are wanted. */
#include "reading/reading.h"

#include "anatomy/au-motion.h"
#include "reading/confidence.h"
#include "reading/context.h"
#include "reading/emotion.h"
#include "reading/unit-prior.h"
#include "unit/face.h"

/* Units of both sides as they are spotted, 2 % IPD. odd, % IPD: motion of the points, each against
 * its neighbour, that no unit explains. nod: degrees. */
static void
read_units (
    const MeAu *units, guint n, float odd, float nod, const MeConfig *config, MeEvent *event)
{
  MeUnitModel *model = g_new0 (MeUnitModel, 1);
  MeTrack *track = g_new0 (MeTrack, 1);
  MeSpot spot = { .kind = ME_KIND_MICRO,
    .offset_ns = 300000000,
    .ratio = 3,
    .symmetry = 0.95f,
    .unrest = 0.1f,
    .noise = 0.1f,
    .nod = nod };

  plain_points (track->points);
  me_unit_model_init (model, track->points);
  for (int i = 0; i < ME_N_POINTS; i++) {
    for (guint k = 0; k < 2 * n; k++) {
      const MePoint *side = model->motion[2 * units[k / 2] + k % 2];
      spot.motion[i].x += 2 * side[i].x;
      spot.motion[i].y += 2 * side[i].y;
    }
    spot.motion[i].y += i % 2 ? odd : -odd;
    spot.point_noise[i] = 0.05f;
  }
  me_read_spot (&spot, track, model, config, event);
  g_free (track);
  g_free (model);
}

static void
read_smile (gboolean emotions, float odd, MeEvent *event)
{
  read_units ((MeAu[]){ ME_AU12 }, 1, odd, 0, &(MeConfig){ .emotions = emotions }, event);
}

static void
read_raise (const MeConfig *config, float nod, MeEvent *event)
{
  read_units ((MeAu[]){ ME_AU1, ME_AU2 }, 2, 0, nod, config, event);
}

static void
test_smile_is_read_as_happiness (void)
{
  MeEvent event;

  read_smile (TRUE, 0, &event);
  g_assert_cmpfloat (event.strength[ME_AU12], >, 1);
  g_assert_cmpint (event.emotion, ==, ME_HAPPINESS);
  g_assert_cmpfloat (event.emotions[ME_HAPPINESS], >, 0.8);
  g_assert_cmpfloat (event.emotion_confidence, >, 0.8);
  g_assert_cmpfloat (event.unit_confidence[ME_AU12], >, 0.8);
  for (int au = 0; au < ME_N_AUS; au++)
    g_assert_cmpint (event.unit_confidence[au] > 0, ==, event.strength[au] > 0);
}

/* Nobody's face moves as the table says: what it cannot explain is an event all the same, but a
 * less sure one. What resembles no unit at all is no skin. */
static void
test_motion_that_units_do_not_explain_is_an_event (void)
{
  MeEvent plain, odd, strange;

  read_smile (TRUE, 0, &plain);
  read_smile (TRUE, 0.6f, &odd);
  read_smile (TRUE, 1.2f, &strange);
  g_assert_cmpfloat (plain.confidence, >, 0.9);
  g_assert_cmpfloat (odd.confidence, >, 0.5);
  g_assert_cmpfloat (odd.confidence, <, plain.confidence - 0.05);
  g_assert_cmpfloat (strange.confidence, <, 0.1);
}

/* Units of one side or both, 2 % IPD each. */
static MeEmotion
emotion_of (guint left_units, guint right_units, gboolean contempt, double scores[ME_N_EMOTIONS])
{
  double strength[ME_N_AUS] = { 0 }, left[ME_N_AUS] = { 0 }, right[ME_N_AUS] = { 0 };

  for (int au = 0; au < ME_N_AUS; au++) {
    left[au] = left_units & (1u << au) && me_au_is_sided (au) ? 2 : 0;
    right[au] = right_units & (1u << au) && me_au_is_sided (au) ? 2 : 0;
    strength[au] = (left_units | right_units) & (1u << au) ? 2 : 0;
  }
  return me_emotion_read_sides (strength, left, right, contempt, scores);
}

static void
test_one_sided_lip_corners_are_no_happiness (void)
{
#define U(au) (1u << ME_AU##au)
  static const struct
  {
    guint left, right;
    MeEmotion emotion, with_contempt;
  } rows[] = {
    { U (12), U (12), ME_HAPPINESS, ME_HAPPINESS },
    { U (6) | U (12), U (6) | U (12), ME_HAPPINESS, ME_HAPPINESS },
    { U (12), 0, ME_EMOTION_OTHER, ME_EMOTION_CONTEMPT },
    { 0, U (12), ME_EMOTION_OTHER, ME_EMOTION_CONTEMPT },
    { 0, U (14), ME_EMOTION_OTHER, ME_EMOTION_CONTEMPT },
    { U (12) | U (14), 0, ME_EMOTION_OTHER, ME_EMOTION_CONTEMPT },
    { U (12), U (14), ME_EMOTION_OTHER, ME_EMOTION_OTHER }, /* both sides move */
    { U (14), U (14), ME_EMOTION_OTHER, ME_EMOTION_OTHER },
    { U (6) | U (12), U (6), ME_EMOTION_OTHER, ME_EMOTION_OTHER },
    { U (14) | U (17), U (17), ME_EMOTION_OTHER, ME_EMOTION_OTHER },
    { U (9), 0, ME_DISGUST, ME_DISGUST }, /* other units may be one-sided */
    { 0, U (1) | U (2), ME_SURPRISE, ME_SURPRISE },
  };
#undef U

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    double scores[ME_N_EMOTIONS];

    g_test_message ("row %u", i);
    g_assert_cmpint (emotion_of (rows[i].left, rows[i].right, FALSE, scores), ==, rows[i].emotion);
    g_assert_cmpint (
        emotion_of (rows[i].left, rows[i].right, TRUE, scores), ==, rows[i].with_contempt);
    if (rows[i].emotion == ME_EMOTION_OTHER)
      g_assert_cmpfloat (scores[ME_HAPPINESS], <, 0.72);
  }
}

static void
test_no_emotion_is_computed_unasked (void)
{
  MeEvent event;

  read_smile (FALSE, 0, &event);
  g_assert_cmpfloat (event.strength[ME_AU12], >, 1);
  g_assert_cmpint (event.emotion, ==, ME_EMOTION_NONE);
  for (int e = 0; e < ME_N_EMOTIONS; e++)
    g_assert_cmpfloat (event.emotions[e], ==, 0);
  g_assert_cmpfloat (event.emotion_confidence, ==, 0);
}

static void
test_lids_that_stay_closed_are_another_unit (void)
{
  MeUnitModel *model = g_new0 (MeUnitModel, 1);
  MeTrack *track = g_new0 (MeTrack, 1);
  MeSpot spot = { .kind = ME_KIND_BLINK, .closure = { 1, 1, 0.9f }, .offset_ns = 600000000 };
  MePoint *lid = &track->landmarks[ME_LANDMARK_LEFT_EYE];
  MeEvent event;

  for (int i = 0; i < ME_N_EYE_LANDMARKS; i++)
    lid[i].y = i == ME_EYE_LOWER_LID_1 || i == ME_EYE_LOWER_LID_2 ? 8 : 0;
  me_read_spot (&spot, track, model, &(MeConfig){ .emotions = TRUE }, &event);
  g_assert_cmpfloat (event.strength[ME_AU45], >, 0);
  g_assert_cmpfloat (event.strength[ME_AU43], ==, 0);
  spot.shut = TRUE;
  me_read_spot (&spot, track, model, &(MeConfig){ .emotions = TRUE }, &event);
  g_assert_cmpfloat (event.strength[ME_AU43], >, 0);
  g_assert_cmpfloat (event.strength[ME_AU43], ==, event.intensity);
  g_assert_cmpfloat (event.left[ME_AU43], >, 0);
  g_assert_cmpfloat (event.strength[ME_AU45], ==, 0);
  g_assert_cmpint (event.emotion, ==, ME_EMOTION_NONE);
  g_free (track);
  g_free (model);
}

static void
test_brows_that_rise_with_speech_or_a_nod_are_conversation (void)
{
  static const struct
  {
    double au1, left, right; /* AU1: stronger side, and each */
    double au4, au5, au26;
    double speaking, nod;
    MeContext context;
  } rows[] = {
    { 2, 2, 1.5, 0, 0, 0, 0.6, 0, ME_CONTEXT_CONVERSATIONAL },
    { 2, 2, 1.5, 0, 0, 0, 0.1, 4, ME_CONTEXT_CONVERSATIONAL },
    { 2, 2, 1.5, 0, 0, 0, 0.1, 1, ME_CONTEXT_NONE },
    { 2, 2, 0.5, 0, 0, 0, 0.6, 4, ME_CONTEXT_NONE },           /* of one side */
    { 2, 2, 1.5, 0, 2, 0, 0.6, 4, ME_CONTEXT_NONE },           /* with wide eyes */
    { 2, 2, 1.5, 1, 0, 3, 0.6, 0, ME_CONTEXT_CONVERSATIONAL }, /* and talks */
    { 2, 2, 1.5, 3, 0, 0, 0.6, 0, ME_CONTEXT_NONE },           /* with a frown */
    { 2, 2, 1.5, 1, 0, 0, 0.1, 4, ME_CONTEXT_NONE },           /* the same with a nod */
    { 2, 2, 1.5, 0, 0, 3, 0.1, 4, ME_CONTEXT_NONE },
    { 0, 0, 0, 0, 0, 0, 0.6, 4, ME_CONTEXT_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    MeEvent event = { .strength = { [ME_AU1] = rows[i].au1,
                          [ME_AU4] = rows[i].au4,
                          [ME_AU5] = rows[i].au5,
                          [ME_AU26] = rows[i].au26 },
      .left = { [ME_AU1] = rows[i].left, [ME_AU5] = rows[i].au5 },
      .right = { [ME_AU1] = rows[i].right, [ME_AU5] = rows[i].au5 },
      .speaking = rows[i].speaking };
    g_assert_cmpint (me_context_read (&event, rows[i].nod), ==, rows[i].context);
  }
}

static void
test_lips_that_move_with_speech_are_conversation (void)
{
  static const struct
  {
    MeAu au, also;
    double speaking, nod;
    MeContext context;
  } rows[] = {
    { ME_AU25, ME_AU26, 0.6, 0, ME_CONTEXT_CONVERSATIONAL },
    { ME_AU20, ME_AU20, 0.6, 0, ME_CONTEXT_CONVERSATIONAL },
    { ME_AU25, ME_AU26, 0.1, 4, ME_CONTEXT_NONE }, /* in silence, with a nod */
    { ME_AU25, ME_AU12, 0.6, 0, ME_CONTEXT_NONE }, /* with a smile */
    { ME_AU20, ME_AU4, 0.6, 0, ME_CONTEXT_NONE },  /* with a frown */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    MeEvent event = { .speaking = rows[i].speaking };
    event.strength[rows[i].au] = event.strength[rows[i].also] = 2;
    g_assert_cmpint (me_context_read (&event, rows[i].nod), ==, rows[i].context);
  }
}

static void
test_macro_emotions_other_than_happiness_are_rather_talk (void)
{
  static const struct
  {
    MeKind kind;
    MeEmotion emotion;
    double probability, speaking;
    MeContext context;
  } rows[] = {
    { ME_KIND_MACRO, ME_DISGUST, 1, 0.6, ME_CONTEXT_CONVERSATIONAL },
    { ME_KIND_MACRO, ME_EMOTION_CONTEMPT, 1, 0.6, ME_CONTEXT_CONVERSATIONAL },
    { ME_KIND_MACRO, ME_FEAR, 0.7, 0.2, ME_CONTEXT_CONVERSATIONAL },
    { ME_KIND_MACRO, ME_FEAR, 1, 0.1, ME_CONTEXT_NONE }, /* hardly speaks */
    { ME_KIND_MACRO, ME_FEAR, 0.3, 0, ME_CONTEXT_NONE },
    { ME_KIND_MACRO, ME_HAPPINESS, 0.5, 0.9, ME_CONTEXT_NONE },
    { ME_KIND_MACRO, ME_EMOTION_OTHER, 0.5, 0.9, ME_CONTEXT_NONE },
    { ME_KIND_MICRO, ME_DISGUST, 0.5, 0.9, ME_CONTEXT_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    MeEvent event = { .kind = rows[i].kind,
      .strength = { [ME_AU9] = 2 },
      .emotion = rows[i].emotion,
      .emotion_confidence = rows[i].probability,
      .speaking = rows[i].speaking };
    g_assert_cmpint (me_context_read (&event, 0), ==, rows[i].context);
  }
}

static void
test_context_tells_nothing_of_an_emotion_that_was_not_asked_for (void)
{
  MeUnitModel *model = g_new0 (MeUnitModel, 1);
  MeTrack *track = g_new0 (MeTrack, 1);
  MeSpot spot = { .kind = ME_KIND_MACRO, .ratio = 4, .speaking = 0.9f };
  MeEvent event;

  plain_points (track->points);
  me_unit_model_init (model, track->points);
  for (int i = 0; i < ME_N_POINTS; i++)
    for (int side = 0; side < 2; side++) {
      spot.motion[i].x += 4 * model->motion[2 * ME_AU4 + side][i].x;
      spot.motion[i].y += 4 * model->motion[2 * ME_AU4 + side][i].y;
    }
  me_read_spot (&spot, track, model, &(MeConfig){ .emotions = TRUE }, &event);
  g_assert_cmpint (event.context, ==, ME_CONTEXT_CONVERSATIONAL);
  g_assert_cmpint (event.emotion, ==, ME_EMOTION_NONE);
  me_read_spot (&spot, track, model, &(MeConfig){ .emotions = FALSE }, &event);
  g_assert_cmpint (event.context, ==, ME_CONTEXT_NONE);
  g_free (track);
  g_free (model);
}

static void
test_conversation_has_an_emotion_only_when_asked (void)
{
  MeConfig config = { .emotions = TRUE };
  MeEvent event;

  read_raise (&config, 0, &event);
  g_assert_cmpint (event.context, ==, ME_CONTEXT_NONE);
  g_assert_cmpint (event.emotion, ==, ME_SURPRISE);
  read_raise (&config, 4, &event);
  g_assert_cmpint (event.context, ==, ME_CONTEXT_CONVERSATIONAL);
  g_assert_cmpint (event.emotion, ==, ME_EMOTION_NONE);
  config.conversational_emotions = TRUE;
  read_raise (&config, 4, &event);
  g_assert_cmpint (event.context, ==, ME_CONTEXT_CONVERSATIONAL);
  g_assert_cmpint (event.emotion, ==, ME_SURPRISE);
}

static void
test_brows_that_move_farther_than_skin_are_no_macro (void)
{
  MeSpot spot = { .kind = ME_KIND_MACRO, .ratio = 20, .noise = 0.2f };
  MeUnitReading reading = { .fit = 0.8,
    .strength = { [ME_AU4] = me_au_full_contraction (ME_AU4) } };

  g_assert_cmpfloat (me_confidence (&spot, &reading), >, 0.8);
  reading.strength[ME_AU4] *= 2;
  g_assert_cmpfloat (me_confidence (&spot, &reading), >, 0.8);
  reading.strength[ME_AU4] *= 2;
  g_assert_cmpfloat (me_confidence (&spot, &reading), <, 0.1);
  reading.strength[ME_AU4] = 0;
  reading.strength[ME_AU23] = 5 * me_au_full_contraction (ME_AU23);
  g_assert_cmpfloat (me_confidence (&spot, &reading), >, 0.8);
}

static void
test_nod_speaks_against_a_macro (void)
{
  MeSpot spot = { .kind = ME_KIND_MACRO, .ratio = 20, .noise = 0.2f, .nod = 8 };
  MeUnitReading reading = { .fit = 0.8 };

  g_assert_cmpfloat (me_confidence (&spot, &reading), >, 0.8);
  spot.nod = 16;
  g_assert_cmpfloat (me_confidence (&spot, &reading), <, 0.5);
  spot.nod = 25;
  g_assert_cmpfloat (me_confidence (&spot, &reading), ==, 0);
}

/* Brief, and at rest before and after. */
static const MeSpot brief = { .kind = ME_KIND_MICRO,
  .offset_ns = 300 * ME_MSECOND,
  .ratio = 3,
  .height = 2,
  .symmetry = 0.95f,
  .unrest = 0.05f,
  .noise = 0.2f };

/* What skin does: its size alone does not make it untrue. */
static void
test_a_large_movement_may_be_brief (void)
{
  MeSpot spot = brief;
  const MeUnitReading reading = { .fit = 0.85 };
  double small = me_confidence (&spot, &reading), large;

  spot.height = 9;
  large = me_confidence (&spot, &reading);
  g_assert_cmpfloat (large, >, 0.6);
  g_assert_cmpfloat (large, <, small - 0.1);
  spot.height = 20;
  g_assert_cmpfloat (me_confidence (&spot, &reading), ==, large);
  spot.unrest = 0.7f; /* as in speech */
  g_assert_cmpfloat (me_confidence (&spot, &reading), <, 0.1);
}

/* What a nod leaves looks a little like units. */
static void
test_with_a_nod_units_must_explain_more (void)
{
  MeSpot spot = brief;
  MeUnitReading reading = { .fit = 0.17 };

  g_assert_cmpfloat (me_confidence (&spot, &reading), >, 0.5);
  spot.nod = 5;
  g_assert_cmpfloat (me_confidence (&spot, &reading), <, 0.1);
  reading.fit = 0.5;
  g_assert_cmpfloat (me_confidence (&spot, &reading), >, 0.5);
}

/* 2 % IPD of the points of a region, in 300 ms. With a blink, the lids move much farther. */
static double
confidence_of (MeRegion region, float speaking, float blink)
{
  static const MeUnitReading reading = { .fit = 0.4 };
  MeSpot spot = brief;

  spot.speaking = speaking;
  spot.blink = blink;
  spot.lids_moved = blink > 0;
  for (int i = 0; i < ME_N_POINTS; i++)
    spot.motion[i].y = me_region_has (region, i)                            ? 2
                       : spot.lids_moved && me_facial_point_is_near_eye (i) ? 9
                                                                            : 0;
  return me_confidence (&spot, &reading);
}

static void
test_speech_explains_the_mouth_and_a_blink_the_brows (void)
{
  g_assert_cmpfloat (confidence_of (ME_REGION_MOUTH, 0, 0), >, 0.9);
  g_assert_cmpfloat (confidence_of (ME_REGION_MOUTH, 0.9f, 0), <, 0.5);
  g_assert_cmpfloat (confidence_of (ME_REGION_MOUTH, 0.1f, 0), >, 0.8);
  g_assert_cmpfloat (confidence_of (ME_REGION_BROWS, 0.9f, 0), >, 0.9);
  g_assert_cmpfloat (confidence_of (ME_REGION_BROWS, 0, 0.9f), <, 0.6);
  g_assert_cmpfloat (confidence_of (ME_REGION_BROWS, 0, 0.1f), >, 0.8);
  g_assert_cmpfloat (confidence_of (ME_REGION_MOUTH, 0, 0.9f), >, 0.9);
}

/* Of a macro-expression in which the points of a region move by `height`, % IPD, as the unit does.
 */
static double
macro_confidence_of (MeRegion region, MeAu au, float height, float speaking)
{
  MeUnitReading reading = { .fit = 0.4 };
  MeSpot spot = { .kind = ME_KIND_MACRO, .ratio = height, .noise = 0.2f, .speaking = speaking };

  reading.strength[au] = (double)height;
  for (int i = 0; i < ME_N_POINTS; i++)
    spot.motion[i].y = me_region_has (region, i) ? height : 0;
  return me_confidence (&spot, &reading);
}

/* Of the clearest ones between a tenth and a fifth have no true interval. */
static void
test_no_macro_is_all_but_certain (void)
{
  static const MeUnitReading reading = { .fit = 1 };
  const MeSpot spot = { .kind = ME_KIND_MACRO, .ratio = 20, .noise = 0.2f };

  g_assert_cmpfloat (me_confidence (&spot, &reading), >, 0.8);
  g_assert_cmpfloat (me_confidence (&spot, &reading), <, 0.9);
}

static void
test_speech_explains_a_lower_face_but_no_broad_smile (void)
{
  g_assert_cmpfloat (macro_confidence_of (ME_REGION_MOUTH, ME_AU26, 5, 0), >, 0.65);
  g_assert_cmpfloat (macro_confidence_of (ME_REGION_MOUTH, ME_AU26, 5, 0.8f), <, 0.25);
  g_assert_cmpfloat (macro_confidence_of (ME_REGION_MOUTH, ME_AU26, 12, 0.8f), <, 0.25);
  g_assert_cmpfloat (macro_confidence_of (ME_REGION_MIDFACE, ME_AU10, 5, 0.8f), <, 0.25);
  g_assert_cmpfloat (macro_confidence_of (ME_REGION_BROWS, ME_AU2, 5, 0.8f), >, 0.65);
  g_assert_cmpfloat (macro_confidence_of (ME_REGION_MOUTH, ME_AU12, 5, 0.8f), <, 0.35);
  g_assert_cmpfloat (macro_confidence_of (ME_REGION_MOUTH, ME_AU12, 12, 0.8f), >, 0.65);
}

static void
read_jaw_drop (float percent, MeEvent *event)
{
  MeUnitModel *model = g_new0 (MeUnitModel, 1);
  MeTrack *track = g_new0 (MeTrack, 1);
  MeSpot spot = { .kind = ME_KIND_MACRO, .offset_ns = 2000000000, .noise = 0.1f };

  plain_points (track->points);
  me_unit_model_init (model, track->points);
  for (int i = 0; i < ME_N_POINTS; i++) {
    spot.motion[i].x = percent * model->motion[2 * ME_AU26][i].x;
    spot.motion[i].y = percent * model->motion[2 * ME_AU26][i].y;
  }
  me_read_spot (&spot, track, model, &(MeConfig){ .emotions = TRUE }, event);
  g_free (track);
  g_free (model);
}

static void
test_jaw_that_drops_far_stretches_the_mouth (void)
{
  MeEvent event;

  read_jaw_drop (15, &event);
  g_assert_cmpfloat (event.strength[ME_AU26], >, 10);
  g_assert_cmpfloat (event.strength[ME_AU27], ==, 0);
  read_jaw_drop (35, &event);
  g_assert_cmpfloat (event.strength[ME_AU27], >, 30);
  g_assert_cmpfloat (event.unit_confidence[ME_AU27], >, 0);
  g_assert_cmpfloat (event.strength[ME_AU26], ==, 0);
  g_assert_cmpfloat (event.unit_confidence[ME_AU26], ==, 0);
}

static void
test_lips_do_not_press_and_part_at_once (void)
{
  guint smile = 1u << ME_AU12, pressed = 1u << ME_AU24, parted = 1u << ME_AU25;

  g_assert_cmpfloat (
      me_unit_prior_cost (smile | pressed | parted), >, me_unit_prior_cost (smile | pressed) + 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/smile-is-read-as-happiness", test_smile_is_read_as_happiness);
  g_test_add_func ("/reading/jaw-that-drops-far-stretches-the-mouth",
      test_jaw_that_drops_far_stretches_the_mouth);
  g_test_add_func ("/reading/motion-that-units-do-not-explain-is-an-event",
      test_motion_that_units_do_not_explain_is_an_event);
  g_test_add_func ("/reading/one-sided-lip-corners-are-no-happiness",
      test_one_sided_lip_corners_are_no_happiness);
  g_test_add_func ("/reading/lids-that-stay-closed-are-another-unit",
      test_lids_that_stay_closed_are_another_unit);
  g_test_add_func ("/reading/brows-that-rise-with-speech-or-a-nod-are-conversation",
      test_brows_that_rise_with_speech_or_a_nod_are_conversation);
  g_test_add_func ("/reading/lips-that-move-with-speech-are-conversation",
      test_lips_that_move_with_speech_are_conversation);
  g_test_add_func ("/reading/nod-speaks-against-a-macro", test_nod_speaks_against_a_macro);
  g_test_add_func ("/reading/context-without-emotions",
      test_context_tells_nothing_of_an_emotion_that_was_not_asked_for);
  g_test_add_func (
      "/reading/rather-talk", test_macro_emotions_other_than_happiness_are_rather_talk);
  g_test_add_func ("/reading/conversation-has-an-emotion-only-when-asked",
      test_conversation_has_an_emotion_only_when_asked);
  g_test_add_func ("/reading/brows-that-move-farther-than-skin-are-no-macro",
      test_brows_that_move_farther_than_skin_are_no_macro);
  g_test_add_func (
      "/reading/with-a-nod-units-must-explain-more", test_with_a_nod_units_must_explain_more);
  g_test_add_func ("/reading/speech-explains-the-mouth-and-a-blink-the-brows",
      test_speech_explains_the_mouth_and_a_blink_the_brows);
  g_test_add_func ("/reading/no-macro-is-all-but-certain", test_no_macro_is_all_but_certain);
  g_test_add_func ("/reading/speech-explains-a-lower-face-but-no-broad-smile",
      test_speech_explains_a_lower_face_but_no_broad_smile);
  g_test_add_func ("/reading/a-large-movement-may-be-brief", test_a_large_movement_may_be_brief);
  g_test_add_func (
      "/reading/lips-do-not-press-and-part-at-once", test_lips_do_not_press_and_part_at_once);
  g_test_add_func ("/reading/no-emotion-is-computed-unasked", test_no_emotion_is_computed_unasked);
  return g_test_run ();
}
