/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One stream: owns the faces, decides when to look for new ones, and turns what the spotters find
 * into events. */
#include "microexpr.h"

#include "confidence.h"
#include "faces.h"
#include "quantile.h"
#include "scan.h"
#include "stage.h"
#include "watch.h"

#include <math.h>
#include <string.h>

#define MAX_EVENTS 64
#define MAX_FOUND 64
#define FORGET_NS 2000000000u /* a lost face may come back for so long */
#define REKEY_PERCENT 15.0f   /* landmarks that disagree by more than that replace the old ones */
#define MIN_SCORE 0.2f        /* of the detector, for a new face; */
#define MIN_FIT 0.1f          /* and of its landmarks: round logos have no eyes */
#define LOST_FIT 0.05f        /* score of landmarks that are on no face; */
#define LOST_NS 1200000000u   /* for so long, and the face is given up */
#define START_SHARE 4         /* of the height of the frame: faces that are looked for at once; */
#define COARSE_SHARE 6        /* of the frame's height: smaller faces are looked for less often */

struct _MeAnalyzer
{
  MeConfig config;
  MeFaceFinder *finder;
  MeScan *scan;
  MeLandmarker *landmarker;
  MeCropper *cropper;
  MeStats stats;
  MeFaces faces;
  guint next_id;
  MeFace shown[ME_MAX_FACES];
  guint n_shown;
  MeEvent events[MAX_EVENTS];
  guint n_events, n_fetched;
  guint64 next_event;
  MeConditions conditions;
  MeNotices notices;
  gboolean started;
  guint64 last_ns, seen_ns; /* newest frame; last frame with a face */
  gboolean searched;        /* the whole picture, at the start */
  float frame_s;
  guint n_intervals;
  MeWatch watch; /* NULL: nobody */
  gpointer watch_data;
};

G_DEFINE_QUARK (me - error - quark, me_error)

void
me_config_default (MeConfig *config)
{
  *config = (MeConfig){ .kinds = ME_KIND_MICRO,
    .min_duration_ns = 40 * 1000000u,
    .max_duration_ns = 500 * 1000000u,
    .sensitivity = 1,
    .min_confidence = ME_DEFAULT_CONFIDENCE,
    .emotions = TRUE,
    .max_faces = 8,
    .min_face_size_px = 80,
    .detect_interval_ns = 500 * 1000000u };
}

MeAnalyzer *
me_analyzer_new (const MeConfig *config, GError **error)
{
  MeLandmarker *landmarker = me_landmarker_new (config->landmark_model, error);
  MeFaceFinder *finder = landmarker ? me_face_finder_new () : NULL;
  MeAnalyzer *a;

  if (!landmarker)
    return NULL;
  if (!finder) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED,
        "The built-in face detector cannot be read here: build the plugin against this dlib");
    me_landmarker_free (landmarker);
    return NULL;
  }
  a = g_new0 (MeAnalyzer, 1);
  a->landmarker = landmarker;
  a->finder = finder;
  a->scan = me_scan_new ();
  a->cropper = me_cropper_new ();
  me_analyzer_configure (a, config);
  return a;
}

void
me_analyzer_free (MeAnalyzer *a)
{
  if (!a)
    return;
  me_faces_clear (&a->faces);
  me_cropper_free (a->cropper);
  me_landmarker_free (a->landmarker);
  me_face_finder_free (a->finder);
  me_scan_free (a->scan);
  g_free (a);
}

void
me_analyzer_configure (MeAnalyzer *a, const MeConfig *config)
{
  a->config = *config;
  a->config.landmark_model = NULL;
  a->config.max_faces = CLAMP (config->max_faces, 1, ME_MAX_FACES);
}

/* ---- events ---- */

static void
report (MeAnalyzer *a, const MeFollowed *face, const MeSpot *spot)
{
  MeEvent *event = &a->events[a->n_events % MAX_EVENTS];

  me_read_spot (spot, &face->track, &face->model, a->config.emotions, event);
  if (!(a->config.kinds & spot->kind) || event->confidence < a->config.min_confidence)
    return;
  event->box = me_followed_box_at (face, spot->apex_ns);
  event->id = a->next_event++;
  a->n_events++;
  a->stats.events++;
}

static void
collect (MeAnalyzer *a, MeFollowed *face)
{
  const MeSpot *spot;

  while ((spot = me_spotter_pop (&face->spotter)))
    report (a, face, spot);
}

const MeEvent *
me_analyzer_pop_event (MeAnalyzer *a)
{
  if (a->n_events - a->n_fetched > MAX_EVENTS)
    a->n_fetched = a->n_events - MAX_EVENTS;
  return a->n_fetched < a->n_events ? &a->events[a->n_fetched++ % MAX_EVENTS] : NULL;
}

const MeWarning *
me_analyzer_pop_warning (MeAnalyzer *a)
{
  return me_notices_pop (&a->notices);
}

/* ---- faces ---- */

static void
drop_face (MeAnalyzer *a, MeFollowed *face)
{
  me_conditions_clear (&face->conditions, &a->notices, face->track.id);
  face->used = FALSE;
}

static void
tell (const MeAnalyzer *a, MeWatchStep step, const MeFollowed *face)
{
  if (a->watch)
    a->watch (step, &face->track, a->frame_s, a->watch_data);
}

void
me_analyzer_watch (MeAnalyzer *a, MeWatch watch, gpointer user_data)
{
  a->watch = watch;
  a->watch_data = user_data;
}

static void
finish_face (MeAnalyzer *a, MeFollowed *face)
{
  tell (a, ME_WATCH_FINISH, face);
  me_spotter_finish (&face->spotter, &a->config);
  collect (a, face);
}

static MeFollowed *
make_room (MeAnalyzer *a, float width)
{
  MeFollowed *face = me_faces_room (&a->faces, a->config.max_faces, width);

  if (face && face->used) {
    finish_face (a, face);
    drop_face (a, face);
  }
  return face;
}

/* A face begins, or begins anew with other landmarks. */
static void
begin_face (MeAnalyzer *a, MeFollowed *face)
{
  me_followed_begin (face);
  tell (a, ME_WATCH_BEGIN, face);
}

/* What passes before a face is no expression, not even one that has not ended yet, and afterwards
 * nobody knows who is who. */
static void
drop_hidden_faces (MeAnalyzer *a)
{
  gboolean hidden[ME_MAX_FACES] = { FALSE };

  for (guint i = 0; i < a->faces.n; i++) {
    MeDetection box = me_track_box (&a->faces.at[i]->track);
    hidden[i] = me_faces_active (a->faces.at[i]) && me_faces_hide (&a->faces, a->faces.at[i], &box);
  }
  for (guint i = 0; i < a->faces.n; i++) {
    if (!hidden[i])
      continue;
    me_macro_reset (&a->faces.at[i]->spotter.macro);
    finish_face (a, a->faces.at[i]);
    drop_face (a, a->faces.at[i]);
    me_scan_again (a->scan);
  }
}

static gboolean
find_landmarks (MeAnalyzer *a, const MeFrame *frame, const MeDetection *found,
    MePoint landmarks[ME_N_LANDMARKS], float *fit)
{
  guint64 begin = me_clock_ns ();
  gboolean fitted = me_landmarker_find (a->landmarker, frame, found, landmarks, fit);

  me_stage_end (&a->stats, ME_STAGE_LANDMARKS, begin);
  return fitted && *fit >= MIN_FIT;
}

static void
lose_face (MeAnalyzer *a, MeFollowed *face, guint64 time_ns)
{
  finish_face (a, face);
  me_track_lose (&face->track, time_ns);
}

/* Whether landmarks that disagree with those the face is followed by are found in its box too; then
 * it is followed by these. */
static void
start_again (MeAnalyzer *a, MeTools *tools, MeFollowed *face, const MeFrame *frame)
{
  MeDetection box = me_track_box (&face->track);
  MePoint landmarks[ME_N_LANDMARKS];
  float fit;

  if (!find_landmarks (a, frame, &box, landmarks, &fit) ||
      me_track_disagreement (&face->track, landmarks) < REKEY_PERCENT)
    return;
  me_track_note_fit (&face->track, landmarks, fit);
  finish_face (a, face);
  if (me_track_start (&face->track, tools, frame, &box, landmarks))
    begin_face (a, face);
  else
    me_track_lose (&face->track, frame->time_ns);
}

/* Follows the landmarks of a face into this frame: are they where the track believes them? Where
 * there is no face any more, a patch of wall that keeps still is no reason to believe in it. */
static void
check_face (MeAnalyzer *a, MeTools *tools, MeFollowed *face, const MeFrame *frame)
{
  guint64 begin = me_clock_ns ();
  MePoint landmarks[ME_N_LANDMARKS];
  gboolean seen = me_followed_look_again (face, a->landmarker, frame, landmarks);

  face->looked_ns = frame->time_ns;
  me_stage_end (&a->stats, ME_STAGE_LANDMARKS, begin);
  if (!(face->track.fit < LOST_FIT))
    face->poor_ns = 0;
  else if (face->poor_ns == 0)
    face->poor_ns = MAX (frame->time_ns, 1);
  if (face->poor_ns != 0 && frame->time_ns - face->poor_ns >= LOST_NS)
    lose_face (a, face, frame->time_ns);
  else if (seen && face->track.fit >= MIN_FIT &&
           me_track_disagreement (&face->track, landmarks) >= REKEY_PERCENT)
    start_again (a, tools, face, frame);
}

/* The one whose turn it is; not more in one frame. */
static void
check_a_face (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  MeFollowed *next = NULL;

  for (guint i = 0; i < a->faces.n; i++)
    if (me_faces_active (a->faces.at[i]) && (!next || a->faces.at[i]->looked_ns < next->looked_ns))
      next = a->faces.at[i];
  if (next && frame->time_ns - next->looked_ns >= a->config.detect_interval_ns)
    check_face (a, tools, next, frame);
}

static void
resume_or_add_face (MeAnalyzer *a, MeTools *tools, const MeFrame *frame, const MeDetection *found)
{
  MeFollowed *face = me_faces_near (&a->faces, found, ME_TRACK_LOST);
  MePoint landmarks[ME_N_LANDMARKS];
  float fit;

  if (!find_landmarks (a, frame, found, landmarks, &fit) || me_faces_hide (&a->faces, face, found))
    return;
  if (face && me_track_resume (&face->track, tools, frame, found, landmarks)) {
    me_followed_found (face, landmarks, fit, frame->time_ns);
    begin_face (a, face);
    return;
  }
  if (found->score < MIN_SCORE)
    return;
  if (face)
    drop_face (a, face);
  face = make_room (a, found->width);
  if (!face || !me_track_start (&face->track, tools, frame, found, landmarks))
    return;
  face->used = TRUE;
  face->track.id = a->next_id++;
  face->conditions = (MeConditions){ .measured_ns = 0 };
  me_followed_found (face, landmarks, fit, frame->time_ns);
  a->stats.faces++;
  begin_face (a, face);
}

static guint
detect (MeAnalyzer *a, const MeFrame *frame, const MeSearchArea *area, MeDetection *found)
{
  guint64 begin = me_clock_ns ();
  guint n = me_face_finder_search (a->finder, frame, area, found, MAX_FOUND);

  me_stage_end (&a->stats, ME_STAGE_DETECT, begin);
  return n;
}

static void
search (MeAnalyzer *a, MeTools *tools, const MeFrame *frame, const MeSearchArea *area)
{
  MeDetection found[MAX_FOUND];
  guint n = detect (a, frame, area, found);

  for (guint i = 0; i < n; i++)
    if (!me_faces_near (&a->faces, &found[i], ME_TRACK_ACTIVE))
      resume_or_add_face (a, tools, frame, &found[i]);
}

/* Where a face was seen, or lost: in which size is it there now? */
static void
search_around (MeAnalyzer *a, MeTools *tools, const MeFrame *frame, const MeDetection *box)
{
  MeSearchArea area;

  if (me_scan_around (frame, box, &area))
    search (a, tools, frame, &area);
}

static void
search_lost_faces (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    MeDetection box = me_track_box (&face->track);
    if (!face->used || me_faces_active (face) ||
        (face->looked_ns >= face->track.lost_ns &&
            frame->time_ns - face->looked_ns < a->config.detect_interval_ns))
      continue;
    face->looked_ns = frame->time_ns;
    search_around (a, tools, frame, &box);
  }
}

/* At the start, the whole picture at once, for large faces; smaller ones come with the rounds. */
static void
search_whole (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  double small = a->config.min_face_size_px, height = frame->height;
  double first = a->config.detect_interval_ns ? MAX (small, height / START_SHARE) : small;
  MeSearchArea whole = { { 0, 0, frame->width, frame->height }, first, ME_SIZES_ALL };

  a->searched = TRUE;
  search (a, tools, frame, &whole);
  me_scan_begin (a->scan, frame, small, MAX (small, height / COARSE_SHARE), first);
}

static void
search_next (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  MeBox known[ME_MAX_FACES];
  guint n_known = me_faces_heads (&a->faces, frame, known);
  const MeSearchArea *area;

  while ((area = me_scan_next (a->scan, frame, a->config.detect_interval_ns, known, n_known))) {
    MeDetection found[MAX_FOUND];
    guint n = detect (a, frame, area, found);
    for (guint i = 0; i < n; i++)
      if (!me_faces_near (&a->faces, &found[i], ME_TRACK_ACTIVE))
        search_around (a, tools, frame, &found[i]);
  }
}

static void
look_for_faces (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  search_lost_faces (a, tools, frame);
  if (!a->searched || a->config.detect_interval_ns == 0)
    search_whole (a, tools, frame);
  else
    search_next (a, tools, frame);
  check_a_face (a, tools, frame);
}

static void
follow_faces (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    if (!face->used)
      continue;
    if (face->track.state == ME_TRACK_ACTIVE) {
      me_track_follow (&face->track, tools, frame);
      if (face->track.state == ME_TRACK_LOST)
        finish_face (a, face);
    } else if (frame->time_ns - face->track.lost_ns > FORGET_NS) {
      drop_face (a, face);
    }
  }
}

static void
spot (MeAnalyzer *a, const MeFrame *frame)
{
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    guint64 begin = me_clock_ns ();
    if (!face->used || face->track.state != ME_TRACK_ACTIVE)
      continue;
    me_followed_note_box (face, frame);
    tell (a, ME_WATCH_FRAME, face);
    me_spotter_add (&face->spotter, &face->track.now, &a->config, a->frame_s);
    collect (a, face);
    me_conditions_face (&face->conditions, &a->notices, &face->track);
    me_stage_end (&a->stats, ME_STAGE_SPOT, begin);
  }
}

static void
show_faces (MeAnalyzer *a, const MeFrame *frame)
{
  a->n_shown = 0;
  for (guint i = 0; i < a->faces.n; i++)
    if (a->faces.at[i]->used && a->faces.at[i]->track.state == ME_TRACK_ACTIVE)
      me_followed_show (a->faces.at[i], &a->config, frame, &a->shown[a->n_shown++]);
  if (a->n_shown)
    a->seen_ns = frame->time_ns;
}

const MeFace *
me_analyzer_faces (const MeAnalyzer *a, guint *n_faces)
{
  *n_faces = a->n_shown;
  return a->shown;
}

/* ---- frames ---- */

static void
measure_frame_rate (MeAnalyzer *a, guint64 time_ns)
{
  if (!a->started) {
    a->started = TRUE;
    a->seen_ns = time_ns;
    for (guint i = 0; i < a->faces.n; i++)
      a->faces.at[i]->track.lost_ns = time_ns;
  } else {
    a->frame_s = me_quantile_update (
        a->frame_s, (float)(time_ns - a->last_ns) / 1e9f, 0.5f, a->n_intervals++, 200);
    a->stats.frame_rate = a->n_intervals > 5 ? 1 / a->frame_s : 0;
  }
  a->last_ns = time_ns;
}

void
me_analyzer_process (MeAnalyzer *a, const MeFrame *frame)
{
  MeTools tools = { a->cropper, &a->stats };

  measure_frame_rate (a, frame->time_ns);
  follow_faces (a, &tools, frame);
  drop_hidden_faces (a);
  look_for_faces (a, &tools, frame);
  spot (a, frame);
  show_faces (a, frame);
  me_conditions_stream (&a->conditions, &a->notices, frame->time_ns, a->stats.frame_rate,
      (double)(frame->time_ns - a->seen_ns) / 1e9);
  a->stats.frames++;
}

void
me_analyzer_reset (MeAnalyzer *a, gboolean keep_faces)
{
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    if (!face->used)
      continue;
    me_conditions_rewind (&face->conditions);
    if (face->track.state == ME_TRACK_ACTIVE)
      finish_face (a, face);
    face->track.state = ME_TRACK_LOST;
    if (!keep_faces)
      drop_face (a, face);
  }
  me_conditions_rewind (&a->conditions);
  a->n_shown = 0;
  a->started = FALSE;
  a->searched = FALSE;
  if (!keep_faces)
    a->n_intervals = 0;
}

void
me_analyzer_get_stats (const MeAnalyzer *a, MeStats *stats)
{
  *stats = a->stats;
}
