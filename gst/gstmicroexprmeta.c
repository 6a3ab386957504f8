/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Facial events and faces as GstStructures, and the metas that carry them: one GstCustomMeta with
 * all of it, and one region of interest per face for tools that read only these. */
#include "gstmicroexprmeta.h"

#include <gst/video/video.h>

#include "event-label.h"
#include "structure-list.h"

#define MODEL_NAME "gst-microexpr"

/* Also outside the segment: an onset may lie before its start. */
static GstClockTime
to_stream_time (const GstSegment *segment, GstClockTime time)
{
  guint64 result;
  return gst_segment_to_stream_time_full (segment, GST_FORMAT_TIME, time, &result) == 1
             ? result
             : GST_CLOCK_TIME_NONE;
}

static GstClockTime
to_running_time (const GstSegment *segment, GstClockTime time)
{
  guint64 result;
  return gst_segment_to_running_time_full (segment, GST_FORMAT_TIME, time, &result) == 1
             ? result
             : GST_CLOCK_TIME_NONE;
}

void
gst_microexpr_times_init (GstMicroexprTimes *times, const GstSegment *segment, GstClockTime onset,
    GstClockTime apex, GstClockTime offset)
{
  times->timestamp = onset;
  times->running_time = to_running_time (segment, onset);
  times->onset = to_stream_time (segment, onset);
  times->apex = to_stream_time (segment, apex);
  times->offset = to_stream_time (segment, offset);
}

/* One double per active unit; sided: only units that each side has for itself. */
static GstStructure *
units_to_structure (const char *name, const double *strength, gboolean sided)
{
  GstStructure *s = gst_structure_new_empty (name);

  for (guint au = 0; au < ME_N_AUS; au++) {
    if (strength[au] > 0 && (!sided || me_au_is_sided (au)))
      gst_structure_set (s, me_au_name (au), G_TYPE_DOUBLE, strength[au], NULL);
  }
  return s;
}

/* The FACS letter of each active unit that has one. */
static GstStructure *
intensities_to_structure (const double *strength)
{
  GstStructure *s = gst_structure_new_empty ("units-intensity");

  for (guint au = 0; au < ME_N_AUS; au++) {
    char letter[2] = { strength[au] > 0 ? me_au_intensity (au, strength[au]) : 0 };
    if (letter[0])
      gst_structure_set (s, me_au_name (au), G_TYPE_STRING, letter, NULL);
  }
  return s;
}

static GstStructure *
emotions_to_structure (const double *emotions)
{
  GstStructure *s = gst_structure_new_empty ("emotions");

  for (guint i = 0; i < ME_N_EMOTIONS; i++)
    gst_structure_set (s, me_emotion_name (i), G_TYPE_DOUBLE, emotions[i], NULL);
  return s;
}

/* Takes the nested structure. */
static void
take_structure (GstStructure *s, const char *field, GstStructure *nested)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, nested);
  gst_structure_take_value (s, field, &value);
}

static void
set_box (GstStructure *s, const MeBox *box)
{
  gst_structure_set (s, "x", G_TYPE_UINT, (guint)MAX (box->x, 0), "y", G_TYPE_UINT,
      (guint)MAX (box->y, 0), "width", G_TYPE_UINT, (guint)MAX (box->width, 0), "height",
      G_TYPE_UINT, (guint)MAX (box->height, 0), NULL);
}

/* Needs the units. */
static void
set_facs (GstStructure *event)
{
  char *facs = gst_microexpr_event_facs (event);

  if (*facs)
    gst_structure_set (event, "facs", G_TYPE_STRING, facs, NULL);
  g_free (facs);
}

GstStructure *
gst_microexpr_event_to_structure (
    const MeEvent *event, const GstMicroexprTimes *times, const char *name, gboolean measured)
{
  GstStructure *s = gst_structure_new (name, "timestamp", G_TYPE_UINT64, times->timestamp,
      "stream-time", G_TYPE_UINT64, times->onset, "running-time", G_TYPE_UINT64,
      times->running_time, "duration", G_TYPE_UINT64, event->offset_ns - event->onset_ns, "onset",
      G_TYPE_UINT64, times->onset, "apex", G_TYPE_UINT64, times->apex, "offset", G_TYPE_UINT64,
      times->offset, "id", G_TYPE_UINT64, event->id, "face", G_TYPE_UINT, event->face, "kind",
      G_TYPE_STRING, me_kind_name (event->kind), NULL);

  take_structure (s, "action-units", units_to_structure ("action-units", event->strength, FALSE));
  take_structure (s, "left", units_to_structure ("left", event->left, TRUE));
  take_structure (s, "right", units_to_structure ("right", event->right, TRUE));
  if (measured && event->kind != ME_KIND_BLINK)
    take_structure (s, "units-confidence",
        units_to_structure ("units-confidence", event->unit_confidence, FALSE));
  if (event->kind != ME_KIND_BLINK)
    take_structure (s, "units-intensity", intensities_to_structure (event->strength));
  set_facs (s);
  if (event->emotion != ME_EMOTION_NONE) {
    gst_structure_set (s, "emotion", G_TYPE_STRING, me_emotion_name (event->emotion), NULL);
    if (measured)
      gst_structure_set (s, "emotion-confidence", G_TYPE_DOUBLE, event->emotion_confidence, NULL);
    take_structure (s, "emotions", emotions_to_structure (event->emotions));
  }
  if (measured)
    gst_structure_set (s, "confidence", G_TYPE_DOUBLE, event->confidence, "snr", G_TYPE_DOUBLE,
        event->snr, "speaking", G_TYPE_DOUBLE, event->speaking, NULL);
  if (event->context != ME_CONTEXT_NONE)
    gst_structure_set (s, "context", G_TYPE_STRING, me_context_name (event->context), NULL);
  if (event->candidate)
    gst_structure_set (s, "candidate", G_TYPE_BOOLEAN, TRUE, NULL);
  gst_structure_set (s, "intensity", G_TYPE_DOUBLE, event->intensity, NULL);
  set_box (s, &event->box);
  return s;
}

static void
set_landmarks (GstStructure *s, const MePoint *points, const GstMicroexprPlacement *placement)
{
  GValue array = G_VALUE_INIT, value = G_VALUE_INIT;

  g_value_init (&array, GST_TYPE_ARRAY);
  g_value_init (&value, G_TYPE_DOUBLE);
  for (guint i = 0; i < ME_N_LANDMARKS; i++) {
    g_value_set_double (&value, placement->x + (double)points[i].x);
    gst_value_array_append_value (&array, &value);
    g_value_set_double (&value, placement->y + (double)points[i].y * placement->y_scale);
    gst_value_array_append_value (&array, &value);
  }
  gst_structure_take_value (s, "landmarks", &array);
}

static void
set_regions (GstStructure *s, const MeFace *face, const GstMicroexprPlacement *placement)
{
  GValue list = G_VALUE_INIT;

  gst_microexpr_list_init (&list);
  for (guint i = 0; i < face->n_movements; i++) {
    const MeMovement *r = &face->movements[i];
    GstStructure *region = gst_structure_new ("region", "name", G_TYPE_STRING, r->name, "x",
        G_TYPE_DOUBLE, placement->x + (double)r->at.x, "y", G_TYPE_DOUBLE,
        placement->y + (double)r->at.y * placement->y_scale, "dx", G_TYPE_DOUBLE,
        (double)r->motion.x, "dy", G_TYPE_DOUBLE, (double)r->motion.y, NULL);
    if (r->side)
      gst_structure_set (region, "side", G_TYPE_STRING, r->side, NULL);
    gst_microexpr_list_append (&list, region);
  }
  gst_structure_take_value (s, "regions", &list);
}

GstStructure *
gst_microexpr_face_to_structure (
    const MeFace *face, const GstMicroexprPlacement *placement, GstMicroexprFaceData data)
{
  MeBox box = gst_microexpr_placement_apply (placement, face->box);
  GstStructure *s = gst_structure_new ("face", "id", G_TYPE_UINT, face->id, NULL);

  set_box (s, &box);
  gst_structure_set (s, "ipd", G_TYPE_DOUBLE, face->ipd_px * placement->y_scale, "quality",
      G_TYPE_DOUBLE, face->quality, "motion", G_TYPE_DOUBLE, face->motion, "noise", G_TYPE_DOUBLE,
      face->noise, "speaking", G_TYPE_DOUBLE, face->speaking, "yaw", G_TYPE_DOUBLE, face->yaw,
      "pitch", G_TYPE_DOUBLE, face->pitch, "roll", G_TYPE_DOUBLE, face->roll, NULL);
  if (face->perclos >= 0)
    gst_structure_set (s, "perclos", G_TYPE_DOUBLE, face->perclos, NULL);
  if (data & GST_MICROEXPR_FACE_DATA_LANDMARKS)
    set_landmarks (s, face->landmarks, placement);
  if (data & GST_MICROEXPR_FACE_DATA_UNITS)
    take_structure (s, "units", units_to_structure ("units", face->units, FALSE));
  if (data & GST_MICROEXPR_FACE_DATA_REGIONS)
    set_regions (s, face, placement);
  return s;
}

static gboolean
append_unit (GQuark field, const GValue *value G_GNUC_UNUSED, gpointer user_data)
{
  GString *label = user_data;

  g_string_append (label, label->len ? "+" : "AU");
  g_string_append (label, g_quark_to_string (field) + strlen ("AU"));
  return TRUE;
}

char *
gst_microexpr_event_class (const GstStructure *event)
{
  const char *emotion = gst_structure_get_string (event, "emotion");
  const GValue *units = gst_structure_get_value (event, "action-units");
  GString *label;

  if (emotion && !g_str_equal (emotion, me_emotion_name (ME_EMOTION_OTHER)))
    return g_strdup (emotion);
  label = g_string_new (NULL);
  gst_structure_foreach (gst_value_get_structure (units), append_unit, label);
  if (!label->len)
    g_string_append (label, gst_structure_get_string (event, "kind"));
  return g_string_free (label, FALSE);
}

void
gst_microexpr_meta_register (void)
{
  static const gchar *tags[] = { GST_META_TAG_VIDEO_STR, NULL };

  if (!gst_meta_get_info (GST_MICROEXPR_META_NAME))
    gst_meta_register_custom (GST_MICROEXPR_META_NAME, tags, NULL, NULL, NULL);
}

void
gst_microexpr_meta_attach (GstBuffer *buffer, GValue *events, GValue *faces)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, GST_MICROEXPR_META_NAME);
  GstStructure *s;

  if (!meta)
    meta = gst_buffer_add_custom_meta (buffer, GST_MICROEXPR_META_NAME);
  s = gst_custom_meta_get_structure (meta);
  gst_structure_remove_all_fields (s);
  gst_microexpr_list_init (events);
  gst_microexpr_list_init (faces);
  gst_structure_take_value (s, "events", events);
  gst_structure_take_value (s, "faces", faces);
}

void
gst_microexpr_meta_set_picture (GstBuffer *buffer, int width, int height, gboolean unseen)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, GST_MICROEXPR_META_NAME);
  GstStructure *s = gst_custom_meta_get_structure (meta);

  gst_structure_set (
      s, "width", G_TYPE_UINT, (guint)width, "height", G_TYPE_UINT, (guint)height, NULL);
  if (unseen)
    gst_structure_set (s, "unseen", G_TYPE_BOOLEAN, TRUE, NULL);
}

void
gst_microexpr_meta_set_coming (GstBuffer *buffer, const GValue *faces)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, GST_MICROEXPR_META_NAME);

  gst_structure_set_value (gst_custom_meta_get_structure (meta), "coming", faces);
}

const GstStructure *
gst_microexpr_meta_get_structure (GstBuffer *buffer)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, GST_MICROEXPR_META_NAME);

  return meta ? gst_custom_meta_get_structure (meta) : NULL;
}

/* The fields that the JSON converters of other analytics plugins read: `detection` needs the four
 * corners as fractions of the picture. */
static GstStructure *
roi_detection (const GstStructure *face, const MeBox *box, int width, int height)
{
  double quality = 0;

  gst_structure_get_double (face, "quality", &quality);
  return gst_structure_new ("detection", "label", G_TYPE_STRING, "face", "model_name",
      G_TYPE_STRING, MODEL_NAME, "confidence", G_TYPE_DOUBLE, quality, "x_min", G_TYPE_DOUBLE,
      (double)box->x / width, "x_max", G_TYPE_DOUBLE, (double)(box->x + box->width) / width,
      "y_min", G_TYPE_DOUBLE, (double)box->y / height, "y_max", G_TYPE_DOUBLE,
      (double)(box->y + box->height) / height, NULL);
}

static void
roi_add_event (GstVideoRegionOfInterestMeta *roi, const GstStructure *event)
{
  char *label = gst_microexpr_event_class (event);
  double confidence = 0;
  guint64 id = 0;

  gst_structure_get (
      event, "confidence", G_TYPE_DOUBLE, &confidence, "id", G_TYPE_UINT64, &id, NULL);
  gst_video_region_of_interest_meta_add_param (
      roi, gst_structure_new ("microexpr", "label", G_TYPE_STRING, label, "model_name",
               G_TYPE_STRING, MODEL_NAME, "attribute_name", G_TYPE_STRING, "expression",
               "confidence", G_TYPE_DOUBLE, confidence, "event", G_TYPE_UINT64, id, NULL));
  g_free (label);
}

static void
roi_attach_one (
    GstBuffer *buffer, const GstStructure *face, const GValue *events, int width, int height)
{
  GstVideoRegionOfInterestMeta *roi;
  guint x = 0, y = 0, w = 0, h = 0, id = 0, event_face;
  MeBox box;

  gst_structure_get (face, "id", G_TYPE_UINT, &id, "x", G_TYPE_UINT, &x, "y", G_TYPE_UINT, &y,
      "width", G_TYPE_UINT, &w, "height", G_TYPE_UINT, &h, NULL);
  box = (MeBox){ (int)x, (int)y, (int)w, (int)h };
  roi = gst_buffer_add_video_region_of_interest_meta (buffer, "face", x, y, w, h);
  roi->id = (gint)id;
  gst_video_region_of_interest_meta_add_param (roi, roi_detection (face, &box, width, height));
  for (guint i = 0; i < gst_microexpr_list_size (events); i++) {
    const GstStructure *event = gst_microexpr_list_get (events, i);

    if (gst_structure_get_uint (event, "face", &event_face) && event_face == id &&
        !gst_microexpr_event_is_candidate (event))
      roi_add_event (roi, event);
  }
}

/* Removes the regions of another microexpr upstream, whose face numbers conflict with ours. */
static gboolean
remove_own_region (
    GstBuffer *buffer G_GNUC_UNUSED, GstMeta **meta, gpointer user_data G_GNUC_UNUSED)
{
  const GstStructure *detection;

  if ((*meta)->info->api != GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)
    return TRUE;
  detection = gst_video_region_of_interest_meta_get_param (
      (GstVideoRegionOfInterestMeta *)*meta, "detection");
  if (detection && g_strcmp0 (gst_structure_get_string (detection, "model_name"), MODEL_NAME) == 0)
    *meta = NULL;
  return TRUE;
}

void
gst_microexpr_roi_attach (
    GstBuffer *buffer, const GValue *events, const GValue *faces, int width, int height)
{
  gst_buffer_foreach_meta (buffer, remove_own_region, NULL);
  for (guint i = 0; i < gst_microexpr_list_size (faces); i++)
    roi_attach_one (buffer, gst_microexpr_list_get (faces, i), events, width, height);
}
