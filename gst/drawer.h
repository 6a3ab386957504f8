/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Brings the overlay onto buffers: hands it to a sink that draws it itself, else draws it into the
 * pixels. Belongs to the streaming thread. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include "overlay.h"

G_BEGIN_DECLS

typedef struct
{
  GstMicroexprOverlay *overlay; /* NULL while nothing is to be drawn */
  GstVideoInfo info;
  gboolean attach; /* downstream draws compositions */
} GstMicroexprDrawer;

void gst_microexpr_drawer_init (GstMicroexprDrawer *drawer);

/* Forgets what is drawn and frees all; as after init. */
void gst_microexpr_drawer_clear (GstMicroexprDrawer *drawer);

/* The buffers to come. */
void gst_microexpr_drawer_set_caps (
    GstMicroexprDrawer *drawer, const GstVideoInfo *info, GstCaps *caps);

/* The stream continues elsewhere: labels of what was before are not shown any more. */
void gst_microexpr_drawer_reset (GstMicroexprDrawer *drawer);

/* Draws the metas of a writable buffer on it. FALSE: the pixels cannot be written. */
gboolean gst_microexpr_drawer_draw (
    GstMicroexprDrawer *drawer, GstBuffer *buffer, GstClockTime stream_time);

G_END_DECLS
