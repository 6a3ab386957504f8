/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading.h"

#include "confidence.h"
#include "context.h"
#include "emotion.h"
#include "glance.h"
#include "anatomy/au-motion.h"

#include <math.h>
#include <string.h>

/* Confidence lost when motion shows all of the units read badly, since they may be others. */
#define UNRELIABLE 0.1

static double
strongest_motion (const MeSpot *spot)
{
  double strongest = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature != ME_FEATURE_JAW &&
        !(spot->lids_moved && me_facial_point_is_near_eye (i)))
      strongest = MAX (strongest, hypot (spot->motion[i].x, spot->motion[i].y));
  return strongest;
}

/* Travel of the upper lid, % IPD: the height of the open eye times the closure (0..1). */
static double
lid_travel (const MeTrack *track, MeSide side, double closure)
{
  const MePoint *eye = me_eye_landmarks (track->landmarks, side);
  double open = (eye[ME_EYE_LOWER_LID_1].y + eye[ME_EYE_LOWER_LID_2].y - eye[ME_EYE_UPPER_LID_1].y -
                    eye[ME_EYE_UPPER_LID_2].y) /
                2;

  return MAX (0, open) * ME_CROP_PERCENT * closure;
}

static void
read_blink (MeEvent *event, const MeTrack *track, const MeSpot *spot)
{
  MeAu au = spot->shut ? ME_AU43 : ME_AU45;

  event->left[au] = lid_travel (track, ME_LEFT, spot->closure[ME_LEFT]);
  event->right[au] = lid_travel (track, ME_RIGHT, spot->closure[ME_RIGHT]);
  event->strength[au] = MAX (event->left[au], event->right[au]);
  event->intensity = event->strength[au];
  event->emotion = ME_EMOTION_NONE;
}

/* AU26 becomes AU27 where the jaw drops further than AU26 can. */
static void
tell_mouth_stretch (MeEvent *event)
{
  if (event->strength[ME_AU26] <= me_au_full_contraction (ME_AU26))
    return;
  event->strength[ME_AU27] = event->strength[ME_AU26];
  event->unit_confidence[ME_AU27] = event->unit_confidence[ME_AU26];
  event->strength[ME_AU26] = event->unit_confidence[ME_AU26] = 0;
}

/* The emotion, and what goes with the event in conversation, which depends on it. */
static void
interpret (MeEvent *event, const MeSpot *spot, const MeConfig *config, const MeUnitReading *reading)
{
  event->emotion = ME_EMOTION_NONE;
  if (config->emotions) {
    event->emotion = me_emotion_read_sides (
        event->strength, event->left, event->right, config->contempt, event->emotions);
    event->emotion_confidence = me_emotion_probability (reading, config->contempt, event->emotion);
  }
  event->context = me_context_read (event, (double)spot->nod);
  if (event->context == ME_CONTEXT_CONVERSATIONAL && !config->conversational_emotions) {
    event->emotion = ME_EMOTION_NONE;
    event->emotion_confidence = 0;
    memset (event->emotions, 0, sizeof event->emotions);
  }
}

static void
read_expression (MeEvent *event, const MeUnitModel *model, const MeSpot *spot,
    const MeConfig *config, MeUnitReading *reading)
{
  const float *noise = spot->kind == ME_KIND_MICRO ? spot->point_noise : NULL;

  me_action_units_read (model, spot->motion, noise, spot->lids_moved, reading);
  memcpy (event->strength, reading->strength, sizeof event->strength);
  memcpy (event->left, reading->left, sizeof event->left);
  memcpy (event->right, reading->right, sizeof event->right);
  for (int au = 0; au < ME_N_AUS; au++)
    event->unit_confidence[au] = reading->strength[au] > 0 ? reading->confidence[au] : 0;
  event->intensity = strongest_motion (spot);
  for (int au = 0; au < ME_N_AUS; au++)
    event->intensity = MAX (event->intensity, event->strength[au]);
  interpret (event, spot, config, reading);
  tell_mouth_stretch (event);
}

/* Reads an expression; where a glance explains more than any units, once more without the eyes,
 * which makes it no more certain. */
static void
read_beside_glance (MeEvent *event, const MeUnitModel *model, MeSpot *spot, const MeConfig *config,
    MeUnitReading *reading)
{
  read_expression (event, model, spot, config, reading);
  if (!spot->lids_moved && me_glance_explains (spot->motion, reading->fit)) {
    double fit = me_glance_leave_out (spot) ? reading->fit : 0;
    read_expression (event, model, spot, config, reading);
    reading->fit = MIN (fit, reading->fit);
  }
}

void
me_read_spot (const MeSpot *spot, const MeTrack *track, const MeUnitModel *model,
    const MeConfig *config, MeEvent *event)
{
  MeUnitReading reading = { .fit = 1, .reliability = 1 };
  MeSpot seen = *spot;

  *event = (MeEvent){ .face = track->id,
    .kind = spot->kind,
    .onset_ns = spot->onset_ns,
    .apex_ns = spot->apex_ns,
    .offset_ns = spot->offset_ns,
    .speaking = (double)spot->speaking };
  if (spot->kind == ME_KIND_BLINK)
    read_blink (event, track, spot);
  else
    read_beside_glance (event, model, &seen, config, &reading);
  event->snr = event->intensity / MAX (spot->noise, 0.01);
  event->confidence =
      me_confidence (&seen, &reading) * (1 - UNRELIABLE * (1 - reading.reliability));
}
