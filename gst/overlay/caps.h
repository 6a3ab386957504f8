/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Negotiation of the overlay: whether downstream draws compositions itself. It says so by caps with
 * the feature meta:GstVideoOverlayComposition and in its answer to the ALLOCATION query. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

#define GST_MICROEXPR_OVERLAY_FEATURES                                                             \
  GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY "," GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION

/* Any raw video in system memory, with or without compositions attached. */
#define GST_MICROEXPR_VIDEO_CAPS                                                                   \
  GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL)                                                      \
  ";" GST_VIDEO_CAPS_MAKE_WITH_FEATURES (GST_MICROEXPR_OVERLAY_FEATURES, GST_VIDEO_FORMATS_ALL)

/* The first structure of caps has the feature. */
gboolean gst_microexpr_overlay_caps_attach (const GstCaps *caps);

/* What caps on a pad of that direction become on the other one. attach: the feature may be added
 * on the way downstream. (transfer full) */
GstCaps *gst_microexpr_overlay_caps_transform (
    GstCaps *caps, GstPadDirection direction, gboolean attach);

/* Those of `caps` (transfer full) with the feature, or all when none has it. (transfer full) */
GstCaps *gst_microexpr_overlay_caps_prefer (GstCaps *caps);

/* Whether downstream of the pad answers that it draws compositions on buffers of these caps. From
 * the streaming thread, after the caps were sent. */
gboolean gst_microexpr_overlay_caps_confirmed (GstPad *srcpad, GstCaps *caps);

G_END_DECLS
