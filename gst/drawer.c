/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Brings the overlay onto buffers: as a composition meta when the caps say that downstream draws
 * those, else blended into the pixels, which copies them when others hold the same memory. */
#include "drawer.h"

#include <string.h>

#include "gstmicroexprmeta.h"

void
gst_microexpr_drawer_init (GstMicroexprDrawer *drawer)
{
  memset (drawer, 0, sizeof *drawer);
}

void
gst_microexpr_drawer_clear (GstMicroexprDrawer *drawer)
{
  g_clear_pointer (&drawer->overlay, gst_microexpr_overlay_free);
}

void
gst_microexpr_drawer_set_caps (GstMicroexprDrawer *drawer, const GstVideoInfo *info, GstCaps *caps)
{
  drawer->info = *info;
  drawer->attach = gst_caps_features_contains (
      gst_caps_get_features (caps, 0), GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION);
  if (drawer->overlay)
    gst_microexpr_overlay_set_video_info (drawer->overlay, info);
}

void
gst_microexpr_drawer_reset (GstMicroexprDrawer *drawer)
{
  if (drawer->overlay)
    gst_microexpr_overlay_reset (drawer->overlay);
}

/* Puts ours on top of a composition that the buffer may have already: sinks draw only one. */
static void
attach (GstBuffer *buffer, GstVideoOverlayComposition *ours)
{
  GstVideoOverlayCompositionMeta *meta = gst_buffer_get_video_overlay_composition_meta (buffer);
  GstVideoOverlayComposition *both;

  if (!meta) {
    gst_buffer_add_video_overlay_composition_meta (buffer, ours);
    return;
  }
  both = gst_video_overlay_composition_copy (meta->overlay);
  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles (ours); i++)
    gst_video_overlay_composition_add_rectangle (
        both, gst_video_overlay_composition_get_rectangle (ours, i));
  gst_video_overlay_composition_unref (meta->overlay);
  meta->overlay = both;
}

static gboolean
blend (GstMicroexprDrawer *drawer, GstBuffer *buffer, GstVideoOverlayComposition *composition)
{
  GstVideoFrame frame;
  gboolean drawn;

  if (!gst_video_frame_map (
          &frame, &drawer->info, buffer, GST_MAP_READWRITE | GST_VIDEO_FRAME_MAP_FLAG_NO_REF))
    return FALSE;
  drawn = gst_microexpr_overlay_blend (composition, &frame);
  gst_video_frame_unmap (&frame);
  return drawn;
}

gboolean
gst_microexpr_drawer_draw (GstMicroexprDrawer *drawer, GstBuffer *buffer, GstClockTime stream_time)
{
  GstVideoOverlayComposition *composition;
  gboolean drawn = TRUE;

  if (!drawer->overlay) {
    drawer->overlay = gst_microexpr_overlay_new ();
    gst_microexpr_overlay_set_video_info (drawer->overlay, &drawer->info);
  }
  gst_microexpr_overlay_push (
      drawer->overlay, gst_microexpr_meta_get_structure (buffer), stream_time);
  composition = gst_microexpr_overlay_compose (drawer->overlay, stream_time);
  if (!composition)
    return TRUE;
  if (drawer->attach)
    attach (buffer, composition);
  else
    drawn = blend (drawer, buffer, composition);
  gst_video_overlay_composition_unref (composition);
  return drawn;
}
