/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The way out of the element microexpr: element messages on the bus, metas on buffers. The fields
 * of both are documented with the element. */
#include "reporter.h"

#include "analytics.h"
#include "structure-list.h"

#define UPRIGHT "rotate-0" /* of the tag image-orientation */

static void
reset_list (GValue *list)
{
  if (G_IS_VALUE (list))
    g_value_unset (list);
  gst_microexpr_list_init (list);
}

void
gst_microexpr_reporter_init (GstMicroexprReporter *reporter, GstElement *element, GstPad *sinkpad)
{
  reporter->element = element;
  reporter->sinkpad = sinkpad;
  reporter->placement = (GstMicroexprPlacement)GST_MICROEXPR_PLACEMENT_INIT;
  reporter->face_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  gst_microexpr_settings_init (&reporter->settings);
  gst_microexpr_reporter_forget (reporter);
}

void
gst_microexpr_reporter_clear (GstMicroexprReporter *reporter)
{
  gst_microexpr_settings_clear (&reporter->settings);
  g_value_unset (&reporter->events);
  g_value_unset (&reporter->faces);
  g_array_unref (reporter->face_ids);
  g_free (reporter->orientation);
}

void
gst_microexpr_reporter_forget (GstMicroexprReporter *reporter)
{
  reset_list (&reporter->events);
  reset_list (&reporter->faces);
  g_array_set_size (reporter->face_ids, 0);
  gst_microexpr_reporter_begin_stream (reporter);
}

void
gst_microexpr_reporter_begin_stream (GstMicroexprReporter *reporter)
{
  gst_microexpr_wall_clock_init (&reporter->wall);
  g_clear_pointer (&reporter->orientation, g_free);
}

void
gst_microexpr_reporter_set_orientation (GstMicroexprReporter *reporter, const char *orientation)
{
  g_free (reporter->orientation);
  reporter->orientation =
      g_str_equal (orientation ? orientation : UPRIGHT, UPRIGHT) ? NULL : g_strdup (orientation);
}

/* Takes the structure. */
static void
post (GstMicroexprReporter *reporter, GstStructure *structure)
{
  gst_element_post_message (
      reporter->element, gst_message_new_element (GST_OBJECT (reporter->element), structure));
}

static void
set_source (const GstMicroexprReporter *reporter, GstStructure *structure)
{
  const char *source = reporter->settings.source;

  if (source && *source)
    gst_structure_set (structure, "source", G_TYPE_STRING, source, NULL);
}

static void
set_utc (GstMicroexprReporter *reporter, GstStructure *structure, const GstMicroexprTimes *times)
{
  char *utc = gst_microexpr_wall_clock_format (
      &reporter->wall, reporter->element, reporter->sinkpad, times->timestamp, times->running_time);

  if (utc)
    gst_structure_set (structure, "utc", G_TYPE_STRING, utc, NULL);
  g_free (utc);
}

/* Whether it is on the first view: in the other ones of stereo video all is seen once more. */
static gboolean
is_in_first_view (const GstMicroexprReporter *reporter, const MeBox *box)
{
  return (reporter->first_width == 0 || box->x + box->width / 2 < reporter->first_width) &&
         (reporter->first_height == 0 || box->y + box->height / 2 < reporter->first_height);
}

static void
take_event (GstMicroexprReporter *reporter, const MeEvent *event, const GstSegment *segment)
{
  MeEvent seen = *event;
  GstMicroexprTimes times;
  GstStructure *structure;

  seen.box = gst_microexpr_placement_apply (&reporter->placement, event->box);
  if (!is_in_first_view (reporter, &seen.box))
    return;
  if (reporter->settings.interpretation == GST_MICROEXPR_INTERPRETATION_ACTION_UNITS)
    seen.emotion = ME_EMOTION_NONE; /* also for what was measured before the property changed */
  gst_microexpr_times_init (&times, segment, event->onset_ns, event->apex_ns, event->offset_ns);
  structure = gst_microexpr_event_to_structure (&seen, &times, "microexpr-event", TRUE);
  set_source (reporter, structure);
  set_utc (reporter, structure, &times);
  if (reporter->settings.messages & GST_MICROEXPR_MESSAGE_EVENTS)
    post (reporter, gst_structure_copy (structure));
  gst_microexpr_list_append (&reporter->events, structure);
}

void
gst_microexpr_reporter_take_events (
    GstMicroexprReporter *reporter, MeAnalyzer *analyzer, const GstMicroexprSegments *segments)
{
  const MeEvent *event;

  while ((event = me_analyzer_pop_event (analyzer)))
    take_event (reporter, event, gst_microexpr_segments_at (segments, event->onset_ns));
}

/* A message about a moment. */
static GstStructure *
new_message (const GstMicroexprReporter *reporter, const char *name, const GstSegment *segment,
    GstClockTime time)
{
  GstMicroexprTimes times;
  GstStructure *structure;

  gst_microexpr_times_init (&times, segment, time, time, time);
  structure = gst_structure_new (name, "timestamp", G_TYPE_UINT64, times.timestamp, "stream-time",
      G_TYPE_UINT64, times.onset, "running-time", G_TYPE_UINT64, times.running_time, NULL);
  set_source (reporter, structure);
  return structure;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

/* Whether the set of faces is another than the one reported last, which it becomes. */
static gboolean
update_face_ids (GArray *ids, const MeFace *faces, guint n_faces)
{
  guint now[ME_MAX_FACES];
  guint n = MIN (n_faces, G_N_ELEMENTS (now));

  for (guint i = 0; i < n; i++)
    now[i] = faces[i].id;
  qsort (now, n, sizeof *now, compare_ids);
  if (ids->len == n && (n == 0 || memcmp (ids->data, now, n * sizeof *now) == 0))
    return FALSE;
  g_array_set_size (ids, 0);
  g_array_append_vals (ids, now, n);
  return TRUE;
}

void
gst_microexpr_reporter_take_faces (GstMicroexprReporter *reporter, const MeAnalyzer *analyzer,
    const GstSegment *segment, GstClockTime time)
{
  guint n_faces = 0;
  const MeFace *faces = analyzer ? me_analyzer_faces (analyzer, &n_faces) : NULL;
  gboolean changed;

  reset_list (&reporter->faces);
  reporter->unseen = !analyzer;
  for (guint i = 0; i < n_faces; i++)
    gst_microexpr_list_append (
        &reporter->faces, gst_microexpr_face_to_structure (
                              &faces[i], &reporter->placement, reporter->settings.face_data));
  changed = analyzer && update_face_ids (reporter->face_ids, faces, n_faces);
  if (changed && (reporter->settings.messages & GST_MICROEXPR_MESSAGE_FACES)) {
    GstStructure *message = new_message (reporter, "microexpr-faces", segment, time);
    gst_structure_set_value (message, "faces", &reporter->faces);
    post (reporter, message);
  }
}

void
gst_microexpr_reporter_warn (GstMicroexprReporter *reporter, const MeWarning *warning,
    const GstSegment *segment, GstClockTime time)
{
  const MeWarningRule *rule = me_warning_rule (warning->reason);
  GstStructure *message;

  if (!(reporter->settings.messages & GST_MICROEXPR_MESSAGE_WARNINGS))
    return;
  message = new_message (reporter, "microexpr-warning", segment, time);
  gst_structure_set (message, "reason", G_TYPE_STRING, rule->name, "active", G_TYPE_BOOLEAN,
      warning->active, "value", G_TYPE_DOUBLE, warning->value, "limit", G_TYPE_DOUBLE,
      warning->limit, "unit", G_TYPE_STRING, rule->unit, NULL);
  if (reporter->orientation && warning->reason == ME_WARNING_NO_FACE)
    gst_structure_set (message, "orientation", G_TYPE_STRING, reporter->orientation, NULL);
  if (rule->of_face)
    gst_structure_set (message, "face", G_TYPE_UINT, (guint)warning->face, NULL);
  post (reporter, message);
}

guint
gst_microexpr_reporter_take_warnings (GstMicroexprReporter *reporter, MeAnalyzer *analyzer,
    const GstSegment *segment, GstClockTime time)
{
  const MeWarning *warning;
  guint started = 0;

  while ((warning = me_analyzer_pop_warning (analyzer))) {
    gst_microexpr_reporter_warn (reporter, warning, segment, time);
    started += warning->active ? 1 : 0;
  }
  return started;
}

void
gst_microexpr_reporter_attach (
    GstBuffer *buffer, GValue *events, const GValue *labels, GValue *faces, int width, int height)
{
  gst_microexpr_roi_attach (buffer, labels, faces, width, height);
  gst_microexpr_analytics_attach (buffer, labels, faces, GST_BUFFER_PTS (buffer));
  gst_microexpr_meta_attach (buffer, events, faces);
}

GValue
gst_microexpr_reporter_steal_faces (GstMicroexprReporter *reporter)
{
  GValue faces = reporter->faces;

  reporter->faces = (GValue)G_VALUE_INIT;
  reset_list (&reporter->faces);
  return faces;
}

GstStructure *
gst_microexpr_reporter_take_rest (GstMicroexprReporter *reporter)
{
  GstStructure *rest;

  if (gst_value_list_get_size (&reporter->events) == 0)
    return NULL;
  rest = gst_structure_new_empty (GST_MICROEXPR_META_NAME);
  reset_list (&reporter->faces);
  gst_structure_take_value (rest, "events", &reporter->events);
  gst_structure_take_value (rest, "faces", &reporter->faces);
  reset_list (&reporter->events);
  reset_list (&reporter->faces);
  return rest;
}
