/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of the page as JSON. */
#include "report.h"

#include <math.h>

#include "portrait.h"

/* --- small things --- */

static void
write_string (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, value);
}

static void
write_int (JsonBuilder *json, const char *name, guint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, (gint64)value);
}

/* To three digits behind the point: all that a drawing shows. */
static void
write_number (JsonBuilder *json, const char *name, double value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, round (value * 1000) / 1000);
}

/* The times of the frames as base64: in microseconds, the first one, then what each is after the
 * one before; a number is LEB128, seven bits a byte, the lowest first, 0x80 says that more follow.
 */
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
  write_string (json, "frames", text);
  g_free (text);
  g_byte_array_unref (bytes);
}

/* --- events --- */

/* An arrow in the portrait of the apex: where it starts, px, and how far the region went since the
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
  write_string (json, "name", m->name);
  if (m->side)
    write_string (json, "side", m->side);
  write_number (json, "x", x);
  write_number (json, "y", y);
  write_number (json, "dx", dx / scale);
  write_number (json, "dy", dy / scale);
  json_builder_end_object (json);
}

static void
write_arrows (JsonBuilder *json, const ReviewEvent *event, double pixel_aspect)
{
  cairo_matrix_t place;

  json_builder_set_member_name (json, "arrows");
  json_builder_begin_array (json);
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
  json_builder_set_member_name (json, "events");
  json_builder_begin_array (json);
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

  json_builder_set_member_name (json, "warnings");
  json_builder_begin_array (json);
  for (guint i = 0; i < analysis->warnings->len; i++) {
    const ReviewWarning *warning = g_ptr_array_index (analysis->warnings, i);

    json_builder_begin_object (json);
    write_string (json, "reason", warning->reason);
    if (warning->face >= 0)
      write_int (json, "face", (guint64)warning->face);
    write_int (json, "start", warning->start_ns);
    write_int (json, "end", MIN (warning->end_ns, last));
    write_number (json, "value", warning->value);
    write_number (json, "limit", warning->limit);
    write_string (json, "unit", warning->unit ? warning->unit : "");
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
write_faces (JsonBuilder *json, const ReviewAnalysis *analysis)
{
  json_builder_set_member_name (json, "motion");
  review_motion_write_legend (json);
  json_builder_set_member_name (json, "faces");
  json_builder_begin_array (json);
  for (guint i = 0; i < analysis->motions->len; i++)
    review_motion_write (g_ptr_array_index (analysis->motions, i), json);
  json_builder_end_array (json);
}

/* The same for the same events: decisions are kept under it. */
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

  json_builder_set_member_name (json, "recording");
  json_builder_begin_object (json);
  write_string (json, "name", name);
  write_string (json, "id", id);
  write_int (json, "duration", analysis->duration_ns);
  write_int (json, "seen", analysis->seen_ns);
  write_int (json, "width", (guint64)MAX (analysis->width, 0));
  write_int (json, "height", (guint64)MAX (analysis->height, 0));
  if (analysis->codec)
    write_string (json, "codec", analysis->codec);
  json_builder_set_member_name (json, "complete");
  json_builder_add_boolean_value (json, analysis->complete);
  if (analysis->problem)
    write_string (json, "problem", analysis->problem);
  json_builder_end_object (json);
  g_free (id);
  g_free (name);
}

static void
write_settings (JsonBuilder *json, const ReviewSettings *settings)
{
  json_builder_set_member_name (json, "settings");
  json_builder_begin_array (json);
  for (guint i = 0; settings->properties[i]; i++)
    json_builder_add_string_value (json, settings->properties[i]);
  json_builder_end_array (json);
}

static char *
to_text (JsonBuilder *json)
{
  JsonNode *root = json_builder_get_root (json);
  char *text = json_to_string (root, FALSE);

  json_node_unref (root);
  return text;
}

char *
review_report_write (
    const ReviewAnalysis *analysis, const ReviewSettings *settings, const char *video)
{
  JsonBuilder *json = json_builder_new_immutable ();
  GDateTime *now = g_date_time_new_now_local ();
  char *created = g_date_time_format_iso8601 (now), *text;

  json_builder_begin_object (json);
  write_string (json, "generator", "gst-microexpr " VERSION);
  write_string (json, "created", created);
  if (video)
    write_string (json, "video", video);
  write_recording (json, analysis, settings);
  write_settings (json, settings);
  write_frames (json, analysis->frames);
  write_faces (json, analysis);
  write_warnings (json, analysis);
  write_events (json, analysis);
  json_builder_end_object (json);
  text = to_text (json);
  g_object_unref (json);
  g_free (created);
  g_date_time_unref (now);
  return text;
}
