/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lids.h"

#include "common/quantile.h"

#include <math.h>
#include <string.h>

#define DRIFT_S 0.2f    /* in which drift is followed: turns, but not blinks */
#define MOST_DRIFT 8.0f /* pixels of the crop */
#define OPEN_QUANTILE 0.75f
#define OPEN_MEMORY_S 3.0f
#define SHUT_MEMORY 5     /* times as long, while the eyes seem shut */
#define SETTLED_N 20      /* begins with small steps */
#define LEAST_OPEN 7.0f   /* % IPD: less is no open eye */
#define MOST_CLOSURE 1.5f /* some lids cross */
#define IRIS_EDGE_PX 6    /* of the crop, 1/10 IPD: half of an iris */
#define EYE_HEIGHT 0.12f  /* IPD, above and below its middle */
#define LEAST_LUMA 4.0f   /* 0..255: below it edges are noise */

/* The landmarks that the fit of the lids sees are also points. */
G_STATIC_ASSERT ((int)ME_LANDMARK_GLABELLA == (int)ME_POINT_GLABELLA);

static MePoint *
eye_of (MePoint landmarks[ME_N_LANDMARKS], int side)
{
  return landmarks + (me_eye_landmarks (landmarks, (MeSide)side) - landmarks);
}

static MePoint
middle_of_corners (const MePoint *eye)
{
  MePoint a = eye[ME_EYE_CORNER_1], b = eye[ME_EYE_CORNER_2];

  return (MePoint){ (a.x + b.x) / 2, (a.y + b.y) / 2 };
}

static void
shift (MePoint *eye, float x, float y)
{
  for (int i = 0; i < ME_N_EYE_LANDMARKS; i++)
    eye[i] = (MePoint){ eye[i].x + x, eye[i].y + y };
}

void
me_lids_forget (MeLids *lids)
{
  memset (lids, 0, sizeof *lids);
  lids->detail[ME_LEFT] = lids->detail[ME_RIGHT] = 1;
}

void
me_lids_begin (MeLids *lids, const MePoint landmarks[ME_N_LANDMARKS], guint64 time_ns)
{
  MePoint mean[ME_N_LANDMARKS];

  memcpy (lids->start, landmarks, sizeof lids->start);
  memcpy (mean, landmarks, sizeof mean);
  memset (lids->drift, 0, sizeof lids->drift);
  lids->last_ns = time_ns;
  if (me_lid_model_embedded ())
    me_landmark_restart (me_lid_model_embedded (), mean);
  for (int side = ME_LEFT; side <= ME_RIGHT; side++) {
    MePoint *eye = eye_of (lids->start, side), here = middle_of_corners (eye), there;

    memcpy (eye, eye_of (mean, side), ME_N_EYE_LANDMARKS * sizeof *eye);
    there = middle_of_corners (eye);
    shift (eye, here.x - there.x, here.y - there.y);
  }
}

/* % IPD; the shape is in pixels of crop->half. Lids that a fit lets cross are below 0. */
static float
aperture_of (const MePoint *eye)
{
  float upper = (eye[ME_EYE_UPPER_LID_1].y + eye[ME_EYE_UPPER_LID_2].y) / 2;
  float lower = (eye[ME_EYE_LOWER_LID_1].y + eye[ME_EYE_LOWER_LID_2].y) / 2;

  return 2 * (lower - upper) * ME_CROP_PERCENT;
}

/* Root mean square change of luma along the rows of an eye, over half an iris, relative to its mean
 * luma, so that a gain of the light does not change it. */
static float
edges_of (const MeCrop *crop, const MePoint *eye)
{
  const int most = ME_CROP_PX - 1;
  MePoint middle = middle_of_corners (eye);
  float height = EYE_HEIGHT * ME_CROP_IPD_PX, squares = 0, luma = LEAST_LUMA, n = 1;
  int left = CLAMP ((int)(2 * MIN (eye[ME_EYE_CORNER_1].x, eye[ME_EYE_CORNER_2].x)), 0, most);
  int right = CLAMP ((int)(2 * MAX (eye[ME_EYE_CORNER_1].x, eye[ME_EYE_CORNER_2].x)), 0, most);
  int top = CLAMP ((int)(2 * middle.y - height), 0, most);
  int bottom = CLAMP ((int)(2 * middle.y + height), 0, most);

  for (int y = top; y <= bottom; y++) {
    const float *row = crop->full + y * ME_CROP_PX;
    for (int x = left; x <= right - IRIS_EDGE_PX; x++) {
      float change = row[x + IRIS_EDGE_PX] - row[x];
      squares += change * change, luma += MAX (row[x], LEAST_LUMA), n++;
    }
  }
  return sqrtf (squares * n) / luma;
}

/* Compares aperture and edges with what is usual, and learns from them. */
static void
note_eye (MeLids *lids, int side, float aperture, float edges, float elapsed_s)
{
  gboolean shut = lids->n > 0 && aperture < lids->open[side] / 2;
  float memory = (shut ? SHUT_MEMORY : 1) * OPEN_MEMORY_S / elapsed_s;
  guint n = lids->n > 0 ? lids->n + SETTLED_N : 0;

  lids->open[side] =
      me_quantile_update (lids->open[side], MAX (aperture, LEAST_OPEN), OPEN_QUANTILE, n, memory);
  if (!shut) /* the edges of a lid are not those of an eye, however long it stays */
    lids->edges[side] = me_quantile_update (lids->edges[side], edges, OPEN_QUANTILE, n, memory);
  lids->closure[side] = CLAMP (1 - aperture / lids->open[side], 0, MOST_CLOSURE);
  lids->detail[side] = edges / lids->edges[side];
}

/* The shape that the fit begins with, pixels of crop->half. */
static void
place (const MeLids *lids, const float depth[ME_N_POINTS], const MeHeadMotion *head,
    MePoint shape[ME_N_LANDMARKS])
{
  memcpy (shape, lids->start, sizeof lids->start);
  for (int side = ME_LEFT; side <= ME_RIGHT; side++)
    shift (eye_of (shape, side), lids->drift[side].x, lids->drift[side].y);
  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    MePoint moved = { 0, 0 };
    if (i <= ME_LANDMARK_GLABELLA)
      moved = me_head_motion_at (head, lids->start[i], depth[i]);
    shape[i] = (MePoint){ (shape[i].x + moved.x) / 2, (shape[i].y + moved.y) / 2 };
  }
}

static void
follow_drift (MePoint *drift, MePoint before, MePoint after, float elapsed_s)
{
  float share = 2 * MIN (elapsed_s / DRIFT_S, 1); /* the fit's pixels are two of the crop */

  drift->x = CLAMP (drift->x + share * (after.x - before.x), -MOST_DRIFT, MOST_DRIFT);
  drift->y = CLAMP (drift->y + share * (after.y - before.y), -MOST_DRIFT, MOST_DRIFT);
}

gboolean
me_lids_measure (MeLids *lids, MeLandmarkFitter *fitter, const MeCrop *crop,
    const float depth[ME_N_POINTS], const MeHeadMotion *head, guint64 time_ns)
{
  float elapsed_s = MAX ((float)(time_ns - lids->last_ns) / 1e9f, 1e-3f);
  MePoint before[ME_N_LANDMARKS], after[ME_N_LANDMARKS];

  place (lids, depth, head, before);
  memcpy (after, before, sizeof after);
  if (!me_landmark_fit_in_crop (fitter, crop, after))
    return FALSE;
  for (int side = ME_LEFT; side <= ME_RIGHT; side++) {
    const MePoint *eye = eye_of (after, side);

    note_eye (lids, side, aperture_of (eye), edges_of (crop, eye), elapsed_s);
    follow_drift (&lids->drift[side], middle_of_corners (eye_of (before, side)),
        middle_of_corners (eye), elapsed_s);
  }
  lids->last_ns = time_ns;
  lids->n++;
  return TRUE;
}
