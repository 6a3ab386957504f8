/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* New faces are looked for in one part of the picture at a time, lost ones where they were. Those
 * that are followed are checked one after another, each every detect_interval. */
#include "face-search.h"

#include "face-life.h"
#include "common/stage.h"

#define MAX_FOUND 64
#define REKEY_PERCENT 15.0f         /* IPD: landmarks that disagree by more replace the old ones */
#define MIN_SCORE 0.2f              /* of the detector, for a new face; */
#define MIN_FIT 0.1f                /* and of its landmarks: round logos have no eyes */
#define LOST_FIT 0.05f              /* score of landmarks that are on no face; */
#define LOST_NS (1200 * ME_MSECOND) /* after so long of it, the face is lost */
#define COARSE_SHARE 6.0 /* of the height of the frame: smaller faces are looked for less often */

static MeFollowed *
make_room (MeAnalyzer *a, float width)
{
  MeFollowed *face = me_faces_room (&a->faces, a->config.max_faces, width);

  if (face && face->used) {
    if (me_faces_active (face))
      me_face_finish (a, face);
    me_face_drop (a, face);
  }
  return face;
}

static gboolean
find_landmarks (MeAnalyzer *a, const MeFrame *frame, const MeDetection *found,
    MePoint landmarks[ME_N_LANDMARKS], float *fit)
{
  guint64 begin = me_clock_ns ();
  gboolean fitted = me_landmarker_find (a->landmarker, frame, found, landmarks, fit);

  me_stage_end (&a->tools[0].stats, ME_STAGE_LANDMARKS, begin);
  return fitted && *fit >= MIN_FIT;
}

static void
lose_face (MeAnalyzer *a, MeFollowed *face, guint64 time_ns)
{
  me_face_finish (a, face);
  me_track_lose (&face->track, time_ns);
}

/* Landmarks were found that disagree with those the face is followed by. When a search in its box
 * finds such ones too, the face is followed by these. */
static void
start_again (MeAnalyzer *a, MeFollowed *face, const MeFrame *frame)
{
  MeDetection box = me_track_box (&face->track);
  MePoint landmarks[ME_N_LANDMARKS];
  float fit;

  if (!find_landmarks (a, frame, &box, landmarks, &fit) ||
      me_track_disagreement (&face->track, landmarks) < REKEY_PERCENT)
    return;
  me_track_note_fit (&face->track, landmarks, fit);
  me_face_finish (a, face);
  if (me_track_start (&face->track, &a->tools[0], frame, &box, landmarks))
    me_face_begin (a, face);
  else
    me_track_lose (&face->track, frame->time_ns);
}

/* Finds the landmarks of a face in this frame: are they where the track expects them? Matching
 * patches alone are no proof of a face: a wall that keeps still matches too. */
static void
check_face (MeAnalyzer *a, MeFollowed *face, const MeFrame *frame)
{
  guint64 begin = me_clock_ns ();
  MePoint landmarks[ME_N_LANDMARKS];
  gboolean seen = me_followed_look_again (face, a->landmarker, frame, landmarks);

  face->looked_ns = frame->time_ns;
  me_stage_end (&a->tools[0].stats, ME_STAGE_LANDMARKS, begin);
  if (!(face->track.fit < LOST_FIT))
    face->poor_ns = 0;
  else if (face->poor_ns == 0)
    face->poor_ns = MAX (frame->time_ns, 1);
  if (face->poor_ns != 0 && frame->time_ns - face->poor_ns >= LOST_NS)
    lose_face (a, face, frame->time_ns);
  else if (seen && face->track.fit >= MIN_FIT &&
           me_track_disagreement (&face->track, landmarks) >= REKEY_PERCENT)
    start_again (a, face, frame);
}

/* The one whose turn it is; at most one in each frame. */
static void
check_a_face (MeAnalyzer *a, const MeFrame *frame)
{
  MeFollowed *next = NULL;

  for (guint i = 0; i < a->faces.n; i++)
    if (me_faces_active (a->faces.at[i]) && !me_followed_is_paused (a->faces.at[i]) &&
        (!next || a->faces.at[i]->looked_ns < next->looked_ns))
      next = a->faces.at[i];
  if (next && frame->time_ns - next->looked_ns >= a->config.detect_interval_ns)
    check_face (a, next, frame);
}

/* Without a cut, a face where one was just lost is hardly that of somebody else. */
static float
likeness_needed (const MeAnalyzer *a, const MeFollowed *face, const MeDetection *found)
{
  MeDetection box = me_track_box (&face->track);
  gboolean cut = face->cut_off || a->cuts.suspected || a->cuts.dissolving;

  return cut || !me_faces_same_place (&box, found) ? ME_SAME_FACE : ME_SAME_FACE_THERE;
}

/* The lost face that looks most like the one with these landmarks, or NULL. */
static MeFollowed *
recognise (MeAnalyzer *a, const MeFrame *frame, const MeDetection *found,
    const MePoint landmarks[ME_N_LANDMARKS])
{
  float most = 0;
  MeFollowed *best = NULL;

  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    float likeness;
    if (!face->used || me_faces_active (face) || me_followed_is_blended (face))
      continue;
    likeness = me_track_likeness (&face->track, &a->tools[0], frame, landmarks);
    if (likeness > MAX (most, likeness_needed (a, face, found))) {
      most = likeness;
      best = face;
    }
  }
  return best;
}

static void
resume_or_add_face (MeAnalyzer *a, const MeFrame *frame, const MeDetection *found)
{
  MePoint landmarks[ME_N_LANDMARKS];
  MeFollowed *face;
  float fit;

  if (!find_landmarks (a, frame, found, landmarks, &fit))
    return;
  face = recognise (a, frame, found, landmarks);
  if (me_faces_hide (&a->faces, face, found))
    return;
  if (face && me_track_start (&face->track, &a->tools[0], frame, found, landmarks)) {
    me_followed_found (face, landmarks, fit, frame->time_ns);
    me_face_begin (a, face);
    return;
  }
  if (found->score < MIN_SCORE)
    return;
  face = make_room (a, found->width);
  if (!face) {
    me_faces_leave_out (&a->faces, found, frame->time_ns);
    return;
  }
  me_lids_forget (&face->track.lids);
  if (!me_track_start (&face->track, &a->tools[0], frame, found, landmarks))
    return;
  face->used = TRUE;
  face->track.id = a->next_id++;
  face->conditions = (MeConditions){ .measured_ns = 0 };
  me_perclos_reset (&face->perclos);
  me_followed_found (face, landmarks, fit, frame->time_ns);
  a->stats.faces++;
  me_face_begin (a, face);
}

static guint
detect (MeAnalyzer *a, const MeFrame *frame, const MeSearchArea *area, MeDetection *found)
{
  guint64 begin = me_clock_ns ();
  guint n = me_face_finder_search (a->finder, frame, area, found, MAX_FOUND);

  me_stage_end (&a->tools[0].stats, ME_STAGE_DETECT, begin);
  return n;
}

static void
search (MeAnalyzer *a, const MeFrame *frame, const MeSearchArea *area)
{
  MeDetection found[MAX_FOUND];
  guint n = detect (a, frame, area, found);

  for (guint i = 0; i < n; i++)
    if (!me_faces_near (&a->faces, &found[i]))
      resume_or_add_face (a, frame, &found[i]);
}

/* Where a face was seen or lost. */
static void
search_around (MeAnalyzer *a, const MeFrame *frame, const MeDetection *box)
{
  MeSearchArea area;

  if (me_scan_around (frame, box, &area))
    search (a, frame, &area);
}

static void
search_lost_faces (MeAnalyzer *a, const MeFrame *frame)
{
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    MeDetection box = me_track_box (&face->track);
    if (!face->used || me_faces_active (face) ||
        (face->looked_ns >= face->track.lost_ns &&
            frame->time_ns - face->looked_ns < a->config.detect_interval_ns))
      continue;
    face->looked_ns = frame->time_ns;
    search_around (a, frame, &box);
  }
}

static double
smallest_face (const MeAnalyzer *a)
{
  return MAX (a->config.min_face_size_px, ME_SMALLEST_FACE_PX);
}

/* At the start, the whole picture at once; faces that are small in it are left to the rounds. */
static void
search_whole (MeAnalyzer *a, const MeFrame *frame)
{
  double small = smallest_face (a), coarse = MAX (small, frame->height / COARSE_SHARE);
  double first = a->config.detect_interval_ns ? coarse : small;
  MeSearchArea whole = { { 0, 0, frame->width, frame->height }, first, ME_SIZES_ALL };

  a->searched = TRUE;
  search (a, frame, &whole);
  me_scan_begin (a->scan, frame, small, coarse, first);
}

static void
search_next (MeAnalyzer *a, const MeFrame *frame)
{
  MeBox known[ME_MAX_FACES];
  guint n_known = me_faces_heads (&a->faces, frame, known);
  const MeSearchArea *area;

  while ((area = me_scan_next (a->scan, frame, a->config.detect_interval_ns, known, n_known))) {
    MeDetection found[MAX_FOUND];
    guint n = detect (a, frame, area, found);
    for (guint i = 0; i < n; i++)
      if (!me_faces_near (&a->faces, &found[i]))
        search_around (a, frame, &found[i]);
  }
}

void
me_face_search (MeAnalyzer *a, const MeFrame *frame)
{
  search_lost_faces (a, frame);
  if (!a->searched || a->config.detect_interval_ns == 0 ||
      !me_scan_fits (a->scan, frame, smallest_face (a)))
    search_whole (a, frame);
  else
    search_next (a, frame);
  check_a_face (a, frame);
}
