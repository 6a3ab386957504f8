/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The drawing of faces, events and motion over a picture: turns what is remembered of the stream
 * into small rectangles, each drawn again only when its content changes. */
#include "overlay.h"

#include "gstmicroexprenums.h"
#include "scene.h"

#define NARROW_LABEL 11               /* width of a label in several lines, sizes of its font */
#define LATE_HOLD_NS (2 * GST_SECOND) /* of labels that come after their event, by default */

struct _GstMicroexprOverlay
{
  GstMicroexprScene scene;
  GstVideoInfo info;      /* of the pictures; finfo NULL: none yet */
  GstMicroexprSprite dot; /* of a landmark */
  GstMicroexprText text;
  GstMicroexprLayout layout;
  GPtrArray *rectangles;                   /* of the composition being made; borrowed */
  GstVideoOverlayComposition *composition; /* the last one; owned */
};

GstMicroexprOverlay *
gst_microexpr_overlay_new (void)
{
  GstMicroexprOverlay *overlay = g_new0 (GstMicroexprOverlay, 1);

  gst_microexpr_scene_init (&overlay->scene);
  gst_microexpr_text_init (&overlay->text);
  overlay->rectangles = g_ptr_array_new ();
  return overlay;
}

void
gst_microexpr_overlay_free (GstMicroexprOverlay *overlay)
{
  gst_microexpr_overlay_reset (overlay);
  gst_microexpr_scene_clear (&overlay->scene);
  gst_microexpr_sprites_clear (&overlay->dot, 1);
  gst_microexpr_text_clear (&overlay->text);
  g_ptr_array_unref (overlay->rectangles);
  g_free (overlay);
}

void
gst_microexpr_overlay_reset (GstMicroexprOverlay *overlay)
{
  gst_microexpr_scene_reset (&overlay->scene);
  overlay->layout.n_timelines = 0;
  g_clear_pointer (&overlay->composition, gst_video_overlay_composition_unref);
}

/* A square, dark outside. */
static void
draw_dot (GstMicroexprOverlay *overlay)
{
  const GstMicroexprStyle *style = &overlay->scene.style;
  const guint32 *colours = overlay->scene.look.colours;
  int size = style->line_px, outline = style->outline_px;
  GstMicroexprCanvas canvas;

  gst_microexpr_canvas_init (&canvas, size, size);
  gst_microexpr_canvas_fill (
      &canvas, 0, 0, size, size, gst_microexpr_premultiply (GST_MICROEXPR_COLOUR_OUTLINE));
  gst_microexpr_canvas_fill (&canvas, outline, outline, size - 2 * outline, size - 2 * outline,
      gst_microexpr_premultiply (colours[GST_MICROEXPR_COLOUR_FACE]));
  gst_microexpr_sprite_set (&overlay->dot, &canvas);
}

/* What depends on both the look and the picture. */
static void
update_style (GstMicroexprOverlay *overlay)
{
  const GstMicroexprStyle *style = &overlay->scene.style;
  int width, height;

  g_clear_pointer (&overlay->composition, gst_video_overlay_composition_unref);
  if (!overlay->info.finfo)
    return;
  gst_microexpr_scene_set_style (&overlay->scene, &overlay->info);
  overlay->text.x_scale = style->x_scale;
  draw_dot (overlay);
  /* The first text of a font costs tens of ms; better now than at the first event. */
  for (int bold = FALSE; bold <= TRUE; bold++) {
    gst_microexpr_text_set (&overlay->text, "0 %", style->font_px, bold, -1);
    gst_microexpr_text_size (&overlay->text, &width, &height);
  }
}

void
gst_microexpr_overlay_set_look (GstMicroexprOverlay *overlay, const GstMicroexprLook *look)
{
  gst_microexpr_scene_set_look (&overlay->scene, look);
  gst_microexpr_text_set_font (&overlay->text, look->font);
  update_style (overlay);
}

void
gst_microexpr_overlay_set_video_info (GstMicroexprOverlay *overlay, const GstVideoInfo *info)
{
  overlay->info = *info;
  update_style (overlay);
}

void
gst_microexpr_overlay_push (
    GstMicroexprOverlay *overlay, const GstStructure *meta, GstClockTime stream_time)
{
  if (overlay->info.finfo)
    gst_microexpr_scene_push (&overlay->scene, meta, stream_time);
}

static void
add (GstMicroexprOverlay *overlay, GstMicroexprSprite *sprite, int x, int y)
{
  g_ptr_array_add (overlay->rectangles, gst_microexpr_sprite_place (sprite, x, y));
}

static gboolean
draws (const GstMicroexprOverlay *overlay, GstMicroexprDraw what)
{
  return (overlay->scene.look.draw & what) != 0;
}

/* Brought by now, and of a kind to be shown. */
static gboolean
is_known (const GstMicroexprOverlay *overlay, const GstMicroexprShownEvent *event)
{
  return event->used && event->first_ns <= overlay->scene.now_ns &&
         (!event->kind || (event->kind & overlay->scene.look.kinds));
}

static gboolean
is_shown (const GstMicroexprOverlay *overlay, const GstMicroexprShownEvent *event)
{
  guint64 hold = overlay->scene.look.hold_ns;

  if (!GST_CLOCK_TIME_IS_VALID (hold))
    hold = event->on_time ? 0 : LATE_HOLD_NS;
  return is_known (overlay, event) && (guint64)(overlay->scene.now_ns - event->last_ns) <= hold;
}

static const GstMicroexprShownEvent *
newest_shown_event (GstMicroexprOverlay *overlay, guint face)
{
  for (guint i = 0; i < GST_MICROEXPR_MAX_EVENTS; i++) {
    const GstMicroexprShownEvent *event = gst_microexpr_scene_recent_event (&overlay->scene, i);
    if (is_shown (overlay, event) && event->face == face)
      return event;
  }
  return NULL;
}

static guint32
colour_of (GstMicroexprOverlay *overlay, const GstMicroexprFace *face)
{
  const GstMicroexprShownEvent *event = newest_shown_event (overlay, face->id);

  return event ? event->span.argb : overlay->scene.look.colours[GST_MICROEXPR_COLOUR_FACE];
}

/* One edge of the box: a ring of line_px, dark outside and inside, cut into four. Distances to the
 * outer border of the box make the corners meet. */
static void
draw_edge (GstMicroexprSprite *sprite, const GstMicroexprStyle *style, int width, int height,
    gboolean upright, guint32 argb)
{
  GstMicroexprCanvas canvas;
  guint32 core = gst_microexpr_premultiply (argb);
  guint32 outline = gst_microexpr_premultiply (GST_MICROEXPR_COLOUR_OUTLINE);

  gst_microexpr_canvas_init (&canvas, width, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int d = upright ? x : MIN (y, MIN (x, width - 1 - x));
      gboolean inner = d >= style->outline_px && d < style->line_px - style->outline_px;
      canvas.argb[y * width + x] = inner ? core : outline;
    }
  gst_microexpr_sprite_set (sprite, &canvas);
}

/* The bottom edge is the top one upside down. */
static void
flip (const GstMicroexprSprite *from, GstMicroexprSprite *to)
{
  GstMicroexprCanvas canvas;
  gsize row_bytes = (gsize)from->width * 4;

  gst_microexpr_canvas_init (&canvas, from->width, from->height);
  for (int y = 0; y < from->height; y++)
    gst_buffer_extract (from->pixels, (gsize)y * row_bytes,
        canvas.argb + (from->height - 1 - y) * from->width, row_bytes);
  gst_microexpr_sprite_set (to, &canvas);
}

static void
draw_box (GstMicroexprFace *face, const GstMicroexprStyle *style, guint32 argb)
{
  GstMicroexprSprite *top = &face->sprites[GST_MICROEXPR_FACE_SPRITE_TOP];
  GstMicroexprSprite *left = &face->sprites[GST_MICROEXPR_FACE_SPRITE_LEFT];
  int width = face->box.w, height = face->box.h - 2 * style->line_px; /* of top and left */

  if (top->width == width && left->height == height && face->box_argb == argb)
    return;
  draw_edge (top, style, width, style->line_px, FALSE, argb);
  flip (top, &face->sprites[GST_MICROEXPR_FACE_SPRITE_BOTTOM]);
  draw_edge (left, style, style->line_px, height, TRUE, argb);
  gst_microexpr_sprite_share (&face->sprites[GST_MICROEXPR_FACE_SPRITE_RIGHT], left);
  face->box_argb = argb;
}

static void
add_box (GstMicroexprOverlay *overlay, GstMicroexprFace *face)
{
  const GstVideoRectangle *box = &face->box;
  GstMicroexprSprite *sprites = face->sprites;
  int line = overlay->scene.style.line_px;

  draw_box (face, &overlay->scene.style, colour_of (overlay, face));
  add (overlay, &sprites[GST_MICROEXPR_FACE_SPRITE_TOP], box->x, box->y);
  add (overlay, &sprites[GST_MICROEXPR_FACE_SPRITE_BOTTOM], box->x, box->y + box->h - line);
  add (overlay, &sprites[GST_MICROEXPR_FACE_SPRITE_LEFT], box->x, box->y + line);
  add (overlay, &sprites[GST_MICROEXPR_FACE_SPRITE_RIGHT], box->x + box->w - line, box->y + line);
}

/* The number of a face, in the corner of its box. */
static void
add_id (GstMicroexprOverlay *overlay, GstMicroexprFace *face)
{
  GstMicroexprSprite *sprite = &face->sprites[GST_MICROEXPR_FACE_SPRITE_ID];
  const GstMicroexprStyle *style = &overlay->scene.style;
  const GstVideoRectangle *box = &face->box;
  int line = style->line_px;
  char id[16];

  if (!sprite->pixels) {
    g_snprintf (id, sizeof id, "%u", face->id);
    gst_microexpr_text_sprite (
        &overlay->text, style, id, style->small_font_px, 0, style->width, sprite);
  }
  if (sprite->width + 2 * line <= box->w && sprite->height + 2 * line <= box->h)
    add (overlay, sprite, box->x + line, box->y + line);
}

static void
add_landmarks (GstMicroexprOverlay *overlay, GstMicroexprFace *face)
{
  const GstMicroexprStyle *style = &overlay->scene.style;
  int size = overlay->dot.width;

  for (guint i = 0; i < face->n_landmarks; i++) {
    int x = gst_microexpr_style_floor (style, (int)(face->landmarks[i][0] - (float)size / 2 + 1));
    int y = gst_microexpr_style_floor (style, (int)(face->landmarks[i][1] - (float)size / 2 + 1));
    if (x < 0 || y < 0 || x + size > style->width || y + size > style->height)
      continue;
    GstMicroexprSprite *sprite = &face->sprites[GST_MICROEXPR_FACE_SPRITE_LANDMARKS + i];
    if (!sprite->pixels)
      gst_microexpr_sprite_share (sprite, &overlay->dot);
    add (overlay, sprite, x, y);
  }
}

static void
add_arrows (GstMicroexprOverlay *overlay, GstMicroexprFace *face)
{
  const GstMicroexprStyle *style = &overlay->scene.style;

  for (guint i = 0; i < face->n_arrows; i++) {
    GstMicroexprArrow *arrow = &face->arrows[i];
    GstMicroexprSprite *sprite = &face->sprites[GST_MICROEXPR_FACE_SPRITE_ARROWS + i];
    gst_microexpr_arrow_draw (arrow, sprite, style, colour_of (overlay, face));
    int x = gst_microexpr_style_floor (style, (int)arrow->x + arrow->left);
    int y = gst_microexpr_style_floor (style, (int)arrow->y + arrow->top);
    if (x >= 0 && y >= 0 && x + sprite->width <= style->width &&
        y + sprite->height <= style->height)
      add (overlay, sprite, x, y);
  }
}

static void
add_face (GstMicroexprOverlay *overlay, GstMicroexprFace *face)
{
  /* From the lowest to the topmost. */
  static const struct
  {
    GstMicroexprDraw flag;
    void (*add) (GstMicroexprOverlay *overlay, GstMicroexprFace *face);
  } items[] = {
    { GST_MICROEXPR_DRAW_LANDMARKS, add_landmarks },
    { GST_MICROEXPR_DRAW_ARROWS, add_arrows },
    { GST_MICROEXPR_DRAW_BOXES, add_box },
    { GST_MICROEXPR_DRAW_IDS, add_id },
  };
  int line = overlay->scene.style.line_px;

  if (face->box.w <= 2 * line || face->box.h <= 2 * line)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    if (draws (overlay, items[i].flag))
      items[i].add (overlay, face);
}

/* The first variant of the label that fits beside the face, from one line to a narrow block; in a
 * close-up that leaves no room, on the face. */
static void
add_label (GstMicroexprOverlay *overlay, GstMicroexprShownEvent *event)
{
  GstMicroexprLayout *layout = &overlay->layout;
  const GstMicroexprFace *face = gst_microexpr_scene_face (&overlay->scene, event->face);
  const GstMicroexprStyle *style = &overlay->scene.style;
  const int widths[] = { style->width, NARROW_LABEL * style->font_px };
  GstVideoRectangle place = { 0, 0, 0, 0 };

  if (!face)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    GstMicroexprSprite *sprite = &event->sprites[GST_MICROEXPR_EVENT_SPRITE_LABEL + i];
    if (!sprite->pixels)
      gst_microexpr_text_sprite (
          &overlay->text, style, event->label, style->font_px, event->span.argb, widths[i], sprite);
    place.w = sprite->width;
    place.h = sprite->height;
    if (gst_microexpr_layout_place_label (layout, face->id, &face->box, &place)) {
      add (overlay, sprite, place.x, place.y);
      return;
    }
  }
  if (layout->n_faces == 1 &&
      gst_microexpr_layout_place_label_inside (layout, face->id, &face->box, &place))
    add (overlay, &event->sprites[GST_MICROEXPR_EVENT_SPRITE_NARROW], place.x, place.y);
}

/* The newest event first: it gets the place next to its face. */
static void
add_labels (GstMicroexprOverlay *overlay)
{
  for (guint i = 0; draws (overlay, GST_MICROEXPR_DRAW_LABELS) && i < GST_MICROEXPR_MAX_EVENTS;
       i++) {
    GstMicroexprShownEvent *event = gst_microexpr_scene_recent_event (&overlay->scene, i);
    if (is_shown (overlay, event))
      add_label (overlay, event);
  }
}

static void
add_timeline (
    GstMicroexprOverlay *overlay, GstMicroexprTimeline *timeline, const GstVideoRectangle *strip)
{
  GstMicroexprSpan spans[GST_MICROEXPR_MAX_EVENTS];
  guint n = 0;

  for (guint i = GST_MICROEXPR_MAX_EVENTS; i-- > 0;) {
    GstMicroexprShownEvent *event = gst_microexpr_scene_recent_event (&overlay->scene, i);
    if (is_known (overlay, event) && event->face == timeline->face)
      spans[n++] = event->span;
  }
  gst_microexpr_timeline_place (timeline, &overlay->text, &overlay->scene.style, spans, n,
      overlay->scene.now_ns, strip, overlay->rectangles);
}

/* Of the faces in view. */
static void
add_timelines (GstMicroexprOverlay *overlay)
{
  const GstMicroexprStyle *style = &overlay->scene.style;
  GstVideoRectangle strip;
  guint n = 0;

  for (guint i = 0; draws (overlay, GST_MICROEXPR_DRAW_TIMELINE) && i < style->n_timelines; i++)
    n += gst_microexpr_scene_has_timeline (&overlay->scene, i);
  n = gst_microexpr_layout_place_timelines (&overlay->layout, n, &strip);
  for (guint i = 0; n > 0; i++)
    if (gst_microexpr_scene_has_timeline (&overlay->scene, i)) {
      add_timeline (overlay, &overlay->scene.timelines[i], &strip);
      strip.y += style->timeline_px + style->margin_px;
      n--;
    }
}

static void
begin_layout (GstMicroexprOverlay *overlay)
{
  gst_microexpr_layout_begin (&overlay->layout, &overlay->scene.style);
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (overlay->scene.faces[i])
      gst_microexpr_layout_add_face (&overlay->layout, &overlay->scene.faces[i]->box);
}

/* The rectangles are those of the last composition. */
static gboolean
nothing_changed (const GstMicroexprOverlay *overlay)
{
  GstVideoOverlayComposition *last = overlay->composition;
  guint n = overlay->rectangles->len;

  if (!last || gst_video_overlay_composition_n_rectangles (last) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (gst_video_overlay_composition_get_rectangle (last, i) !=
        g_ptr_array_index (overlay->rectangles, i))
      return FALSE;
  return TRUE;
}

static GstVideoOverlayComposition *
composition_of (GPtrArray *rectangles)
{
  GstVideoOverlayComposition *composition = gst_video_overlay_composition_new (NULL);

  for (guint i = 0; i < rectangles->len; i++)
    gst_video_overlay_composition_add_rectangle (composition, g_ptr_array_index (rectangles, i));
  return composition;
}

/* There is no room for a rectangle of whole chroma samples. */
static gboolean
is_tiny (const GstMicroexprStyle *style)
{
  return style->width < style->grid || style->height < style->grid;
}

GstVideoOverlayComposition *
gst_microexpr_overlay_compose (GstMicroexprOverlay *overlay, GstClockTime stream_time)
{
  if (!overlay->info.finfo || is_tiny (&overlay->scene.style))
    return NULL;
  gst_microexpr_scene_set_time (&overlay->scene, stream_time);
  g_ptr_array_set_size (overlay->rectangles, 0);
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (overlay->scene.faces[i])
      add_face (overlay, overlay->scene.faces[i]);
  begin_layout (overlay);
  add_timelines (overlay);
  add_labels (overlay);
  if (overlay->rectangles->len == 0)
    return NULL;
  if (!nothing_changed (overlay)) {
    g_clear_pointer (&overlay->composition, gst_video_overlay_composition_unref);
    overlay->composition = composition_of (overlay->rectangles);
  }
  return gst_video_overlay_composition_ref (overlay->composition);
}
