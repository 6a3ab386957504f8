/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Robust fit of head motion: affine, and a fourth column that is the depth of each point, so that a
 * turn in three dimensions is head motion as well. What perspective adds is taken from the turn of
 * the last iteration. The normal matrix is shared by both components of the motion. */
#include "head-motion.h"

#include "common/rank.h"
#include "common/vectorised.h"

#include <math.h>

#define ITERATIONS 5
#define MIN_SCALE_PX (0.0015f * ME_CROP_IPD_PX) /* of the robust weights */
#define MIN_MATCH 0.5f                          /* of a patch that still sees its skin */
#define RIDGE 1e-3f                             /* keeps a fit on few points from running away */
#define CAMERA_IPD 20.0f /* its distance, 1.3 m: webcams are nearer, film cameras further away */
#define N 4              /* columns: 1, x, y, depth */
#define DEPTH 3

/* How far a turn strays in a second. It grows with the square root of time, so that many short
 * steps allow as much as a long one: 30 degrees a second from frame to frame at 30 frames/s. */
#define STRAYS_PX 5.84f
#define LEAST_ELAPSED_S 1e-4f

const MeTurn me_turn_unknown = { { 0, 0 }, 10 };

MeTurn
me_turn_expected (MePoint last_px, float elapsed_s)
{
  float strayed = STRAYS_PX * sqrtf (MAX (elapsed_s, LEAST_ELAPSED_S));

  return (MeTurn){ last_px, MIN (strayed, me_turn_unknown.uncertainty) };
}

typedef struct
{
  float m[N][N]; /* the normal matrix; of what lies below its diagonal nothing is read */
  float x[N], y[N];
} Normal;

/* From the centre of the crop, in IPD, so that the matrix is well conditioned. */
static inline MePoint
place (MePoint p)
{
  return (MePoint){ (p.x - ME_CROP_PX / 2.0f) / ME_CROP_IPD_PX,
    (p.y - ME_CROP_PX / 2.0f) / ME_CROP_IPD_PX };
}

/* What a turn brings nearer to the camera grows. */
static inline MePoint
perspective (MePoint at, MePoint turn)
{
  float grown = -(turn.x * at.x + turn.y * at.y) / CAMERA_IPD;

  return (MePoint){ grown * at.x, grown * at.y };
}

/* The columns of one point. */
typedef struct
{
  float of[N];
} Basis;

/* Adds the points of positive weight. Rows are vectors: that they are whole costs nothing. */
ME_VECTORISED static void
accumulate (Normal *restrict n, const Basis basis[ME_N_POINTS], const float weight[ME_N_POINTS],
    const MePoint u[ME_N_POINTS])
{
  for (int p = 0; p < ME_N_POINTS; p++) {
    Basis b = basis[p], w = b;
    if (!(weight[p] > 0))
      continue;
    for (int i = 0; i < N; i++)
      w.of[i] *= weight[p];
    for (int j = 0; j < N; j++)
      for (int i = 0; i < N; i++)
        n->m[j][i] += w.of[i] * b.of[j];
    for (int i = 0; i < N; i++)
      n->x[i] += w.of[i] * u[p].x;
    for (int i = 0; i < N; i++)
      n->y[i] += w.of[i] * u[p].y;
  }
}

/* Cholesky decomposition in place, then substitution. */
static void
solve (Normal *n, MePoint fit[N])
{
  for (int i = 0; i < N; i++) {
    for (int j = 0; j <= i; j++) {
      for (int k = 0; k < j; k++)
        n->m[j][i] -= n->m[k][i] * n->m[k][j];
      n->m[j][i] = i == j ? sqrtf (n->m[i][i]) : n->m[j][i] / n->m[j][j];
    }
    fit[i] = (MePoint){ n->x[i], n->y[i] };
    for (int k = 0; k < i; k++) {
      fit[i].x -= n->m[k][i] * fit[k].x;
      fit[i].y -= n->m[k][i] * fit[k].y;
    }
    fit[i].x /= n->m[i][i];
    fit[i].y /= n->m[i][i];
  }
  for (int i = N - 1; i >= 0; i--) {
    for (int k = i + 1; k < N; k++) {
      fit[i].x -= n->m[i][k] * fit[k].x;
      fit[i].y -= n->m[i][k] * fit[k].y;
    }
    fit[i].x /= n->m[i][i];
    fit[i].y /= n->m[i][i];
  }
}

static inline float
distance (const Basis *b, const MePoint fit[N], MePoint u)
{
  for (int i = 0; i < N; i++) {
    u.x -= fit[i].x * b->of[i];
    u.y -= fit[i].y * b->of[i];
  }
  return sqrtf (u.x * u.x + u.y * u.y);
}

/* What was expected of the turn counts as much as its uncertainty allows beside the noise of the
 * patches, scale. */
static void
expect (Normal *n, const MeTurn *expected, float scale)
{
  float weight = RIDGE + scale * scale / (expected->uncertainty * expected->uncertainty);

  for (int i = 0; i < DEPTH; i++)
    n->m[i][i] += RIDGE;
  n->m[DEPTH][DEPTH] += weight;
  n->x[DEPTH] += weight * expected->px.x;
  n->y[DEPTH] += weight * expected->px.y;
}

/* Of the patches that count, px. */
static float
noise_scale (const float error[ME_N_POINTS], const float match[ME_N_POINTS])
{
  float counted[ME_N_POINTS];
  int n = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (match[i] > MIN_MATCH)
      counted[n++] = error[i];
  return n > 0 ? MAX (MIN_SCALE_PX, 1.48f * me_median (counted, n)) : MIN_SCALE_PX;
}

/* u without what perspective adds. */
ME_VECTORISED static void
remove_perspective (const Basis basis[ME_N_POINTS], const MePoint u[ME_N_POINTS], MePoint turn,
    MePoint plain[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint grown = perspective ((MePoint){ basis[i].of[1], basis[i].of[2] }, turn);
    plain[i] = (MePoint){ u[i].x - grown.x, u[i].y - grown.y };
  }
}

ME_VECTORISED static void
measure_errors (const Basis basis[ME_N_POINTS], const MePoint fit[N],
    const MePoint plain[ME_N_POINTS], float error[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++)
    error[i] = distance (&basis[i], fit, plain[i]);
}

/* Geman-McClure. */
ME_VECTORISED static void
weigh (const float error[ME_N_POINTS], const float match[ME_N_POINTS], float scale,
    float weight[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float e = error[i] / (2 * scale), robust = 1 / ((1 + e * e) * (1 + e * e));
    weight[i] = match[i] > MIN_MATCH ? me_facial_points[i].rigid_weight * robust : 0;
  }
}

void
me_head_motion_fit (const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const MePoint u[ME_N_POINTS], const float match[ME_N_POINTS], const MeTurn *expected,
    MeHeadMotion *head)
{
  float weight[ME_N_POINTS], error[ME_N_POINTS] = { 0 }, scale = MIN_SCALE_PX;
  MePoint fit[N] = { [DEPTH] = expected->px }, plain[ME_N_POINTS];
  Basis basis[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint at = place (points[i]);
    basis[i] = (Basis){ { 1, at.x, at.y, depth[i] } };
  }
  for (int round = 0; round < ITERATIONS; round++) {
    Normal normal = { .m = { { 0 } } };
    weigh (error, match, scale, weight);
    remove_perspective (basis, u, fit[DEPTH], plain);
    accumulate (&normal, basis, weight, plain);
    expect (&normal, expected, scale);
    solve (&normal, fit);
    measure_errors (basis, fit, plain, error);
    scale = noise_scale (error, match);
  }
  *head = (MeHeadMotion){ fit[0].x, fit[0].y, fit[1].x / ME_CROP_IPD_PX, fit[2].x / ME_CROP_IPD_PX,
    fit[1].y / ME_CROP_IPD_PX, fit[2].y / ME_CROP_IPD_PX, fit[DEPTH] };
}

MePoint
me_head_motion_at (const MeHeadMotion *h, MePoint p, float depth)
{
  MePoint grown = perspective (place (p), h->turn);
  float x = p.x - ME_CROP_PX / 2.0f, y = p.y - ME_CROP_PX / 2.0f;

  return (MePoint){ h->tx + h->xx * x + h->xy * y + h->turn.x * depth + grown.x,
    h->ty + h->yx * x + h->yy * y + h->turn.y * depth + grown.y };
}

void
me_head_motion_remove (const MePoint points[ME_N_POINTS], const float depth[ME_N_POINTS],
    const MePoint u[ME_N_POINTS], const MeHeadMotion *h, MePoint residual[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint moved = me_head_motion_at (h, points[i], depth[i]);
    residual[i].x = (u[i].x - moved.x) * ME_CROP_PERCENT;
    residual[i].y = (u[i].y - moved.y) * ME_CROP_PERCENT;
  }
}

MeSimilarity
me_head_motion_similarity (const MeHeadMotion *h)
{
  float a = 1 + (h->xx + h->yy) / 2, b = (h->yx - h->xy) / 2, c = ME_CROP_PX / 2.0f;

  return (MeSimilarity){ a, b, h->tx + c - (a * c - b * c), h->ty + c - (b * c + a * c) };
}
