/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The eyes of the test source. Column by column, the skin above the lid's edge is stretched down
 * over the eyeball; the lashes move with the edge. */
#include "lids.h"

#include <math.h>

#include "patch.h"

/* All lengths in IPD. */
#define LID_SKIN 0.15f   /* height of the skin above the edge that stretches */
#define LASH_LINE 0.022f /* strip above the edge that moves rigidly */
#define LASH_HANG 0.030f /* length of the lashes below the edge */
#define OVERLAP 0.012f   /* of the closed lid over the lower one */
#define SOFT_EDGE 0.006f /* width of the transition from lid to eyeball */
#define LID_SHADE                                                                                  \
  0.03f             /* strip below the upper edge, darkened by lid and lashes, that follows it */
#define IRIS 0.093f /* radius: 5.8 mm of 63 */
#define BOX_MARGIN 0.05f /* around everything that can change */

/* An eye's place in the canvas. */
typedef struct
{
  MeSide side;
  float left, right;        /* x of the corners, px of the canvas */
  MePoint iris;             /* its centre, px of the canvas: it touches the lower lid */
  float upper[4], lower[4]; /* y of the lid edges at 0, 1/3, 2/3, 1 of the way between them */
  GstMicroexprTestPatch patch;
  GstMicroexprTestEye shown; /* what is painted on the canvas */
} Eye;

struct _GstMicroexprTestLids
{
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
place_eye (Eye *eye, GstMicroexprTestCanvas *canvas, MeSide side)
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
  eye->iris = (MePoint){ (eye->left + eye->right) / 2, cubic (eye->lower, 0.5f) - IRIS * ipd };
  gst_microexpr_test_patch_init (&eye->patch, canvas, eye->left - BOX_MARGIN * ipd, top,
      eye->right + BOX_MARGIN * ipd, bottom);
}

GstMicroexprTestLids *
gst_microexpr_test_lids_new (GstMicroexprTestCanvas *canvas)
{
  GstMicroexprTestLids *lids = g_new0 (GstMicroexprTestLids, 1);

  place_eye (&lids->eyes[0], canvas, ME_RIGHT);
  place_eye (&lids->eyes[1], canvas, ME_LEFT);
  return lids;
}

void
gst_microexpr_test_lids_free (GstMicroexprTestLids *lids)
{
  if (!lids)
    return;
  for (int i = 0; i < 2; i++)
    gst_microexpr_test_patch_clear (&lids->eyes[i].patch);
  g_free (lids);
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
  MePoint iris;         /* its centre */
  float gaze_x, gaze_y; /* px of the plane, already faded towards the corners */
  MePoint carried;      /* px of the plane: how far the field takes the eyeball at this row */
} Column;

static float
sample (const Column *c, float x, float y)
{
  return gst_microexpr_test_patch_sample (c->photo, c->box, x, y);
}

/* The eyeball behind the upper lid. The iris is round: its upper part looks like the lower one.
 * Beside it the white goes on as it is below the lid. */
static float
hidden_eyeball (const Column *c, float x, float y, float top, float bottom)
{
  float radius = IRIS * c->ipd, iris = 2 - 2 * fabsf (x - c->iris.x) / radius;
  float white = sample (c, x, 2 * top - y);

  return white + CLAMP (iris, 0, 1) * (sample (c, x, MIN (2 * c->iris.y - y, bottom)) - white);
}

/* The eyeball between the open lids, turned by the gaze; where the field would carry it along with
 * the lids, it stays. */
static float
eyeball (const Column *c, float y)
{
  float photo = sample (c, c->x, y), soft = 2 * SOFT_EDGE * c->ipd, shade = LID_SHADE * c->ipd;
  float top = c->upper + shade, bottom = MAX (c->upper, c->lower - soft), inside, value;
  MePoint seen = { c->x - c->gaze_x, y - c->gaze_y };
  MePoint stays = { seen.x + c->carried.x, seen.y + c->carried.y };
  gboolean carried = c->carried.x != 0 || c->carried.y != 0;

  inside = MIN ((y - c->upper) / (carried ? shade : soft), (c->lower - y) / soft);
  if (inside <= 0 || (c->gaze_x == 0 && c->gaze_y == 0 && !carried))
    return photo;
  value = sample (c, seen.x, seen.y);
  if (carried && stays.y >= top)
    value = sample (c, stays.x, MIN (stays.y, bottom));
  else if (carried)
    value += MIN (1, fabsf (c->carried.y) / soft) *
             (hidden_eyeball (c, stays.x, stays.y, top, bottom) - value);
  return photo + MIN (inside, 1) * (value - photo);
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
    return sample (c, c->x, unfold (c, y));
  behind = eyeball (c, y);
  /* The lashes darken what they cover, and have no colour of their own. */
  lashes = c->chroma ? behind : sample (c, c->x, MIN (y - (c->edge - c->upper), c->upper));
  value = behind + MAX (0, 1 - below / (LASH_HANG * c->ipd)) * 0.6f * MIN (0, lashes - behind);
  if (below < 0) {
    float lid = sample (c, c->x, unfold (c, y));

    value += (lid - value) * -below / soft;
  }
  return value;
}

/* How far the field takes the skin at a place of the canvas, times `part`. */
static MePoint
carried_at (const GstMicroexprTestField *field, float x, float y, float part)
{
  MePoint moves = gst_microexpr_test_field_at (field, x, y);

  return (MePoint){ moves.x * part, moves.y * part };
}

static void
paint_plane (
    const Eye *eye, guint i, const GstMicroexprTestEye *now, const GstMicroexprTestField *field)
{
  const GstMicroexprTestPatch *patch = &eye->patch;
  GstMicroexprTestPlane *plane = &patch->canvas->planes[i];
  float part = plane->shift ? 0.5f : 1, width = eye->right - eye->left;
  MeBox box = gst_microexpr_test_patch_box (patch, plane);

  if (box.width < 2 || box.height < 2)
    return;
  for (int x = 0; x < box.width; x++) {
    float canvas_x = (box.x + x + 0.5f) / part - 0.5f, t = (canvas_x - eye->left) / width;
    float still = 2 * t - 1; /* -1 and 1 at the corners */
    Column column = { .photo = patch->photo[i],
      .box = &box,
      .x = (float)x,
      .ipd = patch->canvas->ipd * part,
      .chroma = plane->chroma };
    gboolean open = t > 0 && t < 1;

    if (open) {
      column.upper = (cubic (eye->upper, t) + 0.5f) * part - 0.5f - box.y;
      column.lower = (cubic (eye->lower, t) + 0.5f) * part - 0.5f - box.y;
      column.lower = MAX (column.lower, column.upper);
      column.edge = column.upper + now->closure[eye->side] *
                                       (column.lower - column.upper +
                                           OVERLAP * column.ipd * MIN (1, MIN (t, 1 - t) * 8));
      column.iris.x = (eye->iris.x + 0.5f) * part - 0.5f - box.x;
      column.iris.y = (eye->iris.y + 0.5f) * part - 0.5f - box.y;
      column.gaze_x = now->gaze_x * part * (1 - still * still * still * still);
      column.gaze_y = now->gaze_y * part * (1 - still * still);
    }
    for (int y = 0; y < box.height; y++) {
      float value = patch->photo[i][(gsize)y * box.width + x];

      if (open) {
        if (now->parted > 0 && y > column.upper && y < column.lower)
          column.carried =
              carried_at (field, canvas_x, (box.y + y + 0.5f) / part - 0.5f, part * now->parted);
        value = column_value (&column, (float)y);
      }
      plane->values[(gsize)(box.y + y) * plane->width + box.x + x] = (guint16)(value + 0.5f);
    }
  }
}

void
gst_microexpr_test_lids_paint (
    GstMicroexprTestLids *lids, const GstMicroexprTestEye *now, const GstMicroexprTestField *field)
{
  for (int i = 0; i < 2; i++) {
    Eye *eye = &lids->eyes[i];

    if (eye->shown.closure[eye->side] == now->closure[eye->side] &&
        eye->shown.gaze_x == now->gaze_x && eye->shown.gaze_y == now->gaze_y &&
        eye->shown.parted <= 0 && now->parted <= 0)
      continue;
    for (guint plane = 0; plane < eye->patch.canvas->n_planes; plane++)
      paint_plane (eye, plane, now, field);
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
