/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the overlay remembers of a stream. Everything is taken from the structure of
 * GstMicroexprMeta; a missing or invalid field drops that face or event only. */
#include "scene.h"

#include <math.h>
#include <string.h>

#include "gstmicroexprenums.h"
#include "microexpr.h"
#include "event-label.h"

#define NO_BREAK "\u00a0" /* a space */
#define SMALLEST_BOX_PX 16
#define MAX_PX 1e6 /* of a coordinate or a length in the metas */

static void
face_free (GstMicroexprFace *face)
{
  gst_microexpr_sprites_clear (face->sprites, GST_MICROEXPR_N_FACE_SPRITES);
  g_free (face);
}

static void
forget_faces (GstMicroexprScene *scene)
{
  for (guint i = 0; i < ME_MAX_FACES; i++)
    g_clear_pointer (&scene->faces[i], face_free);
}

static void
event_clear (GstMicroexprShownEvent *event)
{
  g_free (event->label);
  g_free (event->name);
  gst_microexpr_sprites_clear (event->sprites, GST_MICROEXPR_N_EVENT_SPRITES);
  memset (event, 0, sizeof *event);
}

void
gst_microexpr_scene_init (GstMicroexprScene *scene)
{
  memset (scene, 0, sizeof *scene);
  gst_microexpr_look_init (&scene->look);
  gst_microexpr_scene_reset (scene);
}

void
gst_microexpr_scene_clear (GstMicroexprScene *scene)
{
  gst_microexpr_scene_reset (scene);
  gst_microexpr_look_clear (&scene->look);
}

void
gst_microexpr_scene_reset (GstMicroexprScene *scene)
{
  forget_faces (scene);
  for (guint i = 0; i < GST_MICROEXPR_MAX_EVENTS; i++)
    event_clear (&scene->events[i]);
  for (guint i = 0; i < GST_MICROEXPR_MAX_TIMELINES; i++)
    gst_microexpr_timeline_clear (&scene->timelines[i]);
  scene->now_ns = 0;
}

static void
drop_pictures (GstMicroexprScene *scene)
{
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (scene->faces[i])
      gst_microexpr_sprites_clear (scene->faces[i]->sprites, GST_MICROEXPR_N_FACE_SPRITES);
  for (guint i = 0; i < GST_MICROEXPR_MAX_EVENTS; i++)
    gst_microexpr_sprites_clear (scene->events[i].sprites, GST_MICROEXPR_N_EVENT_SPRITES);
  for (guint i = 0; i < GST_MICROEXPR_MAX_TIMELINES; i++)
    gst_microexpr_timeline_drop_pictures (&scene->timelines[i]);
}

void
gst_microexpr_scene_set_look (GstMicroexprScene *scene, const GstMicroexprLook *look)
{
  gst_microexpr_look_copy (&scene->look, look);
  for (guint i = 0; i < GST_MICROEXPR_MAX_EVENTS; i++)
    scene->events[i].span.argb = gst_microexpr_look_colour (look, scene->events[i].name);
  drop_pictures (scene);
}

void
gst_microexpr_scene_set_style (GstMicroexprScene *scene, const GstVideoInfo *info)
{
  int width = scene->style.width, height = scene->style.height;

  gst_microexpr_style_init (&scene->style, &scene->look, info);
  drop_pictures (scene);
  if (width != scene->style.width || height != scene->style.height)
    forget_faces (scene);
}

static double
get_double (const GstStructure *s, const char *field)
{
  double value = 0;

  gst_structure_get_double (s, field, &value);
  return value;
}

static gint64
get_time (const GstStructure *s, const char *field)
{
  guint64 value = 0;

  gst_structure_get_uint64 (s, field, &value);
  return (gint64)MIN (value, (guint64)G_MAXINT64);
}

/* The box of a face or an event, inside the picture and on the grid; FALSE: too small or none. */
static gboolean
get_box (const GstMicroexprStyle *style, const GstStructure *s, GstVideoRectangle *box)
{
  guint x, y, width, height;

  if (!gst_structure_get (s, "x", G_TYPE_UINT, &x, "y", G_TYPE_UINT, &y, "width", G_TYPE_UINT,
          &width, "height", G_TYPE_UINT, &height, NULL))
    return FALSE;
  guint64 right = MIN ((guint64)x + width, (guint64)style->width);
  guint64 bottom = MIN ((guint64)y + height, (guint64)style->height);
  if (right < (guint64)x + SMALLEST_BOX_PX || bottom < (guint64)y + SMALLEST_BOX_PX)
    return FALSE;
  box->x = gst_microexpr_style_floor (style, (int)x);
  box->y = gst_microexpr_style_floor (style, (int)y);
  box->w = gst_microexpr_style_floor (style, (int)right) - box->x;
  box->h = gst_microexpr_style_floor (style, (int)bottom) - box->y;
  return TRUE;
}

/* NULL: not known. */
static GstMicroexprFace *
find_face (const GstMicroexprScene *scene, guint id)
{
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (scene->faces[i] && scene->faces[i]->id == id)
      return scene->faces[i];
  return NULL;
}

/* NULL: there are too many. */
static GstMicroexprFace *
add_face (GstMicroexprScene *scene, guint id)
{
  guint i = 0;

  while (i < ME_MAX_FACES && scene->faces[i])
    i++;
  if (i == ME_MAX_FACES)
    return NULL;
  scene->faces[i] = g_new0 (GstMicroexprFace, 1);
  scene->faces[i]->id = id;
  return scene->faces[i];
}

const GstMicroexprFace *
gst_microexpr_scene_face (const GstMicroexprScene *scene, guint id)
{
  return find_face (scene, id);
}

static void
read_landmarks (GstMicroexprFace *face, const GstStructure *s)
{
  const GValue *array = gst_structure_get_value (s, "landmarks");
  guint n = array && GST_VALUE_HOLDS_ARRAY (array) ? gst_value_array_get_size (array) / 2 : 0;

  n = face->n_landmarks = MIN (n, GST_MICROEXPR_MAX_LANDMARKS);
  for (guint i = 0; i < 2 * n; i++) {
    const GValue *value = gst_value_array_get_value (array, i);
    double px = G_VALUE_HOLDS_DOUBLE (value) ? g_value_get_double (value) : 0;
    face->landmarks[i / 2][i % 2] = (float)fmin (fmax (px, -MAX_PX), MAX_PX); /* NaN too */
  }
}

/* The arrow of a movement; s: an item of the list `regions`. FALSE: it is incomplete, there is no
 * motion, or the arrow would be longer than the picture. */
static gboolean
get_arrow (
    const GstMicroexprStyle *style, const GstStructure *s, double ipd_px, GstMicroexprArrow *arrow)
{
  double x, y, dx, dy, length, gain;

  if (!gst_structure_get (s, "x", G_TYPE_DOUBLE, &x, "y", G_TYPE_DOUBLE, &y, "dx", G_TYPE_DOUBLE,
          &dx, "dy", G_TYPE_DOUBLE, &dy, NULL))
    return FALSE;
  length = hypot (dx, dy) / 100 * GST_MICROEXPR_ARROW_GAIN;
  if (!(length > 0) || !isfinite (length + x + y) || !(ipd_px > 0 && ipd_px < MAX_PX))
    return FALSE;
  gain = ipd_px / 100 * GST_MICROEXPR_ARROW_GAIN * MIN (1, GST_MICROEXPR_ARROW_MAX_IPD / length);
  arrow->x = (float)CLAMP (x, -MAX_PX, MAX_PX);
  arrow->y = (float)CLAMP (y, -MAX_PX, MAX_PX);
  arrow->dx = (float)(dx * gain * style->x_scale);
  arrow->dy = (float)(dy * gain);
  return hypotf (arrow->dx, arrow->dy) > 0 && fabsf (arrow->dx) <= (float)style->width &&
         fabsf (arrow->dy) <= (float)style->height;
}

static void
read_arrows (GstMicroexprScene *scene, GstMicroexprFace *face, const GstStructure *s)
{
  const GValue *list = gst_structure_get_value (s, "regions");
  guint n = list && GST_VALUE_HOLDS_LIST (list) ? gst_value_list_get_size (list) : 0;

  face->n_arrows = 0;
  for (guint i = 0; i < n && face->n_arrows < ME_MAX_MOVEMENTS; i++) {
    const GValue *value = gst_value_list_get_value (list, i);
    face->n_arrows += GST_VALUE_HOLDS_STRUCTURE (value) &&
                      get_arrow (&scene->style, gst_value_get_structure (value),
                          get_double (s, "ipd"), &face->arrows[face->n_arrows]);
  }
}

static void
read_face (GstMicroexprScene *scene, const GstStructure *s)
{
  guint id;
  GstVideoRectangle box;
  GstMicroexprFace *face;

  if (!gst_structure_get_uint (s, "id", &id) || !get_box (&scene->style, s, &box) ||
      !((face = find_face (scene, id)) || (face = add_face (scene, id))))
    return;
  face->seen = TRUE;
  face->box = box;
  face->motion = get_double (s, "motion");
  face->noise = get_double (s, "noise");
  face->speaking = get_double (s, "speaking");
  read_landmarks (face, s);
  read_arrows (scene, face, s);
}

static guint
get_kind (const GstStructure *s)
{
  const char *name = gst_structure_get_string (s, "kind");

  for (guint kind = ME_KIND_MICRO; name && kind <= ME_KIND_BLINK; kind <<= 1)
    if (g_str_equal (name, me_kind_name (kind)))
      return kind;
  return 0;
}

static GstMicroexprShownEvent *
find_event (GstMicroexprScene *scene, guint64 id)
{
  for (guint i = 0; i < GST_MICROEXPR_MAX_EVENTS; i++)
    if (scene->events[i].used && scene->events[i].id == id)
      return &scene->events[i];
  return NULL;
}

/* Whose numbers stay with their unit when it is broken into lines. */
static char *
event_label (const GstStructure *s)
{
  static const char *const units[] = { "%", "ms", "s" };
  char *label = gst_microexpr_event_label (s);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    char *unit = g_strconcat (" ", units[i], NULL),
         *joined = g_strconcat (NO_BREAK, units[i], NULL);
    char **parts = g_strsplit (label, unit, -1);
    g_free (label);
    label = g_strjoinv (joined, parts);
    g_strfreev (parts);
    g_free (joined);
    g_free (unit);
  }
  return label;
}

static void
read_event (GstMicroexprScene *scene, const GstStructure *s)
{
  guint64 id = 0;
  GstMicroexprShownEvent *event;

  if (gst_microexpr_event_is_candidate (s))
    return;
  gst_structure_get_uint64 (s, "id", &id);
  event = find_event (scene, id);
  if (event) {
    if (event->on_time && scene->now_ns <= event->span.offset_ns)
      event->last_ns = scene->now_ns;
    return;
  }
  event = &scene->events[scene->next_event++ % GST_MICROEXPR_MAX_EVENTS];
  event_clear (event);
  event->used = TRUE;
  event->id = id;
  gst_structure_get_uint (s, "face", &event->face);
  event->name = g_strdup (gst_microexpr_event_name (s));
  event->label = event_label (s);
  event->span = (GstMicroexprSpan){ get_time (s, "onset"), get_time (s, "apex"),
    get_time (s, "offset"), gst_microexpr_look_colour (&scene->look, event->name),
    event->name ? event->name : "", &event->sprites[GST_MICROEXPR_EVENT_SPRITE_NAME] };
  event->kind = get_kind (s);
  event->first_ns = event->last_ns = scene->now_ns;
  event->on_time = event->span.onset_ns <= scene->now_ns && scene->now_ns <= event->span.offset_ns;
}

static void
for_each_structure (GstMicroexprScene *scene, const GstStructure *meta, const char *field,
    void (*read) (GstMicroexprScene *, const GstStructure *))
{
  const GValue *list = gst_structure_get_value (meta, field);

  if (!list || !GST_VALUE_HOLDS_LIST (list))
    return;
  for (guint i = 0; i < gst_value_list_get_size (list); i++) {
    const GValue *value = gst_value_list_get_value (list, i);
    if (GST_VALUE_HOLDS_STRUCTURE (value))
      read (scene, gst_value_get_structure (value));
  }
}

gboolean
gst_microexpr_scene_has_timeline (const GstMicroexprScene *scene, guint i)
{
  gint64 face = scene->timelines[i].face;

  return gst_microexpr_timeline_is_alive (&scene->timelines[i], scene->now_ns) &&
         find_face (scene, (guint)face) != NULL;
}

static GstMicroexprTimeline *
find_timeline (GstMicroexprScene *scene, guint face)
{
  for (guint i = 0; i < scene->style.n_timelines; i++)
    if (scene->timelines[i].face == face)
      return &scene->timelines[i];
  return NULL;
}

/* The largest visible face that has no timeline yet. */
static const GstMicroexprFace *
face_without_timeline (GstMicroexprScene *scene)
{
  const GstMicroexprFace *largest = NULL;

  for (guint i = 0; i < ME_MAX_FACES; i++) {
    const GstMicroexprFace *face = scene->faces[i];
    if (face && !find_timeline (scene, face->id) &&
        (!largest || face->box.w * face->box.h > largest->box.w * largest->box.h))
      largest = face;
  }
  return largest;
}

/* A face keeps its timeline while it is in view; then another face may have it. One that returns to
 * it finds what was there before. */
static void
assign_timelines (GstMicroexprScene *scene)
{
  for (guint i = 0; i < scene->style.n_timelines; i++) {
    GstMicroexprTimeline *timeline = &scene->timelines[i];
    if (gst_microexpr_scene_has_timeline (scene, i))
      continue;
    const GstMicroexprFace *face = face_without_timeline (scene);
    if (face || !gst_microexpr_timeline_is_alive (timeline, scene->now_ns))
      gst_microexpr_timeline_start (timeline, face ? (gint64)face->id : -1);
    if (face)
      timeline->last_ns = scene->now_ns;
  }
}

void
gst_microexpr_scene_set_time (GstMicroexprScene *scene, GstClockTime stream_time)
{
  if (GST_CLOCK_TIME_IS_VALID (stream_time))
    scene->now_ns = (gint64)stream_time;
}

static void
read_faces (GstMicroexprScene *scene, const GstStructure *meta)
{
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (scene->faces[i])
      scene->faces[i]->seen = FALSE;
  for_each_structure (scene, meta, "faces", read_face);
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (scene->faces[i] && !scene->faces[i]->seen)
      g_clear_pointer (&scene->faces[i], face_free);
}

static void
add_motion (GstMicroexprScene *scene)
{
  assign_timelines (scene);
  for (guint i = 0; i < ME_MAX_FACES; i++) {
    const GstMicroexprFace *face = scene->faces[i];
    GstMicroexprTimeline *timeline = face ? find_timeline (scene, face->id) : NULL;
    if (timeline)
      gst_microexpr_timeline_add (
          timeline, &(GstMicroexprSample){ scene->now_ns, (float)face->motion, (float)face->noise,
                        face->speaking > me_warning_rule (ME_WARNING_SPEAKING)->limit });
  }
}

/* Events known at the end of a stream come without faces: those of the last frame stay. */
void
gst_microexpr_scene_push (
    GstMicroexprScene *scene, const GstStructure *meta, GstClockTime stream_time)
{
  if (!meta)
    return;
  gst_microexpr_scene_set_time (scene, stream_time);
  for_each_structure (scene, meta, "events", read_event);
  if (!gst_structure_has_field (meta, "faces"))
    return;
  read_faces (scene, meta);
  add_motion (scene);
}

GstMicroexprShownEvent *
gst_microexpr_scene_recent_event (GstMicroexprScene *scene, guint i)
{
  return &scene->events[(scene->next_event + GST_MICROEXPR_MAX_EVENTS - 1 - i) %
                        GST_MICROEXPR_MAX_EVENTS];
}
