/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings of the test source: one setting per row, one pattern per column. */
#include "settings.h"

GType
gst_microexpr_test_pattern_get_type (void)
{
  static const GEnumValue values[] = {
    { GST_MICROEXPR_TEST_PATTERN_DEFAULT, "A good webcam at 30 frames/s", "default" },
    { GST_MICROEXPR_TEST_PATTERN_LAB, "Research recording, 200 frames/s, still head", "lab" },
    { GST_MICROEXPR_TEST_PATTERN_STUDIO, "Interview, 60 frames/s", "studio" },
    { GST_MICROEXPR_TEST_PATTERN_WEBCAM, "Small face, noise and head motion, 30 frames/s",
        "webcam" },
    { GST_MICROEXPR_TEST_PATTERN_FAST, "Expressions of 50 to 200 ms, 100 frames/s", "fast" },
    { GST_MICROEXPR_TEST_PATTERN_BUSY, "Interview with blinks, speech, gaze shifts and nods",
        "busy" },
    { GST_MICROEXPR_TEST_PATTERN_NOTHING, "No expression, but head motion, blinks and bad light",
        "nothing" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("GstMicroexprTestPattern", values));
  return type;
}

const GstMicroexprTestVideo gst_microexpr_test_videos[GST_MICROEXPR_TEST_N_PATTERNS] = {
  [GST_MICROEXPR_TEST_PATTERN_DEFAULT] = { 640, 480, 30 },
  [GST_MICROEXPR_TEST_PATTERN_LAB] = { 640, 480, 200 },
  [GST_MICROEXPR_TEST_PATTERN_STUDIO] = { 960, 540, 60 },
  [GST_MICROEXPR_TEST_PATTERN_WEBCAM] = { 640, 480, 30 },
  [GST_MICROEXPR_TEST_PATTERN_FAST] = { 640, 480, 100 },
  [GST_MICROEXPR_TEST_PATTERN_BUSY] = { 960, 540, 60 },
  [GST_MICROEXPR_TEST_PATTERN_NOTHING] = { 640, 480, 30 },
};

#define MS *1e6

/* Durations and strengths are typical of CASME II, CAS(ME)^2 and SAMM, except those of `fast`,
 * which keeps to the classic 1/25 to 1/5 s. Real recordings have fewer events per minute. */
/* clang-format off */
const GstMicroexprTestSettingInfo
    gst_microexpr_test_settings[GST_MICROEXPR_TEST_N_SETTINGS] = {
  /*                                             default   lab  studio webcam fast  busy nothing */
  [GST_MICROEXPR_TEST_IPD] = { "ipd", "Interpupillary distance",
    "Distance of the eye centres in pixels; 0: 21 % of the frame height",
    FALSE, 0, 4000,                              {    0,   115,   105,    64,   90,   105,    70 } },
  [GST_MICROEXPR_TEST_MICRO_RATE] = { "micro-rate", "Micro-expressions a minute",
    "Average number of micro-expressions per minute",
    FALSE, 0, 60,                                {   12,    12,    12,    12,   18,    12,     0 } },
  [GST_MICROEXPR_TEST_MACRO_RATE] = { "macro-rate", "Macro-expressions a minute",
    "Average number of expressions of 0.8 to 3 s per minute",
    FALSE, 0, 20,                                {    2,     2,     2,     2,    0,     3,     0 } },
  [GST_MICROEXPR_TEST_BLINK_RATE] = { "blink-rate", "Blinks a minute",
    "Average number of blinks per minute",
    FALSE, 0, 60,                                {   13,     8,    13,    13,    6,    15,    15 } },
  [GST_MICROEXPR_TEST_BLINK_OVERLAP] = { "blink-overlap", "Overlap with blinks",
    "Fraction of micro-expressions that a blink overlaps; blinks avoid the others",
    FALSE, 0, 1,                                 {  0.1,     0,   0.1,   0.1,    0,  0.27,     0 } },
  [GST_MICROEXPR_TEST_AMPLITUDE] = { "amplitude", "Amplitude",
    "Strength of micro-expressions: displacement of the most moved facial point at the apex, in % "
    "of the interpupillary distance (macro-expressions: 2.2 times that)",
    FALSE, 0, 20,                                {    3,   2.2,  2.55,  3.25,    3,  2.55,     3 } },
  [GST_MICROEXPR_TEST_AMPLITUDE_SPREAD] = { "amplitude-spread", "Spread of the amplitude",
    "Strengths are uniformly distributed from amplitude - spread to amplitude + spread, in % of the "
    "interpupillary distance",
    FALSE, 0, 10,                                {    1,   0.8,  0.95,  1.25,    1,  0.95,     1 } },
  [GST_MICROEXPR_TEST_MIN_DURATION] = { "min-duration", "Shortest micro-expression",
    "Shortest duration of a micro-expression, in ns",
    TRUE, 40 MS, 500 MS,     { 200 MS, 150 MS, 150 MS, 200 MS, 50 MS, 150 MS, 200 MS } },
  [GST_MICROEXPR_TEST_MAX_DURATION] = { "max-duration", "Longest micro-expression",
    "Longest duration of a micro-expression, in ns",
    TRUE, 40 MS, 500 MS,    { 480 MS, 480 MS, 480 MS, 480 MS, 200 MS, 480 MS, 480 MS } },
  [GST_MICROEXPR_TEST_HEAD_MOTION] = { "head-motion", "Head motion",
    "Amplitude of the slow motion of the head, in % of the interpupillary distance; it also tilts, "
    "turns and comes closer in proportion",
    FALSE, 0, 100,                               {    5,     1,     6,     8,    3,     6,    12 } },
  [GST_MICROEXPR_TEST_NOD_RATE] = { "nod-rate", "Nods a minute",
    "Nods of the head per minute",
    FALSE, 0, 30,                                {    0,     0,     0,     0,    0,     2,     0 } },
  [GST_MICROEXPR_TEST_GAZE_RATE] = { "gaze-rate", "Gaze shifts a minute",
    "Gaze shifts per minute",
    FALSE, 0, 120,                               {    0,     0,     0,     0,    0,    15,     6 } },
  [GST_MICROEXPR_TEST_SPEECH] = { "speech", "Speech",
    "Size of speech-like motion of the mouth (2 to 6 Hz, in bursts), in % of the interpupillary "
    "distance; 0: silent",
    FALSE, 0, 20,                                {    0,     0,     0,     0,    0,     4,     0 } },
  [GST_MICROEXPR_TEST_NOISE] = { "noise", "Sensor noise",
    "Standard deviation of the noise, on a scale of 0 to 255",
    FALSE, 0, 50,                                {  1.8,     2,     2,   2.5,    2,     2,     2 } },
  [GST_MICROEXPR_TEST_LIGHT] = { "light", "Light changes",
    "Largest slow change of the light, as a fraction of it",
    FALSE, 0, 0.5,                               { 0.02, 0.005,  0.03,  0.03, 0.01,  0.03,  0.03 } },
  [GST_MICROEXPR_TEST_FLICKER] = { "flicker", "Mains flicker",
    "Flicker of lamps at 100 Hz, seen through a rolling shutter, as a fraction of the light",
    FALSE, 0, 0.5,                               {    0,     0,     0,     0,    0,     0, 0.015 } },
  [GST_MICROEXPR_TEST_EXPOSURE_RATE] = { "exposure-rate", "Exposure steps a minute",
    "Exposure changes of up to 8 % within 150 ms, per minute",
    FALSE, 0, 60,                                {    0,     0,     0,     0,    0,     0,     3 } },
};
/* clang-format on */

#undef MS

GParamSpec *
gst_microexpr_test_setting_to_spec (GstMicroexprTestSetting setting, GParamFlags flags)
{
  const GstMicroexprTestSettingInfo *info = &gst_microexpr_test_settings[setting];
  double value = info->values[GST_MICROEXPR_TEST_PATTERN_DEFAULT];

  if (info->is_time)
    return g_param_spec_uint64 (info->name, info->nick, info->blurb, (guint64)info->min,
        (guint64)info->max, (guint64)value, flags);
  return g_param_spec_double (
      info->name, info->nick, info->blurb, info->min, info->max, value, flags);
}

double
gst_microexpr_test_setting_from_value (GstMicroexprTestSetting setting, const GValue *value)
{
  return gst_microexpr_test_settings[setting].is_time ? (double)g_value_get_uint64 (value)
                                                      : g_value_get_double (value);
}

void
gst_microexpr_test_setting_to_value (GstMicroexprTestSetting setting, double number, GValue *value)
{
  if (gst_microexpr_test_settings[setting].is_time)
    g_value_set_uint64 (value, (guint64)number);
  else
    g_value_set_double (value, number);
}
