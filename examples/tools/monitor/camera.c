/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "camera.h"

#include "conditions.h"
#include "counters.h"
#include "event-label.h"
#include "recorder.h"
#include "source.h"

#include <gst/app/app.h>
#include <math.h>
#include <string.h>

#define FIRST_RETRY_S 0.25
#define GOOD_S 5.0     /* watched this long, a camera starts over with short retry delays */
#define CONNECT_S 10.0 /* time for a new connection to bring a frame, at least */
#define PICTURE_S 30.0 /* the same while packets arrive, which may await a key frame */
#define LASTING_S 60.0 /* least retry delay after an error that does not go away by itself */
#define DRAIN_S 3.0    /* time for queued frames to be analyzed at the end */
#define OPEN_S 20.0    /* time for the recording of an event to begin, at the next key frame */

typedef enum
{
  CONNECTING, /* no frame yet */
  WATCHING,
  ENDING,  /* no more frames arrive; queued ones are being analyzed */
  WAITING, /* until the next attempt */
  OVER,
  FAILED,
  IMPOSSIBLE, /* no pipeline can be built from the arguments */
} State;

static const char *const state_names[] = { "connecting", "watching", "ending", "waiting", "over",
  "failed", "failed" };

struct _Camera
{
  Source source;
  const Options *options;
  Writer *writer;
  LiveFeed *feed;     /* NULL: nobody looks */
  State state, after; /* after: what follows ENDING */
  gboolean stopping;
  GstElement *pipeline; /* NULL: none */
  guint watch;          /* of its bus */
  Recorder *recorder;   /* NULL: nothing is recorded */
  Recordings *recordings;
  guint connection;          /* from 1 */
  gint64 since_us, frame_us; /* since when in this state; last frame */
  gint64 packet_us;          /* last packet */
  gint64 due_us;             /* when to retry, or to stop ENDING */
  double retry_s;
  char *reason;  /* why the connection was lost; kept to log it only once */
  char *missing; /* the decoder this connection lacks; NULL: none is missing */
  Counters counters;
  Conditions conditions;
  guint faces;
  char *last_event; /* in words; NULL: none yet */
  char *news;       /* text in the table */
};

static void
enter (Camera *camera, State state)
{
  camera->state = state;
  camera->since_us = g_get_monotonic_time ();
}

static gboolean
is_connected (const Camera *camera)
{
  return camera->state == CONNECTING || camera->state == WATCHING;
}

static gint64
in (double seconds)
{
  return g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);
}

static double
seconds_since (gint64 time_us)
{
  return (double)(g_get_monotonic_time () - time_us) / G_USEC_PER_SEC;
}

/* ---- from the pipeline ---- */

/* Where events are written; owned by the appsink. */
typedef struct
{
  Writer *writer;
  LiveFeed *feed; /* NULL: nobody looks */
  guint connection;
} Lines;

static void
free_lines (gpointer user_data)
{
  Lines *lines = user_data;

  writer_unref (lines->writer);
  g_clear_pointer (&lines->feed, live_feed_unref);
  g_free (lines);
}

/* Streaming thread. Adds the time of receipt and the number of the connection, since `id` restarts
 * with each connection. */
static GstFlowReturn
write_line (GstAppSink *sink, gpointer user_data)
{
  const Lines *lines = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *received = g_date_time_format (now, "%FT%T.%fZ");
  g_autoptr (GString) line = g_string_new (NULL);
  GstBuffer *buffer = sample ? gst_sample_get_buffer (sample) : NULL;
  GstMapInfo map;

  if (!buffer || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_FLOW_OK;
  g_string_printf (line, "{\"received\":\"%s\",\"connection\":%u,", received, lines->connection);
  g_string_append_len (line, (const char *)map.data + 1, (gssize)map.size - 1);
  gst_buffer_unmap (buffer, &map);
  writer_add (lines->writer, line->str, line->len);
  if (lines->feed)
    live_feed_add_event (lines->feed, line->str, line->len);
  return GST_FLOW_OK;
}

/* With its time: of a recording the position, else the time of day. */
static void
note_event (Camera *camera, const GstStructure *event)
{
  g_autofree char *label = gst_microexpr_event_label (event);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%TZ");
  guint64 onset = 0;

  if (!camera->source.live && gst_structure_get_uint64 (event, "onset", &onset)) {
    g_free (time);
    time = g_strdup_printf ("%u:%04.1f", (guint)(onset / (60 * GST_SECOND)),
        (double)(onset % (60 * GST_SECOND)) / GST_SECOND);
  }
  g_free (camera->last_event);
  camera->last_event = g_strdup_printf ("%s %s", time, label);
  if (camera->recorder)
    recorder_trigger (camera->recorder);
}

static void
handle_element_message (Camera *camera, const GstStructure *s)
{
  if (gst_structure_has_name (s, "microexpr-warning")) {
    g_autofree char *line = conditions_note (&camera->conditions, s);
    screen_log (camera->source.name, "%s", line);
  } else if (gst_structure_has_name (s, "microexpr-faces")) {
    camera->faces = gst_value_list_get_size (gst_structure_get_value (s, "faces"));
  } else if (gst_structure_has_name (s, "microexpr-event")) {
    note_event (camera, s);
  } else if (gst_structure_has_name (s, "missing-plugin")) {
    g_free (camera->missing);
    camera->missing = g_strdup (gst_structure_get_string (s, "name"));
  }
}

static void lose (Camera *camera, State after, const char *reason);

static void
handle_warning (Camera *camera, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hidden = NULL;

  gst_message_parse_warning (message, &error, NULL);
  hidden = source_hide (&camera->source, error->message);
  screen_log (camera->source.name, "%s", hidden);
}

/* Whether the error will recur until somebody intervenes. Frequent attempts with a wrong password
 * can make a camera lock the account, too. */
static gboolean
is_lasting (const GError *error)
{
  return g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED) ||
         g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND) ||
         g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN);
}

static void
handle_error (Camera *camera, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *reason = NULL;

  gst_message_parse_error (message, &error, NULL);
  hidden = source_hide (&camera->source, error->message);
  reason = camera->missing ? g_strdup_printf ("%s Missing: %s", hidden, camera->missing)
                           : g_strdup (hidden);
  lose (camera, camera->source.live ? WAITING : FAILED, reason);
  if (is_lasting (error))
    camera->retry_s = MAX (LASTING_S, camera->options->retry_s);
}

/* In a thread of its own: the query waits for elements that are connecting. */
static void
recalculate_latency (GstElement *pipeline, gpointer user_data G_GNUC_UNUSED)
{
  gst_bin_recalculate_latency (GST_BIN (pipeline));
}

static gboolean
handle_message (GstBus *bus G_GNUC_UNUSED, GstMessage *message, gpointer user_data)
{
  Camera *camera = user_data;

  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ELEMENT:
    if (gst_message_get_structure (message))
      handle_element_message (camera, gst_message_get_structure (message));
    break;
  case GST_MESSAGE_ERROR:
    handle_error (camera, message);
    break;
  case GST_MESSAGE_WARNING:
    handle_warning (camera, message);
    break;
  case GST_MESSAGE_LATENCY:
    gst_element_call_async (camera->pipeline, recalculate_latency, NULL, NULL);
    break;
  case GST_MESSAGE_EOS:
    lose (camera, camera->source.live ? WAITING : OVER, "the stream has ended");
    camera->due_us = 0; /* nothing is queued any more */
    break;
  default:
    break;
  }
  return G_SOURCE_CONTINUE;
}

/* ---- connecting ---- */

/* In a thread of its own: connecting may take minutes. A failure arrives as a message on the bus.
 * Does nothing when stop_pipeline() came first. */
static void
play_pipeline (GstElement *pipeline, gpointer user_data G_GNUC_UNUSED)
{
  GST_STATE_LOCK (pipeline);
  if (!g_object_get_data (G_OBJECT (pipeline), "stopped"))
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GST_STATE_UNLOCK (pipeline);
}

static void
stop_pipeline (GstElement *pipeline, gpointer user_data G_GNUC_UNUSED)
{
  GST_STATE_LOCK (pipeline);
  g_object_set_data (G_OBJECT (pipeline), "stopped", GINT_TO_POINTER (TRUE));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  GST_STATE_UNLOCK (pipeline);
}

static void
start_pipeline (Camera *camera)
{
  GstAppSinkCallbacks callbacks = { .new_sample = write_line };
  GstElement *sink = gst_bin_get_by_name (GST_BIN (camera->pipeline), "lines");
  GstBus *bus = gst_element_get_bus (camera->pipeline);
  Lines *lines = g_new (Lines, 1);

  *lines = (Lines){ writer_ref (camera->writer), camera->feed ? live_feed_ref (camera->feed) : NULL,
    camera->connection };
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, lines, free_lines);
  gst_object_unref (sink);
  camera->watch = gst_bus_add_watch (bus, handle_message, camera);
  gst_object_unref (bus);
  if (camera->feed)
    live_feed_attach (camera->feed, camera->pipeline, camera->source.live);
  if (camera->options->record)
    camera->recorder =
        recorder_new (camera->pipeline, camera->source.name, camera->options, camera->recordings);
  gst_element_call_async (camera->pipeline, play_pipeline, NULL, NULL);
}

static void
connect_source (Camera *camera)
{
  g_autoptr (GError) error = NULL;

  camera->pipeline = source_make_pipeline (&camera->source, camera->options, &error);
  if (!camera->pipeline) {
    g_autofree char *hidden = source_hide (&camera->source, error->message);
    screen_log (camera->source.name, "%s", hidden);
    g_free (camera->reason);
    camera->reason = g_steal_pointer (&hidden);
    enter (camera, IMPOSSIBLE);
    return;
  }
  camera->connection++;
  recordings_set_connection (camera->recordings, camera->connection);
  camera->frame_us = g_get_monotonic_time ();
  camera->packet_us = 0;
  enter (camera, CONNECTING);
  counters_begin (&camera->counters, camera->pipeline);
  start_pipeline (camera);
}

static guint n_closing; /* atomic */

guint
camera_n_closing (void)
{
  return (guint)g_atomic_int_get (&n_closing);
}

static void
note_closed (gpointer user_data G_GNUC_UNUSED)
{
  g_atomic_int_add (&n_closing, -1);
}

/* In a thread of its own: a source that hangs blocks the state change. */
static void
close_pipeline (Camera *camera)
{
  g_clear_handle_id (&camera->watch, g_source_remove);
  counters_end (&camera->counters);
  if (camera->recorder)
    recorder_free (g_steal_pointer (&camera->recorder));
  g_atomic_int_inc (&n_closing);
  gst_element_call_async (camera->pipeline, stop_pipeline, NULL, note_closed);
  gst_clear_object (&camera->pipeline);
  conditions_forget (&camera->conditions);
  g_clear_pointer (&camera->missing, g_free);
  camera->faces = 0;
}

static void
send_eos (GstElement *element, gpointer user_data G_GNUC_UNUSED)
{
  gst_element_send_event (element, gst_event_new_eos ());
}

/* EOS is sent behind the queued frames, so that events in them are still reported. */
static void
drain (Camera *camera)
{
  GstElement *drain = gst_bin_get_by_name (GST_BIN (camera->pipeline), "drain");

  gst_element_call_async (drain ? drain : camera->pipeline, send_eos, NULL, NULL);
  gst_clear_object (&drain);
}

static void
lose (Camera *camera, State after, const char *reason)
{
  if (!is_connected (camera))
    return;
  if (g_strcmp0 (camera->reason, reason) != 0 || camera->state == WATCHING)
    screen_log (camera->source.name, "%s", reason);
  g_free (camera->reason);
  camera->reason = g_strdup (reason);
  camera->after = camera->stopping ? OVER : after;
  camera->due_us = camera->state == WATCHING ? in (DRAIN_S) : 0;
  if (camera->state == WATCHING) {
    drain (camera);
    if (seconds_since (camera->since_us) > GOOD_S)
      camera->retry_s = MIN (FIRST_RETRY_S, camera->options->retry_s);
  }
  enter (camera, ENDING);
}

static void
finish (Camera *camera)
{
  close_pipeline (camera);
  enter (camera, camera->after);
  if (camera->state != WAITING)
    return;
  /* With jitter, so that not all cameras reconnect at once. */
  camera->due_us = in (camera->retry_s * g_random_double_range (0.8, 1.0));
  camera->retry_s = MIN (2 * camera->retry_s, camera->options->retry_s);
}

/* The time allowed without a frame. While packets arrive we wait for the next key frame: not every
 * camera sends one on connection. */
static double
patience (const Camera *camera)
{
  double stall_s = camera->options->stall_s;
  double limit_s = camera->state == CONNECTING ? MAX (CONNECT_S, stall_s) : stall_s;

  return seconds_since (camera->packet_us) < stall_s ? MAX (PICTURE_S, limit_s) : limit_s;
}

static void
look_for_frames (Camera *camera)
{
  gint64 now = g_get_monotonic_time ();
  double limit_s;

  if (counters_take_packet (&camera->counters))
    camera->packet_us = now;
  limit_s = patience (camera);
  if (counters_update (&camera->counters)) {
    camera->frame_us = now;
    if (camera->state == CONNECTING) {
      screen_log (camera->source.name, "watching %s", camera->source.shown);
      g_clear_pointer (&camera->reason, g_free);
      enter (camera, WATCHING);
    }
  } else if (camera->source.live && seconds_since (camera->frame_us) > limit_s) {
    g_autofree char *reason = g_strdup_printf ("no frame for %.0f s", limit_s);
    lose (camera, WAITING, reason);
  }
}

void
camera_tick (Camera *camera)
{
  gint64 now = g_get_monotonic_time ();

  if (is_connected (camera))
    look_for_frames (camera);
  if (camera->recorder)
    recorder_tick (camera->recorder);
  if (camera->state == ENDING && now >= camera->due_us)
    finish (camera);
  else if (camera->state == WAITING && now >= camera->due_us)
    connect_source (camera);
}

/* ---- from outside ---- */

Camera *
camera_new (
    const char *argument, GHashTable *names, const Options *options, Writer *writer, LiveFeed *feed)
{
  Camera *camera = g_new0 (Camera, 1);

  source_init (&camera->source, argument, names);
  camera->options = options;
  camera->writer = writer;
  camera->feed = feed ? live_feed_ref (feed) : NULL;
  camera->retry_s = MIN (FIRST_RETRY_S, options->retry_s);
  camera->recordings = recordings_new ();
  conditions_init (&camera->conditions);
  counters_init (&camera->counters);
  enter (camera, WAITING);
  return camera;
}

void
camera_free (Camera *camera)
{
  g_autofree char *counted = counters_to_string (&camera->counters);

  if (*counted)
    screen_log (camera->source.name, "%s, connections %u", counted, camera->connection);
  if (camera->pipeline)
    close_pipeline (camera);
  counters_clear (&camera->counters);
  conditions_clear (&camera->conditions);
  g_clear_pointer (&camera->feed, live_feed_unref);
  recordings_unref (camera->recordings);
  source_clear (&camera->source);
  g_free (camera->reason);
  g_free (camera->last_event);
  g_free (camera->news);
  g_free (camera);
}

void
camera_stop (Camera *camera)
{
  camera->stopping = TRUE;
  if (is_connected (camera))
    lose (camera, OVER, "stopping");
  else if (camera->state == ENDING)
    camera->after = OVER;
  else if (camera->state == WAITING)
    enter (camera, OVER);
}

gboolean
camera_is_over (const Camera *camera, gboolean *failed)
{
  *failed = camera->state == FAILED || camera->state == IMPOSSIBLE;
  return *failed || camera->state == OVER;
}

gboolean
camera_is_impossible (const Camera *camera)
{
  return camera->state == IMPOSSIBLE;
}

static void
add_news (GString *news, const char *text)
{
  if (text && *text)
    g_string_append_printf (news, "%s%s", news->len > 0 ? "; " : "", text);
}

/* Why nothing is being watched, then what was seen. (transfer full) */
static char *
describe_news (const Camera *camera)
{
  GString *news = g_string_new (NULL);
  g_autofree char *warnings = conditions_to_string (&camera->conditions);
  double retry_s = (double)(camera->due_us - g_get_monotonic_time ()) / G_USEC_PER_SEC;

  if (camera->state != OVER)
    add_news (news, camera->reason);
  if (camera->state == WAITING && camera->reason && retry_s > 0) {
    if (g_str_has_suffix (news->str, "."))
      g_string_truncate (news, news->len - 1);
    g_string_append_printf (news, ", again in %.0f s", ceil (retry_s));
  }
  add_news (news, camera->last_event);
  add_news (news, warnings);
  return g_string_free (news, FALSE);
}

static void
describe (gpointer user_data, LiveStatus *status)
{
  const Camera *camera = user_data;

  *status = (LiveStatus){ .name = camera->source.name,
    .state = state_names[camera->state],
    .watching = camera->state == WATCHING,
    .state_s = seconds_since (camera->since_us),
    .reason = g_strdup (camera->reason),
    .retry_s = camera->state == WAITING ? MAX (-seconds_since (camera->due_us), 0) : -1,
    .connections = camera->connection,
    .faces = camera->faces,
    .recorded = camera->options->record != NULL,
    .warnings = conditions_dup (&camera->conditions),
    .counters = counters_dup (&camera->counters) };
}

static LiveRecordingState
find_recording (
    gpointer user_data, const LiveEvent *event, gint64 after_ns, char **path, gint64 *onset_ns)
{
  const Camera *camera = user_data;
  gint64 until_ns = event->onset_ns + event->duration_ns + after_ns;
  gint64 first_ns;
  gboolean available;

  if (!camera->options->record)
    return LIVE_RECORDING_NONE;
  *path = recordings_find (
      camera->recordings, event->connection, event->onset_ns, until_ns, &first_ns, &available);
  if (!*path)
    return seconds_since (event->added_us) < OPEN_S ? LIVE_RECORDING_GROWING : LIVE_RECORDING_NONE;
  *onset_ns = event->onset_ns - first_ns;
  return available ? LIVE_RECORDING_AVAILABLE : LIVE_RECORDING_GROWING;
}

const LiveCameraFunctions camera_live_functions = { describe, find_recording };

void
camera_get_row (Camera *camera, ScreenRow *row)
{
  g_free (camera->news);
  camera->news = describe_news (camera);
  *row = (ScreenRow){ .name = camera->source.label,
    .state = state_names[camera->state],
    .frame_rate = counters_get_double (&camera->counters, "frame-rate"),
    .latency_ms = counters_get_double (&camera->counters, "latency-ms"),
    .faces = camera->faces,
    .events = counters_get (&camera->counters, "events"),
    .restarts = camera->connection > 0 ? camera->connection - 1 : 0,
    .news = camera->news };
}
