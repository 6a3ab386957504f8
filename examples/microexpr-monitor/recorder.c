/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recorder.h"

#include "screen.h"

#include <gst/app/app.h>
#include <string.h>

struct _Recorder
{
  gatomicrefcount ref_count; /* main thread, and the appsink */
  char *name, *directory;
  GstClockTime before, after;
  GMutex lock;        /* what follows */
  GQueue kept;        /* GstSample: from a keyframe on, `before` long or a little longer */
  GstElement *in;     /* appsrc of the file that is being written; NULL: none */
  GstClockTime first; /* time of its first buffer */
  GstClockTime until; /* it ends after this time */
};

static guint n_open; /* main thread */

/* What makes encoded video fit for the container. */
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

static gboolean
is_keyframe (GstSample *sample)
{
  return !GST_BUFFER_FLAG_IS_SET (gst_sample_get_buffer (sample), GST_BUFFER_FLAG_DELTA_UNIT);
}

/* ---- the file ---- */

static gboolean
take_message (GstBus *bus G_GNUC_UNUSED, GstMessage *message, gpointer user_data)
{
  GstElement *file = user_data;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    screen_log (GST_OBJECT_NAME (file), "%s", error->message);
  } else if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  gst_element_set_state (file, GST_STATE_NULL);
  gst_object_unref (file);
  n_open--;
  return G_SOURCE_REMOVE;
}

/* "front door" at some time: front door-20261124T101530.123Z.mkv */
static char *
file_path (const Recorder *recorder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *name = g_uri_escape_string (recorder->name, " ", TRUE);
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

/* The appsrc of a pipeline that ends by itself after end of stream. NULL: said why not. */
static GstElement *
open_file (Recorder *recorder, GstCaps *caps)
{
  g_autofree char *path = file_path (recorder);
  g_autofree char *text = g_strdup_printf ("appsrc name=in format=time max-bytes=0 ! %smatroskamux "
                                           "! filesink name=out",
      parser_of (caps));
  g_autoptr (GError) error = NULL;
  GstElement *file = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstBus) bus = NULL;
  GstElement *in;

  if (!file) {
    screen_log (recorder->name, "cannot record: %s", error->message);
    return NULL;
  }
  screen_log (recorder->name, "recording %s", path);
  out = gst_bin_get_by_name (GST_BIN (file), "out");
  in = gst_bin_get_by_name (GST_BIN (file), "in");
  g_object_set (out, "location", path, NULL);
  g_object_set (in, "caps", caps, NULL);
  bus = gst_element_get_bus (file);
  gst_bus_add_watch (bus, take_message, file);
  n_open++;
  gst_element_set_state (file, GST_STATE_PLAYING);
  return in;
}

/* Lock held. Times in the file begin at 0. */
static void
push (Recorder *recorder, GstSample *sample)
{
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));

  if (GST_BUFFER_DTS_IS_VALID (buffer))
    GST_BUFFER_DTS (buffer) -= MIN (GST_BUFFER_DTS (buffer), recorder->first);
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) -= MIN (GST_BUFFER_PTS (buffer), recorder->first);
  gst_app_src_push_buffer (GST_APP_SRC (recorder->in), buffer);
}

/* Lock held. */
static void
end_file (Recorder *recorder)
{
  if (recorder->in)
    gst_app_src_end_of_stream (GST_APP_SRC (recorder->in));
  gst_clear_object (&recorder->in);
}

void
recorder_trigger (Recorder *recorder)
{
  GstSample *newest;

  g_mutex_lock (&recorder->lock);
  newest = g_queue_peek_tail (&recorder->kept);
  if (newest && !recorder->in) {
    GstSample *oldest = g_queue_peek_head (&recorder->kept);
    recorder->first = time_of (oldest);
    recorder->in = open_file (recorder, gst_sample_get_caps (oldest));
    for (GList *l = recorder->kept.head; l && recorder->in; l = l->next)
      push (recorder, l->data);
  }
  if (newest)
    recorder->until = time_of (newest) + recorder->after;
  g_mutex_unlock (&recorder->lock);
}

/* ---- what is kept ---- */

/* Lock held. Drops what lies before the last keyframe that is old enough. */
static void
trim (Recorder *recorder)
{
  GstClockTime newest = time_of (g_queue_peek_tail (&recorder->kept));
  GList *next = recorder->kept.head;

  do
    next = next->next;
  while (next && !is_keyframe (next->data));
  if (!next || time_of (next->data) + recorder->before > newest)
    return;
  while (recorder->kept.head != next)
    gst_sample_unref (g_queue_pop_head (&recorder->kept));
}

static void
forget (Recorder *recorder)
{
  g_queue_clear_full (&recorder->kept, (GDestroyNotify)gst_sample_unref);
}

/* Lock held. Another format, or time that goes back, does not fit behind what is kept. */
static gboolean
fits (Recorder *recorder, GstSample *sample)
{
  GstSample *newest = g_queue_peek_tail (&recorder->kept);

  return !newest ||
         (gst_caps_is_equal (gst_sample_get_caps (newest), gst_sample_get_caps (sample)) &&
             time_of (sample) >= time_of (newest));
}

/* Lock held; takes the sample. */
static void
add (Recorder *recorder, GstSample *sample)
{
  if (!fits (recorder, sample)) {
    end_file (recorder);
    forget (recorder);
  }
  if (g_queue_is_empty (&recorder->kept) && !is_keyframe (sample)) {
    gst_sample_unref (sample);
    return;
  }
  g_queue_push_tail (&recorder->kept, sample);
  if (recorder->in)
    push (recorder, sample);
  if (recorder->in && time_of (sample) > recorder->until)
    end_file (recorder);
  trim (recorder);
}

/* Streaming thread. */
static GstPadProbeReturn
take_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstCaps *caps = gst_pad_get_current_caps (pad);
  Recorder *recorder = user_data;

  if (caps && GST_CLOCK_TIME_IS_VALID (GST_BUFFER_DTS_OR_PTS (buffer))) {
    g_mutex_lock (&recorder->lock);
    add (recorder, gst_sample_new (buffer, caps, NULL, NULL));
    g_mutex_unlock (&recorder->lock);
  }
  gst_clear_caps (&caps);
  return GST_PAD_PROBE_OK;
}

/* ---- life ---- */

static void
unref (gpointer user_data)
{
  Recorder *recorder = user_data;

  if (!g_atomic_ref_count_dec (&recorder->ref_count))
    return;
  forget (recorder);
  g_mutex_clear (&recorder->lock);
  g_free (recorder->name);
  g_free (recorder->directory);
  g_free (recorder);
}

static gboolean
takes_original (GstElement *element)
{
  GstElementFactory *factory = gst_element_get_factory (element);

  return g_str_equal (GST_OBJECT_NAME (element), "original") ||
         (factory && gst_element_factory_list_is_type (factory,
                         GST_ELEMENT_FACTORY_TYPE_DECODER | GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO));
}

/* Streaming thread, when the stream is known. */
static void
take_element (GstBin *pipeline G_GNUC_UNUSED, GstBin *bin G_GNUC_UNUSED, GstElement *element,
    gpointer user_data)
{
  Recorder *recorder = user_data;
  GstPad *pad;

  if (!takes_original (element))
    return;
  pad = gst_element_get_static_pad (element, "sink");
  g_atomic_ref_count_inc (&recorder->ref_count);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, take_buffer, recorder, unref);
  gst_object_unref (pad);
}

static void
unref_closure (gpointer user_data, GClosure *closure G_GNUC_UNUSED)
{
  unref (user_data);
}

Recorder *
recorder_new (GstElement *pipeline, const char *name, const Options *options)
{
  Recorder *recorder = g_new0 (Recorder, 1);

  g_atomic_ref_count_init (&recorder->ref_count);
  g_mutex_init (&recorder->lock);
  recorder->name = g_strdup (name);
  recorder->directory = g_strdup (options->record);
  recorder->before = (GstClockTime)(options->before_s * GST_SECOND);
  recorder->after = (GstClockTime)(options->after_s * GST_SECOND);
  g_atomic_ref_count_inc (&recorder->ref_count);
  g_signal_connect_data (
      pipeline, "deep-element-added", G_CALLBACK (take_element), recorder, unref_closure, 0);
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
  return n_open;
}
