/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One stream: what happens to a frame, in order. Follows the faces and ends them where the picture
 * is cut. */
#include "microexpr.h"

#include "analyzer-state.h"
#include "face-life.h"
#include "face-search.h"
#include "reading/confidence.h"
#include "common/duration.h"
#include "common/quantile.h"
#include "common/stage.h"

#include <math.h>

#define SOUND_MATCH 0.7f          /* median correlation above which the face was well seen */
#define FORGET_NS (2 * ME_SECOND) /* how long a lost face may come back */
/* A face without room is gone once it was not seen for so long and in so many searches. */
#define LEFT_OUT_NS (10 * ME_SECOND)
#define LEFT_OUT_SEARCHES 20
#define CUT_STEP_NS (12 * ME_MSECOND) /* shortest time between two checks for a cut */

/* It would be formatted as a subtraction. */
/* clang-format off */
G_DEFINE_QUARK (me-error-quark, me_error)
/* clang-format on */

void
me_config_default (MeConfig *config)
{
  *config = (MeConfig){ .kinds = ME_KIND_MICRO,
    .min_duration_ns = 40 * ME_MSECOND,
    .max_duration_ns = 500 * ME_MSECOND,
    .sensitivity = 1,
    .min_confidence = ME_DEFAULT_CONFIDENCE,
    .candidate_confidence = 1,
    .emotions = TRUE,
    .max_faces = 8,
    .min_face_size_px = 80,
    .detect_interval_ns = 500 * ME_MSECOND,
    .n_threads = 1 };
}

MeAnalyzer *
me_analyzer_new (const MeConfig *config, GError **error)
{
  MeLandmarker *landmarker = me_landmarker_new (config->landmark_model, error);
  MeFaceFinder *finder = landmarker ? me_face_finder_new (error) : NULL;
  MeAnalyzer *a;

  if (!finder) {
    me_landmarker_free (landmarker);
    return NULL;
  }
  a = g_new0 (MeAnalyzer, 1);
  a->landmarker = landmarker;
  a->finder = finder;
  a->scan = me_scan_new ();
  a->workers = me_workers_new (CLAMP (config->n_threads, 1, ME_MAX_THREADS));
  for (guint i = 0; i < ME_MAX_THREADS && (i == 0 || i < config->n_threads); i++) {
    a->tools[i].cropper = me_cropper_new ();
    if (me_lid_model_embedded ())
      a->tools[i].fitter = me_landmark_fitter_new (me_lid_model_embedded ());
  }
  me_analyzer_configure (a, config);
  return a;
}

void
me_analyzer_free (MeAnalyzer *a)
{
  if (!a)
    return;
  me_faces_clear (&a->faces);
  me_workers_free (a->workers);
  for (guint i = 0; i < ME_MAX_THREADS; i++) {
    me_cropper_free (a->tools[i].cropper);
    me_landmark_fitter_free (a->tools[i].fitter);
  }
  me_landmarker_free (a->landmarker);
  me_face_finder_free (a->finder);
  me_scan_free (a->scan);
  g_free (a);
}

void
me_analyzer_configure (MeAnalyzer *a, const MeConfig *config)
{
  guint max_faces = a->config.max_faces;

  a->config = *config;
  a->config.landmark_model = NULL;
  a->config.detect_interval_ns = MIN (config->detect_interval_ns, ME_MAX_DETECT_INTERVAL_NS);
  a->config.max_faces = CLAMP (config->max_faces, 1, ME_MAX_FACES);
  if (a->config.max_faces > max_faces)
    me_scan_again (a->scan);
}

const MeWarning *
me_analyzer_pop_warning (MeAnalyzer *a)
{
  return me_warnings_pop (&a->warnings);
}

/* ---- faces ---- */

/* What passes in front of a face is no expression, and one that was going on is dropped. Afterwards
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
    me_blink_reset (&a->faces.at[i]->spotter.blinks);
    me_face_finish (a, a->faces.at[i]);
    me_face_drop (a, a->faces.at[i]);
    me_scan_again (a->scan);
  }
}

/* max_faces was lowered. */
static void
drop_surplus_faces (MeAnalyzer *a)
{
  MeFollowed *face;

  while ((face = me_faces_surplus (&a->faces, a->config.max_faces))) {
    if (me_faces_active (face))
      me_face_finish (a, face);
    me_face_drop (a, face);
  }
}

/* ---- cuts ---- */

/* No event spans a cut, and whoever is there now is searched for anew. During a dissolve, the
 * motion measured was that of two faces at once: the series ends before it. */
static void
end_face (MeAnalyzer *a, MeFollowed *face, guint64 last_ns, guint64 time_ns)
{
  face->cut_off = TRUE;
  face->until_ns = MIN (me_followed_until (face), last_ns);
  me_face_finish (a, face);
  me_track_lose (&face->track, time_ns);
}

static gboolean
is_just_lost (const MeFollowed *face, const MeFrame *frame)
{
  return face->used && !me_faces_active (face) && face->track.lost_ns == frame->time_ns;
}

/* The usual time between two checks, s: whole frames. 0: unknown. */
static float
cut_step_s (const MeAnalyzer *a)
{
  if (!(a->stats.frame_rate > 0))
    return 0;
  return ceilf ((float)CUT_STEP_NS / 1e9f / a->frame_s - 0.01f) * a->frame_s;
}

/* At high frame rates not every frame is checked, but each in which a face was lost. */
static gboolean
is_time_for_cuts (const MeAnalyzer *a, const MeFrame *frame)
{
  for (guint i = 0; i < a->faces.n; i++)
    if (is_just_lost (a->faces.at[i], frame))
      return TRUE;
  return a->pictures.n_pictures == 0 || frame->time_ns - a->pictures.now_ns >= CUT_STEP_NS;
}

/* The whole picture was cut. A face that was lost shortly before may not be the one that is there
 * now. */
static void
cut_all_faces (MeAnalyzer *a, guint64 last_ns, guint64 time_ns)
{
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    if (me_faces_active (face) && face->began_ns <= last_ns)
      end_face (a, face, last_ns, time_ns);
    else if (!me_faces_active (face))
      face->cut_off = TRUE;
  }
  me_faces_forget_left_out (&a->faces);
  a->searched = FALSE;
}

static void
look_for_cuts (MeAnalyzer *a, const MeFrame *frame)
{
  MeBox all = { 0, 0, ME_THUMBNAIL_COLUMNS, ME_THUMBNAIL_ROWS };
  guint64 last_ns;

  if (!is_time_for_cuts (a, frame))
    return;
  me_pictures_add (&a->pictures, frame, cut_step_s (a));
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    MeBox head, part;
    if (!me_faces_active (face) && !is_just_lost (face, frame))
      continue;
    head = me_faces_head (face, frame);
    part = me_thumbnail_part (frame, &head);
    if (me_cut_watch_add (&face->cuts, &a->pictures, &part, &last_ns) && me_faces_active (face))
      end_face (a, face, last_ns, frame->time_ns);
    face->cut_off |= me_followed_is_paused (face) && !me_faces_active (face);
  }
  if (me_cut_watch_add (&a->cuts, &a->pictures, &all, &last_ns))
    cut_all_faces (a, last_ns, frame->time_ns);
}

/* The analyzer and a frame, for the workers. */
typedef struct
{
  MeAnalyzer *analyzer;
  const MeFrame *frame;
} Job;

static void
follow_face (guint i, guint worker, gpointer data)
{
  const Job *job = data;
  MeAnalyzer *a = job->analyzer;

  if (me_faces_active (a->faces.at[i]))
    me_track_follow (&a->faces.at[i]->track, &a->tools[worker], job->frame);
}

/* A face that there was no room for may have been there all the time. */
static void
forget_face (MeAnalyzer *a, MeFollowed *face)
{
  me_face_drop (a, face);
  if (a->faces.n >= a->config.max_faces)
    me_scan_again (a->scan);
}

/* Of a face that is lost gradually, the last pictures show something else already, while most
 * patches still match. */
static void
end_lost_face (MeAnalyzer *a, MeFollowed *face)
{
  face->until_ns = MIN (me_followed_until (face), face->sound_ns);
  me_face_finish (a, face);
}

static void
follow_faces (MeAnalyzer *a, const MeFrame *frame)
{
  gboolean active[ME_MAX_FACES];

  for (guint i = 0; i < a->faces.n; i++)
    active[i] = me_faces_active (a->faces.at[i]);
  me_workers_run (a->workers, a->faces.n, follow_face, &(Job){ a, frame });
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    if (!face->used || me_faces_active (face))
      continue;
    if (active[i])
      end_lost_face (a, face);
    else if (frame->time_ns - face->track.lost_ns > FORGET_NS)
      forget_face (a, face);
  }
}

static void
spot_on_face (guint i, guint worker, gpointer data)
{
  const Job *job = data;
  MeAnalyzer *a = job->analyzer;
  MeFollowed *face = a->faces.at[i];
  guint64 begin = me_clock_ns ();

  if (!me_faces_active (face))
    return;
  me_followed_note_box (face, job->frame);
  if (face->track.now.match > SOUND_MATCH)
    face->sound_ns = job->frame->time_ns;
  if (me_followed_is_paused (face))
    return;
  me_spotter_add (&face->spotter, &face->track.now, &a->config, a->frame_s);
  me_followed_note_eyes (face);
  me_stage_end (&a->tools[worker].stats, ME_STAGE_SPOT, begin);
}

static void
spot (MeAnalyzer *a, const MeFrame *frame)
{
  me_workers_run (a->workers, a->faces.n, spot_on_face, &(Job){ a, frame });
  for (guint i = 0; i < a->faces.n; i++) {
    MeFollowed *face = a->faces.at[i];
    if (!me_faces_active (face))
      continue;
    me_face_report (a, face);
    me_conditions_face (
        &face->conditions, &a->warnings, &face->track, (double)face->spotter.speech.speaking);
  }
}

static void
show_faces (MeAnalyzer *a, const MeFrame *frame)
{
  a->n_shown = 0;
  for (guint i = 0; i < a->faces.n; i++)
    if (me_faces_active (a->faces.at[i]))
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
    a->interval_s = me_quantile_update (
        a->interval_s, (float)(time_ns - a->last_ns) / 1e9f, 0.5f, a->n_intervals++, 200);
    a->frame_s = a->repeats.new_s > 0 ? (float)a->repeats.new_s : a->interval_s;
    a->stats.frame_rate = a->n_intervals > 5 ? 1 / a->frame_s : 0;
  }
  a->last_ns = time_ns;
}

/* Faces that there was no room for. A later round of the search finds each of them again. */
static guint
count_left_out (const MeAnalyzer *a, guint64 time_ns)
{
  guint64 memory_ns = MAX (LEFT_OUT_NS, LEFT_OUT_SEARCHES * a->config.detect_interval_ns);

  return me_faces_left_out (&a->faces, time_ns > memory_ns ? time_ns - memory_ns : 0);
}

/* A copy of the picture before only lets time pass: if it were measured, the face would stand still
 * and then jump. */
void
me_analyzer_process (MeAnalyzer *a, const MeFrame *frame)
{
  gboolean repeated = me_repeats_add (&a->repeats, frame);

  measure_frame_rate (a, frame->time_ns);
  if (repeated) {
    a->stats.repeated++;
    return;
  }
  drop_surplus_faces (a);
  follow_faces (a, frame);
  drop_hidden_faces (a);
  look_for_cuts (a, frame);
  me_face_search (a, frame);
  spot (a, frame);
  show_faces (a, frame);
  me_conditions_stream (&a->conditions, &a->warnings, frame->time_ns, a->stats.frame_rate,
      (double)(frame->time_ns - a->seen_ns) / 1e9, count_left_out (a, frame->time_ns));
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
      me_face_finish (a, face);
    face->track.state = ME_TRACK_LOST;
    if (!keep_faces)
      me_face_drop (a, face);
  }
  me_conditions_rewind (&a->conditions);
  a->n_shown = 0;
  a->started = FALSE;
  a->searched = FALSE;
  me_faces_forget_left_out (&a->faces);
  me_pictures_forget (&a->pictures);
  me_cut_watch_reset (&a->cuts);
  if (keep_faces) {
    me_repeats_break (&a->repeats);
  } else {
    me_repeats_init (&a->repeats);
    a->n_intervals = 0;
  }
}

void
me_analyzer_get_stats (const MeAnalyzer *a, MeStats *stats)
{
  *stats = a->stats;
  stats->events_dropped = a->pending.dropped + a->dropped_spots;
  for (guint i = 0; i < ME_MAX_THREADS; i++)
    for (guint stage = 0; stage < ME_N_STAGES; stage++) {
      stats->stage_ns[stage] += a->tools[i].stats.stage_ns[stage];
      stats->stage_runs[stage] += a->tools[i].stats.stage_runs[stage];
    }
}
