/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where labels and timelines go on a picture. Each has a list of places, tried in order; a place is
 * good when it covers neither a face nor what was placed before. */
#include "layout.h"

#define LABEL_ROWS 3          /* on each side of a face */
#define NARROWEST_IN_FONTS 18 /* of a timeline, in sizes of its font */

/* Timelines go to an edge of the picture, over its whole width or one half of it. */
static const struct
{
  gboolean at_top, left, right;
} timeline_places[] = {
  { FALSE, TRUE, TRUE },
  { TRUE, TRUE, TRUE },
  { FALSE, TRUE, FALSE },
  { FALSE, FALSE, TRUE },
  { TRUE, TRUE, FALSE },
  { TRUE, FALSE, TRUE },
};

void
gst_microexpr_layout_begin (GstMicroexprLayout *layout, const GstMicroexprStyle *style)
{
  layout->style = style;
  layout->n_faces = layout->n_labels = 0;
  layout->timelines.h = 0;
}

void
gst_microexpr_layout_add_face (GstMicroexprLayout *layout, const GstVideoRectangle *box)
{
  if (layout->n_faces < ME_MAX_FACES)
    layout->faces[layout->n_faces++] = *box;
}

/* margin: closer than that, px, counts as well. */
static gboolean
overlap (const GstVideoRectangle *a, const GstVideoRectangle *b, int margin)
{
  return a->x < b->x + b->w + margin && b->x < a->x + a->w + margin &&
         a->y < b->y + b->h + margin && b->y < a->y + a->h + margin;
}

static gboolean
covers_a_face (const GstMicroexprLayout *layout, const GstVideoRectangle *place, int margin)
{
  for (guint i = 0; i < layout->n_faces; i++)
    if (overlap (place, &layout->faces[i], margin))
      return TRUE;
  return FALSE;
}

/* --- timelines --- */

static GstVideoRectangle
timelines_at (const GstMicroexprStyle *style, guint place, guint n)
{
  gboolean whole = timeline_places[place].left && timeline_places[place].right;
  int margin = style->margin_px, height = (int)n * (style->timeline_px + margin) - margin;
  int inner = style->width - 2 * margin;
  int width = gst_microexpr_style_floor (style, whole ? inner : (inner - margin) / 2);

  return (GstVideoRectangle){
    timeline_places[place].left ? margin
                                : gst_microexpr_style_floor (style, style->width - margin - width),
    timeline_places[place].at_top
        ? margin
        : gst_microexpr_style_floor (style, style->height) - margin - height,
    width,
    height,
  };
}

static gboolean
is_good_for_timelines (const GstMicroexprLayout *layout, guint place, guint n, int margin)
{
  GstVideoRectangle all = timelines_at (layout->style, place, n);

  return all.w >= NARROWEST_IN_FONTS * layout->style->small_font_px * layout->style->x_scale &&
         !covers_a_face (layout, &all, margin);
}

/* Where they were, else the first good place; a new one has to be clear by a margin, so that a face
 * at its border does not make it come and go. FALSE: there is none. */
static gboolean
find_timelines (GstMicroexprLayout *layout, guint n)
{
  if (n == layout->n_timelines && is_good_for_timelines (layout, layout->timelines_at, n, 0))
    return TRUE;
  for (guint place = 0; place < G_N_ELEMENTS (timeline_places); place++)
    if (is_good_for_timelines (layout, place, n, layout->style->margin_px)) {
      layout->timelines_at = place;
      return TRUE;
    }
  return FALSE;
}

guint
gst_microexpr_layout_place_timelines (
    GstMicroexprLayout *layout, guint n_wanted, GstVideoRectangle *first)
{
  guint n = MIN (n_wanted, layout->style->n_timelines);

  while (n > 0 && !find_timelines (layout, n))
    n--;
  layout->n_timelines = n;
  if (n > 0) {
    *first = layout->timelines = timelines_at (layout->style, layout->timelines_at, n);
    first->h = layout->style->timeline_px;
  }
  return n;
}

/* --- labels --- */

typedef enum
{
  FREE,
  OWN_LABEL, /* taken by another label of the same face: the next row may be free */
  TAKEN,
} Occupancy;

static Occupancy
look_at (const GstMicroexprLayout *layout, guint face, const GstVideoRectangle *place)
{
  const GstMicroexprStyle *style = layout->style;
  Occupancy found = FREE;

  if (place->x < 0 || place->y < 0 || place->x + place->w > style->width ||
      place->y + place->h > style->height || overlap (place, &layout->timelines, 0))
    return TAKEN;
  for (guint i = 0; i < layout->n_labels; i++)
    if (overlap (place, &layout->labels[i].place, 0)) {
      if (layout->labels[i].face != face)
        return TAKEN;
      found = OWN_LABEL;
    }
  return found;
}

/* From the row at place->y on, away from the face: a label has its face or another label of it on
 * one side. */
static gboolean
try_rows (
    GstMicroexprLayout *layout, guint face, GstVideoRectangle *place, int step, gboolean over_faces)
{
  for (int row = 0; row < LABEL_ROWS; row++, place->y += step) {
    Occupancy found = look_at (layout, face, place);
    if (found == TAKEN || (!over_faces && covers_a_face (layout, place, 0)))
      return FALSE;
    if (found == FREE) {
      layout->labels[layout->n_labels++] = (GstMicroexprPlacedLabel){ face, *place };
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
gst_microexpr_layout_place_label (
    GstMicroexprLayout *layout, guint face, const GstVideoRectangle *box, GstVideoRectangle *place)
{
  const GstMicroexprStyle *style = layout->style;
  int w = place->w, h = place->h, right = box->x + box->w, bottom = box->y + box->h;
  int last_x = gst_microexpr_style_floor (style, MAX (style->width - w, 0));
  int from_left = CLAMP (box->x, 0, last_x), to_right = CLAMP (right - w, 0, last_x);
  const struct
  {
    int x, y, step;
  } columns[] = {
    { from_left, box->y - h, -h },
    { to_right, box->y - h, -h },
    { from_left, bottom, h },
    { to_right, bottom, h },
    { right, box->y, h },
    { box->x - w, box->y, h },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns) && layout->n_labels < GST_MICROEXPR_MAX_EVENTS;
       i++) {
    place->x = gst_microexpr_style_floor (style, columns[i].x);
    place->y = columns[i].y;
    if (try_rows (layout, face, place, columns[i].step, FALSE))
      return TRUE;
  }
  return FALSE;
}

gboolean
gst_microexpr_layout_place_label_inside (
    GstMicroexprLayout *layout, guint face, const GstVideoRectangle *box, GstVideoRectangle *place)
{
  const GstMicroexprStyle *style = layout->style;
  int last_x = gst_microexpr_style_floor (style, MAX (style->width - place->w, 0));

  place->x = CLAMP (box->x, 0, last_x);
  place->y = box->y;
  return layout->n_labels < GST_MICROEXPR_MAX_EVENTS &&
         try_rows (layout, face, place, place->h, TRUE);
}
