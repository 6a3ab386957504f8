/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Following one face. The crop is taken where the last frame found the head (closed loop), so the
 * patches only ever move by what the face and one frame of head motion add. */
#include "track.h"

#include "stage.h"

#include <math.h>
#include <string.h>

#define MS 1000000u
#define RENEW_NS (1000u * MS)     /* age at which the fast reference is replaced */
#define RENEW_WAIT_NS (600u * MS) /* longest wait for open eyes */
#define CROSS_NS (150u * MS)      /* both references are measured, their difference averaged */
#define KEPT_NS (15u * MS)        /* shortest time between two measurements of the kept one */
#define EYES_OPEN 0.15f           /* closure below it */
#define LOST_MATCH 0.45f          /* median correlation below which the face is gone */
#define RESUME_MATCH 0.55f
#define PATCH_MATCH 0.5f /* of a single patch */
#define RETAKE_PX 1.2f   /* head motion within a frame that asks for a second crop */
#define RETAKES 2

static float
median_match (const float match[ME_N_POINTS])
{
  float sorted[ME_N_POINTS];

  memcpy (sorted, match, sizeof sorted);
  for (int i = 1; i < ME_N_POINTS; i++) {
    float v = sorted[i];
    int j = i;
    for (; j > 0 && sorted[j - 1] > v; j--)
      sorted[j] = sorted[j - 1];
    sorted[j] = v;
  }
  return sorted[ME_N_POINTS / 2];
}

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

float
me_track_disagreement (const MeTrack *t, const MePoint landmarks[ME_N_LANDMARKS])
{
  static const int anchors[] = { 27, 30, 36, 39, 42, 45 };
  float d[G_N_ELEMENTS (anchors)];

  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++) {
    MePoint p = me_similarity_invert (&t->pose, landmarks[anchors[i]]);
    float v = hypotf (p.x - t->landmarks[anchors[i]].x, p.y - t->landmarks[anchors[i]].y);
    guint j = i;
    for (; j > 0 && d[j - 1] > v; j--)
      d[j] = d[j - 1];
    d[j] = v;
  }
  return (d[2] + d[3]) / 2 * ME_CROP_PERCENT;
}

static gboolean
take_crop (MeTrack *t, MeTools *tools, const MeFrame *frame)
{
  guint64 begin = me_clock_ns ();
  gboolean taken = me_cropper_take (tools->cropper, frame, &t->pose, &t->crop);

  me_stage_end (tools->stats, ME_STAGE_CROP, begin);
  return taken;
}

static void
build (MeTools *tools, MeReference *reference, const MeCrop *crop, const MePoint *points)
{
  guint64 begin = me_clock_ns ();

  me_reference_build (reference, crop, points);
  me_stage_end (tools->stats, ME_STAGE_ALIGN, begin);
}

static void
align (MeTools *tools, const MeReference *reference, const MeCrop *crop, MePoint *u, float *match)
{
  guint64 begin = me_clock_ns ();

  me_reference_align (reference, crop, u, match);
  me_stage_end (tools->stats, ME_STAGE_ALIGN, begin);
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

/* The crop of this frame becomes both references; all series begin anew at zero. */
static void
begin_references (MeTrack *t, MeTools *tools, guint64 time_ns)
{
  build (tools, &t->kept, &t->crop, t->points);
  t->fast = t->kept;
  t->open_eyes = t->crop;
  memset (t->kept_u, 0, sizeof t->kept_u);
  memset (t->fast_u, 0, sizeof t->fast_u);
  memset (t->offset, 0, sizeof t->offset);
  memset (t->fast_last, 0, sizeof t->fast_last);
  memset (t->kept_last, 0, sizeof t->kept_last);
  memset (&t->now, 0, sizeof t->now);
  t->fast_built_ns = t->kept_measured_ns = time_ns;
  t->next_built_ns = 0;
  t->now.time_ns = time_ns;
  t->now.match = 1;
  t->now.kept_measured = TRUE;
  t->state = ME_TRACK_ACTIVE;
  measure_head (t);
}

gboolean
me_track_start (MeTrack *t, MeTools *tools, const MeFrame *frame, const MeDetection *box,
    const MePoint landmarks[ME_N_LANDMARKS])
{
  place (t, box, landmarks);
  if (!take_crop (t, tools, frame))
    return FALSE;
  begin_references (t, tools, frame->time_ns);
  return TRUE;
}

gboolean
me_track_resume (MeTrack *t, MeTools *tools, const MeFrame *frame, const MeDetection *box,
    const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint u[ME_N_POINTS] = { { 0, 0 } };
  float match[ME_N_POINTS];

  t->pose = me_crop_pose (landmarks);
  if (!take_crop (t, tools, frame))
    return FALSE;
  align (tools, &t->kept, &t->crop, u, match);
  if (median_match (match) < RESUME_MATCH)
    return FALSE;
  place (t, box, landmarks);
  begin_references (t, tools, frame->time_ns);
  return TRUE;
}

/* A patch that does not match its reference measures nothing: its motion stays what it last was,
 * and it is looked for where the head is. */
static void
hold_lost_patches (
    const float *match, MePoint *u, MePoint last[ME_N_POINTS], MePoint motion[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    if (match[i] < PATCH_MATCH) {
      motion[i] = last[i];
      u[i] = (MePoint){ 0, 0 };
    }
    last[i] = motion[i];
  }
}

/* Correlation of an eye with itself when open: a box over the eye, moved with the head. */
static float
eye_closure (const MeTrack *t, MeSide side, const MeHeadMotion *head)
{
  const MePoint *corner = t->landmarks + (side == ME_RIGHT ? 36 : 42);
  float half_width = (corner[3].x - corner[0].x) / 2, half_height = 0.12f * ME_CROP_IPD_PX;
  float cx = (corner[0].x + corner[3].x) / 2, cy = (corner[0].y + corner[3].y) / 2;
  float rx = cx - ME_CROP_PX / 2.0f, ry = cy - ME_CROP_PX / 2.0f;
  int dx = (int)lroundf (head->tx + head->xx * rx + head->xy * ry);
  int dy = (int)lroundf (head->ty + head->yx * rx + head->yy * ry);
  int x0 = (int)(cx - half_width), x1 = (int)(cx + half_width);
  int y0 = (int)(cy - half_height), y1 = (int)(cy + half_height);
  double n = 0, a = 0, b = 0, aa = 0, ab = 0, bb = 0;

  for (int y = y0; y <= y1; y++) {
    for (int x = x0; x <= x1; x++) {
      int sx = x + dx, sy = y + dy;
      if (MIN (MIN (x, y), MIN (sx, sy)) < 0 || MAX (MAX (x, y), MAX (sx, sy)) >= ME_CROP_PX)
        continue;
      double p = t->open_eyes.full[y * ME_CROP_PX + x], q = t->crop.full[sy * ME_CROP_PX + sx];
      n++, a += p, b += q, aa += p * p, ab += p * q, bb += q * q;
    }
  }
  double va = n * aa - a * a, vb = n * bb - b * b;
  return va > n * n && vb > n * n ? (float)(1 - (n * ab - a * b) / sqrt (va * vb)) : 0;
}

static void
measure_kept (MeTrack *t, MeTools *tools, guint64 time_ns)
{
  float match[ME_N_POINTS];
  MeHeadMotion head;

  t->now.kept_measured = time_ns - t->kept_measured_ns >= KEPT_NS;
  if (!t->now.kept_measured)
    return;
  align (tools, &t->kept, &t->crop, t->kept_u, match);
  guint64 begin = me_clock_ns ();
  me_head_motion_fit (t->points, t->kept_u, match, &head);
  me_head_motion_remove (t->points, t->kept_u, &head, t->now.kept);
  hold_lost_patches (match, t->kept_u, t->kept_last, t->now.kept);
  t->now.closure[ME_LEFT] = eye_closure (t, ME_LEFT, &head);
  t->now.closure[ME_RIGHT] = eye_closure (t, ME_RIGHT, &head);
  t->kept_measured_ns = time_ns;
  me_stage_end (tools->stats, ME_STAGE_MOTION, begin);
}

/* The next reference has been measured beside the old one for long enough: it takes over, its
 * series shifted by the mean difference. */
static void
change_over (MeTrack *t)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    t->offset[i].x += t->difference[i].x / t->n_both;
    t->offset[i].y += t->difference[i].y / t->n_both;
  }
  t->fast = t->next;
  memcpy (t->fast_u, t->next_u, sizeof t->fast_u);
  memcpy (t->fast_last, t->next_last, sizeof t->fast_last);
  t->fast_built_ns = t->next_built_ns;
  t->next_built_ns = 0;
}

static void
measure_next (MeTrack *t, MeTools *tools, const MePoint fast[ME_N_POINTS], guint64 time_ns)
{
  float match[ME_N_POINTS];
  MePoint next[ME_N_POINTS];
  MeHeadMotion head;

  align (tools, &t->next, &t->crop, t->next_u, match);
  me_head_motion_fit (t->points, t->next_u, match, &head);
  me_head_motion_remove (t->points, t->next_u, &head, next);
  hold_lost_patches (match, t->next_u, t->next_last, next);
  for (int i = 0; i < ME_N_POINTS; i++) {
    t->difference[i].x += fast[i].x - next[i].x;
    t->difference[i].y += fast[i].y - next[i].y;
  }
  t->n_both++;
  if (time_ns - t->next_built_ns >= CROSS_NS)
    change_over (t);
}

static void
renew_fast (MeTrack *t, MeTools *tools, const MePoint fast[ME_N_POINTS], guint64 time_ns)
{
  guint64 age = time_ns - t->fast_built_ns;

  if (t->next_built_ns) {
    measure_next (t, tools, fast, time_ns);
    return;
  }
  if (age < RENEW_NS)
    return;
  if (MAX (t->now.closure[ME_LEFT], t->now.closure[ME_RIGHT]) > EYES_OPEN &&
      age < RENEW_NS + RENEW_WAIT_NS)
    return;
  build (tools, &t->next, &t->crop, t->points);
  memset (t->next_u, 0, sizeof t->next_u);
  memset (t->next_last, 0, sizeof t->next_last);
  for (int i = 0; i < ME_N_POINTS; i++)
    t->difference[i] = fast[i];
  t->n_both = 1;
  t->next_built_ns = time_ns;
}

/* Moves the pose by what the head did, and all first guesses for the next alignment with it. */
static void
advance_pose (MeTrack *t, const MeHeadMotion *head)
{
  MeSimilarity moved = me_head_motion_similarity (head);

  t->pose = me_similarity_chain (&t->pose, &moved);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint q = me_similarity_apply (&moved, t->points[i]);
    float dx = q.x - t->points[i].x, dy = q.y - t->points[i].y;
    t->fast_u[i].x -= dx, t->fast_u[i].y -= dy;
    t->next_u[i].x -= dx, t->next_u[i].y -= dy;
    t->kept_u[i].x -= dx, t->kept_u[i].y -= dy;
  }
}

/* Aligns the frame with the fast reference, taking the crop again while the head is still far from
 * where it was looked for. */
static gboolean
find_head (MeTrack *t, MeTools *tools, const MeFrame *frame, MeHeadMotion *head, float *match)
{
  for (int n = 0; n <= RETAKES; n++) {
    if (!take_crop (t, tools, frame))
      return FALSE;
    align (tools, &t->fast, &t->crop, t->fast_u, match);
    guint64 begin = me_clock_ns ();
    me_head_motion_fit (t->points, t->fast_u, match, head);
    me_stage_end (tools->stats, ME_STAGE_MOTION, begin);
    if (n == RETAKES || hypotf (head->tx, head->ty) < RETAKE_PX)
      return TRUE;
    advance_pose (t, head);
  }
  return TRUE;
}

void
me_track_follow (MeTrack *t, MeTools *tools, const MeFrame *frame)
{
  float match[ME_N_POINTS];
  MePoint fast[ME_N_POINTS];
  MeHeadMotion head;

  t->now.time_ns = frame->time_ns;
  t->now.match = 0;
  if (find_head (t, tools, frame, &head, match))
    t->now.match = median_match (match);
  if (t->now.match < LOST_MATCH) {
    t->state = ME_TRACK_LOST;
    t->lost_ns = frame->time_ns;
    return;
  }
  me_head_motion_remove (t->points, t->fast_u, &head, fast);
  hold_lost_patches (match, t->fast_u, t->fast_last, fast);
  for (int i = 0; i < ME_N_POINTS; i++) {
    t->now.fast[i].x = fast[i].x + t->offset[i].x;
    t->now.fast[i].y = fast[i].y + t->offset[i].y;
  }
  measure_kept (t, tools, frame->time_ns);
  renew_fast (t, tools, fast, frame->time_ns);
  advance_pose (t, &head);
  measure_head (t);
}
