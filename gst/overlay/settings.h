/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings of the element microexproverlay and their GObject properties. Not locked here: the
 * element guards its own with the object lock and works with copies. */
#pragma once

#include <gst/gst.h>

#include "style.h"

G_BEGIN_DECLS

typedef struct
{
  GstMicroexprLook look;
  guint anonymize, fallback; /* GstMicroexprAnonymize, GstMicroexprFallback */
  guint serial;              /* grows with every change */
} GstMicroexprOverlaySettings;

void gst_microexpr_overlay_settings_init (GstMicroexprOverlaySettings *settings);
void gst_microexpr_overlay_settings_clear (GstMicroexprOverlaySettings *settings);

/* Makes `to`, initialised, the same as `from`. */
void gst_microexpr_overlay_settings_copy (
    GstMicroexprOverlaySettings *to, const GstMicroexprOverlaySettings *from);

/* Installs all properties. */
void gst_microexpr_overlay_settings_install (GObjectClass *klass);

/* FALSE: not a property of these. */
gboolean gst_microexpr_overlay_settings_set (
    GstMicroexprOverlaySettings *settings, guint id, const GValue *value);
gboolean gst_microexpr_overlay_settings_get (
    const GstMicroexprOverlaySettings *settings, guint id, GValue *value);

G_END_DECLS
