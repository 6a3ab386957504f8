/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Oriented gradients, interleaved so that the orientations of one pixel form a vector. */
#include "landmark-features.h"

#include "common/vectorised.h"

#include <math.h>

#define N ME_LANDMARK_ORIENTATIONS
#define AROUND 2            /* pixels of the filter on each side of its middle */
#define LEAST_CONTRAST 4.0f /* luma across two px; weaker gradients are noise */

/* The gradient along a row of the patch, and its ends AROUND times more. */
typedef struct
{
  float x[ME_LANDMARK_PATCH_PX + 2 * AROUND], y[ME_LANDMARK_PATCH_PX + 2 * AROUND];
} Gradients;

static inline void
differentiate (const float *patch, int size, int y, Gradients *g)
{
  const float *row = patch + y * size;
  const float *up = patch + MAX (y - 1, 0) * size, *down = patch + MIN (y + 1, size - 1) * size;
  float *gx = g->x + AROUND, *gy = g->y + AROUND;

  for (int x = 0; x < size; x++)
    gy[x] = down[x] - up[x];
  gx[0] = row[1] - row[0];
  for (int x = 1; x < size - 1; x++)
    gx[x] = row[x + 1] - row[x - 1];
  gx[size - 1] = row[size - 1] - row[size - 2];
  for (int i = 0; i < AROUND; i++) {
    g->x[i] = gx[0], g->y[i] = gy[0];
    gx[size + i] = gx[size - 1], gy[size + i] = gy[size - 1];
  }
}

/* The components of a gradient along each direction, 0 where negative. */
static inline void
split (float gx, float gy, float *restrict out)
{
  static const float cosine[N] = { 1, (float)M_SQRT1_2, 0, -(float)M_SQRT1_2, -1, -(float)M_SQRT1_2,
    0, (float)M_SQRT1_2 };
  static const float sine[N] = { 0, (float)M_SQRT1_2, 1, (float)M_SQRT1_2, 0, -(float)M_SQRT1_2, -1,
    -(float)M_SQRT1_2 };

  for (int i = 0; i < N; i++) {
    float along = cosine[i] * gx + sine[i] * gy;
    out[i] = along > 0 ? along : 0;
  }
}

/* Binomial filter, 1 4 6 4 1, across five rows of n values. */
static inline void
blur (const float *const row[5], float *restrict to, int n)
{
  for (int i = 0; i < n; i++)
    to[i] =
        0.0625f * (row[0][i] + row[4][i]) + 0.25f * (row[1][i] + row[3][i]) + 0.375f * row[2][i];
}

/* Splits by orientation and blurs horizontally into scratch, then vertically into the maps: those
 * of the area. */
ME_VECTORISED static void
draw_maps (
    const float *patch, int size, const MeBox *area, float *restrict maps, float *restrict scratch)
{
  float line[(ME_LANDMARK_PATCH_PX + 2 * AROUND) * N];
  Gradients g;
  int pitch = size * N, n = area->width * N, left = area->x * N, bottom = area->y + area->height;

  for (int y = MAX (area->y - AROUND, 0); y < MIN (bottom + AROUND, size); y++) {
    differentiate (patch, size, y, &g);
    for (int x = 0; x < area->width + 2 * AROUND; x++)
      split (g.x[area->x + x], g.y[area->x + x], line + x * N);
    const float *shifted[] = { line, line + N, line + 2 * N, line + 3 * N, line + 4 * N };
    blur (shifted, scratch + y * pitch + left, n);
  }
  for (int y = area->y; y < bottom; y++) {
    const float *row[5];
    for (int i = 0; i < 5; i++)
      row[i] = scratch + CLAMP (y + i - AROUND, 0, size - 1) * pitch + left;
    blur (row, maps + y * pitch + left, n);
  }
}

MeSimilarity
me_landmark_pose (
    const MePoint mean[ME_N_LANDMARKS], const MePoint shape[ME_N_LANDMARKS], int size_px)
{
  MePoint on_patch[ME_N_LANDMARKS];

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    on_patch[i] = (MePoint){ mean[i].x * (float)size_px, mean[i].y * (float)size_px };
  return me_similarity_fit (on_patch, shape, ME_N_LANDMARKS);
}

gboolean
me_landmark_look (MeLandmarkRoom *room, MeCropper *cropper, const MeFrame *frame,
    const MeSimilarity *pose, int size_px)
{
  const MeBox all = { 0, 0, size_px, size_px };

  g_return_val_if_fail (size_px > 1 && size_px <= ME_LANDMARK_PATCH_PX, FALSE);
  if (!me_cropper_sample (cropper, frame, pose, room->patch, size_px))
    return FALSE;
  me_landmark_look_at (room, room->patch, size_px, &all);
  return TRUE;
}

void
me_landmark_look_at (MeLandmarkRoom *room, const float *patch, int size_px, const MeBox *area)
{
  room->maps.size_px = size_px;
  room->maps.area = *area;
  draw_maps (patch, size_px, area, room->maps.values, room->scratch.values);
}

/* Between which pixels a coordinate lies, kept where the maps are known. */
typedef struct
{
  int before;
  float share; /* of the way to the next */
} Place;

static inline Place
locate (float at, int first, int n)
{
  at = CLAMP (at, (float)first, (float)(first + n) - 1.001f);
  return (Place){ (int)at, at - (float)(int)at };
}

static inline void
sample (const MeLandmarkMaps *maps, Place x, Place y, float *restrict out)
{
  float w00 = (1 - x.share) * (1 - y.share), w01 = x.share * (1 - y.share);
  float w10 = (1 - x.share) * y.share, w11 = x.share * y.share;
  const float *p = maps->values + (y.before * maps->size_px + x.before) * N;
  const float *q = p + maps->size_px * N;

  for (int i = 0; i < N; i++)
    out[i] = w00 * p[i] + w01 * p[i + N] + w10 * q[i] + w11 * q[i + N];
}

static inline void
normalise (float *descriptor)
{
  float square = LEAST_CONTRAST * LEAST_CONTRAST * ME_LANDMARK_CELLS;

  for (int i = 0; i < ME_LANDMARK_DESCRIPTOR; i++)
    square += descriptor[i] * descriptor[i];
  float scale = 1 / sqrtf (square);
  for (int i = 0; i < ME_LANDMARK_DESCRIPTOR; i++)
    descriptor[i] *= scale;
}

ME_VECTORISED void
me_landmark_describe (const MeLandmarkRoom *room, const MeSimilarity *pose,
    const MePoint shape[ME_N_LANDMARKS], guint64 which, float spacing,
    float features[ME_N_LANDMARK_FEATURES])
{
  const MeBox *area = &room->maps.area;
  float step = spacing * (float)room->maps.size_px;
  Place x[3], y[3];

  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    if (!(which >> i & 1))
      continue;
    MePoint middle = me_similarity_invert (pose, shape[i]);
    float *descriptor = features + i * ME_LANDMARK_DESCRIPTOR;
    for (int n = 0; n < 3; n++) {
      x[n] = locate (middle.x + step * (float)(n - 1), area->x, area->width);
      y[n] = locate (middle.y + step * (float)(n - 1), area->y, area->height);
    }
    for (int cell = 0; cell < ME_LANDMARK_CELLS; cell++)
      sample (&room->maps, x[cell % 3], y[cell / 3], descriptor + cell * N);
    normalise (descriptor);
  }
}
