/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of the page as JSON. */
#include "report.h"

#include <math.h>

#include "shared/json.h"
#include "portrait.h"

/* The times of the frames in microseconds as base64: the first time, then the differences, each in
 * unsigned LEB128. */
static void
write_frames (JsonBuilder *json, const GArray *frames)
{
  GByteArray *bytes = g_byte_array_new ();
  guint64 last_us = 0;
  char *text;

  for (guint i = 0; i < frames->len; i++) {
    guint64 us = g_array_index (frames, guint64, i) / GST_USECOND, step = us - last_us;

    last_us = us;
    for (; step >= 0x80; step >>= 7)
      g_byte_array_append (bytes, &(guint8){ (guint8)(step & 0x7f) | 0x80 }, 1);
    g_byte_array_append (bytes, &(guint8){ (guint8)step }, 1);
  }
  text = g_base64_encode (bytes->data, bytes->len);
  app_json_string (json, "frames", text);
  g_free (text);
  g_byte_array_unref (bytes);
}

/* --- events --- */

/* An arrow in the portrait of the apex: its start, px, and the motion of the region since the
 * onset, % IPD. */
static void
write_arrow (JsonBuilder *json, const AppMovement *m, const AppMoment *onset,
    const cairo_matrix_t *to_portrait, double pixel_aspect)
{
  double x = m->x * pixel_aspect, y = m->y, dx, dy;
  double scale = hypot (to_portrait->xx, to_portrait->yx);

  app_movement_since (m, onset, &dx, &dy);
  cairo_matrix_transform_point (to_portrait, &x, &y);
  cairo_matrix_transform_distance (to_portrait, &dx, &dy);
  json_builder_begin_object (json);
  app_json_string (json, "name", m->name);
  if (m->side)
    app_json_string (json, "side", m->side);
  app_json_rounded (json, "x", x);
  app_json_rounded (json, "y", y);
  app_json_rounded (json, "dx", dx / scale);
  app_json_rounded (json, "dy", dy / scale);
  json_builder_end_object (json);
}

static void
write_arrows (JsonBuilder *json, const ReviewEvent *event, double pixel_aspect)
{
  cairo_matrix_t place;

  app_json_begin_array (json, "arrows");
  if (event->onset && event->apex) {
    place = review_portrait_place (event->onset, pixel_aspect);
    place = review_portrait_follow (&place, event->onset, event->apex, pixel_aspect);
    if (cairo_matrix_invert (&place) == CAIRO_STATUS_SUCCESS)
      for (guint i = 0; i < event->apex->n_movements; i++)
        write_arrow (json, &event->apex->movements[i], event->onset, &place, pixel_aspect);
  }
  json_builder_end_array (json);
}

static void
write_events (JsonBuilder *json, const ReviewAnalysis *analysis)
{
  app_json_begin_array (json, "events");
  for (guint i = 0; i < analysis->events->len; i++) {
    const ReviewEvent *event = g_ptr_array_index (analysis->events, i);
    JsonNode *fields = json_node_alloc ();

    json_node_init_object (fields, event->fields);
    json_builder_begin_object (json);
    json_builder_set_member_name (json, "fields");
    json_builder_add_value (json, fields);
    write_arrows (json, event, analysis->pixel_aspect);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* --- the rest --- */

static void
write_warnings (JsonBuilder *json, const ReviewAnalysis *analysis)
{
  guint64 last = g_array_index (analysis->frames, guint64, analysis->frames->len - 1);

  app_json_begin_array (json, "warnings");
  for (guint i = 0; i < analysis->warnings->len; i++) {
    const ReviewWarning *warning = g_ptr_array_index (analysis->warnings, i);

    json_builder_begin_object (json);
    app_json_string (json, "reason", warning->reason);
    if (warning->face >= 0)
      app_json_int (json, "face", warning->face);
    app_json_int (json, "start", warning->start_ns);
    app_json_int (json, "end", MIN (warning->end_ns, last));
    app_json_rounded (json, "value", warning->value);
    app_json_rounded (json, "limit", warning->limit);
    app_json_string (json, "unit", warning->unit ? warning->unit : "");
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
write_faces (JsonBuilder *json, const ReviewAnalysis *analysis)
{
  json_builder_set_member_name (json, "motion");
  review_motion_write_legend (json);
  app_json_begin_array (json, "faces");
  for (guint i = 0; i < analysis->motions->len; i++)
    review_motion_write (g_ptr_array_index (analysis->motions, i), json);
  json_builder_end_array (json);
}

/* A hash of the events; the browser stores decisions under it. */
static char *
identify (const ReviewAnalysis *analysis)
{
  GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
  char *id;

  for (guint i = 0; i < analysis->events->len; i++) {
    const ReviewEvent *event = g_ptr_array_index (analysis->events, i);
    JsonNode *node = json_node_init_object (json_node_alloc (), event->fields);
    char *text = json_to_string (node, FALSE);

    g_checksum_update (sum, (const guchar *)text, -1);
    g_free (text);
    json_node_unref (node);
  }
  id = g_strndup (g_checksum_get_string (sum), 16);
  g_checksum_free (sum);
  return id;
}

static void
write_recording (JsonBuilder *json, const ReviewAnalysis *analysis, const ReviewSettings *settings)
{
  char *name = g_filename_display_basename (settings->recording), *id = identify (analysis);

  app_json_begin_object (json, "recording");
  app_json_string (json, "name", name);
  app_json_string (json, "id", id);
  app_json_int (json, "duration", analysis->duration_ns);
  app_json_int (json, "seen", analysis->seen_ns);
  app_json_int (json, "width", MAX (analysis->width, 0));
  app_json_int (json, "height", MAX (analysis->height, 0));
  if (analysis->codec)
    app_json_string (json, "codec", analysis->codec);
  app_json_boolean (json, "complete", analysis->complete);
  if (analysis->problem)
    app_json_string (json, "problem", analysis->problem);
  json_builder_end_object (json);
  g_free (id);
  g_free (name);
}

static void
write_settings (JsonBuilder *json, const ReviewSettings *settings)
{
  app_json_begin_array (json, "settings");
  for (guint i = 0; settings->properties[i]; i++)
    json_builder_add_string_value (json, settings->properties[i]);
  json_builder_end_array (json);
}

void
review_report_write_origin (JsonBuilder *json)
{
  GDateTime *now = g_date_time_new_now_local ();
  char *created = g_date_time_format_iso8601 (now);

  app_json_string (json, "generator", "gst-microexpr " VERSION);
  app_json_string (json, "created", created);
  g_free (created);
  g_date_time_unref (now);
}

char *
review_report_write (
    const ReviewAnalysis *analysis, const ReviewSettings *settings, const char *video)
{
  JsonBuilder *json = json_builder_new_immutable ();
  char *text;

  json_builder_begin_object (json);
  review_report_write_origin (json);
  if (video)
    app_json_string (json, "video", video);
  write_recording (json, analysis, settings);
  write_settings (json, settings);
  write_frames (json, analysis->frames);
  write_faces (json, analysis);
  write_warnings (json, analysis);
  write_events (json, analysis);
  json_builder_end_object (json);
  text = app_json_to_text (json, FALSE);
  g_object_unref (json);
  return text;
}

/* --- the index page --- */

static const char *const counted[] = { "id", "kind", "face", "onset", "apex", "offset", "emotion",
  "confidence", "candidate", "intensity", "action-units", "facs", NULL };

void
review_report_summarize (
    const ReviewAnalysis *analysis, const ReviewSettings *settings, JsonBuilder *json)
{
  write_recording (json, analysis, settings);
  write_settings (json, settings);
  write_frames (json, analysis->frames);
  app_json_begin_array (json, "events");
  for (guint i = 0; i < analysis->events->len; i++) {
    const ReviewEvent *event = g_ptr_array_index (analysis->events, i);

    json_builder_begin_object (json);
    json_builder_set_member_name (json, "fields");
    json_builder_begin_object (json);
    for (guint k = 0; counted[k]; k++)
      if (json_object_has_member (event->fields, counted[k])) {
        json_builder_set_member_name (json, counted[k]);
        json_builder_add_value (json, json_object_dup_member (event->fields, counted[k]));
      }
    json_builder_end_object (json);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}
