/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What anonymizing leaves of the faces in recordings: dlib's detector and landmark fit look at each
 * frame before and after microexproverlay covers it. Prints; judges nothing. */
#include <gst/gst.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "finding/dlib-landmarks.h"

#define LINE                                                                                       \
  "uridecodebin uri=%s ! videoconvert ! video/x-raw,format=I420 ! microexpr face-data=landmarks "  \
  "lookahead=%" G_GUINT64_FORMAT " ! microexproverlay name=overlay draw=0 anonymize=%s "           \
  "anonymize-fallback=%s ! fakesink sync=false"
#define MOST_FACES 16
#define SURE 0.2f /* detections that count as faces of the original */
#define COVERED                                                                                    \
  0.6 /* share of the pixels of a face that have to be others; some are so by chance */
#define SMALLEST_PART 6 /* of the height of the picture: smallest face that is looked for */
#define SMALLEST_PX 60.0

static char *how = (char *)"pixelate", *fallback = (char *)"frame";
static double lookahead_s = 0;
static char *model = (char *)"/usr/share/dlib/shape_predictor_68_face_landmarks.dat";
static int every = 1;

static const GOptionEntry options[] = {
  { "anonymize", 'a', 0, G_OPTION_ARG_STRING, &how, "blur, pixelate or fill [pixelate]", "HOW" },
  { "fallback", 'f', 0, G_OPTION_ARG_STRING, &fallback, "frame or none [frame]", "WHAT" },
  { "lookahead", 'l', 0, G_OPTION_ARG_DOUBLE, &lookahead_s, "of microexpr [0]", "SECONDS" },
  { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model,
      "dlib's 68-point model [as libdlib-data has it]", "FILE" },
  { "every", 'e', 0, G_OPTION_ARG_INT, &every, "dlib looks at every N-th frame [1]", "N" },
  G_OPTION_ENTRY_NULL,
};

/* dlib's own detector and landmarks. */
typedef struct
{
  MeFaceFinder *finder;
  MeDlibLandmarks *landmarks;
} Eyes;

typedef struct
{
  const Eyes *eyes;
  GstVideoInfo info;
  guint n_frames;
  gboolean looking; /* at this frame */
  guint8 *before;   /* its luma, rows without gaps; owned */
  MeDetection faces[MOST_FACES];
  guint n_faces;
  /* Results. */
  guint n_looked, n_seen; /* frames; faces of the original in them */
  guint n_uncovered;      /* of these faces */
  guint n_early;          /* of these: before the first cover */
  guint n_found;          /* faces of the original that dlib finds in the output */
  gboolean covered_once;
  float best_score; /* of those found */
} Look;

static double
smallest_px (const Look *look)
{
  return MAX (SMALLEST_PX, GST_VIDEO_INFO_HEIGHT (&look->info) / (double)SMALLEST_PART);
}

/* The luma of a buffer. FALSE: it cannot be mapped. */
static gboolean
map_luma (const Look *look, GstBuffer *buffer, GstVideoFrame *video, MeFrame *frame)
{
  if (!gst_video_frame_map (video, &look->info, buffer, GST_MAP_READ))
    return FALSE;
  *frame = (MeFrame){ .luma = GST_VIDEO_FRAME_PLANE_DATA (video, 0),
    .width = GST_VIDEO_FRAME_WIDTH (video),
    .height = GST_VIDEO_FRAME_HEIGHT (video),
    .stride = (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (video, 0),
    .pixel_aspect = 1 };
  return TRUE;
}

static void
copy_luma (const Look *look, const MeFrame *frame)
{
  for (int y = 0; y < frame->height; y++)
    memcpy (look->before + (gsize)y * (gsize)frame->width, frame->luma + (gsize)y * frame->stride,
        (gsize)frame->width);
}

/* Faces to whom landmarks fit. */
static guint
find_faces (const Look *look, const MeFrame *frame, float least, MeDetection faces[MOST_FACES])
{
  MeDetection found[MOST_FACES];
  MePoint landmarks[ME_N_LANDMARKS];
  guint n =
      me_face_finder_detect (look->eyes->finder, frame, smallest_px (look), found, MOST_FACES);
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    if (found[i].score >= least &&
        me_dlib_landmarks_fit (look->eyes->landmarks, frame, &found[i], landmarks))
      faces[kept++] = found[i];
  return kept;
}

/* Of the inner half of the box: all of it is skin. */
static gboolean
is_covered (const Look *look, const MeFrame *frame, const MeDetection *face)
{
  int x0 = MAX (0, (int)(face->x + face->width / 4)),
      y0 = MAX (0, (int)(face->y + face->height / 4));
  int x1 = MIN (frame->width, (int)(face->x + face->width * 3 / 4));
  int y1 = MIN (frame->height, (int)(face->y + face->height * 3 / 4));
  guint n = 0, changed = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++, n++)
      changed += frame->luma[(gsize)y * frame->stride + (gsize)x] !=
                 look->before[(gsize)y * (gsize)frame->width + (gsize)x];
  return n > 0 && changed >= COVERED * n;
}

static gboolean
same_place (const MeDetection *a, const MeDetection *b)
{
  float dx = a->x + a->width / 2 - b->x - b->width / 2;
  float dy = a->y + a->height / 2 - b->y - b->height / 2;

  return hypotf (dx, dy) < 0.5f * MAX (a->width, b->width);
}

static GstPadProbeReturn
note_caps (GstPadProbeInfo *probe, Look *look)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (probe);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    gst_event_parse_caps (event, &caps);
    gst_video_info_from_caps (&look->info, caps);
    g_free (look->before);
    look->before = g_malloc (
        (gsize)GST_VIDEO_INFO_WIDTH (&look->info) * (gsize)GST_VIDEO_INFO_HEIGHT (&look->info));
  }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
look_before (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *probe, gpointer data)
{
  Look *look = data;
  GstVideoFrame video;
  MeFrame frame;

  if (GST_PAD_PROBE_INFO_TYPE (probe) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    return note_caps (probe, look);
  look->looking = look->n_frames++ % (guint)every == 0 &&
                  map_luma (look, GST_PAD_PROBE_INFO_BUFFER (probe), &video, &frame);
  if (look->looking) {
    look->n_faces = find_faces (look, &frame, SURE, look->faces);
    copy_luma (look, &frame);
    gst_video_frame_unmap (&video);
  }
  return GST_PAD_PROBE_OK;
}

static void
judge (Look *look, const MeFrame *frame)
{
  MeDetection after[MOST_FACES];
  guint n_after = find_faces (look, frame, -1, after);

  look->n_looked++;
  for (guint i = 0; i < look->n_faces; i++) {
    const MeDetection *face = &look->faces[i];
    look->n_seen++;
    if (is_covered (look, frame, face)) {
      look->covered_once = TRUE;
    } else {
      look->n_uncovered++;
      look->n_early += !look->covered_once;
    }
    for (guint k = 0; k < n_after; k++)
      if (same_place (face, &after[k])) {
        look->n_found++;
        look->best_score = MAX (look->best_score, after[k].score);
        break;
      }
  }
  if (look->n_faces == 0)
    look->covered_once = FALSE; /* the next one is another entry */
}

static GstPadProbeReturn
look_after (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *probe, gpointer data)
{
  Look *look = data;
  GstVideoFrame video;
  MeFrame frame;

  if (look->looking && map_luma (look, GST_PAD_PROBE_INFO_BUFFER (probe), &video, &frame)) {
    judge (look, &frame);
    gst_video_frame_unmap (&video);
  }
  return GST_PAD_PROBE_OK;
}

static void
watch (GstElement *pipeline, Look *look)
{
  GstElement *overlay = gst_bin_get_by_name (GST_BIN (pipeline), "overlay");
  GstPad *sink = gst_element_get_static_pad (overlay, "sink");
  GstPad *src = gst_element_get_static_pad (overlay, "src");

  gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      look_before, look, NULL);
  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_BUFFER, look_after, look, NULL);
  gst_object_unref (sink);
  gst_object_unref (src);
  gst_object_unref (overlay);
}

/* FALSE: it could not be played to its end. */
static gboolean
play (const char *file, Look *look)
{
  char *uri = gst_filename_to_uri (file, NULL);
  char *line = g_strdup_printf (LINE, uri, (guint64)(lookahead_s * GST_SECOND), how, fallback);
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);
  gboolean done = FALSE;

  g_free (line);
  g_free (uri);
  if (error) {
    g_printerr ("%s\n", error->message);
    g_error_free (error);
    gst_clear_object (&pipeline);
    return FALSE;
  }
  watch (pipeline, look);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  done = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  gst_message_unref (message);
  gst_object_unref (bus);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return done;
}

static void
print_row (const char *name, const Look *look)
{
  g_print ("%-28s %7u %7u %7u %9u %9u %7u", name, look->n_frames, look->n_looked, look->n_seen,
      look->n_uncovered, look->n_early, look->n_found);
  if (look->n_found)
    g_print ("  score %.2f", (double)look->best_score);
  g_print ("\n");
}

static void
add (Look *sum, const Look *look)
{
  sum->n_frames += look->n_frames;
  sum->n_looked += look->n_looked;
  sum->n_seen += look->n_seen;
  sum->n_uncovered += look->n_uncovered;
  sum->n_early += look->n_early;
  sum->n_found += look->n_found;
  sum->best_score = MAX (sum->best_score, look->best_score);
}

static gboolean
measure (const char *file, const Eyes *eyes, Look *sum)
{
  Look look = { .eyes = eyes, .best_score = -1 };
  char *name = g_path_get_basename (file);
  gboolean done = play (file, &look);

  if (done)
    print_row (name, &look);
  else
    g_printerr ("%s: cannot be played\n", file);
  add (sum, &look);
  g_free (look.before);
  g_free (name);
  return done;
}

int
main (int argc, char **argv)
{
  GOptionContext *context = g_option_context_new ("FILE...");
  GError *error = NULL;
  Eyes eyes = { NULL, NULL };
  Look sum = { .best_score = -1 };
  int status = 0;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 2 || every < 1 ||
      !(eyes.landmarks = me_dlib_landmarks_new (model, &error)) ||
      !(eyes.finder = me_face_finder_new (&error))) {
    g_printerr ("%s\n", error ? error->message : "which recordings?");
    return 2;
  }
  g_print ("anonymize=%s anonymize-fallback=%s lookahead=%.3g s\n", how, fallback, lookahead_s);
  g_print ("%-28s %7s %7s %7s %9s %9s %7s\n", "", "frames", "looked", "faces", "uncovered",
      "at entry", "found");
  for (int i = 1; i < argc; i++)
    status |= !measure (argv[i], &eyes, &sum);
  print_row ("all", &sum);
  me_dlib_landmarks_free (eyes.landmarks);
  me_face_finder_free (eyes.finder);
  g_option_context_free (context);
  return status;
}
