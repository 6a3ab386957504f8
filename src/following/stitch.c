/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stitch.h"

#include "common/quantile.h"
#include "common/rank.h"

#include <string.h>

#define PATCH_MATCH 0.5f /* of a patch that still sees its skin */

/* Mismatch of a patch that is covered, wholly or in part, or torn: motion of the skin, and light on
 * it, change a patch less (docs/spotting.md). */
#define CHANGED 0.05f
#define CHANGED_ON_USUAL 3.0f
#define USUAL_S 4.0f
#define USUAL_FLOOR 1e-3f

static void
anchor_build (MeAnchor *a, const MeCrop *crop, const MePoint *points, guint64 time_ns)
{
  me_reference_build (&a->reference, crop, points);
  memset (a->u, 0, sizeof a->u);
  memset (a->last, 0, sizeof a->last);
  a->turn = (MePoint){ 0, 0 };
  a->built_ns = a->turn_ns = time_ns;
}

void
me_stitch_begin (
    MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS], guint64 time_ns)
{
  anchor_build (&s->now, crop, points, time_ns);
  me_patch_neighbours_init (&s->neighbours, points);
  memset (s->offset, 0, sizeof s->offset);
  s->turn_offset = (MePoint){ 0, 0 };
  s->crossing = s->leaves_out_changed = s->agrees = FALSE;
  s->n_usual = 0;
}

static void
anchor_shift (MeAnchor *a, const MePoint *shift)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    a->u[i].x -= shift[i].x;
    a->u[i].y -= shift[i].y;
  }
}

void
me_stitch_shift (MeStitch *s, const MePoint shift[ME_N_POINTS])
{
  anchor_shift (&s->now, shift);
  anchor_shift (&s->next, shift);
}

static void
anchor_fit (MeAnchor *a, const MePoint *points, const float *depth, const float *match,
    guint64 time_ns, MeHeadMotion *head)
{
  MeTurn expected = me_turn_expected (a->turn, (float)(time_ns - a->turn_ns) / 1e9f);

  me_head_motion_fit (points, depth, a->u, match, &expected, head);
}

/* Leaves out the patches whose skin suddenly looks different. Returns how many. */
static int
leave_out_changed (const MeStitch *s, float *match)
{
  int n = 0;

  for (int i = 0; i < ME_N_POINTS && s->n_usual > 0; i++) {
    if (s->mismatch[i] > CHANGED + CHANGED_ON_USUAL * s->usual[i]) {
      match[i] = 0;
      n++;
    }
  }
  return n;
}

/* Most of the face looks different: too few patches are left to measure the motion of the head. It
 * follows all patches if most of them still match, else it stays; the face does not move. */
static void
hold_all (MeStitch *s, const MePoint *points, const float *depth, guint64 time_ns, float typical,
    float *match, MeHeadMotion *head)
{
  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = 1 - s->mismatch[i];
  if (typical > PATCH_MATCH)
    anchor_fit (&s->now, points, depth, match, time_ns, head);
  else
    *head = (MeHeadMotion){ .turn = s->now.turn };
  memset (match, 0, ME_N_POINTS * sizeof *match);
}

float
me_stitch_align (MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS],
    const float depth[ME_N_POINTS], guint64 time_ns, float match[ME_N_POINTS], MeHeadMotion *head)
{
  float typical;

  me_reference_align (&s->now.reference, crop, s->now.u, match);
  typical = me_median (match, ME_N_POINTS);
  for (int i = 0; i < ME_N_POINTS; i++)
    s->mismatch[i] = 1 - match[i];
  if (s->leaves_out_changed && 2 * leave_out_changed (s, match) > ME_N_POINTS)
    hold_all (s, points, depth, time_ns, typical, match, head);
  else
    anchor_fit (&s->now, points, depth, match, time_ns, head);
  if (s->agrees)
    me_patches_agree (&s->neighbours, &s->now.reference, points, depth, match, head, s->now.u);
  return typical;
}

/* The usual mismatch follows slowly, so that what covers a patch for a while does not become usual
 * before it goes. */
static void
learn_usual (MeStitch *s, guint64 time_ns)
{
  float elapsed_s = (float)(time_ns - s->read_ns) / 1e9f;

  for (int i = 0; i < ME_N_POINTS; i++)
    s->usual[i] = me_quantile_update (s->usual[i], MAX (s->mismatch[i], USUAL_FLOOR), 0.5f,
        s->n_usual, USUAL_S / MAX (elapsed_s, 1e-4f));
  s->n_usual++;
}

/* A patch that does not match measures nothing: its motion stays what it last was, and it is
 * looked for where the head is. */
static void
anchor_read (MeAnchor *a, const MePoint *points, const float *depth, const float *match,
    const MeHeadMotion *head, guint64 time_ns, MePoint *motion)
{
  int n_matched = 0;

  me_head_motion_remove (points, depth, a->u, head, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    if (match[i] < PATCH_MATCH) {
      motion[i] = a->last[i];
      a->u[i] = me_head_motion_at (head, points[i], depth[i]);
    } else {
      n_matched++;
    }
    a->last[i] = motion[i];
  }
  if (2 * n_matched > ME_N_POINTS) {
    a->turn = head->turn;
    a->turn_ns = time_ns;
  }
}

void
me_stitch_read (MeStitch *s, const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const float match[ME_N_POINTS], const MeHeadMotion *head, guint64 time_ns,
    MePoint motion[ME_N_POINTS])
{
  if (s->leaves_out_changed)
    learn_usual (s, time_ns);
  s->read_ns = time_ns;
  anchor_read (&s->now, points, depth, match, head, time_ns, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x += s->offset[i].x;
    motion[i].y += s->offset[i].y;
  }
}

MePoint
me_stitch_turn (const MeStitch *s)
{
  return (MePoint){ s->turn_offset.x + s->now.turn.x, s->turn_offset.y + s->now.turn.y };
}

float
me_stitch_departure (const MeStitch *s)
{
  static const MePosture of_reference = { .turn = { 0, 0 } };
  MePosture now = { .turn = s->now.turn };

  memcpy (now.motion, s->now.last, sizeof now.motion);
  return me_posture_distance (&now, &of_reference);
}

void
me_stitch_renew (
    MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS], guint64 time_ns)
{
  anchor_build (&s->next, crop, points, time_ns);
  memcpy (s->difference, s->now.last, sizeof s->difference);
  s->n_crossed = 1;
  s->crossing = TRUE;
}

void
me_stitch_abandon (MeStitch *s)
{
  s->crossing = FALSE;
}

static void
cross_over (MeStitch *s)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    s->offset[i].x += s->difference[i].x / (float)s->n_crossed;
    s->offset[i].y += s->difference[i].y / (float)s->n_crossed;
  }
  s->turn_offset.x += s->now.turn.x - s->next.turn.x;
  s->turn_offset.y += s->now.turn.y - s->next.turn.y;
  s->now = s->next;
  s->crossing = FALSE;
}

void
me_stitch_cross (MeStitch *s, const MeCrop *crop, const MePoint points[ME_N_POINTS],
    const float depth[ME_N_POINTS], const MePoint motion[ME_N_POINTS], guint64 time_ns,
    guint64 cross_ns)
{
  float match[ME_N_POINTS];
  MePoint next[ME_N_POINTS];
  MeHeadMotion head;

  me_reference_align (&s->next.reference, crop, s->next.u, match);
  anchor_fit (&s->next, points, depth, match, time_ns, &head);
  if (s->agrees)
    me_patches_agree (&s->neighbours, &s->next.reference, points, depth, match, &head, s->next.u);
  anchor_read (&s->next, points, depth, match, &head, time_ns, next);
  for (int i = 0; i < ME_N_POINTS; i++) {
    s->difference[i].x += motion[i].x - s->offset[i].x - next[i].x;
    s->difference[i].y += motion[i].y - s->offset[i].y - next[i].y;
  }
  s->n_crossed++;
  if (time_ns - s->next.built_ns >= cross_ns)
    cross_over (s);
}
