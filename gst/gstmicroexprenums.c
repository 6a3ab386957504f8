/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The flags and enums of element properties as GTypes, a table each; they can be registered from
 * any thread. */
#include "gstmicroexprenums.h"

#include "microexpr.h"

static const GFlagsValue kinds[] = {
  { ME_KIND_MICRO, "Between min-duration and max-duration long", "micro" },
  { ME_KIND_MACRO, "Longer than max-duration", "macro" },
  { ME_KIND_BLINK, "Blinks of the eyes", "blink" },
  { 0, NULL, NULL },
};

static const GEnumValue interpretations[] = {
  { GST_MICROEXPR_INTERPRETATION_EMOTIONS, "Action units and the emotion they are interpreted as",
      "emotions" },
  { GST_MICROEXPR_INTERPRETATION_ACTION_UNITS, "Action units alone; no emotion is inferred",
      "action-units" },
  { 0, NULL, NULL },
};

static const GFlagsValue messages[] = {
  { GST_MICROEXPR_MESSAGE_EVENTS, "Each event as soon as it is known", "events" },
  { GST_MICROEXPR_MESSAGE_FACES, "All faces whenever one comes or goes", "faces" },
  { GST_MICROEXPR_MESSAGE_WARNINGS, "Conditions that make results poor, when they start and clear",
      "warnings" },
  { 0, NULL, NULL },
};

static const GFlagsValue face_data[] = {
  { GST_MICROEXPR_FACE_DATA_LANDMARKS, "The landmarks of the face", "landmarks" },
  { GST_MICROEXPR_FACE_DATA_UNITS, "The strength of every action unit now", "units" },
  { GST_MICROEXPR_FACE_DATA_REGIONS, "The regions that move now, and their motion", "regions" },
  { 0, NULL, NULL },
};

static const GFlagsValue draw[] = {
  { GST_MICROEXPR_DRAW_BOXES, "A box around each face", "boxes" },
  { GST_MICROEXPR_DRAW_IDS, "The number of the face in its box", "ids" },
  { GST_MICROEXPR_DRAW_LABELS, "A label at the face while an event is shown", "labels" },
  { GST_MICROEXPR_DRAW_TIMELINE, "Motion and events of the last ten seconds", "timeline" },
  { GST_MICROEXPR_DRAW_LANDMARKS, "Landmarks, when the metas hold them", "landmarks" },
  { GST_MICROEXPR_DRAW_ARROWS,
      "Movements of facial features, ten times enlarged, when the metas hold them", "arrows" },
  { 0, NULL, NULL },
};

static const GEnumValue anonymize[] = {
  { GST_MICROEXPR_ANONYMIZE_NONE, "Faces are not covered", "none" },
  { GST_MICROEXPR_ANONYMIZE_BLUR, "Faces are blurred beyond recognition", "blur" },
  { GST_MICROEXPR_ANONYMIZE_PIXELATE, "Faces are reduced to a few blocks", "pixelate" },
  { GST_MICROEXPR_ANONYMIZE_FILL, "Faces are filled with black", "fill" },
  { 0, NULL, NULL },
};

static const GEnumValue fallbacks[] = {
  { GST_MICROEXPR_FALLBACK_NONE, "Only faces that were detected", "none" },
  { GST_MICROEXPR_FALLBACK_FRAME, "The whole picture while it may hold a face that is not detected",
      "frame" },
  { 0, NULL, NULL },
};

#define DEFINE_TYPE(kind, function, name, table)                                                   \
  GType function (void)                                                                            \
  {                                                                                                \
    static gsize type = 0;                                                                         \
    if (g_once_init_enter (&type))                                                                 \
      g_once_init_leave (&type, g_##kind##_register_static (name, table));                         \
    return type;                                                                                   \
  }

DEFINE_TYPE (flags, gst_microexpr_kinds_get_type, "GstMicroexprKinds", kinds)
DEFINE_TYPE (
    enum, gst_microexpr_interpretation_get_type, "GstMicroexprInterpretation", interpretations)
DEFINE_TYPE (flags, gst_microexpr_messages_get_type, "GstMicroexprMessages", messages)
DEFINE_TYPE (flags, gst_microexpr_face_data_get_type, "GstMicroexprFaceData", face_data)
DEFINE_TYPE (flags, gst_microexpr_draw_get_type, "GstMicroexprDraw", draw)
DEFINE_TYPE (enum, gst_microexpr_anonymize_get_type, "GstMicroexprAnonymize", anonymize)
DEFINE_TYPE (enum, gst_microexpr_fallback_get_type, "GstMicroexprFallback", fallbacks)
