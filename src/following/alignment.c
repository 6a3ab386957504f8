/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Patch alignment. The error image is linear in the sampled patch, so a Gauss-Newton step needs
 * only three weighted sums of it; the weights are made once per reference. The sums run in fixed
 * lanes: every processor gives the same bits.
 *
 * Noise makes kernels respond to noise, steps too short and every correlation too low, most of all
 * where skin has little contrast: dark skin, little light. So the noise of the reference is
 * measured: where it dominates, gradients come from a smoothed picture; its variance is subtracted;
 * and the damping depends on it and on the contrast of the face. */
#include "alignment.h"

#include "finding/noise.h"
#include "common/rank.h"
#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define STEPS 2 /* Gauss-Newton steps a level: more gained nothing (docs/spotting.md) */
/* Added to the Hessian's diagonal, (luma / px)^2: on a face of full contrast, less in proportion to
 * its square below; and on the variance of the noise. */
#define DAMPING 4.0f
#define FULL_CONTRAST 10.0f
#define DAMPING_NOISE 0.3f
#define MAX_SHIFT_PX 8.0f /* of the crop: a patch that moved farther has lost its skin */
#define ROOM 0.03f        /* of the crop, around every patch */
#define MIN_VARIANCE 1.0f /* luma^2: flatter patches measure nothing */
#define FULL_SIGMA (0.07f * ME_CROP_IPD_PX)
#define HALF_SIGMA (0.09f * ME_CROP_IPD_PX / 2)
#define RETRY_MATCH 0.8f /* up to this correlation a patch is also looked for where it began */
#define SETTLED_PX 0.003f
#define DETAIL 0.2f     /* of the contrast: detail of a clean picture that looks like noise */
#define LEAST_SKIN 0.4f /* of a variance: at least so much counts as skin, whatever the noise */
/* Share of the noise in the gradients above which they are smoothed, by 3 or by 5 pixels. */
#define SMOOTH_3 0.1f
#define SMOOTH_5 0.3f
#define SMOOTH_REACH 3    /* pixels around a patch that smoothed gradients need */
#define HALF_NOISE 0.075f /* variance on the half level of noise of 1 on the full one */

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

/* The variance without that of the noise. */
static inline float
without_noise (float variance, float noise)
{
  return MAX (MAX (variance - noise, LEAST_SKIN * variance), MIN_VARIANCE);
}

#define MOST_PX (ME_PATCH_PX * ME_PATCH_PX) /* of a patch */

/* Sums over the pixels of a patch, weighted. */
typedef struct
{
  float xx, xy, yy;               /* of products of gradients */
  float variance, with_x, with_y; /* of luma, and of its products with gradients */
} Moments;

/* Products are vectors; they are added in the order of the pixels. */
ME_INLINE Moments
measure_moments (const float *gx, const float *gy, const float *luma, const float *w, int n)
{
  float xx[MOST_PX], xy[MOST_PX], yy[MOST_PX], tt[MOST_PX], xt[MOST_PX], yt[MOST_PX];
  Moments sum = { 0, 0, 0, 0, 0, 0 };

  for (int i = 0; i < n; i++) {
    xx[i] = w[i] * gx[i] * gx[i];
    xy[i] = w[i] * gx[i] * gy[i];
    yy[i] = w[i] * gy[i] * gy[i];
    tt[i] = w[i] * luma[i] * luma[i];
    xt[i] = w[i] * gx[i] * luma[i];
    yt[i] = w[i] * gy[i] * luma[i];
  }
  for (int i = 0; i < n; i++) {
    sum.xx += xx[i];
    sum.xy += xy[i];
    sum.yy += yy[i];
    sum.variance += tt[i];
    sum.with_x += xt[i];
    sum.with_y += yt[i];
  }
  return sum;
}

/* k[0..2] enter as gradient x, gradient y and luma of the patch, and leave as its kernels. */
ME_VECTORISED static void
patch_finish (MePatch *patch, float *const k[3], const float *w, int n)
{
  for (int c = 0; c < 3; c++) {
    float mean = weighted_mean (w, k[c], n);
    for (int i = 0; i < n; i++)
      k[c][i] -= mean;
  }
  Moments sum = measure_moments (k[0], k[1], k[2], w, n);
  patch->bias_x = sum.with_x;
  patch->bias_y = sum.with_y;
  patch->variance = without_noise (sum.variance, patch->noise);
  for (int i = 0; i < n; i++) {
    k[0][i] *= w[i];
    k[1][i] *= w[i];
    k[2][i] *= w[i] / patch->variance;
  }
  patch->texture[0] = sum.xx;
  patch->texture[1] = sum.xy;
  patch->texture[2] = sum.yy;
}

/* The damped inverse of the Hessian. */
static void
patch_damp (MePatch *patch, float damping)
{
  float xx = patch->texture[0] + damping, xy = patch->texture[1];
  float yy = patch->texture[2] + damping;
  float det = xx * yy - xy * xy;

  patch->h[0] = yy / det;
  patch->h[1] = -xy / det;
  patch->h[2] = xx / det;
}

/* The pixels of a picture that a reference is built from. */
typedef struct
{
  const float *pixels;
  int size_px, patch_px;
  const float *w;
} Level;

/* Gradients of the patch in the picture smoothed by a binomial. */
static void
smooth_gradients (const MePatch *patch, const Level *level, const float taps[5], float *const k[2])
{
  float rows[ME_PATCH_PX + 2][ME_PATCH_PX + 2 * SMOOTH_REACH];
  float smooth[ME_PATCH_PX + 2][ME_PATCH_PX + 2];
  int px = level->patch_px, stride = level->size_px;

  for (int y = 0; y < px + 2; y++) {
    for (int x = 0; x < px + 2 * SMOOTH_REACH; x++) {
      const float *p = level->pixels + (patch->y - 1 + y) * stride + patch->x - SMOOTH_REACH + x;
      rows[y][x] = taps[0] * (p[-2 * stride] + p[2 * stride]) + taps[1] * (p[-stride] + p[stride]) +
                   taps[2] * p[0];
    }
    for (int x = 0; x < px + 2; x++) {
      const float *r = rows[y] + x;
      smooth[y][x] = taps[0] * (r[0] + r[4]) + taps[1] * (r[1] + r[3]) + taps[2] * r[2];
    }
  }
  for (int y = 0; y < px; y++)
    for (int x = 0; x < px; x++) {
      k[0][y * px + x] = (smooth[y + 1][x + 2] - smooth[y + 1][x]) / 2;
      k[1][y * px + x] = (smooth[y + 2][x + 1] - smooth[y][x + 1]) / 2;
    }
}

/* Patches are moved inwards so far that they can follow their skin. noise: variance of a pixel. */
static void
patch_build (MePatch *patch, float *const k[3], const Level *level, MePoint at, float noise)
{
  static const float by_3[5] = { 0, 1 / 4.0f, 2 / 4.0f },
                     by_5[5] = { 1 / 16.0f, 4 / 16.0f, 6 / 16.0f };
  int size_px = level->size_px, patch_px = level->patch_px;
  int margin = MAX (1, (int)(ROOM * (float)size_px)), limit = size_px - patch_px - 1 - margin;
  float energy = 1e-3f;

  patch->noise = noise;
  patch->x = CLAMP ((int)lroundf (at.x - (patch_px - 1) / 2.0f), margin, limit);
  patch->y = CLAMP ((int)lroundf (at.y - (patch_px - 1) / 2.0f), margin, limit);
  for (int y = 0; y < patch_px; y++) {
    const float *p = level->pixels + (patch->y + y) * size_px + patch->x;
    for (int x = 0, i = y * patch_px; x < patch_px; x++, i++) {
      k[0][i] = (p[x + 1] - p[x - 1]) / 2;
      k[1][i] = (p[x + size_px] - p[x - size_px]) / 2;
      k[2][i] = p[x];
      energy += level->w[i] * (k[0][i] * k[0][i] + k[1][i] * k[1][i]);
    }
  }
  if (noise > SMOOTH_3 * energy && MIN (patch->x, patch->y) >= SMOOTH_REACH)
    smooth_gradients (patch, level, noise > SMOOTH_5 * energy ? by_5 : by_3, k);
  patch_finish (patch, k, level->w, patch_px * patch_px);
}

/* Median over the points of the variance of the pixels around them. */
static float
typical_variance (const MeCrop *crop, const MePoint points[ME_N_POINTS])
{
  const int limit = ME_CROP_PX - ME_PATCH_PX, n = ME_PATCH_PX * ME_PATCH_PX;
  float variance[ME_N_POINTS];

  for (int i = 0; i < ME_N_POINTS; i++) {
    int left = CLAMP ((int)points[i].x - ME_PATCH_PX / 2, 0, limit);
    int top = CLAMP ((int)points[i].y - ME_PATCH_PX / 2, 0, limit);
    float sum = 0, square = 0;
    for (int k = 0; k < n; k++) {
      float p = crop->full[(top + k / ME_PATCH_PX) * ME_CROP_PX + left + k % ME_PATCH_PX];
      sum += p;
      square += p * p;
    }
    variance[i] = MAX (0, square / n - (sum / n) * (sum / n));
  }
  return me_median (variance, ME_N_POINTS);
}

/* Sets the contrast of the reference; returns the variance of its noise. */
static float
measure (MeReference *r, const MeCrop *crop, const MePoint points[ME_N_POINTS])
{
  float deviation = me_crop_noise (crop), noise = deviation * deviation;
  float skin = without_noise (typical_variance (crop, points), noise);

  r->contrast = sqrtf (skin);
  return MAX (0, noise - DETAIL * DETAIL * skin);
}

void
me_reference_build (MeReference *r, const MeCrop *crop, const MePoint points[ME_N_POINTS])
{
  Level fine = { crop->full, ME_CROP_PX, ME_PATCH_PX, r->full_w };
  Level coarse = { crop->half, ME_CROP_HALF_PX, ME_PATCH_HALF_PX, r->half_w };
  float noise = measure (r, crop, points), relative = MIN (1, r->contrast / FULL_CONTRAST);
  float damping = MAX (DAMPING * relative * relative, DAMPING_NOISE * noise);

  gaussian_weights (r->full_w, ME_PATCH_PX, FULL_SIGMA);
  gaussian_weights (r->half_w, ME_PATCH_HALF_PX, HALF_SIGMA);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float *full[3] = { r->full_k[i][0], r->full_k[i][1], r->full_k[i][2] };
    float *half[3] = { r->half_k[i][0], r->half_k[i][1], r->half_k[i][2] };
    MePoint middle = { points[i].x / 2, points[i].y / 2 };

    patch_build (&r->full[i], full, &fine, points[i], noise);
    patch_build (&r->half[i], half, &coarse, middle, HALF_NOISE * noise);
  }
  for (int i = 0; i < ME_N_POINTS; i++) {
    patch_damp (&r->full[i], damping);
    patch_damp (&r->half[i], damping);
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

/* PX and ALL are constants where this is inlined, so that the lanes become vectors. ALL: also the
 * mean and the square, which only a correlation needs. */
ME_INLINE Sums
sample (const Sampling *s, int size_px, const int px, const gboolean all, const float *w,
    const float *kx, const float *ky, const float *kt)
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
      lane[3][i] += all ? w[at + i] * v : 0;
      lane[4][i] += all ? w[at + i] * v * v : 0;
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
  float variance = without_noise (sums->square - sums->mean * sums->mean, patch->noise);

  return CLAMP (sums->gain * sqrtf (patch->variance / variance), -1.0f, 1.0f);
}

ME_INLINE void
align_coarse (const MeReference *r, const MeCrop *crop, int i, MePoint *u)
{
  for (int n = 0; n < STEPS; n++) {
    Sampling s = sampling (crop->half, ME_CROP_HALF_PX, ME_PATCH_HALF_PX, &r->half[i], u->x, u->y);
    Sums sums = sample (&s, ME_CROP_HALF_PX, ME_PATCH_HALF_PX, FALSE, r->half_w, r->half_k[i][0],
        r->half_k[i][1], r->half_k[i][2]);
    if (step (&r->half[i], &sums, u) < SETTLED_PX * SETTLED_PX)
      break;
  }
}

ME_INLINE Sums
sample_fine (const MeReference *r, const MeCrop *crop, int i, MePoint u, const gboolean all)
{
  Sampling s = sampling (crop->full, ME_CROP_PX, ME_PATCH_PX, &r->full[i], u.x, u.y);

  return sample (&s, ME_CROP_PX, ME_PATCH_PX, all, r->full_w, r->full_k[i][0], r->full_k[i][1],
      r->full_k[i][2]);
}

/* Returns the correlation before the last step. */
ME_INLINE float
align_fine (const MeReference *r, const MeCrop *crop, int i, MePoint *u)
{
  gboolean settled = FALSE;
  MePoint last = *u;

  for (int n = 1; n < STEPS && !settled; n++) {
    Sums sums = sample_fine (r, crop, i, *u, FALSE);
    last = *u;
    settled = step (&r->full[i], &sums, u) < SETTLED_PX * SETTLED_PX;
  }
  if (!settled)
    last = *u;
  Sums sums = sample_fine (r, crop, i, last, TRUE);
  if (!settled)
    step (&r->full[i], &sums, u);
  return correlation (&r->full[i], &sums);
}

ME_INLINE float
align_patch (const MeReference *r, const MeCrop *crop, int i, MePoint *u)
{
  MePoint v = { u->x / 2, u->y / 2 };

  align_coarse (r, crop, i, &v);
  *u = (MePoint){ v.x * 2, v.y * 2 };
  return align_fine (r, crop, i, u);
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
    if (match[i] > RETRY_MATCH)
      continue;
    better = align_patch (r, crop, i, &anew);
    if (better > match[i]) {
      match[i] = better;
      u[i] = anew;
    }
  }
}
