/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Brings the overlay onto buffers: as a composition meta when the caps say that downstream draws
 * those, else blended into the pixels, which copies them when others hold the same memory. */
#include "drawer.h"

#include <string.h>

#include "gstmicroexprmeta.h"
#include "blend.h"
#include "caps.h"

void
gst_microexpr_drawer_init (GstMicroexprDrawer *drawer)
{
  memset (drawer, 0, sizeof *drawer);
  gst_microexpr_look_init (&drawer->look);
}

void
gst_microexpr_drawer_clear (GstMicroexprDrawer *drawer)
{
  g_clear_pointer (&drawer->overlay, gst_microexpr_overlay_free);
}

void
gst_microexpr_drawer_finalize (GstMicroexprDrawer *drawer)
{
  gst_microexpr_drawer_clear (drawer);
  gst_microexpr_look_clear (&drawer->look);
}

void
gst_microexpr_drawer_set_look (GstMicroexprDrawer *drawer, const GstMicroexprLook *look)
{
  gst_microexpr_look_copy (&drawer->look, look);
  if (drawer->overlay)
    gst_microexpr_overlay_set_look (drawer->overlay, look);
}

void
gst_microexpr_drawer_offer_again (GstMicroexprDrawer *drawer)
{
  g_atomic_int_set (&drawer->refused, FALSE);
}

GstCaps *
gst_microexpr_drawer_transform_caps (
    GstMicroexprDrawer *drawer, GstPadDirection direction, GstCaps *caps, GstCaps *filter)
{
  gboolean offer = direction == GST_PAD_SRC || !g_atomic_int_get (&drawer->refused);
  GstCaps *others = gst_microexpr_overlay_caps_transform (caps, direction, offer), *filtered;

  if (!filter)
    return others;
  filtered = gst_caps_intersect_full (filter, others, GST_CAPS_INTERSECT_FIRST);
  gst_caps_unref (others);
  return filtered;
}

/* Buffers that arrive with compositions leave with them: those of others are not blended here. */
void
gst_microexpr_drawer_set_caps (
    GstMicroexprDrawer *drawer, const GstVideoInfo *info, GstCaps *in, GstCaps *out)
{
  drawer->info = *info;
  drawer->succeeded = FALSE;
  drawer->attach = gst_microexpr_overlay_caps_attach (out);
  drawer->pending = drawer->attach && !gst_microexpr_overlay_caps_attach (in);
  if (drawer->overlay)
    gst_microexpr_overlay_set_video_info (drawer->overlay, info);
}

void
gst_microexpr_drawer_confirm (GstMicroexprDrawer *drawer, GstBaseTransform *trans)
{
  GstPad *pad = GST_BASE_TRANSFORM_SRC_PAD (trans);
  GstCaps *caps;

  if (!drawer->pending || !(caps = gst_pad_get_current_caps (pad)))
    return;
  drawer->pending = FALSE;
  drawer->attach = gst_microexpr_overlay_caps_confirmed (pad, caps);
  gst_caps_unref (caps);
  if (drawer->attach)
    return;
  g_atomic_int_set (&drawer->refused, TRUE);
  gst_base_transform_reconfigure_src (trans);
}

void
gst_microexpr_drawer_reset (GstMicroexprDrawer *drawer)
{
  if (drawer->overlay)
    gst_microexpr_overlay_reset (drawer->overlay);
}

void
gst_microexpr_drawer_push_events (GstMicroexprDrawer *drawer, GstEvent *event)
{
  const GstStructure *s = gst_event_get_structure (event);
  GstStructure *events;

  if (!drawer->overlay || !s || !gst_structure_has_name (s, GST_MICROEXPR_META_NAME))
    return;
  events = gst_structure_copy (s);
  gst_structure_remove_field (events, "faces"); /* of no frame: those of the last one stay */
  gst_microexpr_overlay_push (drawer->overlay, events, GST_CLOCK_TIME_NONE);
  gst_structure_free (events);
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
    gst_microexpr_overlay_set_look (drawer->overlay, &drawer->look);
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
  drawer->succeeded |= drawn;
  return drawer->succeeded;
}
