/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Negotiation of the overlay. Caps with the feature are offered first; elements that pass on
 * any feature accept them too, so the answer to the ALLOCATION query decides. */
#include "caps.h"

#define FEATURE GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION

static gboolean
has_feature (const GstCaps *caps, guint i)
{
  return gst_caps_features_contains (gst_caps_get_features (caps, i), FEATURE);
}

gboolean
gst_microexpr_overlay_caps_attach (const GstCaps *caps)
{
  return !gst_caps_is_empty (caps) && !gst_caps_is_any (caps) && has_feature (caps, 0);
}

/* The structures with the feature, or those without it. */
static GstCaps *
select_caps (const GstCaps *caps, gboolean with_feature)
{
  GstCaps *selected = gst_caps_new_empty ();

  for (guint i = 0; i < gst_caps_get_size (caps); i++)
    if (has_feature (caps, i) == with_feature)
      gst_caps_append_structure_full (selected,
          gst_structure_copy (gst_caps_get_structure (caps, i)),
          gst_caps_features_copy (gst_caps_get_features (caps, i)));
  return selected;
}

static void
set_feature (GstCaps *caps, gboolean on)
{
  for (guint i = 0; i < gst_caps_get_size (caps); i++) {
    GstCapsFeatures *features = gst_caps_get_features (caps, i);
    if (on)
      gst_caps_features_add (features, FEATURE);
    else
      gst_caps_features_remove (features, FEATURE);
  }
}

GstCaps *
gst_microexpr_overlay_caps_transform (GstCaps *caps, GstPadDirection direction, gboolean attach)
{
  gboolean downstream = direction == GST_PAD_SINK;
  GstCaps *others;

  if (gst_caps_is_any (caps) || !attach)
    return gst_caps_ref (caps);
  others = select_caps (caps, !downstream);
  set_feature (others, downstream);
  return downstream ? gst_caps_merge (others, gst_caps_ref (caps))
                    : gst_caps_merge (gst_caps_ref (caps), others);
}

GstCaps *
gst_microexpr_overlay_caps_prefer (GstCaps *caps)
{
  GstCaps *selected = select_caps (caps, TRUE);

  if (gst_caps_is_empty (selected)) {
    gst_caps_unref (selected);
    return caps;
  }
  gst_caps_unref (caps);
  return selected;
}

gboolean
gst_microexpr_overlay_caps_confirmed (GstPad *srcpad, GstCaps *caps)
{
  GstQuery *query = gst_query_new_allocation (caps, FALSE);
  gboolean confirmed =
      gst_pad_peer_query (srcpad, query) &&
      gst_query_find_allocation_meta (query, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);

  gst_query_unref (query);
  return confirmed;
}
