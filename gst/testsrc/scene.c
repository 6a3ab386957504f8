/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a frame shows besides expressions. Slow motions are sums of sines with random frequencies
 * and phases. Rare events happen once in each of equal time slots, so that any moment can be
 * computed without those before it. */
#include "scene.h"

#include <math.h>
#include <string.h>

#include "anatomy/au-motion.h"
#include "random.h"
#include "settings.h"

#define SECOND_NS 1e9
#define MINUTE_S 60.0

/* Head motion per 1 % IPD of its setting. */
#define TILT 0.0035     /* radians: 1 degree at 5 % */
#define APPROACH 0.0015 /* of the magnification: 0.75 % at 5 % */
#define PARALLAX 0.1    /* motion of the nose tip against the eyes as the head turns */

#define NOD_S 1.6  /* duration of a nod, which goes down and up twice */
#define NOD_SIZE 7 /* % IPD */
#define GAZE_X 5   /* % IPD, largest */
#define GAZE_Y 1   /* % IPD, largest */
#define SACCADE_S 0.04
#define EXPOSURE_STEP 0.08
#define EXPOSURE_S 0.15
#define SPEECH_SLOT_S 8 /* one burst in each slot */
#define SPEECH_BURST_S 2.6
#define SPEECH_EDGE_S 0.15
#define MAINS_FLICKER_HZ 100
#define SHUTTER_S 0.015 /* from the first to the last row */

/* Depth of each feature in front of the eyes, for parallax; the nose tip is 1. */
static const float depths[ME_N_FEATURES] = {
  [ME_FEATURE_INNER_BROW] = 0.3f,
  [ME_FEATURE_MID_BROW] = 0.25f,
  [ME_FEATURE_OUTER_BROW] = 0.05f,
  [ME_FEATURE_FOREHEAD] = 0.25f,
  [ME_FEATURE_GLABELLA] = 0.35f,
  [ME_FEATURE_CROWS_FOOT] = -0.3f,
  [ME_FEATURE_INFRAORBITAL] = 0.05f,
  [ME_FEATURE_CHEEK] = 0.05f,
  [ME_FEATURE_NOSE_BRIDGE] = 0.45f,
  [ME_FEATURE_NOSE_TIP] = 1.0f,
  [ME_FEATURE_ALA] = 0.5f,
  [ME_FEATURE_NASOLABIAL] = 0.3f,
  [ME_FEATURE_UPPER_LIP] = 0.55f,
  [ME_FEATURE_LIP_CORNER] = 0.3f,
  [ME_FEATURE_LOWER_LIP] = 0.5f,
  [ME_FEATURE_CHIN] = 0.45f,
  [ME_FEATURE_JAW] = -0.6f,
};

/* A smooth function of time within -1..1: sines whose amplitude falls with frequency. */
static double
wander (guint seed, GstMicroexprTestStream stream, guint channel, double time)
{
  static const struct
  {
    double low_hz, high_hz, part;
  } bands[] = { { 0.04, 0.1, 0.42 }, { 0.1, 0.25, 0.33 }, { 0.25, 0.5, 0.18 }, { 0.5, 0.9, 0.07 } };
  double sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (bands); i++) {
    guint64 index = channel * 16 + 2 * i;
    double hz = bands[i].low_hz + (bands[i].high_hz - bands[i].low_hz) *
                                      gst_microexpr_test_uniform (seed, stream, index);
    double phase = gst_microexpr_test_uniform (seed, stream, index + 1);

    sum += bands[i].part * sin (2 * G_PI * (hz * time + phase));
  }
  return sum;
}

/* A raised cosine from 0 at x = 0 to 1 at x = 1. */
static double
smooth_step (double x)
{
  return x <= 0 ? 0 : x >= 1 ? 1 : (1 - cos (G_PI * x)) / 2;
}

/* The time slot that `time` lies in, and the seconds since the event in it began (negative before).
 */
static guint64
slot_at (guint seed, GstMicroexprTestStream stream, double slot_s, double length_s, double time,
    double *since)
{
  guint64 slot = (guint64)(time / slot_s);
  double room = MAX (0, slot_s - length_s);

  *since = time - slot * slot_s - room * gst_microexpr_test_uniform (seed, stream, slot * 8);
  return slot;
}

/* A random value -1..1 for a slot. */
static double
slot_value (guint seed, GstMicroexprTestStream stream, guint64 slot, guint channel)
{
  return 2 * gst_microexpr_test_uniform (seed, stream, slot * 8 + 1 + channel) - 1;
}

/* A level -1..1 that steps once in each slot to that slot's value; 0 before the first step. */
static double
stepping_level (guint seed, GstMicroexprTestStream stream, double rate, double step_s,
    guint channel, double time)
{
  double since, before, after;
  guint64 slot;

  if (rate <= 0)
    return 0;
  slot = slot_at (seed, stream, MINUTE_S / rate, step_s, time, &since);
  before = slot > 0 ? slot_value (seed, stream, slot - 1, channel) : 0;
  after = slot_value (seed, stream, slot, channel);
  return before + (after - before) * smooth_step (since / step_s);
}

static double
nod_at (guint seed, const double *settings, double time)
{
  const GstMicroexprTestStream stream = GST_MICROEXPR_TEST_STREAM_NODS;
  double rate = settings[GST_MICROEXPR_TEST_NOD_RATE], since, part;

  if (rate <= 0)
    return 0;
  slot_at (seed, stream, MINUTE_S / rate, NOD_S, time, &since);
  part = since / NOD_S;
  if (part <= 0 || part >= 1)
    return 0;
  return NOD_SIZE * sin (G_PI * part) * sin (G_PI * part) * sin (4 * G_PI * part);
}

GstMicroexprTestPose
gst_microexpr_test_scene_pose (guint seed, const double *settings, guint64 time_ns)
{
  const GstMicroexprTestStream stream = GST_MICROEXPR_TEST_STREAM_HEAD;
  double time = time_ns / SECOND_NS, size = settings[GST_MICROEXPR_TEST_HEAD_MOTION];

  return (GstMicroexprTestPose){
    .x = (float)(size * wander (seed, stream, 0, time)),
    .y = (float)(size * wander (seed, stream, 1, time) + nod_at (seed, settings, time)),
    .angle = (float)(size * TILT * wander (seed, stream, 2, time)),
    .magnification = (float)(1 + size * APPROACH * wander (seed, stream, 3, time)),
  };
}

/* A head that moves sideways also turns: parts in front of the eyes move further. */
static void
add_parallax (const GstMicroexprTestPose *pose, MePoint motion[ME_N_POINTS])
{
  for (guint i = 0; i < ME_N_POINTS; i++) {
    float depth = (float)PARALLAX * depths[me_facial_points[i].feature];

    motion[i].x += depth * pose->x;
    motion[i].y += depth * pose->y;
  }
}

static void
add_unit (MeAu au, double strength, MePoint motion[ME_N_POINTS])
{
  MePoint unit[ME_N_POINTS];

  me_au_point_motion (au, ME_MIDLINE, unit);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    motion[i].x += (float)strength * unit[i].x;
    motion[i].y += (float)strength * unit[i].y;
  }
}

/* Syllables: several times a second the jaw drops and the lips part; lip corners move in and out.
 * It moves the skin and shows no dark mouth, which would make a movement of it that the truth would
 * have to name. */
static void
add_speech (guint seed, const double *settings, double time, MePoint motion[ME_N_POINTS])
{
  const GstMicroexprTestStream stream = GST_MICROEXPR_TEST_STREAM_SPEECH;
  double size = settings[GST_MICROEXPR_TEST_SPEECH], since, hz, phase, open, wide, edge;
  guint64 slot;

  if (size <= 0)
    return;
  slot = slot_at (seed, stream, SPEECH_SLOT_S, SPEECH_BURST_S, time, &since);
  edge =
      smooth_step (since / SPEECH_EDGE_S) * smooth_step ((SPEECH_BURST_S - since) / SPEECH_EDGE_S);
  if (edge <= 0)
    return;
  hz = 4.5 + 0.8 * slot_value (seed, stream, slot, 0);
  phase = G_PI * slot_value (seed, stream, slot, 1);
  open = 0.5 + 0.32 * sin (2 * G_PI * hz * since + phase) +
         0.18 * sin (2 * G_PI * 2.3 * since - phase);
  wide = sin (2 * G_PI * 0.61 * hz * since + 2 * phase);
  add_unit (ME_AU26, 0.6 * size * edge * open, motion);
  add_unit (ME_AU25, 0.4 * size * edge * open, motion);
  add_unit (ME_AU20, 0.25 * size * edge * wide, motion);
}

static GstMicroexprTestLight
light_at (guint seed, const double *settings, double time)
{
  const GstMicroexprTestStream stream = GST_MICROEXPR_TEST_STREAM_LIGHT;
  double size = settings[GST_MICROEXPR_TEST_LIGHT];
  double exposure =
      EXPOSURE_STEP * stepping_level (seed, GST_MICROEXPR_TEST_STREAM_EXPOSURE,
                          settings[GST_MICROEXPR_TEST_EXPOSURE_RATE], EXPOSURE_S, 0, time);

  return (GstMicroexprTestLight){
    .gain = (float)(1 + size * wander (seed, stream, 0, time) + exposure),
    .gain_slope = (float)(size * wander (seed, stream, 1, time)),
    .flicker = (float)settings[GST_MICROEXPR_TEST_FLICKER],
    .flicker_phase = (float)(2 * G_PI * fmod (MAINS_FLICKER_HZ * time, 1)),
    .flicker_turn = (float)(2 * G_PI * MAINS_FLICKER_HZ * SHUTTER_S),
  };
}

void
gst_microexpr_test_scene_at (GstMicroexprTestScene *scene, guint seed, const double *settings,
    GstMicroexprTestTimeline *timeline, guint64 time_ns)
{
  double time = time_ns / SECOND_NS, gaze_rate = settings[GST_MICROEXPR_TEST_GAZE_RATE];
  const GstMicroexprTestStream gaze = GST_MICROEXPR_TEST_STREAM_GAZE;

  memset (scene, 0, sizeof *scene);
  scene->pose = gst_microexpr_test_scene_pose (seed, settings, time_ns);
  scene->light = light_at (seed, settings, time);
  scene->noise = gst_microexpr_test_hash (seed, GST_MICROEXPR_TEST_STREAM_NOISE, time_ns);
  scene->eye.gaze_x = (float)(GAZE_X * stepping_level (seed, gaze, gaze_rate, SACCADE_S, 0, time));
  scene->eye.gaze_y = (float)(GAZE_Y * stepping_level (seed, gaze, gaze_rate, SACCADE_S, 1, time));
  add_parallax (&scene->pose, scene->motion);
  add_speech (seed, settings, time, scene->motion);
  gst_microexpr_test_timeline_add_motion (
      timeline, time_ns, scene->motion, scene->eye.closure, scene->parted);
}
