/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The displacement field on a grid. The weight of every facial point at every node is computed
 * once; each frame sums the points that move and inverts the result. */
#include "field.h"

#include <math.h>
#include <string.h>

#include "anatomy/au-motion.h"

#define GRID_STEP 0.03f    /* IPD; the narrowest weights have a sigma of 0.08 */
#define GRID_MARGIN 0.45f  /* IPD around the points */
#define LEAST_WEIGHT 2e-4f /* smaller weights are dropped */
#define LEAST_MOTION 1e-4f /* % IPD; points with less motion are still */
#define INVERSE_STEPS 4    /* of the fixed-point iteration */
#define DAMPED_STEPS 16    /* further ones, of half the length, where that has not converged */
#define CONVERGED 0.1f     /* nodes: largest change by the last step */

/* The nodes at which a point has weight. */
typedef struct
{
  int x, y, width, height; /* nodes */
  float *weights;
} Patch;

struct _GstMicroexprTestField
{
  GstMicroexprTestGrid grid;
  MePoint *forward;   /* displacement of the skin whose resting place is a node, px */
  float ipd;          /* px of the canvas */
  float cosine, sine; /* of the face's tilt in the photo */
  Patch patches[ME_N_POINTS];
};

static void
place_grid (GstMicroexprTestGrid *grid, const MePoint points[ME_N_POINTS], float ipd)
{
  MePoint low = points[0], high = points[0];
  gsize n;

  for (guint i = 1; i < ME_N_POINTS; i++) {
    low = (MePoint){ MIN (low.x, points[i].x), MIN (low.y, points[i].y) };
    high = (MePoint){ MAX (high.x, points[i].x), MAX (high.y, points[i].y) };
  }
  grid->x = low.x - GRID_MARGIN * ipd;
  grid->y = low.y - GRID_MARGIN * ipd;
  grid->step = GRID_STEP * ipd;
  grid->width = (int)((high.x - low.x) / grid->step + 2 * GRID_MARGIN / GRID_STEP) + 2;
  grid->height = (int)((high.y - low.y) / grid->step + 2 * GRID_MARGIN / GRID_STEP) + 2;
  n = (gsize)grid->width * grid->height;
  grid->source = g_new0 (MePoint, n);
  grid->still = TRUE;
}

/* Crops a point's weights, given at all nodes, to their bounding box. */
static void
cut_patch (Patch *patch, const GstMicroexprTestGrid *grid, const float *weights, guint stride)
{
  int left = grid->width, right = -1, top = grid->height, bottom = -1;

  for (int y = 0; y < grid->height; y++) {
    for (int x = 0; x < grid->width; x++) {
      if (weights[((gsize)y * grid->width + x) * stride] < LEAST_WEIGHT)
        continue;
      left = MIN (left, x);
      right = MAX (right, x);
      top = MIN (top, y);
      bottom = MAX (bottom, y);
    }
  }
  if (right < 0)
    return; /* weights stays NULL: sizes are 0 */
  *patch = (Patch){ left, top, right - left + 1, bottom - top + 1, NULL };
  patch->weights = g_new (float, (gsize)patch->width * patch->height);
  for (int y = 0; y < patch->height; y++) {
    for (int x = 0; x < patch->width; x++) {
      gsize node = (gsize)(top + y) * grid->width + left + x;

      patch->weights[(gsize)y * patch->width + x] = weights[node * stride];
    }
  }
}

GstMicroexprTestField *
gst_microexpr_test_field_new (const MePoint landmarks[ME_N_LANDMARKS])
{
  GstMicroexprTestField *field = g_new0 (GstMicroexprTestField, 1);
  MePoint right = me_eye_center (landmarks, ME_RIGHT), left = me_eye_center (landmarks, ME_LEFT);
  GstMicroexprTestGrid *grid = &field->grid;
  g_autofree float *weights = NULL;
  MePoint points[ME_N_POINTS];
  gsize n;

  field->ipd = hypotf (left.x - right.x, left.y - right.y);
  field->cosine = (left.x - right.x) / field->ipd;
  field->sine = (left.y - right.y) / field->ipd;
  me_facial_points_place (landmarks, points);
  place_grid (grid, points, field->ipd);
  n = (gsize)grid->width * grid->height;
  field->forward = g_new0 (MePoint, n);
  weights = g_new (float, n *ME_N_POINTS);
  for (gsize i = 0; i < n; i++) {
    MePoint at = { grid->x + grid->step * (i % grid->width),
      grid->y + grid->step * (i / grid->width) };

    me_au_field_weights (points, field->ipd, at, weights + i * ME_N_POINTS);
  }
  for (guint i = 0; i < ME_N_POINTS; i++)
    cut_patch (&field->patches[i], grid, weights + i, ME_N_POINTS);
  return field;
}

void
gst_microexpr_test_field_free (GstMicroexprTestField *field)
{
  if (!field)
    return;
  for (guint i = 0; i < ME_N_POINTS; i++)
    g_free (field->patches[i].weights);
  g_free (field->grid.source);
  g_free (field->forward);
  g_free (field);
}

static void
add_patch (GstMicroexprTestField *field, const Patch *patch, MePoint motion)
{
  for (int y = 0; y < patch->height; y++) {
    const float *weights = patch->weights + (gsize)y * patch->width;
    MePoint *row = field->forward + (gsize)(patch->y + y) * field->grid.width + patch->x;

    for (int x = 0; x < patch->width; x++) {
      row[x].x += weights[x] * motion.x;
      row[x].y += weights[x] * motion.y;
    }
  }
}

/* Sums the points' motions into the forward field. Returns whether anything moves. */
static gboolean
sum_points (GstMicroexprTestField *field, const MePoint motion[ME_N_POINTS])
{
  float px = field->ipd / 100;
  gboolean moved = FALSE;

  memset (field->forward, 0, sizeof (MePoint) * field->grid.width * field->grid.height);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    MePoint m = motion[i];

    if (fabsf (m.x) < LEAST_MOTION && fabsf (m.y) < LEAST_MOTION)
      continue;
    m = (MePoint){ px * (field->cosine * m.x - field->sine * m.y),
      px * (field->sine * m.x + field->cosine * m.y) };
    add_patch (field, &field->patches[i], m);
    moved = TRUE;
  }
  return moved;
}

/* Displacement of the skin whose resting place is x, y (in nodes from the first one). */
static MePoint
forward_at (const GstMicroexprTestField *field, float x, float y)
{
  int width = field->grid.width, x0, y0;
  const MePoint *p;
  float fx, fy;

  x = CLAMP (x, 0.0f, width - 1.001f);
  y = CLAMP (y, 0.0f, field->grid.height - 1.001f);
  x0 = (int)x;
  y0 = (int)y;
  fx = x - x0;
  fy = y - y0;
  p = field->forward + (gsize)y0 * width + x0;
  return (MePoint){
    (p[0].x * (1 - fx) + p[1].x * fx) * (1 - fy) +
        (p[width].x * (1 - fx) + p[width + 1].x * fx) * fy,
    (p[0].y * (1 - fx) + p[1].y * fx) * (1 - fy) +
        (p[width].y * (1 - fx) + p[width + 1].y * fx) * fy,
  };
}

/* The displacement to a node from its source, where the skin stretches so much, as between parting
 * lips, that whole steps diverge. */
static MePoint
invert_steep (const GstMicroexprTestField *field, int x, int y)
{
  float nodes = 1 / field->grid.step;
  MePoint forward = { 0, 0 };

  for (int i = 0; i < DAMPED_STEPS; i++) {
    MePoint at = forward_at (field, x - forward.x * nodes, y - forward.y * nodes);

    forward = (MePoint){ (forward.x + at.x) / 2, (forward.y + at.y) / 2 };
  }
  return forward;
}

/* The displacement s from a node to its source: s + forward (node + s) = 0. */
static MePoint
invert_at (const GstMicroexprTestField *field, int x, int y)
{
  float nodes = 1 / field->grid.step;
  MePoint forward = field->forward[(gsize)y * field->grid.width + x], last = forward;

  if (forward.x == 0 && forward.y == 0)
    return forward;
  for (int i = 0; i < INVERSE_STEPS; i++) {
    last = forward;
    forward = forward_at (field, x - forward.x * nodes, y - forward.y * nodes);
  }
  if (hypotf (forward.x - last.x, forward.y - last.y) * nodes > CONVERGED)
    forward = invert_steep (field, x, y);
  return (MePoint){ -forward.x, -forward.y };
}

const GstMicroexprTestGrid *
gst_microexpr_test_field_update (GstMicroexprTestField *field, const MePoint motion[ME_N_POINTS])
{
  GstMicroexprTestGrid *grid = &field->grid;

  grid->still = !sum_points (field, motion);
  if (grid->still)
    return grid;
  for (int y = 0; y < grid->height; y++) {
    for (int x = 0; x < grid->width; x++)
      grid->source[(gsize)y * grid->width + x] = invert_at (field, x, y);
  }
  return grid;
}

MePoint
gst_microexpr_test_field_at (const GstMicroexprTestField *field, float x, float y)
{
  const GstMicroexprTestGrid *grid = &field->grid;

  return forward_at (field, (x - grid->x) / grid->step, (y - grid->y) / grid->step);
}
