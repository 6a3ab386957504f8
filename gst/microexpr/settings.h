/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings of the element microexpr and their GObject properties. Not locked here: the element
 * guards its own with the object lock and works with copies. */
#pragma once

#include <gst/gst.h>

#include "gstmicroexprenums.h"
#include "microexpr.h"

G_BEGIN_DECLS

typedef struct
{
  MeConfig config; /* landmark_model is owned; `emotions` follows interpretation */
  GstMicroexprInterpretation interpretation;
  GstMicroexprMessages messages;
  GstMicroexprFaceData face_data;
  guint64 lookahead_ns;
  gboolean overlay;
  gboolean sei;
  char *source; /* owned, without credentials; NULL or "": none */
  guint serial; /* grows with every change */
} GstMicroexprSettings;

void gst_microexpr_settings_init (GstMicroexprSettings *settings);
void gst_microexpr_settings_clear (GstMicroexprSettings *settings);

/* Makes `to`, initialised, the same as `from`. */
void gst_microexpr_settings_copy (GstMicroexprSettings *to, const GstMicroexprSettings *from);

/* The property that the element answers itself: read-only, a structure. */
#define GST_MICROEXPR_PROP_STATS 1

/* Installs all properties. */
void gst_microexpr_settings_install (GObjectClass *klass);

/* FALSE: not a property of these. */
gboolean gst_microexpr_settings_set (GstMicroexprSettings *settings, guint id, const GValue *value);
gboolean gst_microexpr_settings_get (const GstMicroexprSettings *settings, guint id, GValue *value);

G_END_DECLS
