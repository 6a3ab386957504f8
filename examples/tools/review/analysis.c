/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The first pass over the recording. A probe behind microexpr collects frames and faces; events
 * come from the output of microexprextract. Both run in the streaming thread. */
#include "analysis.h"

#include <gst/video/video.h>
#include <string.h>

#include "pipeline.h"

#define LAUNCH                                                                                     \
  REVIEW_SOURCE "! microexpr name=microexpr face-data=landmarks+regions+units ! microexprextract " \
                "! application/x-ndjson ! fakesink name=sink sync=false"
#define META "GstMicroexprMeta"
#define USUAL_FRAME_NS (40 * GST_MSECOND) /* assumed for the first frame */
#define LONGEST_FRAME_NS (200 * GST_MSECOND)

/* Used while the pipeline plays; the streaming thread's own, except n_events. */
typedef struct
{
  ReviewAnalysis *analysis;
  AppMoments *moments;
  GHashTable *motions; /* face id -> its ReviewMotion in analysis->motions */
  GstSegment segment;
  GMutex media_lock; /* guards the two media types, which decoder threads set */
  gint n_events;     /* atomic */
} Run;

static void
free_event (gpointer data)
{
  ReviewEvent *event = data;

  json_object_unref (event->fields);
  g_free (event->onset);
  g_free (event->apex);
  g_free (event);
}

static void
free_warning (gpointer data)
{
  ReviewWarning *warning = data;

  g_free (warning->reason);
  g_free (warning->unit);
  g_free (warning);
}

static ReviewAnalysis *
new_analysis (void)
{
  ReviewAnalysis *analysis = g_new0 (ReviewAnalysis, 1);

  analysis->frames = g_array_new (FALSE, FALSE, sizeof (guint64));
  analysis->events = g_ptr_array_new_with_free_func (free_event);
  analysis->motions = g_ptr_array_new_with_free_func ((GDestroyNotify)review_motion_free);
  analysis->warnings = g_ptr_array_new_with_free_func (free_warning);
  analysis->pixel_aspect = 1;
  return analysis;
}

void
review_analysis_free (ReviewAnalysis *analysis)
{
  g_array_unref (analysis->frames);
  g_ptr_array_unref (analysis->events);
  g_ptr_array_unref (analysis->motions);
  g_ptr_array_unref (analysis->warnings);
  g_free (analysis->container);
  g_free (analysis->codec);
  g_free (analysis->problem);
  g_free (analysis);
}

/* --- frames --- */

static guint64
last_frame (const ReviewAnalysis *analysis)
{
  guint n = analysis->frames->len;

  return n ? g_array_index (analysis->frames, guint64, n - 1) : GST_CLOCK_TIME_NONE;
}

static ReviewMotion *
find_motion (Run *run, guint face)
{
  ReviewMotion *motion = g_hash_table_lookup (run->motions, GUINT_TO_POINTER (face));

  if (!motion) {
    motion = review_motion_new (face);
    g_ptr_array_add (run->analysis->motions, motion);
    g_hash_table_insert (run->motions, GUINT_TO_POINTER (face), motion);
  }
  return motion;
}

static void
note_faces (Run *run, guint64 time_ns, guint64 frame_ns, const GValue *faces)
{
  guint n = gst_value_list_get_size (faces);

  for (guint i = 0; i < n; i++) {
    const GstStructure *face = gst_value_get_structure (gst_value_list_get_value (faces, i));
    AppMoment moment;

    if (app_moment_read (&moment, time_ns, face))
      app_moments_push (run->moments, &moment);
    review_motion_push (find_motion (run, moment.face), time_ns, frame_ns, face);
  }
  if (n > 0)
    run->analysis->seen_ns += frame_ns;
}

static void
note_frame (Run *run, GstBuffer *buffer)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, META);
  guint64 before = last_frame (run->analysis), frame_ns = USUAL_FRAME_NS;
  guint64 time_ns =
      gst_segment_to_stream_time (&run->segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));

  if (!meta || time_ns == GST_CLOCK_TIME_NONE ||
      (before != GST_CLOCK_TIME_NONE && time_ns <= before))
    return;
  if (before != GST_CLOCK_TIME_NONE)
    frame_ns = MIN (time_ns - before, LONGEST_FRAME_NS);
  g_array_append_val (run->analysis->frames, time_ns);
  note_faces (run, time_ns, frame_ns,
      gst_structure_get_value (gst_custom_meta_get_structure (meta), "faces"));
}

static void
note_caps (ReviewAnalysis *analysis, GstCaps *caps)
{
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, caps))
    return;
  analysis->width = GST_VIDEO_INFO_WIDTH (&info);
  analysis->height = GST_VIDEO_INFO_HEIGHT (&info);
  analysis->pixel_aspect =
      (double)GST_VIDEO_INFO_PAR_N (&info) / (double)GST_VIDEO_INFO_PAR_D (&info);
}

/* On the source pad of microexpr. */
static GstPadProbeReturn
on_frame (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  Run *run = user_data;
  GstEvent *event;
  GstCaps *caps;

  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER) {
    note_frame (run, GST_PAD_PROBE_INFO_BUFFER (info));
    return GST_PAD_PROBE_OK;
  }
  event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    gst_event_copy_segment (event, &run->segment);
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    gst_event_parse_caps (event, &caps);
    note_caps (run->analysis, caps);
  }
  return GST_PAD_PROBE_OK;
}

/* --- events --- */

static ReviewEvent *
parse_event (const char *line, gsize length)
{
  JsonParser *parser = json_parser_new_immutable ();
  ReviewEvent *event = NULL;

  if (json_parser_load_from_data (parser, line, (gssize)length, NULL)) {
    event = g_new0 (ReviewEvent, 1);
    event->fields = json_object_ref (json_node_get_object (json_parser_get_root (parser)));
  }
  g_object_unref (parser);
  return event;
}

/* A line of text at the end of the pipeline. */
static GstPadProbeReturn
on_text (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info, gpointer user_data)
{
  Run *run = user_data;
  ReviewEvent *event;
  GstMapInfo map;
  guint face;

  if (!gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), &map, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  event = parse_event ((const char *)map.data, map.size);
  gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (info), &map);
  if (!event)
    return GST_PAD_PROBE_OK;
  face = (guint)json_object_get_int_member (event->fields, "face");
  event->onset = app_moments_find (
      run->moments, face, (guint64)json_object_get_int_member (event->fields, "onset"));
  event->apex = app_moments_find (
      run->moments, face, (guint64)json_object_get_int_member (event->fields, "apex"));
  g_ptr_array_add (run->analysis->events, event);
  g_atomic_int_inc (&run->n_events);
  return GST_PAD_PROBE_OK;
}

static gint
by_onset (gconstpointer a, gconstpointer b)
{
  const ReviewEvent *x = *(ReviewEvent *const *)a, *y = *(ReviewEvent *const *)b;
  gint64 d = json_object_get_int_member (x->fields, "onset") -
             json_object_get_int_member (y->fields, "onset");

  return (d > 0) - (d < 0);
}

/* --- messages --- */

/* The active warning with that reason and face, or NULL. */
static ReviewWarning *
find_active (const GPtrArray *warnings, const char *reason, gint64 face)
{
  for (guint i = warnings->len; i > 0; i--) {
    ReviewWarning *warning = g_ptr_array_index (warnings, i - 1);

    if (warning->face == face && g_str_equal (warning->reason, reason))
      return warning->end_ns == GST_CLOCK_TIME_NONE ? warning : NULL;
  }
  return NULL;
}

static void
note_warning (ReviewAnalysis *analysis, const GstStructure *s)
{
  const char *reason = gst_structure_get_string (s, "reason");
  guint64 time_ns = 0;
  gboolean active = FALSE;
  gint64 face = -1;
  ReviewWarning *warning;
  guint id;

  gst_structure_get (
      s, "stream-time", G_TYPE_UINT64, &time_ns, "active", G_TYPE_BOOLEAN, &active, NULL);
  if (gst_structure_get_uint (s, "face", &id))
    face = id;
  warning = find_active (analysis->warnings, reason, face);
  if (!active && warning)
    warning->end_ns = time_ns;
  if (!active || warning)
    return;
  warning = g_new0 (ReviewWarning, 1);
  warning->reason = g_strdup (reason);
  warning->unit = g_strdup (gst_structure_get_string (s, "unit"));
  warning->face = face;
  warning->start_ns = time_ns;
  warning->end_ns = GST_CLOCK_TIME_NONE;
  gst_structure_get (
      s, "value", G_TYPE_DOUBLE, &warning->value, "limit", G_TYPE_DOUBLE, &warning->limit, NULL);
  g_ptr_array_add (analysis->warnings, warning);
}

static void
on_message (GstMessage *message, gpointer user_data)
{
  Run *run = user_data;
  gint64 duration;

  if (gst_message_has_name (message, "microexpr-warning"))
    note_warning (run->analysis, gst_message_get_structure (message));
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE &&
           gst_element_query_duration (
               GST_ELEMENT (GST_MESSAGE_SRC (message)), GST_FORMAT_TIME, &duration))
    run->analysis->duration_ns = (guint64)duration;
}

static char *
describe (gpointer user_data)
{
  Run *run = user_data;
  int n = g_atomic_int_get (&run->n_events);

  return g_strdup_printf (n == 1 ? "%d event" : "%d events", n);
}

/* Notes the media types that decodebin meets: the container first, then the video. */
static gboolean
on_media (
    GstElement *source G_GNUC_UNUSED, GstPad *pad G_GNUC_UNUSED, GstCaps *caps, gpointer user_data)
{
  Run *run = user_data;
  const char *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  gboolean raw = g_str_equal (name, "video/x-raw");

  g_mutex_lock (&run->media_lock);
  if (!run->analysis->container) {
    run->analysis->container = g_strdup (name);
  } else if (!raw && (g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/"))) {
    g_free (run->analysis->codec);
    run->analysis->codec = g_strdup (name);
  }
  g_mutex_unlock (&run->media_lock);
  return TRUE;
}

/* --- running --- */

static char *
join_nicks (const GParamSpec *spec)
{
  GString *all = g_string_new (NULL);

  if (G_IS_PARAM_SPEC_FLAGS (spec)) {
    const GFlagsClass *flags = G_PARAM_SPEC_FLAGS (spec)->flags_class;

    for (guint i = 0; i < flags->n_values; i++)
      g_string_append_printf (all, "%s%s", i ? "+" : "any of ", flags->values[i].value_nick);
  } else {
    const GEnumClass *words = G_PARAM_SPEC_ENUM (spec)->enum_class;

    for (guint i = 0; i < words->n_values; i++)
      g_string_append_printf (all, "%s%s", i ? ", " : "one of ", words->values[i].value_nick);
  }
  return g_string_free (all, FALSE);
}

/* Which values a property takes, in words. */
static char *
describe_values (GParamSpec *spec)
{
  if (G_IS_PARAM_SPEC_FLAGS (spec) || G_IS_PARAM_SPEC_ENUM (spec))
    return join_nicks (spec);
  if (G_IS_PARAM_SPEC_DOUBLE (spec))
    return g_strdup_printf (
        "%g to %g", G_PARAM_SPEC_DOUBLE (spec)->minimum, G_PARAM_SPEC_DOUBLE (spec)->maximum);
  return g_strdup_printf ("a %s", g_type_name (spec->value_type));
}

static void
refuse_value (GParamSpec *spec, const char *assignment, GError **error)
{
  char *values = describe_values (spec);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      "--%s: invalid value for %s, which takes %s: %s", assignment, spec->name, values,
      g_param_spec_get_blurb (spec));
  g_free (values);
}

/* property: "name=value". FALSE and `error` set: no such property, or not a value of it. */
static gboolean
set_property (GstElement *element, const char *assignment, GError **error)
{
  char **parts = g_strsplit (assignment, "=", 2);
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (element), parts[0]);
  GValue value = G_VALUE_INIT;
  gboolean good = FALSE;

  if (!spec || !(spec->flags & G_PARAM_WRITABLE) || !parts[1]) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--set=%s: microexpr has no such property; gst-inspect-1.0 microexpr lists them",
        assignment);
  } else {
    g_value_init (&value, spec->value_type);
    good = gst_value_deserialize_with_pspec (&value, parts[1], spec) &&
           !g_param_value_validate (spec, &value);
    if (good)
      g_object_set_property (G_OBJECT (element), parts[0], &value);
    else
      refuse_value (spec, assignment, error);
    g_value_unset (&value);
  }
  g_strfreev (parts);
  return good;
}

static gboolean
set_properties (GstElement *pipeline, const ReviewSettings *settings, GError **error)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), "microexpr");
  char *name = g_filename_display_basename (settings->recording);
  gboolean good = TRUE;

  g_object_set (element, "source", name, NULL);
  for (guint i = 0; good && settings->properties[i]; i++)
    good = set_property (element, settings->properties[i], error);
  g_free (name);
  gst_object_unref (element);
  return good;
}

static void
add_probe (GstElement *pipeline, const char *element, const char *pad_name, GstPadProbeType type,
    GstPadProbeCallback callback, Run *run)
{
  GstElement *e = gst_bin_get_by_name (GST_BIN (pipeline), element);
  GstPad *pad = gst_element_get_static_pad (e, pad_name);

  gst_pad_add_probe (pad, type, callback, run, NULL);
  gst_object_unref (pad);
  gst_object_unref (e);
}

static void
watch (GstElement *pipeline, Run *run)
{
  GstElement *source = gst_bin_get_by_name (GST_BIN (pipeline), "source");

  g_signal_connect (source, "autoplug-continue", G_CALLBACK (on_media), run);
  gst_object_unref (source);
  add_probe (pipeline, "microexpr", "src",
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_frame, run);
  add_probe (pipeline, "sink", "sink", GST_PAD_PROBE_TYPE_BUFFER, on_text, run);
}

/* Why most decoded pictures were not analyzed, for g_free(); NULL: most were. */
static char *
find_unanalyzed (GstElement *pipeline)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), "microexpr");
  GstStructure *stats;
  guint64 frames = 0, untimed = 0;
  char *problem = NULL;

  g_object_get (element, "stats", &stats, NULL);
  gst_structure_get (
      stats, "frames", G_TYPE_UINT64, &frames, "skipped-untimed", G_TYPE_UINT64, &untimed, NULL);
  if (2 * untimed > frames)
    problem = g_strdup_printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                               " pictures have no timestamp",
        untimed, frames);
  gst_structure_free (stats);
  gst_object_unref (element);
  return problem;
}

static ReviewAnalysis *
play (GstElement *pipeline, AppProgress *progress, GError **error)
{
  Run run = { .analysis = new_analysis () };
  const ReviewPipelineHooks hooks = { on_message, describe, &run };
  guint stops = app_progress_stops (progress);
  GError *problem = NULL;

  run.moments = app_moments_new ();
  run.motions = g_hash_table_new (NULL, NULL);
  gst_segment_init (&run.segment, GST_FORMAT_TIME);
  g_mutex_init (&run.media_lock);
  watch (pipeline, &run);
  review_pipeline_run (pipeline, "Analyzing", progress, &hooks, &problem);
  g_mutex_clear (&run.media_lock);
  g_hash_table_unref (run.motions);
  app_moments_free (run.moments);

  if (run.analysis->frames->len == 0) {
    if (problem)
      g_propagate_error (error, problem);
    else
      g_set_error_literal (
          error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "no frame could be read from it");
    review_analysis_free (run.analysis);
    return NULL;
  }
  run.analysis->problem = problem ? g_strdup (problem->message) : find_unanalyzed (pipeline);
  run.analysis->complete = !run.analysis->problem && app_progress_stops (progress) == stops;
  g_clear_error (&problem);
  run.analysis->duration_ns = MAX (run.analysis->duration_ns, last_frame (run.analysis));
  g_ptr_array_sort (run.analysis->events, by_onset);
  return run.analysis;
}

ReviewAnalysis *
review_analysis_run (const ReviewSettings *settings, AppProgress *progress, GError **error)
{
  GstElement *pipeline = review_pipeline_new (LAUNCH, settings->recording, error);
  ReviewAnalysis *analysis = NULL;

  if (!pipeline)
    return NULL;
  if (set_properties (pipeline, settings, error))
    analysis = play (pipeline, progress, error);
  gst_object_unref (pipeline);
  return analysis;
}
