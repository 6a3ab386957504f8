/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The eyes of the test source. Column by column, the skin above the lid's edge is stretched down
 * over the eyeball; the lashes move with the edge. */
#include "lids.h"

#include <math.h>
#include <string.h>

/* All lengths in IPD. */
#define LID_SKIN 0.15f   /* height of the skin above the edge that stretches */
#define LASH_LINE 0.022f /* strip above the edge that moves rigidly */
#define LASH_HANG 0.030f /* length of the lashes below the edge */
#define OVERLAP 0.012f   /* of the closed lid over the lower one */
#define SOFT_EDGE 0.006f /* width of the transition from lid to eyeball */
#define BOX_MARGIN 0.05f /* around everything that can change */

/* An eye's place in the canvas. */
typedef struct
{
  MeSide side;
  float left, right;         /* x of the corners, px of the canvas */
  float upper[4], lower[4];  /* y of the lid edges at 0, 1/3, 2/3, 1 of the way between them */
  int x, y, width, height;   /* box that is repainted, px of the canvas */
  guint16 *photo[3];         /* original pixels of the box in each plane */
  GstMicroexprTestEye shown; /* what is painted on the canvas */
} Eye;

struct _GstMicroexprTestLids
{
  GstMicroexprTestCanvas *canvas;
  Eye eyes[2]; /* right, left */
};

/* Value at t (0..1) of the cubic through four equally spaced values. */
static float
cubic (const float v[4], float t)
{
  float a = 3 * t, b = a - 1, c = a - 2, d = a - 3;

  return -v[0] * b * c * d / 6 + v[1] * a * c * d / 2 - v[2] * a * b * d / 2 + v[3] * a * b * c / 6;
}

/* y of the edge through four landmarks, resampled to equal steps of x. */
static void
lid_edge (const MePoint *p[4], float edge[4])
{
  for (int i = 0; i < 4; i++) {
    float x = p[0]->x + (p[3]->x - p[0]->x) * i / 3, y = 0;

    for (int j = 0; j < 4; j++) { /* Lagrange through the landmarks */
      float weight = 1;

      for (int k = 0; k < 4; k++) {
        if (k != j)
          weight *= (x - p[k]->x) / (p[j]->x - p[k]->x);
      }
      y += weight * p[j]->y;
    }
    edge[i] = y;
  }
}

static void
place_eye (Eye *eye, const GstMicroexprTestCanvas *canvas, MeSide side)
{
  const MePoint *p = me_eye_landmarks (canvas->landmarks, side);
  const MePoint *upper[] = { &p[ME_EYE_CORNER_1], &p[ME_EYE_UPPER_LID_1], &p[ME_EYE_UPPER_LID_2],
    &p[ME_EYE_CORNER_2] };
  const MePoint *lower[] = { &p[ME_EYE_CORNER_1], &p[ME_EYE_LOWER_LID_1], &p[ME_EYE_LOWER_LID_2],
    &p[ME_EYE_CORNER_2] };
  float ipd = canvas->ipd, top, bottom;

  eye->side = side;
  lid_edge (upper, eye->upper);
  lid_edge (lower, eye->lower);
  eye->left = p[ME_EYE_CORNER_1].x;
  eye->right = p[ME_EYE_CORNER_2].x;
  top = MIN (p[ME_EYE_UPPER_LID_1].y, p[ME_EYE_UPPER_LID_2].y) - (LID_SKIN + BOX_MARGIN) * ipd;
  bottom = MAX (p[ME_EYE_LOWER_LID_2].y, p[ME_EYE_LOWER_LID_1].y) + (LASH_HANG + BOX_MARGIN) * ipd;
  eye->x = (int)floorf ((eye->left - BOX_MARGIN * ipd) / 2) * 2;
  eye->y = (int)floorf (top / 2) * 2;
  eye->width = (int)ceilf ((eye->right + BOX_MARGIN * ipd - eye->x) / 2) * 2;
  eye->height = (int)ceilf ((bottom - eye->y) / 2) * 2;
}

/* The box of an eye in a plane, clipped to it. */
static void
plane_box (const Eye *eye, const GstMicroexprTestPlane *plane, MeBox *box)
{
  int x = CLAMP (eye->x >> plane->shift, 0, plane->width);
  int y = CLAMP (eye->y >> plane->shift, 0, plane->height);

  *box = (MeBox){ x, y, CLAMP ((eye->x + eye->width) >> plane->shift, x, plane->width) - x,
    CLAMP ((eye->y + eye->height) >> plane->shift, y, plane->height) - y };
}

static void
keep_photo (Eye *eye, const GstMicroexprTestCanvas *canvas)
{
  for (guint i = 0; i < canvas->n_planes; i++) {
    const GstMicroexprTestPlane *plane = &canvas->planes[i];
    MeBox box;

    plane_box (eye, plane, &box);
    eye->photo[i] = g_new (guint16, (gsize)box.width * box.height + 1);
    for (int y = 0; y < box.height; y++)
      memcpy (eye->photo[i] + (gsize)y * box.width,
          plane->values + (gsize)(box.y + y) * plane->width + box.x,
          (gsize)box.width * sizeof (guint16));
  }
}

GstMicroexprTestLids *
gst_microexpr_test_lids_new (GstMicroexprTestCanvas *canvas)
{
  GstMicroexprTestLids *lids = g_new0 (GstMicroexprTestLids, 1);

  lids->canvas = canvas;
  place_eye (&lids->eyes[0], canvas, ME_RIGHT);
  place_eye (&lids->eyes[1], canvas, ME_LEFT);
  for (int i = 0; i < 2; i++)
    keep_photo (&lids->eyes[i], canvas);
  return lids;
}

void
gst_microexpr_test_lids_free (GstMicroexprTestLids *lids)
{
  if (!lids)
    return;
  for (int i = 0; i < 2; i++) {
    for (int plane = 0; plane < 3; plane++)
      g_free (lids->eyes[i].photo[plane]);
  }
  g_free (lids);
}

/* The original pixels at a place in the box, bilinear; edges are repeated. */
static float
sample (const guint16 *photo, const MeBox *box, float x, float y)
{
  int x0, y0;
  float fx, fy;
  const guint16 *p;

  x = CLAMP (x, 0.0f, box->width - 1.001f);
  y = CLAMP (y, 0.0f, box->height - 1.001f);
  x0 = (int)x;
  y0 = (int)y;
  fx = x - x0;
  fy = y - y0;
  p = photo + (gsize)y0 * box->width + x0;
  return (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) +
         (p[box->width] * (1 - fx) + p[box->width + 1] * fx) * fy;
}

/* One column of an eye in one plane; y in px of that plane's box. */
typedef struct
{
  const guint16 *photo;
  const MeBox *box;
  float x;            /* of the column */
  float upper, lower; /* edges of the open lids */
  float edge;         /* of the upper lid now */
  float ipd;          /* px of the plane */
  gboolean chroma;
  float gaze_x, gaze_y; /* px of the plane, already faded towards the corners */
} Column;

/* The eyeball between the open lids, turned by the gaze. */
static float
eyeball (const Column *c, float y)
{
  float photo = sample (c->photo, c->box, c->x, y);
  float inside = MIN (y - c->upper, c->lower - y) / (2 * SOFT_EDGE * c->ipd);

  if (inside <= 0 || (c->gaze_x == 0 && c->gaze_y == 0))
    return photo;
  inside = MIN (inside, 1);
  return photo + inside * (sample (c->photo, c->box, c->x - c->gaze_x, y - c->gaze_y) - photo);
}

/* Where the lid's skin at y was on the photo. */
static float
unfold (const Column *c, float y)
{
  float top = c->upper - LID_SKIN * c->ipd, lashes = LASH_LINE * c->ipd;
  float travel = c->edge - c->upper, t, length;

  if (y <= top)
    return y;
  if (y >= c->edge - lashes)
    return y - travel;
  /* A smooth function, with no kink at the brow. */
  length = c->edge - lashes - top;
  t = (y - top) / length;
  return top + (y - top) - travel * t * t * (2 - t);
}

static float
column_value (const Column *c, float y)
{
  float below = y - c->edge, soft = SOFT_EDGE * c->ipd, behind, lashes, value;

  if (c->edge <= c->upper || y < c->upper - LID_SKIN * c->ipd)
    return eyeball (c, y);
  if (below < -soft)
    return sample (c->photo, c->box, c->x, unfold (c, y));
  behind = eyeball (c, y);
  /* The lashes darken what they cover, and have no colour of their own. */
  lashes = c->chroma ? behind
                     : sample (c->photo, c->box, c->x, MIN (y - (c->edge - c->upper), c->upper));
  value = behind + MAX (0, 1 - below / (LASH_HANG * c->ipd)) * 0.6f * MIN (0, lashes - behind);
  if (below < 0) {
    float lid = sample (c->photo, c->box, c->x, unfold (c, y));

    value += (lid - value) * -below / soft;
  }
  return value;
}

static void
paint_plane (Eye *eye, GstMicroexprTestPlane *plane, const guint16 *photo, float canvas_ipd,
    const GstMicroexprTestEye *now)
{
  float part = plane->shift ? 0.5f : 1, width = eye->right - eye->left;
  MeBox box;

  plane_box (eye, plane, &box);
  if (box.width < 2 || box.height < 2)
    return;
  for (int x = 0; x < box.width; x++) {
    float canvas_x = (box.x + x + 0.5f) / part - 0.5f, t = (canvas_x - eye->left) / width;
    float still = 2 * t - 1; /* -1 and 1 at the corners */
    Column column = {
      .photo = photo, .box = &box, .x = (float)x, .ipd = canvas_ipd * part, .chroma = plane->chroma
    };
    gboolean open = t > 0 && t < 1;

    if (open) {
      column.upper = (cubic (eye->upper, t) + 0.5f) * part - 0.5f - box.y;
      column.lower = (cubic (eye->lower, t) + 0.5f) * part - 0.5f - box.y;
      column.lower = MAX (column.lower, column.upper);
      column.edge = column.upper + now->closure[eye->side] *
                                       (column.lower - column.upper +
                                           OVERLAP * column.ipd * MIN (1, MIN (t, 1 - t) * 8));
      column.gaze_x = now->gaze_x * part * (1 - still * still * still * still);
      column.gaze_y = now->gaze_y * part * (1 - still * still);
    }
    for (int y = 0; y < box.height; y++) {
      float value = open ? column_value (&column, (float)y) : photo[(gsize)y * box.width + x];

      plane->values[(gsize)(box.y + y) * plane->width + box.x + x] = (guint16)(value + 0.5f);
    }
  }
}

void
gst_microexpr_test_lids_paint (GstMicroexprTestLids *lids, const GstMicroexprTestEye *now)
{
  GstMicroexprTestCanvas *canvas = lids->canvas;

  for (int i = 0; i < 2; i++) {
    Eye *eye = &lids->eyes[i];

    if (eye->shown.closure[eye->side] == now->closure[eye->side] &&
        eye->shown.gaze_x == now->gaze_x && eye->shown.gaze_y == now->gaze_y)
      continue;
    for (guint plane = 0; plane < canvas->n_planes; plane++)
      paint_plane (eye, &canvas->planes[plane], eye->photo[plane], canvas->ipd, now);
    eye->shown = *now;
  }
}

float
gst_microexpr_test_lid_travel (const MePoint landmarks[ME_N_LANDMARKS], MeSide side)
{
  const MePoint *eye = me_eye_landmarks (landmarks, side);
  MePoint right = me_eye_center (landmarks, ME_RIGHT), left = me_eye_center (landmarks, ME_LEFT);
  float ipd = hypotf (left.x - right.x, left.y - right.y);
  const MePoint *upper = &eye[ME_EYE_UPPER_LID_1], *lower = &eye[ME_EYE_LOWER_LID_1];
  const MePoint *upper_2 = &eye[ME_EYE_UPPER_LID_2], *lower_2 = &eye[ME_EYE_LOWER_LID_2];
  float height = hypotf (upper->x - lower->x, upper->y - lower->y) +
                 hypotf (upper_2->x - lower_2->x, upper_2->y - lower_2->y);

  return 100 * (height / 2 / ipd + OVERLAP);
}
