/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "face-life.h"

/* ---- events ---- */

static void
add_event (MeAnalyzer *a, MeFollowed *face, const MeSpot *spot)
{
  MeEvent event;

  if (!(a->config.kinds & spot->kind))
    return;
  me_read_spot (spot, &face->track, me_spotter_unit_model (&face->spotter), &a->config, &event);
  if (me_certain_micros_include (&face->micros, &event))
    return;
  event.candidate = event.confidence < a->config.min_confidence;
  if (event.candidate && event.confidence < a->config.candidate_confidence)
    return;
  event.box = me_followed_box_at (face, spot->apex_ns);
  event.id = a->next_event++;
  a->events[me_ring_add (&a->pending, ME_MAX_PENDING)] = event;
  if (event.candidate) {
    a->stats.candidates++;
  } else {
    a->stats.events++;
    me_certain_micros_note (&face->micros, &event);
  }
}

static void
collect_events (MeAnalyzer *a, MeFollowed *face)
{
  const MeSpot *spot;

  while ((spot = me_spotter_pop (&face->spotter))) {
    MeSpot ended = *spot;
    if (me_spot_end (&ended, me_followed_until (face), a->config.max_duration_ns))
      add_event (a, face, &ended);
  }
  a->dropped_spots += face->spotter.pending.dropped;
  face->spotter.pending.dropped = 0;
}

const MeEvent *
me_analyzer_pop_event (MeAnalyzer *a)
{
  guint i;

  return me_ring_fetch (&a->pending, ME_MAX_PENDING, &i) ? &a->events[i] : NULL;
}

/* ---- whoever watches ---- */

void
me_analyzer_watch (MeAnalyzer *a, MeWatch watch, gpointer user_data)
{
  a->watch = watch;
  a->watch_data = user_data;
}

static void
call_watch (const MeAnalyzer *a, MeWatchStep step, const MeFollowed *face)
{
  if (a->watch)
    a->watch (step, &face->track, a->frame_s, a->watch_data);
}

/* ---- the face ---- */

void
me_face_begin (MeAnalyzer *a, MeFollowed *face)
{
  MeDetection box = me_track_box (&face->track);

  me_followed_begin (face);
  me_faces_not_left_out (&a->faces, &box);
  call_watch (a, ME_WATCH_BEGIN, face);
}

void
me_face_report (MeAnalyzer *a, MeFollowed *face)
{
  if (!me_followed_is_paused (face))
    call_watch (a, ME_WATCH_FRAME, face);
  collect_events (a, face);
}

void
me_face_finish (MeAnalyzer *a, MeFollowed *face)
{
  call_watch (a, ME_WATCH_FINISH, face);
  me_spotter_finish (&face->spotter, &a->config);
  collect_events (a, face);
}

void
me_face_drop (MeAnalyzer *a, MeFollowed *face)
{
  me_conditions_clear (&face->conditions, &a->warnings, face->track.id);
  face->used = FALSE;
}
