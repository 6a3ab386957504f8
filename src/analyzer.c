/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One stream: owns the faces, decides when to look for new ones, and turns what the spotters find
 * into events. */
#include "microexpr.h"

#include "confidence.h"
#include "followed-face.h"
#include "quantile.h"
#include "stage.h"
#include "watch.h"

#include <math.h>
#include <string.h>

#define MAX_FACES 64
#define MAX_EVENTS 64
#define MAX_FOUND 64
#define RETRY_NS 100000000u     /* shortest time between two searches, after a face was lost */
#define FORGET_NS 2000000000u   /* a lost face may come back for so long */
#define REKEY_PERCENT 15.0f     /* landmarks that disagree by more than that replace the old ones */
#define MIN_SCORE 0.2f          /* of the detector, for a new face; */
#define MIN_FIT 0.1f            /* and of its landmarks: round logos have no eyes */
#define LOST_FIT 0.05f          /* score of landmarks that are on no face; */
#define LOST_NS 1200000000u     /* for so long, and the face is given up */
#define COARSE_SHARE 6          /* every search finds faces of 1/6 of the frame's height; */
#define SCAN_PX (640.0 * 480.0) /* smaller ones are looked for as often as pixels allow */

struct _MeAnalyzer
{
  MeConfig config;
  MeFaceFinder *finder;
  MeLandmarker *landmarker;
  MeCropper *cropper;
  MeStats stats;
  MeFollowed *faces[MAX_FACES]; /* allocated when first needed, then reused */
  guint n_slots, next_id;
  MeFace shown[MAX_FACES];
  guint n_shown;
  MeEvent events[MAX_EVENTS];
  guint n_events, n_fetched;
  guint64 next_event;
  MeConditions conditions;
  MeNotices notices;
  gboolean started;
  guint64 last_ns, searched_ns, seen_ns; /* newest frame; last search; last frame with a face */
  guint n_searches;
  gboolean search_now;
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
  a->cropper = me_cropper_new ();
  me_analyzer_configure (a, config);
  return a;
}

void
me_analyzer_free (MeAnalyzer *a)
{
  if (!a)
    return;
  for (guint i = 0; i < a->n_slots; i++)
    g_free (a->faces[i]);
  me_cropper_free (a->cropper);
  me_landmarker_free (a->landmarker);
  me_face_finder_free (a->finder);
  g_free (a);
}

void
me_analyzer_configure (MeAnalyzer *a, const MeConfig *config)
{
  a->config = *config;
  a->config.landmark_model = NULL;
  a->config.max_faces = CLAMP (config->max_faces, 1, MAX_FACES);
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

/* A face begins, or begins anew with other landmarks. */
static void
begin_face (MeAnalyzer *a, MeFollowed *face)
{
  me_followed_begin (face);
  tell (a, ME_WATCH_BEGIN, face);
}

/* Room for one more face: a free slot, or that of the smallest face when the new one is clearly
 * larger, or NULL. */
static MeFollowed *
make_room (MeAnalyzer *a, float width)
{
  MeFollowed *smallest = NULL;
  float least = width / 1.3f;

  for (guint i = 0; i < a->n_slots; i++) {
    MeFollowed *face = a->faces[i];
    float w = me_track_box (&face->track).width;
    if (!face->used)
      return face;
    if (w < least) {
      least = w;
      smallest = face;
    }
  }
  if (a->n_slots < a->config.max_faces)
    return a->faces[a->n_slots++] = g_new0 (MeFollowed, 1);
  if (smallest) {
    finish_face (a, smallest);
    drop_face (a, smallest);
  }
  return smallest;
}

static gboolean
same_place (const MeDetection *a, const MeDetection *b)
{
  float dx = a->x + a->width / 2 - b->x - b->width / 2;
  float dy = a->y + a->height / 2 - b->y - b->height / 2;

  return hypotf (dx, dy) < 0.5f * MAX (a->width, b->width);
}

static MeFollowed *
face_at (MeAnalyzer *a, const MeDetection *found, MeTrackState state)
{
  for (guint i = 0; i < a->n_slots; i++) {
    MeDetection box;
    if (!a->faces[i]->used || a->faces[i]->track.state != state)
      continue;
    box = me_track_box (&a->faces[i]->track);
    if (same_place (&box, found))
      return a->faces[i];
  }
  return NULL;
}

static gboolean
is_hidden (const MeAnalyzer *a, const MeFollowed *face, const MeDetection *box)
{
  for (guint i = 0; i < a->n_slots; i++) {
    MeDetection other;
    if (a->faces[i] == face || !a->faces[i]->used || a->faces[i]->track.state != ME_TRACK_ACTIVE)
      continue;
    other = me_track_box (&a->faces[i]->track);
    if (me_followed_is_hidden (box, &other))
      return TRUE;
  }
  return FALSE;
}

/* What passes before a face is no expression, and afterwards nobody knows who is who. */
static void
drop_hidden_faces (MeAnalyzer *a)
{
  gboolean hidden[MAX_FACES] = { FALSE };

  for (guint i = 0; i < a->n_slots; i++) {
    MeDetection box = me_track_box (&a->faces[i]->track);
    hidden[i] = a->faces[i]->used && a->faces[i]->track.state == ME_TRACK_ACTIVE &&
                is_hidden (a, a->faces[i], &box);
  }
  for (guint i = 0; i < a->n_slots; i++) {
    if (!hidden[i])
      continue;
    finish_face (a, a->faces[i]);
    drop_face (a, a->faces[i]);
    a->search_now = TRUE;
  }
}

/* Follows the landmarks of a face into this frame. Where there is none any more, a patch of wall
 * that keeps still is no reason to believe in it. */
static void
check_fit (MeAnalyzer *a, MeFollowed *face, const MeFrame *frame)
{
  guint64 begin = me_clock_ns ();

  me_followed_look_again (face, a->landmarker, frame);
  me_stage_end (&a->stats, ME_STAGE_LANDMARKS, begin);
  if (!(face->track.fit < LOST_FIT))
    face->poor_ns = 0;
  else if (face->poor_ns == 0)
    face->poor_ns = MAX (frame->time_ns, 1);
  if (face->poor_ns == 0 || frame->time_ns - face->poor_ns < LOST_NS)
    return;
  finish_face (a, face);
  me_track_lose (&face->track, frame->time_ns);
}

/* A known face: are its landmarks still where the track believes? */
static void
check_face (MeAnalyzer *a, MeTools *tools, MeFollowed *face, const MeFrame *frame,
    const MeDetection *found, const MePoint *landmarks, float fit)
{
  if (!(fit >= MIN_FIT))
    return;
  me_track_note_fit (&face->track, landmarks, fit);
  if (me_track_disagreement (&face->track, landmarks) < REKEY_PERCENT)
    return;
  finish_face (a, face);
  if (me_track_start (&face->track, tools, frame, found, landmarks))
    begin_face (a, face);
  else
    me_track_lose (&face->track, frame->time_ns);
}

static void
resume_or_add_face (MeAnalyzer *a, MeTools *tools, const MeFrame *frame, const MeDetection *found,
    const MePoint *landmarks, float fit)
{
  MeFollowed *face = face_at (a, found, ME_TRACK_LOST);

  if (!(fit >= MIN_FIT) || is_hidden (a, face, found))
    return;
  if (face && me_track_resume (&face->track, tools, frame, found, landmarks)) {
    me_track_note_fit (&face->track, landmarks, fit);
    face->poor_ns = 0;
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
  face->poor_ns = 0;
  me_track_note_fit (&face->track, landmarks, fit);
  face->track.id = a->next_id++;
  face->conditions = (MeConditions){ .measured_ns = 0 };
  a->stats.faces++;
  begin_face (a, face);
}

/* Smaller faces cost more pixels to find: they are looked for in every so many searches only. */
static double
smallest_face (const MeAnalyzer *a, const MeFrame *frame)
{
  double small = a->config.min_face_size_px;
  double coarse = MAX (small, (double)frame->height / COARSE_SHARE);
  guint every = (guint)ceil (me_face_finder_scan_px (frame, small) / SCAN_PX);

  return every <= 1 || a->n_searches % every == 0 ? small : coarse;
}

/* What the detector found: a face that is known, that comes back, or that is new. */
static void
take_detection (MeAnalyzer *a, MeTools *tools, const MeFrame *frame, const MeDetection *found)
{
  MeFollowed *known = face_at (a, found, ME_TRACK_ACTIVE);
  guint64 begin = me_clock_ns ();
  MePoint landmarks[ME_N_LANDMARKS];
  float fit;
  gboolean fitted = me_landmarker_find (a->landmarker, frame, found, landmarks, &fit);

  me_stage_end (&a->stats, ME_STAGE_LANDMARKS, begin);
  if (fitted && known)
    check_face (a, tools, known, frame, found, landmarks, fit);
  else if (fitted)
    resume_or_add_face (a, tools, frame, found, landmarks, fit);
}

static void
search (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  MeDetection found[MAX_FOUND];
  guint64 begin = me_clock_ns ();
  guint n = me_face_finder_detect (
      a->finder, frame, smallest_face (a, frame), found, G_N_ELEMENTS (found));

  me_stage_end (&a->stats, ME_STAGE_DETECT, begin);
  a->searched_ns = frame->time_ns;
  a->n_searches++;
  a->search_now = FALSE;
  for (guint i = 0; i < n; i++)
    take_detection (a, tools, frame, &found[i]);
  for (guint i = 0; i < a->n_slots; i++)
    if (a->faces[i]->used && a->faces[i]->track.state == ME_TRACK_ACTIVE)
      check_fit (a, a->faces[i], frame);
}

static gboolean
search_is_due (const MeAnalyzer *a, guint64 time_ns)
{
  guint64 since = time_ns - a->searched_ns;

  return a->n_searches == 0 || since >= a->config.detect_interval_ns ||
         (a->search_now && since >= RETRY_NS);
}

static void
follow_faces (MeAnalyzer *a, MeTools *tools, const MeFrame *frame)
{
  for (guint i = 0; i < a->n_slots; i++) {
    MeFollowed *face = a->faces[i];
    if (!face->used)
      continue;
    if (face->track.state == ME_TRACK_ACTIVE) {
      me_track_follow (&face->track, tools, frame);
      if (face->track.state == ME_TRACK_LOST) {
        finish_face (a, face);
        a->search_now = TRUE;
      }
    } else if (frame->time_ns - face->track.lost_ns > FORGET_NS) {
      drop_face (a, face);
    }
  }
}

static void
spot (MeAnalyzer *a, const MeFrame *frame)
{
  for (guint i = 0; i < a->n_slots; i++) {
    MeFollowed *face = a->faces[i];
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
  for (guint i = 0; i < a->n_slots; i++)
    if (a->faces[i]->used && a->faces[i]->track.state == ME_TRACK_ACTIVE)
      me_followed_show (a->faces[i], &a->config, frame, &a->shown[a->n_shown++]);
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
    for (guint i = 0; i < a->n_slots; i++)
      a->faces[i]->track.lost_ns = time_ns;
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
  if (search_is_due (a, frame->time_ns))
    search (a, &tools, frame);
  spot (a, frame);
  show_faces (a, frame);
  me_conditions_stream (&a->conditions, &a->notices, frame->time_ns, a->stats.frame_rate,
      (double)(frame->time_ns - a->seen_ns) / 1e9);
  a->stats.frames++;
}

void
me_analyzer_reset (MeAnalyzer *a, gboolean keep_faces)
{
  for (guint i = 0; i < a->n_slots; i++) {
    MeFollowed *face = a->faces[i];
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
  a->n_searches = 0;
  if (!keep_faces)
    a->n_intervals = 0;
}

void
me_analyzer_get_stats (const MeAnalyzer *a, MeStats *stats)
{
  *stats = a->stats;
}
