/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints the facial events of a video as they arrive on the bus.
 *
 *   events [file | URI]      (without: a test face of known expressions)
 *
 * Build: gcc events.c -o events $(pkg-config --cflags --libs gstreamer-1.0) */
#include <gst/gst.h>
#include <stdlib.h>

#define TEST_SOURCE                                                                                \
  "microexprtestsrc num-buffers=128 seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 "      \
  "script=\"2s micro AU12 4 300ms; 3.9s micro AU1+2 4 300ms\" "                                    \
  "! video/x-raw,width=480,height=360,framerate=30/1"

static gboolean
print_unit (GQuark unit, const GValue *strength, gpointer user_data)
{
  gboolean *first = user_data;

  g_print (
      "%s%s %.1f", *first ? "" : ", ", g_quark_to_string (unit), g_value_get_double (strength));
  *first = FALSE;
  return TRUE;
}

/* docs/microexpr.md lists the fields. */
static void
print_event (const GstStructure *event)
{
  const GValue *units = gst_structure_get_value (event, "action-units");
  const char *emotion = gst_structure_get_string (event, "emotion");
  guint64 onset = 0;
  guint face = 0;
  double confidence = 0;
  gboolean first = TRUE;

  gst_structure_get (event, "onset", G_TYPE_UINT64, &onset, "face", G_TYPE_UINT, &face,
      "confidence", G_TYPE_DOUBLE, &confidence, NULL);
  g_print ("%9.3f s  face %u  %s  %s  %.0f %%  ", (double)onset / GST_SECOND, face,
      gst_structure_get_string (event, "kind"), emotion ? emotion : "-", 100 * confidence);
  gst_structure_foreach (gst_value_get_structure (units), print_unit, &first);
  g_print ("\n");
}

static void
print_error (GstMessage *message)
{
  GError *error = NULL;

  gst_message_parse_error (message, &error, NULL);
  g_printerr ("events: %s\n", error->message);
  g_error_free (error);
}

/* FALSE: it ended by an error. */
static gboolean
print_messages (GstBus *bus)
{
  GstMessageType type = GST_MESSAGE_UNKNOWN;

  while (type != GST_MESSAGE_EOS && type != GST_MESSAGE_ERROR) {
    GstMessage *message = gst_bus_timed_pop_filtered (
        bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

    type = GST_MESSAGE_TYPE (message);
    if (gst_message_has_name (message, "microexpr-event"))
      print_event (gst_message_get_structure (message));
    if (type == GST_MESSAGE_ERROR)
      print_error (message);
    gst_message_unref (message);
  }
  return type == GST_MESSAGE_EOS;
}

/* NULL: an element is missing, and the error was printed. */
static GstElement *
make_pipeline (const char *name)
{
  char *line = g_strdup_printf ("%s ! microexpr kinds=micro+macro ! fakesink sync=false",
      name ? "uridecodebin name=source ! videoconvert ! videoflip video-direction=auto"
           : TEST_SOURCE);
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);

  if (!pipeline)
    g_printerr ("events: %s\n", error->message);
  g_clear_error (&error);
  g_free (line);
  return pipeline;
}

static void
set_source (GstElement *pipeline, const char *name)
{
  GstElement *source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  gboolean file = g_file_test (name, G_FILE_TEST_EXISTS) || !gst_uri_is_valid (name);
  char *uri = file ? gst_filename_to_uri (name, NULL) : g_strdup (name);

  g_object_set (source, "uri", uri, NULL);
  g_free (uri);
  gst_object_unref (source);
}

int
main (int argc, char **argv)
{
  GstElement *pipeline;
  const char *name;
  gboolean good;
  GstBus *bus;

  gst_init (&argc, &argv);
  name = argc > 1 ? argv[argc - 1]
                  : NULL; /* the last one: "--" may precede a name with a leading dash */
  pipeline = make_pipeline (name);
  if (!pipeline)
    return EXIT_FAILURE;
  if (name)
    set_source (pipeline, name);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  good = print_messages (bus);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
