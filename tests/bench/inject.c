/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inject.h"

#include <math.h>
#include <string.h>

#include "accuracy-recording.h"
#include "finding/landmarker.h"
#include "testsrc/field.h"
#include "testsrc/timeline.h"
#include "testsrc/random.h"
#include "following/track.h"

#define RATE 15         /* events per minute */
#define FIRST_ONSET 1.5 /* s into the clip, and after a face was found anew */
#define LAST_OFFSET 0.7 /* s before its end */
#define LARGEST_SHIFT 5 /* s by which the drawn course is moved */
#define MIN_FACE_PX 80

struct _Injector
{
  guint seed;
  double duration_s;
  MeFaceFinder *finder;
  MeLandmarker *landmarker;
  MeTools tools;
  MeTrack *track;
  guint64 started_ns; /* when the face was found */
  gboolean found;
  GstMicroexprTestFields *fields; /* NULL: those of the analysis */
  GstMicroexprTestTimeline *timeline;
  GstMicroexprTestField *field;
  GArray *events; /* GstMicroexprTestEvent, in the clip's time */
  guint n_told;   /* of them whose truth was given */
  guint8 *copy;   /* of a plane */
  gsize copy_size;
};

Injector *
injector_new (guint seed, double duration_s, const char *fields, GError **error)
{
  Injector *in = g_new0 (Injector, 1);

  in->seed = seed;
  in->duration_s = duration_s;
  in->tools = (MeTools){ .cropper = me_cropper_new () };
  in->track = g_new0 (MeTrack, 1);
  in->events = g_array_new (FALSE, FALSE, sizeof (GstMicroexprTestEvent));
  in->landmarker = me_landmarker_new (NULL, error);
  in->finder = in->landmarker ? me_face_finder_new (error) : NULL;
  if (in->finder && fields)
    in->fields = gst_microexpr_test_fields_load (fields, seed, error);
  if (!in->finder || (fields && !in->fields))
    g_clear_pointer (&in, injector_free);
  return in;
}

static void
forget_face (Injector *in)
{
  g_clear_pointer (&in->field, gst_microexpr_test_field_free);
  g_clear_pointer (&in->timeline, gst_microexpr_test_timeline_free);
  in->found = FALSE;
}

void
injector_free (Injector *in)
{
  if (!in)
    return;
  forget_face (in);
  g_clear_pointer (&in->fields, gst_microexpr_test_fields_free);
  g_array_unref (in->events);
  me_cropper_free (in->tools.cropper);
  me_landmarker_free (in->landmarker);
  me_face_finder_free (in->finder);
  g_free (in->track);
  g_free (in->copy);
  g_free (in);
}

/* The drawn events that lie well within the clip, moved to its time. */
static void
draw_events (Injector *in)
{
  static const GstMicroexprTestPattern pattern = GST_MICROEXPR_TEST_PATTERN_WEBCAM;
  double settings[GST_MICROEXPR_TEST_N_SETTINGS];
  GstMicroexprTestRandom random = { in->seed, GST_MICROEXPR_TEST_STREAM_HEAD, 0 };
  double shift = gst_microexpr_test_random_range (&random, 0, LARGEST_SHIFT);
  guint n_blocks = (guint)((in->duration_s + shift) / 60) + 1, n;

  for (guint i = 0; i < GST_MICROEXPR_TEST_N_SETTINGS; i++)
    settings[i] = gst_microexpr_test_settings[i].values[pattern];
  settings[GST_MICROEXPR_TEST_MICRO_RATE] = RATE;
  settings[GST_MICROEXPR_TEST_MACRO_RATE] = settings[GST_MICROEXPR_TEST_BLINK_RATE] = 0;
  in->timeline =
      gst_microexpr_test_timeline_new (in->seed, settings, in->fields, in->track->landmarks);
  g_array_set_size (in->events, 0);
  in->n_told = 0;
  for (guint block = 0; block < n_blocks; block++) {
    const GstMicroexprTestEvent *m = gst_microexpr_test_timeline_events (in->timeline, block, &n);

    for (guint i = 0; i < n; i++) {
      GstMicroexprTestEvent moved = m[i];
      double onset = m[i].truth.onset_ns / 1e9 - shift, offset = m[i].truth.offset_ns / 1e9 - shift;

      if (onset < in->started_ns / 1e9 + FIRST_ONSET || offset > in->duration_s - LAST_OFFSET)
        continue;
      moved.truth.onset_ns -= (guint64)(shift * 1e9);
      moved.truth.apex_ns -= (guint64)(shift * 1e9);
      moved.truth.offset_ns -= (guint64)(shift * 1e9);
      g_array_append_val (in->events, moved);
    }
  }
}

static void
look_for_face (Injector *in, const MeFrame *frame)
{
  MePoint landmarks[ME_N_LANDMARKS];
  MeDetection face;
  float score;

  if (me_face_finder_detect (in->finder, frame, MIN_FACE_PX, &face, 1) == 0 ||
      !me_landmarker_find (in->landmarker, frame, &face, landmarks, &score) ||
      !me_track_start (in->track, &in->tools, frame, &face, landmarks))
    return;
  in->found = TRUE;
  in->started_ns = frame->time_ns;
  in->field = gst_microexpr_test_field_new (in->track->landmarks);
  draw_events (in);
}

/* The motion of the points now; FALSE: none. */
static gboolean
motion_at (Injector *in, guint64 time_ns, MePoint motion[ME_N_POINTS], Clip *clip)
{
  gboolean moves = FALSE;

  memset (motion, 0, ME_N_POINTS * sizeof *motion);
  for (guint i = 0; i < in->events->len; i++) {
    GstMicroexprTestEvent *m = &g_array_index (in->events, GstMicroexprTestEvent, i);
    float part = gst_microexpr_test_event_course (m, time_ns);

    if (i == in->n_told && time_ns >= m->truth.onset_ns) {
      Item truth = item_from_event (&m->truth, m->truth.offset_ns);

      g_array_append_val (clip->truths, truth);
      in->n_told++;
    }
    for (guint k = 0; part > 0 && k < ME_N_POINTS; k++) {
      motion[k].x += part * m->motion[k].x;
      motion[k].y += part * m->motion[k].y;
    }
    moves = moves || part > 0;
  }
  return moves;
}

/* Where the pixel at (x, y) of the frame came from, px; FALSE: it does not move. */
static gboolean
source_of (const Injector *in, const GstMicroexprTestGrid *grid, float x, float y, MePoint *source)
{
  MePoint at = me_similarity_invert (&in->track->pose, (MePoint){ x, y });
  float u = (at.x - grid->x) / grid->step, v = (at.y - grid->y) / grid->step, fu, fv;
  const MePoint *p, *q;
  MePoint s;

  if (!(u >= 0 && v >= 0 && u < grid->width - 1 && v < grid->height - 1))
    return FALSE;
  fu = u - floorf (u);
  fv = v - floorf (v);
  p = grid->source + (gsize)v * grid->width + (gsize)u;
  q = p + grid->width;
  s.x = (p[0].x * (1 - fu) + p[1].x * fu) * (1 - fv) + (q[0].x * (1 - fu) + q[1].x * fu) * fv;
  s.y = (p[0].y * (1 - fu) + p[1].y * fu) * (1 - fv) + (q[0].y * (1 - fu) + q[1].y * fu) * fv;
  if (s.x == 0 && s.y == 0)
    return FALSE;
  source->x = x + in->track->pose.a * s.x - in->track->pose.b * s.y;
  source->y = y + in->track->pose.b * s.x + in->track->pose.a * s.y;
  return TRUE;
}

/* Catmull-Rom: a linear one would blur what moves by parts of a pixel. */
static void
cubic_weights (float f, float w[4])
{
  w[0] = f * (-0.5f + f * (1 - 0.5f * f));
  w[1] = 1 + f * f * (-2.5f + 1.5f * f);
  w[2] = f * (0.5f + f * (2 - 1.5f * f));
  w[3] = f * f * (-0.5f + 0.5f * f);
}

static guint8
sample (const guint8 *plane, int width, int height, gsize stride, float x, float y)
{
  int x0 = (int)floorf (x), y0 = (int)floorf (y);
  float wx[4], wy[4], sum = 0;

  cubic_weights (x - x0, wx);
  cubic_weights (y - y0, wy);
  for (int j = 0; j < 4; j++) {
    const guint8 *row = plane + stride * (gsize)CLAMP (y0 + j - 1, 0, height - 1);

    for (int i = 0; i < 4; i++)
      sum += wy[j] * wx[i] * row[CLAMP (x0 + i - 1, 0, width - 1)];
  }
  return (guint8)CLAMP (sum + 0.5f, 0, 255);
}

static void
warp_plane (Injector *in, const GstMicroexprTestGrid *grid, GstVideoFrame *frame, guint plane)
{
  int width = GST_VIDEO_FRAME_COMP_WIDTH (frame, plane);
  int height = GST_VIDEO_FRAME_COMP_HEIGHT (frame, plane);
  guint8 *out = GST_VIDEO_FRAME_COMP_DATA (frame, plane);
  gsize stride = (gsize)GST_VIDEO_FRAME_COMP_STRIDE (frame, plane), size = stride * (gsize)height;
  float part = (float)width / (float)GST_VIDEO_FRAME_WIDTH (frame);

  if (in->copy_size < size) {
    in->copy = g_realloc (in->copy, size);
    in->copy_size = size;
  }
  memcpy (in->copy, out, size);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      MePoint s;

      if (source_of (
              in, grid, ((float)x + 0.5f) / part - 0.5f, ((float)y + 0.5f) / part - 0.5f, &s))
        out[(gsize)y * stride + (gsize)x] = sample (in->copy, width, height, stride,
            (s.x + 0.5f) * part - 0.5f, (s.y + 0.5f) * part - 0.5f);
    }
  }
}

void
injector_add (Injector *in, GstVideoFrame *frame, guint64 time_ns, Clip *clip)
{
  MeFrame luma = { GST_VIDEO_FRAME_PLANE_DATA (frame, 0), GST_VIDEO_FRAME_WIDTH (frame),
    GST_VIDEO_FRAME_HEIGHT (frame), (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0), 1, time_ns,
    NULL };
  MePoint motion[ME_N_POINTS];

  if (in->found) {
    me_track_follow (in->track, &in->tools, &luma);
    if (in->track->state == ME_TRACK_LOST)
      forget_face (in);
  }
  if (!in->found)
    look_for_face (in, &luma);
  if (in->found && motion_at (in, time_ns, motion, clip)) {
    const GstMicroexprTestGrid *grid = gst_microexpr_test_field_update (in->field, motion);

    for (guint plane = 0; !grid->still && plane < GST_VIDEO_FRAME_N_COMPONENTS (frame); plane++)
      warp_plane (in, grid, frame, plane);
  }
}
