/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The properties of the element microexproverlay: their documentation, ranges and values. */
#include "settings.h"

#include <string.h>

#include "gstmicroexprenums.h"

enum
{
  PROP_0,
  PROP_DRAW,
  PROP_KINDS,
  PROP_FONT,
  PROP_LINE_WIDTH,
  PROP_LABEL_HOLD,
  PROP_ANONYMIZE,
  PROP_ANONYMIZE_FALLBACK,
  PROP_COLORS, /* one per colour from here on */
  N_PROPS = PROP_COLORS + GST_MICROEXPR_N_COLOURS
};

#define MAX_LINE_PX 64
#define DEFAULT_ANONYMIZE GST_MICROEXPR_ANONYMIZE_NONE
#define DEFAULT_FALLBACK GST_MICROEXPR_FALLBACK_FRAME

#define PLAYING                                                                                    \
  (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING | GST_PARAM_CONTROLLABLE)

/* One row per colour, in the order of GstMicroexprLook. */
static const struct
{
  const char *property, *nick, *blurb;
} colours[GST_MICROEXPR_N_COLOURS] = {
  { "color-happiness", "Colour of happiness", "Colour of happiness as 0xAARRGGBB" },
  { "color-sadness", "Colour of sadness", "Colour of sadness as 0xAARRGGBB" },
  { "color-anger", "Colour of anger", "Colour of anger as 0xAARRGGBB" },
  { "color-fear", "Colour of fear", "Colour of fear as 0xAARRGGBB" },
  { "color-disgust", "Colour of disgust", "Colour of disgust as 0xAARRGGBB" },
  { "color-surprise", "Colour of surprise", "Colour of surprise as 0xAARRGGBB" },
  { "color-other", "Colour of others",
      "Colour of events that fit no emotion, and of contempt, as 0xAARRGGBB" },
  { "color-micro", "Colour of micro-expressions",
      "Colour of micro-expressions without an emotion as 0xAARRGGBB" },
  { "color-macro", "Colour of macro-expressions",
      "Colour of macro-expressions without an emotion as 0xAARRGGBB" },
  { "color-blink", "Colour of blinks", "Colour of blinks as 0xAARRGGBB" },
  { "color-face", "Colour of faces",
      "Colour of landmarks, and of boxes and arrows of a face that shows no event, as 0xAARRGGBB" },
};

void
gst_microexpr_overlay_settings_init (GstMicroexprOverlaySettings *settings)
{
  memset (settings, 0, sizeof *settings);
  gst_microexpr_look_init (&settings->look);
  settings->anonymize = DEFAULT_ANONYMIZE;
  settings->fallback = DEFAULT_FALLBACK;
}

void
gst_microexpr_overlay_settings_clear (GstMicroexprOverlaySettings *settings)
{
  gst_microexpr_look_clear (&settings->look);
}

void
gst_microexpr_overlay_settings_copy (
    GstMicroexprOverlaySettings *to, const GstMicroexprOverlaySettings *from)
{
  GstMicroexprLook look = to->look;

  gst_microexpr_look_copy (&look, &from->look);
  *to = *from;
  to->look = look;
}

static void
install_content_properties (GObjectClass *klass, const GstMicroexprLook *look)
{
  /**
   * GstMicroexprOverlayFilter:draw:
   *
   * What is drawn. Landmarks need `face-data=landmarks` on the microexpr upstream, arrows
   * `face-data=regions`.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_DRAW,
      g_param_spec_flags ("draw", "Draw",
          "What is drawn (landmarks and arrows need face-data=landmarks+regions upstream)",
          GST_TYPE_MICROEXPR_DRAW, look->draw, PLAYING));
  /**
   * GstMicroexprOverlayFilter:kinds:
   *
   * Which of the events in the metas are shown.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_KINDS,
      g_param_spec_flags ("kinds", "Kinds",
          "Which of the events that microexpr upstream reports are shown", GST_TYPE_MICROEXPR_KINDS,
          look->kinds, PLAYING));
  /**
   * GstMicroexprOverlayFilter:label-hold:
   *
   * How long a label stays after the last frame of its event or, when the event arrives on a buffer
   * after its offset, after that buffer; in nanoseconds. The default is 2 s for events that arrive
   * after their offset, and 0 for those that arrive on their own frames, as with
   * #GstMicroexpr:lookahead.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_LABEL_HOLD,
      g_param_spec_uint64 ("label-hold", "Label hold",
          "How long a label stays after the last frame of its event or, when that arrives after its "
          "offset, after the buffer that brought it, in nanoseconds (-1: 2 s for events that "
          "arrive after their offset, 0 for others)",
          0, G_MAXUINT64, look->hold_ns, PLAYING));
}

static void
install_look_properties (GObjectClass *klass, const GstMicroexprLook *look)
{
  /**
   * GstMicroexprOverlayFilter:font:
   *
   * A Pango font description. A size in it is for a picture 480 pixels high and scales with the
   * height.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_FONT,
      g_param_spec_string ("font", "Font",
          "Pango font description, like \"Sans Bold 14\"; the size is for a picture 480 pixels high "
          "and scales with the height (empty: Sans 12)",
          NULL, PLAYING));
  /**
   * GstMicroexprOverlayFilter:line-width:
   *
   * Width of the coloured part of a line; it has a dark outline on either side.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_LINE_WIDTH,
      g_param_spec_uint ("line-width", "Line width",
          "Width of lines in pixels, without their dark outline (0: chosen by the height of the "
          "picture)",
          0, MAX_LINE_PX, look->line_px, PLAYING));
  for (guint i = 0; i < GST_MICROEXPR_N_COLOURS; i++)
    g_object_class_install_property (klass, PROP_COLORS + i,
        g_param_spec_uint (colours[i].property, colours[i].nick, colours[i].blurb, 0, G_MAXUINT32,
            look->colours[i], PLAYING));
}

static void
install_privacy_properties (GObjectClass *klass)
{
  /**
   * GstMicroexprOverlayFilter:anonymize:
   *
   * How faces are covered: an ellipse with margin around each face of the metas, before anything is
   * drawn. A face that is never detected is not covered.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_ANONYMIZE,
      g_param_spec_enum ("anonymize", "Anonymize",
          "How faces are covered; a face that microexpr upstream does not detect stays visible",
          GST_TYPE_MICROEXPR_ANONYMIZE, DEFAULT_ANONYMIZE, PLAYING));
  /**
   * GstMicroexprOverlayFilter:anonymize-fallback:
   *
   * What is covered while the picture may hold a face that is not detected: before the first face
   * is found and after a cut, for 2 s at most; while a face is lost that was seen in the last 2 s;
   * and on buffers that no microexpr has analysed. With `none` a lost face is covered where it was
   * last.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_ANONYMIZE_FALLBACK,
      g_param_spec_enum ("anonymize-fallback", "Anonymize fallback",
          "What is covered while a face is lost, after a cut and before the first detection",
          GST_TYPE_MICROEXPR_FALLBACK, DEFAULT_FALLBACK, PLAYING));
}

void
gst_microexpr_overlay_settings_install (GObjectClass *klass)
{
  GstMicroexprOverlaySettings defaults;

  gst_microexpr_overlay_settings_init (&defaults);
  install_content_properties (klass, &defaults.look);
  install_look_properties (klass, &defaults.look);
  install_privacy_properties (klass);
  gst_microexpr_overlay_settings_clear (&defaults);
}

/* Takes `font`, which was copied before the old string is freed: so the pointers differ, and
 * gst_microexpr_overlay_settings_set() sees a change. */
static void
replace_font (GstMicroexprLook *look, char *font)
{
  g_free (look->font);
  look->font = font;
}

/* Sets a property that is no colour. FALSE: there is none with this id. */
static gboolean
set_plain (GstMicroexprOverlaySettings *settings, guint id, const GValue *value)
{
  GstMicroexprLook *look = &settings->look;

  switch (id) {
  case PROP_DRAW:
    look->draw = g_value_get_flags (value);
    break;
  case PROP_KINDS:
    look->kinds = g_value_get_flags (value);
    break;
  case PROP_FONT:
    replace_font (look, g_value_dup_string (value));
    break;
  case PROP_LINE_WIDTH:
    look->line_px = g_value_get_uint (value);
    break;
  case PROP_LABEL_HOLD:
    look->hold_ns = g_value_get_uint64 (value);
    break;
  case PROP_ANONYMIZE:
    settings->anonymize = g_value_get_enum (value);
    break;
  case PROP_ANONYMIZE_FALLBACK:
    settings->fallback = g_value_get_enum (value);
    break;
  default:
    return FALSE;
  }
  return TRUE;
}

gboolean
gst_microexpr_overlay_settings_set (
    GstMicroexprOverlaySettings *settings, guint id, const GValue *value)
{
  GstMicroexprOverlaySettings before = *settings;

  if (id >= PROP_COLORS && id < N_PROPS)
    settings->look.colours[id - PROP_COLORS] = g_value_get_uint (value);
  else if (!set_plain (settings, id, value))
    return FALSE;
  if (memcmp (&before, settings, sizeof before) != 0)
    settings->serial++;
  return TRUE;
}

gboolean
gst_microexpr_overlay_settings_get (
    const GstMicroexprOverlaySettings *settings, guint id, GValue *value)
{
  const GstMicroexprLook *look = &settings->look;

  switch (id) {
  case PROP_DRAW:
    g_value_set_flags (value, look->draw);
    break;
  case PROP_KINDS:
    g_value_set_flags (value, look->kinds);
    break;
  case PROP_FONT:
    g_value_set_string (value, look->font);
    break;
  case PROP_LINE_WIDTH:
    g_value_set_uint (value, look->line_px);
    break;
  case PROP_LABEL_HOLD:
    g_value_set_uint64 (value, look->hold_ns);
    break;
  case PROP_ANONYMIZE:
    g_value_set_enum (value, settings->anonymize);
    break;
  case PROP_ANONYMIZE_FALLBACK:
    g_value_set_enum (value, settings->fallback);
    break;
  default:
    if (id < PROP_COLORS || id >= N_PROPS)
      return FALSE;
    g_value_set_uint (value, look->colours[id - PROP_COLORS]);
  }
  return TRUE;
}
