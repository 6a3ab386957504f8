/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Builds one facial event from action units and strengths. */
#include "event.h"

#include <math.h>
#include <string.h>

#include "anatomy/au-motion.h"
#include "anatomy/unit-combinations.h"
#include "lids.h"

/* Motion of the lower lid in a blink, as a fraction of the table's. */
#define BLINK_MOTION 0.3

MeEmotion
gst_microexpr_test_emotion (guint units)
{
  for (guint i = 0; i < me_n_unit_combinations; i++) {
    const MeUnitCombination *c = &me_unit_combinations[i];

    if (c->frequency > 0 && c->units == units)
      return c->emotion;
  }
  return ME_EMOTION_OTHER;
}

void
gst_microexpr_test_event_spec_init (GstMicroexprTestEventSpec *spec)
{
  memset (spec, 0, sizeof *spec);
  spec->rise = 0.45;
  spec->hold = 0.1;
  spec->balance = 1;
  spec->stronger = ME_LEFT;
  for (guint i = 0; i < ME_N_FEATURES; i++) {
    for (guint side = 0; side < 3; side++)
      spec->gain[i][side] = 1;
  }
}

void
gst_microexpr_test_spread_init (GstMicroexprTestSpread *spread,
    const GstMicroexprTestFields *fields, const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint right = me_eye_center (landmarks, ME_RIGHT), left = me_eye_center (landmarks, ME_LEFT);
  float ipd = hypotf (left.x - right.x, left.y - right.y);
  MePoint points[ME_N_POINTS];

  spread->fields = fields;
  me_facial_points_place (landmarks, points);
  for (guint i = 0; i < ME_N_POINTS; i++)
    me_au_field_weights (points, ipd, points[i], spread->weights[i]);
  spread->lid_travel = (gst_microexpr_test_lid_travel (landmarks, ME_RIGHT) +
                           gst_microexpr_test_lid_travel (landmarks, ME_LEFT)) /
                       2;
}

/* Displacement of a point by the field of these motions. */
static float
spread_length (const GstMicroexprTestSpread *spread, const MePoint motion[ME_N_POINTS], guint point)
{
  float x = 0, y = 0;

  for (guint i = 0; i < ME_N_POINTS; i++) {
    x += spread->weights[point][i] * motion[i].x;
    y += spread->weights[point][i] * motion[i].y;
  }
  return hypotf (x, y);
}

float
gst_microexpr_test_largest_motion (
    const GstMicroexprTestSpread *spread, const MePoint motion[ME_N_POINTS], MeSide side)
{
  float largest = 0;

  for (guint i = 0; i < ME_N_POINTS; i++) {
    MeSide own = me_facial_points[i].side;

    if (side == ME_MIDLINE || own == side || own == ME_MIDLINE)
      largest = MAX (largest, spread_length (spread, motion, i));
  }
  return largest;
}

/* The motion of one unit on one side, with the variation of the spec. */
static void
varied_motion (const GstMicroexprTestEventSpec *spec, const GstMicroexprTestFields *fields, MeAu au,
    MeSide side, MePoint motion[ME_N_POINTS])
{
  gst_microexpr_test_fields_motion (fields, au, side, motion);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    const MeFacialPoint *point = &me_facial_points[i];
    float gain = (float)spec->gain[point->feature][point->side];
    float turn = (float)spec->turn[point->feature][point->side];
    float cosine = gain * cosf (turn), sine = gain * sinf (turn);
    MePoint m = motion[i];

    motion[i] = (MePoint){ cosine * m.x - sine * m.y, sine * m.x + cosine * m.y };
  }
}

static void
mix_motion (const MePoint left[ME_N_POINTS], double left_part, const MePoint right[ME_N_POINTS],
    double right_part, MePoint mixed[ME_N_POINTS])
{
  for (guint i = 0; i < ME_N_POINTS; i++) {
    mixed[i].x = (float)(left_part * left[i].x + right_part * right[i].x);
    mixed[i].y = (float)(left_part * left[i].y + right_part * right[i].y);
  }
}

/* Motion in which the most moved point of each side moves by that side's strength. */
static void
sided_motion (const GstMicroexprTestEventSpec *spec, const GstMicroexprTestSpread *spread, MeAu au,
    double left_strength, double right_strength, MePoint motion[ME_N_POINTS])
{
  MePoint left[ME_N_POINTS], right[ME_N_POINTS];
  double left_part = left_strength, right_part = right_strength;

  varied_motion (spec, spread->fields, au, ME_LEFT, left);
  varied_motion (spec, spread->fields, au, ME_RIGHT, right);
  for (int i = 0; i < 4; i++) { /* iterate, since the sides affect each other across the midline */
    mix_motion (left, left_part, right, right_part, motion);
    if (left_strength > 0)
      left_part *= left_strength / gst_microexpr_test_largest_motion (spread, motion, ME_LEFT);
    if (right_strength > 0)
      right_part *= right_strength / gst_microexpr_test_largest_motion (spread, motion, ME_RIGHT);
  }
  mix_motion (left, left_part, right, right_part, motion);
}

static void
midline_motion (const GstMicroexprTestEventSpec *spec, const GstMicroexprTestSpread *spread,
    MeAu au, double strength, MePoint motion[ME_N_POINTS])
{
  varied_motion (spec, spread->fields, au, ME_MIDLINE, motion);
  mix_motion (motion, strength / gst_microexpr_test_largest_motion (spread, motion, ME_MIDLINE),
      motion, 0, motion);
}

/* The upper lid is painted (lids.c); the skin around it follows a little. */
static void
blink_motion (double closure, double travel, MePoint motion[ME_N_POINTS])
{
  me_au_point_motion (ME_AU45, ME_MIDLINE, motion);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    double part =
        me_facial_points[i].feature == ME_FEATURE_UPPER_LID ? 0 : closure * travel * BLINK_MOTION;

    motion[i].x *= (float)part;
    motion[i].y *= (float)part;
  }
}

/* Adds one unit to the event and its truth. */
static void
add_unit (GstMicroexprTestEvent *event, const GstMicroexprTestEventSpec *spec,
    const GstMicroexprTestSpread *spread, MeAu au)
{
  MeEvent *truth = &event->truth;
  double strength = spec->strength[au], weaker = strength * spec->balance;
  double left = spec->stronger == ME_LEFT ? strength : weaker;
  double right = spec->stronger == ME_LEFT ? weaker : strength;
  MePoint motion[ME_N_POINTS];

  if (spec->side != ME_MIDLINE) {
    left = spec->side == ME_LEFT ? strength : 0;
    right = spec->side == ME_LEFT ? 0 : strength;
  }
  if (au == ME_AU45) {
    event->closure = (float)strength;
    blink_motion (strength, spread->lid_travel, motion);
    strength = left = right = strength * spread->lid_travel;
    if (spec->duration_ns >= ME_EYES_CLOSED_NS)
      au = ME_AU43;
  } else if (me_au_is_sided (au)) {
    sided_motion (spec, spread, au, left, right, motion);
  } else {
    midline_motion (spec, spread, au, strength, motion);
    left = right = 0;
  }
  mix_motion (event->motion, 1, motion, 1, event->motion);
  gst_microexpr_test_surfaces_add (au, (float)strength, event->parted);
  truth->strength[au] = strength;
  truth->left[au] = left;
  truth->right[au] = right;
}

void
gst_microexpr_test_name_emotion (MeEvent *truth)
{
  guint units = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++)
    units |= truth->strength[au] > 0 ? 1u << au : 0;
  truth->emotion =
      truth->kind == ME_KIND_BLINK ? ME_EMOTION_NONE : gst_microexpr_test_emotion (units);
  if (truth->emotion == ME_HAPPINESS && (truth->left[ME_AU12] > 0) != (truth->right[ME_AU12] > 0))
    truth->emotion = ME_EMOTION_OTHER;
  if (truth->emotion < ME_N_EMOTIONS)
    truth->emotions[truth->emotion] = 1;
}

void
gst_microexpr_test_event_build (GstMicroexprTestEvent *event, const GstMicroexprTestEventSpec *spec,
    const GstMicroexprTestSpread *spread)
{
  MeEvent *truth = &event->truth;

  memset (event, 0, sizeof *event);
  event->rise_ns = (guint64)(spec->rise * spec->duration_ns);
  event->fall_ns = (guint64)((1 - spec->rise - spec->hold) * spec->duration_ns);
  truth->kind = spec->kind;
  truth->onset_ns = spec->onset_ns;
  truth->offset_ns = spec->onset_ns + spec->duration_ns;
  truth->apex_ns = (truth->onset_ns + event->rise_ns + truth->offset_ns - event->fall_ns) / 2;
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (spec->units & (1u << au))
      add_unit (event, spec, spread, au);
  }
  truth->intensity = gst_microexpr_test_largest_motion (spread, event->motion, ME_MIDLINE);
  truth->intensity = MAX (truth->intensity, truth->strength[ME_AU45]);
  truth->intensity = MAX (truth->intensity, truth->strength[ME_AU43]);
  gst_microexpr_test_name_emotion (truth);
}

float
gst_microexpr_test_event_course (const GstMicroexprTestEvent *event, guint64 time_ns)
{
  const MeEvent *truth = &event->truth;
  double part = 1;

  if (time_ns <= truth->onset_ns || time_ns >= truth->offset_ns)
    return 0;
  if (time_ns < truth->onset_ns + event->rise_ns)
    part = (double)(time_ns - truth->onset_ns) / event->rise_ns;
  else if (time_ns > truth->offset_ns - event->fall_ns)
    part = (double)(truth->offset_ns - time_ns) / event->fall_ns;
  return (float)((1 - cos (G_PI * part)) / 2);
}
