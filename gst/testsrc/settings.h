/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The numeric settings of the test source, with their values in each pattern. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  GST_MICROEXPR_TEST_PATTERN_DEFAULT,
  GST_MICROEXPR_TEST_PATTERN_LAB,
  GST_MICROEXPR_TEST_PATTERN_STUDIO,
  GST_MICROEXPR_TEST_PATTERN_WEBCAM,
  GST_MICROEXPR_TEST_PATTERN_FAST,
  GST_MICROEXPR_TEST_PATTERN_BUSY,
  GST_MICROEXPR_TEST_PATTERN_NOTHING,
  GST_MICROEXPR_TEST_N_PATTERNS
} GstMicroexprTestPattern;

#define GST_TYPE_MICROEXPR_TEST_PATTERN (gst_microexpr_test_pattern_get_type ())
GType gst_microexpr_test_pattern_get_type (void);

typedef enum
{
  GST_MICROEXPR_TEST_IPD,
  GST_MICROEXPR_TEST_MICRO_RATE,
  GST_MICROEXPR_TEST_MACRO_RATE,
  GST_MICROEXPR_TEST_BLINK_RATE,
  GST_MICROEXPR_TEST_BLINK_OVERLAP,
  GST_MICROEXPR_TEST_AMPLITUDE,
  GST_MICROEXPR_TEST_AMPLITUDE_SPREAD,
  GST_MICROEXPR_TEST_MIN_DURATION,
  GST_MICROEXPR_TEST_MAX_DURATION,
  GST_MICROEXPR_TEST_HEAD_MOTION,
  GST_MICROEXPR_TEST_NOD_RATE,
  GST_MICROEXPR_TEST_GAZE_RATE,
  GST_MICROEXPR_TEST_SPEECH,
  GST_MICROEXPR_TEST_NOISE,
  GST_MICROEXPR_TEST_LIGHT,
  GST_MICROEXPR_TEST_FLICKER,
  GST_MICROEXPR_TEST_EXPOSURE_RATE,
  GST_MICROEXPR_TEST_N_SETTINGS
} GstMicroexprTestSetting;

/* One setting: the property of that name, a double, or a guint64 in ns if is_time. */
typedef struct
{
  const char *name, *nick, *blurb;
  gboolean is_time;
  double min, max;
  double values[GST_MICROEXPR_TEST_N_PATTERNS];
} GstMicroexprTestSettingInfo;

extern const GstMicroexprTestSettingInfo gst_microexpr_test_settings[GST_MICROEXPR_TEST_N_SETTINGS];

/* The GParamSpec of a setting, and its value from and to a GValue. */
GParamSpec *gst_microexpr_test_setting_to_spec (GstMicroexprTestSetting setting, GParamFlags flags);
double gst_microexpr_test_setting_from_value (GstMicroexprTestSetting setting, const GValue *value);
void gst_microexpr_test_setting_to_value (
    GstMicroexprTestSetting setting, double number, GValue *value);

/* The video format of a pattern, for what the caps leave open. */
typedef struct
{
  int width, height, fps;
} GstMicroexprTestVideo;

extern const GstMicroexprTestVideo gst_microexpr_test_videos[GST_MICROEXPR_TEST_N_PATTERNS];

G_END_DECLS
