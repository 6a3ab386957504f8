/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The segment of an element. A change of state resets it under the object lock while upstream may
 * still push, so it is read under that lock too. */
#pragma once

#include <gst/base/gstbasetransform.h>

G_BEGIN_DECLS

static inline GstSegment
gst_microexpr_segment_of (GstBaseTransform *trans)
{
  GstSegment segment;

  GST_OBJECT_LOCK (trans);
  segment = trans->segment;
  GST_OBJECT_UNLOCK (trans);
  return segment;
}

G_END_DECLS
