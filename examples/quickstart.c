/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Analyzes one video: prints every facial event as it is reported, writes the video with the
 * findings drawn in, and shows it when there is a display.
 *
 *   quickstart [URI | file | /dev/videoN]      (without: a test face of known expressions) */
#include <glib-unix.h>
#include <glib/gprintf.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEST_FRAME_RATE 60 /* 1/s */
#define EOS_PATIENCE_S 5   /* time for a stopped pipeline to finish the file */
/* Labels stand on all frames of an event, also of a long smile. */
#define FILE_LOOKAHEAD_NS (5 * GST_SECOND)

typedef struct
{
  guint64 onset, offset; /* ns, stream time */
} Interval;

typedef struct
{
  GMainLoop *loop;
  GstElement *pipeline;
  const char *what;     /* is analyzed; NULL: the test source */
  char *output;         /* path of the annotated video */
  GArray *found, *made; /* Intervals of micro-expressions: reported, and made by the test source */
  guint n_macro;
  gboolean playing, stopping, failed;
  gboolean on_terminal; /* stderr is a terminal: progress overwrites itself */
  int tenth;            /* of the progress, last one printed */
} App;

/* Ways to write the annotated video; the first whose elements all exist is used. */
static const struct
{
  const char *launch, *suffix;
} recorders[] = {
  { "x264enc speed-preset=veryfast tune=zerolatency pass=qual quantizer=22 ! mp4mux", "mp4" },
  { "openh264enc bitrate=3000000 ! h264parse ! mp4mux", "mp4" },
  { "vp8enc deadline=1 cpu-used=8 target-bitrate=3000000 ! webmmux", "webm" },
};

/* Index into recorders; -1: none is usable. */
static int
choose_recorder (void)
{
  for (int i = 0; i < (int)G_N_ELEMENTS (recorders); i++) {
    GstElement *bin = gst_parse_bin_from_description_full (
        recorders[i].launch, FALSE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);

    if (bin == NULL)
      continue;
    gst_object_unref (gst_object_ref_sink (bin));
    return i;
  }
  return -1;
}

/* --- printing --- */

/* Clears the progress line before a line of output. */
static void
clear_progress (App *app)
{
  if (app->on_terminal)
    g_fprintf (stderr, "\r\033[K");
}

static void
print_header (const char *what)
{
  char *name = what != NULL ? g_filename_display_name (what) : g_strdup ("the test source");

  g_print (
      "\nAnalyzing %s; strengths are in %% of the distance between the eyes. Ctrl-C ends it.\n",
      name);
  g_free (name);
  g_print ("%9s  %4s  %-5s  %-13s  %5s  %8s  %8s  %s\n", "onset", "face", "kind", "emotion",
      "conf.", "strength", "duration", "action units");
}

static void
format_time (char *text, gsize size, guint64 ns)
{
  g_snprintf (text, size, "%u:%06.3f", (guint)(ns / (60 * GST_SECOND)),
      (double)(ns % (60 * GST_SECOND)) / GST_SECOND);
}

static const GstStructure *
get_part (const GstStructure *event, const char *name)
{
  const GValue *value = gst_structure_get_value (event, name);

  return value != NULL && GST_VALUE_HOLDS_STRUCTURE (value) ? gst_value_get_structure (value)
                                                            : NULL;
}

/* " left" or " right" when the unit moved at least twice as much on that side. */
static const char *
side_of_unit (const GstStructure *event, const char *unit)
{
  const GstStructure *left = get_part (event, "left"), *right = get_part (event, "right");
  double l = 0, r = 0;

  if (left != NULL)
    gst_structure_get_double (left, unit, &l);
  if (right != NULL)
    gst_structure_get_double (right, unit, &r);
  if (l > 2 * r)
    return " left";
  return r > 2 * l ? " right" : "";
}

/* "AU1 1.9, AU2 1.7 left": strengths in % of the distance between the eyes. */
static char *
describe_units (const GstStructure *event)
{
  const GstStructure *units = get_part (event, "action-units");
  GString *text = g_string_new (NULL);

  for (int i = 0; units != NULL && i < gst_structure_n_fields (units); i++) {
    const char *unit = gst_structure_nth_field_name (units, (guint)i);
    double strength = 0;

    gst_structure_get_double (units, unit, &strength);
    g_string_append_printf (
        text, "%s%s %.1f%s", i > 0 ? ", " : "", unit, strength, side_of_unit (event, unit));
  }
  return g_string_free (text, FALSE);
}

static void
print_event (const GstStructure *event)
{
  const char *kind = gst_structure_get_string (event, "kind");
  const char *emotion = gst_structure_get_string (event, "emotion");
  char *units = describe_units (event);
  guint64 onset = 0, duration = 0;
  double confidence = 0, intensity = 0;
  guint face = 0;
  char time[32];

  gst_structure_get (event, "onset", G_TYPE_UINT64, &onset, "duration", G_TYPE_UINT64, &duration,
      "face", G_TYPE_UINT, &face, "confidence", G_TYPE_DOUBLE, &confidence, "intensity",
      G_TYPE_DOUBLE, &intensity, NULL);
  format_time (time, sizeof time, onset);
  g_print ("%9s  %4u  %-5s  %-13s  %3.0f %%  %6.1f %%  %5.0f ms  %s\n", time, face,
      kind != NULL ? kind : "?", emotion != NULL ? emotion : "-", confidence * 100, intensity,
      (double)duration / GST_MSECOND, units);
  g_free (units);
}

static void
print_warning (const GstStructure *warning)
{
  gboolean active = FALSE;
  guint64 stream_time = 0;
  double value = 0, limit = 0;
  guint face;
  const char *unit = gst_structure_get_string (warning, "unit");
  char time[32], who[32] = "";

  gst_structure_get (warning, "active", G_TYPE_BOOLEAN, &active, "value", G_TYPE_DOUBLE, &value,
      "limit", G_TYPE_DOUBLE, &limit, NULL);
  if (!active)
    return;
  gst_structure_get (warning, "stream-time", G_TYPE_UINT64, &stream_time, NULL);
  if (gst_structure_get_uint (warning, "face", &face))
    g_snprintf (who, sizeof who, "face %u, ", face);
  format_time (time, sizeof time, stream_time);
  g_print ("%9s  warning: %s (%s%.3g %s, the limit is %.3g)\n", time,
      gst_structure_get_string (warning, "reason"), who, value, unit != NULL ? unit : "", limit);
}

/* --- what was found --- */

static void
take_event (App *app, const GstStructure *event, GArray *micro_expressions)
{
  Interval interval = { 0, 0 };

  gst_structure_get (event, "onset", G_TYPE_UINT64, &interval.onset, "offset", G_TYPE_UINT64,
      &interval.offset, NULL);
  if (g_strcmp0 (gst_structure_get_string (event, "kind"), "micro") == 0)
    g_array_append_val (micro_expressions, interval);
  else if (micro_expressions == app->found)
    app->n_macro++;
}

/* Whether intersection over union is at least 0.5. */
static gboolean
same_interval (const Interval *a, const Interval *b)
{
  gint64 shared = (gint64)MIN (a->offset, b->offset) - (gint64)MAX (a->onset, b->onset);
  gint64 covered = (gint64)MAX (a->offset, b->offset) - (gint64)MIN (a->onset, b->onset);

  return shared > 0 && 2 * shared >= covered;
}

/* Prints how many micro-expressions the test source made until end (ns), and how many of them were
 * found. */
static void
print_score (const App *app, gint64 end)
{
  guint n_made = 0, n_found = 0;

  for (guint i = 0; i < app->made->len; i++) {
    const Interval *made = &g_array_index (app->made, Interval, i);
    gboolean found = FALSE;

    if ((gint64)made->offset > end)
      continue;
    for (guint k = 0; k < app->found->len && !found; k++)
      found = same_interval (made, &g_array_index (app->found, Interval, k));
    n_made++;
    n_found += found;
  }
  g_print ("The test source made %u micro-expressions, of which %u were found.\n", n_made, n_found);
}

static void
print_summary (const App *app)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (app->pipeline), "microexpr");
  GstStructure *stats = NULL;
  guint64 frames = 0, faces = 0;
  gint64 position;
  double mean_ms = 0;

  g_object_get (element, "stats", &stats, NULL);
  gst_structure_get (stats, "frames", G_TYPE_UINT64, &frames, "faces", G_TYPE_UINT64, &faces,
      "mean-ms", G_TYPE_DOUBLE, &mean_ms, NULL);
  g_print ("\n%" G_GUINT64_FORMAT " frames at %.2f ms each, faces: %" G_GUINT64_FORMAT
           ", micro-expressions: %u, longer expressions: %u\n",
      frames, mean_ms, faces, app->found->len, app->n_macro);
  if (app->made->len > 0 && gst_element_query_position (app->pipeline, GST_FORMAT_TIME, &position))
    print_score (app, position);
  if (frames > 0 && faces == 0)
    g_print ("No face was found: faces must be upright, look at the camera and be at least 80 "
             "pixels wide.\n");
  gst_structure_free (stats);
  gst_object_unref (element);
}

/* --- running --- */

static gboolean
quit (gpointer user_data)
{
  App *app = user_data;

  g_main_loop_quit (app->loop);
  return G_SOURCE_REMOVE;
}

/* Sends EOS, so that the file is completed; the main loop quits at EOS. */
static void
stop (App *app)
{
  if (app->stopping || !app->playing) {
    g_main_loop_quit (app->loop);
    return;
  }
  app->stopping = TRUE;
  g_timeout_add_seconds (EOS_PATIENCE_S, quit, app);
  gst_element_send_event (app->pipeline, gst_event_new_eos ());
}

static gboolean
on_signal (gpointer user_data)
{
  stop (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_progress (gpointer user_data)
{
  App *app = user_data;
  gint64 position, duration;

  if (!gst_element_query_position (app->pipeline, GST_FORMAT_TIME, &position) ||
      !gst_element_query_duration (app->pipeline, GST_FORMAT_TIME, &duration) || duration <= 0)
    return G_SOURCE_CONTINUE;
  if (app->on_terminal) {
    g_fprintf (stderr, "\r\033[K%3.0f %% of %.0f s, micro-expressions: %u",
        100.0 * (double)position / (double)duration, (double)duration / GST_SECOND,
        app->found->len);
  } else if ((int)(10 * position / duration) > app->tenth) {
    app->tenth = (int)(10 * position / duration);
    g_fprintf (stderr, "%d %%\n", 10 * app->tenth);
  }
  return G_SOURCE_CONTINUE;
}

#define NOT_A_VIDEO                                                                                \
  "This is not a video that GStreamer can read. If other players show it, convert it:\n"           \
  "  ffmpeg -i FILE converted.mp4"
#define DAMAGED "The video is damaged or incomplete: copy or download it again."
#define NO_DECODER "A decoder is missing: install gstreamer1.0-libav and gstreamer1.0-plugins-bad."

/* What to do about an error that comes before the first picture. */
static const char *
find_cure (const GError *error)
{
  static const struct
  {
    GQuark (*domain) (void);
    int code;
    const char *cure;
  } cures[] = {
    { gst_core_error_quark, GST_CORE_ERROR_MISSING_PLUGIN, NO_DECODER },
    { gst_stream_error_quark, GST_STREAM_ERROR_CODEC_NOT_FOUND, NO_DECODER },
    { gst_stream_error_quark, GST_STREAM_ERROR_TYPE_NOT_FOUND, NOT_A_VIDEO },
    { gst_stream_error_quark, GST_STREAM_ERROR_WRONG_TYPE, NOT_A_VIDEO },
    { gst_stream_error_quark, GST_STREAM_ERROR_DECODE, DAMAGED },
    { gst_stream_error_quark, GST_STREAM_ERROR_DEMUX, DAMAGED },
    { gst_stream_error_quark, GST_STREAM_ERROR_FAILED, "It contains no video: sound alone?" },
    { gst_resource_error_quark, GST_RESOURCE_ERROR_BUSY, "Another program uses the camera." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cures); i++)
    if (g_error_matches (error, cures[i].domain (), cures[i].code))
      return cures[i].cure;
  return NULL;
}

/* The file that an element reads or writes. (transfer full) */
static char *
name_subject (const App *app, GstObject *element)
{
  if (g_str_equal (GST_OBJECT_NAME (element), "file"))
    return g_filename_display_name (app->output);
  return app->what != NULL ? g_filename_display_name (app->what) : g_strdup ("the test source");
}

static void
take_error (App *app, GstMessage *message)
{
  GError *error = NULL;
  char *debug = NULL, *details, *subject = name_subject (app, message->src);
  const char *cure;

  gst_message_parse_error (message, &error, &debug);
  details = debug != NULL ? strchr (debug, '\n') : NULL; /* after the place in the source code */
  g_printerr ("quickstart: %s: %s\n", subject, error->message);
  if (details != NULL)
    g_printerr ("  %s: %s\n", GST_OBJECT_NAME (message->src), details + 1);
  cure = app->playing ? NULL : find_cure (error);
  if (cure != NULL)
    g_printerr ("  %s\n", cure);
  g_free (subject);
  g_clear_error (&error);
  g_free (debug);
  app->failed = TRUE;
  stop (app);
}

static void
take_element_message (App *app, const GstStructure *structure)
{
  if (gst_structure_has_name (structure, "microexpr-event")) {
    clear_progress (app);
    take_event (app, structure, app->found);
    print_event (structure);
  } else if (gst_structure_has_name (structure, "microexpr-truth")) {
    take_event (app, structure, app->made);
  } else if (gst_structure_has_name (structure, "microexpr-warning")) {
    clear_progress (app);
    print_warning (structure);
  } else if (gst_structure_has_name (structure, "missing-plugin")) {
    clear_progress (app);
    g_printerr ("GStreamer lacks: %s\n", gst_structure_get_string (structure, "name"));
  }
}

static gboolean
on_message (GstBus *bus G_GNUC_UNUSED, GstMessage *message, gpointer user_data)
{
  App *app = user_data;

  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ELEMENT:
    take_element_message (app, gst_message_get_structure (message));
    break;
  case GST_MESSAGE_ASYNC_DONE:
    app->playing = TRUE;
    break;
  case GST_MESSAGE_LATENCY:
    gst_bin_recalculate_latency (GST_BIN (app->pipeline));
    break;
  case GST_MESSAGE_ERROR:
    clear_progress (app);
    take_error (app, message);
    break;
  case GST_MESSAGE_EOS:
    clear_progress (app);
    g_main_loop_quit (app->loop);
    break;
  default:
    break;
  }
  return G_SOURCE_CONTINUE;
}

/* For a live source: drop frames before the analysis when the computer is too slow. */
static void
drop_what_is_late (App *app)
{
  GstElement *queue = gst_bin_get_by_name (GST_BIN (app->pipeline), "input");

  gst_util_set_object_arg (G_OBJECT (queue), "leaky", "downstream");
  g_object_set (queue, "max-size-buffers", 5, NULL);
  gst_object_unref (queue);
}

static void
run (App *app)
{
  GstBus *bus = gst_element_get_bus (app->pipeline);
  guint watch = gst_bus_add_watch (bus, on_message, app);
  guint on_int = g_unix_signal_add (SIGINT, on_signal, app);
  guint on_term = g_unix_signal_add (SIGTERM, on_signal, app);
  guint progress = g_timeout_add (500, on_progress, app);

  app->loop = g_main_loop_new (NULL, FALSE);
  if (gst_element_set_state (app->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_NO_PREROLL)
    drop_what_is_late (app);
  g_main_loop_run (app->loop);
  if (app->playing)
    print_summary (app);
  gst_element_set_state (app->pipeline, GST_STATE_NULL);

  g_source_remove (progress);
  g_source_remove (on_term);
  g_source_remove (on_int);
  g_source_remove (watch);
  gst_object_unref (bus);
  g_main_loop_unref (app->loop);
}

/* --- the pipeline --- */

/* H.264 and VP8 in 4:2:0 need even sizes: crop an odd last row or column in the file. */
static GstPadProbeReturn
make_size_even (GstPad *pad, GstPadProbeInfo *info, gpointer user_data G_GNUC_UNUSED)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstElement *crop;
  GstCaps *caps;
  int width = 0, height = 0;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  gst_structure_get (gst_caps_get_structure (caps, 0), "width", G_TYPE_INT, &width, "height",
      G_TYPE_INT, &height, NULL);
  crop = gst_pad_get_parent_element (pad);
  g_object_set (crop, "right", width % 2, "bottom", height % 2, NULL);
  gst_object_unref (crop);
  return GST_PAD_PROBE_OK;
}

/* rtspsrc delays by two seconds by default, more than most networks need. */
static void
on_source_setup (
    GstElement *bin G_GNUC_UNUSED, GstElement *source, gpointer user_data G_GNUC_UNUSED)
{
  if (g_strcmp0 (G_OBJECT_TYPE_NAME (source), "GstRTSPSrc") == 0)
    g_object_set (source, "latency", 200, NULL);
}

/* An existing file is never a URI, even if its name parses as one, like P01:session.mp4. */
static gboolean
is_uri (const char *what)
{
  return gst_uri_is_valid (what) && !g_file_test (what, G_FILE_TEST_EXISTS);
}

static gboolean
is_camera (const char *what)
{
  return g_str_has_prefix (what, "/dev/video");
}

/* The start of the launch line: a test face, a camera, or anything GStreamer can read. */
static char *
describe_source (const char *what, int seconds)
{
  if (what == NULL)
    return g_strdup_printf ("microexprtestsrc num-buffers=%d "
                            "! video/x-raw,width=640,height=480,framerate=%d/1",
        seconds * TEST_FRAME_RATE, TEST_FRAME_RATE);
  if (is_camera (what))
    return g_strdup ("v4l2src name=source ! video/x-raw,width=640,height=480;"
                     "image/jpeg,width=640,height=480;video/x-raw;image/jpeg ! decodebin");
  return g_strdup ("uridecodebin name=source");
}

static void
set_source (App *app, const char *what)
{
  GstElement *source = gst_bin_get_by_name (GST_BIN (app->pipeline), "source");
  char *uri;

  if (is_camera (what)) {
    g_object_set (source, "device", what, NULL);
  } else {
    uri = is_uri (what) ? g_strdup (what) : gst_filename_to_uri (what, NULL);
    g_object_set (source, "uri", uri, NULL);
    g_signal_connect (source, "source-setup", G_CALLBACK (on_source_setup), NULL);
    g_free (uri);
  }
  gst_object_unref (source);
}

/* microexpr-<name>.<suffix> in the current directory. */
static char *
name_output (const char *what, const char *suffix)
{
  char *name = g_path_get_basename (what != NULL ? what : "test");
  char *dot = strrchr (name, '.'), *output;

  if (dot != NULL && dot != name)
    *dot = '\0';
  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-", '_');
  output = g_strdup_printf ("microexpr-%s.%s", name, suffix);
  g_free (name);
  return output;
}

static void
set_file (App *app)
{
  GstElement *file = gst_bin_get_by_name (GST_BIN (app->pipeline), "file");
  GstElement *crop = gst_bin_get_by_name (GST_BIN (app->pipeline), "even");
  GstPad *pad = gst_element_get_static_pad (crop, "sink");

  g_object_set (file, "location", app->output, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, make_size_even, NULL, NULL);
  gst_object_unref (pad);
  gst_object_unref (crop);
  gst_object_unref (file);
}

/* Whether an environment variable is set and not empty. */
static gboolean
is_set (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0';
}

/* Live pictures are shown when they come; a file and the test source can be held back. */
static guint64
choose_lookahead (const char *what)
{
  gboolean live =
      what != NULL && (is_camera (what) || (is_uri (what) && !gst_uri_has_protocol (what, "file")));

  return live ? 0 : FILE_LOOKAHEAD_NS;
}

/* FALSE: failed, and printed why. */
static gboolean
build_pipeline (App *app, int seconds)
{
  const char *what = app->what;
  gboolean display = is_set ("DISPLAY") || is_set ("WAYLAND_DISPLAY");
  int recorder = choose_recorder ();
  char *source, *launch;
  GError *error = NULL;

  if (recorder < 0) {
    g_printerr ("quickstart: no video encoder: install gstreamer1.0-plugins-good\n");
    return FALSE;
  }
  source = describe_source (what, seconds);
  launch = g_strdup_printf ("%s ! queue name=input ! videoconvert ! videoflip video-direction=auto "
                            "! microexpr name=microexpr kinds=micro+macro overlay=true "
                            "lookahead=%" G_GUINT64_FORMAT " ! tee name=annotated "
                            "annotated. ! queue ! videocrop name=even ! videoconvert "
                            "! video/x-raw,format=I420 ! %s ! filesink name=file %s",
      source, choose_lookahead (what), recorders[recorder].launch,
      display ? "annotated. ! queue ! videoconvert ! autovideosink" : "");
  app->pipeline = gst_parse_launch_full (launch, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (app->pipeline != NULL) {
    app->output = name_output (what, recorders[recorder].suffix);
    set_file (app);
    if (what != NULL)
      set_source (app, what);
  } else {
    g_printerr ("quickstart: %s\n  examples/quickstart.sh installs and builds what is needed.\n",
        error->message);
    g_clear_error (&error);
  }
  g_free (launch);
  g_free (source);
  return app->pipeline != NULL;
}

/* What is wrong with a file before it is opened; NULL: nothing. */
static const char *
find_fault (const char *file)
{
  GStatBuf info;

  if (g_stat (file, &info) != 0)
    return "no such file, and not a URI such as rtsp://camera/stream";
  if (S_ISDIR (info.st_mode))
    return "a folder: name one video in it";
  if (g_access (file, R_OK) != 0)
    return "may not be read by you: ask its owner, or `chmod +r` it";
  if (S_ISREG (info.st_mode) && info.st_size == 0)
    return "empty: copy or download it again";
  return NULL;
}

/* FALSE: it cannot be analyzed, and an error was printed. */
static gboolean
check_input (const char *what)
{
  const char *fault = what != NULL && !is_uri (what) ? find_fault (what) : NULL;
  char *name;

  if (fault == NULL)
    return TRUE;
  name = g_filename_display_name (what);
  g_printerr ("quickstart: %s: %s\n", name, fault);
  g_free (name);
  return FALSE;
}

static gboolean
parse_options (int *argc, char ***argv, int *seconds, char ***videos)
{
  const GOptionEntry entries[] = {
    { "seconds", 's', 0, G_OPTION_ARG_INT, seconds, "Length of the test video [25]", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, videos, NULL,
        "[URI | file | /dev/videoN]" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);
  GError *error = NULL;
  gboolean good;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  good = g_option_context_parse (context, argc, argv, &error) &&
         (*videos == NULL || g_strv_length (*videos) == 1);
  if (!good)
    g_printerr ("quickstart: %s\n", error != NULL ? error->message : "one video at a time, please");
  g_clear_error (&error);
  g_option_context_free (context);
  return good;
}

/* Prints where the annotated video is, or removes an empty file. */
static void
report_output (const App *app)
{
  GStatBuf info;

  if (g_stat (app->output, &info) != 0)
    return;
  if (info.st_size == 0 || !app->playing) {
    g_unlink (app->output);
    return;
  }
  g_print ("Annotated video: %s\n", app->output);
}

int
main (int argc, char **argv)
{
  App app = { .on_terminal = isatty (STDERR_FILENO) };
  int seconds = 25;
  char **videos = NULL;

  if (!parse_options (&argc, &argv, &seconds, &videos))
    return EXIT_FAILURE;
  app.what = videos != NULL ? videos[0] : NULL;
  if (!check_input (app.what) || !build_pipeline (&app, seconds))
    return EXIT_FAILURE;

  app.found = g_array_new (FALSE, FALSE, sizeof (Interval));
  app.made = g_array_new (FALSE, FALSE, sizeof (Interval));
  print_header (app.what);
  run (&app);
  report_output (&app);

  g_array_unref (app.made);
  g_array_unref (app.found);
  g_free (app.output);
  g_strfreev (videos);
  gst_object_unref (app.pipeline);
  return app.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
