/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recorder.h"

#include "screen.h"

#include <gst/app/app.h>
#include <string.h>

#define MOST_KEPT (64 * 1024 * 1024)   /* bytes of a camera kept in memory before an event */
#define MOST_QUEUED (2 * MOST_KEPT)    /* bytes waiting for a slow disk */
#define LONGEST (10 * 60 * GST_SECOND) /* of a file; the next one begins at a key frame */
#define REORDERED GST_SECOND           /* how far timestamps may step back in decoding order */
#define MOST_NAME 200 /* bytes of a file's name before the time; 255 are possible */

struct _Recorder
{
  gatomicrefcount ref_count; /* main thread, streaming thread, file */
  char *name, *directory;
  GstClockTime before, after;
  Recordings *recordings;
  GstElement *file; /* pipeline of the newest file; NULL: it is complete. Main thread */

  GMutex lock;         /* guards the fields below */
  GQueue kept;         /* GstSample, from a key frame on, at least `before` long */
  gsize n_bytes;       /* in kept */
  GstCaps *caps;       /* of the last packet; NULL: none yet */
  GstClockTime newest; /* latest timestamp */
  gboolean triggered;  /* an event is in no file yet */
  gboolean wanted;     /* record up to `until` */
  GstClockTime until;
  GstElement *in;     /* appsrc of the file that is being written; NULL: none */
  GstClockTime begin; /* packets from here on go to the next file */
  GstClockTime first; /* time of the first buffer of the file */
  guint64 number;     /* of the file in recordings */
  gboolean too_slow;  /* the disk was too slow and the file ended; not logged yet */
};

static guint n_open; /* atomic */

/* The parser that the container needs for each format. */
static const struct
{
  const char *media_type, *elements;
} parsers[] = {
  { "video/x-h264", "h264parse ! " },
  { "video/x-h265", "h265parse ! " },
  { "video/mpeg", "mpegvideoparse ! " },
};

static GstClockTime
time_of (GstSample *sample)
{
  return GST_BUFFER_DTS_OR_PTS (gst_sample_get_buffer (sample));
}

/* When the packet passes the pipeline. */
static gint64
running_time_of (GstSample *sample)
{
  guint64 time = 0;
  int sign = gst_segment_to_running_time_full (
      gst_sample_get_segment (sample), GST_FORMAT_TIME, time_of (sample), &time);

  return sign * (gint64)time;
}

static gboolean
is_keyframe (GstSample *sample)
{
  return !GST_BUFFER_FLAG_IS_SET (gst_sample_get_buffer (sample), GST_BUFFER_FLAG_DELTA_UNIT);
}

static void
unref (gpointer user_data)
{
  Recorder *recorder = user_data;

  if (!g_atomic_ref_count_dec (&recorder->ref_count))
    return;
  g_queue_clear_full (&recorder->kept, (GDestroyNotify)gst_sample_unref);
  gst_clear_caps (&recorder->caps);
  recordings_unref (recorder->recordings);
  g_mutex_clear (&recorder->lock);
  g_free (recorder->name);
  g_free (recorder->directory);
  g_free (recorder);
}

static Recorder *
ref (Recorder *recorder)
{
  g_atomic_ref_count_inc (&recorder->ref_count);
  return recorder;
}

/* ---- the file ---- */

static void
set_state (GstElement *file, gpointer state)
{
  gst_element_set_state (file, GPOINTER_TO_INT (state));
}

static void
note_closed (gpointer state G_GNUC_UNUSED)
{
  g_atomic_int_add (&n_open, -1);
}

/* Lock held. */
static void
end_file (Recorder *recorder)
{
  if (recorder->in)
    gst_app_src_end_of_stream (GST_APP_SRC (recorder->in));
  gst_clear_object (&recorder->in);
}

/* After a write error; the next event starts another file. */
static void
give_up (Recorder *recorder)
{
  g_mutex_lock (&recorder->lock);
  gst_clear_object (&recorder->in);
  recorder->wanted = FALSE;
  g_mutex_unlock (&recorder->lock);
}

static gboolean
handle_message (GstBus *bus G_GNUC_UNUSED, GstMessage *message, gpointer user_data)
{
  Recorder *recorder = user_data;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    screen_log (recorder->name, "recording failed: %s", error->message);
    give_up (recorder);
  } else if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  recordings_complete (recorder->recordings, recorder->number);
  gst_element_call_async (recorder->file, set_state, GINT_TO_POINTER (GST_STATE_NULL), note_closed);
  gst_clear_object (&recorder->file);
  return G_SOURCE_REMOVE;
}

/* Escaped, and truncated at a character boundary. (transfer full) */
static char *
file_name (const char *name)
{
  GString *escaped = g_string_new (NULL);

  for (const char *c = name; *c; c = g_utf8_next_char (c)) {
    g_autofree char *character = g_strndup (c, (gsize)(g_utf8_next_char (c) - c));
    gsize length = escaped->len;

    g_string_append_uri_escaped (escaped, character, " ", TRUE);
    if (escaped->len > MOST_NAME) {
      g_string_truncate (escaped, length);
      break;
    }
  }
  return g_string_free (escaped, FALSE);
}

/* "front door" at some time: front door-20261124T101530.123Z.mkv */
static char *
file_path (const Recorder *recorder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *name = file_name (recorder->name);
  g_autofree char *file = NULL;

  file = g_strdup_printf ("%s-%s.%03dZ.mkv", name, time, g_date_time_get_microsecond (now) / 1000);
  return g_build_filename (recorder->directory, file, NULL);
}

static const char *
parser_of (GstCaps *caps)
{
  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++)
    if (gst_structure_has_name (gst_caps_get_structure (caps, 0), parsers[i].media_type))
      return parsers[i].elements;
  return "";
}

/* Builds the pipeline that writes a file and ends after EOS. Only its own thread blocks when the
 * disk hangs. Nothing waits in a buffer: the live page reads files while they grow. FALSE: failed,
 * and logged why. */
static gboolean
open_file (Recorder *recorder, GstSample *first)
{
  g_autofree char *path = file_path (recorder);
  g_autofree char *text = g_strdup_printf ("appsrc name=in format=time max-bytes=0 ! %smatroskamux "
                                           "! filesink name=out buffer-mode=unbuffered",
      parser_of (recorder->caps));
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstBus) bus = NULL;

  recorder->file = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (!recorder->file) {
    screen_log (recorder->name, "cannot record: %s", error->message);
    return FALSE;
  }
  screen_log (recorder->name, "recording %s", path);
  out = gst_bin_get_by_name (GST_BIN (recorder->file), "out");
  g_object_set (out, "location", path, NULL);
  recorder->in = gst_bin_get_by_name (GST_BIN (recorder->file), "in");
  g_object_set (recorder->in, "caps", recorder->caps, NULL);
  recorder->number = recordings_add (recorder->recordings, path, running_time_of (first));
  bus = gst_element_get_bus (recorder->file);
  gst_bus_add_watch_full (bus, G_PRIORITY_DEFAULT, handle_message, ref (recorder), unref);
  g_atomic_int_inc (&n_open);
  gst_element_call_async (recorder->file, set_state, GINT_TO_POINTER (GST_STATE_PLAYING), NULL);
  return TRUE;
}

/* Lock held, file open. Timestamps in the file start at 0. */
static void
push (Recorder *recorder, GstSample *sample)
{
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));

  if (GST_BUFFER_DTS_IS_VALID (buffer))
    GST_BUFFER_DTS (buffer) -= MIN (GST_BUFFER_DTS (buffer), recorder->first);
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) -= MIN (GST_BUFFER_PTS (buffer), recorder->first);
  gst_app_src_push_buffer (GST_APP_SRC (recorder->in), buffer);
  recordings_extend (recorder->recordings, recorder->number, running_time_of (sample));
}

/* Main thread, lock held. Writes the kept packets, from a key frame on. */
static void
begin_file (Recorder *recorder)
{
  GList *sample = recorder->kept.head;

  while (sample && (!is_keyframe (sample->data) || time_of (sample->data) < recorder->begin))
    sample = sample->next;
  if (!sample)
    return;
  recorder->first = time_of (sample->data);
  recorder->begin = 0;
  recorder->wanted = open_file (recorder, sample->data);
  for (; sample && recorder->in; sample = sample->next)
    push (recorder, sample->data);
}

/* Main thread. Opens the next file unless one is open: one at a time. */
void
recorder_tick (Recorder *recorder)
{
  g_mutex_lock (&recorder->lock);
  if (recorder->too_slow)
    screen_log (recorder->name, "recording ended: the disk is too slow");
  recorder->too_slow = FALSE;
  if (recorder->triggered && !g_queue_is_empty (&recorder->kept)) {
    recorder->until = recorder->newest + recorder->after;
    recorder->wanted = TRUE;
    recorder->triggered = FALSE;
  }
  if (recorder->wanted && !recorder->file)
    begin_file (recorder);
  g_mutex_unlock (&recorder->lock);
}

void
recorder_trigger (Recorder *recorder)
{
  g_mutex_lock (&recorder->lock);
  recorder->triggered = TRUE;
  g_mutex_unlock (&recorder->lock);
  recorder_tick (recorder);
}

/* ---- what is kept ---- */

/* Lock held. Drops everything before this packet; NULL: everything. */
static void
drop_before (Recorder *recorder, const GList *next)
{
  while (recorder->kept.head != next) {
    GstSample *sample = g_queue_pop_head (&recorder->kept);

    recorder->n_bytes -= gst_buffer_get_size (gst_sample_get_buffer (sample));
    gst_sample_unref (sample);
  }
}

/* Lock held. Drops what precedes the last key frame that is old enough. Above the memory limit,
 * also up to a later key frame, or everything if there is none. */
static void
trim (Recorder *recorder)
{
  GList *next = recorder->kept.head;

  while (next) {
    do
      next = next->next;
    while (next && !is_keyframe (next->data));
    if (recorder->n_bytes <= MOST_KEPT &&
        (!next || time_of (next->data) + recorder->before > recorder->newest))
      return;
    drop_before (recorder, next);
  }
}

/* Lock held. Whether the packet cannot follow the last one: other caps, or a clock set back. */
static gboolean
fits (const Recorder *recorder, GstSample *sample)
{
  return !recorder->caps || (gst_caps_is_equal (recorder->caps, gst_sample_get_caps (sample)) &&
                                time_of (sample) + REORDERED >= recorder->newest);
}

/* Lock held. Ends the file and starts over with the new caps. */
static void
begin_anew (Recorder *recorder, GstSample *sample)
{
  end_file (recorder);
  recorder->wanted = FALSE;
  recorder->begin = recorder->newest = 0;
  drop_before (recorder, NULL);
  gst_caps_replace (&recorder->caps, gst_sample_get_caps (sample));
}

/* Lock held. */
static void
keep (Recorder *recorder, GstSample *sample)
{
  if (g_queue_is_empty (&recorder->kept) && !is_keyframe (sample))
    return;
  g_queue_push_tail (&recorder->kept, gst_sample_ref (sample));
  recorder->n_bytes += gst_buffer_get_size (gst_sample_get_buffer (sample));
  trim (recorder);
}

/* Lock held, and a file is open. */
static void
record (Recorder *recorder, GstSample *sample)
{
  recorder->too_slow =
      gst_app_src_get_current_level_bytes (GST_APP_SRC (recorder->in)) > MOST_QUEUED;
  if (recorder->too_slow || recorder->newest > recorder->until) {
    recorder->wanted = FALSE;
    end_file (recorder);
  } else if (is_keyframe (sample) && recorder->newest - recorder->first > LONGEST) {
    recorder->begin = time_of (sample);
    end_file (recorder);
  } else
    push (recorder, sample);
}

/* Lock held. */
static void
add (Recorder *recorder, GstSample *sample)
{
  if (!recorder->caps || !fits (recorder, sample))
    begin_anew (recorder, sample);
  recorder->newest = MAX (recorder->newest, time_of (sample));
  if (recorder->in)
    record (recorder, sample);
  keep (recorder, sample);
}

/* Streaming thread. */
static GstPadProbeReturn
record_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstCaps *caps = gst_pad_get_current_caps (pad);
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment = NULL;
  Recorder *recorder = user_data;

  if (event)
    gst_event_parse_segment (event, &segment);
  if (caps && segment && GST_CLOCK_TIME_IS_VALID (GST_BUFFER_DTS_OR_PTS (buffer))) {
    g_autoptr (GstSample) sample = gst_sample_new (buffer, caps, segment, NULL);
    g_mutex_lock (&recorder->lock);
    add (recorder, sample);
    g_mutex_unlock (&recorder->lock);
  }
  gst_clear_caps (&caps);
  gst_clear_event (&event);
  return GST_PAD_PROBE_OK;
}

/* ---- life ---- */

static gboolean
takes_original (GstElement *element)
{
  GstElementFactory *factory = gst_element_get_factory (element);

  return g_str_equal (GST_OBJECT_NAME (element), "original") ||
         (factory && gst_element_factory_list_is_type (factory,
                         GST_ELEMENT_FACTORY_TYPE_DECODER | GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO |
                             GST_ELEMENT_FACTORY_TYPE_MEDIA_IMAGE)); /* of Motion JPEG */
}

/* Streaming thread, when the stream is known. */
static void
watch_element (GstBin *pipeline G_GNUC_UNUSED, GstBin *bin G_GNUC_UNUSED, GstElement *element,
    gpointer user_data)
{
  Recorder *recorder = user_data;
  GstPad *pad;

  if (!takes_original (element))
    return;
  pad = gst_element_get_static_pad (element, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, record_buffer, ref (recorder), unref);
  gst_object_unref (pad);
}

static void
unref_closure (gpointer user_data, GClosure *closure G_GNUC_UNUSED)
{
  unref (user_data);
}

Recorder *
recorder_new (
    GstElement *pipeline, const char *name, const Options *options, Recordings *recordings)
{
  Recorder *recorder = g_new0 (Recorder, 1);

  g_atomic_ref_count_init (&recorder->ref_count);
  g_mutex_init (&recorder->lock);
  recorder->name = g_strdup (name);
  recorder->directory = g_strdup (options->record);
  recorder->recordings = recordings_ref (recordings);
  recorder->before = (GstClockTime)(options->before_s * GST_SECOND);
  recorder->after = (GstClockTime)(options->after_s * GST_SECOND);
  g_signal_connect_data (
      pipeline, "deep-element-added", G_CALLBACK (watch_element), ref (recorder), unref_closure, 0);
  return recorder;
}

void
recorder_free (Recorder *recorder)
{
  g_mutex_lock (&recorder->lock);
  end_file (recorder);
  g_mutex_unlock (&recorder->lock);
  unref (recorder);
}

guint
recorder_n_open (void)
{
  return (guint)g_atomic_int_get (&n_open);
}
