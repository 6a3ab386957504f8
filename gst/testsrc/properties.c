/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The properties of the element microexprtestsrc; settings.c has the rows of those that are numbers
 * and follow the pattern. */
#include "properties.h"

#include <string.h>

enum
{
  PROP_0,
  PROP_IS_LIVE = GST_MICROEXPR_TEST_PROP_IS_LIVE,
  PROP_FACE,
  PROP_FIELDS,
  PROP_SEED,
  PROP_SCRIPT,
  PROP_CURVES,
  PROP_PATTERN,
  PROP_FIRST_SETTING, /* one for each GstMicroexprTestSetting from here on */
};

#define DEFAULT_SEED 1
#define DEFAULT_PATTERN GST_MICROEXPR_TEST_PATTERN_DEFAULT
#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY)

/* Sets every setting that the user did not set to the pattern's value. */
static void
apply_pattern (GstMicroexprTestProperties *properties)
{
  for (guint i = 0; i < GST_MICROEXPR_TEST_N_SETTINGS; i++) {
    if (!(properties->chosen & (1u << i)))
      properties->settings[i] = gst_microexpr_test_settings[i].values[properties->pattern];
  }
}

void
gst_microexpr_test_properties_init (GstMicroexprTestProperties *properties)
{
  memset (properties, 0, sizeof *properties);
  properties->seed = DEFAULT_SEED;
  properties->pattern = DEFAULT_PATTERN;
  apply_pattern (properties);
}

void
gst_microexpr_test_properties_clear (GstMicroexprTestProperties *properties)
{
  g_free (properties->face);
  g_free (properties->fields);
  g_free (properties->script);
  g_free (properties->curves);
  memset (properties, 0, sizeof *properties);
}

void
gst_microexpr_test_properties_copy (
    GstMicroexprTestProperties *to, const GstMicroexprTestProperties *from)
{
  gst_microexpr_test_properties_clear (to);
  *to = *from;
  to->face = g_strdup (from->face);
  to->fields = g_strdup (from->fields);
  to->script = g_strdup (from->script);
  to->curves = g_strdup (from->curves);
}

/* What the face looks like and how it moves. */
static void
install_face_properties (GObjectClass *klass)
{
  g_object_class_install_property (klass, PROP_FACE,
      g_param_spec_string ("face", "Face",
          "Path of a photograph of a frontal face (landmarks from a .txt or .tem file beside it, "
          "otherwise detected); empty: the built-in face",
          NULL, FLAGS));
  g_object_class_install_property (klass, PROP_FIELDS,
      g_param_spec_string ("fields", "Displacement fields",
          "How each action unit moves the skin: ict-facekit, smiles, or the path of a file of "
          "displacement fields; empty: the fields with which microexpr reads action units",
          NULL, FLAGS));
  g_object_class_install_property (klass, PROP_SCRIPT,
      g_param_spec_string ("script", "Script",
          "Expressions and blinks to make instead of random ones, like "
          "\"1s micro AU1+2 left 2.5 300ms; 3s blink; 5s macro AU6+12 6 1.5s\"",
          NULL, FLAGS));
  g_object_class_install_property (klass, PROP_CURVES,
      g_param_spec_string ("curves", "Curves",
          "Path of recorded blend-shape curves that the face acts instead of random expressions, "
          "until they end: the CSV of Live Link Face, plain or compressed with gzip",
          NULL, FLAGS));
}

void
gst_microexpr_test_properties_install (GObjectClass *klass)
{
  install_face_properties (klass);
  g_object_class_install_property (klass, PROP_SEED,
      g_param_spec_uint ("seed", "Seed",
          "Seed of all random numbers: the same seed gives the same pixels", 0, G_MAXUINT,
          DEFAULT_SEED, FLAGS));
  g_object_class_install_property (klass, PROP_PATTERN,
      g_param_spec_enum ("pattern", "Pattern",
          "Kind of recording: default of the properties below, and of size and frame rate where "
          "the caps leave them open",
          GST_TYPE_MICROEXPR_TEST_PATTERN, DEFAULT_PATTERN, FLAGS));
  gst_type_mark_as_plugin_api (GST_TYPE_MICROEXPR_TEST_PATTERN, 0);
  g_object_class_install_property (klass, PROP_IS_LIVE,
      g_param_spec_boolean ("is-live", "Is live",
          "Produce frames in real time, like a camera; otherwise as fast as downstream takes them",
          FALSE, FLAGS));
  for (guint i = 0; i < GST_MICROEXPR_TEST_N_SETTINGS; i++)
    g_object_class_install_property (
        klass, PROP_FIRST_SETTING + i, gst_microexpr_test_setting_to_spec (i, FLAGS));
}

static void
replace_string (char **member, const GValue *value)
{
  g_free (*member);
  *member = g_value_dup_string (value);
}

gboolean
gst_microexpr_test_properties_set (
    GstMicroexprTestProperties *properties, guint id, const GValue *value)
{
  guint setting = id - PROP_FIRST_SETTING;

  switch (id) {
  case PROP_FACE:
    replace_string (&properties->face, value);
    return TRUE;
  case PROP_FIELDS:
    replace_string (&properties->fields, value);
    return TRUE;
  case PROP_SEED:
    properties->seed = g_value_get_uint (value);
    return TRUE;
  case PROP_SCRIPT:
    replace_string (&properties->script, value);
    return TRUE;
  case PROP_CURVES:
    replace_string (&properties->curves, value);
    return TRUE;
  case PROP_PATTERN:
    properties->pattern = g_value_get_enum (value);
    apply_pattern (properties);
    return TRUE;
  default:
    if (setting >= GST_MICROEXPR_TEST_N_SETTINGS)
      return FALSE;
    properties->settings[setting] = gst_microexpr_test_setting_from_value (setting, value);
    properties->chosen |= 1u << setting;
    return TRUE;
  }
}

gboolean
gst_microexpr_test_properties_get (
    const GstMicroexprTestProperties *properties, guint id, GValue *value)
{
  guint setting = id - PROP_FIRST_SETTING;

  switch (id) {
  case PROP_FACE:
    g_value_set_string (value, properties->face);
    return TRUE;
  case PROP_FIELDS:
    g_value_set_string (value, properties->fields);
    return TRUE;
  case PROP_SEED:
    g_value_set_uint (value, properties->seed);
    return TRUE;
  case PROP_SCRIPT:
    g_value_set_string (value, properties->script);
    return TRUE;
  case PROP_CURVES:
    g_value_set_string (value, properties->curves);
    return TRUE;
  case PROP_PATTERN:
    g_value_set_enum (value, properties->pattern);
    return TRUE;
  default:
    if (setting >= GST_MICROEXPR_TEST_N_SETTINGS)
      return FALSE;
    gst_microexpr_test_setting_to_value (setting, properties->settings[setting], value);
    return TRUE;
  }
}
