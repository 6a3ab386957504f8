/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "followed-face.h"

#include "reading/movements.h"

#include <string.h>

#define OUT_OF_NOISE 1.5f        /* times the running noise: what moves less is at rest, */
#define LEAST_MOVEMENT 0.5f      /* as is a part of the face that moves less than that, % IPD */
#define HIDDEN_SHARE 0.1f        /* of the smaller box: when two share more, one may be hidden, */
#define MUCH_SMALLER 1.5f        /* unless the other is so many times smaller, thus behind it */
#define BOX_NS (50 * ME_MSECOND) /* between two boxes that are remembered */

void
me_followed_begin (MeFollowed *face)
{
  me_spotter_reset (&face->spotter, face->track.points);
  face->micros = (MeCertainMicros){ .n = 0 };
  face->n_boxes = 0;
  face->began_ns = face->sound_ns = face->track.now.time_ns;
  face->until_ns = G_MAXUINT64;
  face->cut_off = FALSE;
  me_cut_watch_reset (&face->cuts);
}

void
me_followed_found (
    MeFollowed *face, const MePoint landmarks[ME_N_LANDMARKS], float fit, guint64 time_ns)
{
  me_track_note_fit (&face->track, landmarks, fit);
  face->looked_ns = time_ns;
  face->poor_ns = 0;
}

gboolean
me_followed_look_again (MeFollowed *face, MeLandmarker *landmarker, const MeFrame *frame,
    MePoint landmarks[ME_N_LANDMARKS])
{
  MeDetection box = me_track_box (&face->track);
  float fit;

  me_track_landmarks (&face->track, landmarks);
  if (!me_landmarker_improve (landmarker, frame, landmarks, &fit) &&
      !me_landmarker_find (landmarker, frame, &box, landmarks, &fit))
    return FALSE;
  me_track_note_fit (&face->track, landmarks, fit);
  return TRUE;
}

gboolean
me_followed_is_hidden (const MeDetection *box, const MeDetection *other)
{
  float width = MIN (box->x + box->width, other->x + other->width) - MAX (box->x, other->x);
  float height = MIN (box->y + box->height, other->y + other->height) - MAX (box->y, other->y);

  return width > 0 && height > 0 &&
         width * height >
             HIDDEN_SHARE * MIN (box->width * box->height, other->width * other->height) &&
         other->width * MUCH_SMALLER > box->width;
}

static MeBox
clipped (const MeDetection *box, const MeFrame *frame)
{
  double par = frame->pixel_aspect;
  int x0 = me_whole_pixel (box->x / par, 0, frame->width - 1);
  int y0 = me_whole_pixel (box->y, 0, frame->height - 1);
  int x1 = me_whole_pixel ((box->x + box->width) / par, x0 + 1, frame->width);
  int y1 = me_whole_pixel (box->y + box->height, y0 + 1, frame->height);

  return (MeBox){ x0, y0, x1 - x0, y1 - y0 };
}

MeBox
me_followed_box (const MeFollowed *face, const MeFrame *frame)
{
  MeDetection box = me_track_box (&face->track);

  return clipped (&box, frame);
}

void
me_followed_note_eyes (MeFollowed *face)
{
  const MeObservation *o = &face->track.now;
  float detail = (o->eye_detail[ME_LEFT] + o->eye_detail[ME_RIGHT]) / 2;

  if (o->kept_measured)
    me_perclos_add (&face->perclos, o->time_ns,
        detail < ME_LID_DETAIL && me_blink_closure (&face->spotter.blinks) >= ME_PERCLOS_CLOSED);
}

void
me_followed_note_box (MeFollowed *face, const MeFrame *frame)
{
  guint newest = (face->n_boxes - 1) % ME_FOLLOWED_BOXES;

  if (face->n_boxes && frame->time_ns - face->boxes[newest].time_ns < BOX_NS)
    return;
  face->boxes[face->n_boxes % ME_FOLLOWED_BOXES].time_ns = frame->time_ns;
  face->boxes[face->n_boxes++ % ME_FOLLOWED_BOXES].box = me_followed_box (face, frame);
}

MeBox
me_followed_box_at (const MeFollowed *face, guint64 time_ns)
{
  guint oldest = face->n_boxes > ME_FOLLOWED_BOXES ? face->n_boxes - ME_FOLLOWED_BOXES : 0;

  for (guint i = face->n_boxes; i-- > oldest;)
    if (face->boxes[i % ME_FOLLOWED_BOXES].time_ns <= time_ns || i == oldest)
      return face->boxes[i % ME_FOLLOWED_BOXES].box;
  return (MeBox){ 0, 0, 0, 0 };
}

gboolean
me_followed_is_paused (const MeFollowed *face)
{
  return face->cuts.suspected || face->cuts.dissolving;
}

gboolean
me_followed_is_blended (const MeFollowed *face)
{
  return face->began_ns <= face->until_ns && face->track.kept.now.built_ns > face->until_ns;
}

guint64
me_followed_until (const MeFollowed *face)
{
  guint64 until_ns = face->until_ns;

  if (face->cuts.suspected)
    until_ns = MIN (until_ns, face->cuts.good_ns);
  if (face->cuts.dissolving)
    until_ns = MIN (until_ns, face->cuts.dissolve_ns);
  return until_ns;
}

/* Units and movements of the moment, where motion rises out of the noise. */
static void
read_motion (const MeFollowed *face, const MeConfig *config, double pixel_aspect, MeFace *shown)
{
  float running = me_spotter_noise (&face->spotter), noise[ME_N_POINTS];
  gboolean lids_moved = me_blink_active (&face->spotter.blinks);
  MePoint motion[ME_N_POINTS];
  MeUnitReading reading;

  if (!(config->units || config->movements) ||
      me_spotter_motion (&face->spotter) < OUT_OF_NOISE * running)
    return;
  for (int i = 0; i < ME_N_POINTS; i++)
    noise[i] = running;
  me_spotter_displacement (&face->spotter, &face->track.now, motion);
  if (config->units) {
    me_action_units_read (
        me_spotter_unit_model (&face->spotter), motion, noise, lids_moved, &reading);
    memcpy (shown->units, reading.strength, sizeof reading.strength);
  }
  if (config->movements)
    shown->n_movements = me_movements_read (&face->track, motion, lids_moved,
        MAX (LEAST_MOVEMENT, OUT_OF_NOISE * running), pixel_aspect, shown->movements);
}

void
me_followed_show (
    const MeFollowed *face, const MeConfig *config, const MeFrame *frame, MeFace *shown)
{
  MeHeadPose pose = me_track_head_pose (&face->track);

  *shown = (MeFace){ .id = face->track.id,
    .box = me_followed_box (face, frame),
    .ipd_px = me_track_ipd_px (&face->track),
    .quality = CLAMP (face->track.now.match, 0, 1),
    .motion = me_spotter_motion (&face->spotter),
    .noise = me_spotter_noise (&face->spotter),
    .speaking = (double)face->spotter.speech.speaking,
    .yaw = (double)pose.yaw,
    .pitch = (double)pose.pitch,
    .roll = (double)pose.roll,
    .perclos = me_perclos_share (&face->perclos) };
  me_track_landmarks (&face->track, shown->landmarks);
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    shown->landmarks[i].x /= (float)frame->pixel_aspect;
  read_motion (face, config, frame->pixel_aspect, shown);
}
