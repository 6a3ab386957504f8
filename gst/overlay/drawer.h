/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Brings the overlay onto buffers: hands it to a sink that draws it itself, else draws it into the
 * pixels. What a GstBaseTransform needs for it. */
#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "overlay.h"

G_BEGIN_DECLS

/* Belongs to the streaming thread; `refused` to any. */
typedef struct
{
  GstMicroexprOverlay *overlay; /* NULL while nothing is to be drawn */
  GstMicroexprLook look;
  GstVideoInfo info;
  gboolean attach;    /* downstream draws compositions */
  gboolean pending;   /* it has yet to confirm that */
  gint refused;       /* atomic: it did not; compositions are not offered again */
  gboolean succeeded; /* with a buffer of these caps: one that fails is damaged */
} GstMicroexprDrawer;

void gst_microexpr_drawer_init (GstMicroexprDrawer *drawer);

/* Frees the overlay; keeps the look and what was negotiated. */
void gst_microexpr_drawer_clear (GstMicroexprDrawer *drawer);

/* Undoes init. */
void gst_microexpr_drawer_finalize (GstMicroexprDrawer *drawer);

/* How to draw from now on; copied. */
void gst_microexpr_drawer_set_look (GstMicroexprDrawer *drawer, const GstMicroexprLook *look);

/* Downstream may have changed: compositions are offered again. Any thread. */
void gst_microexpr_drawer_offer_again (GstMicroexprDrawer *drawer);

/* For the vfuncs transform_caps and fixate_caps of an element that draws. */
GstCaps *gst_microexpr_drawer_transform_caps (
    GstMicroexprDrawer *drawer, GstPadDirection direction, GstCaps *caps, GstCaps *filter);

/* The buffers to come. out: caps of the source pad, in: of the sink pad. */
void gst_microexpr_drawer_set_caps (
    GstMicroexprDrawer *drawer, const GstVideoInfo *info, GstCaps *in, GstCaps *out);

/* Asks downstream whether it draws compositions, when that is not known yet; if it does not,
 * `trans` will negotiate anew. After caps were sent. */
void gst_microexpr_drawer_confirm (GstMicroexprDrawer *drawer, GstBaseTransform *trans);

/* The stream continues elsewhere: forgets faces, events and motion. */
void gst_microexpr_drawer_reset (GstMicroexprDrawer *drawer);

/* The events in a downstream event with the structure GstMicroexprMeta, which no buffer carried. */
void gst_microexpr_drawer_push_events (GstMicroexprDrawer *drawer, GstEvent *event);

/* Draws the metas of a writable buffer on it. FALSE: the pixels cannot be written. */
gboolean gst_microexpr_drawer_draw (
    GstMicroexprDrawer *drawer, GstBuffer *buffer, GstClockTime stream_time);

G_END_DECLS
