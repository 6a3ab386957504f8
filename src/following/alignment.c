/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Patch alignment. The error image is linear in the sampled patch, so a Gauss-Newton step needs
 * only three weighted sums of it; the weights are made once per reference. The sums run in fixed
 * lanes: every processor gives the same bits. */
#include "alignment.h"

#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define STEPS 2           /* Gauss-Newton steps a level: more gained nothing (docs/spotting.md) */
#define DAMPING 4.0f      /* added to the Hessian's diagonal, (luma / px)^2 */
#define MAX_SHIFT_PX 8.0f /* of the crop: beyond it a patch has lost its skin */
#define ROOM 0.03f        /* of the crop, around every patch */
#define MIN_VARIANCE 1.0f /* luma^2: flatter patches say nothing */
#define FULL_SIGMA (0.07f * ME_CROP_IPD_PX)
#define HALF_SIGMA (0.09f * ME_CROP_IPD_PX / 2)
#define DOUBTFUL 0.8f /* correlation below which a patch is also looked for where it began */
#define SETTLED_PX 0.003f

typedef struct
{
  float x, y, gain;   /* sums against the three kernels */
  float mean, square; /* weighted, of the sampled patch */
} Sums;

static void
gaussian_weights (float *w, int size, float sigma)
{
  float total = 0;

  for (int i = 0; i < size * size; i++) {
    float x = i % size - (size - 1) / 2.0f, y = i / size - (size - 1) / 2.0f;
    w[i] = expf (-(x * x + y * y) / (2 * sigma * sigma));
    total += w[i];
  }
  for (int i = 0; i < size * size; i++)
    w[i] /= total;
}

static float
weighted_mean (const float *w, const float *v, int n)
{
  float mean = 0;

  for (int i = 0; i < n; i++)
    mean += w[i] * v[i];
  return mean;
}

/* k[0..2] enter as gradient x, gradient y and luma of the patch, and leave as its kernels. */
static void
patch_finish (MePatch *patch, float *const k[3], const float *w, int n)
{
  float xx = DAMPING, xy = 0, yy = DAMPING, variance = 0;

  for (int c = 0; c < 3; c++) {
    float mean = weighted_mean (w, k[c], n);
    for (int i = 0; i < n; i++)
      k[c][i] -= mean;
  }
  patch->bias_x = patch->bias_y = 0;
  for (int i = 0; i < n; i++) {
    float gx = k[0][i], gy = k[1][i], t = k[2][i];
    xx += w[i] * gx * gx;
    xy += w[i] * gx * gy;
    yy += w[i] * gy * gy;
    variance += w[i] * t * t;
    patch->bias_x += w[i] * gx * t;
    patch->bias_y += w[i] * gy * t;
  }
  patch->variance = variance = MAX (variance, MIN_VARIANCE);
  for (int i = 0; i < n; i++) {
    k[0][i] *= w[i];
    k[1][i] *= w[i];
    k[2][i] *= w[i] / variance;
  }
  float det = xx * yy - xy * xy;
  patch->h[0] = yy / det;
  patch->h[1] = -xy / det;
  patch->h[2] = xx / det;
}

/* image: size_px square; the patch is kept so far inside that it can follow its skin. */
static void
patch_build (MePatch *patch, float *const k[3], const float *w, int patch_px, const float *image,
    int size_px, MePoint at)
{
  int margin = MAX (1, (int)(ROOM * (float)size_px)), limit = size_px - patch_px - 1 - margin;

  patch->x = CLAMP ((int)lroundf (at.x - (patch_px - 1) / 2.0f), margin, limit);
  patch->y = CLAMP ((int)lroundf (at.y - (patch_px - 1) / 2.0f), margin, limit);
  for (int i = 0; i < patch_px * patch_px; i++) {
    const float *p = image + (patch->y + i / patch_px) * size_px + patch->x + i % patch_px;
    k[0][i] = (p[1] - p[-1]) / 2;
    k[1][i] = (p[size_px] - p[-size_px]) / 2;
    k[2][i] = p[0];
  }
  patch_finish (patch, k, w, patch_px * patch_px);
}

void
me_reference_build (MeReference *r, const MeCrop *crop, const MePoint points[ME_N_POINTS])
{
  gaussian_weights (r->full_w, ME_PATCH_PX, FULL_SIGMA);
  gaussian_weights (r->half_w, ME_PATCH_HALF_PX, HALF_SIGMA);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float *full[3] = { r->full_k[i][0], r->full_k[i][1], r->full_k[i][2] };
    float *half[3] = { r->half_k[i][0], r->half_k[i][1], r->half_k[i][2] };
    MePoint middle = { points[i].x / 2, points[i].y / 2 };

    patch_build (&r->full[i], full, r->full_w, ME_PATCH_PX, crop->full, ME_CROP_PX, points[i]);
    patch_build (
        &r->half[i], half, r->half_w, ME_PATCH_HALF_PX, crop->half, ME_CROP_HALF_PX, middle);
  }
}

/* Where a patch is read: whole pixels, kept inside the image, and what is left of the shift. */
typedef struct
{
  const float *from;
  float fx, fy; /* 0..1 */
} Sampling;

static inline Sampling
sampling (const float *image, int size_px, int patch_px, const MePatch *patch, float ux, float uy)
{
  float x = CLAMP (patch->x + ux, 0, (float)(size_px - patch_px - 1) - 0.001f);
  float y = CLAMP (patch->y + uy, 0, (float)(size_px - patch_px - 1) - 0.001f);
  int ix = (int)x, iy = (int)y;

  return (Sampling){ image + iy * size_px + ix, x - (float)ix, y - (float)iy };
}

/* PX is a constant where this is inlined, so that the lanes become vectors. */
static inline __attribute__ ((always_inline)) Sums
sample (const Sampling *s, int size_px, const int px, const float *w, const float *kx,
    const float *ky, const float *kt)
{
  float lane[5][ME_PATCH_PX] = { { 0 } };
  float w00 = (1 - s->fx) * (1 - s->fy), w01 = s->fx * (1 - s->fy);
  float w10 = (1 - s->fx) * s->fy, w11 = s->fx * s->fy;
  Sums sums = { 0, 0, 0, 0, 0 };

  for (int row = 0; row < px; row++) {
    const float *p = s->from + row * size_px, *q = p + size_px;
    int at = row * px;
    for (int i = 0; i < px; i++) {
      float v = w00 * p[i] + w01 * p[i + 1] + w10 * q[i] + w11 * q[i + 1];
      lane[0][i] += kx[at + i] * v;
      lane[1][i] += ky[at + i] * v;
      lane[2][i] += kt[at + i] * v;
      lane[3][i] += w[at + i] * v;
      lane[4][i] += w[at + i] * v * v;
    }
  }
  for (int i = 0; i < px; i++) {
    sums.x += lane[0][i];
    sums.y += lane[1][i];
    sums.gain += lane[2][i];
    sums.mean += lane[3][i];
    sums.square += lane[4][i];
  }
  return sums;
}

/* One Gauss-Newton step; returns its squared length. */
static inline float
step (const MePatch *patch, const Sums *sums, MePoint *u)
{
  float gain = CLAMP (sums->gain, 0.3f, 3.0f);
  float bx = (sums->x - gain * patch->bias_x) / gain, by = (sums->y - gain * patch->bias_y) / gain;
  float dx = patch->h[0] * bx + patch->h[1] * by, dy = patch->h[1] * bx + patch->h[2] * by;

  u->x = CLAMP (u->x - dx, -MAX_SHIFT_PX, MAX_SHIFT_PX);
  u->y = CLAMP (u->y - dy, -MAX_SHIFT_PX, MAX_SHIFT_PX);
  return dx * dx + dy * dy;
}

static float
correlation (const MePatch *patch, const Sums *sums)
{
  float variance = MAX (sums->square - sums->mean * sums->mean, MIN_VARIANCE);

  return CLAMP (sums->gain * sqrtf (patch->variance / variance), -1.0f, 1.0f);
}

/* Coarse, then fine. Returns the correlation before the last step. */
static inline __attribute__ ((always_inline)) float
align_patch (const MeReference *r, const MeCrop *crop, int i, MePoint *u)
{
  MePoint v = { u->x / 2, u->y / 2 };
  float match = 0;

  for (int n = 0; n < STEPS; n++) {
    Sampling s = sampling (crop->half, ME_CROP_HALF_PX, ME_PATCH_HALF_PX, &r->half[i], v.x, v.y);
    Sums sums = sample (&s, ME_CROP_HALF_PX, ME_PATCH_HALF_PX, r->half_w, r->half_k[i][0],
        r->half_k[i][1], r->half_k[i][2]);
    if (step (&r->half[i], &sums, &v) < SETTLED_PX * SETTLED_PX)
      break;
  }
  *u = (MePoint){ v.x * 2, v.y * 2 };
  for (int n = 0; n < STEPS; n++) {
    Sampling s = sampling (crop->full, ME_CROP_PX, ME_PATCH_PX, &r->full[i], u->x, u->y);
    Sums sums = sample (
        &s, ME_CROP_PX, ME_PATCH_PX, r->full_w, r->full_k[i][0], r->full_k[i][1], r->full_k[i][2]);
    match = correlation (&r->full[i], &sums);
    if (step (&r->full[i], &sums, u) < SETTLED_PX * SETTLED_PX)
      break;
  }
  return match;
}

ME_VECTORISED void
me_reference_align (
    const MeReference *r, const MeCrop *crop, MePoint u[ME_N_POINTS], float match[ME_N_POINTS])
{
  for (int i = 0; i < ME_N_POINTS; i++)
    match[i] = align_patch (r, crop, i, &u[i]);
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint anew = { 0, 0 };
    float better;
    if (match[i] > DOUBTFUL)
      continue;
    better = align_patch (r, crop, i, &anew);
    if (better > match[i]) {
      match[i] = better;
      u[i] = anew;
    }
  }
}
