/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Following one face. The frame is cropped where the head was in the last one (closed loop), so the
 * patches move only by what the face does and the head does within a frame. */
#include "track.h"

#include "common/duration.h"
#include "anatomy/landmarks.h"
#include "common/rank.h"
#include "common/stage.h"

#include <math.h>
#include <string.h>

#define FAST_NS ME_SECOND /* age at which the fast reference is replaced */
#define FAST_CROSS_NS (150 * ME_MSECOND)
/* The kept one is replaced at the first age while the face is near its posture, at the second
 * wherever it is: docs/spotting.md. */
#define KEPT_NS (2 * ME_SECOND)
#define KEPT_MOST_NS (10 * ME_SECOND)
#define KEPT_NEAR 2.0f /* % IPD */
#define KEPT_CROSS_NS (300 * ME_MSECOND)
#define WAIT_NS (600 * ME_MSECOND)     /* longest wait for open eyes */
#define KEPT_STEP_NS (15 * ME_MSECOND) /* shortest time between two measurements of it */
#define EYES_OPEN 0.15f                /* unlike the open eyes by less */
#define EYES_SHUT 0.4f                 /* by more, behind a lid */
#define WIDER_DETAIL 1.4f              /* the reference shows lids, and now there are eyes; */
#define WIDER_NS (300 * ME_MSECOND)    /* for so long, and they are the open eyes */
#define IRIS_EDGE_PX 6                 /* of the crop, 1/10 IPD: half of an iris */
#define LOST_MATCH 0.45f               /* median correlation below which the face is gone */
#define RECROP_PX 1.2f                 /* head motion within a frame that calls for another crop */
#define MAX_RECROPS 2
#define LANDMARKS_SHARE 0.2f /* of what landmarks say of the head's pose */

MeDetection
me_track_box (const MeTrack *t)
{
  MePoint middle = { (t->box[0].x + t->box[1].x) / 2, (t->box[0].y + t->box[1].y) / 2 };
  float scale = hypotf (t->pose.a, t->pose.b);
  float width = (t->box[1].x - t->box[0].x) * scale, height = (t->box[1].y - t->box[0].y) * scale;

  middle = me_similarity_apply (&t->pose, middle);
  return (MeDetection){ middle.x - width / 2, middle.y - height / 2, width, height, 0 };
}

float
me_track_ipd_px (const MeTrack *t)
{
  return ME_CROP_IPD_PX * hypotf (t->pose.a, t->pose.b);
}

void
me_track_landmarks (const MeTrack *t, MePoint landmarks[ME_N_LANDMARKS])
{
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    landmarks[i] = me_similarity_apply (&t->pose, t->landmarks[i]);
}

/* Patches tell how the head turned since, landmarks how it is held: without drift, but with noise.
 */
static void
correct_head_pose (MeTrack *t, const MePoint landmarks[ME_N_LANDMARKS])
{
  MeHeadPose seen = me_head_pose_read (landmarks), followed = me_track_head_pose (t);

  t->began.yaw += LANDMARKS_SHARE * (seen.yaw - followed.yaw);
  t->began.pitch += LANDMARKS_SHARE * (seen.pitch - followed.pitch);
}

MeHeadPose
me_track_head_pose (const MeTrack *t)
{
  return (MeHeadPose){ .yaw = t->began.yaw + me_turn_degrees (t->now.turn.x),
    .pitch = t->began.pitch - me_turn_degrees (t->now.turn.y),
    .roll = atan2f (t->pose.b, t->pose.a) * (float)(180 / M_PI) };
}

void
me_track_note_fit (MeTrack *t, const MePoint landmarks[ME_N_LANDMARKS], float score)
{
  MePoint r = landmarks[ME_LANDMARK_RIGHT_EYE_OUTER], l = landmarks[ME_LANDMARK_LEFT_EYE_OUTER];
  MePoint nose = landmarks[ME_LANDMARK_NOSE_TIP];
  float x = l.x - r.x, y = l.y - r.y, square = MAX (x * x + y * y, 1e-6f);
  float along = ((nose.x - r.x) * x + (nose.y - r.y) * y) / square; /* 0 at r, 1 at l */

  t->fit = score;
  t->turn = fabsf (2 * along - 1);
  correct_head_pose (t, landmarks);
}

float
me_track_disagreement (const MeTrack *t, const MePoint landmarks[ME_N_LANDMARKS])
{
  static const int anchors[] = { ME_LANDMARK_NOSE_BRIDGE_1, ME_LANDMARK_NOSE_TIP,
    ME_LANDMARK_RIGHT_EYE_OUTER, ME_LANDMARK_RIGHT_EYE_INNER, ME_LANDMARK_LEFT_EYE_INNER,
    ME_LANDMARK_LEFT_EYE_OUTER };
  float d[G_N_ELEMENTS (anchors)];

  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++) {
    MePoint p = me_similarity_invert (&t->pose, landmarks[anchors[i]]);
    d[i] = hypotf (p.x - t->landmarks[anchors[i]].x, p.y - t->landmarks[anchors[i]].y);
  }
  return me_median (d, G_N_ELEMENTS (anchors)) * ME_CROP_PERCENT;
}

static gboolean
crop_face (MeTrack *t, MeTools *tools, const MeFrame *frame)
{
  guint64 begin = me_clock_ns ();
  gboolean inside = me_cropper_crop (tools->cropper, frame, &t->pose, &t->crop);

  me_stage_end (&tools->stats, ME_STAGE_CROP, begin);
  return inside;
}

/* Landmarks and box, in the crop of the pose that the landmarks give. */
static void
place (MeTrack *t, const MeDetection *box, const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint middle = { box->x + box->width / 2, box->y + box->height / 2 };
  float scale;

  t->pose = me_crop_pose (landmarks);
  scale = hypotf (t->pose.a, t->pose.b);
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    t->landmarks[i] = me_similarity_invert (&t->pose, landmarks[i]);
  me_facial_points_place (t->landmarks, t->points);
  middle = me_similarity_invert (&t->pose, middle);
  t->box[0] = (MePoint){ middle.x - box->width / scale / 2, middle.y - box->height / scale / 2 };
  t->box[1] = (MePoint){ middle.x + box->width / scale / 2, middle.y + box->height / scale / 2 };
}

/* Where the head is: between the eyes, in % IPD of the frame. */
static void
measure_head (MeTrack *t)
{
  MePoint eyes = { ME_CROP_PX / 2.0f, ME_CROP_EYE_Y };
  float ipd = me_track_ipd_px (t);

  eyes = me_similarity_apply (&t->pose, eyes);
  t->now.head[0] = eyes.x / ipd * 100;
  t->now.head[1] = eyes.y / ipd * 100;
}

static void
measure_lids (MeTrack *t, MeTools *tools, const MeHeadMotion *head, guint64 time_ns)
{
  if (tools->fitter)
    me_lids_measure (&t->lids, tools->fitter, &t->crop, t->depth.at, head, time_ns);
  memcpy (t->now.closure, t->lids.closure, sizeof t->now.closure);
}

/* The crop of this frame becomes both references; all series begin anew at zero. */
static void
begin_series (MeTrack *t, MeTools *tools, guint64 time_ns)
{
  static const MeHeadMotion still = { 0 };
  guint64 begin = me_clock_ns ();

  me_stitch_begin (&t->kept, &t->crop, t->points, time_ns);
  t->fast = t->kept;
  t->fast.leaves_out_changed = t->fast.agrees = TRUE;
  t->open_eyes = t->crop;
  memset (&t->now, 0, sizeof t->now);
  memset (t->unlike, 0, sizeof t->unlike);
  me_lids_begin (&t->lids, t->landmarks, time_ns);
  measure_lids (t, tools, &still, time_ns);
  t->kept_ns = t->now.time_ns = time_ns;
  t->now.match = 1;
  t->now.eye_detail[ME_LEFT] = t->now.eye_detail[ME_RIGHT] = 1;
  t->wider_ns = t->shut_ns = 0;
  t->now.kept_measured = TRUE;
  t->state = ME_TRACK_ACTIVE;
  measure_head (t);
  me_stage_end (&tools->stats, ME_STAGE_ALIGN, begin);
}

gboolean
me_track_start (MeTrack *t, MeTools *tools, const MeFrame *frame, const MeDetection *box,
    const MePoint landmarks[ME_N_LANDMARKS])
{
  place (t, box, landmarks);
  me_learnt_depth_reset (&t->depth);
  if (!crop_face (t, tools, frame))
    return FALSE;
  begin_series (t, tools, frame->time_ns);
  t->began = me_head_pose_read (landmarks);
  return TRUE;
}

float
me_track_likeness (
    MeTrack *t, MeTools *tools, const MeFrame *frame, const MePoint landmarks[ME_N_LANDMARKS])
{
  MeSimilarity pose = t->pose;
  MePoint u[ME_N_POINTS] = { { 0, 0 } };
  float match[ME_N_POINTS] = { 0 };

  t->pose = me_crop_pose (landmarks);
  if (crop_face (t, tools, frame))
    me_reference_align (&t->kept.now.reference, &t->crop, u, match);
  t->pose = pose;
  return me_median (match, ME_N_POINTS);
}

/* Sums over an eye when open (a) and now (b). */
typedef struct
{
  double n, a, b, aa, ab, bb;
  double edges_a, edges_b; /* squared differences along the rows */
} EyeSums;

/* A row of the box over an eye, each pixel moved with the head by whole pixels: the first by
 * `moved`, the others by a step more each. */
static void
sum_row (const MeTrack *t, int y, int x0, int x1, MePoint moved, MePoint step, EyeSums *sums)
{
  for (int x = x0; x <= x1; x++, moved.x += step.x, moved.y += step.y) {
    int sx = x + (int)lrintf (moved.x), sy = y + (int)lrintf (moved.y);
    if (MIN (MIN (x, y), MIN (sx, sy)) < 0 || MAX (MAX (x, y), MAX (sx, sy)) >= ME_CROP_PX)
      continue;
    const float *open = t->open_eyes.full + y * ME_CROP_PX + x;
    const float *seen = t->crop.full + sy * ME_CROP_PX + sx;
    double p = *open, q = *seen;
    sums->n++, sums->a += p, sums->b += q;
    sums->aa += p * p, sums->ab += p * q, sums->bb += q * q;
    if (x + IRIS_EDGE_PX > x1 || MAX (x, sx) + IRIS_EDGE_PX >= ME_CROP_PX)
      continue;
    p -= open[IRIS_EDGE_PX], q -= seen[IRIS_EDGE_PX];
    sums->edges_a += p * p, sums->edges_b += q * q;
  }
}

/* The box over an eye. Its depth runs from corner to corner, and the motion of a row as well. */
static void
sum_eye (const MeTrack *t, MeSide side, const MeHeadMotion *head, EyeSums *sums)
{
  const MePoint *eye = me_eye_landmarks (t->landmarks, side);
  const float *depth = t->depth.at + (eye - t->landmarks);
  MePoint a = eye[ME_EYE_CORNER_1], b = eye[ME_EYE_CORNER_2];
  float half_width = (b.x - a.x) / 2, half_height = 0.12f * ME_CROP_IPD_PX;
  float cx = (a.x + b.x) / 2, cy = (a.y + b.y) / 2;
  int x0 = (int)(cx - half_width), x1 = (int)(cx + half_width);
  int y0 = (int)(cy - half_height), y1 = (int)(cy + half_height);

  for (int y = y0; y <= y1; y++) {
    MePoint from = { (float)x0, (float)y }, to = { (float)x1, (float)y };
    float length = (float)MAX (x1 - x0, 1);
    from = me_head_motion_at (head, from, depth[ME_EYE_CORNER_1]);
    to = me_head_motion_at (head, to, depth[ME_EYE_CORNER_2]);
    sum_row (
        t, y, x0, x1, from, (MePoint){ (to.x - from.x) / length, (to.y - from.y) / length }, sums);
  }
}

/* Compares an eye with itself when open. */
static void
measure_eye (MeTrack *t, MeSide side, const MeHeadMotion *head)
{
  EyeSums s = { .n = 0 };
  double va, vb;

  sum_eye (t, side, head, &s);
  va = s.n * s.aa - s.a * s.a;
  vb = s.n * s.bb - s.b * s.b;
  t->unlike[side] = 0;
  t->now.eye_detail[side] = 1;
  if (va <= s.n * s.n || vb <= s.n * s.n)
    return;
  t->unlike[side] = (float)(1 - (s.n * s.ab - s.a * s.b) / sqrt (va * vb));
  t->now.eye_detail[side] = (float)sqrt ((1 + s.edges_b) / (1 + s.edges_a));
}

static gboolean
eyes_open (const MeTrack *t)
{
  return MAX (t->unlike[ME_LEFT], t->unlike[ME_RIGHT]) < EYES_OPEN;
}

static gboolean
eyes_shut (const MeTrack *t)
{
  const float *detail = t->now.eye_detail;

  return MAX (t->unlike[ME_LEFT], t->unlike[ME_RIGHT]) > EYES_SHUT &&
         (detail[ME_LEFT] + detail[ME_RIGHT]) / 2 < ME_LID_DETAIL;
}

/* Were the eyes shut in the kept reference, as when a face appears during a blink? Then open eyes
 * would look shut from now on. */
static gboolean
opened_since (MeTrack *t)
{
  const float *detail = t->now.eye_detail, *unlike = t->unlike;
  gboolean wider = MIN (detail[ME_LEFT], detail[ME_RIGHT]) > WIDER_DETAIL &&
                   MIN (unlike[ME_LEFT], unlike[ME_RIGHT]) > EYES_OPEN;

  if (!wider)
    t->wider_ns = 0;
  else if (t->wider_ns == 0)
    t->wider_ns = MAX (t->now.time_ns, 1);
  return wider && t->now.time_ns - t->wider_ns >= WIDER_NS;
}

/* Is it time for a new reference? In a blink it waits, but not for long; while the eyes are shut it
 * waits for as long as they are. */
static gboolean
is_stale (const MeTrack *t, const MeStitch *s, guint64 max_age_ns)
{
  guint64 age = t->now.time_ns - s->now.built_ns;
  gboolean waited = age > max_age_ns + WAIT_NS && t->now.time_ns - t->shut_ns > WAIT_NS;

  return !s->crossing && age > max_age_ns && (eyes_open (t) || waited);
}

/* Motion as large as that of an open mouth is measured with errors, which a renewal would add to
 * the series for good. A face that comes back to its reference is back in the series. */
static gboolean
kept_is_stale (const MeTrack *t)
{
  return is_stale (t, &t->kept, KEPT_NS) &&
         (me_stitch_departure (&t->kept) < KEPT_NEAR ||
             t->now.time_ns - t->kept.now.built_ns > KEPT_MOST_NS);
}

static void
renew_kept (MeTrack *t)
{
  gboolean opened = opened_since (t);

  if (t->kept.crossing && eyes_shut (t)) {
    me_stitch_abandon (&t->kept);
  } else if (t->kept.crossing) {
    if (me_stitch_cross (
            &t->kept, &t->crop, t->points, t->depth.at, t->now.kept, t->now.time_ns, KEPT_CROSS_NS))
      t->open_eyes = t->open_eyes_next;
  } else if (opened || kept_is_stale (t)) {
    me_stitch_renew (&t->kept, &t->crop, t->points, t->now.time_ns);
    t->open_eyes_next = t->crop;
  }
}

static void
measure_kept (MeTrack *t, MeTools *tools)
{
  float match[ME_N_POINTS];
  MeHeadMotion head;

  t->now.kept_measured = t->now.time_ns - t->kept_ns >= KEPT_STEP_NS;
  if (!t->now.kept_measured)
    return;
  me_stitch_align (&t->kept, &t->crop, t->points, t->depth.at, t->now.time_ns, match, &head);
  me_stitch_read (&t->kept, t->points, t->depth.at, match, &head, t->now.time_ns, t->now.kept);
  me_learnt_depth_update (
      &t->depth, t->kept.now.last, match, head.turn, (float)(t->now.time_ns - t->kept_ns) / 1e9f);
  t->now.turn = me_stitch_turn (&t->kept);
  measure_eye (t, ME_LEFT, &head);
  measure_eye (t, ME_RIGHT, &head);
  measure_lids (t, tools, &head, t->now.time_ns);
  t->kept_ns = t->now.time_ns;
  if (eyes_shut (t))
    t->shut_ns = t->now.time_ns;
  renew_kept (t);
}

static void
renew_fast (MeTrack *t)
{
  if (t->fast.crossing && eyes_shut (t))
    me_stitch_abandon (&t->fast);
  else if (t->fast.crossing)
    me_stitch_cross (
        &t->fast, &t->crop, t->points, t->depth.at, t->now.fast, t->now.time_ns, FAST_CROSS_NS);
  else if (is_stale (t, &t->fast, FAST_NS))
    me_stitch_renew (&t->fast, &t->crop, t->points, t->now.time_ns);
}

/* Moves the pose by what the head did, and all first guesses for the next alignment with it. */
static void
advance_pose (MeTrack *t, const MeHeadMotion *head)
{
  MeSimilarity moved = me_head_motion_similarity (head);
  MePoint shift[ME_N_POINTS];

  t->pose = me_similarity_chain (&t->pose, &moved);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint q = me_similarity_apply (&moved, t->points[i]);
    shift[i] = (MePoint){ q.x - t->points[i].x, q.y - t->points[i].y };
  }
  me_stitch_shift (&t->fast, shift);
  me_stitch_shift (&t->kept, shift);
}

/* Aligns the frame with the fast reference; crops it again while the head is far from where it was
 * expected. */
static gboolean
find_head (MeTrack *t, MeTools *tools, const MeFrame *frame, MeHeadMotion *head, float *match)
{
  for (int n = 0; n <= MAX_RECROPS; n++) {
    if (!crop_face (t, tools, frame))
      return FALSE;
    guint64 begin = me_clock_ns ();
    t->now.match =
        me_stitch_align (&t->fast, &t->crop, t->points, t->depth.at, t->now.time_ns, match, head);
    me_stage_end (&tools->stats, ME_STAGE_ALIGN, begin);
    if (n == MAX_RECROPS || hypotf (head->tx, head->ty) < RECROP_PX)
      return TRUE;
    advance_pose (t, head);
  }
  return TRUE;
}

void
me_track_lose (MeTrack *t, guint64 time_ns)
{
  t->state = ME_TRACK_LOST;
  t->lost_ns = time_ns;
}

void
me_track_follow (MeTrack *t, MeTools *tools, const MeFrame *frame)
{
  float match[ME_N_POINTS];
  MeHeadMotion head;

  t->now.time_ns = frame->time_ns;
  if (!find_head (t, tools, frame, &head, match))
    t->now.match = 0;
  if (t->now.match < LOST_MATCH) {
    me_track_lose (t, frame->time_ns);
    return;
  }
  guint64 begin = me_clock_ns ();
  me_stitch_read (&t->fast, t->points, t->depth.at, match, &head, t->now.time_ns, t->now.fast);
  measure_kept (t, tools);
  renew_fast (t);
  advance_pose (t, &head);
  measure_head (t);
  me_stage_end (&tools->stats, ME_STAGE_MOTION, begin);
}
