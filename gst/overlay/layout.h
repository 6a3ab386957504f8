/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where labels and timelines go on a picture: never over a face, never over each other. Geometry
 * only; all rectangles are in px, inside the picture and on the grid of the style. */
#pragma once

#include "microexpr.h"
#include "style.h"

G_BEGIN_DECLS

#define GST_MICROEXPR_MAX_EVENTS 64

typedef struct
{
  guint face; /* whose label it is */
  GstVideoRectangle place;
} GstMicroexprPlacedLabel;

typedef struct
{
  const GstMicroexprStyle *style; /* borrowed */
  /* of this frame */
  GstVideoRectangle faces[ME_MAX_FACES];
  guint n_faces;
  GstVideoRectangle timelines; /* all of them; h 0: none */
  GstMicroexprPlacedLabel labels[GST_MICROEXPR_MAX_EVENTS];
  guint n_labels;
  /* of the frame before: timelines stay where they are for as long as they can */
  guint n_timelines, timelines_at;
} GstMicroexprLayout;

/* Another frame: nothing is placed on it. */
void gst_microexpr_layout_begin (GstMicroexprLayout *layout, const GstMicroexprStyle *style);

void gst_microexpr_layout_add_face (GstMicroexprLayout *layout, const GstVideoRectangle *box);

/* Once all faces are known. `first`: the uppermost timeline, others are timeline_px + margin_px
 * below each other. Returns how many there is room for, n_wanted at most. */
guint gst_microexpr_layout_place_timelines (
    GstMicroexprLayout *layout, guint n_wanted, GstVideoRectangle *first);

/* Once the timelines are placed. Sets x and y of a label of width and height `place`, beside the
 * box of its face or beside another label there. FALSE: there is no room. */
gboolean gst_microexpr_layout_place_label (
    GstMicroexprLayout *layout, guint face, const GstVideoRectangle *box, GstVideoRectangle *place);

/* The same inside the box, from its top: for a face that is alone and leaves no room beside it. */
gboolean gst_microexpr_layout_place_label_inside (
    GstMicroexprLayout *layout, guint face, const GstVideoRectangle *box, GstVideoRectangle *place);

G_END_DECLS
