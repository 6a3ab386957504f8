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
#define FAST_OPEN 0.15f                /* closure of eyes that a new reference may show */
#define KEPT_OPEN 0.06f
#define EYES_SHUT 0.5f
#define LOST_MATCH 0.45f /* median correlation below which the face is gone */
#define RECROP_PX 1.2f   /* head motion within a frame that calls for another crop */
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
  memcpy (t->now.eye_detail, t->lids.detail, sizeof t->now.eye_detail);
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
  memset (&t->now, 0, sizeof t->now);
  me_lids_begin (&t->lids, t->landmarks, time_ns);
  measure_lids (t, tools, &still, time_ns);
  t->kept_ns = t->now.time_ns = time_ns;
  t->now.match = 1;
  t->shut_ns = 0;
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

static float
most_closure (const MeTrack *t)
{
  return MAX (t->now.closure[ME_LEFT], t->now.closure[ME_RIGHT]);
}

static gboolean
eyes_shut (const MeTrack *t)
{
  return MIN (t->now.closure[ME_LEFT], t->now.closure[ME_RIGHT]) > EYES_SHUT;
}

/* Is it time for a new reference? While the eyes are closed by more than `open` it waits, but not
 * for long; while they are shut it waits for as long as they are. */
static gboolean
is_stale (const MeTrack *t, const MeStitch *s, guint64 max_age_ns, float open)
{
  guint64 age = t->now.time_ns - s->now.built_ns;
  gboolean waited = age > max_age_ns + WAIT_NS && t->now.time_ns - t->shut_ns > WAIT_NS;

  return !s->crossing && age > max_age_ns && (most_closure (t) < open || waited);
}

/* Motion as large as that of an open mouth is measured with errors, which a renewal would add to
 * the series for good. A face that comes back to its reference is back in the series. */
static gboolean
kept_is_stale (const MeTrack *t)
{
  return is_stale (t, &t->kept, KEPT_NS, KEPT_OPEN) &&
         (me_stitch_departure (&t->kept) < KEPT_NEAR ||
             t->now.time_ns - t->kept.now.built_ns > KEPT_MOST_NS);
}

static void
renew_kept (MeTrack *t)
{
  if (t->kept.crossing && eyes_shut (t))
    me_stitch_abandon (&t->kept);
  else if (t->kept.crossing)
    me_stitch_cross (
        &t->kept, &t->crop, t->points, t->depth.at, t->now.kept, t->now.time_ns, KEPT_CROSS_NS);
  else if (kept_is_stale (t))
    me_stitch_renew (&t->kept, &t->crop, t->points, t->now.time_ns);
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
  else if (is_stale (t, &t->fast, FAST_NS, FAST_OPEN))
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
