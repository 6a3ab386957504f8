/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Translates what the analysis has concluded into structures and posts the element messages, whose
 * fields are documented in docs/microexpr.md. */
#include "reporter.h"

#include <stdlib.h>
#include <string.h>

#include "gstmicroexprmeta.h"
#include "structure-list.h"

/* structure: transfer full. */
static void
post (const GstMicroexprContext *context, GstStructure *structure)
{
  gst_element_post_message (
      context->element, gst_message_new_element (GST_OBJECT (context->element), structure));
}

static void
set_source (const GstMicroexprContext *context, GstStructure *structure)
{
  const char *source = context->settings.source;

  if (source && *source)
    gst_structure_set (structure, "source", G_TYPE_STRING, source, NULL);
}

static void
set_utc (
    const GstMicroexprContext *context, GstStructure *structure, const GstMicroexprTimes *times)
{
  char *utc = gst_microexpr_wall_clock_format (
      &context->wall, context->element, times->timestamp, times->running_time);

  if (utc)
    gst_structure_set (structure, "utc", G_TYPE_STRING, utc, NULL);
  g_free (utc);
}

/* Stereo video in one picture shows every face once more in the other view. Both are followed, so
 * that anonymising covers the faces in each; the first one reports. */
static gboolean
is_in_first_view (const GstVideoInfo *info, const MeBox *box)
{
  switch (GST_VIDEO_INFO_MULTIVIEW_MODE (info)) {
  case GST_VIDEO_MULTIVIEW_MODE_SIDE_BY_SIDE:
  case GST_VIDEO_MULTIVIEW_MODE_SIDE_BY_SIDE_QUINCUNX:
    return box->x + box->width / 2 < GST_VIDEO_INFO_WIDTH (info) / 2;
  case GST_VIDEO_MULTIVIEW_MODE_TOP_BOTTOM:
    return box->y + box->height / 2 < GST_VIDEO_INFO_HEIGHT (info) / 2;
  default:
    return TRUE;
  }
}

static void
report_event (const GstMicroexprContext *context, const MeEvent *event, GValue *events)
{
  MeEvent seen = *event;
  GstMicroexprTimes times;
  GstStructure *structure;

  seen.box = gst_microexpr_placement_apply (&context->placement, event->box);
  if (!is_in_first_view (&context->info, &seen.box))
    return;
  if (context->settings.interpretation == GST_MICROEXPR_INTERPRETATION_ACTION_UNITS)
    seen.emotion = ME_EMOTION_NONE; /* also for what was measured before the property changed */
  gst_microexpr_times_init (&times, gst_microexpr_segments_at (&context->segments, event->onset_ns),
      event->onset_ns, event->apex_ns, event->offset_ns);
  structure = gst_microexpr_event_to_structure (&seen, &times, "microexpr-event", TRUE);
  set_source (context, structure);
  set_utc (context, structure, &times);
  if (context->settings.messages & GST_MICROEXPR_MESSAGE_EVENTS)
    post (context, gst_structure_copy (structure));
  gst_microexpr_list_append (events, structure);
}

void
gst_microexpr_report_events (
    const GstMicroexprContext *context, MeAnalyzer *analyzer, GValue *events)
{
  const MeEvent *event;

  while ((event = me_analyzer_pop_event (analyzer)))
    report_event (context, event, events);
}

/* A message about the frame at `time`. */
static GstStructure *
new_message (const GstMicroexprContext *context, const char *name, GstClockTime time)
{
  GstMicroexprTimes times;
  GstStructure *structure;

  gst_microexpr_times_init (&times, &context->segment, time, time, time);
  structure = gst_structure_new (name, "timestamp", G_TYPE_UINT64, times.timestamp, "stream-time",
      G_TYPE_UINT64, times.onset, "running-time", G_TYPE_UINT64, times.running_time, NULL);
  set_source (context, structure);
  return structure;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

/* Whether these faces are another set than the one posted last, which they become. */
static gboolean
update_face_set (GstMicroexprFaceSet *posted, const MeFace *faces, guint n_faces)
{
  GstMicroexprFaceSet now = { .n = MIN (n_faces, ME_MAX_FACES) };
  gboolean changed;

  for (guint i = 0; i < now.n; i++)
    now.ids[i] = faces[i].id;
  qsort (now.ids, now.n, sizeof *now.ids, compare_ids);
  changed = now.n != posted->n || memcmp (now.ids, posted->ids, now.n * sizeof *now.ids) != 0;
  *posted = now;
  return changed;
}

void
gst_microexpr_report_faces (const GstMicroexprContext *context, const MeAnalyzer *analyzer,
    GstClockTime time, GstMicroexprFaceSet *posted, GValue *list)
{
  guint n_faces;
  const MeFace *faces = me_analyzer_faces (analyzer, &n_faces);
  GstStructure *message;

  for (guint i = 0; i < n_faces; i++)
    gst_microexpr_list_append (list, gst_microexpr_face_to_structure (&faces[i],
                                         &context->placement, context->settings.face_data));
  if (!update_face_set (posted, faces, n_faces) ||
      !(context->settings.messages & GST_MICROEXPR_MESSAGE_FACES))
    return;
  message = new_message (context, "microexpr-faces", time);
  gst_microexpr_list_init (list);
  gst_structure_set_value (message, "faces", list);
  post (context, message);
}

void
gst_microexpr_report_warning (
    const GstMicroexprContext *context, const MeWarning *warning, GstClockTime time)
{
  const MeWarningRule *rule = me_warning_rule (warning->reason);
  GstStructure *message;

  if (!(context->settings.messages & GST_MICROEXPR_MESSAGE_WARNINGS))
    return;
  message = new_message (context, "microexpr-warning", time);
  gst_structure_set (message, "reason", G_TYPE_STRING, rule->name, "active", G_TYPE_BOOLEAN,
      warning->active, "value", G_TYPE_DOUBLE, warning->value, "limit", G_TYPE_DOUBLE,
      warning->limit, "unit", G_TYPE_STRING, rule->unit, NULL);
  if (context->orientation && warning->reason == ME_WARNING_NO_FACE)
    gst_structure_set (message, "orientation", G_TYPE_STRING, context->orientation, NULL);
  if (rule->of_face)
    gst_structure_set (message, "face", G_TYPE_UINT, (guint)warning->face, NULL);
  post (context, message);
}

guint
gst_microexpr_report_warnings (
    const GstMicroexprContext *context, MeAnalyzer *analyzer, GstClockTime time)
{
  const MeWarning *warning;
  guint started = 0;

  while ((warning = me_analyzer_pop_warning (analyzer))) {
    gst_microexpr_report_warning (context, warning, time);
    started += warning->active ? 1 : 0;
  }
  return started;
}
