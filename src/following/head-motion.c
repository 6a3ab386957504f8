/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Robust affine fit of head motion (SPOTTING: affine beat translation, similarity and quadratic).
 * The normal matrix is shared by both components of the motion. */
#include "head-motion.h"

#include "common/rank.h"

#include <math.h>

#define ITERATIONS 5
#define MIN_SCALE_PX (0.0015f * ME_CROP_IPD_PX) /* of the robust weights */
#define MIN_MATCH 0.5f                          /* of a patch that still sees its skin */
#define RIDGE 1e-3f                             /* keeps a fit on few points from running away */

/* Coordinates of the fit: centre of the crop, in units of one IPD, so that the matrix is well
 * conditioned. */
static inline void
basis (MePoint p, float b[3])
{
  b[0] = 1;
  b[1] = (p.x - ME_CROP_PX / 2.0f) / ME_CROP_IPD_PX;
  b[2] = (p.y - ME_CROP_PX / 2.0f) / ME_CROP_IPD_PX;
}

typedef struct
{
  float m[6]; /* upper triangle of the normal matrix */
  float x[3], y[3];
} Normal;

static void
accumulate (Normal *n, const float b[3], float w, MePoint u)
{
  int k = 0;

  for (int i = 0; i < 3; i++) {
    for (int j = i; j < 3; j++)
      n->m[k++] += w * b[i] * b[j];
    n->x[i] += w * b[i] * u.x;
    n->y[i] += w * b[i] * u.y;
  }
}

/* Cramer's rule on the symmetric 3 x 3 matrix. */
static void
solve (const Normal *n, float x[3], float y[3])
{
  float a = n->m[0] + RIDGE, b = n->m[1], c = n->m[2], d = n->m[3] + RIDGE, e = n->m[4],
        f = n->m[5] + RIDGE;
  float A = d * f - e * e, B = c * e - b * f, C = b * e - c * d;
  float D = a * f - c * c, E = b * c - a * e, F = a * d - b * b;
  float det = a * A + b * B + c * C;
  float inverse[3][3] = { { A, B, C }, { B, D, E }, { C, E, F } };

  for (int i = 0; i < 3; i++) {
    x[i] = y[i] = 0;
    for (int j = 0; j < 3; j++) {
      x[i] += inverse[i][j] * n->x[j] / det;
      y[i] += inverse[i][j] * n->y[j] / det;
    }
  }
}

static inline float
distance (const float b[3], const float x[3], const float y[3], MePoint u)
{
  float dx = u.x - (x[0] * b[0] + x[1] * b[1] + x[2] * b[2]);
  float dy = u.y - (y[0] * b[0] + y[1] * b[1] + y[2] * b[2]);

  return sqrtf (dx * dx + dy * dy);
}

void
me_head_motion_fit (const MePoint points[ME_N_POINTS], const MePoint u[ME_N_POINTS],
    const float match[ME_N_POINTS], MeHeadMotion *head)
{
  float robust[ME_N_POINTS], error[ME_N_POINTS], x[3], y[3];

  for (int i = 0; i < ME_N_POINTS; i++)
    robust[i] = 1;
  for (int round = 0; round < ITERATIONS; round++) {
    Normal normal = { { 0 }, { 0 }, { 0 } };
    for (int i = 0; i < ME_N_POINTS; i++) {
      float b[3];
      basis (points[i], b);
      if (match[i] > MIN_MATCH)
        accumulate (&normal, b, me_facial_points[i].rigid_weight * robust[i], u[i]);
    }
    solve (&normal, x, y);
    for (int i = 0; i < ME_N_POINTS; i++) {
      float b[3];
      basis (points[i], b);
      error[i] = distance (b, x, y, u[i]);
    }
    float scale = MAX (MIN_SCALE_PX, 1.48f * me_median (error, ME_N_POINTS));
    for (int i = 0; i < ME_N_POINTS; i++) {
      float e = error[i] / (2 * scale);
      robust[i] = 1 / ((1 + e * e) * (1 + e * e));
    }
  }
  *head = (MeHeadMotion){ x[0], y[0], x[1] / ME_CROP_IPD_PX, x[2] / ME_CROP_IPD_PX,
    y[1] / ME_CROP_IPD_PX, y[2] / ME_CROP_IPD_PX };
}

void
me_head_motion_remove (const MePoint points[ME_N_POINTS], const MePoint u[ME_N_POINTS],
    const MeHeadMotion *h, MePoint residual[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    float x = points[i].x - ME_CROP_PX / 2.0f, y = points[i].y - ME_CROP_PX / 2.0f;
    residual[i].x = (u[i].x - (h->tx + h->xx * x + h->xy * y)) * ME_CROP_PERCENT;
    residual[i].y = (u[i].y - (h->ty + h->yx * x + h->yy * y)) * ME_CROP_PERCENT;
  }
}

MeSimilarity
me_head_motion_similarity (const MeHeadMotion *h)
{
  float a = 1 + (h->xx + h->yy) / 2, b = (h->yx - h->xy) / 2, c = ME_CROP_PX / 2.0f;

  return (MeSimilarity){ a, b, h->tx + c - (a * c - b * c), h->ty + c - (b * c + a * c) };
}
