/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The landmarks on recordings, found anew in every Nth frame, beside those of dlib's 68-point
 * model: landmarks [--every N] [--compare MODEL.dat] [--draw FOLDER] RECORDING... Prints a line a
 * recording: frames with a face, median score, share of scores above one half, jitter of the eye
 * and mouth corners (standard deviation over time, head motion taken off, median over the points, %
 * IPD), and how far the shared landmarks lie from dlib's (median, % IPD).
 * --draw writes every drawn frame's face as a PGM picture. */
#include <gst/gst.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "finding/crop.h"
#include "finding/dlib-landmarks.h"
#include "anatomy/facial-points.h"
#include "finding/landmark-model.h"
#include "finding/landmarker.h"
#include "anatomy/landmarks.h"
#include "common/rank.h"

#define MAX_BOXES 10
#define LOST_SCORE 0.25f

typedef struct
{
  MePoint own[ME_N_LANDMARKS], theirs[ME_N_LANDMARKS], followed[ME_N_LANDMARKS];
  float score, ipd;
  gint64 took_us;
} Found;

typedef struct
{
  int every, from_s;
  gboolean elsewhere; /* look where no face is */
  GRand *random;
  const char *draw, *name; /* NULL: nothing is drawn; of the recording now */
  MeFaceFinder *finder;
  MeLandmarker *landmarker;
  MeDlibLandmarks *dlib; /* NULL: not compared */
  GArray *found;         /* Found, of the recording now */
  guint n_frames, n_looked;
} Bench;

/* White with a black rim. */
static void
draw_dot (char *pixels, int width, int height, int cx, int cy, int radius)
{
  for (int y = MAX (cy - radius, 0); y <= MIN (cy + radius, height - 1); y++)
    for (int x = MAX (cx - radius, 0); x <= MIN (cx + radius, width - 1); x++)
      pixels[y * width + x] = (char)(ABS (x - cx) == radius || ABS (y - cy) == radius ? 0 : 255);
}

/* The picture with a dot on every landmark, cut to the face. */
static void
draw_face (const Bench *b, const MeFrame *frame, const MeDetection *box, const Found *found)
{
  g_autofree char *path =
      g_strdup_printf ("%s/%s-%06u-%.2f.pgm", b->draw, b->name, b->n_frames, found->score);
  int x0 = CLAMP ((int)(box->x - box->width / 4), 0, frame->width - 2);
  int y0 = CLAMP ((int)(box->y - box->width / 4), 0, frame->height - 2);
  int width = MIN ((int)(box->width * 1.5f), frame->width - x0);
  int height = MIN ((int)(box->width * 1.6f), frame->height - y0), zoom = MAX (1, 480 / width);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_printf (out, "P5 %d %d 255\n", width * zoom, height * zoom);
  gsize at = out->len;
  for (int y = 0; y < height * zoom; y++)
    for (int x = 0; x < width * zoom; x++)
      g_string_append_c (out, (char)frame->luma[(y0 + y / zoom) * frame->stride + x0 + x / zoom]);
  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    int cx = (int)((found->own[i].x - (float)x0 + 0.5f) * (float)zoom);
    int cy = (int)((found->own[i].y - (float)y0 + 0.5f) * (float)zoom);
    draw_dot (out->str + at, width * zoom, height * zoom, cx, cy, 1 + width * zoom / 160);
  }
  g_file_set_contents (path, out->str, (gssize)out->len, NULL);
}

/* Boxes of all sizes where no face was found. */
static guint
move_away (Bench *b, const MeFrame *frame, MeDetection *boxes, guint n_faces)
{
  MeDetection faces[MAX_BOXES];
  guint n = 0;

  memcpy (faces, boxes, n_faces * sizeof *faces);
  for (int tries = 0; tries < 100 && n < MAX_BOXES; tries++) {
    float width = (float)g_rand_double_range (b->random, 0.15, 0.7) * (float)frame->height;
    float x = (float)g_rand_double_range (b->random, 0, frame->width - width);
    float y = (float)g_rand_double_range (b->random, 0, frame->height - width);
    gboolean apart = TRUE;
    for (guint i = 0; i < n_faces; i++)
      apart &= fabsf (x + width / 2 - faces[i].x - faces[i].width / 2) >
                   0.4f * (width + faces[i].width) ||
               fabsf (y + width / 2 - faces[i].y - faces[i].height / 2) >
                   0.4f * (width + faces[i].height);
    if (apart)
      boxes[n++] = (MeDetection){ x, y, width, width, 0 };
  }
  return n;
}

static void
look_at (Bench *b, const MeFrame *frame, const MeDetection *box)
{
  Found found = { .ipd = 0 };
  float followed_score;
  gint64 begin = g_get_monotonic_time ();

  if (!me_landmarker_find (b->landmarker, frame, box, found.own, &found.score))
    return;
  found.took_us = g_get_monotonic_time () - begin;
  MePoint r = me_eye_center (found.own, ME_RIGHT), l = me_eye_center (found.own, ME_LEFT);
  found.ipd = hypotf (l.x - r.x, l.y - r.y);
  memcpy (found.followed,
      b->found->len ? g_array_index (b->found, Found, b->found->len - 1).followed : found.own,
      sizeof found.followed);
  if (!me_landmarker_improve (b->landmarker, frame, found.followed, &followed_score) ||
      followed_score < LOST_SCORE)
    memcpy (found.followed, found.own, sizeof found.followed);
  if (b->dlib && !me_dlib_landmarks_fit (b->dlib, frame, box, found.theirs))
    return;
  if (b->draw)
    draw_face (b, frame, box, &found);
  g_array_append_val (b->found, found);
}

static void
look (Bench *b, const MeFrame *frame)
{
  MeDetection boxes[MAX_BOXES];
  guint n = me_face_finder_detect (b->finder, frame, 80, boxes, MAX_BOXES);

  b->n_looked++;
  if (b->elsewhere)
    n = move_away (b, frame, boxes, n);
  for (guint i = 0; i < n; i++)
    look_at (b, frame, &boxes[i]);
}
static void
on_frame (GstElement *sink, GstBuffer *buffer, GstPad *pad, Bench *b)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;
  GstVideoFrame video;

  (void)sink;
  if (GST_BUFFER_PTS (buffer) < (guint64)b->from_s * GST_SECOND)
    return;
  if (b->n_frames++ % (guint)b->every || !gst_video_info_from_caps (&info, caps) ||
      !gst_video_frame_map (&video, &info, buffer, GST_MAP_READ))
    return;
  MeFrame frame = { .luma = GST_VIDEO_FRAME_PLANE_DATA (&video, 0),
    .width = info.width,
    .height = info.height,
    .stride = (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (&video, 0),
    .pixel_aspect = 1 };
  look (b, &frame);
  gst_video_frame_unmap (&video);
}

static gboolean
play (Bench *b, const char *file, GError **error)
{
  g_autofree char *line = g_strdup_printf ("filesrc location=\"%s\" ! decodebin ! videoconvert ! "
                                           "video/x-raw,format=GRAY8 ! fakesink name=sink "
                                           "signal-handoffs=true sync=false",
      file);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, error);
  if (!pipeline)
    return FALSE;
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  g_signal_connect (sink, "handoff", G_CALLBACK (on_frame), b);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_autoptr (GstMessage) end =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (GST_MESSAGE_TYPE (end) == GST_MESSAGE_EOS)
    return TRUE;
  gst_message_parse_error (end, error, NULL);
  return FALSE;
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *)a, y = *(const float *)b;

  return (x > y) - (x < y);
}

/* Sorts them. */
static float
median_of (GArray *values)
{
  g_array_sort (values, compare_floats);
  return values->len ? g_array_index (values, float, values->len / 2) : NAN;
}

/* Standard deviation over time of corners of eyes and mouth, in the frame of the whole shape. */
static float
jitter (const GArray *found, gsize whose)
{
  static const int corners[] = { ME_LANDMARK_RIGHT_EYE, ME_LANDMARK_RIGHT_EYE + 3,
    ME_LANDMARK_LEFT_EYE, ME_LANDMARK_LEFT_EYE + 3, ME_LANDMARK_OUTER_LIPS,
    ME_LANDMARK_OUTER_LIPS + 6 };
  double sum[G_N_ELEMENTS (corners)][4] = { { 0 } };
  float spread[G_N_ELEMENTS (corners)];
  const Found *first = &g_array_index (found, Found, 0);

  if (found->len < 10)
    return NAN;
  for (guint k = 0; k < found->len; k++) {
    const Found *f = &g_array_index (found, Found, k);
    const MePoint *shape = G_STRUCT_MEMBER_P (f, whose);
    MeSimilarity back =
        me_similarity_fit (shape, G_STRUCT_MEMBER_P (first, whose), ME_LANDMARK_CHIN);
    for (guint i = 0; i < G_N_ELEMENTS (corners); i++) {
      MePoint p = me_similarity_apply (&back, shape[corners[i]]);
      double x = p.x / first->ipd * 100, y = p.y / first->ipd * 100;
      sum[i][0] += x, sum[i][1] += y, sum[i][2] += x * x, sum[i][3] += y * y;
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++) {
    double n = found->len, vx = sum[i][2] / n - sum[i][0] * sum[i][0] / n / n;
    double vy = sum[i][3] / n - sum[i][1] * sum[i][1] / n / n;
    spread[i] = (float)sqrt (MAX (0, vx + vy));
  }
  return me_median (spread, (int)G_N_ELEMENTS (corners));
}

static void
print_recording (const Bench *b, const char *name)
{
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GArray) apart = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GArray) took = g_array_new (FALSE, FALSE, sizeof (float));
  guint good = 0;

  for (guint k = 0; k < b->found->len; k++) {
    const Found *f = &g_array_index (b->found, Found, k);
    float ms = (float)f->took_us / 1e3f;
    g_array_append_val (scores, f->score);
    g_array_append_val (took, ms);
    good += f->score > 0.5f;
    for (int i = 0; b->dlib && i < ME_LANDMARK_CHIN; i++) {
      float d = hypotf (f->own[i].x - f->theirs[i].x, f->own[i].y - f->theirs[i].y) / f->ipd * 100;
      g_array_append_val (apart, d);
    }
  }
  g_print ("%-34s %5u of %5u  score %4.2f  above 0.5: %5.1f %%  jitter %4.2f, followed %4.2f", name,
      b->found->len, b->n_looked, median_of (scores), 100.0 * good / MAX (1, b->found->len),
      jitter (b->found, G_STRUCT_OFFSET (Found, own)),
      jitter (b->found, G_STRUCT_OFFSET (Found, followed)));
  if (b->dlib)
    g_print (" (dlib %4.2f)  apart %4.2f", jitter (b->found, G_STRUCT_OFFSET (Found, theirs)),
        median_of (apart));
  g_print ("  %4.2f ms\n", median_of (took));
}

int
main (int argc, char **argv)
{
  Bench b = { .every = 5 };
  g_autofree char *compare = NULL;
  g_auto (GStrv) files = NULL;
  GOptionEntry entries[] = {
    { "every", 'e', 0, G_OPTION_ARG_INT, &b.every, "Look at every Nth frame [5]", "N" },
    { "compare", 'c', 0, G_OPTION_ARG_FILENAME, &compare, "dlib's 68-point model", "FILE" },
    { "from", 'f', 0, G_OPTION_ARG_INT, &b.from_s, "Begin at this time [0 s]", "SECONDS" },
    { "elsewhere", 'w', 0, G_OPTION_ARG_NONE, &b.elsewhere,
        "Look at random places without a face instead", NULL },
    { "draw", 'd', 0, G_OPTION_ARG_FILENAME, &b.draw, "Where to write pictures", "FOLDER" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "RECORDING..." },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error) || !files || b.every < 1) {
    g_printerr ("%s\n", error ? error->message : "needs recordings; see --help");
    return 2;
  }
  b.landmarker = me_landmarker_new (NULL, &error);
  b.dlib = compare && !error ? me_dlib_landmarks_new (compare, &error) : NULL;
  b.finder = error ? NULL : me_face_finder_new (&error);
  if (error) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  b.random = g_rand_new_with_seed (1);
  for (char **file = files; *file; file++) {
    g_autofree char *name = g_path_get_basename (*file);
    b.found = g_array_new (FALSE, FALSE, sizeof (Found));
    b.n_frames = b.n_looked = 0;
    b.name = name;
    if (play (&b, *file, &error))
      print_recording (&b, name);
    else
      g_printerr ("%s: %s\n", name, error->message);
    g_clear_error (&error);
    g_array_unref (b.found);
  }
  me_dlib_landmarks_free (b.dlib);
  me_landmarker_free (b.landmarker);
  g_rand_free (b.random);
  me_face_finder_free (b.finder);
  return 0;
}
