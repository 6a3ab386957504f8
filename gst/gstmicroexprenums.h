/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The flags and enums of element properties as GTypes. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Kinds of events; the values of MeKind. */
#define GST_TYPE_MICROEXPR_KINDS (gst_microexpr_kinds_get_type ())
GType gst_microexpr_kinds_get_type (void);

typedef enum
{
  GST_MICROEXPR_INTERPRETATION_EMOTIONS,
  GST_MICROEXPR_INTERPRETATION_ACTION_UNITS, /* no emotion anywhere */
} GstMicroexprInterpretation;

#define GST_TYPE_MICROEXPR_INTERPRETATION (gst_microexpr_interpretation_get_type ())
GType gst_microexpr_interpretation_get_type (void);

typedef enum
{
  GST_MICROEXPR_MESSAGE_EVENTS = 1 << 0,
  GST_MICROEXPR_MESSAGE_FACES = 1 << 1,
  GST_MICROEXPR_MESSAGE_WARNINGS = 1 << 2,
} GstMicroexprMessages;

#define GST_TYPE_MICROEXPR_MESSAGES (gst_microexpr_messages_get_type ())
GType gst_microexpr_messages_get_type (void);

/* Data in the structure of a face in addition to its box, quality, motion and noise. */
typedef enum
{
  GST_MICROEXPR_FACE_DATA_LANDMARKS = 1 << 0,
  GST_MICROEXPR_FACE_DATA_UNITS = 1 << 1,
  GST_MICROEXPR_FACE_DATA_REGIONS = 1 << 2,
} GstMicroexprFaceData;

#define GST_TYPE_MICROEXPR_FACE_DATA (gst_microexpr_face_data_get_type ())
GType gst_microexpr_face_data_get_type (void);

/* What the overlay draws. */
typedef enum
{
  GST_MICROEXPR_DRAW_BOXES = 1 << 0,
  GST_MICROEXPR_DRAW_IDS = 1 << 1,
  GST_MICROEXPR_DRAW_LABELS = 1 << 2,
  GST_MICROEXPR_DRAW_TIMELINE = 1 << 3,
  GST_MICROEXPR_DRAW_LANDMARKS = 1 << 4,
  GST_MICROEXPR_DRAW_ARROWS = 1 << 5,
} GstMicroexprDraw;

#define GST_TYPE_MICROEXPR_DRAW (gst_microexpr_draw_get_type ())
GType gst_microexpr_draw_get_type (void);

/* How faces are covered. */
typedef enum
{
  GST_MICROEXPR_ANONYMIZE_NONE,
  GST_MICROEXPR_ANONYMIZE_BLUR,
  GST_MICROEXPR_ANONYMIZE_PIXELATE,
  GST_MICROEXPR_ANONYMIZE_FILL,
} GstMicroexprAnonymize;

#define GST_TYPE_MICROEXPR_ANONYMIZE (gst_microexpr_anonymize_get_type ())
GType gst_microexpr_anonymize_get_type (void);

/* What is covered while the picture may hold a face that is not detected. */
typedef enum
{
  GST_MICROEXPR_FALLBACK_NONE,
  GST_MICROEXPR_FALLBACK_FRAME,
} GstMicroexprFallback;

#define GST_TYPE_MICROEXPR_FALLBACK (gst_microexpr_fallback_get_type ())
GType gst_microexpr_fallback_get_type (void);

G_END_DECLS
