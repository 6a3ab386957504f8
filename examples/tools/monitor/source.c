/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "source.h"

#include "credentials.h"
#include "live/feed.h"

#include <string.h>

#define UDP_TIMEOUT_US 3000000 /* without a packet, before TCP is tried */

/* For each kind of address, the elements that read it and the property that takes it. The first
 * matching row counts. Whatever is not a file is treated as a camera and reconnected when it ends.
 */
static const struct
{
  const char *prefix;
  gboolean uri;   /* the prefix starts a URI scheme: rtsp://, rtsps://, rtspt:// */
  gboolean strip; /* the prefix is not part of the address */
  gboolean live;
  gboolean late_pads; /* the source has no pads until it is connected */
  const char *elements, *property;
} kinds[] = {
  { "rtsp", TRUE, FALSE, TRUE, TRUE, "rtspsrc name=source tcp-timeout=5000000", "location" },
  { "/dev/video", FALSE, FALSE, TRUE, FALSE, "v4l2src name=source", "device" },
  { "launch:", FALSE, TRUE, TRUE, FALSE, NULL, NULL },
  { "recording:", FALSE, TRUE, FALSE, FALSE, "uridecodebin name=source", "uri" },
  { "file:", FALSE, FALSE, FALSE, FALSE, "uridecodebin name=source", "uri" },
  { "", TRUE, FALSE, TRUE, TRUE, "urisourcebin name=source", "uri" },
  { "", FALSE, FALSE, FALSE, FALSE, "uridecodebin name=source", "uri" },
};

/* When the computer is too slow, frames of a camera are dropped between the decoder, which needs
 * every packet, and the analysis. Recordings are slowed down instead. */
#define DECODE "queue name=drain max-size-buffers=0 max-size-bytes=16777216 ! decodebin name=decode"
#define NEWEST "queue leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0 !"
#define ANALYSIS                                                                                   \
  "tee name=frames ! %s videoconvert ! videoflip video-direction=auto ! "                          \
  "microexpr name=microexpr %s ! %s microexprextract ! "                                           \
  "appsink name=lines sync=false async=false"

/* For cameras that do not encode: the recorder takes what enters `original`. */
#define ENCODE                                                                                     \
  "queue leaky=downstream max-size-buffers=30 max-size-bytes=0 ! videoconvert ! "                  \
  "x264enc tune=zerolatency speed-preset=veryfast pass=qual quantizer=20 key-int-max=60 ! "        \
  "h264parse ! fakesink name=original sync=false async=false"

/* An existing file is a file, even if its name parses as a URI, like "P01:session.mp4". */
static gboolean
is_file (const char *address)
{
  return g_file_test (address, G_FILE_TEST_IS_REGULAR);
}

static int
kind_of (const char *address)
{
  int kind = 0;

  if (is_file (address))
    return G_N_ELEMENTS (kinds) - 1;
  while (!g_str_has_prefix (address, kinds[kind].prefix) ||
         (kinds[kind].uri && !gst_uri_is_valid (address)))
    kind++;
  return kind;
}

/* Length of NAME in NAME=SOURCE; 0: none. URIs and file names may contain `=`, too. */
static gsize
name_length (const char *argument)
{
  gsize n = strcspn (argument, "=");

  if (is_file (argument))
    return 0;
  return argument[n] == '=' && strcspn (argument, ":/?") > n ? n : 0;
}

/* A unique name. (transfer full) */
static char *
reserve_name (GHashTable *taken, const char *wanted)
{
  char *name = g_strdup (wanted);

  for (guint n = 2; !g_hash_table_add (taken, g_strdup (name)); n++) {
    g_free (name);
    name = g_strdup_printf ("%s %u", wanted, n);
  }
  return name;
}

/* An address that is safe to print. Element properties may be passwords, so of launch: only the
 * first word is kept, which may be a URI. Credentials go first, since a password may contain the
 * character that ends the word. (transfer full) */
static char *
show (int kind, const char *address)
{
  g_autofree char *stripped = gst_microexpr_strip_credentials (address);

  return kinds[kind].elements
             ? g_steal_pointer (&stripped)
             : g_strdup_printf ("launch:%.*s", (int)strcspn (stripped, "! \t\r\n\v\f"), stripped);
}

void
source_init (Source *source, const char *argument, GHashTable *taken)
{
  gsize n = name_length (argument);
  const char *address = n > 0 ? argument + n + 1 : argument;
  g_autofree char *name = NULL;

  source->kind = kind_of (address);
  source->live = kinds[source->kind].live;
  if (kinds[source->kind].strip)
    address += strlen (kinds[source->kind].prefix);
  source->address = source->live || (gst_uri_is_valid (address) && !is_file (address))
                        ? g_strdup (address)
                        : gst_filename_to_uri (address, NULL);
  source->shown = show (source->kind, source->address);
  name = g_utf8_make_valid (n > 0 ? argument : source->shown, n > 0 ? (gssize)n : -1);
  source->name = reserve_name (taken, name);
  source->label = n == 0 && source->kind == G_N_ELEMENTS (kinds) - 1
                      ? g_utf8_make_valid (argument, -1)
                      : g_strdup (source->name);
}

void
source_clear (Source *source)
{
  g_free (source->name);
  g_free (source->label);
  g_free (source->address);
  g_free (source->shown);
}

char *
source_hide (const Source *source, const char *text)
{
  GString *hidden = g_string_new (text);
  char *stripped;

  g_string_replace (hidden, source->address, source->shown, 0);
  stripped = gst_microexpr_strip_credentials (hidden->str);
  g_string_free (hidden, TRUE);
  return stripped;
}

/* ---- pads added once the stream is known ---- */

/* Requests only the video streams of an RTSP camera. */
static gboolean
select_stream (GstElement *rtsp G_GNUC_UNUSED, guint number G_GNUC_UNUSED, GstCaps *caps,
    gpointer user_data G_GNUC_UNUSED)
{
  return g_strcmp0 (
             gst_structure_get_string (gst_caps_get_structure (caps, 0), "media"), "video") == 0;
}

static void
link_to (GstBin *pipeline, const char *name, GstPad *pad)
{
  GstElement *element = gst_bin_get_by_name (pipeline, name);
  GstPad *sink = gst_element_get_static_pad (element, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
  gst_object_unref (sink);
  gst_object_unref (element);
}

/* Whether a pad of decodebin comes from a decoder. */
static gboolean
was_encoded (GstPad *pad)
{
  GstPad *target = GST_IS_GHOST_PAD (pad) ? gst_ghost_pad_get_target (GST_GHOST_PAD (pad)) : NULL;
  GstElement *element = target ? gst_pad_get_parent_element (target) : NULL;
  GstElementFactory *factory = element ? gst_element_get_factory (element) : NULL;
  gboolean encoded =
      factory && gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER);

  gst_clear_object (&element);
  gst_clear_object (&target);
  return encoded;
}

static void
add_encoder (GstElement *pipeline)
{
  GstElement *branch =
      gst_parse_bin_from_description_full (ENCODE, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  GstElement *tee = gst_bin_get_by_name (GST_BIN (pipeline), "frames");

  if (branch) {
    gst_bin_add (GST_BIN (pipeline), branch);
    gst_element_sync_state_with_parent (branch);
    gst_element_link (tee, branch);
  } else
    GST_ELEMENT_WARNING (
        pipeline, CORE, MISSING_PLUGIN, ("Cannot record: x264enc is missing."), (NULL));
  gst_object_unref (tee);
}

/* Links the first video stream; others stay unlinked. */
static void
link_frames (GstElement *decode G_GNUC_UNUSED, GstPad *pad, gpointer user_data)
{
  GstElement *pipeline = user_data;
  GstCaps *caps = gst_pad_query_caps (pad, NULL);

  if (gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-raw")) {
    if (g_object_get_data (G_OBJECT (pipeline), "record") && !was_encoded (pad))
      add_encoder (pipeline);
    link_to (GST_BIN (pipeline), "frames", pad);
  }
  gst_caps_unref (caps);
}

static void
link_packets (GstElement *rtsp G_GNUC_UNUSED, GstPad *pad, gpointer user_data)
{
  link_to (user_data, "drain", pad);
}

static void
connect_to (GstElement *pipeline, const char *name, GCallback callback)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), name);

  g_signal_connect (element, "pad-added", callback, pipeline);
  gst_object_unref (element);
}

static void
set_if_there (GstElement *element, const char *property)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), property))
    g_object_set (element, property, TRUE, NULL);
}

/* A damaged picture would look like motion: after packet loss, wait for the next key frame. A
 * multipart stream has one pad: do not wait for others. */
static void
set_up_element (GstBin *pipeline G_GNUC_UNUSED, GstBin *bin G_GNUC_UNUSED, GstElement *element,
    gpointer user_data G_GNUC_UNUSED)
{
  set_if_there (element, "wait-for-keyframe");
  set_if_there (element, "discard-corrupted-frames");
  set_if_there (element, "single-stream");
}

/* Pictures over HTTP carry no timestamps. */
static void
set_up_uri_source (
    GstElement *bin G_GNUC_UNUSED, GstElement *element, gpointer user_data G_GNUC_UNUSED)
{
  if (!g_object_class_find_property (G_OBJECT_GET_CLASS (element), "is-live"))
    return;
  set_if_there (element, "is-live");
  set_if_there (element, "do-timestamp");
}

/* ---- the pipeline ---- */

/* rtspsrc falls back from UDP to TCP after this timeout. Without TCP it would fail instead, so then
 * the stall timeout alone decides. */
static void
set_up_rtsp (GstElement *element, const Options *options)
{
  gboolean both = g_str_equal (options->transport, "tcp+udp");

  g_object_set (element, "latency", options->latency_ms, "timeout",
      (guint64)(both ? UDP_TIMEOUT_US : 0), NULL);
  gst_util_set_object_arg (G_OBJECT (element), "protocols", options->transport);
  g_signal_connect (element, "select-stream", G_CALLBACK (select_stream), NULL);
}

static void
set_up_source (GstElement *pipeline, const Source *source, const Options *options)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), "source");

  if (!element)
    return;
  g_object_set (element, kinds[source->kind].property, source->address, NULL);
  if (g_str_equal (kinds[source->kind].prefix, "rtsp")) {
    set_up_rtsp (element, options);
  } else if (kinds[source->kind].late_pads) {
    g_signal_connect (element, "source-setup", G_CALLBACK (set_up_uri_source), NULL);
  }
  if (kinds[source->kind].late_pads)
    connect_to (pipeline, "source", G_CALLBACK (link_packets));
  gst_object_unref (element);
}

static void
set_up_analysis (GstElement *pipeline, const Source *source)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), "microexpr");

  g_object_set (element, "source", source->name, NULL);
  gst_util_set_object_arg (G_OBJECT (element), "messages", "events+faces+warnings");
  gst_object_unref (element);
}

/* The elements that make pictures for the live page. (transfer full) */
static char *
print_pictures (const LiveOptions *live)
{
  return live->address ? live_feed_print_elements (live->anonymize ? "anonymize=blur" : "")
                       : g_strdup ("");
}

GstElement *
source_make_pipeline (const Source *source, const Options *options, GError **error)
{
  const char *elements = kinds[source->kind].elements;
  char *pictures = print_pictures (&options->live);
  char *analysis = g_strdup_printf (ANALYSIS, source->live ? NEWEST : "",
      options->properties ? options->properties : "", pictures);
  char *text = g_strdup_printf ("%s %s %s %s", elements ? elements : source->address,
      source->live && !kinds[source->kind].late_pads ? "!" : "", source->live ? DECODE : "",
      analysis);
  GstElement *pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);

  g_free (analysis);
  g_free (pictures);
  g_free (text);
  if (!pipeline)
    return NULL;
  if (source->live)
    g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (set_up_element), NULL);
  set_up_source (pipeline, source, options);
  set_up_analysis (pipeline, source);
  connect_to (pipeline, source->live ? "decode" : "source", G_CALLBACK (link_frames));
  if (options->record)
    g_object_set_data (G_OBJECT (pipeline), "record", GINT_TO_POINTER (TRUE));
  return pipeline;
}
